"""Finding words in the texts, and excerpts by every form of a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import NotFound, Refusal
from workbench.services import codebook, coding, importing, projects, sources, texts
from workbench.services.finding import CONTEXT, Sought, find, in_sources
from workbench.services.importing import SourceFacts
from workbench.services.retrieval import Filter, find_excerpts, matched
from workbench.store.project import Project

Place = Callable[..., Any]


def _found(project: Project, query: str, **wanted: Any) -> list[str]:
    how = {key: wanted.pop(key) for key in ("lemma", "fold") if key in wanted}
    return [hit.text for hit in find(project, Sought(query=query, **how), **wanted)]


@pytest.mark.parametrize(
    ("query", "wanted", "found"),
    [
        ("bolig", {}, ["bolig", "bolig"]),
        ("bolig", {"lemma": True}, ["boligsituasjonen", "boliger"]),
        ("bustad", {"lemma": True}, ["boligsituasjonen", "boliger"]),
        ("bustad", {}, []),
        ("bu", {"lemma": True}, ["bor"]),
        ("okonomi", {"lemma": True}, []),
        ("okonomi", {"lemma": True, "fold": True}, ["økonomien"]),
        ("okonomi", {"fold": True}, ["økonomi"]),
        ("stat", {"lemma": True}, ["staten", "staten"]),
        ("få bolig", {"lemma": True}, ["få boliger"]),
        ("boligsituasjonen", {"lemma": True, "role": "participant"}, []),
        ("boligsituasjonen", {"lemma": True, "role": "interviewer"}, ["boligsituasjonen"]),
        ("bolig", {"lemma": True, "role": "leder"}, ["boliger"]),
        ("mene, sted", {"lemma": True, "case": "Innlandet"}, ["mente", "mente"]),
        ("mene, sted", {"lemma": True, "case": "Storhamn"}, ["sted", "sted", "mente", "mente"]),
        ("sted", {"lemma": True, "most": 1}, ["sted"]),
        (unicodedata.normalize("NFD", "på"), {"lemma": True}, ["På"]),
    ],
)
def test_what_is_found(project: Project, query: str, wanted: dict[str, Any], found: list[str]) -> None:
    assert _found(project, query, **wanted) == found


def test_a_hit_says_where_and_who(project: Project) -> None:
    (hit,) = find(project, Sought(query="tilskot", lemma=True))
    text = sources.show_source(project, hit.source).text
    assert (hit.source.name, hit.text, text[hit.start : hit.end]) == ("Første", "Tilskuddet", "Tilskuddet")
    assert (hit.speaker, hit.role) == ("Kari", "participant")
    assert hit.informant is not None and hit.informant.number == "I01"
    assert text[: hit.start].endswith(hit.before) and text[hit.end :].startswith(hit.after)
    assert 0 < len(hit.before) <= CONTEXT and 0 < len(hit.after) <= CONTEXT


def test_context_is_whole_words(project: Project, write: Callable[[str, str], Path]) -> None:
    words = " ".join(f"ord{n:03}" for n in range(60))
    importing.save(project, importing.read_file(write("Langt.txt", f"{words} midten {words}\n")), SourceFacts())
    (hit,) = find(project, Sought(query="midten"))
    assert set(hit.before.split()) | set(hit.after.split()) <= set(words.split())
    assert hit.before.split()[-1] == "ord059" and hit.after.split()[0] == "ord000"


def test_minutes_have_no_speaker(project: Project) -> None:
    hit = find(project, Sought(query="ansvar", lemma=True))[0]
    assert (hit.speaker, hit.role, hit.informant) == ("", "", None)


@pytest.mark.parametrize(("query", "lemma"), [("", False), ("  ", True), ("?!", True)])
def test_a_search_for_nothing_is_refused(project: Project, query: str, lemma: bool) -> None:
    with pytest.raises(Refusal, match=r"Skriv"):
        find(project, Sought(query=query, lemma=lemma))


def test_an_unknown_case_is_refused(project: Project) -> None:
    with pytest.raises(NotFound):
        find(project, Sought(query="bolig"), case="Storhavn")


@pytest.mark.parametrize("lemma", [False, True])
def test_a_search_says_how_far_it_is_and_stops_when_told(project: Project, lemma: bool) -> None:
    told: list[tuple[int, int, str]] = []
    find(project, Sought(query="sted", lemma=lemma), progress=lambda *each: told.append(each))
    assert told == [(0, 3, "Første"), (1, 3, "Andre"), (2, 3, "Møte")]
    read = in_sources(project, sources.list_sources(project), Sought(query="sted", lemma=lemma),
                      cancelled=lambda: True)  # fmt: skip
    assert list(read) == []


def test_a_text_that_was_corrected_is_searched_as_it_now_is(project: Project, place: Place) -> None:
    assert _found(project, "hybel", lemma=True) == []
    source, start, end = place("boliger")
    texts.correct_typo(project, source, start, end, "hybler")
    assert _found(project, "hybel", lemma=True) == ["hybler"]


def test_a_project_for_reading_only_can_be_searched(project: Project) -> None:
    opened = projects.open_existing(project.path, coder="Kari Koder", readonly=True)
    assert _found(opened, "bustad", lemma=True) == ["boligsituasjonen", "boliger"]
    opened.close()


class TestExcerpts:
    @pytest.fixture(autouse=True)
    def _coded(self, project: Project, place: Place) -> None:
        for words, code in (
            ("for få boliger", "bolig"),
            ("situasjonen?", "bolig"),
            ("Hva med økonomien?", "okonomi"),
            ("staten mente", "okonomi"),
        ):
            source, start, end = place(words)
            coding.apply_code(project, source, start, end, codebook.find_code(project, code))

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({"text": "bustad", "lemma": True}, ["for få boliger"]),
            ({"text": "bustad"}, []),
            ({"text": "situasjon", "lemma": True}, []),
            ({"text": "situasjon"}, ["situasjonen?"]),
            ({"text": "okonomi", "lemma": True}, []),
            ({"text": "okonomi", "lemma": True, "fold": True}, ["Hva med økonomien?"]),
            ({"text": "mene, bolig", "lemma": True}, ["for få boliger", "staten mente"]),
            ({"text": "mene, bolig", "lemma": True, "case": "Storhamn"}, ["staten mente"]),
            ({"text": "mene, bolig", "lemma": True, "role": "leder"}, ["for få boliger"]),
            ({"text": "mene, bolig", "lemma": True, "starred": True}, []),
            ({"text": " ", "lemma": True, "case": "Storhamn"}, ["staten mente"]),
        ],
    )
    def test_by_every_form(self, project: Project, wanted: dict[str, Any], found: list[str]) -> None:
        assert [each.coding.text for each in find_excerpts(project, Filter(**wanted))] == found

    def test_what_was_matched_before_is_not_searched_again(self, project: Project) -> None:
        wanted = Filter(text="bustad", lemma=True)
        met = matched(project, wanted)
        assert [each.coding.text for each in find_excerpts(project, wanted, matched=met)] == ["for få boliger"]
        nothing = dict.fromkeys(met, ())
        assert find_excerpts(project, wanted, matched=nothing) == []

    def test_only_coded_texts_are_matched(self, project: Project) -> None:
        assert len(matched(project, Filter(text="bolig", lemma=True))) == 2

    def test_no_word_is_refused(self, project: Project) -> None:
        with pytest.raises(Refusal, match="ingen ord"):
            find_excerpts(project, Filter(text="?", lemma=True))

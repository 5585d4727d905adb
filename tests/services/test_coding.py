"""Coding: the same act twice is one coding, quote ids are stable, and stale places are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workbench.errors import NotFound, Refusal
from workbench.services import codebook, coding, history, reading, sources, texts
from workbench.services.naming import find_coding, find_source
from workbench.store import journal
from workbench.store.project import Project, open_project

Place = Callable[..., Any]
Code = Callable[[str], Any]


def test_coding_again_returns_what_is_there(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("for få boliger"), code("bolig"))
    heads = journal.heads(project.connection)
    assert coding.apply_code(project, *place("for få boliger"), code("bolig")) == made
    assert journal.heads(project.connection) == heads
    assert (made.text, made.coder, made.first_coder, made.origin) == (
        "for få boliger",
        "Kari Koder",
        "Kari Koder",
        "manual",
    )


def test_another_coder_has_a_coding_of_their_own(project: Project, place: Place, code: Code) -> None:
    mine = coding.apply_code(project, *place("for få boliger"), code("bolig"))
    other = open_project(project.path, coder="Ole")
    theirs = coding.apply_code(other, *place("for få boliger"), code("bolig"))
    other.close()
    assert mine.id != theirs.id
    assert mine.quote == theirs.quote
    assert [each.id for each in coding.list_codings(project, coder="OLE")] == [theirs.id]


class TestQuoteIds:
    def test_they_carry_the_informant_or_the_source(self, project: Project, place: Place, code: Code) -> None:
        quotes = [
            coding.apply_code(project, *place(words), code("bolig")).quote
            for words in ("for få boliger", "Tilskuddet", "På mottaket", "Kommunen mente")
        ]
        assert quotes == ["I01-001", "I01-002", "I02-001", "K03-001"]

    def test_a_span_keeps_its_own_whatever_codes_it_gets(self, project: Project, place: Place, code: Code) -> None:
        first = coding.apply_code(project, *place("for få boliger"), code("bolig"))
        assert coding.apply_code(project, *place("for få boliger"), code("okonomi")).quote == first.quote

    def test_a_number_is_never_given_again(self, project: Project, place: Place, code: Code) -> None:
        first = coding.apply_code(project, *place("for få boliger"), code("bolig"))
        coding.remove_coding(project, first.id)
        assert coding.apply_code(project, *place("Tilskuddet"), code("bolig")).quote == "I01-002"
        history.undo(project)
        assert coding.apply_code(project, *place("Selv takk"), code("bolig")).quote == "I01-003"

    def test_they_stand_through_recoding_starring_and_correcting(
        self, project: Project, place: Place, code: Code
    ) -> None:
        made = coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
        coding.recode(project, made.id, code("okonomi"))
        coding.star_coding(project, made.id, star=True)
        texts.correct_typo(project, place("få")[0], 0, 0, "Start. ")
        assert coding.get_coding(project, made.id).quote == made.quote
        assert find_coding(project, made.quote.lower()).id == made.id

    def test_two_places_never_share_one(self, project: Project, place: Place, code: Code) -> None:
        """Codings on one span share an id; when one of them gets other bounds, it is another quote."""
        stays = coding.apply_code(project, *place("for få boliger"), code("bolig"))
        goes = coding.apply_code(project, *place("for få boliger"), code("okonomi"))
        source, start, end = place("få boliger")
        assert coding.rebound_coding(project, goes.id, start, end).quote != stays.quote
        assert coding.get_coding(project, stays.id).quote == stays.quote
        assert source.id == stays.source

    def test_a_lone_coding_keeps_its_id_with_new_bounds(self, project: Project, place: Place, code: Code) -> None:
        made = coding.apply_code(project, *place("for få boliger"), code("bolig"))
        assert coding.rebound_coding(project, made.id, *place("få boliger")[1:]).quote == made.quote


class TestRefusals:
    @pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (9, 4), (0, 10_000), (10_000, 10_001)])
    def test_a_span_outside_the_text(self, project: Project, place: Place, code: Code, start: int, end: int) -> None:
        source = place("boliger")[0]
        before = journal.heads(project.connection)
        with pytest.raises(Refusal, match="utenfor"):
            coding.apply_code(project, source, start, end, code("bolig"))
        assert journal.heads(project.connection) == before

    def test_nothing_but_space(self, project: Project, place: Place, code: Code) -> None:
        source, start, _ = place("\n\nKari:")
        with pytest.raises(Refusal, match="mellomrom"):
            coding.apply_code(project, source, start, start + 2, code("bolig"))

    def test_a_retired_code(self, project: Project, place: Place, code: Code) -> None:
        made = coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
        stale = code("okonomi")
        codebook.retire_code(project, stale.id)
        for entry in (stale, code("okonomi")):
            with pytest.raises(Refusal, match="ut av bruk"):
                coding.apply_code(project, *place("for få"), entry)
        with pytest.raises(Refusal, match="ut av bruk"):
            coding.recode(project, made.id, code("okonomi"))

    def test_a_text_that_was_corrected_meanwhile(self, project: Project, place: Place, code: Code) -> None:
        """Offsets into a text that has been left would land on other words."""
        source, start, end = place("Tilskuddet")
        texts.correct_typo(project, source, 0, 0, "Mye som er satt inn foran. ")
        before = journal.heads(project.connection)
        with pytest.raises(Refusal, match="rettet etter"):
            coding.apply_code(project, source, start, end, code("bolig"))
        with pytest.raises(Refusal, match="rettet etter"):
            texts.correct_typo(project, source, start, end, "Støtten")
        assert journal.heads(project.connection) == before

    def test_a_source_that_was_deleted_meanwhile(self, project: Project, place: Place, code: Code) -> None:
        where = place("Tilskuddet")
        sources.delete_source(project, where[0])
        with pytest.raises(Refusal, match="slettet"):
            coding.apply_code(project, *where, code("bolig"))

    @pytest.mark.parametrize("verb", ["remove", "star", "recode", "bound"])
    def test_a_coding_that_was_removed_meanwhile(self, project: Project, place: Place, code: Code, verb: str) -> None:
        made = coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
        coding.remove_coding(project, made.id)
        before = journal.heads(project.connection)
        with pytest.raises(Refusal, match=r"finnes ikke|alt fjernet"):
            {
                "remove": lambda: coding.remove_coding(project, made.id),
                "star": lambda: coding.star_coding(project, made.id, star=True),
                "recode": lambda: coding.recode(project, made.id, code("okonomi")),
                "bound": lambda: coding.rebound_coding(project, made.id, 3, 9),
            }[verb]()
        assert journal.heads(project.connection) == before


def test_recoding_keeps_who_coded_first(project: Project, place: Place, code: Code) -> None:
    made = coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
    other = open_project(project.path, coder="Ole")
    coding.recode(other, made.id, codebook.find_code(other, "okonomi"))
    other.close()
    now = coding.get_coding(project, made.id)
    assert (now.slug, now.coder, now.first_coder) == ("okonomi", "Ole", "Kari Koder")


def test_in_vivo_names_the_code_by_the_words(project: Project, place: Place) -> None:
    made = coding.code_in_vivo(project, *place("et sted med dør".capitalize()))
    assert made.code_name == "Et sted med dør"
    codes = len(codebook.list_codes(project))
    again = coding.code_in_vivo(project, *place("Et sted med dør"))
    assert (again.id, len(codebook.list_codes(project))) == (made.id, codes)
    with pytest.raises(Refusal, match="for lang"):
        coding.code_in_vivo(project, *place(" mente at staten må betale, og staten mente det motsatte")[:1], 0, 90)


def test_the_first_coding_marks_the_source_as_being_coded(project: Project, place: Place, code: Code) -> None:
    source = place("Tilskuddet")[0]
    coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
    assert reading.statuses(project) == {source.id: "coding"}
    reading.set_status(project, source, "finished")
    coding.apply_code(project, *place("for få"), code("bolig"))
    assert reading.statuses(project) == {source.id: "finished"}


def test_a_code_includes_what_lies_below_it_unless_exact(project: Project, place: Place, code: Code) -> None:
    coding.apply_code(project, *place("Tilskuddet"), code("bolig"))
    coding.apply_code(project, *place("for få"), code("midlertidig-bolig"))
    assert len(coding.list_codings(project, code="bolig")) == 2
    assert len(coding.list_codings(project, code="bolig", exact=True)) == 1
    with pytest.raises(NotFound, match=r"[Bb]olig"):
        coding.list_codings(project, code="bolgi")


def test_sources_are_found_by_id_name_and_beginning(project: Project) -> None:
    first, second, _ = sources.list_sources(project)
    for named in (first.id, first.id[:6], "Første", "første", "Første.txt", "før"):
        assert find_source(project, named).id == first.id
    sources.describe_source(project, second, name="Førsteamanuensis")
    assert find_source(project, "Første").id == first.id
    with pytest.raises(NotFound, match="flere kilder"):
        find_source(project, "Før")

"""Foreign texts and codings land on the same words here, follow newer versions, and never come in by half."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Region, Turn
from corpus.text import normalise
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    NoteItem,
    Person,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
)
from workbench.errors import Refusal
from workbench.services import codebook, coding, history, projects, sources, texts
from workbench.services.interchange import receiving
from workbench.services.interchange.receiving import Received, receive
from workbench.store.project import Project, open_project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import interchange
from workbench.store.verify import problems

TEXT = (
    "Intervjuer: Hvordan går det i kommunen?\r\n\r\nKari: Vi har for få boliger, og Ola venter ennå på svar.\r\n\r\n"
    "Intervjuer: Hva med økonomien?\r\n\r\nKari: Tilskuddet går ut til sommeren, og ingen vet hva som kommer etter.\r\n"
)
WORDS = "for få boliger"


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name)).upper()


def source(key: str = "Samtale", text: str = TEXT, **fields: Any) -> SourceItem:
    return replace(SourceItem(guid=guid(key), name=key, text=text), **fields)


def on(words: str, *, text: str = TEXT, name: str = "Samtale", key: str = "", code: str = "Bolig") -> CodingItem:
    start = text.index(words)
    return CodingItem(
        guid=guid(key or words), source=guid(name), start=start, end=start + len(words), code=guid(code),
        coder=guid("Ola"), created="2026-01-02T03:04:05Z",
    )  # fmt: skip


def bundle(*codings: CodingItem, texts: tuple[SourceItem, ...] = (), notes: tuple[NoteItem, ...] = ()) -> Bundle:
    return Bundle(
        tool="Verktøy 1.0",
        guid=guid("Fremmed"),
        title="Fremmed",
        people=(Person(guid=guid("Ola"), name="Ola"),),
        codes=(CodeItem(guid=guid("Bolig"), name="Bolig"), CodeItem(guid=guid("Penger"), name="Penger")),
        sources=texts or (source(),),
        codings=codings,
        notes=notes,
    )


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    made.connection.execute("PRAGMA synchronous = OFF")
    yield made
    made.close()


def coded(study: Project) -> dict[str, str]:
    """The coded words and their codes."""
    return {each.text: each.slug for each in coding_queries.codings(study.connection)}


def tables(study: Project) -> list[str]:
    """Everything in the file, table by table."""
    return list(study.connection.iterdump())


def whys(received: Received) -> list[tuple[str, str]]:
    return [(each.name, each.why) for each in received.kept]


# Places


def test_codings_lie_on_their_words_with_coder_and_time(study: Project) -> None:
    receive(study, bundle(on(WORDS), on("økonomien", code="Penger")))
    assert coded(study) == {WORDS: "bolig", "økonomien": "penger"}
    (one, _two) = coding_queries.codings(study.connection)
    assert (one.coder, one.origin, one.created) == ("Ola", "import", "2026-01-02T03:04:05Z")
    assert not list(problems(study.connection))


_PIECES = ("å", "a\u030a", "\r\n", "\r", "😀", "e\u0301", "ord ", "x", "\u00a0")


@given(
    st.lists(st.sampled_from(_PIECES), min_size=3, max_size=25),
    st.data(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_span_is_carried_to_what_is_stored_of_its_words(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], data: st.DataObject
) -> None:
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    text = mark + "".join(pieces)
    bounds = [len(mark)]
    for piece in pieces:
        bounds.append(bounds[-1] + len(piece))
    start = data.draw(st.sampled_from(bounds[:-1]))
    end = data.draw(st.sampled_from([each for each in bounds if each > start]))
    item = CodingItem(guid=guid("k"), source=guid("t"), start=start, end=end, code=guid("Bolig"))
    made = projects.create(tmp_path_factory.mktemp("p") / "p.kodebenk", coder="Kari")
    made.connection.execute("PRAGMA synchronous = OFF")
    received = receive(made, bundle(item, texts=(source("t", text),)))
    found = list(coded(made))
    made.close()
    wanted = normalise(text[start:end])
    if wanted.strip():
        assert [each.strip() for each in found] == [wanted.strip()]
    else:
        assert found == [] and sum(each.what in ("Koding", "Kilde") for each in received.losses)


def test_what_lies_outside_or_on_nothing_is_lost_by_name(study: Project) -> None:
    outside = replace(on(WORDS, key="ute"), start=9000, end=9010)
    blank = replace(on(WORDS, key="tom"), start=TEXT.index("\r\n"), end=TEXT.index("\r\n") + 2)
    backwards = replace(on(WORDS, key="bak"), start=50, end=40)
    nowhere = replace(on(WORDS, key="uten"), source=guid("finnes ikke"))
    uncoded = replace(on(WORDS, key="kodeløs"), code=guid("finnes ikke"))
    received = receive(study, bundle(outside, blank, backwards, nowhere, uncoded, on(WORDS)))
    assert coded(study) == {WORDS: "bolig"}
    assert sum(each.count for each in received.losses if each.what == "Koding") == 5
    assert ("Samtale", 3) in [(each.name, each.count) for each in received.losses]


def test_a_coding_its_coder_has_already_is_not_doubled(study: Project) -> None:
    receive(study, bundle(on(WORDS), replace(on(WORDS), guid=guid("igjen"))))
    assert len(coding_queries.codings(study.connection)) == 1
    other = replace(bundle(replace(on(WORDS), guid=guid("annen"))), guid=guid("Annet prosjekt"))
    assert receive(study, other).unchanged["coding"] == 1


# Sources


def test_the_same_text_is_the_same_source_and_gets_what_it_lacks(study: Project) -> None:
    receive(study, bundle(on(WORDS)))
    copy = replace(source("Kopi", wave="2"), guid=guid("kopi"))
    case = CaseItem(guid=guid("c"), name="Elvestrand", sources=(guid("kopi"),))
    other = replace(bundle(on("økonomien", name="kopi"), texts=(copy,)), guid=guid("Annet prosjekt"), cases=(case,))
    received = receive(study, other)
    (one,) = sources.list_sources(study)
    assert (one.name, one.wave, one.cases) == ("Samtale", "2", ("Elvestrand",))
    assert not received.sources and received.unchanged["source"] == 1
    assert set(coded(study)) == {WORDS, "økonomien"}


def test_two_sources_with_one_text_are_one_and_it_is_said(study: Project) -> None:
    received = receive(study, bundle(texts=(source(), source("Kopi"))))
    assert len(sources.list_sources(study)) == 1
    assert [(each.name, each.mended) for each in received.losses] == [("Kopi", True)]


def test_a_source_without_text_is_lost_by_name(study: Project) -> None:
    received = receive(study, bundle(on(WORDS), texts=(source(text=" \r\n"),)))
    assert {(each.what, each.name) for each in received.losses} == {("Kilde", "Samtale"), ("Koding", "Samtale")}


def test_names_that_are_taken_are_told_apart(study: Project) -> None:
    receive(study, bundle(texts=(source(), source("Annen", "Noe annet.", name="Samtale"))))
    assert [each.name for each in sources.list_sources(study)] == ["Samtale", "Samtale (2)"]


def test_facts_follow_the_file_where_they_are_not_changed_here(study: Project) -> None:
    receive(study, bundle(texts=(source(wave="1", date="2026-01-01"),)))
    (one,) = sources.list_sources(study)
    sources.describe_source(study, one, date="2026-02-02")
    again = receive(study, bundle(texts=(source(wave="2", date="2026-03-03", name="Ny"),)))
    (one,) = sources.list_sources(study)
    assert (one.name, one.wave, one.date) == ("Ny", "2", "2026-02-02")
    assert whys(again) == [("Samtale", "Endret både her og der (dato); vårt står.")]


def test_a_source_deleted_here_does_not_come_back(study: Project) -> None:
    receive(study, bundle(on(WORDS)))
    sources.delete_source(study, sources.list_sources(study)[0])
    again = receive(study, bundle(on(WORDS)))
    assert not sources.list_sources(study) and whys(again)[0][0] == "Samtale"


def test_turns_regions_and_answers_are_carried_into_the_stored_text(study: Project) -> None:
    text = "A\u030an: Kort svar.\r\nTabell 1\r\n"
    item = source(
        "t", text,
        turns=(Turn(speaker="A\u030an", role="participant", label_start=0, start=5, end=15),),
        regions=(Region(start=17, end=25, kind="table"),),
        answers=(Answer(start=5, end=15, question="q1", survey=guid("u"), value=3.0),),
    )  # fmt: skip
    survey = SurveyItem(guid=guid("u"), title="Undersøkelse", questions=(QuestionItem(key="q1", wording="Hva?"),))
    receive(study, replace(bundle(texts=(item,)), surveys=(survey,)))
    (one,) = sources.list_sources(study)
    shown = sources.show_source(study, one)
    (region,) = interchange.regions(study.connection, one.id)
    (answer,) = interchange.answers(study.connection, source=one.id)
    assert [(turn.speaker, shown.text[turn.start : turn.end]) for turn in shown.turns] == [("Ån", "Kort svar.")]
    assert shown.text[region.start : region.end] == "Tabell 1"
    assert (shown.text[answer.start : answer.end], answer.value) == ("Kort svar.", 3.0)


# A newer file


def test_codings_changed_there_move_and_those_changed_here_stay(study: Project) -> None:
    receive(study, bundle(on(WORDS), on("økonomien"), on("Tilskuddet")))
    ours = {each.text: each for each in coding_queries.codings(study.connection)}
    coding.rebound_coding(study, ours["økonomien"].id, ours["økonomien"].start - 5, ours["økonomien"].end)
    coding.remove_coding(study, ours["Tilskuddet"].id)
    newer = (
        replace(on("Vi har for få boliger"), guid=guid(WORDS), code=guid("Penger")),
        replace(on("økonomien?"), guid=guid("økonomien")),
        on("Tilskuddet"),
    )
    again = receive(study, bundle(*newer))
    assert coded(study) == {"Vi har for få boliger": "penger", " med økonomien": "bolig"}
    assert again.updated["coding"] == 1 and len(again.kept) == 2
    assert [each.coder for each in coding_queries.codings(study.connection) if each.slug == "penger"] == ["Ola"]


def test_a_text_changed_there_takes_the_place_of_ours_and_codings_follow(study: Project) -> None:
    notes = (NoteItem(guid=guid("n"), text="Se her.", target_kind="passage", target=guid("Samtale"),
                      start=TEXT.index("Tilskuddet"), end=TEXT.index("Tilskuddet") + 10),)  # fmt: skip
    receive(study, bundle(on(WORDS), on("økonomien"), notes=notes))
    (one,) = sources.list_sources(study)
    shown = sources.show_source(study, one).text
    start = shown.index("ingen vet")
    coding.apply_code(study, one, start, start + 9, codebook.find_code(study, "penger"))
    newer = TEXT.replace("Hvordan går det", "Hvordan står det til").replace("få boliger", "mange boliger")
    moved = replace(on("for mange boliger", text=newer), guid=guid(WORDS))
    note = replace(notes[0], start=newer.index("Tilskuddet"), end=newer.index("Tilskuddet") + 10)
    again = receive(study, bundle(moved, on("økonomien", text=newer), texts=(source(text=newer),), notes=(note,)))
    assert again.updated["source"] == 1 and not again.kept
    assert coded(study) == {"for mange boliger": "bolig", "økonomien": "bolig", "ingen vet": "penger"}
    assert sources.show_source(study, sources.list_sources(study)[0]).text == normalise(newer)
    assert interchange.waiting(study.connection) == [] and not list(problems(study.connection))


def test_our_own_codings_wait_where_a_new_text_has_no_sure_place_for_them(study: Project) -> None:
    receive(study, bundle(on(WORDS)))
    (one,) = sources.list_sources(study)
    start = sources.show_source(study, one).text.index("ingen vet hva")
    coding.apply_code(study, one, start, start + 13, codebook.find_code(study, "penger"))
    newer = TEXT.replace(
        ", og ingen vet hva som kommer etter", ".\r\n\r\nIntervjuer: Og så? Noe helt annet står her nå"
    )
    again = receive(study, bundle(on(WORDS, text=newer), texts=(source(text=newer),)))
    assert [each.target_kind for each in interchange.waiting(study.connection)] == ["coding"]
    assert ("Samtale", 1, True) in [(each.name, each.count, each.mended) for each in again.losses]
    assert WORDS in coded(study)


def test_a_text_corrected_here_stays_when_the_other_has_changed_too(study: Project) -> None:
    receive(study, bundle(on(WORDS)))
    _correct(study, "Ola venter", "Olav venter")
    newer = TEXT.replace("økonomien", "pengene")
    again = receive(study, bundle(on(WORDS, text=newer), on("Ola venter", text=newer), texts=(source(text=newer),)))
    text = sources.show_source(study, sources.list_sources(study)[0]).text
    assert "Olav" in text and "pengene" not in text
    assert ("Samtale", "Endret både her og der (tekst); vårt står.") in whys(again)
    assert WORDS in coded(study)


def test_new_codings_find_their_words_in_a_text_corrected_here(study: Project) -> None:
    receive(study, bundle(on(WORDS)))
    _correct(study, "Hvordan går det i kommunen?", "Hvordan går det?")
    again = receive(study, bundle(on(WORDS), on("Tilskuddet går ut")))
    assert set(coded(study)) == {WORDS, "Tilskuddet går ut"} and not again.kept
    moved = replace(on("få boliger"), guid=guid(WORDS))
    assert receive(study, bundle(moved, on("Tilskuddet går ut"))).updated == {"coding": 1}
    assert set(coded(study)) == {"få boliger", "Tilskuddet går ut"}


def _correct(study: Project, old: str, new: str) -> None:
    (one,) = sources.list_sources(study)
    text = sources.show_source(study, one).text
    texts.correct_typo(study, one, text.index(old), text.index(old) + len(old), new)


# Whole or not at all


def test_one_undo_takes_all_of_it_out(study: Project) -> None:
    case = CaseItem(guid=guid("c"), name="Elvestrand", sources=(guid("Samtale"),))
    groups = (SetItem(guid=guid("g"), name="Press", codes=(guid("Bolig"),)),)
    receive(study, replace(bundle(on(WORDS)), cases=(case,), sets=groups))
    history.undo(study)
    assert not sources.list_sources(study) and not codebook.list_codes(study) and not coded(study)
    assert receive(study, bundle(on(WORDS))).added == {"code": 2, "source": 1, "coding": 1}, "nothing is remembered"


class Broken(Exception):
    pass


@pytest.mark.parametrize(
    "step", ["receive_cases", "receive_codes", "receive_sources", "receive_codings", "receive_notes", "receive_links", "_gone"]
)  # fmt: skip
def test_a_failure_at_any_point_leaves_every_table_as_it_was(
    study: Project, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    receive(study, bundle(on(WORDS)))
    before = tables(study)
    real: Callable[..., object] = getattr(receiving, step)

    def fail(*given: object, **named: object) -> object:
        real(*given, **named)
        raise Broken

    monkeypatch.setattr(receiving, step, fail)
    newer = TEXT.replace("Hvordan går det", "Hvordan står det til")
    people = (Person(guid=guid("Ola"), name="Ola"), Person(guid=guid("Ny"), name="Ny koder"))
    given = bundle(on("Tilskuddet", text=newer), texts=(source(text=newer), source("Ny", "Mer.")))
    with pytest.raises(Broken):
        receive(study, replace(given, people=people))
    assert tables(study) == before
    assert history.undo(study)


def test_cancelling_leaves_every_table_as_it_was_and_is_told(study: Project) -> None:
    before = tables(study)
    seen: list[str] = []
    given = bundle(on(WORDS), texts=(source(), source("Annen", "Noe annet.")))
    with pytest.raises(Refusal, match="Avbrutt"):
        receive(
            study, given, file="fil.qdpx", cancelled=lambda: len(seen) > 1,
            progress=lambda done, total, name: seen.append(f"{done}/{total} {name}"),
        )  # fmt: skip
    assert seen == ["0/2 Samtale", "1/2 Annen"] and tables(study) == before


def test_two_copies_that_take_in_one_file_have_one_version_of_its_text(study: Project, tmp_path: Path) -> None:
    receive(study, bundle(texts=(source(text="Først var det en annen tekst her, om boliger i byen.\n"),)))
    copies = []
    for name in ("kari", "ola"):
        path = tmp_path / f"{name}.kodebenk"
        study.connection.execute("VACUUM INTO ?", (str(path),))
        with closing(open_project(path, coder=name)) as copy:
            newer = source(text="Først var det en annen tekst her, om de få boligene i byen.\n")
            receive(copy, bundle(texts=(newer, source("Møte"))))
            copies.append([(each.id, each.version) for each in sources.list_sources(copy)])
    assert copies[0] == copies[1]
    assert len({version for _, version in copies[0]}) == 2


def test_a_version_that_was_undone_is_not_met_again(study: Project) -> None:
    receive(study, bundle())
    newer = bundle(texts=(source(text=TEXT.replace("for få", "altfor få")),))
    receive(study, newer)
    (undone,) = sources.list_sources(study)
    history.undo(study)
    receive(study, newer)
    (again,) = sources.list_sources(study)
    assert again.version != undone.version
    assert not list(problems(study.connection))

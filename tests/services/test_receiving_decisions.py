"""What was decided here stands when a file comes again: memberships, masks, numbers, places; and nothing of a file is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from corpus.text import digest
from exports.interchange.model import (
    Answer,
    Bundle,
    CaseItem,
    CodeItem,
    CodingItem,
    LinkItem,
    NoteItem,
    Person,
    QuestionItem,
    SetItem,
    SourceItem,
    SurveyItem,
)
from workbench.services import cases, codebook, coding, history, memos, projects, sources, texts, themes
from workbench.services.interchange.formats import read_own
from workbench.services.interchange.links import list_links
from workbench.services.interchange.receiving import Received, receive
from workbench.store.project import Project
from workbench.store.queries import codes as code_queries
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus, interchange

TEXT = "Intervjuer: Hvordan går det?\n\nKari: Vi har for få boliger, og Ola venter ennå.\n"
OLA = TEXT.index("Ola")


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name)).upper()


def source(key: str = "s", text: str = TEXT, **fields: Any) -> SourceItem:
    return SourceItem(guid=guid(key), name="Samtale", text=text, **fields)


def coded(key: str, start: int, end: int, **fields: Any) -> CodingItem:
    known = {"source": guid("s"), "code": guid("Bolig"), "coder": guid("Ola")} | fields
    return CodingItem(guid=guid(key), start=start, end=end, **known)


def informant(key: str, name: str, **fields: Any) -> CaseItem:
    return CaseItem(guid=guid(key), kind="informant", name=name, **fields)


BOLIG = CodeItem(guid=guid("Bolig"), name="Bolig")
PEOPLE = (Person(guid=guid("Ola"), name="Ola Nordmann"), Person(guid=guid("Per"), name="Per Hansen"))


def bundle(title: str = "Fremmed", **fields: Any) -> Bundle:
    given = {"people": PEOPLE, "codes": (BOLIG,), "sources": (source(),)} | fields
    return Bundle(tool="Verktøy 1.0", guid=guid(title), title=title, **given)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder")
    made.connection.execute("PRAGMA synchronous = OFF")
    yield made
    made.close()


def numbers(study: Project) -> list[str]:
    return sorted(each.number for each in corpus.informants(study.connection))


def whys(received: Received) -> list[tuple[str, str]]:
    return [(each.name, each.why) for each in (*received.kept, *received.losses)]


def spans(study: Project) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in coding_queries.codings(study.connection)]


# People


def test_the_same_number_in_two_studies_is_two_people(study: Project) -> None:
    first = (informant("a", "I01", role="leder"), informant("b", "I02", role="leder"))
    receive(study, bundle(cases=first))
    other = bundle("Annen", cases=(informant("c", "I01", role="bruker"), informant("d", "I02", role="leder")))
    received = receive(study, other)
    assert numbers(study) == ["I01", "I01-2", "I02"]
    assert whys(received) == [("I01", "En annen informant her har nummeret «I01»; denne heter «I01-2» her.")]
    assert (received.added["informant"], received.unchanged["informant"]) == (1, 1)
    assert receive(study, other).unchanged["informant"] == 2
    assert numbers(study) == ["I01", "I01-2", "I02"]


def test_one_number_in_other_cases_is_another_person(study: Project) -> None:
    def of(title: str, place: str) -> Bundle:
        case = CaseItem(guid=guid(f"{title}/{place}"), name=place)
        return bundle(title, cases=(case, informant(title, "I01", cases=(case.guid,))))

    receive(study, of("Første", "Nord"))
    receive(study, of("Andre", "Nord"))
    assert numbers(study) == ["I01"]
    receive(study, of("Tredje", "Sør"))
    assert numbers(study) == ["I01", "I01-2"]


def test_names_that_are_cut_to_one_number_stay_two_people(study: Project) -> None:
    people = (informant("a", "Informant nr 01"), informant("b", "Informant nr 02"))
    receive(study, bundle(cases=people))
    assert numbers(study) == ["Informant-2", "Informant-nr"]


# Decisions made here


def test_what_was_taken_out_here_does_not_come_back_with_the_same_file(study: Project) -> None:
    file = bundle(
        sources=(source(wave="T1", folder="Møter", speakers={"Kari": guid("i")}),),
        cases=(CaseItem(guid=guid("c"), name="Nord", sources=(guid("s"),)), informant("i", "I01", cases=(guid("c"),))),
        sets=(SetItem(guid=guid("t"), name="Tema", kind="theme", codes=(guid("Bolig"),)),),
    )
    receive(study, file)
    sources.describe_source(study, sources.list_sources(study)[0], wave="", folder="", cases=())
    themes.set_codes(study, code_queries.themes(study.connection)[0], [])
    received = receive(study, file)
    (ours,) = sources.list_sources(study)
    assert (ours.wave, ours.folder, ours.cases) == ("", "", ())
    assert code_queries.themes(study.connection)[0].codes == ()
    assert not (received.updated or received.kept)


def test_what_a_newer_file_adds_comes_along(study: Project) -> None:
    case = CaseItem(guid=guid("c"), name="Nord")
    theme = SetItem(guid=guid("t"), name="Tema", kind="theme")
    receive(study, bundle(cases=(case,), sets=(theme,)))
    newer = bundle(cases=(replace(case, sources=(guid("s"),)),), sets=(replace(theme, codes=(guid("Bolig"),)),))
    receive(study, newer)
    assert sources.list_sources(study)[0].cases == ("Nord",)
    assert len(code_queries.themes(study.connection)[0].codes) == 1


def test_a_text_masked_here_does_not_come_in_beside_itself_from_another_tool(study: Project) -> None:
    receive(study, bundle())
    texts.correct_typo(study, sources.list_sources(study)[0], OLA, OLA + 3, "NN")
    start = TEXT.index("få boliger")
    again = bundle("Annet", sources=(source("andre"),), codings=(coded("k", start, start + 10, source=guid("andre")),))
    received = receive(study, again)
    (ours,) = sources.list_sources(study)
    assert "Ola" not in corpus.text_of(study.connection, ours.version)
    assert [each.text for each in coding_queries.codings(study.connection)] == ["få boliger"]
    assert [each.what for each in received.losses] == ["Kilde"]
    assert not receive(study, again).added


def test_a_text_that_was_undone_is_no_earlier_text(study: Project) -> None:
    newer = f"Ny start.\n{TEXT}"
    receive(study, bundle())
    receive(study, bundle(sources=(source(text=newer),)))
    (ours,) = sources.list_sources(study)
    assert [interchange.source_with_any_text(study.connection, digest(each)) for each in (TEXT, newer)] == [ours.id] * 2
    history.undo(study)
    assert [interchange.source_with_any_text(study.connection, digest(each)) for each in (TEXT, newer)] == [ours.id, ""]


def test_a_coding_whose_words_were_masked_here_has_come_along(study: Project) -> None:
    file = bundle(codings=(coded("k", OLA, OLA + 3),))
    receive(study, file)
    texts.correct_typo(study, sources.list_sources(study)[0], OLA, OLA + 3, "[informant]")
    received = receive(study, file)
    assert (received.unchanged["coding"], received.losses, received.kept) == (1, (), ())
    assert spans(study) == [(OLA, OLA + 11)]


# Codings


def test_a_coding_past_the_end_is_cut_and_listed(study: Project) -> None:
    received = receive(study, bundle(codings=(coded("k", 36, 5800),)))
    assert spans(study) == [(36, len(TEXT))]
    assert [(each.what, each.count, each.mended) for each in received.losses] == [("Sted i teksten", 1, True)]


def test_a_coding_moved_onto_its_like_stays(study: Project) -> None:
    receive(study, bundle(codings=(coded("a", 36, 58), coded("b", 40, 58))))
    received = receive(study, bundle(codings=(coded("a", 36, 58), coded("b", 36, 58))))
    assert spans(study) == [(36, 58), (40, 58)]
    assert [each.what for each in received.kept] == ["Koding"]
    assert not received.updated


def test_star_coder_and_assessment_follow_or_are_listed(study: Project) -> None:
    receive(study, bundle(codings=(coded("k", 36, 58),)))
    starred = coded("k", 36, 58, star=True, assessment="behov", coder=guid("Per"))
    received = receive(study, bundle(codings=(starred,)))
    (ours,) = coding_queries.codings(study.connection)
    assert (ours.star, ours.coder, ours.assessment) == (True, "Per Hansen", "")
    assert "behov" in received.kept[0].why
    without = receive(study, bundle(codings=(coded("k", 36, 58, coder=guid("Per")),)))
    assert not (without.updated or without.kept)


# Codes, links, notes


def test_a_code_taken_out_of_use_there_is_out_of_use_here(study: Project) -> None:
    receive(study, bundle())
    receive(study, bundle(codes=(replace(BOLIG, retired=True),)))
    assert [each.status for each in codebook.list_codes(study)] == ["retired"]
    assert not receive(study, bundle()).updated


def test_a_code_that_is_coded_with_does_not_become_a_folder(study: Project) -> None:
    receive(study, bundle())
    coding.apply_code(study, sources.list_sources(study)[0], 36, 58, codebook.list_codes(study)[0])
    received = receive(study, bundle(codes=(replace(BOLIG, codable=False),)))
    assert not codebook.list_codes(study)[0].folder
    assert [each.name for each in received.kept] == ["Bolig"]
    assert not received.updated


def test_the_name_of_a_tie_follows(study: Project) -> None:
    tie = LinkItem(guid=guid("l"), origin=guid("s"), target=guid("Bolig"), name="handler om")
    receive(study, bundle(links=(tie,)))
    received = receive(study, bundle(links=(replace(tie, name="strider mot"),)))
    assert [each.link.name for each in list_links(study)] == ["strider mot"]
    assert received.updated == {"link": 1}


def test_notes_of_a_set_stand_on_the_theme_or_are_listed(study: Project) -> None:
    sets = (
        SetItem(guid=guid("t"), name="Tema", codes=(guid("Bolig"),), notes=(guid("n"),)),
        SetItem(guid=guid("g"), name="Møter", sources=(guid("s"),), notes=(guid("m"),)),
    )
    notes = (NoteItem(guid=guid("n"), text="Om temaet"), NoteItem(guid=guid("m"), text="Om møtene"))
    received = receive(study, bundle(sets=sets, notes=notes))
    assert sorted((each.text, each.target_kind) for each in memos.list_memos(study)) == [
        ("Om møtene", "project"),
        ("Om temaet", "theme"),
    ]
    assert [(each.what, each.name) for each in received.losses] == [("Notat", "Om møtene")]


def test_a_note_moved_there_moves_and_one_in_a_newer_text_follows(study: Project) -> None:
    note = NoteItem(guid=guid("n"), text="Se her", kind="margin", target_kind="passage", target=guid("s"))
    receive(study, bundle(notes=(replace(note, start=36, end=58),)))
    received = receive(study, bundle(notes=(replace(note, start=36, end=50),)))
    assert received.updated == {"note": 1}
    newer = bundle(sources=(source(text=f"Ny start.\n{TEXT}"),), notes=(replace(note, start=46, end=60),))
    received = receive(study, newer)
    (ours,) = coding_queries.notes(study.connection)
    assert (ours.start, ours.end, received.kept) == (46, 60, ())


def test_answers_follow_a_newer_text(study: Project) -> None:
    survey = SurveyItem(guid=guid("u"), title="U", questions=(QuestionItem(key="q", wording="Hva?"),))

    def answered(text: str) -> Bundle:
        answer = Answer(start=4, end=len(text) - 1, question="q", survey=guid("u"))
        return bundle(sources=(source(text=text, kind="survey", answers=(answer,)),), surveys=(survey,))

    receive(study, answered("R1: Vi mangler boligar i byen.\n"))
    receive(study, answered("R1: Vi mangler boliger i hele byen.\n"))
    (answer,) = interchange.answers(study.connection)
    assert (answer.start, answer.end) == (4, 35)


# Those who have withdrawn


def test_sources_of_withdrawn_cases_stay_out_of_other_projects(study: Project) -> None:
    places = (
        CaseItem(guid=guid("c"), name="Nord", sources=(guid("s"), guid("felles"))),
        CaseItem(guid=guid("d"), name="Sør", sources=(guid("felles"),)),
        informant("i", "I01", cases=(guid("c"),), sources=(guid("s"),)),
    )
    shared = replace(source("felles", "Kari: Et annet møte.\n"), name="Felles")
    note = NoteItem(guid=guid("n"), text="Om Nord", target_kind="source", target=guid("s"))
    file = bundle(sources=(source(), shared), cases=places, codings=(coded("k", 36, 58),), notes=(note,))
    receive(study, file)
    nord = next(each for each in cases.list_cases(study) if each.name == "Nord")
    cases.set_case(study, nord.id, withdrawn=True)
    given = read_own(study.path)
    assert [each.name for each in given.sources] == ["Felles"]
    assert [each.name for each in given.cases] == ["Sør"]
    assert not (given.codings or given.notes)
    assert [(each.name, each.count) for each in given.losses if each.what == "Trukket"] == [("", 3)]
    assert not {"Nord", "Samtale", "I01"} & {each.name for each in given.losses}


def test_a_coding_may_take_the_place_another_has_left(study: Project) -> None:
    receive(study, bundle(codings=(coded("a", 36, 58), coded("b", 40, 58))))
    received = receive(study, bundle(codings=(coded("a", 36, 50), coded("b", 36, 58))))
    assert sorted(spans(study)) == [(36, 50), (36, 58)]
    assert received.updated == {"coding": 2}
    assert not received.kept

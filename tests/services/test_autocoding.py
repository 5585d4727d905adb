"""Coding by rule: words, who speaks, headings and questions; looked over, then one gesture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.core.entities import CodeEntry
from workbench.errors import NotFound, Refusal
from workbench.services import autocoding, codebook, coding, history, importing, naming, reading, sources, texts
from workbench.services.autocoding import Candidate, Unit
from workbench.services.finding import Sought
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.store.project import Project

Place = Callable[..., Any]
Code = Callable[[str], CodeEntry]
REPORT = """1 Bolig

Kommunen har for få boliger. Staten må betale.

1.1 Midlertidig bolig

Folk bor på hospits.

2 Økonomi

Tilskuddet går ut.
"""
GROUP = """Intervjuer: Hva er vanskelig med bolig?

Eva: Det er fullt. Bolig er alt.

Intervjuer: Mm. Ja.

Eva: Enig med meg selv om bolig.

Intervjuer: Fortell om hvordan dere samarbeider med NAV.

Eva: Det går bra.
"""


@pytest.fixture
def study(project: Project, write: Callable[[str, str], Path]) -> Project:
    importing.save(
        project, importing.read_file(write("Rapport.txt", REPORT)), SourceFacts(kind="report", date="ukjent")
    )
    speakers = (SpeakerChoice(label="Intervjuer", role="interviewer"), SpeakerChoice(label="Eva", role="participant"))
    importing.save(project, importing.read_file(write("Gruppe.txt", GROUP)), SourceFacts(speakers=speakers))
    return project


def words(candidates: list[Candidate]) -> list[str]:
    return [each.hit.text for each in candidates]


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("hit", ["bolig", "Bolig", "bolig"]),
        ("sentence", ["Hva er vanskelig med bolig?", "Bolig er alt.", "Enig med meg selv om bolig."]),
        ("turn", ["Hva er vanskelig med bolig?", "Det er fullt. Bolig er alt.", "Enig med meg selv om bolig."]),
    ],
)
def test_hits_with_what_is_around_them(study: Project, unit: Unit, found: list[str]) -> None:
    source = naming.find_source(study, "Gruppe").id
    candidates = autocoding.by_words(study, Sought(query="bolig"), unit=unit, source=source)
    assert words(candidates) == found
    text = sources.show_source(study, naming.find_source(study, "Gruppe")).text
    for each in candidates:
        assert text[each.hit.start : each.hit.end] == each.hit.text
        assert [text[slice(*span)].lower() for span in each.words] == ["bolig"]
    hits = [each.hit for each in autocoding.by_words(study, Sought(query="bolig"), unit="hit", source=source)]
    assert autocoding.widened(study, hits, unit) == candidates


def test_two_hits_in_one_unit_are_one_place(study: Project) -> None:
    found = autocoding.by_words(study, Sought(query="et"), unit="turn", case="Storhamn")
    places = [(each.hit.source.id, each.hit.start) for each in found]
    assert len(places) == len(set(places))
    assert any(len(each.words) > 1 for each in found)


def test_words_in_every_form_and_by_role(study: Project) -> None:
    found = autocoding.by_words(study, Sought(query="tilskot", lemma=True), role="leder")
    assert words(found) == ["Tilskuddet går ut, og Karis budsjett er tomt."]


def test_where_there_are_no_turns_the_line_is_the_unit(study: Project) -> None:
    source = naming.find_source(study, "Rapport").id
    found = autocoding.by_words(study, Sought(query="staten"), unit="turn", source=source)
    assert words(found) == ["Kommunen har for få boliger. Staten må betale."]


@pytest.mark.parametrize(
    ("named", "found"),
    [("I01", 3), ("leder", 3), ("KARI", 3), ("bruker", 2), ("Eva", 3), ("interviewer", 8)],
)
def test_all_that_somebody_says(study: Project, named: str, found: int) -> None:
    assert len(autocoding.by_speaker(study, named)) == found


def test_somebody_who_is_not_there_is_refused_with_the_nearest(study: Project) -> None:
    with pytest.raises(NotFound, match=r"Nærmest er: .*leder"):
        autocoding.by_speaker(study, "lederen")


def test_speakers_to_choose_between(study: Project) -> None:
    known = {(each.kind, each.name): (each.places, each.sources) for each in autocoding.speakers(study)}
    assert known["informant", "I01"] == (3, 1)
    assert known["role", "participant"] == (8, 3)
    assert known["speaker", "Intervjuer"] == (6, 2)


def test_the_text_under_a_heading(study: Project) -> None:
    assert [each.name for each in autocoding.headings_in(study)] == ["1 Bolig", "1.1 Midlertidig bolig", "2 Økonomi"]
    (section,) = autocoding.by_heading(study, "1 bolig")
    assert section.hit.text.startswith("Kommunen har") and section.hit.text.endswith("Folk bor på hospits.")
    assert section.why == "1 Bolig"
    assert words(autocoding.by_heading(study, "midlertidig")) == ["Folk bor på hospits."]
    assert len(autocoding.by_heading(study, "bolig")) == 2
    with pytest.raises(NotFound, match=r"Nærmest er: .*Økonomi"):
        autocoding.by_heading(study, "økonomien")


def test_answers_to_a_question(study: Project) -> None:
    found = autocoding.by_question(study, "vanskelig bolig")
    assert words(found) == ["Det er fullt. Bolig er alt.", "Enig med meg selv om bolig."]
    assert {each.why for each in found} == {"Hva er vanskelig med bolig?"}
    assert words(autocoding.by_question(study, "samarbeider")) == ["Det går bra."]
    asked = [each.name for each in autocoding.questions(study, "bolig")]
    assert asked == ["Hvordan er boligsituasjonen?", "Hva er vanskelig med bolig?"]
    with pytest.raises(NotFound, match="Ingen har svart"):
        autocoding.by_question(study, "månen")
    with pytest.raises(Refusal, match="ord fra spørsmålet"):
        autocoding.by_question(study, " ")


def test_coding_is_one_gesture_and_nothing_is_coded_twice(study: Project, code: Code) -> None:
    candidates = autocoding.by_words(study, Sought(query="bolig"), unit="sentence")
    first = candidates[0].hit
    coding.apply_code(study, first.source, first.start, first.end, code("bolig"))
    before = coding.list_codings(study)
    coded = autocoding.code_candidates(study, [*candidates, candidates[-1]], code("bolig"))
    assert (len(coded.made), len(coded.already)) == (len(candidates) - 1, 2)
    made = [each for each in coding.list_codings(study) if each.id in coded.made]
    assert {each.origin for each in made} == {"autocode"}
    assert autocoding.coded_already(study, candidates, code("bolig")) == {
        (each.hit.source.id, each.hit.start, each.hit.end) for each in candidates
    }
    assert autocoding.coded_words(coded, "Bolig").endswith("med «Bolig», 2 var kodet slik fra før")
    history.undo(study)
    assert coding.list_codings(study) == before


def test_a_rule_begins_no_reading(study: Project, code: Code) -> None:
    autocoding.code_candidates(study, autocoding.by_speaker(study, "I01"), code("bolig"))
    assert reading.statuses(study) == {}


def test_a_new_code_and_its_codings_are_undone_together(study: Project) -> None:
    autocoding.code_candidates_anew(study, autocoding.by_speaker(study, "I01"), "Lederen")
    assert len(coding.list_codings(study, code="Lederen")) == 3
    history.undo(study)
    assert "Lederen" not in [each.name for each in codebook.list_codes(study)]


def test_places_in_a_text_that_has_been_corrected_are_refused(study: Project, code: Code) -> None:
    candidates = autocoding.by_speaker(study, "I01")
    source = candidates[0].hit.source
    texts.correct_typo(study, source, 0, 1, "Å")
    with pytest.raises(Refusal, match="rettet"):
        autocoding.code_candidates(study, candidates, code("bolig"))
    assert coding.list_codings(study) == []


def test_nothing_chosen_and_retired_codes_are_refused(study: Project, code: Code) -> None:
    with pytest.raises(Refusal, match="Ingen steder"):
        autocoding.code_candidates(study, [], code("bolig"))
    retired = codebook.retire_code(study, code("okonomi").id)
    with pytest.raises(Refusal, match="tatt ut av bruk"):
        autocoding.code_candidates(study, autocoding.by_speaker(study, "I01"), retired)

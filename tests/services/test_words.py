"""Whose words are looked at, and what is told when there is nothing to compare."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbench.core.entities import CodeEntry, Source
from workbench.errors import NotFound, Refusal
from workbench.services import coding, words
from workbench.services.words import Wanted, Words
from workbench.store.project import Project


def gathered(project: Project, **wanted: str) -> Words:
    found = words.gather(project, Wanted(**wanted))
    assert found is not None
    return found


def listed(project: Project, **wanted: str) -> set[str]:
    return {row.word for row in words.word_list(gathered(project, **wanted))}


def test_everybody_but_the_interviewer_is_heard(project: Project) -> None:
    found = listed(project)
    assert {"budsjett", "mottak", "ansvar"} <= found  # two interviews, and minutes without turns
    assert "boligsituasjon" not in found


@pytest.mark.parametrize(
    ("role", "heard", "silent"),
    [
        ("interviewer", "boligsituasjon", {"budsjett", "ansvar"}),
        ("participant", "budsjett", {"boligsituasjon", "ansvar"}),
        ("Leder", "budsjett", {"mottak", "ansvar"}),
        ("all", "boligsituasjon", set()),
    ],
)
def test_a_role_is_heard_alone(project: Project, role: str, heard: str, silent: set[str]) -> None:
    found = listed(project, role=role)
    assert heard in found and not silent & found


def test_a_case_has_the_words_of_its_sources_and_of_cases_in_it(project: Project) -> None:
    assert {"budsjett", "ansvar"} <= listed(project, case="Innlandet")
    assert "mottak" not in listed(project, case="Innlandet")
    assert listed(project, source="Andre") <= listed(project, case="Storhamn")
    with pytest.raises(NotFound):
        listed(project, case="Fjerne")


def test_only_sentences_that_a_code_touches(
    project: Project, place: Callable[..., tuple[Source, int, int]], code: Callable[[str], CodeEntry]
) -> None:
    coding.apply_code(project, *place("sted å bli frisk"), code("Midlertidig bolig"))
    assert listed(project, code="bolig") == {"sted", "frisk"}
    assert listed(project, code="økonomi") == set()


def test_cases_of_a_word(project: Project) -> None:
    found = gathered(project)
    row = next(row for row in words.word_list(found) if row.word == "ansvar")
    assert words.cases_of(found, row.sources) == ("Elvestrand", "Storhamn")


def test_places_know_whose_they_are(project: Project) -> None:
    found = gathered(project)
    (first,) = words.places(project, found, "tilskudd")
    assert (first.line.hit, first.speaker, first.role, first.informant) == ("Tilskuddet", "Kari", "participant", "I01")
    (minutes,) = words.places(project, found, "Ansvar")
    assert (minutes.source.name, minutes.speaker, minutes.role) == ("Møte", "", "")
    assert [each.line.hit for each in words.places_of(project, found, ("for", "få"))] == ["for få"]


def test_what_is_typed_must_be_words(project: Project) -> None:
    assert words.looked_for("«Boligene»,") == [("boligene", "bolig")]
    for nothing in ("", " ", "…", "– ,"):
        with pytest.raises(Refusal, match="Skriv et ord"):
            words.looked_for(nothing)
    assert words.one_word("  ") == ()
    with pytest.raises(Refusal, match="ett ord"):
        words.one_word("psykisk helse")


def test_typical_of_a_case(project: Project) -> None:
    found = gathered(project)
    rows = {row.word: row for row in words.typical_of_case(project, found, "Storhamn", at_least=2)}
    assert rows["sted"].count == 2 and rows["sted"].rest_count == 0
    assert len(rows["sted"].sources) == 1
    with pytest.raises(Refusal, match="ingenting å sammenligne"):
        words.typical_of_case(project, gathered(project, case="Storhamn"), "Storhamn")
    with pytest.raises(Refusal, match="Ingen kilder"):
        words.typical_of_case(project, gathered(project, source="Første"), "Storhamn")


def test_typical_of_a_code(
    project: Project, place: Callable[..., tuple[Source, int, int]], code: Callable[[str], CodeEntry]
) -> None:
    found = gathered(project)
    with pytest.raises(Refusal, match="Ingenting i utvalget"):
        words.typical_of_code(project, found, "bolig")
    coding.apply_code(project, *place("Det er ikke noe sted å bli frisk"), code("Midlertidig bolig"))
    coding.apply_code(project, *place("Et sted med dør"), code("Bolig"))
    rows = words.typical_of_code(project, found, "bolig", at_least=1)
    assert rows[0].word == "sted" and (rows[0].count, rows[0].rest_count) == (2, 0)
    assert "frisk" in {row.word for row in rows}
    own = {row.word for row in words.typical_of_code(project, found, "bolig", exact=True, at_least=1)}
    assert "sted" in own and "frisk" not in own


def test_reading_that_is_called_off_gives_nothing(project: Project) -> None:
    assert words.gather(project, cancelled=lambda: True) is None

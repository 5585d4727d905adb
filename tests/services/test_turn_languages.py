"""The language of sources and turns: told at import, told again when a text is edited, and warned about when foreign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.core.entities import Source
from workbench.services import importing, languages, sources, texts
from workbench.services.importing import SourceFacts
from workbench.store.project import Project, open_project
from workbench.store.queries import languages as queries

Write = Callable[[str, str], Path]
NYNORSK = """Intervjuer: Hva gjorde kommunen da han ikke fikk noe sted å bo?

Informant: Eg veit ikkje kva dei gjorde, men eg fekk ikkje noko svar frå kommunen.

Intervjuer: Nei.

Informant: Ja. Mm.

Informant: Det var eit halvt år, og ho sa at eg ikkje kunne vere der fleire gonger.
"""
SWEDISH = "Jag vet inte vad som hände, men det är svårt att få en bostad när man inte har något jobb. Vi väntade och väntade.\n"


def spoken(project: Project, source: Source) -> list[str]:
    return languages.list_turn_languages(project, sources.show_source(project, source))


@pytest.fixture
def take(project: Project, write: Write) -> Callable[..., Source]:
    def imported(text: str, **facts: str) -> Source:
        return importing.save(project, importing.read_file(write("s.txt", text)), SourceFacts(**facts))  # type: ignore[arg-type]

    return imported


def test_a_source_has_the_language_most_is_said_in(take: Callable[..., Source]) -> None:
    assert take(NYNORSK).language == "nn"
    assert take(SWEDISH).language == "sv"
    assert take("Intervju 14. Tromsø.\n").language == "nb"


def test_what_the_researcher_says_counts(take: Callable[..., Source]) -> None:
    assert take(NYNORSK, language="se").language == "se"


def test_each_turn_has_its_own_or_its_speakers(project: Project, take: Callable[..., Source]) -> None:
    source = take(NYNORSK)
    assert queries.of_turns(project.connection, source.version) == ["nb", "nn", "nb", "nn", "nn"]
    assert spoken(project, source) == ["nb", "nn", "nb", "nn", "nn"]


def test_a_turn_that_says_too_little_follows_the_source(project: Project, take: Callable[..., Source]) -> None:
    source = take("Intervjuer: Ja?\n\nOla: Mm.\n\nIntervjuer: Jo.\n\nOla: Ok.\n")
    assert spoken(project, source) == ["nb"] * 4
    assert spoken(project, sources.describe_source(project, source, language="nn")) == ["nn"] * 4


def test_an_edited_text_is_told_again(project: Project, take: Callable[..., Source]) -> None:
    source = take(NYNORSK)
    start = NYNORSK.index("Eg veit")
    english = "They told me that I would have to wait for it, and I don't know why. "
    revised = texts.correct_typo(project, source, start, NYNORSK.index("\n\nIntervjuer: Nei"), english).source
    assert queries.of_turns(project.connection, revised.version) == ["nb", "en", "nb", "nn", "nn"]
    assert spoken(project, revised)[1] == "en"


def test_what_is_missing_is_told_and_kept(project: Project, take: Callable[..., Source]) -> None:
    source = take(NYNORSK)
    project.connection.execute("DELETE FROM turn_language")
    reader = open_project(project.path, coder="Leser", readonly=True)
    assert spoken(reader, source) == ["nb", "nn", "nb", "nn", "nn"]
    reader.close()
    assert queries.of_turns(project.connection, source.version) == []
    assert spoken(project, source) == ["nb", "nn", "nb", "nn", "nn"]
    assert len(queries.of_turns(project.connection, source.version)) == 5


def test_a_foreign_text_is_warned_about_by_name(project: Project, write: Write) -> None:
    result = importing.import_files(project, [write("en.txt", NYNORSK), write("to.txt", SWEDISH)])
    (_source, quiet), (_other, warned) = result.imported
    assert not any("svensk" in each or "bokmål" in each for each in quiet)
    assert any("svensk" in each for each in warned)
    (note,) = [
        each for each in importing.read_file(write("tre.txt", SWEDISH)).transcript.notes if "svensk" in each.message
    ]
    assert note.doubtful

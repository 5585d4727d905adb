"""Articles and reports: a date or «ukjent», what the file says of itself, and quoted speech as turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import ReadOptions
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import articles, clipping, coding, importing, sources, words
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.store.project import Project

ARTICLE = """Ventetida øker i Storhamn

Publisert: 14. mars 2026
NRK Nordland

Stadig flere venter på bolig. Kommunen har satt ned en egen gruppe.

– Det er krevende for folk å vente så lenge, sier kommunedirektør Kari Moldestad.

Hun mener at staten må betale mer. Kontoret har fått nye stillinger i år.

– Vi fikk ingen hjelp før det var for sent, forteller Ola Bergsvik.

Foto: Per Hansen
"""
UNDATED = ARTICLE.replace("Publisert: 14. mars 2026\n", "").replace("Ventetida", "Køen")


def test_what_the_file_says_is_proposed_and_what_the_researcher_says_stands(
    project: Project, write: Callable[[str, str], Path]
) -> None:
    reading = importing.read_file(write("a.txt", ARTICLE))
    made = importing.save(project, reading, SourceFacts(publisher="NRK"))
    assert (made.kind, made.title, made.publisher, made.date) == (
        "article", "Ventetida øker i Storhamn", "NRK", "2026-03-14",
    )  # fmt: skip
    assert articles.citation(made) == "Ventetida øker i Storhamn, NRK, 2026-03-14"
    assert {each.label for each in sources.list_speakers(project, made)} == {"Kari Moldestad", "Ola Bergsvik"}


def test_without_a_date_nothing_is_stored(project: Project, write: Callable[[str, str], Path]) -> None:
    before = len(sources.list_sources(project))
    path = write("b.txt", UNDATED)
    result = importing.import_files(project, [path])
    assert not result.imported and "--date ukjent" in result.refused[0][1]
    assert len(sources.list_sources(project)) == before
    made = importing.import_files(project, [path], SourceFacts(date="Ukjent")).imported[0][0]
    assert made.date == "ukjent" and articles.citation(made) == "Køen øker i Storhamn, NRK Nordland"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("14.3.2026", "2026-03-14"),
        ("2026-03-14", "2026-03-14"),
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("ukjend", "ukjent"),
    ],
)
def test_dates_as_they_are_written(written: str, stored: str) -> None:
    assert articles.settled_date("report", written) == stored


@pytest.mark.parametrize("written", ["", "i fjor", "2024-13", "32.1.2024"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        articles.settled_date("article", written)
    assert articles.settled_date("transcript", written) == written


def test_a_source_does_not_become_an_article_without_a_date(project: Project) -> None:
    source = next(each for each in sources.list_sources(project) if each.name == "Møte")
    with pytest.raises(Refusal, match="dato"):
        sources.describe_source(project, source, kind="article")
    changed = sources.describe_source(project, source, kind="article", date="1.2.2026", title="Møtet")
    assert (changed.kind, changed.date, changed.title) == ("article", "2026-02-01", "Møtet")
    assert sources.describe_source(project, changed, name="Nytt").date == "2026-02-01"
    with pytest.raises(Refusal):
        sources.describe_source(project, changed, date="")


def test_a_rejected_speaker_labels_no_turn(project: Project, write: Callable[[str, str], Path]) -> None:
    path = write("a.txt", ARTICLE)
    reading = importing.read_again(importing.read_file(path), rejected=("Ola Bergsvik",))
    assert reading.transcript.speakers == ("Kari Moldestad",) and len(reading.transcript.turns) == 2
    made = importing.save(project, reading, SourceFacts())
    assert [each.label for each in sources.list_speakers(project, made)] == ["Kari Moldestad"]


def test_read_as_another_kind_it_has_no_quoted_turns(write: Callable[[str, str], Path]) -> None:
    reading = importing.read_file(write("a.txt", ARTICLE))
    assert importing.read_again(reading, kind="article") is reading
    talk = importing.read_file(write("s.txt", "Kari: Hva da?\n\nOla: Ingenting.\n\nKari: Nei.\n"))
    assert importing.read_again(talk, kind="minutes") is talk
    again = importing.read_again(reading, kind="notes")
    assert again.transcript.kind == "notes" and not again.transcript.turns and not again.transcript.regions
    assert importing.read_file(write("a.txt", ARTICLE), ReadOptions(kind="report")).transcript.kind == "report"


def test_what_nobody_is_quoted_as_saying_belongs_to_the_text(
    project: Project, write: Callable[[str, str], Path], code: Callable[[str], CodeEntry]
) -> None:
    who = (SpeakerChoice(label="Kari Moldestad", role="participant", informant="I09", informant_role="leder"),)
    made = importing.save(project, importing.read_file(write("a.txt", ARTICLE)), SourceFacts(speakers=who))

    def listed(role: str = "") -> set[str]:
        found = words.gather(project, words.Wanted(source=made.id, role=role))
        assert found is not None
        return {row.word for row in words.word_list(found)}

    assert {"gruppe", "folk", "stilling"} <= listed()
    assert "folk" in listed("leder") and not {"gruppe", "stilling", "hjelp"} & listed("leder")
    found = words.gather(project, words.Wanted(source=made.id))
    assert found is not None
    (place,) = words.places(project, found, "folk")
    assert (place.speaker, place.informant) == ("Kari Moldestad", "I09")
    assert [each.speaker for each in words.places(project, found, "gruppe")] == [""]
    start = ARTICLE.index("Kommunen har")
    coded = coding.apply_code(project, made, start, start + 40, code("Bolig"))
    assert "Ventetida øker i Storhamn, NRK Nordland, 2026-03-14" in clipping.clip_codings(project, [coded])

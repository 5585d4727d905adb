"""A project with two interviews, minutes and a nested case, and quick ways to point into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.core.entities import CodeEntry, Source
from workbench.services import cases, codebook, importing, projects, sources
from workbench.services.importing import SourceFacts, SpeakerChoice
from workbench.store.project import Project

FIRST = """Intervjuer: Hvordan er boligsituasjonen?

Kari: Vi har for få boliger. Ola venter ennå.

Intervjuer: Hva med økonomien?

Kari: Tilskuddet går ut, og Karis budsjett er tomt. Karianne vet mer.

Intervjuer: Takk.

Kari: Selv takk.
"""
SECOND = """Forsker: Hvordan bor du nå?

Bruker: På mottaket. Det er ikke noe sted å bli frisk.

Forsker: Hva trenger du?

Bruker: Et sted med dør. Og noen som ringer.
"""
MINUTES = "Møtet handlet om ansvar. Kommunen mente at staten må betale, og staten mente det motsatte.\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


@pytest.fixture
def project(tmp_path: Path, write: Callable[[str, str], Path]) -> Iterator[Project]:
    made = projects.create(tmp_path / "studie.kodebenk", coder="Kari Koder", title="Studie")
    made.connection.execute("PRAGMA synchronous = OFF")
    top = codebook.add_code(made, "Bolig")
    codebook.add_code(made, "Midlertidig bolig", parent=top.id)
    codebook.add_code(made, "Økonomi")
    region = cases.add_case(made, "Innlandet", type="region")
    cases.add_case(made, "Elvestrand", parent=region.id)
    cases.add_case(made, "Storhamn")
    for name, text, facts in (
        ("Første.txt", FIRST, SourceFacts(cases=("Elvestrand",), wave="1", speakers=(
            SpeakerChoice(label="Kari", role="participant", informant="I01", informant_role="leder", level="strategisk"),))),
        ("Andre.txt", SECOND, SourceFacts(cases=("Storhamn",), wave="2", speakers=(
            SpeakerChoice(label="Forsker", role="interviewer"),
            SpeakerChoice(label="Bruker", role="participant", informant="I02", informant_role="bruker")))),
        ("Møte.txt", MINUTES, SourceFacts(kind="minutes", cases=("Elvestrand", "Storhamn"))),
    ):  # fmt: skip
        importing.save(made, importing.read_file(write(name, text)), facts)
    yield made
    made.close()


@pytest.fixture
def place(project: Project) -> Callable[..., tuple[Source, int, int]]:
    """(source, start, end) of words, to be passed on as they are."""

    def find(words: str) -> tuple[Source, int, int]:
        for source in sources.list_sources(project):
            start = sources.show_source(project, source).text.find(words)
            if start >= 0:
                return source, start, start + len(words)
        raise AssertionError(f"{words!r} is in no source")

    return find


@pytest.fixture
def code(project: Project) -> Callable[[str], CodeEntry]:
    return lambda named: codebook.find_code(project, named)

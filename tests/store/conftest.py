"""A small project to act on, the acts themselves, and pictures of the state."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Refusal
from workbench.services import (
    checking,
    codebook,
    coding,
    importing,
    memos,
    notes,
    projects,
    reading,
    sources,
    suggesting,
    texts,
)
from workbench.services import history as history_service
from workbench.store.project import Project, open_project
from workbench.store.queries import suggestions as suggestion_store
from workbench.store.schema import STATE

INTERVIEW = """Intervjuer: Hvordan er boligsituasjonen hos dere?

Kari: Vi har for få boliger. Ola venter ennå, og Karis kollega sier det samme.

Intervjuer: Hva skjer når noen skrives ut?

Kari: Da ringer de oss på fredag ettermiddag. Vi har ingenting å tilby før mandag.

Ola: Jeg fikk en seng på mottaket. Det var ikke noe sted å bli frisk.
"""
MINUTES = """Intervjuer: Hvem tar ansvar for økonomien?

Rådgiver: Kommunen, mener staten. Staten, mener kommunen. Ola falt mellom to stoler.

Intervjuer: Og samarbeidet?

Rådgiver: Det går når vi kjenner hverandre, men folk slutter.
"""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with six codes and two interviews, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    project = projects.create(folder / "mal.kodebenk", coder="Kari", title="Mal")
    top = codebook.add_code(project, "Bolig")
    codebook.add_code(project, "Midlertidig bolig", parent=top.id)
    codebook.add_code(project, "Økonomi")
    codebook.add_code(project, "Samarbeid")
    for name, text in (("en", INTERVIEW), ("to", MINUTES)):
        file = folder / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        importing.save(project, importing.read_file(file), importing.SourceFacts(cases=("Elvestrand",)))
    project.close()
    return folder / "mal.kodebenk"


@pytest.fixture
def copied(template: Path, tmp_path: Path) -> Iterator[Callable[..., Project]]:
    """A function that opens a fresh copy of the template, or the same copy once more."""
    opened: list[Project] = []

    def copy(name: str = "prosjekt", coder: str = "Kari", *, again: bool = False) -> Project:
        path = tmp_path / f"{name}.kodebenk"
        if not again:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            shutil.copy(template, path)
        project = open_project(path, coder=coder)
        project.connection.execute("PRAGMA synchronous = OFF")  # durability is tested elsewhere; here it only costs
        opened.append(project)
        return project

    yield copy
    for project in opened:
        try:
            project.close()
        except sqlite3.ProgrammingError:
            continue  # the test closed it itself


@pytest.fixture
def project(copied: Callable[..., Project]) -> Project:
    return copied()


@pytest.fixture(scope="session")
def picture() -> Callable[[Project], dict[str, list[tuple[Any, ...]]]]:
    """Every row of every state table; which gestures are undone is not part of the picture."""

    def take(project: Project) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table: project.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in STATE
            if table != "gesture"
        }

    return take


@pytest.fixture(scope="session")
def clean() -> Callable[[Project], None]:
    def assert_clean(project: Project) -> None:
        assert checking.check(project).problems == ()

    return assert_clean


@pytest.fixture(scope="session")
def act() -> Callable[..., bool]:
    """A function that does one act, chosen and aimed by numbers; False when the act was refused."""

    def perform(project: Project, name: str, first: int, second: int) -> bool:
        try:
            _ACTS[name](project, first, second)
        except (Refusal, IndexError):
            return False
        return True

    return perform


@pytest.fixture(scope="session")
def act_names() -> list[str]:
    return list(_ACTS)


def _pick(things: list[Any], number: int) -> Any:
    if not things:
        raise IndexError("nothing to act on")
    return things[number % len(things)]


def _source(project: Project, number: int) -> Any:
    return _pick(sources.list_sources(project), number)


def _code(project: Project, number: int) -> Any:
    return _pick(codebook.list_codes(project), number)


def _coding(project: Project, number: int) -> Any:
    return _pick(coding.list_codings(project), number)


def _span(source: Any, number: int) -> tuple[int, int]:
    start = number % max(source.characters, 1)
    return start, min(start + 1 + number % 23, source.characters)


def _apply(project: Project, first: int, second: int) -> None:
    source = _source(project, first)
    coding.apply_code(project, source, *_span(source, second), _code(project, first + second))


def _new_code(project: Project, first: int, second: int) -> None:
    source = _source(project, first)
    coding.apply_new_code(project, source, *_span(source, second), f"Ny {first % 7}")


def _typo(project: Project, first: int, second: int) -> None:
    source = _source(project, first)
    words = ("", "x", "et lengre ord", "å")
    texts.correct_typo(project, source, *_span(source, second), words[second % 4])


def _insert(project: Project, first: int, second: int) -> None:
    source = _source(project, first)
    start = _span(source, second)[0]
    texts.correct_typo(project, source, start, start, "innskutt ")


def _suggest(project: Project, first: int, second: int) -> None:
    """Put a made-up suggestion where the machine would."""
    source, code = _source(project, first), _code(project, second)
    start, end = _span(source, second)
    with project.derive() as connection:
        row = (f"f{first}x{second}", source.id, source.version, start, end, code.id, 0.5, "regel", "r", "p", "[]")
        suggestion_store.replace(connection, source.id, [row])


def _pending(project: Project, number: int) -> Any:
    return _pick(suggesting.list_proposals(project, status="pending"), number)


def _accept(project: Project, first: int, second: int) -> None:
    _suggest(project, first, second)
    suggesting.accept(project, _pending(project, first))


def _reject(project: Project, first: int, second: int) -> None:
    _suggest(project, first, second)
    suggesting.reject(project, _pending(project, first))


def _rebound(project: Project, first: int, second: int) -> None:
    each = _coding(project, first)
    source = next(source for source in sources.list_sources(project) if source.id == each.source)
    coding.rebound_coding(project, each.id, *_span(source, second))


def _move(project: Project, first: int, second: int) -> None:
    parent = "" if second % 3 == 0 else _code(project, second).id
    codebook.move_code(project, _code(project, first).id, parent=parent)


_TARGETS: dict[str, Callable[[Project, int], Any]] = {"source": _source, "code": _code, "coding": _coding}


def _memo(project: Project, first: int, second: int) -> None:
    kind = list(_TARGETS)[first % 3]
    memos.write_memo(project, kind, _TARGETS[kind](project, second).id, f"memo {first}")


def _note(project: Project, first: int, second: int) -> None:
    source = _source(project, first)
    notes.add_note(project, source, *_span(source, second), f"merknad {second}")


_ACTS: dict[str, Callable[[Project, int, int], Any]] = {
    "code": _apply,
    "new code": _new_code,
    "add code": lambda project, first, second: codebook.add_code(project, f"Kode {first % 9}"),
    "rename": lambda project, first, second: codebook.set_code(project, _code(project, first).id, name=f"Navn {second}"),
    "move": _move,
    "merge": lambda project, first, second: codebook.merge_codes(
        project, _code(project, first).id, into=_code(project, second).id
    ),
    "retire": lambda project, first, second: codebook.retire_code(project, _code(project, first).id),
    "restore": lambda project, first, second: codebook.restore_code(project, _code(project, first).id),
    "remove code": lambda project, first, second: codebook.remove_code(project, _code(project, first).id),
    "theme": lambda project, first, second: codebook.set_theme(
        project, _pick(codebook.list_themes(project), first).id, essence=f"essens {second}"
    ),
    "remove": lambda project, first, second: coding.remove_coding(project, _coding(project, first).id),
    "rebound": _rebound,
    "recode": lambda project, first, second: coding.recode(
        project, _coding(project, first).id, _code(project, second)
    ),
    "star": lambda project, first, second: coding.star_coding(
        project, _coding(project, first).id, star=bool(second % 2)
    ),
    "note": _note,
    "edit note": lambda project, first, second: notes.edit_note(
        project, _pick(notes.list_notes(project), first).id, f"rettet {second}"
    ),
    "remove note": lambda project, first, second: notes.remove_note(
        project, _pick(notes.list_notes(project), first).id
    ),
    "memo": _memo,
    "remove memo": lambda project, first, second: memos.remove_memo(
        project, _pick(memos.list_memos(project), first).id
    ),
    "typo": _typo,
    "insert": _insert,
    "mask": lambda project, first, second: texts.mask_name(
        project, _source(project, first), ("Ola", "Kari")[second % 2], ("[navn]", "X")[first % 2],
        everywhere=bool(second % 3),
    ),
    "split": lambda project, first, second: texts.split_turn(
        project, _source(project, first), second % 300, f"Taler {first % 3}"
    ),
    "unite": lambda project, first, second: texts.unite_turns(project, _source(project, first), second % 300),
    "relabel": lambda project, first, second: texts.correct_speaker(
        project, _source(project, first), second % 300, f"Taler {first % 3}"
    ),
    "status": lambda project, first, second: reading.set_status(
        project, _source(project, first), ("read", "finished")[second % 2]
    ),
    "describe": lambda project, first, second: sources.describe_source(
        project, _source(project, first), wave=f"b{second % 3}", cases=(f"Case {first % 3}",)
    ),
    "delete source": lambda project, first, second: sources.delete_source(project, _source(project, first)),
    "suggest": _suggest,
    "accept": _accept,
    "reject": _reject,
    "undo": lambda project, first, second: history_service.undo(project),
    "redo": lambda project, first, second: history_service.redo(project),
}  # fmt: skip

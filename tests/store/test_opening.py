"""Opening: a file that is no project is refused with its name and the cause, and is left as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import CannotOpen
from workbench.services import codebook, sources
from workbench.store.connection import create_file
from workbench.store.project import Project, open_project
from workbench.store.schema import SCHEMA_VERSION, STATE


def _refused(path: Path, why: str) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CannotOpen, match=why) as caught:
        open_project(path, coder="Kari")
    assert path.name in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_missing_file(tmp_path: Path) -> None:
    _refused(tmp_path / "mangler.kodebenk", "Finner ikke")
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mappe.kodebenk").mkdir()
    _refused(tmp_path / "mappe.kodebenk", "er en mappe")


@pytest.mark.parametrize("content", [b"", b"Intervjuer: Ja?", b"PK\x03\x04" + b"\x00" * 5000])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "annet.kodebenk"
    path.write_bytes(content)
    _refused(path, "ikke et Kodebenk-prosjekt")


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "annen.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ting (a)")
    connection.close()
    _refused(path, "ikke et Kodebenk-prosjekt")
    assert [each.name for each in tmp_path.iterdir()] == ["annen.db"]


def test_a_file_by_a_newer_kodebenk(copied: Callable[..., Project]) -> None:
    project = copied()
    project.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    project.close()
    _refused(project.path, "nyere Kodebenk")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_file(copied: Callable[..., Project], share: float) -> None:
    path = copied().path
    content = path.read_bytes()
    path.with_name(path.name + "-wal").unlink(missing_ok=True)
    cut = path.with_name("kuttet.kodebenk")
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CannotOpen, match="sikkerhetskopi"):
        open_project(cut, coder="Kari")


def test_a_project_can_be_made_where_there_is_none_only(copied: Callable[..., Project]) -> None:
    path = copied().path
    with pytest.raises(CannotOpen, match="finnes fra før"):
        create_file(path)
    with pytest.raises(CannotOpen, match="Kan ikke opprette"):
        create_file(path.with_name("ingen") / "p.kodebenk")


def test_a_new_file_is_its_owners_only(copied: Callable[..., Project], tmp_path: Path) -> None:
    create_file(tmp_path / "ny.kodebenk").close()
    assert (tmp_path / "ny.kodebenk").stat().st_mode & 0o077 == 0


def test_the_schema_has_every_state_table_with_its_columns(project: Project) -> None:
    for table, columns in STATE.items():
        found = [row[1] for row in project.connection.execute(f"PRAGMA table_info({table})")]
        assert found == list(columns)


def test_a_closed_project_is_one_whole_file(copied: Callable[..., Project]) -> None:
    project = copied()
    codebook.add_code(project, "Ny kode")
    project.close()
    assert [each.name for each in project.path.parent.glob("prosjekt*")] == ["prosjekt.kodebenk"]
    assert b"Ny kode" in project.path.read_bytes()


def test_a_path_with_signs_that_mean_something_in_an_address(copied: Callable[..., Project], tmp_path: Path) -> None:
    path = tmp_path / "50% ferdig? #1 æøå.kodebenk"
    copied().path.rename(path)
    project = open_project(path, coder="Kari")
    assert len(sources.list_sources(project)) == 2
    project.close()


def test_each_thread_has_a_connection_of_its_own(project: Project) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(sources.list_sources, project).result()) == 2
        assert pool.submit(lambda: project.connection).result() is not project.connection

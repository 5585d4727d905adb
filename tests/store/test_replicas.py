"""Which copy of the project a file is: a copied or restored file writes under a new name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import Refusal
from workbench.services import codebook, history
from workbench.services.checking import save_copy
from workbench.store import journal
from workbench.store.project import Project, open_project


def _write(path: Path, name: str) -> str:
    """Add a code and close; the replica id it was written under."""
    project = open_project(path, coder="Kari")
    codebook.add_code(project, name)
    *_, last = journal.changes(project.connection)
    project.close()
    return last.replica


@pytest.fixture
def path(copied: Callable[..., Project]) -> Path:
    project = copied()
    project.close()
    return project.path


def test_the_same_file_keeps_its_name(path: Path) -> None:
    assert _write(path, "En") == _write(path, "To")


def test_a_moved_file_keeps_its_name(path: Path) -> None:
    first = _write(path, "En")
    moved = path.rename(path.with_name("flyttet.kodebenk"))
    assert _write(moved, "To") == first


def test_a_copied_file_gets_a_new_name_and_the_original_keeps_its_own(path: Path, tmp_path: Path) -> None:
    first = _write(path, "En")
    copy = tmp_path / "kopi.kodebenk"
    shutil.copy(path, copy)
    assert _write(copy, "To") != first
    assert _write(path, "To") == first


def test_a_copy_by_kodebenk_gets_a_new_name(path: Path, tmp_path: Path) -> None:
    first = _write(path, "En")
    project = open_project(path, coder="Kari")
    copy = save_copy(project, tmp_path / "kopi.kodebenk")
    project.close()
    assert _write(copy, "To") != first


def test_a_backup_restored_in_place_gets_a_new_name(path: Path, tmp_path: Path) -> None:
    first = _write(path, "En")
    backup = path.read_bytes()
    assert _write(path, "To") == first
    inode = path.stat().st_ino
    path.write_bytes(backup)
    assert path.stat().st_ino == inode
    assert _write(path, "To igjen") != first


def test_a_copy_does_not_undo_what_was_done_in_the_original(path: Path, tmp_path: Path) -> None:
    _write(path, "En")
    copy = tmp_path / "kopi.kodebenk"
    shutil.copy(path, copy)
    project = open_project(copy, coder="Kari")
    with pytest.raises(Refusal, match="i denne kopien"):
        history.undo(project)
    project.close()


def test_reading_does_not_rename(path: Path) -> None:
    before = path.read_bytes()
    project = open_project(path, coder="Kari")
    codebook.list_codes(project)
    history.history(project)
    project.close()
    assert path.read_bytes() == before


def test_a_state_folder_that_cannot_be_written_does_not_stop_the_work(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "opptatt").write_text("en fil der mappen skulle være", encoding="utf-8")
    monkeypatch.setenv("KODEBENK_STATE", str(tmp_path / "opptatt"))
    _write(path, "En")

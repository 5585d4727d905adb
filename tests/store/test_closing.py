"""Closing a project that several threads and handles have used."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from workbench.services import codebook, projects
from workbench.store.project import open_project


def test_a_project_that_another_thread_has_read_can_be_closed(tmp_path: Path) -> None:
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len(codebook.list_codes(project))))
    thread.start()
    thread.join()
    project.close()
    assert seen == [0]


def test_a_second_handle_of_the_same_program_leaves_the_lease_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KODEBENK_NETWORK", "1")
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari")
    project.hold()
    second = open_project(project.path, coder="Kari")
    codebook.add_code(second, "Fra en annen tråd")
    second.close()
    holder = project.holder()
    assert holder is not None
    assert holder["coder"] == "Kari"
    project.close()

"""Closing a project that several threads and handles have used."""

from __future__ import annotations

import subprocess
import sys
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


ANOTHER_PROGRAM = """
import sys
from pathlib import Path
from workbench.services import codebook, projects
project = projects.open_existing(Path(sys.argv[1]), coder="Ola")
print(len(codebook.list_codes(project)))
project.close()
"""


def _seen_by_another_program(path: Path) -> int:
    run = [sys.executable, "-c", ANOTHER_PROGRAM, str(path)]
    return int(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_written_after_another_program_has_come_and_gone_is_kept(tmp_path: Path, readonly: bool) -> None:
    """A second handle in this program, opened and closed, must not take the locks with it that say the file is in use."""
    project = projects.create(tmp_path / "p.kodebenk", coder="Kari")
    codebook.add_code(project, "Før")
    projects.open_existing(project.path, coder="Kari", readonly=readonly).close()
    assert _seen_by_another_program(project.path) == 1
    codebook.add_code(project, "Etter")
    assert _seen_by_another_program(project.path) == 2
    project.close()
    assert _seen_by_another_program(project.path) == 2

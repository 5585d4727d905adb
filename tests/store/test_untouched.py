"""Reading a project without touching it: no byte changed, nothing left in its folder, and it can be done without rights."""

from __future__ import annotations

import hashlib
import os
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from workbench.errors import Busy, CannotOpen
from workbench.services import coding, projects, sources
from workbench.services.codebook import list_codes
from workbench.store.project import Project, open_project
from workbench.store.queries import local

NOBODY = 65534


def _read_as_nobody(path: Path, answer: Connection) -> None:
    """In a process of its own: without the rights of an administrator, whom no folder can keep out."""
    if os.getuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    try:
        path.with_name("probe").touch()
    except OSError:
        reader = open_project(path, coder="Leser", readonly=True)
        answer.send(len(coding.list_codings(reader)))
        reader.close()
    else:
        answer.send("the folder could be written in")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def closed(project: Project) -> Path:
    """A project with a coding in it that nobody has open."""
    source = sources.list_sources(project)[0]
    coding.apply_code(project, source, 0, 5, list_codes(project)[0])
    project.close()
    return project.path


def test_reading_changes_no_byte_and_leaves_nothing_behind(closed: Path) -> None:
    before, beside = _digest(closed), sorted(closed.parent.iterdir())
    reader = open_project(closed, coder="Leser", readonly=True)
    assert len(coding.list_codings(reader)) == 1
    with pytest.raises(Busy):
        coding.remove_coding(reader, coding.list_codings(reader)[0].id)
    with pytest.raises(Busy), reader.derive() as connection:
        local.put(connection, "key", "value")
    reader.close()
    assert _digest(closed) == before
    assert sorted(closed.parent.iterdir()) == beside


@pytest.mark.skipif(sys.platform == "win32", reason="folders that may not be written in are made otherwise on Windows")
def test_a_folder_that_may_not_be_written_in_can_be_read_from(closed: Path) -> None:
    folder = closed.parent
    closed.chmod(0o444)
    folder.chmod(0o555)
    for above in folder.parents:
        if above.stat().st_uid == os.getuid() and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    here, there = get_context("fork").Pipe()
    child = get_context("fork").Process(target=_read_as_nobody, args=(closed, there))
    try:
        child.start()
        assert here.poll(30)
        assert here.recv() == 1
    finally:
        child.join(30)
        folder.chmod(0o755)
        closed.chmod(0o644)


def test_what_somebody_writes_meanwhile_is_seen_by_who_opens_beside(closed: Path) -> None:
    writer = open_project(closed, coder="Kari")
    source = sources.list_sources(writer)[0]
    coding.apply_code(writer, source, 6, 9, list_codes(writer)[0])
    reader = open_project(closed, coder="Leser", readonly=True)
    assert len(coding.list_codings(reader)) == 2
    reader.close()
    writer.close()


def test_a_reader_knows_that_the_project_has_been_written_in(closed: Path) -> None:
    reader = open_project(closed, coder="Leser", readonly=True)
    assert not reader.overtaken()
    writer = open_project(closed, coder="Kari")
    coding.apply_code(writer, sources.list_sources(writer)[0], 6, 9, list_codes(writer)[0])
    assert reader.overtaken()
    writer.close()
    assert reader.overtaken()
    reader.close()


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="Finner ikke"):
        projects.open_existing(tmp_path / "ingen.kodebenk", coder="Leser", readonly=True)

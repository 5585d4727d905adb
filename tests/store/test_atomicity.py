"""All of a gesture or nothing, whatever goes wrong, and whoever else is writing."""

from __future__ import annotations

import json
import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Busy, CannotOpen
from workbench.services import codebook, coding, sources
from workbench.store import journal
from workbench.store import project as project_module
from workbench.store.project import Project, open_project

Picture = Callable[[Project], dict[str, list[tuple[Any, ...]]]]

WRITER = """
import sys
from pathlib import Path
from workbench.services import codebook, coding, sources
from workbench.store.project import open_project

path, coder, first, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
project = open_project(path, coder=coder)
source = sources.list_sources(project)[0]
codes = [code for code in codebook.list_codes(project)]
for n in range(first, first + number):
    start = n % (source.characters - 3)
    made = coding.apply_code(project, source, start, start + 3, codes[n % len(codes)])
    print(made.id, flush=True)
project.close()
"""


def _writer(path: Path, coder: str, first: int, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), coder, str(first), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class _Broken(Exception):
    pass


def test_a_fault_between_change_and_state_leaves_nothing(
    project: Project, picture: Picture, clean: Callable[[Project], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, heads = picture(project), journal.heads(project.connection)

    def broken(connection: object, change: object) -> None:
        raise _Broken

    monkeypatch.setattr(project_module, "apply", broken)
    with pytest.raises(_Broken):
        codebook.add_code(project, "Blir ikke")
    assert picture(project) == before
    assert journal.heads(project.connection) == heads
    assert not project.connection.in_transaction
    monkeypatch.undo()
    codebook.add_code(project, "Blir")
    clean(project)


def test_a_fault_after_two_of_three_changes_leaves_none(project: Project, picture: Picture) -> None:
    before, heads = picture(project), journal.heads(project.connection)
    with pytest.raises(_Broken), project.write() as act:
        for name in ("blirikke", "heller ikke"):
            act.record("code.add", {"id": f"kode{name}", "card": act.card({"name": name, "slug": name})})
        raise _Broken
    assert picture(project) == before
    assert journal.heads(project.connection) == heads
    assert project.connection.execute("SELECT COUNT(*) FROM text_blob WHERE body LIKE '%blirikke%'").fetchone() == (0,)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_at_any_moment_nothing_acknowledged_is_lost(copied: Callable[..., Project]) -> None:
    path = copied("drept").path
    for moment in (0.0, 0.01, 0.05):
        writer = _writer(path, "Kari", random.randrange(50), 10_000)
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(5)]
        time.sleep(moment)
        writer.kill()
        # A last line cut off in the middle was never acknowledged.
        acknowledged += [line for line in writer.stdout.readlines() if line.endswith("\n")]
        writer.communicate()
        again = open_project(path, coder="Kari")
        found = {each.id for each in coding.list_codings(again)}
        assert {line.strip() for line in acknowledged} <= found
        from workbench.services import checking

        assert checking.check(again).ok
        again.close()


def test_two_processes_writing_at_once_lose_nothing(
    copied: Callable[..., Project], clean: Callable[[Project], None]
) -> None:
    project = copied("felles")
    writers = [_writer(project.path, "Kari", 0, 100), _writer(project.path, "Ole", 100, 100)]
    results = [writer.communicate() for writer in writers]
    assert [(writer.returncode, errors) for writer, (_, errors) in zip(writers, results, strict=True)] == [(0, "")] * 2
    ids = {line for output, _ in results for line in output.split()}
    found = coding.list_codings(project)
    assert len(ids) == 200
    assert {each.id for each in found} == ids
    assert len({each.quote for each in found}) == len({(each.source, each.start, each.end) for each in found})
    clean(project)


def test_a_reader_is_told_that_somebody_wrote(copied: Callable[..., Project]) -> None:
    reader, writer = copied(), copied(coder="Ole", again=True)
    before = reader.data_version()
    assert reader.data_version() == before
    codebook.add_code(writer, "Ny")
    assert reader.data_version() != before


def test_a_project_opened_for_reading_refuses_to_write(copied: Callable[..., Project]) -> None:
    path = copied().path
    project = open_project(path, coder="Kari", readonly=True)
    source = sources.list_sources(project)[0]
    with pytest.raises(Busy, match="åpnet for lesing"):
        coding.apply_code(project, source, 0, 4, codebook.list_codes(project)[0])
    project.close()


class TestNetworkFolder:
    """A project on a network folder: no write-ahead log, and one writer who is named."""

    @pytest.fixture(autouse=True)
    def _network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KODEBENK_NETWORK", "1")

    def _hold(self, path: Path) -> subprocess.Popen[str]:
        script = (
            "import sys; from pathlib import Path; from workbench.store.project import open_project\n"
            "project = open_project(Path(sys.argv[1]), coder='Ole'); project.hold()\n"
            "print('holder', flush=True); sys.stdin.read(); project.close()"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout is not None and holder.stdout.readline() == "holder\n"
        return holder

    def test_the_journal_mode_is_the_old_one(self, copied: Callable[..., Project]) -> None:
        assert copied().connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)

    def test_the_second_writer_is_told_who_has_it_and_can_read(self, copied: Callable[..., Project]) -> None:
        path = copied().path
        holder = self._hold(path)
        project = copied(again=True)
        with pytest.raises(Busy, match=f"Ole har prosjektet åpent på {platform.node()}"):
            codebook.add_code(project, "Ny")
        with pytest.raises(CannotOpen, match="Ole"):
            project.hold()
        assert codebook.list_codes(project)
        holder.communicate("")
        codebook.add_code(project, "Ny")

    @pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
    def test_a_holder_that_died_is_taken_over_from(self, copied: Callable[..., Project]) -> None:
        path = copied().path
        holder = self._hold(path)
        holder.kill()
        holder.communicate()
        project = copied(again=True)
        codebook.add_code(project, "Ny")
        assert (project.holder() or {})["pid"] == os.getpid()
        project.close()
        assert copied(again=True).holder() is None

    def test_a_lease_that_was_rolled_back_is_not_held(self, copied: Callable[..., Project]) -> None:
        project = copied()
        with pytest.raises(_Broken), project.write():
            raise _Broken
        assert project.holder() is None
        codebook.add_code(project, "Ny")
        assert project.holder() is not None

    def test_another_machines_holder_is_believed(self, copied: Callable[..., Project]) -> None:
        project = copied()
        holder = {"coder": "Ole", "host": "en-annen-maskin", "pid": 1, "since": "i går"}
        project.connection.execute("INSERT OR REPLACE INTO local VALUES ('holder', ?)", (json.dumps(holder),))
        with pytest.raises(Busy, match="Ole har prosjektet åpent på en-annen-maskin siden i går"):
            codebook.add_code(project, "Ny")

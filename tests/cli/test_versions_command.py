"""revise, versions, waiting, place, drop: a newer version comes in, and what waits is placed or removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import run
from workbench.errors import ExitCode
from workbench.services import codebook, coding, importing, projects, sources

OLDER = """Intervjuer: Hvordan er boligsituasjonen?

Anne: Botilbudet er fullt. Folk blir boende i flere måneder.

Intervjuer: Og økonomien?

Anne: Tilskuddet er øremerket i to år. Så vet ingen noe.
"""
NEWER = OLDER.replace("boligsituasjonen?", "boligsituasjonen her?").replace("Folk blir boende i flere måneder.", "Ja.")

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "studie.kodebenk"
    project = projects.create(path, coder="Kari", title="Studie")
    code = codebook.add_code(project, "Bolig")
    (tmp_path / "samtale.txt").write_text(OLDER, encoding="utf-8")
    importing.import_files(project, [tmp_path / "samtale.txt"])
    (source,) = sources.list_sources(project)
    for words in ("Botilbudet er fullt.", "Folk blir boende i flere måneder.", "Tilskuddet er øremerket"):
        start = OLDER.index(words)
        coding.apply_code(project, source, start, start + len(words), code)
    project.close()
    return path


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """One command in this process: its exit code and what it wrote to either stream."""
    monkeypatch.setenv("KODEBENK_CODER", "Kari")

    def ask(*words: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run([str(word) for word in words])
        assert isinstance(code, int)
        return code, *capfd.readouterr()

    return ask


def _json(command: Command, *words: object) -> Any:
    code, out, err = command(*words, "--json")
    assert code == ExitCode.DONE, err
    return json.loads(out)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "samtale-ny.txt"
    path.write_text(NEWER, encoding="utf-8")
    return path


def test_a_newer_version_is_looked_at_taken_in_and_its_queue_emptied(file: Path, newer: Path, command: Command) -> None:
    looked = _json(command, "revise", file, "samtale", newer, "--dry-run")
    assert (looked["version"], looked["same"], looked["moved"], looked["waiting"]) == (1, 0, 2, 1)
    assert _json(command, "waiting", file) == []
    taken = _json(command, "revise", file, "samtale", newer)
    assert {key: taken[key] for key in ("version", "same", "moved", "changed", "waiting", "warnings", "stored")} == {
        "version": 2, "same": 0, "moved": 2, "changed": 0, "waiting": 1, "warnings": [], "stored": True,
    }  # fmt: skip
    (waits,) = _json(command, "waiting", file, "--source", "samtale")
    assert (waits["kind"], waits["what"]) == ("coding", "Bolig (Kari)")
    assert waits["text"] == "Folk blir boende i flere måneder."
    assert command("check", file)[2].startswith("1 koding eller merknad venter på plass")
    assert command("check", file)[0] == ExitCode.DONE
    (row,) = _json(command, "sources", file)
    assert row["waiting"] == 1
    start = NEWER.index("Ja.")
    placed = _json(command, "place", file, waits["id"], start, start + 3)
    assert (placed["target"], placed["text"]) == (waits["target"], "Ja.")
    assert _json(command, "waiting", file) == []
    assert [each["number"] for each in _json(command, "versions", file, "samtale")] == [1, 2]


def test_what_waits_is_removed_and_comes_back_by_undo(file: Path, newer: Path, command: Command) -> None:
    _json(command, "revise", file, "samtale", newer)
    (waits,) = _json(command, "waiting", file)
    for words, code in (((), ExitCode.USAGE), (("--candidate", 9), ExitCode.REFUSED), ((3, 3), ExitCode.REFUSED)):
        assert command("place", file, waits["id"], *words)[0] == code
    code, _out, err = command("drop", file, waits["id"])
    assert code == ExitCode.DONE
    assert "Bolig (Kari): «Folk blir boende i flere måneder.»" in err
    assert command("waiting", file)[2] == "Ingenting venter på plass.\n"
    command("undo", file)
    assert len(_json(command, "waiting", file)) == 1
    assert len(_json(command, "codings", file)) == 3


def test_another_interview_is_taken_in_only_when_asked_twice(file: Path, tmp_path: Path, command: Command) -> None:
    other = tmp_path / "annen.txt"
    other.write_text("Per: Dagen begynte med regn.\n\nPål: Da gikk vi til byen langs elva.\n", encoding="utf-8")
    code, out, err = command("revise", file, "samtale", other)
    assert (code, out) == (ExitCode.REFUSED, "")
    assert "samme intervju" in err
    assert "--yes" in err
    assert _json(command, "revise", file, "samtale", other, "--yes")["waiting"] == 3
    assert command("waiting", file)[1].count("«") >= 3


def test_a_file_that_cannot_be_read_or_says_the_same_is_refused(file: Path, tmp_path: Path, command: Command) -> None:
    empty = tmp_path / "tom.txt"
    empty.write_text("", encoding="utf-8")
    for path in (empty, tmp_path / "finnes-ikke.txt", tmp_path / "samtale.txt"):
        assert command("revise", file, "samtale", path)[0] == ExitCode.REFUSED

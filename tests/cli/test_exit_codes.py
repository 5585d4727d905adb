"""Exit codes are a contract: 0 done, 1 refused with a reason, 2 usage, 3 cannot be opened; a refusal leaves stdout empty."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

REFUSED = {
    "unknown code, nearest named": (("code", "FILE", "Samtale", 40, 50, "bolgi", "--json"), "bolig"),
    "unknown source, nearest named": (("show", "FILE", "Samtal", "--json"), None),
    "no such source": (("show", "FILE", "Helt ukjent", "--json"), "Helt ukjent"),
    "outside the text": (("code", "FILE", "Samtale", 40, 99999, "bolig", "--json"), "utenfor"),
    "end before start": (("code", "FILE", "Samtale", 50, 40, "bolig", "--json"), "utenfor"),
    "nothing of one's own to undo": (("undo", "FILE", "--coder", "Ingen", "--json"), "ingenting"),
    "nothing to redo": (("redo", "FILE", "--json"), "ingenting"),
    "unknown suggestion": (("accept", "FILE", "finnesikke", "--json"), "finnesikke"),
    "unknown case": (("excerpts", "FILE", "--case", "Elvestrnd", "--json"), "Elvestrand"),
    "unknown quote": (("go", "FILE", "X99-001", "--json"), "X99-001"),
    "delete without yes": (("source", "delete", "FILE", "Samtale"), "--yes"),
    "purge without yes": (("source", "purge", "FILE", "Samtale"), "--yes"),
    "unknown codebook": (("codebook", "load", "FILE", "finnesikke"), "rusfeltet"),
    "a code in use": (("codebook", "remove", "FILE", "bolig"), "koding"),
    "a file that is not there": (("import", "FILE", "finnes-ikke.txt"), "finnes-ikke.txt"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_gives_one_says_why_and_leaves_stdout_empty(kodebenk: Run, file: Path, case: str) -> None:
    words, reason = REFUSED[case]
    before = file.read_bytes()
    done = kodebenk(*(file if word == "FILE" else word for word in words), cwd=file.parent)
    if case == "unknown source, nearest named":
        assert (done.code, done.json["name"]) == (0, "Samtale")  # a unique beginning is enough
        return
    assert done.code == 1, done
    assert done.out == ""
    assert reason in done.err
    assert len(done.err.strip()) > 15
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("finnesikke",),
        ("sources",),
        ("sources", "--ukjent"),
        ("code", "p.kodebenk", "kilde", "null", "5", "bolig"),
        ("codebook",),
        ("codebook", "move", "p.kodebenk", "bolig"),
        ("matrix", "p.kodebenk", "--rows", "måne"),
        ("export", "p.kodebenk", "docx", "-o", "x"),
        ("import", "p.kodebenk"),
        ("accept", "p.kodebenk", "a", "b", "--start", "3"),
    ],
)
def test_wrong_usage_gives_two(kodebenk: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = kodebenk(*words, cwd=tmp_path)
    assert done.code == 2
    assert done.out == ""
    assert done.err


def test_a_mistyped_command_names_the_nearest(kodebenk: Run) -> None:
    assert "sources" in kodebenk("sorces").err


def _not_a_project(kind: str, folder: Path, study: Path) -> Path:
    path = folder / f"{kind}.kodebenk"
    if kind == "missing":
        pass
    elif kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("Intervjuer: Ja?\n", encoding="utf-8")
    elif kind == "truncated":
        path.write_bytes(study.read_bytes()[:30_000])
    return path


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "text", "truncated"])
@pytest.mark.parametrize("command", ["sources", "undo"])
def test_what_is_no_project_gives_three(kodebenk: Run, tmp_path: Path, study: Path, kind: str, command: str) -> None:
    path = _not_a_project(kind, tmp_path, study)
    done = kodebenk(command, path, "--json")
    assert done.code == 3
    assert done.out == ""
    assert path.name in done.err


def test_a_project_damaged_in_the_middle_gives_three_not_a_traceback(kodebenk: Run, file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    file.write_bytes(content)
    for command in ("sources", "codings", "history"):
        done = kodebenk(command, file, "--json")
        assert (done.code, done.out) == (3, "")
        assert file.name in done.err


def test_a_new_project_does_not_overwrite(kodebenk: Run, file: Path) -> None:
    before = file.read_bytes()
    done = kodebenk("new", file, "--json")
    assert (done.code, done.out) == (3, "")
    assert "finnes fra før" in done.err
    assert file.read_bytes() == before


def test_a_refused_codebook_leaves_no_file_behind(kodebenk: Run, tmp_path: Path) -> None:
    assert kodebenk("new", tmp_path / "p.kodebenk", "--codebook", "finnesikke").code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_case_register_that_cannot_be_read_is_refused(kodebenk: Run, file: Path) -> None:
    register = file.with_name("register.yaml")
    register.write_bytes("cases:\n- name: Tromsø\n".encode("latin-1"))
    done = kodebenk("case", "load", file, register)
    assert done.code == 1
    assert "register.yaml" in done.err


def test_a_copy_that_cannot_be_written_is_refused(kodebenk: Run, file: Path) -> None:
    for target in (file, file.with_name("ingen") / "kopi.kodebenk", Path("/proc/kopi.kodebenk")):
        if target.parent == Path("/proc") and not sys.platform.startswith("linux"):
            continue
        done = kodebenk("copy", file, target, "--json")
        assert (done.code, done.out) == (1, "")


def test_an_import_of_many_takes_the_good_ones_and_gives_one(kodebenk: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "a.txt").write_text("Intervjuer: En?\n\nÅse: Jo.\n", encoding="utf-8")
    (folder / "b.bin").write_bytes(b"\x00\xff\x00")
    (folder / "c.txt").write_text("", encoding="utf-8")
    done = kodebenk("import", file, folder, "--json")
    assert done.code == 1
    assert [each["name"] for each in done.json["imported"]] == ["a"]
    assert done.json["refused"]


def test_without_a_terminal_a_path_alone_and_nothing_at_all_are_refused(kodebenk: Run, study: Path) -> None:
    for words in ((study,), ("open", study), ()):
        done = kodebenk(*words)
        assert (done.code, done.out) == (1, "")
        assert "terminal" in done.err
    assert kodebenk(study.with_name("mangler.kodebenk")).code == 2
    assert kodebenk("open", study.with_name("mangler.kodebenk")).code == 3


def test_a_command_wins_over_a_file_of_its_name(kodebenk: Run, study: Path, tmp_path: Path) -> None:
    (tmp_path / "sources").write_text("ikke et prosjekt", encoding="utf-8")
    assert kodebenk("sources", study, cwd=tmp_path).code == 0


def test_the_operating_systems_user_is_said_aloud(kodebenk: Run, file: Path) -> None:
    done = kodebenk("code", file, "Samtale", 40, 50, "rop", "--json", coder=None)
    assert done.code == 0
    assert done.json["coder"] in done.err
    quiet = kodebenk("codings", file, coder=None)
    assert quiet.err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Unix permissions")
class TestWithoutPermission:
    """Root may read and write anywhere, so its commands are run without that capability."""

    @pytest.fixture
    def run(self, require_program: Callable[[str], str]) -> Callable[..., subprocess.CompletedProcess[str]]:
        bound: list[str] = []
        if os.geteuid() == 0:
            dropped = "-dac_override,-dac_read_search,-fowner"
            bound = [require_program("setpriv"), f"--bounding-set={dropped}", f"--inh-caps={dropped}"]

        def command(*words: object) -> subprocess.CompletedProcess[str]:
            line = [*bound, sys.executable, "-m", "workbench", *map(str, words)]
            environment = {**os.environ, "KODEBENK_CODER": "Kari"}
            return subprocess.run(line, capture_output=True, text=True, env=environment, check=False)

        return command

    @pytest.fixture
    def folder(self, study: Path, tmp_path: Path) -> Iterator[Path]:
        place = tmp_path / "låst"
        place.mkdir()
        shutil.copy(study, place / "p.kodebenk")
        yield place
        place.chmod(0o700)

    def test_a_file_that_may_not_be_read(self, run: Run, folder: Path) -> None:
        (folder / "p.kodebenk").chmod(0o000)
        done = run("sources", folder / "p.kodebenk")
        assert (done.returncode, done.stdout) == (3, ""), done.stderr
        assert "p.kodebenk" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("words", [("code", "p.kodebenk", "Samtale", 40, 50, "rop"), ("new", "n.kodebenk")])
    def test_a_folder_that_may_not_be_written_in(self, run: Run, folder: Path, words: tuple[object, ...]) -> None:
        folder.chmod(0o500)
        command, file, *rest = words
        done = run(command, folder / str(file), *rest)
        assert (done.returncode, done.stdout) == (3, ""), done.stderr
        assert str(file) in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_file_that_may_not_be_written_in_is_not_changed(self, run: Run, folder: Path) -> None:
        (folder / "p.kodebenk").chmod(0o400)
        done = run("code", folder / "p.kodebenk", "Samtale", 40, 50, "rop")
        assert done.returncode in (1, 3), done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr

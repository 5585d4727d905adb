"""The streams: help that loads nothing heavy, a reader that goes away, names that would paint the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

HEAVY = (
    "textual",
    "rich",
    "spacy",
    "nltk",
    "numpy",
    "pandas",
    "docx",
    "lxml",
    "sqlite_utils",
    "sqlite3",
    "yaml",
    "babel",
)

_LOADED = """
import json, sys
from workbench.main import main
code = main({words!r})
print(json.dumps([code, sorted({{name.split('.')[0] for name in sys.modules}})]), file=sys.stderr)
"""


def _loaded(*words: object) -> tuple[int, set[str]]:
    script = _LOADED.format(words=[str(word) for word in words])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    code, names = json.loads(done.stderr.splitlines()[-1])
    return code, set(names)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["--lang", "en", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code, names = _loaded(*words)
    assert code == 0
    assert not names & set(HEAVY)


def test_reading_loads_neither_screens_nor_language_models(study: Path) -> None:
    for words in (("sources", study), ("codings", study), ("excerpts", study, "--code", "bolig")):
        code, names = _loaded(*words)
        assert code == 0
        assert not names & {"textual", "spacy", "pandas", "docx", "sqlite_utils", "nltk", "numpy"}, words


def test_the_screens_start_without_the_readers() -> None:
    script = "import sys, workbench.tui.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    readers = {"corpus.articles", "corpus.labels", "corpus.reading", "corpus.shapes", "corpus.stamps", "corpus.turns"}
    assert not readers & set(done.stdout.split())


def test_every_command_is_listed_with_its_help(kodebenk: Run) -> None:
    shown = kodebenk("--help").out
    for command in (
        "demo", "new", "open", "import", "sources", "show", "codes", "code", "codings", "suggest", "suggestions", "accept",
        "reject", "undo", "redo", "history", "excerpts", "matrix", "report", "export", "check",
    ):  # fmt: skip
        assert f"\n  {command} " in shown


def test_every_commands_help_can_be_shown() -> None:
    """Each command's module imports and its options are well formed."""
    script = (
        "from workbench.cli.main import COMMANDS, run\n"
        "import click\n"
        "from workbench.cli.main import build_group\n"
        "group = build_group()\n"
        "context = click.Context(group)\n"
        "for name in COMMANDS:\n"
        "    command = group.get_command(context, name)\n"
        "    assert command.get_help(click.Context(command, info_name=name)), name\n"
        "    assert command.name == name, name\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_english_when_asked(kodebenk: Run, study: Path) -> None:
    import workbench

    if not (Path(workbench.__path__[0]) / "locale" / "en").is_dir():
        pytest.skip("the English catalogue is not compiled; make messages")
    bokmål, english = kodebenk("--help").out, kodebenk("--lang", "en", "--help").out
    assert bokmål != english
    assert ("Bruk:" in bokmål, "Usage:" in english) == (True, True)
    assert kodebenk("--help", "--lang=en").out == english
    assert kodebenk("check", study, "--lang", "en").code == 0


def test_a_reader_that_goes_away_is_no_error(study: Path, tmp_path: Path) -> None:
    """`kodebenk show FILE SOURCE | head -1`, with more than a pipe holds and with little."""
    from workbench.services import importing, projects

    big = tmp_path / "stor.txt"
    big.write_text("Intervjuer: Ja?\n\nOla: Jo.\n\n" * 20_000, encoding="utf-8")
    project = projects.create(tmp_path / "stor.kodebenk", coder="Kari")
    importing.save(project, importing.read_file(big), importing.SourceFacts())
    project.close()
    for words in (("show", tmp_path / "stor.kodebenk", "stor"), ("sources", study)):
        reader, writer = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", "workbench", *map(str, words)], stdout=writer, stderr=subprocess.PIPE, text=True
        )
        os.close(writer)
        if words[0] == "show":
            os.read(reader, 10)
        os.close(reader)
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, ""), words


def test_names_with_escape_characters_are_drawn_as_placeholders(kodebenk: Run, tmp_path: Path) -> None:
    file = tmp_path / "p.kodebenk"
    kodebenk("new", file)
    evil = tmp_path / "a\x1b[31mrød\u202e.txt"
    evil.write_text("Intervjuer: \u202eJa?\u2066\n\nOla: Jo.\n" * 9, encoding="utf-8")
    imported = kodebenk("import", file, evil)
    assert imported.code == 0, imported.err
    shown = [imported, kodebenk("sources", file), kodebenk("show", file, "a"), kodebenk("history", file)]
    for done in shown:
        for char in ("\x1b", "\u202e", "\u2066"):
            assert char not in done.out + done.err
    assert "·[31mrød·" in shown[1].out
    assert kodebenk("sources", file, "--json").json[0]["name"] == "a\x1b[31mrød\u202e"


def test_a_refusals_talk_is_drawn_safe_too(kodebenk: Run, study: Path) -> None:
    done = kodebenk("show", study, "\x1b[2Jborte")
    assert done.code == 1
    assert "\x1b" not in done.err


def test_the_demo_is_written_once_and_then_left_alone(kodebenk: Run, tmp_path: Path) -> None:
    first = kodebenk("demo", tmp_path / "d", "--json")
    path = Path(first.json["project"])
    assert (first.code, path) == (0, tmp_path / "d" / "demo.kodebenk")
    before = path.read_bytes()
    second = kodebenk("demo", tmp_path / "d")
    assert (second.code, second.out) == (0, f"{path}\n")
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["demo.kodebenk"]

"""What a terminal can show is told from its name, and a terminal that can show nothing is told what to do instead."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from workbench.tui import terminal


def told(**environ: str) -> str:
    """The colours of a terminal in a process of its own: the library behind looks up one terminal in a program's life."""
    words = "import os; from workbench.tui import terminal; print(terminal.prepare(os.environ), os.environ.get('NO_COLOR'), "
    words += "os.environ.get('TEXTUAL_COLOR_SYSTEM'), os.environ.get('TEXTUAL_DISABLE_KITTY_KEY'))"
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "PYTHONPATH", "SYSTEMROOT")}
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True, env={**kept, **environ}
    )
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no list of terminals")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xterm-256color", "many None 256 None"),
        ("screen-256color", "many None 256 None"),
        ("no-such-terminal-256color", "many None 256 None"),
        ("no-such-terminal", "few None standard None"),
        ("xterm", "few None standard None"),
        ("linux", "few None standard 1"),
        ("vt100", "none 1 None 1"),
    ],
)
def test_a_terminal_is_known_by_its_name(name: str, expected: str) -> None:
    assert told(TERM=name) == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "many"),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, "few"),
        ({"TERM": "linux", "TEXTUAL_COLOR_SYSTEM": "256"}, "many"),
    ],
)
def test_what_the_user_says_outranks_the_name(environ: dict[str, str], expected: str) -> None:
    assert terminal.colours(environ) == expected


def test_what_is_set_already_is_left() -> None:
    environ = {"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_DISABLE_KITTY_KEY": "0"}
    terminal.prepare(environ)
    assert (environ["TEXTUAL_COLOR_SYSTEM"], environ["TEXTUAL_DISABLE_KITTY_KEY"]) == ("truecolor", "0")


@pytest.mark.parametrize("name", ["dumb", "DUMB", "unknown"])
def test_a_terminal_without_a_screen_is_told_of_the_commands(name: str) -> None:
    said = terminal.unfit({"TERM": name})
    assert name in said and "kodebenk show" in said and "kodebenk code" in said


@pytest.mark.parametrize("environ", [{"TERM": "vt100"}, {"TERM": "xterm"}, {}])
def test_other_terminals_are_not_refused(environ: dict[str, str]) -> None:
    assert terminal.unfit(environ) == ""

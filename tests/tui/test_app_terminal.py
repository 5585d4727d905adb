"""The application in a real terminal: it codes, is killed, and opens where it was. Needs tmux."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.services import checking, coding, demo, notes, reading, sources
from workbench.store.project import open_project

Require = Callable[[str], None]
SOCKET = f"kodebenk-test-{os.getpid()}"


class Terminal:
    """One tmux session of 80 x 24 on a server of its own."""

    def __init__(self, project: Path) -> None:
        self.command = [sys.executable, "-m", "workbench", str(project)]

    def start(self) -> None:
        environment = [f"{key}={os.environ[key]}" for key in ("KODEBENK_CONFIG", "KODEBENK_STATE")]
        words = [
            "env",
            *environment,
            "KODEBENK_CODER=Kari",
            "KODEBENK_LANG=nb",
            "LC_ALL=C.UTF-8",
            "TEXTUAL_ANIMATIONS=none",
        ]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", " ".join([*words, *self.command]))

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(["tmux", "-L", SOCKET, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def keys(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def until(self, marker: str, seconds: float = 20) -> str:
        """The screen, once it shows the marker."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = self.tmux("capture-pane", "-p")
            if marker in screen:
                return screen
            time.sleep(0.1)
        raise AssertionError(f"no {marker!r} on the screen:\n{screen}")

    def kill_application(self) -> None:
        pid = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        subprocess.run(["tmux", "-L", SOCKET, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path, require_program: Require) -> Iterator[Terminal]:
    require_program("tmux")
    path, _made = demo.write_demo(tmp_path)
    terminal = Terminal(path)
    yield terminal
    terminal.stop()


def test_what_is_done_in_a_terminal_outlives_kill_9(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start()
    terminal.until("Hører du meg?")
    terminal.keys(*["Down"] * 8, "s", "c")
    terminal.until("Kod «")
    terminal.keys("-l", "okono")
    terminal.until("Tjenestenes økonomi")
    terminal.keys("Enter")
    terminal.until("Kodet «")
    terminal.keys("i")
    terminal.keys("-l", "Se på dette igjen")
    terminal.until("Se på dette igjen")
    terminal.keys("Escape")
    terminal.until("linje 8")
    time.sleep(4)  # the caret's place is kept every few seconds, not at each key
    terminal.kill_application()

    project = open_project(tmp_path / "demo.kodebenk", coder="Kari")
    (made,) = [each for each in coding.list_codings(project) if each.coder == "Kari"]
    assert (made.slug, made.text) == ("okonomi", "Hører du meg?")
    assert [note.text for note in notes.list_notes(project)] == ["Se på dette igjen"]
    source = sources.list_sources(project)[0]
    assert reading.statuses(project)[source.id] == "coding"
    assert checking.check(project).ok
    project.close()

    terminal.stop()
    terminal.start()
    assert "linje 8" in terminal.until("under koding")

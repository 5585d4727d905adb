"""What is sent to terminals with many, few and no colours; and a terminal that does not speak UTF-8 ends nothing."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from workbench.services import codebook, coding, projects, sources
from workbench.tui import themes
from workbench.tui.app import KodebenkApp

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

import fcntl
import pty
import struct
import termios

STYLE = re.compile(rb"\x1b\[([\d;]*)m")
KITTY = b"\x1b[>25u"


class Session:
    """The program in a pseudo-terminal of 80 x 24; what it wrote is kept as it was sent."""

    def __init__(self, project: Path, **environ: str) -> None:
        kept = {
            key: os.environ[key] for key in ("PATH", "HOME", "KODEBENK_CONFIG", "KODEBENK_STATE") if key in os.environ
        }
        kept |= {"PYTHONPATH": str(Path.cwd()), "LC_ALL": "C.UTF-8", "KODEBENK_CODER": "Kari", "KODEBENK_LANG": "nb"}
        self.sent = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # A terminal has its size from the beginning; a child that changed it later would be laid out twice.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            command = [sys.executable, "-m", "workbench", str(project)]
            os.execve(sys.executable, command, {**kept, "TEXTUAL_ANIMATIONS": "none", **environ})

    def until(self, marker: str, seconds: float = 20) -> str:
        """What has been written so far, without styles, once the marker is in it and nothing more comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.3)[0]:
                try:
                    self.sent += os.read(self.terminal, 65536)
                    continue
                except OSError:  # the program has gone, and its end of the terminal with it
                    pass
            if marker in self.shown:
                return self.shown
        raise AssertionError(f"no {marker!r} in what was written:\n{self.shown[-2000:]}")

    @property
    def shown(self) -> str:
        return STYLE.sub(b"", self.sent).decode("utf-8", "replace")

    def press(self, keys: bytes) -> None:
        os.write(self.terminal, keys)

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    @property
    def styles(self) -> list[list[int]]:
        """The parameters of every style that was sent."""
        return [[int(number or 0) for number in found.split(b";")] for found in STYLE.findall(self.sent)]


@pytest.fixture
def coded(project_path: Path) -> Path:
    project = projects.open_existing(project_path, coder="Kari")
    source = sources.list_sources(project)[0]
    start = sources.show_source(project, source).text.index("Folk bor")
    coding.apply_code(project, source, start, start + 8, codebook.find_code(project, "bolig"))
    project.close()
    return project_path


@pytest.fixture
def session(coded: Path, request: pytest.FixtureRequest) -> Iterator[Session]:
    opened = Session(coded, **request.param)
    yield opened
    opened.close()


def mixed(styles: list[list[int]], kind: int) -> bool:
    """Whether any style has a colour of 256 (kind 5) or of red, green and blue (kind 2)."""
    return any(
        number in (38, 48) and style[n + 1 : n + 2] == [kind] for style in styles for n, number in enumerate(style)
    )


def named(styles: list[list[int]]) -> set[int]:
    """The sixteen named colours that were asked for; never in a style with mixed ones."""
    return {number for style in styles for number in style if 30 <= number <= 37 or 40 <= number <= 47 or number >= 90}


@pytest.mark.parametrize("session", [{"TERM": "xterm-256color", "COLORTERM": "truecolor"}], indirect=True)
def test_a_terminal_with_all_colours_gets_them(session: Session) -> None:
    session.until("Folk bor")
    assert mixed(session.styles, 2) and KITTY in session.sent


@pytest.mark.parametrize("session", [{"TERM": "xterm-256color"}], indirect=True)
def test_a_terminal_with_256_gets_no_others(session: Session) -> None:
    session.until("Folk bor")
    assert mixed(session.styles, 5) and not mixed(session.styles, 2)


@pytest.mark.parametrize("session", [{"TERM": "xterm"}, {"TERM": "linux"}], indirect=True, ids=["xterm", "linux"])
def test_a_terminal_with_sixteen_gets_those_by_name(session: Session) -> None:
    session.until("━")
    assert not mixed(session.styles, 5) and not mixed(session.styles, 2)
    assert named(session.styles)
    # The coded words stand on a colour, and are underlined since many codes share it.
    assert any(4 in style and any(40 < number <= 47 or number >= 100 for number in style) for style in session.styles)


@pytest.mark.parametrize(
    "session",
    [{"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, {"TERM": "vt100"}],
    indirect=True,
    ids=["NO_COLOR", "vt100"],
)
def test_without_colours_none_is_sent_and_coded_words_are_underlined(session: Session) -> None:
    session.until("━")
    assert not named(session.styles) and not mixed(session.styles, 2) and not mixed(session.styles, 5)
    underlined = re.findall(rb"\x1b\[[\d;]*\b4\b[\d;]*m([^\x1b]+)", session.sent)
    assert b"Folk bor" in b"".join(underlined)
    assert any(7 in style for style in session.styles)


@pytest.mark.parametrize("session", [{"TERM": "linux"}], indirect=True)
def test_a_console_that_writes_out_unknown_requests_is_sent_none(session: Session) -> None:
    session.until("Folk bor")
    assert KITTY not in session.sent


@pytest.mark.parametrize("session", [{"TERM": "xterm-256color"}], indirect=True)
def test_a_byte_that_is_no_utf8_is_told_of_and_ends_nothing(session: Session) -> None:
    session.until("Folk bor")
    session.press(b"\xe5\x1b[B")
    session.until("er UTF-8")
    session.press(b"?")
    session.until("Taster")


@pytest.mark.parametrize("session", [{"TERM": "dumb"}], indirect=True)
def test_a_dumb_terminal_is_refused_in_words(session: Session) -> None:
    shown = session.until("kodebenk show")
    assert "\x1b" not in shown


async def test_the_light_and_the_dark_of_sixteen(project_path: Path) -> None:
    app = KodebenkApp(project_path, coder="Kari", colours="few")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.theme == themes.FEW_DARK
        await pilot.press("ctrl+t")
        assert app.theme == themes.FEW_LIGHT
        await pilot.press("ctrl+t")
        assert app.theme == themes.FEW_DARK

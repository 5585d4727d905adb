"""How soon Kodebenk answers: `--help` beside `import click`, and the first paint of a project beside an empty Textual app.

    python benchmarks/startup.py [PROJECT] [--repeat 7]

Times are wall clock on this machine, median and range; the first paint is when the first text of the screen has been read
from a pseudo-terminal of 120 x 40. Unix only, since it needs one.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

EMPTY = (
    "from textual.app import App\nfrom textual.widgets import Static\n"
    "class Empty(App):\n    def compose(self):\n        yield Static('TOMAPP')\n"
    "Empty().run()\n"
)


def wall(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def first_paint(command: list[str], marker: bytes, environment: dict[str, str]) -> float:
    """Seconds from starting the process until the marker has been written to its terminal."""
    begin = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([terminal], [], [], 20)
            if not ready:
                raise RuntimeError(f"no {marker!r} within 20 s; last: {seen[-300:]!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - begin
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)


def report(name: str, seconds: list[float]) -> None:
    print(
        f"{name:45} {statistics.median(seconds) * 1000:6.0f} ms   ({min(seconds) * 1000:.0f}–{max(seconds) * 1000:.0f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--repeat", type=int, default=7)
    arguments = parser.parse_args()
    kodebenk = str(Path(sys.executable).with_name("kodebenk"))
    runs = range(arguments.repeat)
    wall([kodebenk, "--help"])  # warm
    report("python -c 'import click'", [wall([sys.executable, "-c", "import click"]) for _ in runs])
    report("kodebenk --help", [wall([kodebenk, "--help"]) for _ in runs])
    if arguments.project is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", "KODEBENK_CODER": "Benk",
            "KODEBENK_CONFIG": f"{folder}/kodebenk.toml", "KODEBENK_STATE": folder,
        }  # fmt: skip
        empty = [first_paint([sys.executable, "-c", EMPTY], b"TOMAPP", environment) for _ in runs]
        report("an empty Textual app, first text", empty)
        opened = [first_paint([kodebenk, str(arguments.project)], b"Kilder", environment) for _ in runs]
        report(f"{arguments.project.name}, first text", opened)
        difference = (statistics.median(opened) - statistics.median(empty)) * 1000
        print(f"{'difference':45} {difference:6.0f} ms")


if __name__ == "__main__":
    main()

"""From a key to the terminal in the whole application: a source of 1 MB with 2,000 codings, in a pseudo-terminal.

    python benchmarks/coding_in_app.py [--repeat 40] [--card] [--beside same|other] [--layers one|two]

With --card the code's card stands open, with --beside a second text of the same size, with --layers the codings of one coder
are shown or those of two against each other. For each operation: milliseconds from writing the key to the first byte on the
terminal, and to the last (nothing more for 60 ms), and how long the application worked meanwhile. Linux only.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from large_project import transcript

from workbench.core.entities import Source
from workbench.core.ids import new_id
from workbench.services import codebook, importing, reading, sources
from workbench.services.coding import list_codings
from workbench.store.project import Project, create_project, open_project

QUIET = 0.06


def build(path: Path, characters: int, codings: int) -> None:
    random_ = random.Random(1)
    project = create_project(path, coder="Benk", title="Lang kilde")
    entry = codebook.add_code(project, "Bolig")
    others = [codebook.add_code(project, f"Kode {n}").id for n in range(20)]
    for name in ("lang", "annen"):
        text = transcript(random_, characters)
        reading_ = importing.Reading(path=Path(f"{name}.txt"), content=b"", transcript=text)
        source = importing.save(project, reading_, importing.SourceFacts())
        put_codings(project, source, random_, others, codings)
    project.close()
    # Every other coding is a second coder's.
    project = open_project(path, coder="Annen")
    with project.write() as act:
        for n, each in enumerate(list_codings(project)):
            if n % 2:
                act.record("coding.recode", {"id": each.id, "code": each.code})
    project.close()
    project = open_project(path, coder="Benk")
    reading.pin_code(project, 1, entry.id)
    reading.remember_open_source(project, sources.list_sources(project)[0].id)
    project.close()


def put_codings(project: Project, source: Source, random_: random.Random, codes: list[str], codings: int) -> None:
    with project.write() as act:
        for n in range(codings):
            start = random_.randrange(source.characters - 300)
            place = {
                "source": source.id,
                "version": source.version,
                "start": start,
                "end": start + random_.randint(20, 250),
            }
            quote = f"K{source.ordinal:02d}-{n:04d}"
            act.record("coding.add", {"id": new_id(), "code": random_.choice(codes), "quote": quote, **place})


class Terminal:
    """The application in a pseudo-terminal of 120 x 40."""

    def __init__(self, project: Path, folder: str) -> None:
        environment = os.environ | {
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none", "KODEBENK_CODER": "Benk",
            "KODEBENK_CONFIG": f"{folder}/kodebenk.toml", "KODEBENK_STATE": folder,
        }  # fmt: skip
        command = [str(Path(sys.executable).with_name("kodebenk")), str(project)]
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def settle(self, quiet: float = 1.5) -> None:
        while select.select([self.file], [], [], quiet)[0]:
            os.read(self.file, 1 << 16)

    def on_processor(self) -> float:
        """Milliseconds the application has had a processor for; what else runs on the machine does not count (Linux)."""
        return sum(
            int(thread.read_text().split()[0]) / 1e6 for thread in Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        )

    def press(self, keys: bytes) -> tuple[float, float, float]:
        """(first byte, last byte, time on a processor) in milliseconds."""
        used = self.on_processor()
        begin = time.perf_counter()
        os.write(self.file, keys)
        first = last = 0.0
        while select.select([self.file], [], [], QUIET if first else 2.0)[0]:
            os.read(self.file, 1 << 16)
            last = (time.perf_counter() - begin) * 1000
            first = first or last
        return first, last, self.on_processor() - used

    def close(self) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)


def shown(name: str, times: list[tuple[float, float, float]]) -> None:
    for which, label in ((0, "first byte"), (1, "last byte"), (2, "processor")):
        values = sorted(each[which] for each in times)
        p95 = values[max(0, round(len(values) * 0.95) - 1)]
        print(
            f"{name:28} {label:10}  median {statistics.median(values):6.1f}   p95 {p95:6.1f}   max {values[-1]:6.1f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--codings", type=int, default=2_000)
    parser.add_argument("--card", action="store_true")
    parser.add_argument("--beside", choices=("same", "other"))
    parser.add_argument("--layers", choices=("one", "two"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBENK_STATE"] = folder
        project = Path(folder) / "lang.kodebenk"
        build(project, arguments.characters, arguments.codings)
        terminal = Terminal(project, folder)
        terminal.settle(3.0)
        if arguments.card:
            terminal.press(b"d")
        if arguments.beside:
            terminal.press(b"V")
            terminal.press(b"annen" if arguments.beside == "other" else b"samme")
            terminal.settle(0.5)
            terminal.press(b"\r")
            terminal.settle(1.0)
            terminal.press(b"q")
        if arguments.layers:
            terminal.press(b"H")
            terminal.press(b"2" if arguments.layers == "one" else b"4")
        terminal.settle(1.0)
        terminal.press(b"\x1b[6~")
        selecting, coding, moving = [], [], []
        for _ in range(arguments.repeat):
            moving.append(terminal.press(b"\x1b[B"))
            selecting.append(terminal.press(b"s"))
            coding.append(terminal.press(b"1"))
        shown("caret one line down", moving)
        shown("select the sentence", selecting)
        shown("apply a pinned code", coding)
        terminal.close()


if __name__ == "__main__":
    main()

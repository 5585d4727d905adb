"""How long a key takes to reach the screen in the transcript view: over a generated interview with many codings.

    python benchmarks/coding_keypress.py
    python benchmarks/coding_keypress.py --characters 1000000 --marks 2000 --repeat 100 --json

The driver produces the bytes that a terminal would get and drops them. Textual's own driver for tests leaves that work
out, and so flatters. A time runs from the posting of the key to the first write, which holds the repainted text; `all`
runs to the last write before the application is idle, when the status line too has been told. The text is made of
invented words; nobody said it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import statistics
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import ClassVar

# Otherwise animations would be measured instead of the view.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("COLORTERM", "truecolor")

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Static

from codebooks.colours import PALETTE
from corpus.model import Turn
from workbench.tui.transcript.document import DocumentModel, Mark, MarkKind
from workbench.tui.transcript.view import TranscriptView

SYLLABLES = ("bo", "lig", "opp", "følg", "ing", "rus", "tje", "ne", "ste", "kom", "mu", "ar", "beid", "råd", "gi", "år")
ODD = ("😀", "–", "…", "👩🏽\u200d🚀", "漢字", "e\u0301")


def invented_interview(characters: int, seed: int) -> tuple[str, list[Turn]]:
    """Text of about this many code points in turns of some forty words; one turn in a hundred has odd characters."""
    chance = random.Random(seed)
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    while length < characters:
        interviewer = len(turns) % 2 == 0
        label = f"[{len(turns) // 60:02}:{len(turns) % 60:02}] {'Intervjuer' if interviewer else 'Fagleder'}: "
        words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))
            for _ in range(max(3, int(chance.lognormvariate(3.6, 0.6))))
        ]
        for place in range(9, len(words), 11):
            words[place] += "."
        if chance.random() < 0.01:
            words.insert(len(words) // 2, chance.choice(ODD))
        said = " ".join(words) + "."
        turns.append(
            Turn(
                speaker="Intervjuer" if interviewer else "Fagleder",
                role="interviewer" if interviewer else "participant",
                label_start=length,
                start=length + len(label),
                end=length + len(label) + len(said),
            )
        )
        parts.append(f"{label}{said}\n")
        length += len(parts[-1])
    return "".join(parts), turns


def invented_marks(length: int, count: int, seed: int) -> list[Mark]:
    """Freely overlapping marks of some ninety code points, a few of them very long."""
    chance = random.Random(seed)
    marks = []
    for number in range(count):
        start = chance.randrange(length - 1)
        size = length // 4 if number % 500 == 499 else max(1, int(chance.lognormvariate(4.5, 0.8)))
        kind: MarkKind = "suggestion" if number % 5 == 4 else "note" if number % 25 == 3 else "coding"
        colour = PALETTE[number % len(PALETTE)]
        marks.append(
            Mark(
                id=str(number),
                start=start,
                end=min(length, start + size),
                kind=kind,
                initials=f"K{number % 40}",
                colour=colour,
            )
        )
    return marks


class DroppingDriver(HeadlessDriver):
    """Takes all that a terminal would be sent, notes when and how much, and drops it."""

    first: float = 0.0
    last: float = 0.0
    written: int = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        size = len(data.encode())
        now = perf_counter()
        DroppingDriver.first = DroppingDriver.first or now
        DroppingDriver.last = now
        DroppingDriver.written += size

    def flush(self) -> None:
        pass


class Host(App[None]):
    """A transcript view, and a status line that is told of every move."""

    CSS = "Static { height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "code", "code")]

    def compose(self) -> ComposeResult:
        yield TranscriptView(id="view")
        yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        self.query_one(TranscriptView).focus()

    def on_transcript_view_caret_moved(self, message: TranscriptView.CaretMoved) -> None:
        codes = ", ".join(mark.initials for mark in message.view.document.at(message.offset))
        self.query_one("#status", Static).update(f"{message.offset} {codes}", layout=False)

    def action_code(self) -> None:
        view = self.query_one(TranscriptView)
        start, end = view.selection or (view.caret, view.caret + 1)
        number = len(view.document.marks)
        view.add_mark(
            Mark(id=f"new{number}", start=start, end=end, initials="NY", colour=PALETTE[number % len(PALETTE)])
        )
        view.clear_selection()


async def settled() -> None:
    """Wait until nothing has been written for a while."""
    await asyncio.sleep(0.02)
    while perf_counter() - DroppingDriver.last < 0.04:
        await asyncio.sleep(0.01)


async def timed(act: Callable[[], object], what: str) -> tuple[float, float, int]:
    """Seconds from an act to the first and to the last write that follows, and the bytes."""
    await settled()
    DroppingDriver.first, DroppingDriver.written = 0.0, 0
    begun = perf_counter()
    act()
    while not DroppingDriver.first:
        await asyncio.sleep(0.005)
        if perf_counter() - begun > 10:
            raise RuntimeError(f"nothing was written after {what}")
    await settled()
    return DroppingDriver.first - begun, DroppingDriver.last - begun, DroppingDriver.written


def key_event(key: str) -> events.Key:
    return events.Key(key, key if len(key) == 1 else None)


KEYS: dict[str, tuple[list[str], str]] = {
    "caret right": ([], "right"),
    "next word": ([], "ctrl+right"),
    "line down": ([], "down"),
    "choose a word": ([], "w"),
    "choose a sentence": ([], "s"),
    "choose one more turn": ([], "t"),
    "apply a code to a sentence": (["escape", "plus", "s"], "c"),
    "apply a code to a turn": (["escape", "plus", "t"], "c"),
    "next turn": (["escape"], "plus"),
    "page down": ([], "pagedown"),
}


async def measure(characters: int, marks: int, repeat: int) -> dict[str, dict[str, float]]:
    """Milliseconds by operation to the first and to the last write, and how many bytes were written."""
    text, turns = invented_interview(characters, seed=1)
    many = invented_marks(len(text), marks, seed=2)
    app = Host(driver_class=DroppingDriver)
    running = asyncio.create_task(app.run_async(size=(120, 40)))
    while not (app.is_running and app.screen.query("#view")):
        await asyncio.sleep(0.01)
    await settled()
    view = app.query_one(TranscriptView)
    table: dict[str, dict[str, float]] = {}
    opened: list[tuple[float, float, int]] = []
    for _ in range(max(5, repeat // 10)):
        gc.collect()
        opened.append(await timed(lambda: view.load(DocumentModel(text, turns, many), caret=len(text) // 2), "opening"))
    table["open the source"] = summary(opened)
    for name, (before, key) in KEYS.items():
        view.move_to(len(text) // 3, centre=True)
        times = []
        for _ in range(repeat):
            for other in before:
                app.post_message(key_event(other))
            times.append(await timed(partial(app.post_message, key_event(key)), key))
        table[name] = summary(times)
    app.exit()
    await running
    return table


def summary(times: list[tuple[float, float, int]]) -> dict[str, float]:
    first = sorted(1000 * time for time, _, _ in times)
    last = sorted(1000 * time for _, time, _ in times)
    highest_but_few = min(len(times) - 1, int(len(times) * 0.95))
    return {
        "median_ms": round(statistics.median(first), 1),
        "p95_ms": round(first[highest_but_few], 1),
        "max_ms": round(first[-1], 1),
        "all_median_ms": round(statistics.median(last), 1),
        "all_p95_ms": round(last[highest_but_few], 1),
        "bytes": statistics.median(size for _, _, size in times),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=2_000)
    parser.add_argument("--repeat", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    table = asyncio.run(measure(options.characters, options.marks, options.repeat))
    if options.json:
        json.dump(table, sys.stdout, indent=2)
        print()
        return
    print(f"{options.characters} characters, {options.marks} marks, 120 x 40, {options.repeat} times each (ms)")
    print(f"{'':28}{'median':>8}{'p95':>8}{'max':>8}{'all':>8}{'all p95':>8}{'bytes':>9}")
    for name, row in table.items():
        print(f"{name:28}" + "".join(f"{value:>8}" for value in list(row.values())[:-1]) + f"{row['bytes']:>9.0f}")


if __name__ == "__main__":
    main()

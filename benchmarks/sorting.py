"""From a key to the terminal in the sorting queue: 2,000 codings on one code, in a pseudo-terminal.

    python benchmarks/sorting.py [--repeat 60] [--sources 20]

Milliseconds from writing the key to the first byte on the terminal, and to the last (nothing more for 60 ms), and then seconds
for the whole: opening the queue, the account, finishing in one gesture, and undoing it. Unix only.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

from coding_in_app import Terminal, shown
from large_project import transcript

from workbench.core.ids import new_id
from workbench.services import codebook, history, importing, reading, sorting, sources
from workbench.services.sorting_account import account, finish
from workbench.store.project import create_project


def build(path: Path, characters: int, codings: int, number: int) -> str:
    """A project with `codings` codings on «Bolig» over `number` sources, and a sorting begun on them; its id."""
    random_ = random.Random(1)
    project = create_project(path, coder="Benk", title="Sortering")
    entry = codebook.add_code(project, "Bolig")
    others = [codebook.add_code(project, f"Kode {n}").id for n in range(20)]
    made = []
    for n in range(number):
        text = transcript(random_, characters // number)
        read = importing.Reading(path=Path(f"kilde-{n}.txt"), content=b"", transcript=text)
        made.append(importing.save(project, read, importing.SourceFacts()))
    with project.write() as act:
        for n in range(codings * 2):
            source = made[n * number // (codings * 2)]
            start = random_.randrange(source.characters - 300)
            place = {
                "source": source.id,
                "version": source.version,
                "start": start,
                "end": start + random_.randint(20, 250),
            }
            code = entry.id if n % 2 else random_.choice(others)
            act.record("coding.add", {"id": new_id(), "code": code, "quote": f"K01-{n:04d}", **place})
    found = sorting.begin_split(project, entry, [f"Underkode {n}" for n in range(6)])
    reading.remember_open_source(project, sources.list_sources(project)[0].id)
    project.close()
    return found.id


def whole(path: Path, uid: str) -> None:
    """What is done once: opening, the account, finishing and undoing with a choice on every coding."""
    from workbench.store.project import open_project

    project = open_project(path, coder="Benk")

    def timed(name: str, act: object) -> None:
        begin = time.perf_counter()
        act()  # type: ignore[operator]
        print(f"{name:40} {time.perf_counter() - begin:6.2f} s")

    timed("open the queue", lambda: sorting.load_queue(project, uid))
    found = sorting.find_sorting(project, uid)
    begin = time.perf_counter()
    for n, coding in enumerate(found.codings):
        chosen = [found.targets[n % 6], found.targets[(n + 1) % 6]][: 1 + (n % 20 == 0)]
        sorting.choose(project, uid, coding, "sort", chosen)
    each = (time.perf_counter() - begin) / len(found.codings) * 1000
    print(f"{'choose, mean in the service':40} {each:6.2f} ms")
    timed("account", lambda: account(project, found))
    timed("finish", lambda: finish(project, uid))
    timed("undo", lambda: history.undo(project))
    project.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=60)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--codings", type=int, default=2_000)
    parser.add_argument("--sources", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBENK_STATE"] = folder
        project = Path(folder) / "sortering.kodebenk"
        uid = build(project, arguments.characters, arguments.codings, arguments.sources)
        terminal = Terminal(project, folder)
        terminal.settle(3.0)
        terminal.press(b"B")
        terminal.settle(1.0)
        begin = time.perf_counter()
        terminal.press(b"d")
        print(f"{'from d to the whole queue on the screen':40} {time.perf_counter() - begin:6.2f} s")
        terminal.settle(1.0)
        choosing, walking, undoing = [], [], []
        for n in range(arguments.repeat):
            choosing.append(terminal.press(b"%d" % (n % 6 + 1)))
            if n % 4 == 0:
                walking.append(terminal.press(b"\x1b[B"))
                undoing.append(terminal.press(b"u"))
        shown("choose and go on", choosing)
        shown("walk to the next", walking)
        shown("undo a choice", undoing)
        terminal.close()
        whole(project, uid)


if __name__ == "__main__":
    main()

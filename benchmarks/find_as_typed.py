"""From a letter typed in the search field to the terminal, while the text is searched: 1 MB with 2,000 codings.

    python benchmarks/find_as_typed.py [--repeat 20]

Words are typed with pauses of 0 to 0.25 seconds between the letters, so that many of them come while the search for those before
is running or being shown. Milliseconds from writing the key to the first byte on the terminal; for the list over all sources
too. Unix only.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import tempfile
import time
from pathlib import Path

from coding_in_app import Terminal, build, shown

WORDS = ("leilighet", "samarbeid", "oppfølging", "det", "ansatte vi", "finnes ikke her")


def drain(terminal: Terminal, seconds: float) -> None:
    """Read what comes for so long: the cursor of an input field blinks, so that it never is quiet."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        if select.select([terminal.file], [], [], left)[0]:
            os.read(terminal.file, 1 << 16)


def typing(terminal: Terminal, opening: bytes, repeat: int, random_: random.Random) -> list[tuple[float, float]]:
    """The times of each letter; the field is left by Esc after each word."""
    times = []
    for n in range(repeat):
        terminal.press(opening)
        drain(terminal, 0.3)
        for letter in WORDS[n % len(WORDS)]:
            times.append(terminal.press(letter.encode()))
            drain(terminal, random_.random() * 0.25)
        drain(terminal, 0.4)
        terminal.press(b"\x1b")
        drain(terminal, 0.4)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=18)
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--codings", type=int, default=2_000)
    arguments = parser.parse_args()
    random_ = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KODEBENK_STATE"] = folder
        project = Path(folder) / "lang.kodebenk"
        build(project, arguments.characters, arguments.codings)
        terminal = Terminal(project, folder)
        terminal.settle(3.0)
        shown("a letter, in the open text", typing(terminal, b"/", arguments.repeat, random_))
        terminal.press(b"L")
        drain(terminal, 1.0)
        terminal.press(b"\x1b")
        drain(terminal, 1.0)
        shown("a letter, in all sources", typing(terminal, b"/", arguments.repeat, random_))
        terminal.close()


if __name__ == "__main__":
    main()

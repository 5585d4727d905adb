"""Damaged and hostile files for the readers, for as long as one likes; the tests try the first few of the same inputs.

    python benchmarks/fuzz.py                              every reader for ten seconds
    python benchmarks/fuzz.py docx qdpx --seconds 600      these for ten minutes each
    python benchmarks/fuzz.py docx --input 4711            one input once more

For each reader: inputs tried, how many were read and how many refused, the slowest, memory at its highest, and every fault
once, with the input that showed it saved beside its number. An input that takes more than two seconds of
processor time is a finding too. Unix only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "fuzz"))

from fuzz_targets import REFUSALS, TARGETS, input_of

SLOW = 2.0
HANGS = 60.0


@dataclass(slots=True)
class Account:
    """What came of the inputs of one reader."""

    name: str
    folder: Path
    """Where inputs that show a fault are saved."""
    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    """Where in the code, to the first input that showed it."""
    slow: list[tuple[float, int]] = field(default_factory=list)
    worst: tuple[float, int] = (0.0, 0)
    peak: int = 0

    def fault(self, place: str, said: str, number: int) -> None:
        """Counts a fault, and tells of it and saves its input when its place is new."""
        self.counts["fault"] += 1
        if place not in self.faults:
            self.faults[place] = number
            path = self.folder / f"{self.name.replace(' ', '-')}-{number}"
            path.write_bytes(input_of(self.name, number))
            print(f"  {place}: {said}\n    input {number}, saved as {path}", flush=True)

    def took(self, seconds: float, number: int, peak: int) -> None:
        self.worst, self.peak = max(self.worst, (seconds, number)), max(self.peak, peak)
        if seconds > SLOW:
            self.slow.append((seconds, number))

    def print(self) -> None:
        print(
            f"{self.name}: {self.counts.total()} inputs, {self.counts['read']} read, {self.counts['refused']} refused, "
            f"{self.counts['fault']} faults of {len(self.faults)} kinds; slowest {self.worst[0]:.2f} s "
            f"(input {self.worst[1]}); {self.peak} MB",
            flush=True,
        )
        for seconds, number in sorted(self.slow, reverse=True)[:10]:
            print(f"  slow: input {number} took {seconds:.1f} s")


def tried(name: str, first: int, seconds: float, to: Connection) -> None:
    """Tries inputs from this number on, telling of each before and after, so that one that ends the process is known."""
    until = time.monotonic() + seconds
    number = first
    while time.monotonic() < until:
        to.send(("begun", number))
        data = input_of(name, number)
        start = time.process_time()
        outcome, place, said = "read", "", ""
        try:
            TARGETS[name].read(data)
        except REFUSALS:
            outcome = "refused"
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            own = [frame for frame in frames if "site-packages" not in frame.filename][-1]
            outcome, place, said = (
                "fault",
                f"{type(error).__name__} at {own.filename}:{own.lineno}",
                repr(str(error)[:200]),
            )
        to.send((outcome, number, time.process_time() - start, memory(), place, said))
        number += 1


def memory() -> int:
    """Peak memory of this process in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1000)


def listened(account: Account, first: int, seconds: float) -> int:
    """Tries inputs in a process of its own, until the time is up or the process ends or hangs; returns the next number."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=tried, args=(account.name, first, seconds, there), daemon=True)
    process.start()
    there.close()
    number, open_ = first - 1, False
    try:
        while here.poll(HANGS):
            told = here.recv()
            number, open_ = told[1], told[0] == "begun"
            if told[0] == "fault":
                account.fault(told[4], told[5], number)
            elif not open_:
                account.counts[told[0]] += 1
            if not open_:
                account.took(told[2], number, told[3])
        account.fault("no answer", f"for {HANGS:.0f} s", number)
    except EOFError:
        process.join()
        if open_:
            account.fault("the process ended", f"with {process.exitcode}", number)
    process.kill()
    process.join()
    return number + 1


def run(name: str, seconds: float, first: int, folder: Path) -> bool:
    """Tries one reader; prints what came of it and says whether it was right every time."""
    account = Account(name, folder)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        first = listened(account, first, until - time.monotonic())
    account.print()
    return not account.faults and not account.slow


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="readers; all of them unless named")
    parser.add_argument("--seconds", type=float, default=10, help="how long to try each")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--input", type=int, help="try only the input with this number, here and with its traceback")
    parser.add_argument("--save", type=Path, help="folder for inputs that show a fault")
    given = parser.parse_args()
    unknown = [name for name in given.targets if name not in TARGETS]
    if unknown:
        parser.error(f"no such reader: {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    if given.input is not None:
        for name in given.targets:
            print(f"{name}: {str(TARGETS[name].read(input_of(name, given.input)))[:1000]}")
        return 0
    folder = given.save or Path(tempfile.mkdtemp(prefix="fuzz-faults-"))
    folder.mkdir(parents=True, exist_ok=True)
    right = [run(name, given.seconds, given.first, folder) for name in given.targets or TARGETS]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())

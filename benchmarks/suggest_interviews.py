"""What suggestions cost in a study of many interviews: the first run, the second, and after each decision.

    python benchmarks/suggest_interviews.py [--sources 200] [--decisions 150] [--folder DIR]

The interviews are those of `tests/data/speech/development`, as often as it takes, each with other names. The first two runs are
processes of their own, as `kodebenk suggest` is; what follows a decision happens in a process that has read everything, as
in the terminal interface.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.model import ReadOptions
from nlp.learning.teach import teach
from workbench.core.entities import Source
from workbench.services import importing, projects, sources, suggesting
from workbench.services.learning import Learner, decisions
from workbench.store.project import Project

INTERVIEWS = Path(__file__).resolve().parents[1] / "tests" / "data" / "speech" / "development"
LABEL = re.compile(r"^([^:\n]+):", re.MULTILINE)
THEMES = ("bolig", "rop", "spesialisthelse", "okonomi")
Result = TypeVar("Result")


def step(name: str, act: Callable[[], Result]) -> Result:
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    print(f"{name:56}{time.perf_counter() - wall:8.2f} s{time.process_time() - cpu:8.2f} s CPU")
    return result


def in_another_process(name: str, arguments: Sequence[str]) -> None:
    begin, before = time.perf_counter(), os.times()
    found = subprocess.run(arguments, check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    number = len(json.loads(found.stdout))
    print(f"{name:56}{time.perf_counter() - begin:8.2f} s{cpu:8.2f} s CPU{number:8} suggestions")


def copies(folder: Path, number: int) -> list[Path]:
    """Interviews with other names: each participant's label has a number in it, in the text too."""
    originals = sorted(INTERVIEWS.glob("*.txt"))
    made = []
    for place in range(number):
        original = originals[place % len(originals)]
        text = original.read_text(encoding="utf-8")
        for label in sorted(set(LABEL.findall(text)) - {"I"}):
            text = re.sub(rf"\b{re.escape(label)}\b", f"{label}{place}", text)
        made.append(folder / f"{original.stem}-{place}.txt")
        made[-1].write_text(text, encoding="utf-8")
    return made


def decide(project: Project, number: int) -> None:
    """Accepts and rejects in turn what is pending, a few in each source, as a team that begins does."""
    pending = [each for each in suggesting.list_proposals(project, status="pending") if each.slug in THEMES]
    chosen = pending[:: max(len(pending) // number, 1)][:number]
    suggesting.accept_all(project, chosen[::2])
    suggesting.reject_all(project, chosen[1::2])


def after_decisions(project: Project) -> None:
    learner, everything = Learner(), sources.list_sources(project)
    step(f"read {len(everything)} interviews again, parsed before", lambda: learner.read(project, everything))
    step("learn all codes", lambda: learner.learn(project))
    assert learner.seen is not None
    known, seen = decisions(project), learner.seen
    print(f"    {len(known)} decisions in {len({each.document for each in known})} interviews")
    for slug in THEMES:
        each = [
            _milliseconds(lambda code=slug: teach(seen, known, codes=[code], before=learner.models)) for _ in range(9)
        ]
        print(f"    fitting {slug:48}{statistics.median(each):8.1f} ms")
    pending = [each for each in suggesting.list_proposals(project, status="pending") if each.slug == "bolig"]
    fitted, stored = [], []
    for proposal in list({each.source: each for each in pending}.values())[:9]:
        suggesting.reject(project, proposal)
        fitted.append(_milliseconds(lambda: learner.learn(project)))
        source = next(each for each in everything if each.id == proposal.source)
        stored.append(_milliseconds(lambda source=source: suggesting.store_suggestions(project, source, learner)))
    print(f"    after one decision, learning its codes {statistics.median(fitted):28.1f} ms")
    print(f"    after one decision, the open source scored and stored {statistics.median(stored):13.1f} ms")
    for number in (20, len(everything)):
        step(f"{number} interviews scored and stored", lambda few=everything[:number]: _store(project, few, learner))


def _store(project: Project, chosen: Sequence[Source], learner: Learner) -> None:
    for source in chosen:
        suggesting.store_suggestions(project, source, learner)


def _milliseconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begin)


def measure(folder: Path, number: int, made: int) -> None:
    os.environ["KODEBENK_STATE"] = str(folder)
    path = folder / "intervjuer.kodebenk"
    project = projects.create(path, coder="Benk", codebook="rusfeltet")
    files = copies(folder, number)
    result = step(f"import {number} interviews", lambda: importing.import_files(project, files, options=ReadOptions()))
    characters = sum(source.characters for source, _warnings in result.imported)
    print(f"    {len(result.imported)} taken in, {characters / 1e6:.1f} million characters")
    project.close()
    command = [sys.executable, "-m", "workbench.main", "suggest", str(path), "--json"]
    in_another_process("suggest, the first time", command)
    in_another_process("suggest, the second time", command)
    project = projects.open_existing(path, coder="Benk")
    step(f"{made} decisions", lambda: decide(project, made))
    in_another_process("suggest after the decisions", command)
    after_decisions(project)
    project.close()
    print(f"    project file {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--decisions", type=int, default=150)
    parser.add_argument("--folder", type=Path, help="where the project is made and stays; a temporary one otherwise")
    arguments = parser.parse_args()
    if arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        measure(arguments.folder, arguments.sources, arguments.decisions)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), arguments.sources, arguments.decisions)


if __name__ == "__main__":
    main()

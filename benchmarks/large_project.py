"""How a project of the size a large study reaches behaves: 500 interviews, 25 million characters, 200,000 codings.

    python benchmarks/large_project.py [--sources 500] [--codings 200000] [--file large.kodebenk]

Writes the project once (invented words, a few minutes), then times the questions a researcher asks of it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from codebooks.starters import read_starter
from corpus.model import Transcript, Turn
from workbench.core.ids import new_id
from workbench.services import checking, codebook, coding, importing, matrices, retrieval, sources
from workbench.store.project import Project, create_project, open_project

WORDS = """kommunen tjenesten brukeren leilighet avtale møte team ansatte oppfølging vi dem ikke men og at det var som
hjelp behandling vanskelig alltid aldri uke dag natt penger samarbeid plan""".split()


def transcript(random_: random.Random, characters: int) -> Transcript:
    lines: list[str] = []
    turns: list[Turn] = []
    length = 0
    while length < characters:
        label = "I" if len(turns) % 2 == 0 else "R"
        spoken = " ".join(random_.choices(WORDS, k=12 if label == "I" else 70)) + "."
        start = length + len(label) + 2
        turns.append(
            Turn(
                speaker=label,
                role="interviewer" if label == "I" else "participant",
                label_start=length,
                start=start,
                end=start + len(spoken),
            )
        )
        lines.append(f"{label}: {spoken}")
        length = start + len(spoken) + 1
    return Transcript(text="\n".join(lines) + "\n", turns=tuple(turns))


def build(path: Path, sources_: int, characters: int, codings: int) -> None:
    random_ = random.Random(1)
    project = create_project(path, coder="Benk", title="Stort prosjekt")
    codebook.load_codebook(project, read_starter("rusfeltet"))
    codes = [entry.id for entry in codebook.list_codes(project)]
    each = codings // sources_
    for number in range(sources_):
        reading = importing.Reading(
            path=Path(f"i{number:03d}.txt"), content=b"", transcript=transcript(random_, characters)
        )
        facts = importing.SourceFacts(
            cases=(f"Case {number % 12}",),
            speakers=(importing.SpeakerChoice(label="R", role="participant", informant=f"I{number:03d}"),),
        )
        source = importing.save(project, reading, facts)
        with project.write() as act:
            for n in range(each):
                start = random_.randrange(source.characters - 400)
                place = {"source": source.id, "version": source.version, "start": start, "end": start + 150}
                act.record(
                    "coding.add",
                    {"id": new_id(), "code": random_.choice(codes), "quote": f"I{number:03d}-{n:03d}", **place},
                )
        print(f"\r{number + 1}/{sources_}", end="", flush=True)
    print()
    project.close()


def timed(name: str, act: Callable[[], object], repeats: int = 3) -> None:
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - begin)
    print(f"{name:55} {statistics.median(seconds) * 1000:9.0f} ms")


def ask(project: Project) -> None:
    first = sources.list_sources(project)[0]
    entry = codebook.list_codes(project)[1]
    timed("list sources", lambda: sources.list_sources(project))
    timed("codebook with counts", lambda: codebook.list_codes(project))
    timed("open a source: text, turns, codings", lambda: (sources.show_source(project, first),
                                                          coding.list_codings(project, source=first.id)))  # fmt: skip
    timed("apply a code", lambda: coding.apply_code(project, first, 10, 30 + time.perf_counter_ns() % 20000, entry), 20)
    timed("matrix case x code, segments", lambda: matrices.crosstab(project))
    timed("matrix case x code, informants", lambda: matrices.crosstab(project, cells="informants"))
    timed("excerpts of one code", lambda: retrieval.find_excerpts(project, retrieval.Filter(code=entry.slug)))
    timed(
        "excerpts by text in all",
        lambda: retrieval.find_excerpts(project, retrieval.Filter(text="penger samarbeid plan")),
    )
    timed("check", lambda: checking.check(project), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--characters", type=int, default=50_000)
    parser.add_argument("--codings", type=int, default=200_000)
    parser.add_argument("--file", type=Path, default=Path(tempfile.gettempdir()) / "large.kodebenk")
    arguments = parser.parse_args()
    if not arguments.file.exists():
        begin = time.perf_counter()
        build(arguments.file, arguments.sources, arguments.characters, arguments.codings)
        print(f"built in {time.perf_counter() - begin:.0f} s, {arguments.file.stat().st_size / 1e6:.0f} MB")
    project = open_project(arguments.file, coder="Benk")
    ask(project)
    project.close()


if __name__ == "__main__":
    main()

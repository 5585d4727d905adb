"""How long a search takes in a study of 200 long interviews: the first one parses, the next ones do not.

    python benchmarks/search_interviews.py [--sources 200] [--file search.kodebenk]

The interviews are made of the sample corpus' sentences, drawn at random, 50,000 characters each. The project is written once;
what was parsed before is thrown away, so that the first search by forms is a first one.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from importlib.resources import files
from pathlib import Path

import large_project

from corpus.model import Role, Transcript, Turn
from workbench.services import finding, projects, retrieval
from workbench.store.project import Project

SENTENCE = re.compile(r"(?<=[.?!])\s+")
QUERIES = ("bolig", "bustad", "egen bolig", "bolig, husleie", "bolig*", "og", "giraff")


def sentences() -> list[str]:
    folder = files("corpus") / "sample" / "interviews"
    texts = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith((".txt", ".srt", ".vtt"))]
    found = (" ".join(each.split()) for text in texts for each in SENTENCE.split(text))
    return sorted({each for each in found if 20 < len(each) < 400 and "-->" not in each})


POOL = sentences()


def transcript(random_: random.Random, characters: int) -> Transcript:
    lines: list[str] = []
    turns: list[Turn] = []
    length = 0
    while length < characters:
        asks = len(turns) % 2 == 0
        label = "I" if asks else "R"
        spoken = " ".join(random_.choices(POOL, k=1 if asks else 6))
        start = length + len(label) + 2
        role: Role = "interviewer" if asks else "participant"
        turns.append(Turn(speaker=label, role=role, label_start=length, start=start, end=start + len(spoken)))
        lines.append(f"{label}: {spoken}")
        length = start + len(spoken) + 1
    return Transcript(text="\n".join(lines) + "\n", turns=tuple(turns))


def timed(name: str, project: Project, sought: finding.Sought) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    hits = len(finding.find(project, sought))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:34} {wall:7.2f} s {cpu:7.2f} s CPU {hits:8} hits")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--file", type=Path, default=Path(tempfile.gettempdir()) / "search.kodebenk")
    arguments = parser.parse_args()
    if not arguments.file.exists():
        large_project.transcript = transcript
        large_project.build(arguments.file, arguments.sources, 50_000, arguments.sources * 100)
    project = projects.open_existing(arguments.file, coder="Benk")
    with project.derive() as connection:
        connection.execute("DELETE FROM parsed")
    timed("first, every form: bolig", project, finding.Sought(query="bolig", lemma=True))
    for query in QUERIES:
        timed(f"every form: {query}", project, finding.Sought(query=query, lemma=True))
    timed("every form, folded: okonomi", project, finding.Sought(query="okonomi", lemma=True, fold=True))
    timed("as it is written: bolig", project, finding.Sought(query="bolig"))
    for wanted in (retrieval.Filter(text="bolig"), retrieval.Filter(text="bolig", lemma=True)):
        begin = time.perf_counter()
        found = len(retrieval.find_excerpts(project, wanted))
        print(f"excerpts, lemma={wanted.lemma!s:5} {time.perf_counter() - begin:25.2f} s {found:22} excerpts")
    project.close()


if __name__ == "__main__":
    main()

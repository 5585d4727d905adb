"""Document regions against those that a person marked: precision and recall by characters, and how many stand exactly.

    python benchmarks/document_regions.py FOLDER [--labels tests/corpus/region_labels.tsv]

FOLDER holds the texts that the labels name (`NAME.txt`). Labels are offsets into the text after NFC and line ends.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from corpus.model import REGION_KINDS
from corpus.regions.find import find_regions
from corpus.text import normalise

LABELS = Path(__file__).parents[1] / "tests" / "corpus" / "region_labels.tsv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", type=Path, default=LABELS)
    arguments = parser.parse_args()
    wanted: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    with arguments.labels.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            wanted[row["document"]].add((row["kind"], int(row["start"]), int(row["end"])))
    print(f"{'document':16}{'kind':12}{'marked':>8}{'found':>8}{'exact':>8}{'precision':>11}{'recall':>8}")
    for document, labels in wanted.items():
        text = normalise((arguments.folder / f"{document}.txt").read_text(encoding="utf-8"))
        found = {(region.kind, region.start, region.end) for region in find_regions(text)}
        for kind in REGION_KINDS:
            ours = {each for each in found if each[0] == kind}
            theirs = {each for each in labels if each[0] == kind}
            if not ours and not theirs:
                continue
            had, should = covered(text, ours), covered(text, theirs)
            precision = f"{len(had & should) / len(had):.3f}" if had else "-"
            recall = f"{len(had & should) / len(should):.3f}" if should else "-"
            counts = f"{len(theirs):>8}{len(ours):>8}{len(ours & theirs):>8}"
            print(f"{document:16}{kind:12}{counts}{precision:>11}{recall:>8}")


def covered(text: str, regions: set[tuple[str, int, int]]) -> set[int]:
    return {place for _kind, start, end in regions for place in range(start, end) if not text[place].isspace()}


if __name__ == "__main__":
    main()

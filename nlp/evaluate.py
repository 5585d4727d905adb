"""Measures the rules against a labelled text.

    python -m nlp.evaluate --labels labels.tsv --text report.txt [--codebook FILE] [--errors]

The label file has a line per unit: start, end (code points of the text as it stands in the file), codes with commas, or
`none`. Sub-codes count as their top-level code. Text in print lines is joined first, and the labels moved along.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from codebooks.model import Codebook
from codebooks.starters import read_starter
from codebooks.yaml_io import read_codebook
from corpus.edits import Edit, EditMap, apply_edits
from corpus.text import normalise
from nlp.pipeline import Pipeline, load
from nlp.rules import rules_for
from nlp.suggest import SURE

_PRINT_LINE = re.compile(
    r"(?<=[a-zæøå])-[ ]?\n[ ]?(?=[a-zæøå])(?!(?:og|eller|samt)\b)|(?<!\n)(?<!\n )[ ]*\n[ ]?(?!\s*\n)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of a unit."""

    start: int
    end: int
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one code over all labelled units."""

    code: str
    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None


def join_print_lines(text: str) -> tuple[str, EditMap]:
    """The text with hyphenated and wrapped lines joined, and the exact map to it; blank lines stay borders."""
    edits = [
        Edit(found.start(), found.end(), "" if found.group().startswith("-") else " ")
        for found in _PRINT_LINE.finditer(text)
    ]
    return apply_edits(text, edits)


def read_labels(path: Path) -> list[Label]:
    """The labels of a file.

    Raises:
        ValueError: if a line is not start, end, codes; names the line.
    """
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3 or not (fields[0].isdigit() and fields[1].isdigit()):
            raise ValueError(f"{path}:{number}: expected start, end and codes separated by tabs")
        labels.append(Label(int(fields[0]), int(fields[1]), frozenset(fields[2].split(",")) - {"none"}))
    return labels


def predict(text: str, labels: Sequence[Label], codebook: Codebook, pipeline: Pipeline) -> list[frozenset[str]]:
    """Top-level codes that a sure signal finds in each labelled unit alone, without its neighbours."""
    joined, moved = join_print_lines(text)
    rules = rules_for(codebook, pipeline)
    parents = {code.slug: code.parent for code in codebook}
    predicted = []
    for unit in pipeline.analyse(joined, (moved.span(label.start, label.end) for label in labels)):
        found = {finding.code for finding in rules.findings(unit) if finding.score >= SURE}
        predicted.append(frozenset(_top(code, parents) for code in found))
    return predicted


def scores(labels: Sequence[Label], predicted: Sequence[frozenset[str]], codes: Iterable[str]) -> list[Score]:
    """A score for each code, and last their sum under the name `micro`."""
    rows = []
    for code in codes:
        pairs = [(code in label.codes, code in found) for label, found in zip(labels, predicted, strict=True)]
        rows.append(Score(code, pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))))
    return [
        *rows,
        Score(
            "micro",
            sum(row.hits for row in rows),
            sum(row.false for row in rows),
            sum(row.missed for row in rows),
        ),
    ]


def codebook_of(path: Path | None) -> Codebook:
    """The codebook of a file, or the packaged one for the field when no file is named."""
    return read_codebook(path) if path else read_starter("rusfeltet")


def main(argv: list[str] | None = None) -> int:
    """Prints a table; with --errors also every unit where label and rules differ."""
    parser = argparse.ArgumentParser(prog="python -m nlp.evaluate")
    parser.add_argument("--labels", type=Path, action="append", required=True)
    parser.add_argument("--text", type=Path, action="append", required=True, help="one for each --labels")
    parser.add_argument("--codebook", type=Path, help="instead of the packaged one")
    parser.add_argument("--errors", action="store_true", help="print the units where label and rules differ")
    arguments = parser.parse_args(argv)
    if len(arguments.labels) != len(arguments.text):
        parser.error("as many --text as --labels")
    codebook, pipeline = codebook_of(arguments.codebook), load()
    labels: list[Label] = []
    predicted: list[frozenset[str]] = []
    for label_file, text_file in zip(arguments.labels, arguments.text, strict=True):
        text = normalise(text_file.read_text(encoding="utf-8"))
        of_file = read_labels(label_file)
        found = predict(text, of_file, codebook, pipeline)
        labels += of_file
        predicted += found
        if arguments.errors:
            _print_errors(text, of_file, found)
    tops = [code.slug for code in codebook if code.parent is None]
    print(f"{pipeline.identity}  {len(labels)} units")
    print(f"{'code':<20}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>7}")
    for row in scores(labels, predicted, tops):
        values = "".join(
            f"{'-' if value is None else format(value, '.2f'):>{width}}"
            for value, width in ((row.precision, 11), (row.recall, 8), (row.f1, 7))
        )
        print(f"{row.code:<20}{row.hits + row.missed:>5}{values}")
    return 0


def _top(code: str, parents: dict[str, str | None]) -> str:
    while (parent := parents.get(code)) is not None:
        code = parent
    return code


def _print_errors(text: str, labels: Sequence[Label], predicted: Sequence[frozenset[str]]) -> None:
    for label, found in zip(labels, predicted, strict=True):
        if label.codes != found:
            missed = ",".join(sorted(label.codes - found)) or "-"
            false = ",".join(sorted(found - label.codes)) or "-"
            unit = " ".join(text[label.start : label.end].split())
            print(f"{label.start}\tmissed {missed}\tfalse {false}\t{unit}")


if __name__ == "__main__":
    raise SystemExit(main())

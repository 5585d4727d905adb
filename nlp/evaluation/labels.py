"""What readers say of units of a text, as offsets and themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STUDY_THEMES = ("bolig", "rop", "spesialisthelse", "okonomi")
"""The four themes of the study; what is called micro is over these."""
THEMES = (*STUDY_THEMES, "brukerokonomi")
"""All that the labels tell apart."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader says of a unit."""

    start: int
    """Code points, half-open."""
    end: int
    codes: frozenset[str]


def read_labels(path: Path) -> list[Label]:
    """The labels of a file, in its order: a line a unit with start, end, and themes with commas or `none`.

    Raises:
        ValueError: if a line is not start, end and themes, or names a theme that no reader was asked about; names the line.
    """
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3 or not (fields[0].isdigit() and fields[1].isdigit()):
            raise ValueError(f"{path}:{number}: expected start, end and themes separated by tabs")
        start, end, codes = int(fields[0]), int(fields[1]), frozenset(fields[2].split(",")) - {"none"}
        if start >= end:
            raise ValueError(f"{path}:{number}: the unit {start}..{end} is empty; its end must come after its start")
        if unknown := codes.difference(THEMES):
            raise ValueError(f"{path}:{number}: no such theme: {', '.join(sorted(unknown))}; use {', '.join(THEMES)}")
        labels.append(Label(start, end, codes))
    return labels


def readings_of(folder: Path, name: str) -> tuple[list[Label], ...]:
    """Every reader's labels of one text, from `NAME.reader1.tsv` and on.

    Raises:
        ValueError: if there are none, or the readers have not labelled the same units.
    """
    files = sorted(folder.glob(f"{name}.reader*.tsv"))
    if not files:
        raise ValueError(f"{folder}: no labels for {name}; {name}.reader1.tsv must lie there")
    readings = tuple(read_labels(file) for file in files)
    units = [(label.start, label.end) for label in readings[0]]
    for file, labels in zip(files, readings, strict=True):
        if [(label.start, label.end) for label in labels] != units:
            raise ValueError(f"{file}: other units than in {files[0].name}; every reader labels the same")
    return readings


def united(readings: Sequence[Sequence[Label]]) -> list[Label]:
    """One label a unit: a theme counts when any reader names it, as a pile of excerpts is gathered."""
    return [
        Label(labels[0].start, labels[0].end, frozenset().union(*(label.codes for label in labels)))
        for labels in zip(*readings, strict=True)
    ]

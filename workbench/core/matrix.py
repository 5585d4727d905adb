"""Cross-tables: how often each column occurs in each row, counted as segments, sources, informants or shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Measure = Literal["segments", "sources", "informants", "share"]
MEASURES: tuple[Measure, ...] = ("segments", "sources", "informants", "share")


class Unit(NamedTuple):
    """One coded segment as a cross-table counts it. A segment of two cases stands in both rows, once in each."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    thing: str
    """What is counted: the source's id or the informant's number; empty for an unknown one, which is not counted.

    Segments need none, since each unit is a segment of its own."""
    number: int = 1
    """How many segments the unit stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    """`cells[row][column]`; whole numbers but for `share`."""
    measure: Measure
    totals: tuple[float, ...]
    """Distinct count per column over all rows: a source in two cases counts once."""


def crosstab(units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str], measure: Measure) -> Matrix:
    """Count units by row and column. Share is the row's segments in a column over all the row's segments (0-1)."""
    if measure in ("segments", "share"):
        cells, totals = _count_segments(units, rows, columns, share=measure == "share")
    else:
        cells, totals = _count_things(units, rows, columns)
    return Matrix(rows=tuple(rows), columns=tuple(columns), cells=cells, measure=measure, totals=totals)


Cells = tuple[tuple[float, ...], ...]


def _count_segments(
    units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str], *, share: bool
) -> tuple[Cells, tuple[float, ...]]:
    counted: Counter[tuple[str, str]] = Counter()
    whole: Counter[str] = Counter()
    overall: Counter[str] = Counter()
    # Units repeat the same rows and columns over and over; they are counted as they are before they are spread out.
    together: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for unit in units:
        together[unit.rows, unit.columns] += unit.number
    for (unit_rows, unit_columns), number in together.items():
        for row in unit_rows:
            whole[row] += number
            for column in unit_columns:
                counted[row, column] += number
        for column in unit_columns:
            overall[column] += number
    cells = tuple(
        tuple(
            (round(counted[row, column] / whole[row], 4) if whole[row] else 0.0) if share else counted[row, column]
            for column in columns
        )
        for row in rows
    )
    return cells, tuple(overall[column] for column in columns)


def _count_things(
    units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str]
) -> tuple[Cells, tuple[float, ...]]:
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    overall: dict[str, set[str]] = defaultdict(set)
    for unit in set(units):
        if unit.thing:
            for column in unit.columns:
                overall[column].add(unit.thing)
                for row in unit.rows:
                    counted[row, column].add(unit.thing)
    cells = tuple(tuple(len(counted[row, column]) for column in columns) for row in rows)
    return cells, tuple(len(overall[column]) for column in columns)

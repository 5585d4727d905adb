"""Cross-tables: how often each column occurs in each row, counted as segments, sources, informants or shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
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
    """Distinct count per column over all rows: a source in two cases counts once. For `share`, of all segments."""
    row_totals: tuple[float, ...]
    """Distinct count per row over all columns, those that are not shown included; for `share` 1, or 0 in an empty row."""
    total: float
    """Distinct count over all rows and columns; for `share` 1, or 0 when nothing is coded."""


STEPS = 5
"""How many shades a heated table has."""


def heat(value: float, most: float) -> int:
    """How dark a cell is, from 1 to STEPS in equal parts of the highest value; 0 for a cell with nothing in it."""
    if value <= 0 or most <= 0:
        return 0
    return min(STEPS, max(1, ceil(round(value * STEPS / most, 9))))


def heat_ranges(most: int) -> list[tuple[int, int, int]]:
    """(step, lowest, highest) of the whole numbers that each step stands for; a step that no number falls in is left out."""
    ranges: dict[int, tuple[int, int]] = {}
    for value in range(1, most + 1) if most <= STEPS * 2 else []:
        step = heat(value, most)
        ranges[step] = (ranges.get(step, (value, value))[0], value)
    if most > STEPS * 2:
        for step in range(1, STEPS + 1):
            ranges[step] = ((step - 1) * most // STEPS + 1, step * most // STEPS)
    return [(step, low, high) for step, (low, high) in ranges.items()]


def crosstab(units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str], measure: Measure) -> Matrix:
    """Count units by row and column. Share is the row's segments in a column over all the row's segments (0-1)."""
    if measure in ("segments", "share"):
        counts = _count_segments(units, rows, columns, share=measure == "share")
    else:
        counts = _count_things(units, rows, columns)
    return Matrix(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=counts.cells,
        measure=measure,
        totals=counts.columns,
        row_totals=counts.rows,
        total=counts.all,
    )


class _Counts(NamedTuple):
    cells: tuple[tuple[float, ...], ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    all: float


def _count_segments(units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str], *, share: bool) -> _Counts:
    counted: dict[str, dict[str, int]] = {row: defaultdict(int) for row in rows}
    whole: Counter[str] = Counter()
    overall: Counter[str] = Counter()
    # Units repeat the same rows and columns over and over; they are counted as they are before they are spread out.
    together: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for unit in units:
        together[unit.rows, unit.columns] += unit.number
    for (unit_rows, unit_columns), number in together.items():
        for row in unit_rows:
            whole[row] += number
            if (along := counted.get(row)) is not None:
                for column in unit_columns:
                    along[column] += number
        for column in unit_columns:
            overall[column] += number
    everything = together.total()
    if share:
        return _Counts(
            tuple(tuple(_share(counted[row].get(column, 0), whole[row]) for column in columns) for row in rows),
            tuple(_share(overall[column], everything) for column in columns),
            tuple(_share(whole[row], whole[row]) for row in rows),
            _share(everything, everything),
        )
    return _Counts(
        tuple(tuple(counted[row].get(column, 0) for column in columns) for row in rows),
        tuple(overall[column] for column in columns),
        tuple(whole[row] for row in rows),
        everything,
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _count_things(units: Iterable[Unit], rows: Sequence[str], columns: Sequence[str]) -> _Counts:
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    overall: dict[str, set[str]] = defaultdict(set)
    everything: set[str] = set()
    for unit in set(units):
        if unit.thing:
            everything.add(unit.thing)
            for row in unit.rows:
                whole[row].add(unit.thing)
            for column in unit.columns:
                overall[column].add(unit.thing)
                for row in unit.rows:
                    counted[row, column].add(unit.thing)
    return _Counts(
        tuple(tuple(len(counted[row, column]) for column in columns) for row in rows),
        tuple(len(overall[column]) for column in columns),
        tuple(len(whole[row]) for row in rows),
        len(everything),
    )

"""Cross-tables: how often each column occurs in each row, counted as segments, sources, informants or shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Measure = Literal["segments", "sources", "informants", "share"]
MEASURES: tuple[Measure, ...] = ("segments", "sources", "informants", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One coded segment as a cross-table counts it. A segment of two cases stands in both rows, once in each."""

    segment: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    source: str
    informant: str
    """Empty when nobody is known to have spoken."""


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
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    overall: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        thing = {"sources": unit.source, "informants": unit.informant}.get(measure, unit.segment)
        for row in unit.rows:
            whole[row].add(unit.segment)
        for column in unit.columns:
            if thing:
                overall[column].add(thing)
                for row in unit.rows:
                    counted[row, column].add(thing)
    cells = tuple(
        tuple(_value(len(counted[row, column]), len(whole[row]), measure) for column in columns) for row in rows
    )
    return Matrix(
        rows=tuple(rows),
        columns=tuple(columns),
        cells=cells,
        measure=measure,
        totals=tuple(float(len(overall[column])) for column in columns),
    )


def _value(count: int, whole: int, measure: Measure) -> float:
    if measure != "share":
        return count
    return round(count / whole, 4) if whole else 0.0

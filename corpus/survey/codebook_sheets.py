"""The wordings of questions that stand on another sheet of the same workbook than the answers.

Nettskjema and SurveyXact head the answers with codes, and list on a sheet of its own what each code was asked as.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.grids import Grid
from corpus.survey.headings import column_names, guess_header_rows
from corpus.survey.value_labels import labels_in

_SHARE = 0.5
"""So many of the sheet's codes must be headings of the table, and at least two."""
_MOST_ROWS = 20_000


def with_wordings(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The tables, each with the wordings that another sheet has for its headings; those that have their own keep them."""
    return tuple(grid if any(grid.wordings) else _with_wordings(grid, grids) for grid in grids)


def _with_wordings(grid: Grid, grids: Sequence[Grid]) -> Grid:
    names = column_names(grid, guess_header_rows(grid))
    for other in grids:
        if other is not grid and other.rows and other.rows[0] and len(other.rows) <= _MOST_ROWS:
            wordings = _wordings_in(other, frozenset(names))
            if wordings:
                return replace(grid, wordings=tuple(wordings.get(name, "") for name in names))
    return grid


def _wordings_in(sheet: Grid, names: frozenset[str]) -> dict[str, str]:
    """Heading -> wording, where a column of the sheet has the headings; empty where none has."""
    columns = [[" ".join(row[index].split()) for row in sheet.rows] for index in range(len(sheet.rows[0]))]
    codes = max(range(len(columns)), key=lambda index: len(names.intersection(columns[index])))
    met = names.intersection(columns[codes])
    said = set(filter(None, columns[codes][1:]))
    if len(met) < 2 or len(met) < _SHARE * len(said):
        return {}
    rows = [number for number, code in enumerate(columns[codes]) if code in met]
    others = [index for index in range(len(columns)) if index != codes]
    words = max(others, key=lambda index: sum(_length(columns[index][row]) for row in rows), default=codes)
    texts: dict[str, str] = {}
    for row in rows:
        texts.setdefault(columns[codes][row], columns[words][row])
    unlike = {text for text in texts.values() if text}
    return texts if words != codes and any(" " in text for text in unlike) and 2 * len(unlike) > len(texts) else {}


def _length(words: str) -> int:
    """How long a cell is that may be a question; a list of the answers' codes is none."""
    return 0 if labels_in(words) else len(words)

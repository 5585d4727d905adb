"""The words for the codes of closed answers (1 = Ja) that stand on another sheet of the same workbook than the answers.

SurveyXact lists them row by row below each variable, Nettskjema and codebooks made by hand also in one cell (`1 = Ja; 2 =
Nei`). They stand in the table as SPSS's labels do, and what stood in the file is known beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import regex

from corpus.grids import Grid
from corpus.survey.headings import column_names, guess_header_rows

_MOST_ROWS = 20_000
_SAMPLED = 2_000
_KNOWN = 0.5
"""So many of a column's filled cells must be among the codes that the sheet lists for it."""
_LONGEST_CODE = 20
_LONGEST_LABEL = 200
_LEAST = 2
_PAIR = regex.compile(
    r"\s*(?P<code>-?\d{1,4})\s*(?:=|:|\)|[-–]\s)\s*(?P<label>[^;|\n]*?[^\s;|\n,.])[\s,.]*(?:[;|\n]|\Z)"
)
_COMMAS = regex.compile(r",\s*(?=-?\d{1,4}\s*[=:)])")

Labels = dict[str, str]
"""Code as it stands in the cells -> its words."""


def with_labels(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The tables, each with the words that another sheet has for its codes in place of the codes."""
    return tuple(_with_labels(grid, [other for other in grids if other is not grid]) for grid in grids)


def _with_labels(grid: Grid, others: Sequence[Grid]) -> Grid:
    header = guess_header_rows(grid)
    names = column_names(grid, header)
    places = {name: index for index, name in enumerate(names)}
    found: dict[int, Labels] = {}
    for other in others:
        if other.rows and other.rows[0] and len(other.rows) <= _MOST_ROWS:
            for name, groups in _listed(other, places).items():
                cells = {row[places[name]].strip() for row in grid.rows[header : header + _SAMPLED]} - {""}
                labels = max(groups, key=lambda group: len(cells.intersection(group)), default={})
                if cells and len(cells.intersection(labels)) >= _KNOWN * len(cells):
                    found.setdefault(places[name], labels)
    if not found:
        return grid
    rows = tuple(
        tuple(found[index].get(cell.strip(), cell) if index in found else cell for index, cell in enumerate(row))
        for row in grid.rows[header:]
    )
    listed = tuple(tuple(found.get(index, {}).items()) for index in range(len(names)))
    return replace(grid, rows=(*grid.rows[:header], *rows), labels=listed)


def _listed(sheet: Grid, names: Mapping[str, int]) -> dict[str, list[Labels]]:
    """Heading -> the lists of codes and words that may be its own, for the headings that the sheet names in one column."""
    columns = [[" ".join(row[index].split()) for row in sheet.rows] for index in range(len(sheet.rows[0]))]
    codes = max(range(len(columns)), key=lambda index: len(names.keys() & set(columns[index])))
    found: dict[str, list[Labels]] = {}
    for name, rows in _groups(columns[codes], names).items():
        cells = [[sheet.rows[row][index].strip() for row in rows] for index in range(len(columns)) if index != codes]
        found[name] = [*_below_each_other(cells), *_in_one_cell(cells)]
    return found


def _groups(column: Sequence[str], names: Iterable[str]) -> dict[str, list[int]]:
    """Heading -> the rows that are about it: its own, and those below it in which the column is empty."""
    known = frozenset(names)
    groups: dict[str, list[int]] = {}
    current = ""
    for row, cell in enumerate(column):
        current = cell or current
        if current in known:
            groups.setdefault(current, []).append(row)
    return groups


def _below_each_other(columns: Sequence[Sequence[str]]) -> Iterable[Labels]:
    """Every two columns of a group that could be codes and their words; a code or a word twice makes it none."""
    for index, codes in enumerate(columns):
        for words in (*columns[index + 1 :], *columns[:index]):
            pairs = [(code, word) for code, word in zip(codes, words, strict=True) if code and word]
            short = all(len(code) <= _LONGEST_CODE and " " not in code for code, _word in pairs)
            spoken = all(len(word) <= _LONGEST_LABEL for _code, word in pairs) and any(
                character.isalpha() for _code, word in pairs for character in word
            )
            unlike = len({code for code, _word in pairs}) == len({word for _code, word in pairs}) == len(pairs)
            if len(pairs) >= _LEAST and short and spoken and unlike:
                yield dict(pairs)


def _in_one_cell(columns: Sequence[Sequence[str]]) -> Iterable[Labels]:
    """The lists `1 = Ja; 2 = Nei` in the cells of a group."""
    return filter(None, (labels_in(cell) for column in columns for cell in column))


def labels_in(cell: str) -> Labels:
    """The codes with their words where a cell is a list of such (`1 = Ja; 2 = Nei`), else nothing."""
    listed = _COMMAS.sub(";", cell)
    pairs = list(_PAIR.finditer(listed))
    whole = sum(len(match.group()) for match in pairs) == len(listed)
    found = {match["code"]: match["label"] for match in pairs}
    return found if whole and len(found) == len(pairs) >= _LEAST else {}

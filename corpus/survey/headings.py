"""The rows of headings above a survey's answers: how many they are, and what each column is called.

Programs write them in their own ways: Qualtrics gives codes, questions and marks of its own on three rows (two in Excel),
SurveyMonkey the questions and below them the choices, others a title above it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from gettext import gettext as _

from corpus.grids import Grid
from corpus.model import ImportNote

_IMPORT_MARK = '{"ImportId"'
_QUALTRICS = ("ResponseId", "Response ID")
"""What stands in one column of the codes and of the questions."""
_ANSWERS_BELOW = frozenset({"response", "open-ended response", "svar", "åpent svar", "åpne svar"})
"""What SurveyMonkey writes below a question that is one column."""
_MOST_ABOVE = 10
"""Rows that a title and what belongs to it may take."""
_NEARLY_ALL = 0.9


def guess_header_rows(grid: Grid) -> int:
    """How many rows of headings stand above the answers, a title above them included."""
    above = _above(grid.rows)
    rows = grid.rows[above : above + 3]
    if len(rows) > 2 and any(cell.startswith(_IMPORT_MARK) for cell in rows[2]):
        return above + 3
    if len(rows) > 1 and (_QUALTRICS in zip(*rows[:2], strict=True) or _is_grouped(grid.rows[above:])):
        return above + 2
    return above + min(1, len(rows))


def heading_notes(grid: Grid, header_rows: int) -> tuple[ImportNote, ...]:
    """A note where a second row is read as headings by its shape alone: it may be the first who answered."""
    rows = _heading_rows(grid, header_rows)
    if len(rows) != 2 or not _grouping(rows) or _says_answers_below(rows[1]):
        return ()
    shown = ", ".join(f"«{' '.join(cell.split())}»" for cell in rows[1] if cell.strip())
    message = _(
        "Rad {n} ({shown}) er lest som overskrifter. Er den et svar, lagre oppsettet, rett «header_rows» til {fewer} og bruk det."
    ).format(n=header_rows, shown=shown, fewer=header_rows - 1)
    return (ImportNote(message=message, doubtful=True),)


def column_names(grid: Grid, header_rows: int = 1) -> tuple[str, ...]:
    """A name for each column, no two alike: its heading on one line, with a number where it is empty or comes again.

    A choice below a question is named after both. The names stand in saved mappings, and are the same whatever the
    language of the interface.
    """
    names: list[str] = []
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for number, heading in enumerate(_headings(grid, header_rows), 1):
        plain = " ".join(heading.split()) or f"Kolonne {number}"
        times[plain] += 1
        name = plain if times[plain] == 1 else f"{plain} ({times[plain]})"
        while name in taken:
            times[plain] += 1
            name = f"{plain} ({times[plain]})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def column_wordings(grid: Grid, header_rows: int) -> tuple[str, ...]:
    """The questions as they were put: the file's own wordings, a second row of headings, or the headings."""
    names = column_names(grid, header_rows)
    rows = _heading_rows(grid, header_rows)
    second: Sequence[str] = ("",) * len(names)
    if len(rows) > 1 and not _grouping(rows):
        second = rows[1]
    said = grid.wordings if len(grid.wordings) == len(names) else ("",) * len(names)
    chosen = zip(said, second, names, strict=True)
    return tuple(" ".join(first.split()) or " ".join(then.split()) or name for first, then, name in chosen)


def _above(rows: Sequence[Sequence[str]]) -> int:
    """Rows with a title or nothing, above headings that at least half of the columns have."""
    width = len(rows[0]) if rows else 0
    for number, row in enumerate(rows[: _MOST_ABOVE + 1]):
        if _filled(row) > 1:
            return number if 2 * _filled(row) >= width > 2 else 0
    return 0


def _heading_rows(grid: Grid, header_rows: int) -> Sequence[Sequence[str]]:
    """The rows of headings without a title above them."""
    rows = grid.rows[:header_rows]
    above = _above(grid.rows)
    return rows[above:] if above < len(rows) else rows


def _headings(grid: Grid, header_rows: int) -> Sequence[str]:
    rows = _heading_rows(grid, header_rows)
    if not rows:
        return ("",) * (len(grid.rows[0]) if grid.rows else 0)
    if len(rows) == 1 or not _grouping(rows):
        return rows[0]
    headings = []
    group = ""
    for over, under in zip(rows[0], rows[1], strict=True):
        group = over if over.strip() else group
        alone = not under.strip() or " ".join(under.casefold().split()) in _ANSWERS_BELOW
        headings.append(over if alone else f"{group} – {under}" if group.strip() else under)
    return headings


def _grouping(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row divides what the first row has in common: it has cells where the first has none, or says that
    the answers stand below."""
    pairs = list(zip(rows[0], rows[1], strict=True))
    if any(not over.strip() and under.strip() for over, under in pairs):
        return True
    return _says_answers_below(rows[1]) and any(not under.strip() for _first, under in pairs)


def _says_answers_below(row: Sequence[str]) -> bool:
    return any(" ".join(cell.casefold().split()) in _ANSWERS_BELOW for cell in row)


def _is_grouped(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the second row is one of headings: it divides the first, and lacks what nearly every other row has at its head."""
    if len(rows) < 3 or not rows[0][0].strip() or rows[1][0].strip() or not _grouping(rows):
        return False
    if not _divides(rows[0], rows[1]):
        return False
    answers = [row for row in rows[2:] if any(map(str.strip, row))]
    return sum(bool(row[0].strip()) for row in answers) >= _NEARLY_ALL * len(answers)


def _divides(over: Sequence[str], under: Sequence[str]) -> bool:
    """Whether each cell of the second row is a choice, below an empty heading or below one that such headings follow, or says
    that the answers stand below; an answer would stand below a heading of its own."""
    empty = [not heading.strip() for heading in over]
    choices = [index for index, cell in enumerate(under) if cell.strip() and not _says_answers_below([cell])]
    below_none = [index for index in choices if empty[index]]
    grouped = all(empty[index] or (index + 1 in below_none) for index in choices)
    if _says_answers_below(under):
        return grouped or not any(map(str.strip, under[:2]))
    return grouped and len(below_none) > 1


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)

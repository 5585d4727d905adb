"""Tables in which people speak by turns: a column of names that recur, and beside it what they say.

A table of minutes or tasks has names too, so one of the names must ask questions, and what is said must be the longer column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.labels import key, name_like, never_a_label, numbered_voice
from corpus.timed_rows import Columns

_LEAST = 4
_MOST_COLUMNS = 3
_NEARLY_ALL = 0.8
_ENOUGH_QUESTIONS = 0.3
_LONGEST_NAME = 40

Cells = Sequence[str]


def dialogue_columns(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table without times whose rows are turns, or None."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, filled), default=0)
    if len(filled) < _LEAST or not 2 <= width <= _MOST_COLUMNS or any(len(row) != width for row in filled):
        return None
    lengths = [sum(len(row[column]) for row in filled) for column in range(width)]
    content = max(range(width), key=lambda column: lengths[column])
    speaker = next((column for column in range(content) if _speakers(filled, column, content)), None)
    if speaker is None:
        return None
    names = Counter(_name(row[speaker]) for row in rows if speaker < len(row))
    headed = names[_name(rows[0][speaker])] < 2
    return Columns(int(headed), content, speaker=speaker)


def _speakers(rows: Sequence[Cells], column: int, content: int) -> bool:
    names = [_name(row[column]) for row in rows]
    counts = Counter(filter(None, names))
    likely = {
        name
        for name, count in counts.items()
        if count > 1 and (name_like(name) or numbered_voice(name)) and not never_a_label(name)
    }
    named = [(name, row[content]) for name, row in zip(names, rows, strict=True) if name in likely]
    if len({key(name) for name in likely}) < 2 or len(named) < max(_LEAST, _NEARLY_ALL * len(rows)):
        return False
    asking = Counter(name for name, said in named if "?" in said)
    return any(asking[name] >= _ENOUGH_QUESTIONS * counts[name] for name in likely)


def _name(cell: str) -> str:
    name = " ".join(cell.split()).rstrip(": ")
    return name if len(name) <= _LONGEST_NAME else ""

"""Rows in which people speak by turns: a name that recurs, and beside it what is said, in cells or behind a name in bold.

A table of minutes or tasks has names too. So what is said must be the longer column, no heading may call it a task, and one
of the names must end many of its rows with a question, far more often than the rest do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from gettext import gettext as _

import regex

from corpus.labels import first_word, key, label_at, name_like, never_a_label, numbered_voice
from corpus.model import ImportNote
from corpus.shapes import Layout, Opening
from corpus.spans import Span
from corpus.timed_rows import Columns

_LEAST = 4
_SHOWN = 5
_MOST_COLUMNS = 3
_NEARLY_ALL = 0.8
_ENOUGH_QUESTIONS = 0.3
_LONGEST_NAME = 40
_MUCH_MORE = 2
"""How many times as often as the rest the one who asks must do so."""
_LEAST_LED = 0.25
"""Share of lines that begin with a name in bold from which these names are speakers."""

_TASKS = frozenset(
    """
    ansvar ansvarlig ansvarleg ansvarlige oppgave oppgaver oppgåve oppgåver frist tiltak status gjøremål gjeremål sak saker
    aksjon aksjonspunkt oppfølging vedtak prioritet leveranse milepæl aktivitet utføres ferdig beslutning
    """.split()
)
"""Words that begin the headings of tables of tasks and decisions."""
_ASKS = regex.compile(r"(?m)\?[ »”\"'’)\]…*_]*$")

Cells = Sequence[str]


def dialogue_columns(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table without times whose rows are turns, or None."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if filled and any(first_word(cell) in _TASKS for cell in filled[0] if len(cell) <= _LONGEST_NAME):
        return None
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


def led_by_names(text: str, leads: Sequence[Span]) -> Layout | None:
    """The turns of a text whose lines begin with a name in bold and no colon behind it, or None.

    Args:
        leads: the names in bold with which lines begin, in order; words stand behind each on its line.
    """
    lines = sum(1 for line in text.split("\n") if line.strip())
    if len(leads) < max(_LEAST, _LEAST_LED * lines):
        return None
    bounds = [*(start for start, _end in leads[1:]), len(text)]
    rows = [(text[start:end].strip("*_"), text[end:bound]) for (start, end), bound in zip(leads, bounds, strict=True)]
    if not _speakers(rows, 0, 1):
        return None
    return Layout(
        tuple(Opening(start, _name(name), end) for (start, end), (name, _said) in zip(leads, rows, strict=True))
    )


def led_note(layout: Layout) -> ImportNote:
    """Says that names in bold were read as speakers."""
    message = _("{names} står i fet skrift først på linjer og er lest som talere; avvis dem hvis de er noe annet.")
    return _named(message, layout.openings)


def table_note(openings: Sequence[Opening]) -> tuple[ImportNote, ...]:
    """Says that names in cells were read as speakers; nothing where all of them are roles or a machine's numbers."""
    if all(_is_role(opening.speaker) or numbered_voice(opening.speaker) for opening in openings):
        return ()
    message = _("{names} går igjen i en tabell og er lest som talere; avvis dem hvis de er noe annet.")
    return (_named(message, openings),)


def _named(message: str, openings: Sequence[Opening]) -> ImportNote:
    speakers = list(dict.fromkeys(opening.speaker for opening in openings))
    names = ", ".join(f"«{name}»" for name in speakers[:_SHOWN]) + (" …" if len(speakers) > _SHOWN else "")
    place = openings[0].label_start
    return ImportNote(message=message.format(names=names), start=place, count=len(speakers), doubtful=True)


def _speakers(rows: Sequence[Cells], column: int, content: int) -> bool:
    names = [_name(row[column]) for row in rows]
    counts = Counter(filter(None, names))
    likely = {
        name
        for name, count in counts.items()
        if count > 1 and (name_like(name) or numbered_voice(name) or _is_role(name)) and not never_a_label(name)
    }
    named = [(name, row[content]) for name, row in zip(names, rows, strict=True) if name in likely]
    if len({key(name) for name in likely}) < 2 or len(named) < max(_LEAST, _NEARLY_ALL * len(rows)):
        return False
    turns = Counter(name for name, _said in named)
    asking = Counter(name for name, said in named if _ASKS.search(said))
    return any(_asks_most(name, turns, asking) for name in likely)


def _asks_most(name: str, turns: Counter[str], asking: Counter[str]) -> bool:
    """True for one who asks often, and much more often than the rest together."""
    others, asked = turns.total() - turns[name], asking.total() - asking[name]
    often = asking[name] / turns[name]
    return others > 0 and often >= _ENOUGH_QUESTIONS and often >= _MUCH_MORE * asked / others


def _is_role(name: str) -> bool:
    """True for `Informant 1` and `R2`."""
    label = label_at(f"{name}:", 0, len(name) + 1) if name[:1].isupper() else None
    return label is not None and label.kind in ("role", "letter")


def _name(cell: str) -> str:
    name = " ".join(cell.split()).rstrip(": ")
    return name if len(name) <= _LONGEST_NAME else ""

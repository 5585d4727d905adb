"""Tables that are transcripts: a row for each turn, with columns for time, words and speaker in any order.

NVivo writes `Timespan`, `Content` and `Speaker`; speech recognisers write `start`, `end` and `text`. The columns are told
by their headings, Norwegian or English; a table without headings is one only when nearly every row has a time in the same
column. A row without a readable time is never taken in without it: `unread` names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple

import regex

from corpus.stamps import clock_ms, span_ms

Column = Literal["time", "start", "end", "content", "speaker"]
Unit = Literal["clock", "seconds", "milliseconds"]

_HEADINGS: Mapping[str, Column] = MappingProxyType(
    {
        **dict.fromkeys(
            "timespan,time span,time,timestamp,timecode,tidsspenn,tidsrom,tidskode,tid,tidspunkt,tidsstempel".split(
                ","
            ),
            "time",
        ),
        **dict.fromkeys(
            "start,begin,from,fra,frå,starttid,start time,start_time,starttime,begin time".split(","), "start"
        ),
        **dict.fromkeys("end,stop,to,slutt,stopp,til,sluttid,end time,end_time,endtime".split(","), "end"),
        **dict.fromkeys(
            "content,text,transcript,transcription,utterance,annotation,innhold,innhald,tekst,transkripsjon,ytring,utsagn"
            ",replikk,sagt,hva som ble sagt,kva som vart sagt".split(","),
            "content",
        ),
        **dict.fromkeys(
            "speaker,speaker name,taler,talar,deltaker,deltakar,talerens navn,hvem,kven,person,tier".split(","),
            "speaker",
        ),
    }
)
_SPEAKERS_ALONE = frozenset({"speaker", "speaker name", "taler", "talar"})
"""Headings that make a transcript of a table without times; *person* may stand above anything."""
_WRITTEN_AS = regex.compile(r" - (?:hh:mm:ss(?:[.:]\w{2,4})?|ss\.msec|msec)\Z")
"""How ELAN says in a heading in which of its forms a time stands."""
_WHOLE = regex.compile(r"\d{1,12}")
_DECIMAL = regex.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_CLOCKED = regex.compile(r"\d:\d")
_HEADER_WITHIN = 5
_PROBED = 20
_NEARLY_ALL = 0.8
_MOST_COLUMNS = 5
_MOST_ELAN_COLUMNS = 15
_LONGEST_NAME = 60
_LONGEST_MS = 3_600_000_000
_FASTEST = 0.1
"""Code points a millisecond that nobody speaks: whole numbers that give such a pace are seconds, not milliseconds."""

Cells = Sequence[str]


class Columns(NamedTuple):
    """Which column is what, from which row on; None where the table has no such column."""

    first_row: int
    content: int
    time: int | None = None
    start: int | None = None
    end: int | None = None
    speaker: int | None = None
    unit: Unit = "clock"


class Row(NamedTuple):
    """What one row says. `number` is its place among the rows given; times are milliseconds."""

    number: int
    start_ms: int | None
    end_ms: int | None
    speaker: str
    content: str


def columns_of(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a transcript, or None when the rows are some other table."""
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        named = _named(place, row)
        if named is not None:
            found = named._replace(unit=_unit(rows, named))
            timed = found.time is not None or found.start is not None
            filled = [row for row in rows[found.first_row :] if _cell(row, found.content).strip()]
            return found if filled and (not timed or any(_times(row, found) for row in filled)) else None
    return _by_durations(rows) or _by_shape(rows)


def read_rows(rows: Sequence[Cells], columns: Columns) -> tuple[tuple[Row, ...], int | None]:
    """The rows that say something, and the place of the first one whose time cannot be read, or None."""
    found: list[Row] = []
    for number in range(columns.first_row, len(rows)):
        row = rows[number]
        content = _cell(row, columns.content)
        if not content.strip():
            continue
        times = _times(row, columns)
        if times is None:
            return tuple(found), number
        found.append(Row(number, *times, _cell(row, columns.speaker).strip().rstrip(":").rstrip(), content))
    return tuple(found), None


def is_table(text: str) -> bool:
    """True for text whose first line is the headings of a transcript with tabs between them, or whose rows have durations."""
    rows = [line.split("\t") for line in text.lstrip("\n").split("\n", _PROBED)[:_PROBED]]
    columns = columns_of(rows) if len(rows[0]) > 1 else None
    return columns is not None and (columns.first_row == 1 or (columns.start is not None and columns.end is not None))


def too_fast(rows: Sequence[Row], columns: Columns) -> bool:
    """True when times taken for milliseconds would have people say more than anybody can."""
    if columns.unit != "milliseconds" or len(rows) < 2:
        return False
    reached = [time for row in rows for time in (row.start_ms, row.end_ms) if time is not None]
    return sum(len(row.content) for row in rows) > _FASTEST * (max(reached) - min(reached))


def _named(place: int, row: Cells) -> Columns | None:
    """The columns by the headings of a row, when they are those of a transcript."""
    columns: dict[str, int] = {}
    for number, cell in enumerate(row):
        kind = _HEADINGS.get(_WRITTEN_AS.sub("", " ".join(cell.casefold().split()).rstrip(":")))
        if kind is not None:
            columns.setdefault(kind, number)
    if "content" not in columns:
        return None
    timed = "time" in columns or "start" in columns
    alone = any(" ".join(cell.casefold().split()) in _SPEAKERS_ALONE for cell in row)
    if not timed and not (alone and sum(bool(cell.strip()) for cell in row) <= len(columns) + 1):
        return None
    return Columns(
        place + 1,
        columns["content"],
        columns.get("time"),
        columns.get("start"),
        columns.get("end"),
        columns.get("speaker"),
    )


def _unit(rows: Sequence[Cells], columns: Columns) -> Unit:
    """What the figures of the columns for start and end count."""
    if columns.start is None:
        return "clock"
    cells = [_cell(row, column).strip() for row in rows[columns.first_row :] for column in (columns.start, columns.end)]
    figures = [cell for cell in cells if cell]
    if figures and all(_WHOLE.fullmatch(cell) for cell in figures):
        return "milliseconds"
    decimal = sum(_DECIMAL.fullmatch(cell) is not None for cell in figures)
    return "seconds" if figures and 2 * decimal > len(figures) else "clock"


def _times(row: Cells, columns: Columns) -> tuple[int | None, int | None] | None:
    """Start and end of a row, both None where the table has no times; None when the row's time cannot be read."""
    if columns.start is not None:
        start = _figure(_cell(row, columns.start), columns.unit)
        last = _cell(row, columns.end).strip()
        end = _figure(last, columns.unit) if last else None
        return None if start is None or (last and (end is None or end < start)) else (start, end)
    return span_ms(_cell(row, columns.time)) if columns.time is not None else (None, None)


def _figure(cell: str, unit: Unit) -> int | None:
    figure = cell.strip()
    if unit == "clock":
        return clock_ms(figure)
    if not _DECIMAL.fullmatch(figure) and not _WHOLE.fullmatch(figure):
        return None
    found = round(float(figure.replace(",", ".")) * (1000 if unit == "seconds" else 1))
    return found if found <= _LONGEST_MS else None


def _by_durations(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table without headings that has beginnings, ends and durations, all counted alike."""
    filled = [row for row in rows[: 5 * _PROBED] if any(cell.strip() for cell in row)]
    width = max(map(len, filled), default=0)
    if len(filled) < 2 or not 4 <= width <= _MOST_ELAN_COLUMNS:
        return None
    figures: dict[int, tuple[Unit, list[int]]] = {}
    for column in range(width):
        unit = _unit_of([_cell(row, column).strip() for row in filled])
        times = [_figure(_cell(row, column), unit) for row in filled] if unit else []
        if unit and None not in times:
            figures[column] = unit, [time for time in times if time is not None]
    found = next((triple for triple in combinations(figures, 3) if _durations(*(figures[one] for one in triple))), None)
    words = [column for column in range(width) if column not in figures and any(_cell(row, column) for row in filled)]
    if found is None or not words:
        return None
    content = max(words, key=lambda column: sum(len(_cell(row, column)) for row in filled))
    names = [column for column in words if column != content and _names(filled, column)]
    speaker = names[0] if names else None
    return Columns(0, content, start=found[0], end=found[1], speaker=speaker, unit=figures[found[0]][0])


def _unit_of(cells: Cells) -> Unit | None:
    if all(_WHOLE.fullmatch(cell) for cell in cells):
        return "milliseconds"
    if all(_DECIMAL.fullmatch(cell) for cell in cells):
        return "seconds"
    return "clock" if all(_CLOCKED.search(cell) for cell in cells) else None


def _durations(*columns: tuple[Unit, list[int]]) -> bool:
    """True when the third column is the time between the first two, within what rounding does."""
    (first, starts), (second, ends), (third, lengths) = columns
    alike = first == second == third and len(set(starts)) > 1
    return alike and all(
        abs(end - start - length) <= 2 for start, end, length in zip(starts, ends, lengths, strict=True)
    )


def _by_shape(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table without headings: a clock in one column of nearly every row, words in another."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, filled), default=0)
    if len(filled) < 2 or not 2 <= width <= _MOST_COLUMNS:
        return None
    timed = [
        sum(bool(_CLOCKED.search(_cell(row, column)) and span_ms(_cell(row, column))) for row in filled)
        for column in range(width)
    ]
    time = max(range(width), key=lambda column: timed[column])
    if timed[time] < max(2, _NEARLY_ALL * len(filled)) or not _rising(filled, time):
        return None
    lengths = [sum(len(_cell(row, column)) for row in filled) if column != time else -1 for column in range(width)]
    content = max(range(width), key=lambda column: lengths[column])
    names = [column for column in range(width) if column not in (time, content) and _names(filled, column)]
    return Columns(0, content, time=time, speaker=names[0] if names else None)


def _rising(rows: Sequence[Cells], column: int) -> bool:
    """True when the times of a column never fall, as those of a recording and not those of a timetable of many days."""
    starts = [span[0] for row in rows if (span := span_ms(_cell(row, column)))]
    return all(first <= second for first, second in pairwise(starts))


def _names(rows: Sequence[Cells], column: int) -> bool:
    """True for a column of short cells with letters that recur, as speakers do."""
    cells = [cell for row in rows if (cell := _cell(row, column).strip())]
    short = all(len(cell) <= _LONGEST_NAME and any(map(str.isalpha, cell)) for cell in cells)
    return bool(cells) and short and (len(set(cells)) < len(cells) or len(cells) <= 3)


def _cell(row: Cells, column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""

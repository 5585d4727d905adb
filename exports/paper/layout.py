"""A transcript laid out in numbered lines, with what stands beside them.

Line numbers follow from the stored text and the width of the column alone. They are the same with codes and without, in
Word, LibreOffice and PDF, whatever font is there; the line numbers Word makes itself are not, and Word numbers no line
inside a table, which is what holds the margin beside its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from exports.paper.models import PrintedCoding, PrintedNote, PrintedSource, PrintedTurn
from exports.paper.widths import BOLD, broken, width_of

TEXT_SIZE = 10
"""Points."""
TEXT_WIDTH = 5300
"""Twentieths of a point that a line of text may take."""
MARGIN_SIZE = 8
MARGIN_WIDTH = 3750
# A little is kept for the marks of codings, beside what the narrower fonts leave. Where it is too little the row grows.
_ROOM = TEXT_WIDTH * 50 // TEXT_SIZE - 800
_MARGIN_ROOM = MARGIN_WIDTH * 50 // MARGIN_SIZE - 300
# Without i, l and o, which look like figures.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_BACKLOG = 2
_NOTE = "✎"

MarginStyle = Literal["letter", "code", "plain"]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: the half-open span of its text, blanks at its end left out."""

    start: int
    end: int
    label_end: int
    """Where the speaker's label and time stamp at its beginning end; `start` where there are none."""
    turn: int
    """Number of the turn that begins on it, or 0."""
    opens: bool
    """It is the first of a turn or paragraph."""
    asking: bool
    """It is the interviewer's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding as it is shown: its letter, where its words begin and end, and on which lines (from 0)."""

    letter: str
    start: int
    end: int
    first: int
    last: int
    coding: PrintedCoding


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a printed line, or a mark in it where a coding begins or ends."""

    text: str
    mark: bool = False
    strong: bool = False
    colours: tuple[str, ...] = ()
    """Colours of the codings that cover it, the one that began first before the others."""


@dataclass(frozen=True, slots=True)
class MarginPiece:
    """A stretch of a line in the margin."""

    text: str
    style: MarginStyle = "plain"
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the print: a line of text with what is beside it, or a line of the margin that got no text beside it."""

    number: int
    """From 1; 0 where the margin runs on below the text."""
    margin: tuple[MarginPiece, ...] = ()


def lines_of(text: str, turns: Sequence[PrintedTurn]) -> tuple[Line, ...]:
    """The printed lines of a text, empty ones left out. A turn begins on a line of its own."""
    by_start = {turn.label_start: turn for turn in turns}
    bounds = sorted({0, len(text), *by_start, *(place + 1 for place, letter in enumerate(text) if letter == "\n")})
    lines: list[Line] = []
    turn: PrintedTurn | None = None
    told = 0
    for start, end in pairwise(bounds):
        if start in by_start:
            turn = by_start[start]
        elif turn is not None and start >= turn.end:
            turn = None
        stretch = text[start:end]
        begin, stop = start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        if begin >= stop:
            continue
        label_end = max(begin, min(stop, turn.start)) if turn else begin
        for first, last in broken(text, begin, stop, _ROOM):
            opens = first == begin
            number = turn.number if turn and opens and turn.number != told else 0
            told = number or told
            lines.append(
                Line(
                    start=first,
                    end=first + len(text[first:last].rstrip()),
                    label_end=max(first, min(last, label_end)),
                    turn=number,
                    opens=opens,
                    asking=turn is not None and turn.asking,
                )
            )
    return tuple(lines)


def line_at(lines: Sequence[Line], offset: int) -> int:
    """Index of the line that holds the offset, or of the one before it where it stands between lines."""
    return max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)


def lines_spanned(lines: Sequence[Line], text: str, start: int, end: int) -> tuple[int, int]:
    """Numbers, from 1, of the first and last printed line of a span's words."""
    begin, stop = _words(text, start, end)
    return line_at(lines, begin) + 1, line_at(lines, stop - 1) + 1


def marks_of(source: PrintedSource, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Every coding with a letter that no coding open at the same place has; letters come round again."""
    marks: list[Mark] = []
    open_marks: list[Mark] = []
    for count, coding in enumerate(sorted(source.codings, key=_order)):
        begin, stop = _words(source.text, coding.start, coding.end)
        first, last = line_at(lines, begin), line_at(lines, stop - 1)
        # A letter is free again on the line after its coding's end, so that no line has it twice.
        open_marks = [mark for mark in open_marks if mark.last >= first]
        letter = _letter(count, {mark.letter for mark in open_marks})
        mark = Mark(letter, begin, stop, first, last, coding)
        marks.append(mark)
        open_marks.append(mark)
    return tuple(marks)


def pieces_of(line: Line, text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The line cut where its label ends and where codings begin and end, with their marks between.

    The marks come in the order of `marks_of`.
    """
    here = [mark for mark in marks if mark.start < line.end and mark.end > line.start]
    # Of what begins at one place the longest is first already; of what ends there, what began last comes first.
    begins = [mark for mark in here if mark.start >= line.start]
    ends = sorted((mark for mark in reversed(here) if mark.end <= line.end), key=lambda mark: -mark.start)
    cuts = {line.start, line.end, line.label_end, *(mark.start for mark in begins), *(mark.end for mark in ends)}
    found: list[Piece] = []
    places = sorted(cuts)
    for place, after in zip(places, [*places[1:], line.end], strict=True):
        found += [Piece(f"{mark.letter}]", mark=True) for mark in ends if mark.end == place]
        found += [Piece(f"[{mark.letter}", mark=True) for mark in begins if mark.start == place]
        if after > place:
            colours = tuple(mark.coding.colour for mark in here if mark.start <= place < mark.end)
            found.append(Piece(text[place:after], strong=after <= line.label_end, colours=colours))
    return tuple(found)


def rows_of(lines: Sequence[Line], marks: Iterable[Mark], notes: Iterable[PrintedNote]) -> tuple[Row, ...]:
    """Lines of text with the margin beside them, each label from the line where its coding begins.

    Where labels need more lines than a turn has, the turn is followed by lines without text, so that what is beside it
    does not slip down to the next.
    """
    labels: dict[int, list[tuple[MarginPiece, ...]]] = {}
    for mark in marks:
        labels.setdefault(mark.first, []).extend(_label(mark))
    for note in notes:
        labels.setdefault(line_at(lines, note.start), []).extend(_note(note))
    rows: list[Row] = []
    waiting: deque[tuple[MarginPiece, ...]] = deque()
    for index in range(len(lines)):
        waiting.extend(labels.get(index, ()))
        rows.append(Row(index + 1, waiting.popleft() if waiting else ()))
        last = index + 1 == len(lines)
        if last or (lines[index + 1].opens and len(waiting) > _BACKLOG):
            rows += [Row(0, label) for label in waiting]
            waiting.clear()
    return tuple(rows)


def _order(coding: PrintedCoding) -> tuple[int, int, str, str, str]:
    return coding.start, -coding.end, coding.name, coding.coder, coding.quote_id


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its ends, unless it is nothing else."""
    stretch = text[start:end]
    if not stretch.strip():
        return start, end
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def _letter(count: int, taken: set[str]) -> str:
    for step in range(len(_LETTERS)):
        letter = _LETTERS[(count + step) % len(_LETTERS)]
        if letter not in taken:
            return letter
    letter, number = _LETTERS[count % len(_LETTERS)], 2
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _label(mark: Mark) -> list[tuple[MarginPiece, ...]]:
    coding = mark.coding
    first, last = mark.first + 1, mark.last + 1
    extent = str(first) if first == last else f"{first}–{last}"
    told = [part for part in (extent, coding.quote_id, coding.coder) if part]
    tail = [f"{part}\u00a0·" for part in told[:-1]] + told[-1:]
    words = [MarginPiece(word, "code", coding.colour) for word in coding.name.split()]
    star = [MarginPiece("★")] if coding.star else []
    return _set([MarginPiece(mark.letter, "letter"), *words, *star, *map(MarginPiece, tail)])


def _note(note: PrintedNote) -> list[tuple[MarginPiece, ...]]:
    coder = [MarginPiece(f"({note.coder})")] if note.coder else []
    return _set([MarginPiece(_NOTE, "letter"), *map(MarginPiece, note.text.split()), *coder])


def _set(words: Iterable[MarginPiece]) -> list[tuple[MarginPiece, ...]]:
    """Words in lines of the margin; those after the first are indented. A word wider than the margin stands alone."""
    lines: list[list[MarginPiece]] = [[]]
    used = 0
    for word in words:
        needed = int(width_of(word.text + " ") * (1 if word.style == "plain" else BOLD))
        if lines[-1] and used + needed > _MARGIN_ROOM:
            lines.append([MarginPiece("\u00a0\u00a0")])
            used = width_of("  ")
        before = lines[-1][-1] if lines[-1] else None
        if before is not None and before.style == word.style == "code":
            lines[-1][-1] = MarginPiece(f"{before.text} {word.text}", "code", word.colour)
        else:
            lines[-1].append(word)
        used += needed
    return [tuple(line) for line in lines]

"""Footnotes between the pages, and the markers that the extraction glued to words and numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from corpus.pdf_text.lines import Line
from corpus.pdf_text.markers import FROM_RAISED, RAISED, YEAR_LENGTH, Above, Markers
from corpus.pdf_text.paragraphs import ends_sentence

_BODY = re.compile(r"(\d{1,3})(?:\s+(?=\S)|(?=[A-ZÆØÅ«\"(]|https?:))")
_RAISED_BODY = re.compile(rf"([{RAISED}]{{1,3}})(?![{RAISED}])(?=\s*\S)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LONGEST_LEAP = 6
"""How many numbers may be missing between two footnotes, since pages can have been left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote's text, as lines between those of the running text."""

    number: int
    first: int
    """Index of its first line."""
    last: int
    """One past its last line."""
    marker: tuple[int, int] | None
    """Raw offsets of the marker in the running text that can be cut out."""
    doubt: int | None = None
    """Raw offset of a place a person should look at: a marker that was left, or one cut from a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseLink:
    """Lines with nothing but addresses at the foot of a page: link targets that the extraction repeats."""

    first: int
    last: int


def find_footnotes(text: str, lines: Sequence[Line], taken: frozenset[int]) -> tuple[Footnote, ...]:
    """The footnotes, in order.

    A numbered block at the foot of a page is a footnote when its marker is found in the text above it, or when the
    rule above footnotes stands before it and the page ends after it.

    Args:
        text: the raw text.
        taken: indices of lines that are running headers.
    """
    markers = Markers(text, lines, taken)
    ends: dict[tuple[int, int], int] = {}
    found: list[Footnote] = []
    noted: set[int] = set()
    used: set[int] = set()
    index, previous, page = 0, 0, 0
    while index < len(lines):
        if lines[index].page_top or index in taken:
            page = index + 1 if index in taken else index
        number = _begins(lines, index, found, previous, taken)
        last = _body_end(lines, index, number, taken) if number is not None else index
        place = _place(lines, (index, last), number, taken, found, ends) if number is not None else "elsewhere"
        if number is not None and place != "elsewhere":
            above = Above(first=page, last=index, noted=noted, used=used)
            note = _footnote(markers, (number, index, last), above)
            if note.marker is not None or place == "foot":
                found.append(note if note.marker or note.doubt is not None else replace(note, doubt=lines[index].start))
                noted.update(range(index, last))
                used.update(range(*(note.marker or (0, 0))))
                previous, index = number, last
                continue
        index += 1
    return tuple(found)


def find_loose_links(lines: Sequence[Line], taken: frozenset[int]) -> tuple[LooseLink, ...]:
    """Blocks of nothing but addresses right before a new page.

    Args:
        taken: indices of lines that are running headers or footnotes.
    """
    found: list[LooseLink] = []
    index = 0
    while index < len(lines):
        last = index
        while last < len(lines) and last not in taken and _ADDRESS.fullmatch(lines[last].text):
            if last > index and lines[last].blanks:
                break
            last += 1
        ends_page = last == len(lines) or last in taken or lines[last].page_top
        if last > index and lines[index].blanks and ends_page:
            found.append(LooseLink(first=index, last=last))
        index = max(last, index + 1)
    return tuple(found)


def cut_markers(lines: Sequence[Line], notes: Sequence[Footnote]) -> tuple[Line, ...]:
    """The lines with the markers cut out of what stands on them; their places stay."""
    spans = sorted(note.marker for note in notes if note.marker)
    starts = [start for start, _ in spans]
    cut: list[Line] = []
    for line in lines:
        inside = spans[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        text = line.text
        for start, end in reversed(inside):
            text = text[: start - line.start] + text[end - line.start :]
        cut.append(replace(line, text=text) if inside else line)
    return tuple(cut)


def _number_of(line: Line) -> int | None:
    raised = _RAISED_BODY.match(line.text)
    if raised:
        return int(raised[1].translate(FROM_RAISED))
    match = _BODY.match(line.text)
    return int(match[1]) if match else None


def _begins(
    lines: Sequence[Line], index: int, found: Sequence[Footnote], previous: int, taken: frozenset[int]
) -> int | None:
    """The number of the footnote whose text may begin on this line."""
    line = lines[index]
    if index in taken or line.page_top or index == 0:
        return None
    number = _number_of(line)
    opens_list = not found and line.ruled
    if number is None or not (opens_list or previous < number <= previous + _LONGEST_LEAP or number == 1):
        return None
    follows_another = bool(found) and found[-1].last == index
    closed = ends_sentence(lines[index - 1].text) or index - 1 in taken
    return number if line.blanks or follows_another or closed else None


def _body_end(lines: Sequence[Line], index: int, number: int, taken: frozenset[int]) -> int:
    """One past the last line of the footnote: the page, the block or the next footnote ends it."""
    last = index + 1
    while last < len(lines):
        line = lines[last]
        if line.blanks or line.page_top or last in taken or _number_of(line) == number + 1:
            break
        last += 1
    return last


def _place(
    lines: Sequence[Line],
    span: tuple[int, int],
    number: int,
    taken: frozenset[int],
    found: Sequence[Footnote],
    ends: dict[tuple[int, int], int],
) -> Literal["foot", "likely", "elsewhere"]:
    """Whether the block stands where footnotes do: surely (`foot`), or so that a marker must confirm it (`likely`)."""
    first, last = span
    ruled = lines[first].ruled or (bool(found) and found[-1].last == first)
    after = _row_end(lines, (last, number + 1), taken, ends)
    ends_page = after == len(lines) or lines[after].page_top or after in taken
    if ruled and ends_page:
        return "foot"
    interrupts = after < len(lines) and lines[after].text[:1].islower()
    interrupts = interrupts and not lines[first - 1].text.endswith((".", ":"))
    raised = _RAISED_BODY.match(lines[first].text) is not None
    return "likely" if ruled or ends_page or interrupts or raised else "elsewhere"


def _row_end(
    lines: Sequence[Line], begin: tuple[int, int], taken: frozenset[int], ends: dict[tuple[int, int], int]
) -> int:
    """One past the last line of the footnotes that follow upon each other without a gap.

    Args:
        begin: index of the line where the first of them would begin, and its number.
        ends: what has been found for such places before; each row is walked once.
    """
    walked: list[tuple[int, int]] = []
    after, following = begin
    while (after, following) not in ends:
        over = after == len(lines) or lines[after].blanks or lines[after].page_top or after in taken
        if over or _number_of(lines[after]) != following:
            # A new page's first line may be a heading with the next number.
            ends[after, following] = after
            break
        walked.append((after, following))
        after, following = _body_end(lines, after, following, taken), following + 1
    ends.update(dict.fromkeys(walked, ends[after, following]))
    return ends[after, following]


def _footnote(markers: Markers, place: tuple[int, int, int], above: Above) -> Footnote:
    """The footnote with the one marker that can be meant, where there is one.

    Args:
        place: its number, and the indices of its lines.
    """
    note = Footnote(number=place[0], first=place[1], last=place[2], marker=None)
    raised = [*islice(markers.above("raised", note.number, above), 2)]
    if len(raised) == 1:
        return replace(note, marker=raised[0])
    glued = [
        found for kind in ("letter", "sign", "closed") for found in islice(markers.above(kind, note.number, above), 2)
    ]
    if len(glued) == 1:
        return replace(note, marker=glued[0])
    if glued:
        return replace(note, doubt=glued[0][0])
    on_year = [*islice(markers.above("year", note.number, above), 2)]
    if len(on_year) == 1:
        start, end = on_year[0]
        return replace(note, marker=(start + YEAR_LENGTH, end), doubt=start + YEAR_LENGTH)
    # A date such as 7.10.1917 may be the year 1917 or the year 19 with a marker: it is left as it stands.
    dated = deque(markers.above("dated", note.number, above), maxlen=1)
    return replace(note, doubt=dated[0][0] if dated else None)

"""Footnotes between the pages, and the markers that the extraction glued to words and numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from corpus.pdf_text.lines import Line

_BODY = re.compile(r"(\d{1,3})(?:\s+(?=\S)|(?=[A-ZÆØÅ«\"(]|https?:))")
_RAISED_BODY = re.compile(r"([⁰¹²³⁴-⁹]+)(?=\s*\S)")
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ABBREVIATED = re.compile(
    r"\b(?:\w|prop|kap|nr|art|pkt|tab|fig|meld|innst|dok|mfl|jfr?|ca|vol|ref|ibid|st|ot|nos)\.$", re.I
)
"""A number after an abbreviation belongs to it (Prop.15 S)."""
_YEAR_LENGTH = 4
_REACH = 8000
"""How far above its text a footnote's marker is looked for at most, in characters."""
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
    years = frozenset(match[0] for match in _YEAR.finditer(text))
    found: list[Footnote] = []
    noted: set[int] = set()
    used: set[int] = set()
    index, previous, page = 0, 0, 0
    while index < len(lines):
        if lines[index].page_top or index in taken:
            page = index + 1 if index in taken else index
        number = _begins(lines, index, found, previous, taken)
        last = _body_end(lines, index, number, taken) if number is not None else index
        place = _place(lines, (index, last), number, taken, found) if number is not None else "elsewhere"
        if number is not None and place != "elsewhere":
            above = _above(lines, page, index, lambda near: near in taken or near in noted)
            note = _footnote(above, (number, index, last), years, used)
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


def _above(lines: Sequence[Line], page: int, index: int, lifted: Callable[[int], bool]) -> list[Line]:
    """The running text of the page above a line, as far up as a marker is looked for."""
    above: list[Line] = []
    for near in range(index - 1, page - 1, -1):
        if lines[near].start < lines[index].start - _REACH:
            break
        if not lifted(near):
            above.append(lines[near])
    return above[::-1]


def _number_of(line: Line) -> int | None:
    raised = _RAISED_BODY.match(line.text)
    if raised:
        return int(raised[1].translate(_FROM_RAISED))
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
    return number if line.blanks or follows_another else None


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
    lines: Sequence[Line], span: tuple[int, int], number: int, taken: frozenset[int], found: Sequence[Footnote]
) -> Literal["foot", "likely", "elsewhere"]:
    """Whether the block stands where footnotes do: surely (`foot`), or so that a marker must confirm it (`likely`)."""
    first, last = span
    ruled = lines[first].ruled or (bool(found) and found[-1].last == first)
    after, following = last, number + 1
    while after < len(lines) and not lines[after].blanks and after not in taken:
        if _number_of(lines[after]) != following:
            break
        after, following = _body_end(lines, after, following, taken), following + 1
    ends_page = after == len(lines) or lines[after].page_top or after in taken
    if ruled and ends_page:
        return "foot"
    interrupts = after < len(lines) and lines[after].text[:1].islower()
    interrupts = interrupts and not lines[first - 1].text.endswith((".", ":"))
    raised = _RAISED_BODY.match(lines[first].text) is not None
    return "likely" if ruled or ends_page or interrupts or raised else "elsewhere"


def _footnote(above: Sequence[Line], place: tuple[int, int, int], years: frozenset[str], used: Set[int]) -> Footnote:
    """The footnote with the one marker that can be meant, where there is one.

    Args:
        above: the running text of the page above it.
        place: its number, and the indices of its lines.
        years: the years that stand in the text.
        used: raw offsets of other footnotes' markers.
    """
    note = Footnote(number=place[0], first=place[1], last=place[2], marker=None)
    number = note.number
    raised = [*_places(rf"(?<=\S){str(number).translate(_TO_RAISED)}(?![⁰¹²³⁴-⁹])", above, used)]
    if len(raised) == 1:
        return replace(note, marker=raised[0])
    glued = [
        *_places(rf"(?<=[^\W\d_]){number}(?!\w|[-–/]\w)", above, used),
        *_places(rf"(?<=[^\d\s][.,;)»”\"!?]){number}(?!\d|[.,]\d|[-–/]\w)", above, used),
        *_places(rf"(?<=\d[)»”\"]){number}(?!\d)", above, used),
    ]
    if len(glued) == 1:
        return replace(note, marker=glued[0])
    if glued:
        return replace(note, doubt=glued[0][0])
    year = "|".join(sorted(years)) or "(?!)"
    on_year = [*_places(rf"(?<![\d.,])(?:{year}){number}(?!\d|[.,]\d)", above, used)]
    if len(on_year) == 1:
        start, end = on_year[0]
        return replace(note, marker=(start + _YEAR_LENGTH, end), doubt=start + _YEAR_LENGTH)
    # A date such as 7.10.1917 may be the year 1917 or the year 19 with a marker: it is left as it stands.
    dated = [*_places(rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}{number}(?!\d)|(?<!\d)\d+{number}(?!\d)", above, used)]
    return replace(note, doubt=dated[-1][0] if dated else None)


def _places(pattern: str, above: Sequence[Line], used: Set[int]) -> Iterator[tuple[int, int]]:
    """Raw offsets of what matches in the lines, outside addresses and after no abbreviation."""
    compiled = re.compile(pattern)
    for line in above:
        addresses = [match.span() for match in _ADDRESS.finditer(line.text)]
        for match in compiled.finditer(line.text):
            start, end = line.start + match.start(), line.start + match.end()
            in_address = any(first <= match.start() < last for first, last in addresses)
            free = not in_address and used.isdisjoint(range(start, end))
            if free and not _ABBREVIATED.search(line.text[: match.start()]):
                yield start, end

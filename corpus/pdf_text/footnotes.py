"""Footnotes between the pages, and the markers that the extraction glued to words and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    index, previous, page = 0, 0, 0
    while index < len(lines):
        if lines[index].page_top or index in taken:
            page = index + 1 if index in taken else index
        number = _begins(lines, index, found, previous, taken)
        last = _body_end(lines, index, number, taken) if number is not None else index
        if number is not None:
            top = max(lines[page].start, lines[index].start - _REACH) if page < len(lines) else 0
            note = _footnote(text, lines, (number, index, last), top, years)
            if _stands_apart(lines, note, taken, found):
                found.append(note if note.marker or note.doubt is not None else replace(note, doubt=lines[index].start))
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
    spans = [note.marker for note in notes if note.marker]
    cut: list[Line] = []
    for line in lines:
        inside = [(start, end) for start, end in spans if line.start <= start < line.end]
        text = line.text
        for start, end in sorted(inside, reverse=True):
            text = text[: start - line.start] + text[end - line.start :]
        cut.append(replace(line, text=text) if inside else line)
    return tuple(cut)


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
    if number is None or not (previous < number <= previous + _LONGEST_LEAP or number == 1):
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


def _stands_apart(lines: Sequence[Line], note: Footnote, taken: frozenset[int], found: Sequence[Footnote]) -> bool:
    """Whether the block's place is that of a footnote; one whose marker is known needs fewer signs."""
    ruled = lines[note.first].ruled or (bool(found) and found[-1].last == note.first)
    last, number = note.last, note.number
    while last < len(lines) and not lines[last].blanks and last not in taken and _number_of(lines[last]) == number + 1:
        last, number = _body_end(lines, last, number + 1, taken), number + 1
    ends_page = last == len(lines) or lines[last].page_top or last in taken
    if note.marker is None:
        return ruled and ends_page
    above = lines[note.first - 1].text
    interrupts = last < len(lines) and lines[last].text[:1].islower() and not above.endswith((".", ":"))
    return ruled or ends_page or interrupts or _RAISED_BODY.match(lines[note.first].text) is not None


def _footnote(
    text: str, lines: Sequence[Line], place: tuple[int, int, int], top: int, years: frozenset[str]
) -> Footnote:
    """The footnote with the one marker that can be meant, where there is one."""
    number, first, last = place
    end = lines[first].start
    raised = _single(rf"(?<=\S){str(number).translate(_TO_RAISED)}(?![⁰¹²³⁴-⁹])", text, top, end)
    glued = [
        *_places(rf"(?<=[^\W\d_]){number}(?!\w|[-–/]\w)", text, top, end),
        *_places(rf"(?<=[^\d\s][.,;)»”\"!?]){number}(?!\d|[.,]\d|[-–/]\w)", text, top, end),
        *_places(rf"(?<=\d[)»”\"]){number}(?!\d)", text, top, end),
    ]
    glued = [place for place in glued if not _ABBREVIATED.search(text, max(top, place[0] - 12), place[0])]
    if raised is not None:
        return Footnote(number=number, first=first, last=last, marker=raised)
    if len(glued) == 1:
        return Footnote(number=number, first=first, last=last, marker=glued[0])
    if glued:
        return Footnote(number=number, first=first, last=last, marker=None, doubt=glued[0][0])
    on_year = [
        place
        for place in _places(rf"(?<![\d.,])((?:19|20)\d\d){number}(?!\d|[.,]\d)", text, top, end)
        if text[place[0] : place[0] + 4] in years
    ]
    if len(on_year) == 1:
        start = on_year[0][0] + 4
        return Footnote(number=number, first=first, last=last, marker=(start, on_year[0][1]), doubt=start)
    # A date such as 7.10.1917 may be the year 1917 or the year 19 with a marker: it is left as it stands.
    dated = _places(rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}{number}(?!\d)|(?<!\d)\d+{number}(?!\d)", text, top, end)
    doubt = dated[-1][0] if dated else None
    return Footnote(number=number, first=first, last=last, marker=None, doubt=doubt)


def _places(pattern: str, text: str, top: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in re.compile(pattern).finditer(text, top, end)]


def _single(pattern: str, text: str, top: int, end: int) -> tuple[int, int] | None:
    places = _places(pattern, text, top, end)
    return places[0] if len(places) == 1 else None

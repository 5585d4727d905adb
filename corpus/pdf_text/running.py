"""Running headers and page numbers that the extraction left between two pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.pdf_text.lines import Line

_NUMBER = re.compile(r"(?:[-–]\s*)?(\d{1,4})(?:\s*[-–])?")
_PAGE_OF = re.compile(r"(?P<head>.*?)\b(?:side|page|s\.)\s*(?P<number>\d{1,4})(?:\s*(?:av|of|/)\s*\d{1,4})?", re.I)
_HEADED = (
    re.compile(r"(?P<head>.*[^\W\d].*?)[\s|–—-]+(?P<number>\d{1,4})"),
    re.compile(r"(?P<number>\d{1,4})[\s|–—-]+(?P<head>.*[^\W\d].*)"),
)
_COUNTED = re.compile(
    r"(?:tabell|figur|boks|vedlegg|kapittel|kap|del|trinn|fase|spørsmål|tema|case|kasus|sak|møte|dag|uke|år|gruppe|fokusgruppe"
    r"|\w*intervju|informant|deltak[ea]r|respondent|lyd\w*|opptak|samtale|notat|logg|punkt|mål|tiltak|\w*skjema)\b",
    re.I,
)
"""How lines begin that count something else than pages."""
_SHORTEST_HEAD = 6
_PAGES_A_HEAD = 4
"""A head stands on one page in this many at least: left and right pages may have their own, and some none."""
_CELL = re.compile(r"%|\bN/A\b|^Tabell\b|^Figur\b|[.!?:;,]$")
_HEADER_LENGTH = 80
_PAGE_LENGTH = (300, 8000)
"""The fewest and most characters that a page can plausibly hold."""
_SHORTEST_CHAIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Lines between two pages that are no part of the text."""

    first: int
    """Index of its first line."""
    last: int
    """One past its last line."""
    number: int | None
    header: str
    """Empty when only a page number stood there."""
    doubtful: bool = False
    """True when nothing else in the text confirms it."""


def find_running(lines: Sequence[Line]) -> tuple[Running, ...]:
    """The running headers and page numbers, in order and without overlap.

    A page number counts when it stands with a header apart from the text, or when it carries on a row of page numbers.
    """
    numbers = {index: number for index, line in enumerate(lines) if (number := page_number(line)) is not None}
    chained = _chained(lines, numbers)
    repeated = _repeated_neighbours(lines, chained)
    found: list[Running] = []
    for index, number in numbers.items():
        if index in chained:
            found.append(_with_neighbours(lines, index, number, repeated))
        elif (first := _header_above(lines, index)) is not None and _plausible(lines[index], number):
            header = " ".join(line.text for line in lines[first:index])
            found.append(Running(first=first, last=index + 1, number=number, header=header))
    taken = {item.first for item in found}
    found += [item for item in _headed(lines) if item.first not in taken]
    found = _increasing(sorted(found, key=lambda item: item.first)) + _page_of(lines)
    return _confirmed(_without_overlap(found))


def page_number(line: Line) -> int | None:
    """The number, where nothing else stands on the line."""
    match = _NUMBER.fullmatch(line.text)
    return int(match[1]) if match else None


def _set_apart_after(lines: Sequence[Line], index: int) -> bool:
    return index + 1 == len(lines) or lines[index + 1].blanks > 0 or lines[index + 1].page_top


def _plausible(line: Line, number: int) -> bool:
    return number > 0 and _PAGE_LENGTH[0] <= line.start / number <= _PAGE_LENGTH[1]


def _header_above(lines: Sequence[Line], index: int) -> int | None:
    """Index of the first line of a header of one or two short lines above the page number, well apart from the text."""
    if index == 0 or not _set_apart_after(lines, index) or lines[index].blanks > 1:
        return None
    for first in (index - 1, index - 2):
        if first < 0 or not _header_like(lines[first]):
            return None
        if lines[first].blanks >= 2:
            return first
        if lines[first].blanks:
            return None
    return None


def _header_like(line: Line) -> bool:
    return len(line.text) <= _HEADER_LENGTH and not _CELL.search(line.text) and any(c.isalpha() for c in line.text)


def _chained(lines: Sequence[Line], numbers: Mapping[int, int]) -> frozenset[int]:
    """Indices of lone numbers that follow one upon another at the distance of a page."""
    lone = [index for index in numbers if _lone(lines, index)]
    before: dict[int, int] = {}
    length: dict[int, int] = {}
    with_number: defaultdict[int, list[int]] = defaultdict(list)
    for index in lone:
        length[index] = 1
        for earlier in reversed(with_number[numbers[index] - 1]):
            distance = lines[index].start - lines[earlier].start
            if distance > _PAGE_LENGTH[1]:
                break
            if distance >= _PAGE_LENGTH[0] and length[earlier] + 1 > length[index]:
                before[index], length[index] = earlier, length[earlier] + 1
        with_number[numbers[index]].append(index)
    chained: set[int] = set()
    for index in lone:
        if length[index] >= _SHORTEST_CHAIN:
            step: int | None = index
            while step is not None:
                chained.add(step)
                step = before.get(step)
    return frozenset(chained)


def _lone(lines: Sequence[Line], index: int) -> bool:
    """Whether a page number stands apart from the text, alone or with one header line right below it."""
    if not (lines[index].blanks or lines[index].page_top or index == 0):
        return False
    with_header = index + 1 < len(lines) and _header_like(lines[index + 1]) and _set_apart_after(lines, index + 1)
    return _set_apart_after(lines, index) or with_header


def _neighbours(lines: Sequence[Line], index: int) -> tuple[int, ...]:
    """Indices of the lines right above and below a page number that could be a header."""
    above = index - 1 if index > 0 and lines[index].blanks <= 1 else None
    below = index + 1 if index + 1 < len(lines) and lines[index + 1].blanks <= 1 else None
    return tuple(near for near in (above, below) if near is not None and _header_like(lines[near]))


def _repeated_neighbours(lines: Sequence[Line], chained: frozenset[int]) -> frozenset[str]:
    counts = Counter(lines[near].text for index in chained for near in _neighbours(lines, index))
    return frozenset(text for text, count in counts.items() if count >= 2)


def _with_neighbours(lines: Sequence[Line], index: int, number: int, repeated: frozenset[str]) -> Running:
    headers = [near for near in _neighbours(lines, index) if lines[near].text in repeated]
    covered = [*headers, index]
    return Running(
        first=min(covered),
        last=max(covered) + 1,
        number=number,
        header=" ".join(lines[near].text for near in headers),
    )


def _headed(lines: Sequence[Line]) -> list[Running]:
    """Lines with the same words and a number that rises by the page, such as «Rapport 2026:4 17»."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) > _HEADER_LENGTH or not (line.blanks or line.page_top or _set_apart_after(lines, index)):
            continue
        for pattern in _HEADED:
            match = pattern.fullmatch(line.text)
            head = " ".join(match["head"].split()).casefold() if match else ""
            if match and len(head) >= _SHORTEST_HEAD and not _COUNTED.match(head):
                places[head].append((index, int(match["number"])))
    found: list[Running] = []
    for head, pages in places.items():
        chain = _paged(lines, pages)
        if len(chain) >= _SHORTEST_CHAIN and _regular(chain, pages):
            found += [Running(first=index, last=index + 1, number=number, header=head) for index, number in chain]
    return found


def _regular(chain: Sequence[tuple[int, int]], pages: Sequence[tuple[int, int]]) -> bool:
    """Whether a head stands on so many of its pages, and so seldom elsewhere, that it is one."""
    span = chain[-1][1] - chain[0][1] + 1
    return _PAGES_A_HEAD * len(chain) >= span and 3 * len(chain) >= 2 * len(pages)


def _paged(lines: Sequence[Line], pages: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of numbers each of which follows upon the one before it at the distance of as many pages."""
    rows: list[list[tuple[int, int]]] = []
    for index, number in pages:
        for row in rows:
            before, last = row[-1]
            step = number - last
            if step > 0 and _PAGE_LENGTH[0] <= (lines[index].start - lines[before].start) / step <= _PAGE_LENGTH[1]:
                row.append((index, number))
                break
        else:
            rows.append([(index, number)])
    return max(rows, key=len, default=[])


def _page_of(lines: Sequence[Line]) -> list[Running]:
    """Lines such as «Rapport side 4 av 12», where at least two of them count upwards."""
    found = []
    for index, line in enumerate(lines):
        match = _PAGE_OF.fullmatch(line.text) if len(line.text) <= _HEADER_LENGTH else None
        if match and (line.blanks or line.page_top) and _set_apart_after(lines, index):
            header = line.text[: match.start("number")].strip()
            found.append(Running(first=index, last=index + 1, number=int(match["number"]), header=header))
    rising = _increasing(found)
    return rising if len(rising) >= 2 else []


def _increasing(found: Sequence[Running]) -> list[Running]:
    """The longest run of page numbers that rise through the text."""
    numbers = [item.number or 0 for item in found]
    before: list[int | None] = []
    ends: list[list[int]] = []
    """For each length, the items that end a run of no greater length; their numbers never rise."""
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number, key=lambda level: numbers[level[-1]])
        if length == len(ends):
            ends.append([])
        above = ends[length - 1] if length else []
        first = bisect_right(above, -number, key=lambda earlier: -numbers[earlier])
        before.append(above[first] if above else None)
        ends[length].append(index)
    rising: list[Running] = []
    step = ends[-1][0] if ends else None
    while step is not None:
        rising.append(found[step])
        step = before[step]
    return rising[::-1]


def _without_overlap(found: Sequence[Running]) -> list[Running]:
    kept: list[Running] = []
    for item in sorted(found, key=lambda running: (running.first, -running.last)):
        if not kept or item.first >= kept[-1].last:
            kept.append(item)
    return kept


def _confirmed(found: Sequence[Running]) -> tuple[Running, ...]:
    """Marks as doubtful every header that nothing repeats."""
    counts = Counter(item.header for item in found)
    return tuple(replace(item, doubtful=bool(item.header) and counts[item.header] == 1) for item in found)

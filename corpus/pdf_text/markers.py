"""Where in the running text a footnote's number stands, raised or glued to what is before it.

The figures of a text are gone through once, so that a text with thousands of numbered lines costs no more than its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal, NamedTuple

from corpus.pdf_text.lines import Line

LONGEST_NUMBER = 3
"""Figures of a footnote's number."""
RAISED = "⁰¹²³⁴-⁹"
"""Raised figures, as they stand in a set of a pattern."""
FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
YEAR_LENGTH = 4
_REACH = 8000
"""How far above its text a footnote's marker is looked for at most, in characters."""

Kind = Literal["raised", "letter", "sign", "closed", "year", "dated"]

_FIGURES = re.compile(rf"\d+|[{RAISED}]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ABBREVIATED = re.compile(
    r"\b(?:\w|prop|kap|nr|art|pkt|tab|fig|meld|innst|dok|mfl|jfr?|ca|vol|ref|ibid|st|ot|nos)\.$", re.I
)
"""A number after an abbreviation belongs to it (Prop.15 S)."""
_LONGEST_ABBREVIATION = 8
_DAY_AND_MONTH = re.compile(r"\d{1,2}\.\d{1,2}\.$")
_LONGEST_DAY_AND_MONTH = 6
_AFTER_LETTER = re.compile(r"(?<=[^\W\d_])\d+(?!\w|[-–/]\w)")
_AFTER_SIGN = re.compile(r"(?<=[^\d\s][.,;)»”\"!?])\d+(?!\d|[.,]\d|[-–/]\w)")
_AFTER_CLOSED = re.compile(r"(?<=\d[)»”\"])\d+(?!\d)")
_NO_DECIMAL = re.compile(r"(?!\d|[.,]\d)")


class _Place(NamedTuple):
    line: int
    start: int
    """Offset in the raw text."""
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """Where above a footnote its marker may stand."""

    first: int
    """Index of the first line of its page."""
    last: int
    """Index of its own first line."""
    noted: Container[int]
    """Indices of lines that belong to other footnotes."""
    used: Set[int]
    """Raw offsets of other footnotes' markers."""


class Markers:
    """The places where a number may be a footnote's marker, by the number."""

    def __init__(self, text: str, lines: Sequence[Line], taken: Container[int]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]
        self._years = frozenset(match[0] for match in _YEAR.finditer(text))
        self._found: dict[tuple[Kind, int], list[_Place]] = {}
        self._runs: dict[str, list[_Place]] = {}
        """Every run of figures by each of its last figures, up to the length of a number."""
        for index, line in enumerate(lines):
            if index not in taken:
                self._note_runs(index, line)

    def above(self, kind: Kind, number: int, above: Above) -> Iterator[tuple[int, int]]:
        """Raw offsets of the places of a kind, in order, that no other footnote has."""
        known = self._places(kind, number)
        first = max(above.first, bisect_left(self._starts, self._starts[above.last] - _REACH))
        for place in known[bisect_left(known, (first,)) : bisect_left(known, (above.last,))]:
            if place.line not in above.noted and above.used.isdisjoint(range(place.start, place.end)):
                yield place.start, place.end

    def _note_runs(self, index: int, line: Line) -> None:
        addresses = [match.span() for match in _ADDRESS.finditer(line.text)]
        ends = [end for _start, end in addresses]
        for match in _FIGURES.finditer(line.text):
            nearest = bisect_left(ends, match.end())
            if nearest == len(addresses) or match.start() < addresses[nearest][0]:
                place = _Place(index, match.start(), match.end())
                figures = match[0][-LONGEST_NUMBER:]
                for begin in range(len(figures)):
                    self._runs.setdefault(figures[begin:], []).append(place)

    def _places(self, kind: Kind, number: int) -> list[_Place]:
        """Every place of a kind in the text, outside addresses and after no abbreviation."""
        if (kind, number) not in self._found:
            self._found[kind, number] = list(self._told(kind, str(number)))
        return self._found[kind, number]

    def _told(self, kind: Kind, number: str) -> Iterator[_Place]:
        figures = number.translate({value: key for key, value in FROM_RAISED.items()}) if kind == "raised" else number
        for run in self._runs.get(figures, ()):
            line = self._lines[run.line]
            start = self._start(kind, line.text, run, run.end - len(number))
            if start is None or _ABBREVIATED.search(line.text[max(0, start - _LONGEST_ABBREVIATION) : start]):
                continue
            yield _Place(run.line, line.start + start, line.start + run.end)

    def _start(self, kind: Kind, words: str, run: _Place, at: int) -> int | None:
        """Where on its line a place of the kind begins, when the figures from `at` on are the number; else None."""
        glued = _GLUED.get(kind)
        if glued is not None:
            return at if glued.match(words, at) else None
        if kind == "raised":
            return at if words[at - 1 : at].strip() else None
        if kind == "year":
            year = at - YEAR_LENGTH
            alone = year == run.start and words[max(0, year - 1) : year] not in (".", ",")
            known = alone and words[year:at] in self._years
            return year if known and _NO_DECIMAL.match(words, run.end) else None
        if at == run.start:
            return None
        before = _DAY_AND_MONTH.search(words[max(0, run.start - _LONGEST_DAY_AND_MONTH) : run.start])
        return run.start - len(before[0]) if before and 2 <= at - run.start <= YEAR_LENGTH else run.start


_GLUED: dict[str, re.Pattern[str]] = {"letter": _AFTER_LETTER, "sign": _AFTER_SIGN, "closed": _AFTER_CLOSED}

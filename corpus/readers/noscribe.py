"""The times that noScribe keeps in its pages without showing them: `<a name="ts_1230_4560_S00">` around what is said.

Whether a page shows times is a choice made when it is transcribed, and the names in it may have been written over; the
anchors stay, in milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

import regex

from corpus.model import ReadOptions, Turn
from corpus.shapes import Layout, Opening
from corpus.text import normalise
from corpus.turns import Parsed, parse, parsed_at

_ANCHOR = regex.compile(r"ts_(?P<start>\d{1,9})_(?P<end>\d{1,9})_.{0,80}")
_BLANK = regex.compile(r"[\s\ud800-\ud802]+")


class Anchor(NamedTuple):
    """A stretch of a page's pieces with its times."""

    first: int
    last: int
    start_ms: int
    end_ms: int


class _Placed(NamedTuple):
    """An anchor in the stored text."""

    start: int
    start_ms: int
    end_ms: int


def timed_anchor(name: str, first: int, last: int) -> list[Anchor]:
    """The anchor of that name around the pieces from `first` to `last`, or none where the name tells of no times."""
    match = _ANCHOR.fullmatch(name)
    times = (int(match["start"]), int(match["end"])) if match else (0, -1)
    return [Anchor(first, last, *times)] if times[0] <= times[1] else []


def parse_page(text: str, pieces: Sequence[str], anchors: Sequence[Anchor], options: ReadOptions) -> Parsed:
    """The turns of a page with anchors, at their exact times; where nobody is named, each line with an anchor is one.

    Args:
        text: the page as it is stored.
        pieces: what the text was put together from; the two differ in nothing but blanks.
    """
    placed = sorted(_placed(text, pieces, anchors))
    parsed = parse(text, options)
    if not any(turn.speaker for turn in parsed.turns):
        lines: dict[int, Opening] = {}
        for anchor in placed:
            start = text.rfind("\n", 0, anchor.start) + 1
            lines.setdefault(start, Opening(start, "", start, anchor.start_ms, None, True))
        parsed = parsed_at(text, Layout(tuple(lines.values())), options)
    starts = [anchor.start for anchor in placed]
    return parsed._replace(turns=tuple(_timed(turn, placed, starts) for turn in parsed.turns))


def _timed(turn: Turn, placed: Sequence[_Placed], starts: Sequence[int]) -> Turn:
    own = placed[bisect_left(starts, turn.label_start) : bisect_left(starts, turn.end)]
    return replace(turn, start_ms=own[0].start_ms, end_ms=max(own[0].start_ms, own[-1].end_ms)) if own else turn


def _placed(text: str, pieces: Sequence[str], anchors: Iterable[Anchor]) -> Iterable[_Placed]:
    """The anchors that have something in them, by the letters before them, since blanks may have been taken away."""
    letters = [place for place, character in enumerate(text) if not character.isspace()]
    before = [0, *accumulate(len(_BLANK.sub("", normalise(piece))) for piece in pieces)]
    for anchor in anchors:
        first = before[anchor.first]
        if first < before[anchor.last] and first < len(letters):
            yield _Placed(letters[first], anchor.start_ms, anchor.end_ms)

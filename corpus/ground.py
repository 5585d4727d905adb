"""Two versions of a text laid upon each other: what was kept, what was replaced, and which words are in both only once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from corpus.alignment import Link, Piece
from corpus.edits import EditMap

Side = Literal["start", "end"]

LARGE = 6
"""A replaced stretch of so many characters is no slip of the fingers."""
_OFTEN = 5
"""A change made so often before what a speaker says is one of form."""
_WORD = 3
_LABEL = 100
_LABELLED = re.compile(r"[^\n]{0,60}?(?::(?=\s)|>)")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Two texts and what is known of how one became the other."""

    old: str
    new: str
    pieces: list[Piece]
    """What was replaced, in order; no two touch."""
    old_starts: list[int]
    old_ends: list[int]
    replaced: list[int]
    """How many characters of the old text the pieces before each piece replaced."""
    of_form: frozenset[Piece]
    """Those of the pieces that are one of many alike at the head of a line: labels renamed, time stamps put in or taken out."""
    links: list[int]
    """Where the words linked by the map begin in the old text."""


def ground(old: str, new: str, edit_map: EditMap, links: Iterable[Link] = ()) -> Ground:
    """The two texts by an exact map; links that the map does not agree with are left out."""
    pieces = _pieces(edit_map)
    ends = [piece[1] for piece in pieces]
    kept = []
    for start, new_start, length in links:
        index = bisect_right(ends, start)
        shift = pieces[index - 1][3] - pieces[index - 1][1] if index else 0
        if start + shift == new_start and (index == len(pieces) or pieces[index][0] >= start + length):
            kept.append(start)
    return Ground(
        old=old,
        new=new,
        pieces=pieces,
        old_starts=[piece[0] for piece in pieces],
        old_ends=ends,
        replaced=[0, *accumulate(piece[1] - piece[0] for piece in pieces)],
        of_form=_of_form(old, new, pieces),
        links=kept,
    )


def size(piece: Piece) -> int:
    """The longer of what was taken out and what was put in."""
    return max(piece[1] - piece[0], piece[3] - piece[2])


def is_large(piece: Piece) -> bool:
    """Whether a piece is no slip."""
    return size(piece) >= LARGE


def is_whole(ground: Ground, piece: Piece) -> bool:
    """Whether a piece was changed as a whole, and is no slip among other slips."""
    return is_large(piece) or piece in ground.of_form


def around(ground: Ground, low: int, high: int) -> Sequence[Piece]:
    """Pieces that touch `old[low:high]`, also those that only end or begin there."""
    return ground.pieces[bisect_left(ground.old_ends, low) : bisect_right(ground.old_starts, high)]


def carried(ground: Ground, border: int, side: Side) -> int | None:
    """Where the map puts a border; none if it lies inside a replaced stretch.

    What was added exactly at a border lies outside the span, what its first or last characters were replaced by inside.
    """
    piece = next(iter(around(ground, border, border)), None)
    if piece is None:
        return shifted(ground, border)
    start, end, new_start, new_end = piece
    if start == end:
        return new_end if side == "start" else new_start
    if border == start:
        return new_start
    return new_end if border == end else None


def shifted(ground: Ground, offset: int) -> int:
    """The place of an offset that no piece touches."""
    index = bisect_left(ground.old_ends, offset)
    last = ground.pieces[index - 1] if index else (0, 0, 0, 0)
    return offset + last[3] - last[1]


def kept_between(ground: Ground, start: int, end: int) -> int:
    """How many characters of `old[start:end]` no piece replaced."""
    return end - start - (_replaced_before(ground, end) - _replaced_before(ground, start))


def _replaced_before(ground: Ground, offset: int) -> int:
    index = bisect_left(ground.old_starts, offset)
    return ground.replaced[index] - max(0, ground.old_ends[index - 1] - offset) if index else 0


def _pieces(edit_map: EditMap) -> list[Piece]:
    """The map's pieces with their places in the new text, those that touch made one."""
    found: list[Piece] = []
    shift = 0
    for start, end, length in edit_map.pieces:
        piece = (start, end, start + shift, start + shift + length)
        shift += length - (end - start)
        if found and found[-1][1] == start:
            last = found.pop()
            piece = (last[0], end, last[2], piece[3])
        found.append(piece)
    return found


def _of_form(old: str, new: str, pieces: Sequence[Piece]) -> frozenset[Piece]:
    changes = {
        piece: (_DIGIT.sub("0", old[piece[0] : piece[1]]), _DIGIT.sub("0", new[piece[2] : piece[3]]))
        for piece in pieces
        if _WORD <= size(piece) <= _LABEL and _is_before_speech(new, piece)
    }
    often = Counter(changes.values())
    return frozenset(piece for piece, change in changes.items() if often[change] >= _OFTEN)


def _is_before_speech(new: str, piece: Piece) -> bool:
    """Whether a change lies in what stands at the head of a line before a speaker's words: a label, a time stamp."""
    start, end = piece[2:]
    line = new.rfind("\n", 0, start) + 1
    head = new[line:end] + new[end : end + _LABEL].partition("\n")[0]
    label = _LABELLED.match(head)
    return label is not None and end <= line + label.end()

"""Times from points that tie a transcript to its recording, as times of turns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.model import Turn
from corpus.turns import parse_turns
from exports.interchange.model import SourceItem
from exports.interchange.refi.offsets import placer

Sync = tuple[int, int]
"""(code point of the text, milliseconds of the recording)."""


def with_times(source: SourceItem, points: Sequence[Sync]) -> tuple[SourceItem, int]:
    """(the source with turns that have times, how many of the points found a place).

    Where somebody is named, a point counts when it stands between a turn's label and its words. Where nobody is, the
    stretches between the points are the turns.
    """
    ordered = sorted({point for point in points if 0 <= point[0] <= len(source.text) and point[1] >= 0})
    if not ordered:
        return source, 0
    turns = _turns(source.text)
    timed, used = _labelled(turns, ordered) if turns else _stretches(source.text, ordered)
    return (replace(source, turns=timed), used) if used else (source, 0)


def counted(text: str, positions: Sequence[int]) -> list[int]:
    """Positions as code points of the text, where CRLF may have been counted as one: most points are at a line's start."""
    if "\r\n" not in text:
        return list(positions)
    place = placer(text, "crlf")
    as_one = [found[0] if (found := place(position, position)) else position for position in positions]
    starts = {0, *(match.end() for match in re.finditer("\n", text))}
    return as_one if _hits(as_one, starts) >= _hits(positions, starts) else list(positions)


def _hits(positions: Sequence[int], starts: set[int]) -> int:
    return sum(position in starts for position in positions)


def _turns(text: str) -> list[Turn]:
    """The turns that labels tell of, at their places in a text that may have CRLF."""
    turns = parse_turns(text.replace("\r\n", "\n"))[0]
    place = placer(text, "crlf")
    found = []
    for turn in turns:
        label, span = place(turn.label_start, turn.label_start), place(turn.start, turn.end)
        if label is not None and span is not None:
            found.append(replace(turn, label_start=label[0], start=span[0], end=span[1]))
    return found


def _labelled(turns: Sequence[Turn], points: Sequence[Sync]) -> tuple[tuple[Turn, ...], int]:
    places = [place for place, _time in points]
    timed, used = [], 0
    for turn in turns:
        index = bisect_left(places, turn.label_start)
        if turn.start_ms is None and index < len(points) and places[index] <= turn.start:
            used += 1
            after = bisect_left(places, turn.end)
            end = points[after][1] if after < len(points) and points[after][1] >= points[index][1] else None
            timed.append(replace(turn, start_ms=points[index][1], end_ms=end))
        else:
            timed.append(turn)
    return tuple(timed), used


def _stretches(text: str, points: Sequence[Sync]) -> tuple[tuple[Turn, ...], int]:
    found = []
    for (start, time), (end, later) in pairwise([*points, (len(text), -1)]):
        said = text[start:end]
        first = start + len(said) - len(said.lstrip())
        if said.strip():
            found.append(
                Turn(
                    speaker="",
                    role="other",
                    label_start=start,
                    start=first,
                    end=first + len(said.strip()),
                    start_ms=time,
                    end_ms=later if later >= time else None,
                )
            )
    return tuple(found), len(found)

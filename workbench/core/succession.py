"""Who and what of one version of a text is in the next: labels that took another's place, turns that are new or gone."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from corpus.edits import EditMap


class Spoken(Protocol):
    """A turn of either text."""

    @property
    def speaker(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def heirs(before: Sequence[Spoken], after: Sequence[Spoken], edit_map: EditMap) -> dict[str, str]:
    """New label -> the label that is gone, where more than half of the turns of both lie on each other's place.

    A label that two share afterwards, or that two shared before, is nobody's heir: who is who is then a person's to say.
    """
    old_labels = {turn.speaker for turn in before if turn.speaker}
    new_labels = {turn.speaker for turn in after if turn.speaker}
    if old_labels <= new_labels or new_labels <= old_labels:
        return {}
    starts = [turn.start for turn in after]
    met: Counter[tuple[str, str]] = Counter()
    for turn in before:
        place = edit_map.forward((turn.start + turn.end) // 2)
        index = bisect_right(starts, place) - 1
        if index >= 0 and place <= after[index].end:
            met[turn.speaker, after[index].speaker] += 1
    of_old, of_new = Counter[str](), Counter[str]()
    for (old, new), number in met.items():
        of_old[old] += number
        of_new[new] += number
    return {
        new: old
        for (old, new), number in met.items()
        if old in old_labels - new_labels
        and new in new_labels - old_labels
        and 2 * number > of_old[old]
        and 2 * number > of_new[new]
    }


def without_kept(before: Iterable[Spoken], after: Iterable[Spoken], edit_map: EditMap) -> tuple[int, int]:
    """How many turns before, and how many after, have no character that is in the other text."""
    old_replaced, new_replaced, shift = [], [], 0
    for start, end, length in edit_map.pieces:
        old_replaced.append((start, end))
        new_replaced.append((start + shift, start + shift + length))
        shift += length - (end - start)
    return _within(before, old_replaced), _within(after, new_replaced)


def kept_characters(old: str, edit_map: EditMap) -> int:
    """How many characters of the old text are in the new one."""
    return len(old) - sum(end - start for start, end, _length in edit_map.pieces)


def _within(turns: Iterable[Spoken], stretches: Sequence[tuple[int, int]]) -> int:
    """How many turns that have words lie wholly within one of the stretches, which are in order."""
    number = 0
    for turn in turns:
        index = bisect_right(stretches, turn.start, key=lambda stretch: stretch[0]) - 1
        number += turn.start < turn.end and index >= 0 and turn.end <= stretches[index][1]
    return number

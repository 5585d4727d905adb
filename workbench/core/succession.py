"""Who and what of one version of a text is in the next: labels that took another's place, turns, marked stretches."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.edits import EditMap
from corpus.model import Region
from workbench.core.entities import StoredRegion


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedAfter:
    """A marked stretch of the new text, and how it stands."""

    start: int
    end: int
    kind: str
    note: str
    codable: bool
    seen: bool


def regions_after(
    before: Sequence[StoredRegion],
    gone: Mapping[tuple[str, str], int],
    read: Sequence[Region],
    text: str,
    edit_map: EditMap,
) -> list[MarkedAfter]:
    """The new reading's marked stretches; one that somebody has opened, closed, looked at or taken away stays so.

    Args:
        before: those that the text before it has.
        gone: (kind, words) of the marks that somebody has taken away -> how many.
        read: those that the reader finds in the new text.
        text: the new text.
        edit_map: from the text before to the new one.
    """
    decided = {(each.kind, *edit_map.span(each.start, each.end)): (each.codable, each.seen) for each in before}
    left, after = Counter(gone), []
    for each in read:
        place, words = (each.kind, each.start, each.end), (each.kind, text[each.start : each.end])
        if place not in decided and left[words]:
            left[words] -= 1
            continue
        codable, seen = decided.get(place, (each.codable, False))
        after.append(
            MarkedAfter(start=each.start, end=each.end, kind=each.kind, note=each.note, codable=codable, seen=seen)
        )
    if any(each.kind == "doubtful" for each in read):
        return after
    # Only the recogniser's own file knows what was doubtful; a corrected text that says nothing of it settles nothing.
    for old in before:
        start, end = edit_map.span(old.start, old.end)
        if old.kind == "doubtful" and start < end:
            after.append(
                MarkedAfter(start=start, end=end, kind=old.kind, note=old.note, codable=old.codable, seen=old.seen)
            )
    return after


def _within(turns: Iterable[Spoken], stretches: Sequence[tuple[int, int]]) -> int:
    """How many turns that have words lie wholly within one of the stretches, which are in order."""
    number = 0
    for turn in turns:
        index = bisect_right(stretches, turn.start, key=lambda stretch: stretch[0]) - 1
        number += turn.start < turn.end and index >= 0 and turn.end <= stretches[index][1]
    return number

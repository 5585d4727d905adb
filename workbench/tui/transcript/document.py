"""One source as the transcript view holds it: its text, its turns, and the marks that lie over it.

The whole of it is in memory, so that the store is never on the way between a key and the screen.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

from codebooks.colours import is_colour
from corpus.model import Turn
from workbench.tui.transcript.stretches import Stretches

Span = tuple[int, int]
"""Half-open code-point offsets in the stored text."""
MarkKind = Literal["coding", "suggestion", "note"]
Side = Literal[0, 1, 2]
"""Where in the margin a mark stands when two coders are shown against each other: 1 is left, 2 right, 0 wherever."""

BUCKET = 512
"""Code points in one bucket of the index."""
LEFT_LANES = 3
"""Columns of the margin that marks on the left side have, at most."""
CROWDED_OUT = 1000
"""The lane of a mark that there is no column for on its side."""
WIDE = 1 << 16
"""A mark longer than this, in code points, stands in the short list that every look-up goes through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A coding, a suggestion or a note in the margin, over a span of the text."""

    id: str
    start: int
    end: int
    """Half-open code-point offsets; a mark covers at least one code point."""
    kind: MarkKind = "coding"
    label: str = ""
    """The code's name, or the beginning of the note."""
    initials: str = ""
    """Two or three letters for the margin."""
    colour: str = ""
    """`#rrggbb`; empty is drawn in the theme's own colours."""
    coder: str = ""
    side: Side = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"mark {self.id} covers nothing: {self.start}..{self.end}")
        if self.colour and not is_colour(self.colour):
            raise ValueError(f"mark {self.id} has no colour: {self.colour}")


class DocumentModel:
    """Text, turns and marks of one source, with an index from places to marks.

    Args:
        text: the stored text.
        turns: in order, without overlap.
        marks: with distinct ids.
        sentences: sentence spans in order, when somebody has found them; otherwise a simple rule is used.

    Raises:
        ValueError: when a mark reaches past the text, or two marks have the same id.
    """

    def __init__(
        self,
        text: str,
        turns: Sequence[Turn] = (),
        marks: Iterable[Mark] = (),
        sentences: Sequence[Span] = (),
    ) -> None:
        self.text = text
        self.turns = tuple(turns)
        self.sentences = tuple(sentences)
        self.line_starts = array("q", _line_starts(text))
        """Where each line of the stored text begins (after every line break, and at 0)."""
        self.stretches = Stretches()
        """Marked stretches under the text; whoever gives it others sees that it is painted anew."""
        self._turn_starts = array("q", (turn.label_start for turn in self.turns))
        self._sentence_starts = array("q", (start for start, _ in self.sentences))
        self._load(marks)

    def _load(self, marks: Iterable[Mark]) -> None:
        ordered = sorted(marks, key=_paint_order)
        taken: set[str] = set()
        for mark in ordered:
            self._check(mark, taken)
            taken.add(mark.id)
        self._marks: dict[str, Mark] = {}
        self._buckets: dict[int, list[str]] = {}
        self._wide: list[str] = []
        for mark in ordered:
            self._take_in(mark)
        left = _lanes(mark for mark in ordered if mark.side == 1)
        self._left = min(max(left.values(), default=-1) + 1, LEFT_LANES)
        """How many lanes the marks on the left side have; the others begin after them, with one between."""
        self._lanes = {
            **{mark_id: _kept_left(lane, self._left) for mark_id, lane in left.items()},
            **{
                mark_id: self._first_right + lane
                for mark_id, lane in _lanes(mark for mark in ordered if mark.side != 1).items()
            },
        }

    @property
    def _first_right(self) -> int:
        return min(self._left + 1, LEFT_LANES) if self._left else 0

    # -- marks

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, in no order that means anything."""
        return tuple(self._marks.values())

    def get(self, mark_id: str) -> Mark | None:
        """The mark with this id, or None."""
        return self._marks.get(mark_id)

    def lane(self, mark_id: str) -> int:
        """The column of the margin, from 0, in which a mark's stripe stands; marks that overlap never share one."""
        return self._lanes[mark_id]

    def replace_marks(self, marks: Iterable[Mark]) -> None:
        """Take all marks away and lay others over the text.

        Raises:
            ValueError: as on making the model; the marks are left as they were.
        """
        self._load(marks)

    def add(self, mark: Mark) -> None:
        """Lay a mark over the text, in the lowest lane that is free along all of it.

        Raises:
            ValueError: when it reaches past the text, or its id is taken.
        """
        self._check(mark, self._marks)
        self._take_in(mark)
        self._lanes[mark.id] = self._free_lane(mark)

    def remove(self, mark_id: str) -> Mark:
        """Take a mark away; gives it back.

        Raises:
            KeyError: when there is no such mark.
        """
        mark = self._marks.pop(mark_id)
        del self._lanes[mark_id]
        if mark.end - mark.start > WIDE:
            self._wide.remove(mark_id)
        else:
            for bucket in _buckets_of(mark.start, mark.end):
                self._buckets[bucket].remove(mark_id)
        return mark

    def update(self, mark: Mark) -> Mark:
        """Give a mark other bounds or another look; gives back what it was. It keeps its lane if that is free.

        Raises:
            KeyError: when there is no mark with this id.
            ValueError: when it would reach past the text; the mark stays as it was.
        """
        lane = self._lanes[mark.id]
        self._check(mark, ())
        old = self.remove(mark.id)
        self._take_in(mark)
        free = lane not in self._lanes_taken(mark) and old.side == mark.side
        self._lanes[mark.id] = lane if free else self._free_lane(mark)
        return old

    def in_range(self, start: int, end: int) -> list[Mark]:
        """Marks that cover at least one code point of `start..end`, in the order they are painted: topmost last."""
        ids: Iterable[str] = self._wide
        for bucket in _buckets_of(start, end):
            if found := self._buckets.get(bucket):
                ids = (*ids, *found)
        marks = self._marks
        hits = [mark for mark_id in dict.fromkeys(ids) if (mark := marks[mark_id]).start < end and mark.end > start]
        hits.sort(key=_paint_order)
        return hits

    def at(self, offset: int) -> list[Mark]:
        """Marks that cover the code point at `offset`, topmost last."""
        return self.in_range(offset, offset + 1)

    def _check(self, mark: Mark, taken: Container[str]) -> None:
        if mark.end > len(self.text):
            raise ValueError(f"mark {mark.id} reaches past the text: {mark.end} > {len(self.text)}")
        if mark.id in taken:
            raise ValueError(f"there is a mark {mark.id} already")

    def _take_in(self, mark: Mark) -> None:
        self._marks[mark.id] = mark
        if mark.end - mark.start > WIDE:
            self._wide.append(mark.id)
        else:
            for bucket in _buckets_of(mark.start, mark.end):
                self._buckets.setdefault(bucket, []).append(mark.id)

    def _lanes_taken(self, mark: Mark) -> set[int]:
        overlapping = self.in_range(mark.start, mark.end)
        return {self._lanes[other.id] for other in overlapping if other.id != mark.id}

    def _free_lane(self, mark: Mark) -> int:
        taken = self._lanes_taken(mark)
        return _kept_left(_lowest_free(taken), self._left) if mark.side == 1 else _lowest_free(taken, self._first_right)

    # -- structure of the text

    def line_number(self, offset: int) -> int:
        """The number, from 1, of the line of the stored text that holds `offset`."""
        return bisect_right(self.line_starts, offset)

    def line_span(self, offset: int) -> Span:
        """The line of the stored text that holds `offset`, without its line break."""
        number = self.line_number(offset)
        last = number == len(self.line_starts)
        return self.line_starts[number - 1], len(self.text) if last else self.line_starts[number] - 1

    def turn_index(self, offset: int) -> int:
        """Index of the last turn that begins, label included, at or before `offset`; -1 before the first."""
        return bisect_right(self._turn_starts, offset) - 1

    def turn_at(self, offset: int) -> Turn | None:
        """The turn whose label or spoken text holds `offset` (its end included), or None."""
        index = self.turn_index(offset)
        return self.turns[index] if index >= 0 and offset <= self.turns[index].end else None

    def turns_in(self, start: int, end: int) -> list[Turn]:
        """Turns that have some of their label or spoken text in `start..end`."""
        found: list[Turn] = []
        for index in range(max(0, self.turn_index(start)), len(self.turns)):
            turn = self.turns[index]
            if turn.label_start >= end:
                break
            if turn.end > start:
                found.append(turn)
        return found

    def given_sentence(self, offset: int) -> Span | None:
        """The given sentence that holds `offset`, or has only blanks between its end and there; else None."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index < 0:
            return None
        start, end = self.sentences[index]
        return (start, end) if offset < end or self.text[end : offset + 1].isspace() else None


def _paint_order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.end, mark.id


def _buckets_of(start: int, end: int) -> range:
    return range(start // BUCKET, (max(end, start + 1) - 1) // BUCKET + 1)


def _line_starts(text: str) -> Iterator[int]:
    yield 0
    found = text.find("\n")
    while found >= 0:
        yield found + 1
        found = text.find("\n", found + 1)


def _kept_left(lane: int, lanes: int) -> int:
    """A lane on the left side, or one that is crowded out."""
    return lane if lane < lanes else CROWDED_OUT + lane


def _lowest_free(taken: set[int], lane: int = 0) -> int:
    while lane in taken:
        lane += 1
    return lane


def _lanes(marks: Iterable[Mark]) -> dict[str, int]:
    """Greedy colouring of intervals that come in order of start: as few lanes as the deepest overlap."""
    lanes: dict[str, int] = {}
    open_marks: list[tuple[int, int]] = []
    free: list[int] = []
    opened = 0
    for mark in marks:
        while open_marks and open_marks[0][0] <= mark.start:
            heappush(free, heappop(open_marks)[1])
        if free:
            lane = heappop(free)
        else:
            lane, opened = opened, opened + 1
        lanes[mark.id] = lane
        heappush(open_marks, (mark.end, lane))
    return lanes

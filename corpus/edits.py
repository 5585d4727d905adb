"""Exact edits of a text, and how places move with them.

An edit map says precisely which stretches of one text became which stretches of the next. Codings move by it, never by
search or guesswork.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `text[start:end]` by `replacement`. Offsets are code points of the text before any edit."""

    start: int
    end: int
    replacement: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"edit out of order: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class EditMap:
    """Where each place of the old text lies in the new one.

    Args:
        pieces: (start, end, new_length) of every replaced stretch of the old text, in order and without overlap.
            A stretch with `start == end` is an insertion, one with `new_length == 0` a deletion.
    """

    pieces: tuple[tuple[int, int, int], ...] = ()

    def __post_init__(self) -> None:
        for (_, end, _), (start, _, _) in pairwise(self.pieces):
            if start < end:
                raise ValueError(f"edits overlap at {start}")

    @classmethod
    def from_edits(cls, edits: Iterable[Edit]) -> EditMap:
        return cls(tuple((edit.start, edit.end, len(edit.replacement)) for edit in sorted(edits)))

    def forward(self, offset: int, *, sticky: str = "left") -> int:
        """The place in the new text that corresponds to `offset` in the old one.

        A place strictly inside a replaced stretch goes to that stretch's beginning (`sticky="left"`) or end
        (`sticky="right"`) in the new text. At an insertion point, `left` stays before what was inserted, `right` goes
        after it.
        """
        shift = 0
        for start, end, new_length in self.pieces:
            if offset < start:
                break
            if start == end == offset:
                if sticky == "left":
                    break
                shift += new_length
                continue
            if offset >= end:
                shift += new_length - (end - start)
                continue
            if offset == start:
                break
            return start + shift + (0 if sticky == "left" else new_length)
        return offset + shift

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the old text carried to the new one; empty (start == end) when all of it was deleted.

        A span keeps what was replaced inside it and does not grow by what is inserted at its borders. A border inside
        a replaced stretch takes the whole replacement in. A span that is empty (its text was deleted before) stays so.
        """
        if start == end:
            place = self.forward(start)
            return place, place
        new_start = self.forward(start, sticky="right" if self._inserts_at(start) else "left")
        new_end = self.forward(end, sticky="left" if self._inserts_at(end) else "right")
        return (new_start, new_end) if new_end > new_start else (new_start, new_start)

    def back(self, offset: int) -> int:
        """The place in the old text where `offset` of the new one comes from (the stretch's start if it was replaced)."""
        shift = 0
        for start, end, new_length in self.pieces:
            new_start = start + shift
            if offset < new_start:
                break
            if offset < new_start + new_length:
                return start
            shift += new_length - (end - start)
        return offset - shift

    def _inserts_at(self, offset: int) -> bool:
        index = bisect_right(self.pieces, (offset, offset, -1))
        return index < len(self.pieces) and self.pieces[index][0] == self.pieces[index][1] == offset


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, EditMap]:
    """The edited text and the exact map to it.

    Raises:
        ValueError: if edits overlap or reach past the text.
    """
    parts: list[str] = []
    position = 0
    ordered = sorted(edits)
    for edit in ordered:
        if edit.start < position or edit.end > len(text):
            raise ValueError(f"edit at {edit.start}..{edit.end} overlaps another or lies outside the text")
        parts += [text[position : edit.start], edit.replacement]
        position = edit.end
    parts.append(text[position:])
    return "".join(parts), EditMap.from_edits(ordered)

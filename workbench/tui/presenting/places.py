"""Where a reader has been: a trail to go back and forward along."""

from __future__ import annotations

from dataclasses import dataclass

NEAR = 400
"""Code points: a place this close to the newest one in the same source is the same place."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A source and an offset in its stored text."""

    source: str
    offset: int


class Trail:
    """Spots in the order they were left, with the reader somewhere on it."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._at = 0

    def leave(self, spot: Spot) -> None:
        """Note where the reader jumps from; what lay ahead is forgotten."""
        del self._spots[self._at :]
        if not self._spots or not _same(self._spots[-1], spot):
            self._spots.append(spot)
        del self._spots[:-LONGEST]
        self._at = len(self._spots)

    def back(self, now: Spot) -> Spot | None:
        """The spot before, or None at the beginning; `now` becomes the spot to go forward to."""
        if self._at == len(self._spots):
            if self._spots and _same(self._spots[-1], now):
                self._at -= 1
            else:
                self._spots.append(now)
        else:
            self._spots[self._at] = now
        if self._at == 0:
            return None
        self._at -= 1
        return self._spots[self._at]

    def forward(self, now: Spot) -> Spot | None:
        """The spot after, or None at the end."""
        if self._at + 1 >= len(self._spots):
            return None
        self._spots[self._at] = now
        self._at += 1
        return self._spots[self._at]


def _same(one: Spot, other: Spot) -> bool:
    return one.source == other.source and abs(one.offset - other.offset) < NEAR

"""Where a reader has been: a trail to go back and forward along; and which texts are worth reading beside another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from workbench.core.entities import Source

NEAR = 400
"""Code points: a place this close to the newest one in the same source takes its place on the trail."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A source and an offset in its stored text, with how the reader had it before them."""

    source: str
    offset: int
    """Where the caret stood."""
    anchor: int | None = None
    """The other end of what was chosen, if anything was."""
    top: int | None = None
    """The offset at the top of the view, where that is known."""


class Trail:
    """Spots in the order they were left, with the reader somewhere on it."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._at = 0

    def leave(self, spot: Spot) -> None:
        """Note where the reader jumps from; what lay ahead is forgotten."""
        del self._spots[self._at :]
        if self._spots and _near(self._spots[-1], spot):
            self._spots[-1] = spot
        else:
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
    return one.source == other.source and one.offset == other.offset


def _near(one: Spot, other: Spot) -> bool:
    return one.source == other.source and abs(one.offset - other.offset) < NEAR


@dataclass(frozen=True, slots=True)
class Companion:
    """A source that may be read beside another."""

    source: Source
    why: str
    """What the two have in common, in words; empty when nothing is known."""


def companions(source: Source, others: Sequence[Source]) -> list[Companion]:
    """What may be read beside a source, those that have something in common with it first: the same informant's other
    interviews, the same case, interview guides; then the rest. Within each, in the order given."""
    ranked = sorted(
        (_rank(source, other), n, other) for n, other in enumerate(others) if other.id != source.id
    )  # the number keeps two sources from being compared
    return [Companion(other, _common(source, other)) for _kind, _n, other in ranked]


def _rank(source: Source, other: Source) -> int:
    if set(source.informants) & set(other.informants):
        return 0
    if set(source.cases) & set(other.cases):
        return 1
    return 2 if _is_guide(other) else 3


def _common(source: Source, other: Source) -> str:
    informants = [number for number in other.informants if number in source.informants]
    cases = [case for case in other.cases if case in source.cases]
    other_wave = other.wave and other.wave != source.wave and (informants or cases)
    wave = _("bølge {wave}").format(wave=other.wave) if other_wave else ""
    if informants:
        shared = _("samme informant: {names}").format(names=", ".join(informants))
    elif cases:
        shared = _("samme case: {names}").format(names=", ".join(cases))
    else:
        shared = _("guide") if _is_guide(other) else ""
    return " · ".join(part for part in (shared, wave) if part)


def _is_guide(source: Source) -> bool:
    return "guide" in f"{source.name} {source.folder}".casefold()

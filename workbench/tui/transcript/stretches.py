"""Marked stretches under a text: what is closed to coding, and what the transcriber was unsure of.

They lie below the marks and never change while the text is read, so that an index in three arrays is enough.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

StretchLook = Literal["closed", "doubtful"]
SIGNS = {"closed": "░", "doubtful": "?"}
"""What stands beside the line number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A span of the text that looks different from running text."""

    start: int
    end: int
    """Half-open code-point offsets."""
    look: StretchLook
    label: str = ""
    """What it is, for a wide margin: «tabell stengt»."""
    short: str = ""
    """The same in one word, for a narrow one."""


class Stretches:
    """Stretches in order of start; they may overlap."""

    __slots__ = ("_all", "_reach", "_starts")

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self._all = sorted(stretches, key=lambda each: (each.start, -each.end))
        self._starts = array("q", (each.start for each in self._all))
        self._reach = array("q", accumulate((each.end for each in self._all), max))
        """How far those until here reach at most."""

    def __len__(self) -> int:
        return len(self._all)

    def in_range(self, start: int, end: int) -> list[Stretch]:
        """Those that cover at least one code point of `start..end`, in order."""
        found: list[Stretch] = []
        index = bisect_left(self._starts, end) - 1
        while index >= 0 and self._reach[index] > start:
            if self._all[index].end > start:
                found.append(self._all[index])
            index -= 1
        found.reverse()
        return found

"""Who speaks in a span: the turns it touches, and the one that counts as its voice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voices:
    """The turns of one text in order: where each begins and ends, whether it is the interviewer's, and whose it is."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    asking: tuple[bool, ...]
    """True for the interviewer's turns."""
    informants: tuple[str, ...]
    """Informant numbers; empty where nobody is named."""

    def touched(self, start: int, end: int) -> range:
        """Indexes of the turns that a span touches; turns do not overlap."""
        first = bisect_right(self.starts, start) - 1
        if first < 0 or self.ends[first] <= start:
            first += 1
        return range(first, bisect_left(self.starts, end, lo=first))

    def main(self, start: int, end: int) -> int | None:
        """The turn that has most of the span, a participant's before the interviewer's; None outside all turns."""
        touched = self.touched(start, end)
        if len(touched) < 2:
            return touched[0] if touched else None
        return max(touched, key=lambda n: (not self.asking[n], min(self.ends[n], end) - max(self.starts[n], start), -n))

    def informant(self, start: int, end: int) -> str:
        """Number of the informant whose voice a span is, or empty."""
        voice = self.main(start, end)
        return "" if voice is None else self.informants[voice]

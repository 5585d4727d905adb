"""Co-occurrence: which codes' places share text, found in one pass over a source.

A segment is a span with a code, once however many coders agree on it. It meets a code when it shares at least one
character with a span of that code, or of a code below it, in the same source. So a segment always meets its own code and
those above it, and a cell *code by code* counts the row's segments that meet the column: read along the row, it says how many
of a code's places also concern the other. One long span over two short ones is one place met on its own row, and two on theirs;
where spans are equal, or lie in each other one by one, the table is the same both ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

Span = tuple[int, int, str]
"""Start, end and code of a coded stretch of one source: half-open, in code points, and never empty."""


def met(spans: Sequence[Span], lines: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The codes that each span of one source meets, sorted, in the order the spans are given.

    Args:
        spans: every span of the source, in any order.
        lines: each code to what it counts as: itself and the codes above it. A code that is not there is met by nobody.
    """
    beginnings = sorted(range(len(spans)), key=lambda n: spans[n][0])
    endings = sorted(range(len(spans)), key=lambda n: spans[n][1])
    # What ends before every span that is still to come begins is met by none of them, and is let go of now and then.
    still_to_begin = list(accumulate((spans[n][0] for n in reversed(endings)), min))
    found: list[tuple[str, ...]] = [()] * len(spans)
    reach: dict[str, int] = {}
    opened = 0
    # A span ending here has met what began before its end and reaches past its start. Nothing is compared pair by pair.
    for n in endings:
        start, end, _code = spans[n]
        while opened < len(beginnings) and spans[beginnings[opened]][0] < end:
            _start, far, other = spans[beginnings[opened]]
            for code in lines.get(other, ()):
                if reach.get(code, -1) < far:
                    reach[code] = far
            opened += 1
        met_here = [code for code, furthest in reach.items() if furthest > start]
        met_here.sort()
        found[n] = tuple(met_here)
        first = still_to_begin.pop()
        if len(reach) > 2 * len(met_here) + 4:
            reach = {code: furthest for code, furthest in reach.items() if furthest > first}
    return found

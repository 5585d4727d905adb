"""Search in one text: where a query stands, and which hit comes next."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from workbench.tui.transcript.document import Span

MOST = 10_000


def find(text: str, query: str) -> list[Span]:
    """Every place the query stands, whatever the case; a blank in it meets any run of blanks. At most MOST.

    The look-up does not fold å, ø and æ.
    """
    words = query.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    found: list[Span] = []
    for hit in pattern.finditer(text):
        found.append(hit.span())
        if len(found) == MOST:
            break
    return found


def neighbour(spans: Sequence[Span], offset: int, direction: int) -> int | None:
    """Index of the nearest span that begins after (1) or before (-1) the offset, going round at the ends."""
    if not spans:
        return None
    starts = [start for start, _end in spans]
    if direction > 0:
        return bisect_right(starts, offset) % len(spans)
    return (bisect_left(starts, offset) - 1) % len(spans)

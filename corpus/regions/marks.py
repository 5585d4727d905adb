"""Regions that a document's own elements and styles tell of, kept as places among the pieces its text is put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from corpus.model import Region, RegionKind
from corpus.regions.tables import tabular
from corpus.spans import Span
from corpus.text import normalise

_JOINED: frozenset[RegionKind] = frozenset({"contents", "references"})
"""Kinds whose paragraphs, marked one by one, are one region."""


class _Mark(NamedTuple):
    """A region by the pieces it holds, and for a table how many rows it has."""

    first: int
    last: int
    kind: RegionKind
    rows: int


@dataclass(slots=True)
class Marks:
    """Marks as they open and close while a text is collected; nothing is marked inside a table."""

    _open: list[tuple[RegionKind | None, int]] = field(default_factory=list)
    _closed: list[_Mark] = field(default_factory=list)

    def open(self, pieces: Sequence[str], kind: RegionKind | None) -> None:
        """Begins a region, or with None nothing; it counts only at the beginning of a line."""
        inside = any(each in ("table", "other", kind) for each, _first in self._open if each is not None)
        counts = not inside and (not pieces or pieces[-1].endswith("\n"))
        self._open.append((kind if counts else None, len(pieces)))

    def close(self, pieces: Sequence[str], *, rows: int = 0) -> None:
        """Ends the region opened last; it counts only at the end of a line.

        Args:
            rows: how many rows a table has.
        """
        kind, first = self._open.pop()
        if kind is not None and len(pieces) > first and pieces[-1].endswith("\n"):
            self._closed.append(_Mark(first, len(pieces), kind, rows))

    def regions(
        self, pieces: Sequence[str], finish: Callable[[str], str] = str, *, stripped: str = ""
    ) -> tuple[Region, ...]:
        """The regions as offsets of the stored text, in order; each begins and ends with a line.

        Args:
            finish: what the reader does with the text before it is normalised.
            stripped: the characters that it takes away from the text's beginning.
        """
        borders = sorted({0, len(pieces), *(place for mark in self._closed for place in (mark.first, mark.last))})
        parts = [normalise(finish("".join(pieces[first:last]))) for first, last in pairwise(borders)]
        text = normalise(finish("".join(pieces)))
        if "".join(parts) != text:
            # A border fell where the text grew together: no place can be trusted.
            return ()
        shift = len(text) - len(text.lstrip(stripped)) if stripped else 0
        offsets = [0]
        for part in parts:
            offsets.append(offsets[-1] + len(part))
        at = dict(zip(borders, offsets, strict=False))
        regions: list[Region] = []
        for mark in sorted(self._closed):
            first, last = at[mark.first], at[mark.last]
            start, end = _visible(text, first, last)
            data = mark.kind != "table" or tabular(text[first:last], mark.rows)
            whole = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
            if data and whole and shift <= start < end:
                regions.append(Region(start=start - shift, end=end - shift, kind=mark.kind))
        return tuple(_joined(text[shift:], regions))


def _visible(text: str, start: int, end: int) -> Span:
    """The lines that have something on them."""
    while end > start and text[end - 1].isspace():
        end -= 1
    first = start
    while first < end and text[first].isspace():
        first += 1
    return max(start, text.rfind("\n", start, first) + 1), end


def _joined(text: str, regions: Sequence[Region]) -> list[Region]:
    kept: list[Region] = []
    for region in regions:
        last = kept[-1] if kept else None
        if last and last.kind == region.kind and region.start < last.end:
            continue
        if last and last.kind == region.kind and region.kind in _JOINED and not text[last.end : region.start].strip():
            kept[-1] = Region(start=last.start, end=region.end, kind=region.kind)
        else:
            kept.append(region)
    return kept

"""Raised figures that lead to no note: the note was not found, and may stand among what people are to code."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.model import Region
from corpus.regions.rows import touches
from corpus.spans import united

_MARKER = regex.compile(r"(?<=\p{L}{3}|[\p{L}\d][.,;:)»”\"?!])(?P<figures>[⁰¹²³⁴-⁹]{1,3})(?![\p{L}\d⁰¹²³⁴-⁹])")
"""A raised figure after a word or a sign; `m²` and `10³` are none."""
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = regex.compile(r"(?m)^\s*\[?([\d⁰¹²³⁴-⁹]{1,3})")


def loose_markers(text: str, regions: Sequence[Region]) -> tuple[int, ...]:
    """Offsets of the footnotes' numbers in the running text whose notes are not among the regions."""
    notes = [region for region in regions if region.kind == "footnote"]
    found = {
        match[1].translate(_FIGURES) for region in notes for match in _NOTE.finditer(text, region.start, region.end)
    }
    closed = united((region.start, region.end) for region in regions if not region.codable)
    return tuple(
        match.start()
        for match in _MARKER.finditer(text)
        if match["figures"].translate(_FIGURES) not in found and not touches(closed, match.start(), match.end())
    )

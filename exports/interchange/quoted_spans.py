"""Where a coding lies when the file gives both offsets and the quoted words, and the two need not agree."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reading = Literal["points", "utf16", "near"]
"""The offsets as code points; as UTF-16 units, as Qt counts; or not the offsets but the words, found close by."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_REACH = 400
"""Code points on either side within which a quotation whose offsets are wrong is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Half-open code points in the text."""

    start: int
    end: int
    reading: Reading


def double_units(text: str) -> tuple[int, ...]:
    """UTF-16 offsets of the characters that take two units there (emoji among them), in order."""
    return tuple(match.start() + number for number, match in enumerate(_ASTRAL.finditer(text)))


def from_utf16(doubles: Sequence[int], offset: int) -> int:
    """The code point at a UTF-16 offset; one in the middle of a character is its beginning."""
    return offset - bisect_left(doubles, offset)


def settle(text: str, doubles: Sequence[int], start: int, end: int, quote: str) -> Place | None:
    """The place of a quotation, or None when neither its offsets nor its words lead to one.

    Args:
        text: what the offsets are into.
        doubles: `double_units` of the text.
        start: first offset as the file has it.
        end: one past the last.
        quote: the words the file says are there; without them the offsets are believed.
    """
    if not quote:
        return Place(start=start, end=end, reading="points") if 0 <= start < end <= len(text) else None
    if _reads(text, start, end, quote):
        return Place(start=start, end=end, reading="points")
    if doubles:
        first, last = from_utf16(doubles, start), from_utf16(doubles, end)
        if _reads(text, first, last, quote):
            return Place(start=first, end=last, reading="utf16")
    return _close_by(text, start, quote, _REACH + min(len(doubles), 10 * _REACH))


def _reads(text: str, start: int, end: int, quote: str) -> bool:
    """Whether the quotation stands there, with whatever line ends and blanks a text widget made of it."""
    if not 0 <= start < end <= len(text) or end - start > 2 * len(quote) + 2:
        return False
    found = text[start:end]
    return found == quote or _folded(found) == _folded(quote)


def _folded(text: str) -> str:
    return _LINE_ENDS.sub("\n", text).replace("\xa0", " ")


def _close_by(text: str, start: int, quote: str, reach: int) -> Place | None:
    first = max(0, start - reach)
    window = text[first : max(first, start + reach + len(quote))]
    found = window.find(quote)
    if found < 0 or window.find(quote, found + 1) >= 0:
        return None
    return Place(start=first + found, end=first + found + len(quote), reading="near")

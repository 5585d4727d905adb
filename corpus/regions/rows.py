"""The lines of a stored text as the rules about document regions look at them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import regex

from corpus.shapes import lines_of
from corpus.spans import Span

_NUMBERED = regex.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|(?:kapittel|kap\.|del|chapter)\s+\d{1,2}[.:]?)\s+", regex.I)
_SENTENCE_END = regex.compile(r"[.!?…][»”\"’')\]*]*$")
_LONGEST_HEADING = 120


class Row(NamedTuple):
    """A line with something on it, without the blanks around it. Offsets are code points of the text."""

    start: int
    end: int
    text: str
    blanks: int
    """Blank lines right above it."""


def rows_of(text: str) -> tuple[Row, ...]:
    """The lines that have something on them, in order."""
    rows: list[Row] = []
    previous = -1
    for start, end in lines_of(text):
        raw = text[start:end]
        lead = len(raw) - len(raw.lstrip())
        content = raw.strip()
        blanks = text.count("\n", previous, start) - 1 if previous >= 0 else text.count("\n", 0, start)
        rows.append(Row(start + lead, start + lead + len(content), content, max(0, blanks)))
        previous = end
    return tuple(rows)


def ends_sentence(words: str) -> bool:
    """Whether a sentence ends with these words, closing quotation marks and brackets aside."""
    return _SENTENCE_END.search(words) is not None


def heading_words(words: str) -> str:
    """A heading folded and without its number and Markdown marks, or empty where the line is too long for one."""
    if len(words) > _LONGEST_HEADING:
        return ""
    bare: str = _NUMBERED.sub("", words.strip("#*_ \t").rstrip(":."), count=1)
    return bare.strip().casefold()


def touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch has anything in common with one of the spans, which are in order and do not overlap."""
    after = bisect_right(spans, (start, end))
    return any(first < end and start < last for first, last in spans[max(0, after - 1) : after + 1])

"""The lines of a page as it was set: where each stands, and the text that keeps what the setting says.

A wide gap within a line becomes a tab, since cells stand there; a gap between lines a blank line; a raised figure a raised
character; and the rule above footnotes, which no text layer has, the blank line of one space that `corpus.pdf_text.lines` knows
it by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

_NOTE = regex.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s?\S|\d{1,3}\s?[^\W\d]|\d{1,3}\s?[«\"“(]")
_APART = 1.25
"""A gap between two baselines this many times the usual one is a blank line."""
_SMALL = 0.93
"""The size of footnotes and of cells, as a share of that of the running text, is at most this."""
_FOOT = 2
"""How many lines at the bottom of a page may be a running foot."""
NEW_PAGE = " "
"""What a page's first line begins with, where the profile is to know where pages begin."""


class PageLine(NamedTuple):
    """A line of a page. Measures are points from the page's lower left corner."""

    text: str
    baseline: float
    size: float
    """The size of its type."""


def page_texts(pages: Sequence[Sequence[PageLine]], *, signs: bool) -> list[str]:
    """The text of each page, its lines ended by line feeds.

    Args:
        signs: whether the profile reads on, to whom a new page and the rule above footnotes are told.
    """
    sizes = Counter[float]()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    pitch = _pitches(pages)
    return ["\n".join(_written(page, body, pitch, signs=signs and number > 0)) for number, page in enumerate(pages)]


def _written(page: Sequence[PageLine], body: float, pitch: dict[float, float], *, signs: bool) -> Iterator[str]:
    feet = set(_first_notes(page, body))
    for index, line in enumerate(page):
        if index in feet:
            yield " "
        elif index and _apart(page[index - 1], line, pitch):
            yield ""
        yield (NEW_PAGE if signs and not index else "") + line.text


def _apart(above: PageLine, below: PageLine, pitch: dict[float, float]) -> bool:
    """Whether more than the usual space stands between two lines; rows of one table are never apart."""
    if "\t" in above.text and "\t" in below.text:
        return False
    usual = pitch.get(below.size) or 1.25 * below.size
    return above.baseline - below.baseline > _APART * usual


def _pitches(pages: Sequence[Sequence[PageLine]]) -> dict[float, float]:
    """The usual space between the baselines of two lines of a size: the one that most lines have."""
    found: dict[float, Counter[float]] = {}
    for page in pages:
        for above, below in pairwise(page):
            gap = round(above.baseline - below.baseline, 1)
            if above.size == below.size and 0.5 * below.size < gap < 2 * below.size:
                found.setdefault(below.size, Counter())[gap] += 1
    return {size: gaps.most_common(1)[0][0] for size, gaps in found.items()}


def _first_notes(page: Sequence[PageLine], body: float) -> Iterator[int]:
    """Indices of the lines that begin the footnotes of a column: small type from there to the column's foot."""
    for index, line in enumerate(page):
        small = line.size <= _SMALL * body
        if not index or not small or page[index - 1].size <= _SMALL * body or not _NOTE.match(line.text):
            continue
        last = index
        while last + 1 < len(page) and page[last + 1].size <= _SMALL * body and page[last + 1].baseline < line.baseline:
            last += 1
        left = len(page) - 1 - last
        if left <= _FOOT or page[last + 1].baseline > line.baseline:
            yield index

"""Whether words are Norwegian or English, by small words that only one of the two has.

Words that both have (for, at, over, under, to, is, by) say nothing and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import regex

from corpus.regions.rows import Row, ends_sentence, heading_words
from corpus.spans import Span

Language = Literal["no", "en", ""]

_ENGLISH = frozenset(
    """
    the of and are was were that with this these which from been their its they we our can not into between
    through who whose has have had will would should could there where what how an or as such also more than
    """.split()
)
_NORWEGIAN = frozenset(
    """
    og det som på til av ikke ikkje en ei ein eit de dei å fra frå ble blei vi også eller kan hvordan korleis
    er har med den om å seg sin sitt være vere vært vore blir var hos etter mellom mange flere fleire når hva kva
    """.split()
)
_WORD = regex.compile(r"\p{L}+")
_LEAST = 3
"""How many telling words a row must have before it says anything."""
_LEAST_WORDS = 40
"""Words below which what stands under the heading is no summary."""
_MOST_SILENT = 30
"""Lines that tell nothing after which the summary is over."""
_SUMMARIES: dict[Language, frozenset[str]] = {
    "en": frozenset(
        {"summary", "english summary", "summary in english", "executive summary", "abstract"}
        | {"engelsk sammendrag", "engelsk samandrag", "sammendrag på engelsk", "samandrag på engelsk"}
    ),
    "no": frozenset({"sammendrag", "samandrag", "norsk sammendrag", "norsk samandrag"}),
}


def language_of(words: str) -> Language:
    """Norwegian (`no`), English (`en`), or empty where too few words tell or they disagree."""
    english, norwegian = _told(words)
    if max(english, norwegian) < _LEAST or 2 * min(english, norwegian) >= max(english, norwegian):
        return ""
    return "en" if english > norwegian else "no"


def _told(words: str) -> tuple[int, int]:
    """How many words only English has, and how many only Norwegian."""
    found = [word.casefold() for word in _WORD.findall(words)]
    return sum(word in _ENGLISH for word in found), sum(word in _NORWEGIAN for word in found)


def foreign_summaries(text: str, rows: Sequence[Row]) -> tuple[Span, ...]:
    """Summaries in the other of the two languages than the text's own: heading and all, to where its language returns.

    What tells nothing (short lines, names) belongs to the summary only where more of the summary follows it.
    """
    headings = {heading_words(row.text) for row in rows}
    if headings.isdisjoint(_SUMMARIES["en"] | _SUMMARIES["no"]):
        return ()
    english, norwegian = _told(text)
    other: Language = "en" if norwegian > english else "no"
    found: list[Span] = []
    for index, row in enumerate(rows):
        if (found and row.start < found[-1][1]) or heading_words(row.text) not in _SUMMARIES[other]:
            continue
        last, words = _extent(rows, index, other)
        if words >= _LEAST_WORDS:
            found.append((row.start, rows[last].end))
    return tuple(found)


def _extent(rows: Sequence[Row], heading: int, other: Language) -> tuple[int, int]:
    """Index of the summary's last row, and how many words stand in it."""
    last, words, waiting = heading, 0, 0
    for index in range(heading + 1, len(rows)):
        if index - last > _MOST_SILENT:
            break
        language = language_of(rows[index].text)
        if language and language != other:
            break
        length = len(_WORD.findall(rows[index].text))
        waiting += length
        runs_on = index == last + 1 and not rows[index].blanks and not ends_sentence(rows[last].text)
        if language == other or (runs_on and last > heading and ends_sentence(rows[index].text)):
            last, words, waiting = index, words + waiting, 0
    return last, words

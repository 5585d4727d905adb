"""Captions of tables and figures, and the lines of source and note that stand below them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.regions.rows import Row, ends_sentence
from corpus.spans import Span

_NUMBER = r"(?:[A-Z]\.?)?\d{1,3}(?:[.\-–]\d{1,3})*[a-z]?"
_CAPTION = regex.compile(
    rf"(?:\*\*)?(?:(?i:tabell|figur|boks|kart|diagram|bilde|table|figure|box))\s+{_NUMBER}"
    r"(?:\s*[:–—-]\s*\S|\.?\s+[\p{Lu}\p{N}«\"“(]|\.?\*\*|\.?$)"
)
_TABLE = regex.compile(rf"(?:\*\*)?(?i:tabell|table)\s+{_NUMBER}")
_BELOW = regex.compile(
    r"(?:(?i:kilder?|kjelder?|source)\.?\s*:\s*\S|(?i:noter?|merknad|anm|notes?)\.?\s*:\s*[\p{Lu}\d*«]|\*+\s?\p{Lu}|\d\)\s\s*\S)"
)
_PHOTO = regex.compile(r"(?:(?i:foto|illustrasjon|illustrasjonsfoto|arkivfoto|faksimile|skjermdump)\s*:)\s*\S")
_COLUMNS = regex.compile(r"\S(?: {3,}|\t)\S")
"""Where two columns of a page were read as one line."""
_LONGEST = 400
_LONGEST_NOTE = 1_000
_LONGEST_PHOTO = 160
_MOST_LINES = 4
"""How many lines of a page a caption can take."""
_VERBS = regex.compile(r"(?i)\b(?:viser|illustrerer|gir en oversikt|syner|oppsummerer|presenterer|inneholder)\b")
"""What a sentence about a table says, and its caption does not."""


def is_caption(words: str) -> bool:
    """Whether the line is the caption of a table, a figure or a box, and no sentence about one."""
    match = _CAPTION.match(words) if len(words) <= _LONGEST else None
    if match is None or _COLUMNS.search(words, match.end()):
        return False
    return not _VERBS.search(words[match.end() - 1 :][:40])


def is_table_caption(words: str) -> bool:
    """Whether the line is the caption of a table."""
    return _TABLE.match(words) is not None and is_caption(words)


def captions(rows: Sequence[Row], width: int, tables: Sequence[Span]) -> tuple[Span, ...]:
    """The captions, and sources and notes right below a figure or a table.

    Args:
        width: characters in a full line, or 0 where paragraphs are not broken into lines.
        tables: the tables found, below which notes stand.
    """
    found: list[Span] = []
    ends = {end for _start, end in tables}
    index = 0
    while index < len(rows):
        row = rows[index]
        above = rows[index - 1] if index else None
        below = above is not None and (above.end in ends or (len(found) > 0 and above.end == found[-1][1]))
        if (is_caption(row.text) and _set_apart(above, row, width)) or (below and _is_note(row.text)):
            last = _last_line(rows, index, width)
            found.append((row.start, rows[last].end))
            index = last
        index += 1
    return tuple(found)


def photo_captions(rows: Sequence[Row]) -> tuple[Span, ...]:
    """Lines that credit a photographer, as articles have them."""
    return tuple(
        (row.start, row.end) for row in rows if len(row.text) <= _LONGEST_PHOTO and _PHOTO.match(row.text) is not None
    )


def _is_note(words: str) -> bool:
    return len(words) <= _LONGEST_NOTE and _BELOW.match(words) is not None


def _set_apart(above: Row | None, row: Row, width: int) -> bool:
    """Whether a line of a page begins something new; a whole paragraph always does."""
    if not width or above is None or row.blanks:
        return True
    return ends_sentence(above.text) or len(above.text) < 0.6 * width


def _last_line(rows: Sequence[Row], index: int, width: int) -> int:
    """Index of the last line of a caption broken over lines: a blank line ends it, or a line ended on purpose."""
    last = index
    while width and last + 1 < len(rows) and not rows[last + 1].blanks and last + 1 - index < _MOST_LINES:
        full = len(rows[last].text) + 1 + len(rows[last + 1].text.split(maxsplit=1)[0]) > 0.88 * width
        if not full and not rows[last + 1].text[:1].islower():
            break
        last += 1
    reaches_blank = last + 1 == len(rows) or bool(rows[last + 1].blanks)
    return last if reaches_blank or not width or last - index < _MOST_LINES - 1 else index

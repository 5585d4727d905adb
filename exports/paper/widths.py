"""How wide words are in print, and where lines break.

A letter counts as wide as it is in the wider of Calibri and Arial (and the fonts of the same measures, Carlito and Liberation
Sans), so a line broken here fits whichever of them the reader's machine has. That is what makes line numbers the
same in every copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Thousandths of the type size.
_GROUPS: tuple[tuple[int, str], ...] = (
    (240, "'‘’|"),
    (285, " \u00a0!,./:;ijlIÍÌÎíìî\\"),
    (340, "()[]{}-‑tfr`"),
    (400, "\"*°“”"),
    (500, "cksvxyzčšžJ"),
    (560, "abdeghnopqu0123456789#$_?«»–L£§áàâäãåéèêëóòôöõúùûüđŋ€"),
    (620, "FTZø+<=>~^"),
    (670, "ABEKPSVXYÅÁÀÂÄÉÈÊËČŠŽ&"),
    (725, "CDHNRUwÜÚŊĐ"),
    (780, "GOQÖÓÒØ"),
    (850, "mM"),
    (900, "æW%"),
    (1000, "Æ—…@œŒ"),
)  # fmt: skip
BOLD = 1.08
"""How much wider bold letters are, at most."""
_PIECES = re.compile(r"[^\s/–—-]+[/–—-]+(?=[^\W\d_])|\S+|\s+")


class _Widths(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            base = unicodedata.normalize("NFD", letter)[0]
            width = self[base] if base != letter and base in self else 1050
        self[letter] = width
        return width


_WIDTHS = _Widths({letter: width for width, letters in _GROUPS for letter in letters} | {"\t": 285, "\n": 285})


def width_of(text: str) -> int:
    """How wide the text is at most, in thousandths of the type size."""
    return sum(map(_WIDTHS.__getitem__, text))


def broken(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines that the stretch from `start` to `end` takes, `room` thousandths of the type size wide.

    They follow on each other without gaps: blanks at a break belong to the line before it. A word is broken only when
    it fills a whole line alone, or after its hyphen or slash.
    """
    first, used = start, 0
    for match in _PIECES.finditer(text, start, end):
        piece = match[0]
        needed = width_of(piece)
        if not piece.isspace() and used + needed > room:
            if used:
                yield first, match.start()
                first, used = match.start(), 0
            while needed > room:
                cut = _fitting(text, first, match.end(), room)
                yield first, cut
                first, needed = cut, width_of(text[cut : match.end()])
        used += needed
    if first < end:
        yield first, end


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """Where to cut a word that is wider than a line; at least one letter is taken."""
    used = 0
    for place in range(start, end):
        used += _WIDTHS[text[place]]
        if used > room and place > start:
            return place
    return end

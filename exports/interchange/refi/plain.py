"""Texts as they stand in a written file: UTF-8 with LF, nothing that cannot be encoded, and the offsets carried along."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n?")
_UNENCODABLE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """A text for a file, and where the places of the text it was made of lie in it."""

    text: str
    skipped: int
    """Code points left out at the beginning."""
    dropped: tuple[int, ...]
    """Offsets of the carriage returns left out before a line feed, in order."""

    def at(self, offset: int) -> int:
        """The place in the file's text of an offset of the original text."""
        return max(0, offset - self.skipped - bisect_left(self.dropped, offset))


def plain(text: str) -> PlainText:
    """The text as a file holds it: CRLF and CR become LF, a mark at the beginning goes, half pairs become U+FFFD."""
    dropped = tuple(match.start() for match in _LINE_ENDS.finditer(text) if match[0] == "\r\n")
    joined = encodable(_LINE_ENDS.sub("\n", text))
    kept = joined.lstrip("\ufeff")
    return PlainText(text=kept, skipped=len(joined) - len(kept), dropped=dropped)


def encodable(text: str) -> str:
    """The text with every half of a surrogate pair shown as U+FFFD, one for one."""
    return _UNENCODABLE.sub("\ufffd", text)

"""The one normalisation of text, and digests of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from corpus.edits import EditMap

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\ufeff\u00ad]")
_LEFT_OUT = "\ufeff\u00ad\0"


def normalise(text: str) -> str:
    """Text as it is stored: NFC, LF line ends, no byte-order marks, no soft hyphens.

    Control and bidirectional characters stay: they are part of what the file said, and are drawn as placeholders. Null
    characters are removed, since no database or Word file can hold them.
    """
    return unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_ENDS.sub("\n", text)).replace("\0", ""))


_CHANGEABLE = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e]|[\x01-\x7f]?[^\x01-\x7f]+")
"""Where normalising may change something. It never reaches across an ASCII character, which composes with nothing before it."""


def normalise_mapped(text: str) -> tuple[str, EditMap]:
    """The text as `normalise` gives it, and the exact map from the offsets of `text` to its own."""
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    position = 0
    for found in _CHANGEABLE.finditer(text):
        start, end, old = found.start(), found.end(), found.group()
        new = normalise(old)
        if new == old:
            continue
        while old and new and old[0] == new[0]:
            start, old, new = start + 1, old[1:], new[1:]
        while old and new and old[-1] == new[-1]:
            end, old, new = end - 1, old[:-1], new[:-1]
        parts += [text[position:start], new]
        # What is dropped at either end is a stretch of its own, so that a place beside it does not reach over what is changed.
        first, last = end - len(old.lstrip(_LEFT_OUT)), start + len(old.rstrip(_LEFT_OUT))
        if first < last:
            pieces += [(start, first, 0)] if start < first else []
            pieces.append((first, last, len(new)))
            pieces += [(last, end, 0)] if last < end else []
        else:
            pieces.append((start, end, len(new)))
        position = end
    parts.append(text[position:])
    return "".join(parts), EditMap(tuple(pieces))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

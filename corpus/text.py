"""The one normalisation of text, and digests of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[\ufeff\u00ad]")


def normalise(text: str) -> str:
    """Text as it is stored: NFC, LF line ends, no byte-order marks, no soft hyphens.

    Control and bidirectional characters stay: they are part of what the file said, and are drawn as placeholders. Null
    characters are removed, since no database or Word file can hold them.
    """
    return unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_ENDS.sub("\n", text)).replace("\0", ""))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

"""What is remembered of what a thing has said: enough to tell whether it says something else, and none of its words.

What is remembered lies in the journal, or in this copy, after the words themselves have been destroyed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.text import digest, normalise

REFERRING = ("code", "coder", "parent")
"""Fields that name another thing, by its id or its GUID; they stay as they are."""
_SIGN = "#"
_LENGTH = 32
_MARK = re.compile(rf"{_SIGN}[0-9a-f]{{{_LENGTH}}}")


def marked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with a digest in the place of each text, as it is written (NFC) and without blanks around it.

    Numbers, places and references stay; what is marked already stays too.
    """
    return {key: value if key in REFERRING else _mark(value) for key, value in fields.items()}


def _mark(value: Any) -> Any:
    if isinstance(value, str):
        text = normalise(value).strip()
        return text if not text or _MARK.fullmatch(text) else f"{_SIGN}{digest(text)[:_LENGTH]}"
    if isinstance(value, Mapping):
        return {key: _mark(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_mark(each) for each in value]
    return value

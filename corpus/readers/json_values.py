"""JSON files as plain values: no number, depth or letter in them can do harm further on."""

from __future__ import annotations

import json
import math
from gettext import gettext as _
from pathlib import Path

from corpus.decoding import Decoded, decode
from corpus.errors import UnreadableSource

_LONGEST_S = 1000 * 3600
"""A recording of a thousand hours: what is longer is no time in one."""


def load(path: Path, data: bytes) -> tuple[object, Decoded]:
    """The value that a JSON file holds, and how its bytes were read.

    Raises:
        UnreadableSource: if it is no JSON, or nested deeper than any transcript.
    """
    decoded = decode(path, data)
    try:
        # Not strict, since line separators inside strings have become line feeds.
        return json.loads(decoded.text, strict=False), decoded
    except json.JSONDecodeError as error:
        reason = _("Filen er ikke gyldig JSON (linje {line}); den kan være avkuttet. Eksporter den på nytt.")
        raise UnreadableSource(path, reason.format(line=error.lineno)) from error
    except (RecursionError, ValueError) as error:
        reason = _("JSON-filen er for dypt nøstet eller har for store tall til å være en transkripsjon.")
        raise UnreadableSource(path, reason) from error


def plain(value: object) -> str | None:
    """A string without halves of letters, which JSON can hold and text cannot; None for what is no string."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number(value: object) -> float | None:
    """A finite number, or None; truth values are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def milliseconds(value: object, unit: float) -> int | None:
    """A time in whole milliseconds, or None when it is no time in a recording.

    Args:
        value: what stands in the file.
        unit: milliseconds in one of its units: 1000 for seconds.
    """
    found = number(value)
    if found is None or not 0 <= found * unit <= _LONGEST_S * 1000:
        return None
    return round(found * unit)

"""Single values of REFI-QDA: GUIDs, colours, moments, truth and numbers, read kindly and written strictly."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0cbf6c-6ce9-5d43-9c0e-5a3c8d2f7b10")
"""The root of every GUID that is made here."""

_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_HEX = re.compile(r"#?([0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})")
_RGB = re.compile(r"(?i)rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/][^)]*)?\)")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*(Z|[+-]\d\d:?\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no")


def as_guid(text: str) -> str:
    """The GUID in small letters without braces, so that all ways to write it are one; empty when it is none."""
    match = _GUID.fullmatch(text.strip())
    return match[1].lower() if match else ""


def made_guid(*parts: str) -> str:
    """A GUID that is the same whenever it is made of the same parts."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts).encode("utf-8", "replace").decode()))


def as_colour(text: str) -> tuple[str, bool]:
    """(`#rrggbb` or empty, whether the text was a colour written so as the standard has it)."""
    stripped = text.strip()
    if match := _HEX.fullmatch(stripped):
        figures = match[1].lower()
        if len(figures) in (3, 4):
            figures = "".join(figure * 2 for figure in figures)
        return f"#{figures[:6]}", stripped.startswith("#") and len(stripped) in (4, 7)
    if match := _RGB.fullmatch(stripped):
        channels = [int(channel) for channel in match.groups()]
        if max(channels) <= 255:
            return "#{:02x}{:02x}{:02x}".format(*channels), False
    return "", False


def as_moment(text: str) -> str:
    """The moment in UTC with Z, empty when it is none; one without a time zone is taken to be in UTC."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None and _DAY.fullmatch(text.strip()):
        match = _MOMENT.fullmatch(f"{text.strip()}T00:00:00")
    if match is None:
        return ""
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(
            f"{day}T{clock}.{(fraction or '0')[:6]:0<6}{zone or '+00:00'}"
            if len(clock) > 5
            else f"{day}T{clock}{zone or '+00:00'}"
        )
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def is_day(text: str) -> bool:
    """Whether the text is a date as XML has it: 2026-03-14."""
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_moment(text: str) -> bool:
    """Whether the text is a moment in UTC just as it is written here."""
    return "T" in text and as_moment(text) == text


def as_truth(text: str) -> bool | None:
    """True, False, or None when the text says neither."""
    word = text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def as_integer(text: str) -> int | None:
    """The whole number, or None; `12.0` is one, as some tools write it."""
    stripped = re.sub(r"\.0+$", "", text.strip())
    return int(stripped) if _INTEGER.fullmatch(stripped) else None


def as_float(text: str) -> float | None:
    """The number, or None; a decimal comma is taken for a point."""
    try:
        number = float(text.strip().replace(",", ".").replace("_", "x"))
    except ValueError:
        return None
    return number if isfinite(number) else None


def decimal_text(number: float) -> str:
    """The number as `xsd:decimal` has it: without an exponent, and enough figures to be the same number again."""
    return format(Decimal(repr(number)), "f")

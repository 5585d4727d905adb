"""What stands in a cell of an Excel sheet, as text: numbers, dates and formulas as the file stores them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

import regex

from corpus.text import normalise

ValueKind = Literal["", "percent", "date", "time", "duration"]
"""What a number format makes of a number; `date` covers dates with a time of day."""

TRUE = "ja"
FALSE = "nei"
"""Truth values are data of a Norwegian study, whatever the language of the interface."""

_BUILT_IN: Mapping[int, ValueKind] = MappingProxyType(
    {
        9: "percent", 10: "percent", 14: "date", 15: "date", 16: "date", 17: "date", 18: "time", 19: "time", 20: "time",
        21: "time", 22: "date", 45: "duration", 46: "duration", 47: "duration",
        **dict.fromkeys([*range(27, 32), 36, *range(50, 59)], "date"), **dict.fromkeys(range(32, 36), "time"),
    }
)  # fmt: skip
_NOT_FORMAT = regex.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', regex.IGNORECASE)
_ELAPSED = regex.compile(r"\[(?:h+|m+|s+)\]", regex.IGNORECASE)
_DAY_OR_YEAR = regex.compile(r"[dy]", regex.IGNORECASE)
_CLOCK = regex.compile(r"[hs]", regex.IGNORECASE)
_WHOLE = regex.compile(r"-?\d{1,40}")
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = regex.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_REFERENCE = regex.compile(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]'
    r"|(?<![\p{L}\d_.$])(?P<fixed_column>\$?)(?P<column>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>\d{1,7})(?![\p{L}\d_(.!])"
)
_SECONDS_A_DAY = 86_400
_LAST_DAY = 2_958_466
"""One past 31 December 9999, counted from the epoch of 1900."""


def kind_of_format(number: int, code: str | None) -> ValueKind:
    """What a number format makes of numbers.

    Args:
        number: its id; those below 164 are built in.
        code: the format as written (`yyyy-mm-dd`), or None for one that is built in.
    """
    if code is None:
        return _BUILT_IN.get(number, "")
    shown = _NOT_FORMAT.sub("", code.partition(";")[0])
    if shown.strip().lower() in ("general", "standard"):
        return ""
    if _ELAPSED.search(shown):
        return "duration"
    if _DAY_OR_YEAR.search(shown) or (regex.search("mmm", shown, regex.IGNORECASE) and not _CLOCK.search(shown)):
        return "date"
    if _CLOCK.search(shown):
        return "time"
    return "percent" if "%" in shown else ""


def number_text(raw: str, kind: ValueKind, *, since_1904: bool) -> str:
    """A stored number as text: `70`, `1.5`, `50 %`, `2014-05-13`, `2014-05-13 09:30:00`, `75:03:00`.

    A number that its format cannot show (a date before 1900) stands as a number; what is no number stands as it is.
    """
    try:
        value = float(raw)
    except ValueError:
        return normalise(raw)
    if not math.isfinite(value):
        return raw
    if kind == "percent":
        return f"{plain_number(value * 100)} %"
    if kind == "duration" or (kind == "time" and 0 <= value < 1):
        return clock(value * _SECONDS_A_DAY) if 0 <= value < _LAST_DAY else plain_number(value)
    if kind in ("date", "time"):
        return _day(value, since_1904=since_1904) or plain_number(value)
    return raw if _WHOLE.fullmatch(raw) else plain_number(value)


def plain_number(value: float) -> str:
    """A finite number without needless decimals, to the fifteen figures that Excel keeps."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"


def clock(seconds: float) -> str:
    """A stretch of time as `75:03:00`."""
    whole = round(abs(seconds))
    return f"{'-' if seconds < 0 else ''}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def text_of(raw: str) -> str:
    """A stored string with Excel's escapes of control characters (`_x000D_`) taken back."""
    if "_x" not in raw:
        return raw
    text: str = _ESCAPED.sub(lambda match: _character(int(match.group(1), 16)) or match.group(), raw)
    return text


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of `B7`, counted from 0; None for what is no cell of a sheet."""
    match = _PLACE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match.group(2)) - 1, _column_number(match.group(1))
    return (row, column) if 0 <= row < 1_048_576 and column < 16_384 else None


def column_name(column: int) -> str:
    """The letters of a column counted from 0: `A`, `Z`, `AA`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula as it stands in a cell that shares it, so many rows down and columns to the right of its owner.

    References to cells are moved unless they are fixed by `$`; text in quotation marks and names of sheets are not.
    """

    def moved(match: regex.Match[str]) -> str:
        if match.group("column") is None:
            return str(match.group())
        column = _column_number(match.group("column")) + (0 if match.group("fixed_column") else columns)
        row = int(match.group("row")) + (0 if match.group("fixed_row") else rows)
        if column < 0 or row < 1:
            return "#REF!"
        return f"{match.group('fixed_column')}{column_name(column)}{match.group('fixed_row')}{row}"

    text: str = _REFERENCE.sub(moved, formula)
    return text


def _character(code: int) -> str:
    """The character, or nothing for half of a surrogate pair."""
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _day(value: float, *, since_1904: bool) -> str:
    """A date, with the time of day unless it is midnight; empty for what is no date.

    Excel counts 29 February 1900, which never was: its days up to that one lie one off.
    """
    epoch = datetime(1899, 12, 31) if value < 60 else datetime(1899, 12, 30)
    start = datetime(1904, 1, 1) if since_1904 else epoch
    if not 1 <= value < _LAST_DAY - 1_462:
        return ""
    moment = start + timedelta(seconds=round(value * _SECONDS_A_DAY))
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if midnight else moment.isoformat(" ")

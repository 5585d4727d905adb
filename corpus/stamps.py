"""Time stamps in transcripts, read strictly: a minute has sixty seconds.

All times are whole milliseconds from the beginning of the recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
"""`1:45`, `00:01:02`, `01:02.500`: minutes and seconds, perhaps hours before and a fraction after."""

_HASH_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[-.,]\d{1,3})?"
_TO = rf"(?:\s*(?:-->|[-–])\s*(?P<to>{CLOCK}))?"

_FRAMED = r"\d{1,2}:\d{2}:\d{2}[:;]\d{2}"
"""Hours, minutes, seconds and the number of a picture, as editing programs and InqScribe write them."""
_DOTTED = r"(?:0\d\.)?\d{1,3}\.\d{2}"
_IN_SQUARE = rf"\[\s*(?P<at>{CLOCK}|{_FRAMED}|{_DOTTED}){_TO}\s*\]"
_IN_OTHERS = "|".join(
    rf"{left}\s*(?P<at>{CLOCK}){_TO}\s*{right}" for left, right in ((r"\(", r"\)"), (r"\{", r"\}"), ("<", ">"))
)
_SECONDS = r"\[(?P<seconds>\d{1,6}\.\d{1,3})s?\s*-+>\s*(?P<seconds_to>\d{1,6}\.\d{1,3})s?\]"
_BRACKETED = rf"{_IN_SQUARE}|{_IN_OTHERS}|\#(?P<hash>{_HASH_CLOCK})\#|{_SECONDS}"
STAMP = rf"(?:{_BRACKETED}|(?P<bare>{CLOCK}){_TO}(?=\s|$))"
"""A stamp at the beginning of a line. The group names recur, which the regex library allows."""

_UNPADDED = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_CLOCK_ONLY = regex.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[-.,](\d{1,3}))?")
_FRAMED_ONLY = regex.compile(_FRAMED)
_STAMP_AT = regex.compile(STAMP)
_CLOSING = regex.compile(rf"(?:\[\s*(?P<at>{CLOCK})\s*\]|\(\s*(?P<at>{CLOCK})\s*\)|(?<=\s)(?P<bare>{CLOCK}))\s*\Z")
_LONGEST_CLOSING = 30
_TRAILING_HASH = regex.compile(rf"\#({_HASH_CLOCK})\#\s*\Z")
_ARROW = regex.compile(rf"(?P<from>{_UNPADDED}|{CLOCK})[ \t]*-->[ \t]*(?P<to>{_UNPADDED}|{CLOCK})(?P<rest>[ \t].*)?")
_LONGEST_TRAILING_HASH = 24
_SHORT = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?|\d{1,6}(?:[.,]\d{1,3})?"
_LEAST_HOURS = 3
_SHORTEST_HOUR_MS, _LONGEST_HOUR_MS = 240_000, 24 * 60_000
_DAY_BEGINS_MS = 5 * 3_600_000
_SHORT_ONLY = regex.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?")
_SPAN = regex.compile(rf"(?P<from>{_SHORT})(?:\s*(?:-->|[-–—])\s*(?P<to>{_SHORT}))?")


class Stamp(NamedTuple):
    """A time stamp at a place in the text; `at_ms` is None when its figures are no time."""

    start: int
    end: int
    at_ms: int | None
    to_ms: int | None
    bracketed: bool
    hashed: bool


def clock_ms(text: str) -> int | None:
    """Milliseconds of a clock such as `1:02:03.5`, or None when it is no time.

    Seconds stay below 60, and minutes too where hours are given. One digit of fraction is tenths (as in
    `#00:00:05-2#`), two are hundredths, three are milliseconds.
    """
    match = _CLOCK_ONLY.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) >= 60 or (hours is not None and int(minutes) >= 60):
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + (int(fraction.ljust(3, "0")) if fraction else 0)


def shorthand_ms(text: str) -> int | None:
    """Milliseconds of a time as NVivo lets people write it, or None: `75` is 1:15, `9203` 1:32:03, `14532` 1:45:32.

    Only for cells that are known to hold times; elsewhere a number is a number.
    """
    if ":" in text:
        return clock_ms(text)
    match = _SHORT_ONLY.fullmatch(text.strip())
    if match is None:
        return None
    figures, fraction = match.groups()
    hours, minutes, seconds = int(figures[:-4] or 0), int(figures[-4:-2] or 0), int(figures[-2:])
    if (len(figures) > 2 and seconds >= 60) or (len(figures) > 4 and minutes >= 60):
        return None
    whole = (hours * 60 + minutes) * 60 + seconds
    return whole * 1000 + (int(fraction.ljust(3, "0")) if fraction else 0)


def span_ms(text: str) -> tuple[int, int | None] | None:
    """Start and end of a cell such as `0:00.0 - 0:05.2` or `0:05`; None when it is no time or runs backwards."""
    match = _SPAN.fullmatch(text.strip().strip("#[]() \u00a0"))
    if match is None:
        return None
    begin = shorthand_ms(match.group("from"))
    finish = shorthand_ms(match.group("to")) if match.group("to") else None
    if begin is None or (match.group("to") and finish is None):
        return None
    return None if finish is not None and finish < begin else (begin, finish)


def stamp_of(match: regex.Match[str]) -> Stamp | None:
    """The stamp that a match of a pattern with `STAMP` in it has found, or None."""
    for group in ("at", "hash", "bare", "seconds"):
        value = match.group(group)
        if value is not None:
            to = match.group("to") or match.group("seconds_to")
            read = _seconds_ms if group == "seconds" else _enclosed_ms if group == "at" else clock_ms
            return Stamp(
                start=match.start(group) - (group != "bare"),
                end=match.end(group) + (group != "bare"),
                at_ms=read(value),
                to_ms=read(to) if to else None,
                bracketed=group != "bare",
                hashed=group == "hash",
            )
    return None


def _enclosed_ms(value: str) -> int | None:
    """Milliseconds of a clock in brackets: with the number of a picture, which is left out, or with points (`00.12`)."""
    if _FRAMED_ONLY.fullmatch(value):
        return clock_ms(value[:-3])
    return clock_ms(value if ":" in value else value.replace(".", ":"))


def _seconds_ms(value: str) -> int:
    """Milliseconds of the seconds that faster-whisper prints: `12.34`."""
    return round(float(value) * 1000)


def stamp_at(text: str, start: int, end: int) -> tuple[Stamp, int] | None:
    """The stamp that begins exactly at `start`, with the offset after it, or None."""
    match = _STAMP_AT.match(text, start, end)
    if match is None:
        return None
    stamp = stamp_of(match)
    return (stamp, match.end()) if stamp else None


def trailing_hash(text: str, start: int, end: int) -> tuple[int, int | None] | None:
    """Where a closing `#00:00:05-2#` of `text[start:end]` begins, and its time (None if it is no time)."""
    tail = max(start, end - _LONGEST_TRAILING_HASH)
    match = _TRAILING_HASH.search(text, tail, end)
    return (match.start(), clock_ms(match.group(1))) if match else None


def closing_clock(text: str, start: int, end: int, *, bare: bool) -> tuple[int, int | None] | None:
    """Where a closing `[00:00:05]` or `(0:05)` of `text[start:end]` begins, and its time (None if it is no time).

    Args:
        bare: look for `0:05` without brackets instead. A clock with nothing before it closes nothing and is none.
    """
    match = _CLOSING.search(text, max(start, end - _LONGEST_CLOSING), end)
    group = "bare" if bare else "at"
    if match is None or match[group] is None or match.start() <= start:
        return None
    return match.start(), clock_ms(match[group])


def hours_of_day(times: Sequence[int]) -> bool:
    """True for times that are hours of the day, read as a recording's: `09:00`, `09:15`, `10:30`.

    At least three, none of them at a recording's beginning or after midnight, and all of them whole five minutes, as in
    programmes and logs.
    """
    short = all(time % 5_000 == 0 and _SHORTEST_HOUR_MS <= time < _LONGEST_HOUR_MS for time in times)
    long = all(time % 300_000 == 0 and time >= _DAY_BEGINS_MS for time in times)
    return len(times) >= _LEAST_HOURS and (short or long)


def arrow(line: str) -> tuple[int, int] | None:
    """Start and end of a line `00:00:03.120 --> 00:00:06.480`; None when it is none or runs backwards."""
    match = _ARROW.fullmatch(line.strip())
    if match is None:
        return None
    begin, finish = clock_ms(match.group("from")), clock_ms(match.group("to"))
    return None if begin is None or finish is None or finish < begin else (begin, finish)


def clock_text(milliseconds: int) -> str:
    """`hh:mm:ss`, rounded down to the second."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"

"""A hybrid logical clock: wall time that never runs backwards, so that changes from several copies have one order.

After Kulkarni, Demirbas, Madappa, Avva & Leone (2014), "Logical Physical Clocks". A reading is text that sorts as it
happened: twelve hexadecimal digits of milliseconds since 1970 and four of a counter.
"""

from __future__ import annotations

from datetime import UTC, datetime

_COUNTER_LIMIT = 0xFFFF


def reading(milliseconds: int, counter: int) -> str:
    return f"{milliseconds:012x}{counter:04x}"


def split(clock: str) -> tuple[int, int]:
    """(milliseconds, counter) of a reading."""
    return int(clock[:12], 16), int(clock[12:], 16)


def tick(now_ms: int, latest: str | None) -> str:
    """The next reading: after `latest`, the highest reading known, even when this machine's clock lags behind it."""
    if latest is None:
        return reading(now_ms, 0)
    milliseconds, counter = split(latest)
    if now_ms > milliseconds:
        return reading(now_ms, 0)
    if counter < _COUNTER_LIMIT:
        return reading(milliseconds, counter + 1)
    return reading(milliseconds + 1, 0)


def iso(clock: str) -> str:
    """The reading's wall time as UTC ISO 8601 with Z, to the second."""
    milliseconds, _ = split(clock)
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

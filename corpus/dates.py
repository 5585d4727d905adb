"""Dates as Norwegian articles write them, read as 2026-03-14.

Light on purpose: the screens need it from their first paint, so nothing is imported here but the standard library.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            ("januar", "jan"), ("februar", "feb", "febr"), ("mars", "mar"), ("april", "apr"), ("mai",), ("juni", "jun"),
            ("juli", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"),
            ("desember", "des"),
        ),
        start=1,
    )
    for month in names
}  # fmt: skip


def iso_date(words: str) -> str:
    """The first date in the words as 2026-03-14, or empty: 14.03.2026, 14. mars 2026, 14.3.26, 2026-03-14T08:00."""
    found: list[tuple[int, str]] = []
    for pattern in _patterns():
        for match in pattern.finditer(words):
            day = _date_of(match["y"], match["m"], match["d"])
            if day:
                found.append((match.start(), day))
                break
    return min(found)[1] if found else ""


def iso_month(words: str) -> str:
    """The month that the words are, and nothing else, as 2026-03, or empty: `Mars 2026`, `mars, 2026`."""
    match = _month().fullmatch(words.strip())
    return f"{match['y']}-{_MONTHS[match['m'].casefold()]:02d}" if match else ""


def without_dates(words: str) -> str:
    """The words with everything taken out that has the shape of a date."""
    for pattern in _patterns():
        words = pattern.sub("", words)
    return words


@cache
def _month() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
        re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[./-]\s?(?P<m>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"),
        re.compile(
            rf"(?<!\d)(?P<d>\d{{1,2}})\.?\s+(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,?\s+"
            r"(?P<y>(?:19|20)\d\d)(?!\d)",
            re.IGNORECASE,
        ),
    )


def _date_of(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.casefold()) or (int(month) if month.isdecimal() else 0)
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return ""

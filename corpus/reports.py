"""What a report's front page says of it: title, who published it and when, among the lines above the list of contents."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.articles import Facts, dated_row, named_title, text_facts
from corpus.bodies import publishes_reports
from corpus.dates import iso_date, iso_month
from corpus.first_names import gender_of
from corpus.regions.contents import contents, is_contents_heading
from corpus.regions.rows import Row, ends_sentence, heading_words, rows_of

_FRONT = 6_000
"""How many characters from the beginning a front page stands within."""
_FRONT_ROWS = 14
_LONGEST_TITLE = 180
_LONGEST_LINE = 120
_OPENINGS = frozenset({"forord", "sammendrag", "samandrag", "innledning", "innleiing", "kolofon", "summary"})
_SERIES = regex.compile(
    r"(?i)(?:\p{L}+[ -])?(?:rapport|notat|report|fafo-?notat|nou|meld\. ?st\.|prop\.|is|nr\.?|isbn|issn)\b[ :.-]*(?:nr\.? ?)?"
    r"(?:\d[\d/:.\s–-]*(?:\(\d{4}[–-]\d{4}\)|[a-z]{0,3})?)?"
)
"""What a report is called in its series: `Rapport 7/2026`, `NIBR-rapport 2021:10`, `NOU 2019: 5`."""
_NUMBERED = regex.compile(
    r"(?i)(?:[\p{L}-]+[ -])?(?:rapport|report|nou|meld\. ?st\.)\s*(?:nr\.? ?)?\d{1,4}\s?[/:]?\s?\d{0,4}.{0,20}"
)
_PLACE_BEFORE = regex.compile(r"\p{Lu}[\p{L}-]+,?\s+(?:den\s+)?(?=\p{L}+\.?,?\s+(?:19|20)\d\d$)")
_BY = regex.compile(
    r"(?i)(?:av|forfatter\w*|utarbeidet av|skrevet av|på oppdrag (?:for|fra|av)|oppdragsgiver|utgitt)\b"
)
_NAMES = regex.compile(
    r"\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*){1,4}(?:(?:,| og| &)\s\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*){1,4})*"
)
_YEAR = regex.compile(r"(?:19|20)\d\d")


def report_facts(text: str) -> Facts:
    """Title, publisher and date as a report's front page has them; empty for what does not stand on a line of its own."""
    rows = _front(text)
    named = text_facts("\n".join(row.text for row in rows))
    publisher = next((row.text for row in rows if publishes_reports(row.text)), "")
    return Facts(
        title=named_title(rows) or _title(rows),
        publisher=named.publisher or publisher,
        date=dated_row(rows) or _month(rows),
    )


def reads_as_report(text: str) -> bool:
    """Whether a text without speakers is a report: a list of contents, or a front page with a number in a series."""
    rows = _front(text)
    return any(_NUMBERED.fullmatch(row.text) for row in rows) or bool(contents(rows_of(text[:_FRONT])))


def _front(text: str) -> Sequence[Row]:
    """The lines above the list of contents, the first chapter or the first paragraph."""
    found: list[Row] = []
    for row in rows_of(text[:_FRONT])[:_FRONT_ROWS]:
        opens = is_contents_heading(row.text) or heading_words(row.text) in _OPENINGS
        if opens or len(row.text) > _LONGEST_TITLE or (ends_sentence(row.text) and len(row.text) > _LONGEST_LINE):
            break
        found.append(row)
    return found


def _title(rows: Sequence[Row]) -> str:
    """The first line that is nothing else, with the next where it goes on there."""
    for index, row in enumerate(rows):
        words = row.text
        if _is_other(row) or not any(each.isalpha() for each in words):
            continue
        if ends_sentence(words) and not words.endswith("?"):
            return ""
        below = rows[index + 1] if index + 1 < len(rows) else None
        goes_on = below is not None and not below.blanks and below.text[:1].islower()
        return f"{words} {below.text}" if below is not None and goes_on else words
    return ""


def _is_other(row: Row) -> bool:
    """Whether a line of the front page is the series, the writers, the publisher or the date."""
    words = row.text
    writers = _NAMES.fullmatch(words) is not None and gender_of(words.split()[0]) != ""
    own = _SERIES.fullmatch(words) or _BY.match(words) or publishes_reports(words)
    return bool(writers or own or dated_row((row,)) or _month((row,)))


def _month(rows: Sequence[Row]) -> str:
    """The month on a line of its own, also behind a place (`Oslo, mars 2026`), else a year alone on one."""
    for row in rows:
        found = iso_month(row.text) or iso_month(_PLACE_BEFORE.sub("", row.text, count=1))
        if found and not iso_date(row.text):
            return found
    return next((row.text for row in rows if _YEAR.fullmatch(row.text)), "")

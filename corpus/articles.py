"""What a news article says of itself: its title, who published it and when.

Web pages say it in their head (see `corpus.readers.page_facts`); a text says it in its first lines, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from corpus.bodies import NEWSPAPER, is_newspaper
from corpus.dates import iso_date, without_dates
from corpus.model import Turn
from corpus.regions.rows import Row, ends_sentence, rows_of

_HEAD_ROWS = 14
"""Lines from the beginning among which an article tells of itself."""
_TITLE_ROWS = 8
_LONGEST_TITLE = 180
_LONGEST_LINE = 120
_SAYS_WHEN = regex.compile(
    r"(?i)^(?P<word>publisert|førstegangspublisert|publisering|dato|utgitt|trykt|oppdatert|sist oppdatert|endra|endret)\b"
)
_WAS_HELD = regex.compile(
    r"(?i)(?:dato|møtedato|intervjudato|dato for (?:intervju\w*|samtale\w*|møte\w*)|tid|tidspunkt|tid og sted|gjennomført"
    r"|intervju(?:et|a)? (?:gjennomført|holdt|tatt opp)|tatt opp|opptak)\b\s*:?"
)
"""How lines begin that say when an interview or a meeting was."""
_HEAD_TEXT = 2_000
"""Characters from the beginning among which such a line stands."""
_UPDATED = regex.compile(r"(?i)oppdatert|endra|endret")
_AROUND_DATE = regex.compile(
    r"(?i)\b(?:man|tirs|ons|tors|fre|lør|laur|søn|sun|mån|tys)dag(?:en)?\b|\bkl(?:okk[ae]n?)?\b\.?|\d{1,2}[.:]\d\d(?:\s?[ap]m)?|[\s,.|·•–—:-]"
)
_NAMED_PUBLISHER = regex.compile(
    r"(?i:kilde|kjelde|avis|utgiver|utgivar|publisert (?:av|hos)|medium|nettsted|nettstad)\s*:?\s+(?P<name>\p{Lu}[^\n,.|:]{1,59})"
)
_NAMED_TITLE = regex.compile(r"(?i:tittel|overskrift)\s*:\s*(?P<name>\S.*)")
_ARCHIVED = regex.compile(r"(?i)fra arkivet\s*:")
"""How the other lines begin that an archive had around an article (see `corpus.article_bundle`)."""
_FURNITURE = regex.compile(
    r"(?i)(?:fra arkivet|foto|illustrasjon\w*|tekst|av|journalist|publisert|oppdatert|dato|kilde|kjelde|avis|del|les også|les òg"
    r"|annonse|abonner|meny|logg inn|hopp til|url|https?)\b[ :|/]*.{0,80}"
    r"|(?:nyheter|nyhende|debatt|kommentar|kronikk|artikkel|leserinnlegg|reportasje|innenriks)[ :|/]*"
)
_SECTION = regex.compile(
    r"(?:(?:[Dd]ebatt|[Kk]ommentar|[Kk]ronikk|[Ll]eserinnlegg|[Rr]eportasje)|\p{Lu}{4,})\s*[:|]\s+(?=\p{Lu}|[–«])"
)
"""What a paper puts before a headline: `DEBATT: ...`."""
_SLOGAN = regex.compile(r"-\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text or a page says of itself; empty where it says nothing."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    """As 2026-03-14."""

    def or_else(self, other: Facts) -> Facts:
        """The same facts, with the other's where these are silent."""
        return replace(
            self,
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            date=self.date or other.date,
        )


def text_facts(text: str) -> Facts:
    """What the first lines of an article's text say: `Publisert: 14.03.2026`, `NRK Troms og Finnmark`, the headline.

    A date counts only where it is called one or stands alone on its line: prose has dates of its own.
    """
    rows = rows_of(text[:20_000])[:_HEAD_ROWS]
    return Facts(title=_title(rows), publisher=_publisher(rows), date=dated_row(rows))


def says_what(words: str) -> bool:
    """Whether a line names the title, the publisher or the date in so many words: `Tittel: ...`, `Publisert: ...`."""
    bare = _bare(words)
    says = _SAYS_WHEN.match(bare) if len(bare) <= _LONGEST_LINE else None
    dated = says is not None and iso_date(bare[says.end() :]) != ""
    named = _NAMED_PUBLISHER.fullmatch(bare) is not None and ":" in bare
    return (
        dated
        or named
        or _ARCHIVED.match(bare) is not None
        or (len(bare) <= _LONGEST_TITLE and _NAMED_TITLE.fullmatch(bare) is not None)
    )


def says_it_is_one(text: str) -> bool:
    """Whether the first lines name title, publisher and date one by one, as those do that somebody has prepared."""
    words = [_bare(row.text) for row in rows_of(text[:2_000])[:_TITLE_ROWS]]
    dated = any((says := _SAYS_WHEN.match(each)) and iso_date(each[says.end() :]) for each in words)
    return (
        dated
        and any(_NAMED_TITLE.fullmatch(each) for each in words)
        and any(_NAMED_PUBLISHER.match(each) for each in words)
    )


def said_date(text: str, turns: Sequence[Turn]) -> str:
    """When an interview or a meeting was, where a line above what is said says so (`Dato: 5.5.2026`), as 2026-05-05."""
    first = min((turn.label_start for turn in turns), default=_HEAD_TEXT)
    for row in rows_of(text[: min(first, _HEAD_TEXT)])[:_TITLE_ROWS]:
        words = _bare(row.text)
        says = _WAS_HELD.match(words) if len(words) <= _LONGEST_LINE else None
        found = iso_date(words[says.end() :]) if says else iso_date(words) if _only_date(words) else ""
        if found:
            return found
    return ""


def dated_row(rows: Sequence[Row]) -> str:
    """The date that one of the lines says is one, or is, as 2026-03-14; of two the one of publication."""
    alone = updated = ""
    for row in rows:
        if len(row.text) > _LONGEST_LINE:
            continue
        words = _bare(row.text)
        found = iso_date(words)
        if not found:
            continue
        says = _SAYS_WHEN.match(words)
        if says and not _UPDATED.search(says["word"]):
            return found
        if says:
            updated = updated or found
        elif _only_date(words):
            alone = alone or found
    return alone or updated


def _only_date(words: str) -> bool:
    """Whether nothing but a date, a time, a weekday and a publisher's name stands on the line."""
    return not _AROUND_DATE.sub("", NEWSPAPER.sub("", without_dates(words))).strip()


def _publisher(rows: Sequence[Row]) -> str:
    for row in rows:
        if len(row.text) > _LONGEST_LINE:
            continue
        words = _bare(row.text)
        named = _NAMED_PUBLISHER.match(words)
        if named:
            return str(named["name"]).strip()
        match = NEWSPAPER.match(words)
        rest = words[match.end() :].strip(" ,|·•–—-:/") if match else ""
        if match and (not rest or (iso_date(rest) and _only_date(rest)) or _SAYS_WHEN.match(rest)):
            return str(match.group()).strip()
        alone, _mark, rest = words.partition(",")
        if is_newspaper(alone.strip()) and (not rest.strip() or (iso_date(rest) and _only_date(rest))):
            return alone.strip()
    return ""


def named_title(rows: Sequence[Row]) -> str:
    """The title that a line calls one (`Tittel: ...`), or empty."""
    for row in rows:
        named = _NAMED_TITLE.fullmatch(_bare(row.text)) if len(row.text) <= _LONGEST_TITLE else None
        if named:
            return str(named["name"]).strip()
    return ""


def _title(rows: Sequence[Row]) -> str:
    if named := named_title(rows):
        return named
    for row in rows[:_TITLE_ROWS]:
        words = _bare(row.text)
        dated = iso_date(words) and _only_date(words)
        words = words[section.end() :] if (section := _SECTION.match(words)) else words
        own = _FURNITURE.fullmatch(words) or _SLOGAN.match(words) or is_newspaper(words) or dated
        if not own and not _SAYS_WHEN.match(words):
            if len(words.split()) == 1 and not ends_sentence(words):
                continue
            prose = len(words) > _LONGEST_TITLE or words.endswith((".", ":"))
            return "" if prose else words
    return ""


def _bare(words: str) -> str:
    """The line without Markdown's marks."""
    return words.strip("#*_ \t\u00a0")

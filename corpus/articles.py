"""What a news article says of itself: its title, who published it and when.

Web pages say it in their head (see `corpus.readers.page_facts`); a text says it in its first lines, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from corpus.regions.rows import Row, ends_sentence, rows_of

_HEAD_ROWS = 14
"""Lines from the beginning among which an article tells of itself."""
_TITLE_ROWS = 8
_LONGEST_TITLE = 180
_LONGEST_LINE = 120
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
_DATES = (
    regex.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    regex.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[./-]\s?(?P<m>\d{1,2})\s?[./-]\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"),
    regex.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})\.?\s+(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,?\s+"
        r"(?P<y>(?:19|20)\d\d)(?!\d)",
        regex.I,
    ),
)
_SAYS_WHEN = regex.compile(
    r"(?i)^(?P<word>publisert|førstegangspublisert|publisering|dato|utgitt|trykt|oppdatert|sist oppdatert|endra|endret)\b"
)
_UPDATED = regex.compile(r"(?i)oppdatert|endra|endret")
_AROUND_DATE = regex.compile(
    r"(?i)\b(?:man|tirs|ons|tors|fre|lør|laur|søn|sun|mån|tys)dag(?:en)?\b|\bkl(?:okk[ae]n?)?\b\.?|\d{1,2}[.:]\d\d|[\s,.|·•–—:-]"
)
_PUBLISHERS = (
    r"NRK(?:\s\p{Lu}\p{L}*(?:\sog\s\p{Lu}\p{L}*)*)?|VG|Aftenposten|Dagbladet|Dagens Næringsliv|DN|TV\s?2"
    r"|Nettavisen"
    r"|Klassekampen|Vårt Land|Dagsavisen|Morgenbladet|Nationen|Bergens Tidende|Bergensavisen|Adresseavisen|Adressa"
    r"|Stavanger Aftenblad|Fædrelandsvennen|Nordlys|iTromsø|Avisa Nordland|Kommunal Rapport|Sykepleien|Fontene|Rus & Samfunn"
    r"|Dagens Medisin|Tidsskrift for Den norske legeforening|Khrono|Forskning\.no|forskning\.no|NTB|Altinget"
    r"|Gjengangeren|Karmøynytt"
    r"|Haugesunds Avis|Budstikka|Drammens Tidende|Romerikes Blad|Hamar Arbeiderblad|Sunnmørsposten|Firda|Nidaros|Dag og Tid"
)
_PUBLISHER = regex.compile(_PUBLISHERS)
_NAMED_PUBLISHER = regex.compile(
    r"(?i:kilde|kjelde|avis|utgiver|utgivar|publisert (?:av|hos)|medium|nettsted|nettstad)\s*:?\s+(?P<name>\p{Lu}[^\n,.|:]{1,59})"
)
_NAMED_TITLE = regex.compile(r"(?i:tittel|overskrift)\s*:\s*(?P<name>\S.*)")
_FURNITURE = regex.compile(
    r"(?i)(?:foto|illustrasjon\w*|tekst|av|journalist|publisert|oppdatert|dato|kilde|kjelde|avis|del|les også|les òg|annonse|"
    r"abonner|meny|logg inn|hopp til|url|https?)\b[ :|/]*.{0,80}"
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


def iso_date(words: str) -> str:
    """The first date in the words as 2026-03-14, or empty: 14.03.2026, 14. mars 2026, 14.3.26, 2026-03-14T08:00."""
    found: list[tuple[int, str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(words):
            day = _date_of(match["y"], match["m"], match["d"])
            if day:
                found.append((match.start(), day))
                break
    return min(found)[1] if found else ""


def text_facts(text: str) -> Facts:
    """What the first lines of an article's text say: `Publisert: 14.03.2026`, `NRK Troms og Finnmark`, the headline.

    A date counts only where it is called one or stands alone on its line: prose has dates of its own.
    """
    rows = rows_of(text[:20_000])[:_HEAD_ROWS]
    return Facts(title=_title(rows), publisher=_publisher(rows), date=_date(rows))


def says_it_is_one(text: str) -> bool:
    """Whether the first lines name title, publisher and date one by one, as those do that somebody has prepared."""
    words = [_bare(row.text) for row in rows_of(text[:2_000])[:_TITLE_ROWS]]
    dated = any((says := _SAYS_WHEN.match(each)) and iso_date(each[says.end() :]) for each in words)
    return (
        dated
        and any(_NAMED_TITLE.fullmatch(each) for each in words)
        and any(_NAMED_PUBLISHER.match(each) for each in words)
    )


def _date_of(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.casefold()) or (int(month) if month.isdecimal() else 0)
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return ""


def _date(rows: Sequence[Row]) -> str:
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
    rest = words
    for pattern in _DATES:
        rest = pattern.sub("", rest)
    return not _AROUND_DATE.sub("", _PUBLISHER.sub("", rest)).strip()


def _publisher(rows: Sequence[Row]) -> str:
    for row in rows:
        if len(row.text) > _LONGEST_LINE:
            continue
        words = _bare(row.text)
        named = _NAMED_PUBLISHER.match(words)
        if named:
            return str(named["name"]).strip()
        match = _PUBLISHER.match(words)
        rest = words[match.end() :].strip(" ,|·•–—-:/") if match else ""
        if match and (not rest or (iso_date(rest) and _only_date(rest)) or _SAYS_WHEN.match(rest)):
            return str(match.group()).strip()
    return ""


def _title(rows: Sequence[Row]) -> str:
    for row in rows:
        named = _NAMED_TITLE.fullmatch(_bare(row.text)) if len(row.text) <= _LONGEST_TITLE else None
        if named:
            return str(named["name"]).strip()
    for row in rows[:_TITLE_ROWS]:
        words = _bare(row.text)
        dated = iso_date(words) and _only_date(words)
        words = words[section.end() :] if (section := _SECTION.match(words)) else words
        own = _FURNITURE.fullmatch(words) or _SLOGAN.match(words) or _PUBLISHER.fullmatch(words) or dated
        if not own and not _SAYS_WHEN.match(words):
            if len(words.split()) == 1 and not ends_sentence(words):
                continue
            prose = len(words) > _LONGEST_TITLE or words.endswith((".", ":"))
            return "" if prose else words
    return ""


def _bare(words: str) -> str:
    """The line without Markdown's marks."""
    return words.strip("#*_ \t\u00a0")

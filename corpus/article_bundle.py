"""Many articles in one file, as a newspaper archive hands them out (Retriever's Atekst and Mediearkivet).

Each article has its headline, a line with the paper and the date, and a line that says how it was published; rules of `=` and `-`
stand between them in plain text and are left out elsewhere. A list of headlines may stand above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

import regex

from corpus.articles import Facts, iso_date
from corpus.regions.rows import Row, rows_of

_PAPER = regex.compile(
    r"(?P<paper>\p{Lu}[^\n]{1,79}?),\s+(?P<date>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
    r"(?:,?\s+(?:kl\.?\s*)?\d{1,2}[:.]\d\d)?\.?"
)
_PUBLISHED = regex.compile(r"Pu ?blisert (?:på|i) (?:trykk|papir|print|nett|web|nettet|radio|tv|app)\b.{0,40}", regex.I)
_RULE = regex.compile(r"[=\-_–—*]{8,}")
_CREDIT = regex.compile(r"©.*|Se (?:web)?artikkelen på .*|Les hele (?:nyheten|artikkelen) på .*|https?://\S+", regex.I)
_MOST_BETWEEN = 6
"""How many lines (page, section, writer) stand between the paper and how it was published."""
_LONGEST_TITLE = 250
_LEAST = 2
_HEAD = 2_000
"""How many characters from the beginning the head of an article stands within."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledArticle:
    """One article of a file that holds many."""

    title: str
    publisher: str
    date: str
    """As 2026-03-14."""
    text: str
    """What was written, without what the archive put around it."""


def articles_in(text: str) -> tuple[BundledArticle, ...]:
    """The articles of an archive's file in their order; none where the text is one article, or something else."""
    rows = rows_of(text)
    heads = [head for index in range(len(rows)) if (head := _head(rows, index)) is not None]
    if len(heads) < _LEAST:
        return ()
    titles = [title for title, _paper, _body in heads]
    found: list[BundledArticle] = []
    for (title, paper, body), below in zip(heads, [*titles[1:], len(rows)], strict=True):
        match = _PAPER.fullmatch(rows[paper].text)
        words = _body(text, rows, body, below)
        if match is not None and words:
            headline = "" if title == paper else rows[title].text
            found.append(
                BundledArticle(title=headline, publisher=match["paper"], date=iso_date(match["date"]), text=words)
            )
    return tuple(found) if len(found) >= _LEAST else ()


def archive_facts(text: str) -> Facts:
    """What the head of the first article of an archive says, where the text has one near its beginning."""
    rows = rows_of(text[:_HEAD])
    for index in range(len(rows)):
        head = _head(rows, index)
        match = _PAPER.fullmatch(rows[index].text) if head else None
        if head and match:
            title = "" if head[0] == index else rows[head[0]].text
            return Facts(title=title, publisher=match["paper"], date=iso_date(match["date"]))
    return Facts()


def bundle_reason(count: int) -> str:
    """Why such a file is no source, and what makes sources of it; empty for fewer than two."""
    if count < _LEAST:
        return ""
    message = ngettext(
        "Filen har {n} artikkel. Del den med «kodebenk articles FIL -o MAPPE», og importer mappen.",
        "Filen har {n} artikler fra et avisarkiv. Del den med «kodebenk articles FIL -o MAPPE», og importer mappen.",
        count,
    )
    return message.format(n=count)


def standing_alone(article: BundledArticle) -> str:
    """The article as a text of its own, whose first lines say what it is (see `corpus.articles`)."""
    facts = (
        (_("Tittel: {what}"), article.title),
        (_("Kilde: {what}"), article.publisher),
        (_("Publisert: {what}"), article.date),
    )
    head = "\n".join(words.format(what=what) for words, what in facts if what)
    return f"{head}\n\n{article.text}\n"


def _head(rows: Sequence[Row], index: int) -> tuple[int, int, int] | None:
    """Rows of an article's title and paper, and its first row of text, where the paper stands at `index`."""
    if _PAPER.fullmatch(rows[index].text) is None:
        return None
    for below in range(index + 1, min(len(rows), index + 2 + _MOST_BETWEEN)):
        if _PUBLISHED.fullmatch(rows[below].text):
            title = _title(rows, index)
            return title, index, below + 1
        if _PAPER.fullmatch(rows[below].text):
            return None
    return None


def _title(rows: Sequence[Row], paper: int) -> int:
    """Row of the headline above the paper's line, or the paper's own where none stands there."""
    above = paper - 1
    if above >= 0 and _RULE.fullmatch(rows[above].text):
        above -= 1
    if above < 0:
        return paper
    words = rows[above].text
    other = _RULE.fullmatch(words) or _CREDIT.fullmatch(words) or words.startswith(">")
    return paper if other or len(words) > _LONGEST_TITLE else above


def _body(text: str, rows: Sequence[Row], first: int, last: int) -> str:
    """The rows between two heads without rules and the archive's own lines at the end."""
    while first < last and _RULE.fullmatch(rows[first].text):
        first += 1
    while last > first and (_RULE.fullmatch(rows[last - 1].text) or _CREDIT.fullmatch(rows[last - 1].text)):
        last -= 1
    return text[rows[first].start : rows[last - 1].end] if first < last else ""

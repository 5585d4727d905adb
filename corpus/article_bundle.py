"""Many articles in one file, as a newspaper archive hands them out (Retriever's Atekst and Mediearkivet).

Each article has its headline, a line with the paper and the date, and a line that says how it was published; rules of `=` and `-`
stand between them in plain text and are left out elsewhere. A list of headlines may stand above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import ngettext

import regex

from corpus.articles import Facts
from corpus.dates import iso_date
from corpus.regions.rows import Row, rows_of

_PAPER = regex.compile(
    r"(?P<paper>\p{Lu}[^\n]{1,79}?),\s+(?P<date>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
    r"(?:,?\s+(?:kl\.?\s*)?\d{1,2}[:.]\d\d)?\.?"
)
_PUBLISHED = regex.compile(r"Pu ?blisert (?:på|i) (?:trykk|papir|print|nett|web|nettet|radio|tv|app)\b.{0,40}", regex.I)
_RULE = regex.compile(r"[=\-_–—*]{8,}")
_CREDIT = regex.compile(
    r"©.*|Se (?:web)?artikkelen på .*|Les hele (?:nyheten|artikkelen) på .*|https?://\S+"
    r"|Alle artikler er beskyttet av lov om opphavsrett.*|Artikkelen må ikke videreformidles .*",
    regex.I,
)
_MOST_BETWEEN = 20
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
    """What was written, without what the archive put around it; empty for a picture alone."""
    archived: tuple[str, ...] = ()
    """What else the archive says of it, line by line: writer, page, how it was published, where it can be read."""


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
        if match is not None:
            first, last = _body(rows, body, below)
            clock = [rows[paper].text] if rows[paper].text[match.end("date") :].strip(" .,") else []
            around = [row.text for row in (*rows[paper + 1 : body], *rows[last:below]) if not _RULE.fullmatch(row.text)]
            found.append(
                BundledArticle(
                    title="" if title == paper else rows[title].text,
                    publisher=match["paper"],
                    date=iso_date(match["date"]),
                    text=text[rows[first].start : rows[last - 1].end] if first < last else "",
                    archived=(*clock, *around),
                )
            )
    return tuple(found)


def outside_articles(text: str) -> tuple[str, ...]:
    """The lines of an archive's file that stand above its first article: who took it out, and the list of headlines."""
    rows = rows_of(text)
    heads = (head for index in range(len(rows)) if (head := _head(rows, index)) is not None)
    first, _paper, _body_row = next(heads, (0, 0, 0))
    return tuple(row.text for row in rows[:first] if not _RULE.fullmatch(row.text))


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
    """Why such a file is no source; empty for fewer than two."""
    if count < _LEAST:
        return ""
    message = ngettext(
        "Filen har {n} artikkel fra et avisarkiv. Del den, så blir hver artikkel en kilde.",
        "Filen har {n} artikler fra et avisarkiv. Del den, så blir hver artikkel en kilde.",
        count,
    )
    return message.format(n=count)


def standing_alone(article: BundledArticle) -> str:
    """The article as a text of its own, whose first lines say what it is.

    Their labels are data, in Norwegian whatever language is spoken: `corpus.articles` reads them back.
    """
    facts = (("Tittel", article.title), ("Kilde", article.publisher), ("Publisert", article.date))
    said = [f"{label}: {what}" for label, what in facts if what]
    # Bare, the archive's lines would look like the head of one article more.
    said += [f"Fra arkivet: {what}" for what in article.archived]
    head = "\n".join(said)
    return f"{head}\n\n{article.text}".rstrip("\n") + "\n"


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


def _body(rows: Sequence[Row], first: int, last: int) -> tuple[int, int]:
    """The rows between two heads without rules and the archive's own lines at the end."""
    while first < last and _RULE.fullmatch(rows[first].text):
        first += 1
    while last > first and (_RULE.fullmatch(rows[last - 1].text) or _CREDIT.fullmatch(rows[last - 1].text)):
        last -= 1
    return first, last

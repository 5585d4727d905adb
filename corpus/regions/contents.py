"""Lists of contents: lines that lead to a page, one after another.

A line with a dot leader and a page number is an entry wherever it stands. A line whose page number stands only after
a blank or a tab is one in company: below a heading that says so, or where most lines are numbered headings. Pages must
rise, which the last column of a table hardly does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import regex

from corpus.regions.rows import Row, ends_sentence, heading_words, touches
from corpus.spans import Span

_HEADINGS = frozenset(
    """
    innhold innhald innholdsfortegnelse innholdsoversikt innhaldsliste innhaldsoversikt contents
    tabelloversikt figuroversikt tabelliste figurliste tabellar figurar tabeller figurer
    """.split()
) | {
    "table of contents", "oversikt over tabeller", "oversikt over figurer", "tabeller og figurer", "figurer og tabeller",
    "list of tables", "list of figures", "liste over figurer", "liste over tabeller",
}  # fmt: skip
_PAGE = r"(?P<page>\d{1,4}|[ivxlc]{1,6})"
_LEADER = regex.compile(rf"(?P<title>\S.*?)\s*(?:\.{{4,}}|(?:[ \u00a0]\.){{3,}}|…{{2,}}|_{{4,}}|·{{4,}})[\s.…]*{_PAGE}")
_SPACED = regex.compile(rf"(?P<title>\S.*?)(?:\t[\t ]*|[ \u00a0]{{2,}}){_PAGE}")
_PLAIN = regex.compile(r"(?P<title>\S.*?\D)[ \u00a0](?P<page>\d{1,4})")
_SECTION = regex.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[Vv]edlegg \w+|[Kk]apittel \d+|[Dd]el \w+)[\s:.]+\p{L}")
_LONE_FIGURES = regex.compile(r"(?:^|\t| {2,})[\d.,%  −-]+(?=\t| {2,}|$)")
_LONGEST_ENTRY = 220
_MOST_BETWEEN = 3
"""How many lines of one entry, or headings, may stand between two page numbers."""
_LEAST_ENTRIES = 3
_LEAST_ALONE = 6
"""How many entries without leaders a list without a heading must have."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class _Entry(NamedTuple):
    row: int
    page: int
    kind: Literal["leader", "spaced", "plain"]
    section: bool
    """Whether the title begins with a section's number."""


def is_contents_heading(words: str) -> bool:
    """Whether a line is the heading of a list of contents, of tables or of figures."""
    return heading_words(words) in _HEADINGS


def entry_title(words: str) -> str:
    """What a line of a list of contents leads to, folded and without its number; empty where it names no page."""
    for pattern in (_LEADER, _SPACED, _PLAIN):
        match = pattern.fullmatch(words) if len(words) <= _LONGEST_ENTRY else None
        if match is not None:
            return heading_words(match["title"])
    return ""


def contents(rows: Sequence[Row]) -> tuple[Span, ...]:
    """The lists of contents, of tables and of figures, with their headings."""
    found: list[Span] = []
    entries = [entry for index, row in enumerate(rows) if (entry := _entry(index, row)) is not None]
    for run in _runs(rows, entries):
        heading = _heading_above(rows, run[0].row)
        if not _convincing(rows, run, headed=heading is not None):
            continue
        first = heading if heading is not None else run[0].row
        if found and rows[first].start < found[-1][1]:
            continue
        found.append((rows[first].start, rows[run[-1].row].end))
    found += _without_pages(rows, found)
    return tuple(sorted(found))


def _entry(index: int, row: Row) -> _Entry | None:
    if len(row.text) > _LONGEST_ENTRY:
        return None
    kinds: tuple[tuple[Literal["leader", "spaced", "plain"], regex.Pattern[str]], ...] = (
        ("leader", _LEADER),
        ("spaced", _SPACED),
        ("plain", _PLAIN),
    )
    for kind, pattern in kinds:
        match = pattern.fullmatch(row.text)
        if match is None:
            continue
        title = match["title"].strip()
        if not any(character.isalpha() for character in title):
            return None
        bare = _SECTION.sub("", title)
        if kind != "leader" and (_LONE_FIGURES.search(bare) or ends_sentence(title)) and not title.endswith(("?", "…")):
            # A full stop before a page number belongs to a dot leader that lost its dots, or to prose.
            return None
        return _Entry(index, _page(match["page"]), kind, _SECTION.match(title) is not None)
    return None


def _page(words: str) -> int:
    """The page as a number; Roman ones come before all others."""
    if words.isdecimal():
        return int(words)
    values = [_ROMAN[letter] for letter in words]
    return sum(-v if any(w > v for w in values[n + 1 :]) else v for n, v in enumerate(values)) - 10_000


def _runs(rows: Sequence[Row], entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Entries near each other whose pages rise; a lone page that does not fit is passed over."""
    runs: list[list[_Entry]] = []
    for entry in entries:
        near = bool(runs) and entry.row - runs[-1][-1].row <= _MOST_BETWEEN
        between = rows[runs[-1][-1].row + 1 : entry.row] if near else ()
        titles = all(len(row.text) <= _LONGEST_ENTRY and not ends_sentence(row.text) for row in between)
        if near and titles and (entry.page >= runs[-1][-1].page or _restarts(runs[-1], entry)):
            runs[-1].append(entry)
        elif near and titles and entry.kind == "plain":
            continue
        else:
            runs.append([entry])
    return runs


def _restarts(run: Sequence[_Entry], entry: _Entry) -> bool:
    """Whether the list of tables begins right after the list of contents."""
    return entry.kind == "leader" and run[-1].kind == "leader"


def _convincing(rows: Sequence[Row], run: Sequence[_Entry], *, headed: bool) -> bool:
    leaders = sum(entry.kind == "leader" for entry in run)
    sections = sum(entry.section for entry in run)
    dense = len(run) >= 0.6 * (run[-1].row - run[0].row + 1)
    if leaders >= _LEAST_ENTRIES:
        return True
    if headed:
        return len(run) >= _LEAST_ENTRIES and dense and run[-1].page > run[0].page
    spread = run[-1].page - run[0].page >= len(run) // 2
    return len(run) >= _LEAST_ALONE and dense and spread and sections >= 0.6 * len(run)


def _heading_above(rows: Sequence[Row], first: int) -> int | None:
    """Index of the heading `Innhold` at most a few lines above the first entry, or None."""
    for index in range(first - 1, max(-1, first - 1 - _MOST_BETWEEN), -1):
        if heading_words(rows[index].text) in _HEADINGS:
            return index
        if ends_sentence(rows[index].text):
            return None
    return None


def _without_pages(rows: Sequence[Row], found: Sequence[Span]) -> list[Span]:
    """Lists below a heading whose entries are numbered headings without pages, as on the web."""
    more: list[Span] = []
    for index, row in enumerate(rows):
        if heading_words(row.text) not in _HEADINGS or touches(found, row.start, row.end):
            continue
        last = index
        while last + 1 < len(rows) and _SECTION.match(rows[last + 1].text) and len(rows[last + 1].text) <= 120:
            following = rows[last + 1]
            if ends_sentence(following.text) or (last > index and _begins_body(rows, last + 1)):
                break
            last += 1
        if last - index >= _LEAST_ENTRIES:
            more.append((row.start, rows[last].end))
    return more


def _begins_body(rows: Sequence[Row], index: int) -> bool:
    """Whether a numbered heading is the first of the body: running text stands right below it."""
    return index + 1 < len(rows) and (len(rows[index + 1].text) > 120 or ends_sentence(rows[index + 1].text))

"""Quoted speech in articles, proposed as turns: `– Det er krevende, sier Kari Nordmann.`

A dash opens a quote at the beginning of a line or after a sentence, quotation marks do so beside a verb of saying. A
quote whose speaker is not certain has none. What stands between quotes belongs to no turn, and what somebody is only
said to mean (`Ifølge Kari Nordmann er ...`) is no quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from corpus.attributions import TOLD_BELOW, Attribution, after_quote, before_colon, speaker_at, tail_in
from corpus.model import Role, Turn
from corpus.people import Cast, Mention, cast_of, label_of, line_start, only_person
from corpus.regions.rows import Row, ends_sentence, rows_of
from corpus.spans import Span

_DASH_FIRST = regex.compile(r"(?P<dash>[–—−-])[ \t\u00a0]*(?=[\p{L}\d«“\"…'’(])")
_DASH_WITHIN = regex.compile(r"(?<=[.!?:…»”\")][ \u00a0]{1,3})(?P<dash>[–—−-])[ \u00a0]+(?=[\p{Lu}\d«“\"…])")
_MARKED = regex.compile(r"[«“\"„”](?P<words>[^«»“”\"\n]{2,4000})[»”\"]")
_LONGEST_ARTICLE = 60_000
_LEAST_QUOTES = 2
_LEAST_WORDS = 4
_LIST = 2
"""How many quotes without a speaker below a line with a colon make a list of points."""


class _Quote(NamedTuple):
    """A quote as found, before its speaker is known by name. Offsets are code points of the text."""

    opening: int
    start: int
    end: int
    speaker: Attribution | None
    row: int
    """Index of the line it begins on."""
    within: bool
    """Whether something stands before it on its line."""
    hyphen: bool = False
    marked: bool = False
    """Whether quotation marks surround it."""
    until: int = 0
    """One past the attribution."""


def quoted_turns(text: str) -> tuple[Turn, ...]:
    """The quotes of an article as turns, in order and without overlap.

    `text[turn.start:turn.end]` is what was said, without dash, quotation marks and `, sier ...`; `turn.label_start` is
    where the quote opens. `turn.speaker` is the full name where the article gives it, or empty where it is not certain.
    """
    rows = rows_of(text)
    quotes = _worthy(text, rows, sorted(_found(text, rows)))
    cast = cast_of(text, [quote.speaker for quote in quotes if quote.speaker is not None])
    turns: list[Turn] = []
    spans: list[Span] = []
    before: _Quote | None = None
    for quote in quotes:
        label = _label(text, rows, cast, quote, before, turns)
        spans.append((quote.opening, quote.end))
        if label:
            cast.spoken.append(Mention(quote.end, label, line_start(text, quote.end)))
        role: Role = "other" if not label and text[quote.end - 1] == "?" else "participant"
        turns.append(Turn(speaker=label, role=role, label_start=quote.opening, start=quote.start, end=quote.end))
        before = quote
    return tuple(turns)


def is_article(text: str, least: int = _LEAST_QUOTES) -> bool:
    """Whether a text reads as a news article: not too long, and people are quoted in it as articles quote them.

    Args:
        least: how many quotes must name their speaker.
    """
    if len(text) > _LONGEST_ARTICLE:
        return False
    rows = rows_of(text)
    attributed = sum(quote.speaker is not None for quote in _found(text, rows))
    return attributed >= least and 60 * attributed >= len(rows)


def _found(text: str, rows: Sequence[Row]) -> list[_Quote]:
    """Every quote by its shape, in order and without overlap."""
    quotes: list[_Quote] = []
    after = 0
    for index, row in enumerate(rows):
        first = max(row.start, after)
        dashes = [*_dashes(text, row, first)]
        dashed = [
            quote
            for place, (opening, start, hyphen) in enumerate(dashes)
            if (
                quote := _dash_quote(
                    text,
                    rows,
                    index,
                    (opening, start, hyphen),
                    dashes[place + 1][0] if place + 1 < len(dashes) else row.end,
                )
            )
        ]
        spans = [(quote.opening, max(quote.until, quote.end)) for quote in dashed]
        marked = [quote for quote in _marked(text, row, index, first) if not _touches(quote, spans)]
        quotes += sorted([*dashed, *marked])
        after = max([after, *(max(quote.until, quote.end) for quote in dashed)])
    return quotes


def _dashes(text: str, row: Row, first: int) -> Iterator[tuple[int, int, bool]]:
    """(opening, first word, whether it is a hyphen) of every dash on the line that may open a quote."""
    match = _DASH_FIRST.match(text, row.start, row.end) if first == row.start else None
    if match:
        yield match.start(), match.end(), match["dash"] == "-"
    for match in _DASH_WITHIN.finditer(text, first, row.end):
        yield match.start(), match.end(), match["dash"] == "-"


def _dash_quote(text: str, rows: Sequence[Row], index: int, place: tuple[int, int, bool], limit: int) -> _Quote | None:
    """The quote that the dash opens, up to the next dash or the end of its line."""
    opening, start, hyphen = place
    within = opening > rows[index].start
    tail = tail_in(text, start, limit)
    if tail is None and limit == rows[index].end and index + 1 < len(rows) and _runs_on(text, rows, index):
        # The line was broken in the middle of what was said.
        tail = tail_in(text, rows[index + 1].start, rows[index + 1].end)
    end = tail.words_end if tail else limit
    start, end = _stripped(text, start, end)
    if start >= end:
        return None
    until = tail.speaker.end if tail else end
    return _Quote(opening, start, end, tail.speaker if tail else None, index, within, hyphen, until=until)


def _runs_on(text: str, rows: Sequence[Row], index: int) -> bool:
    below = rows[index + 1]
    return not ends_sentence(rows[index].text) and text[rows[index].end - 1] not in ",:;" and below.text[:1].islower()


def _marked(text: str, row: Row, index: int, first: int) -> Iterator[_Quote]:
    """Quotes in quotation marks, beside a verb of saying."""
    after = first
    for match in _MARKED.finditer(text, first, row.end):
        speaker = after_quote(text, match.end(), row.end)
        until = speaker.end if speaker else match.end()
        if speaker is None and text[after : match.start()].rstrip().endswith(":"):
            speaker = before_colon(text, after, match.start())
        if speaker is not None:
            start, end = match.span("words")
            start, end = _stripped(text, start, end - (text[end - 1] == ","))
            if start < end and _whole(text[start:end]):
                yield _Quote(
                    match.start(), start, end, speaker, index, match.start() > row.start, marked=True, until=until
                )
        after = until


def _whole(words: str) -> bool:
    """Whether words in quotation marks are what somebody said, and no expression within a sentence of the writer's."""
    return not words[:1].islower() or len(words.split()) >= _LEAST_WORDS


def _touches(quote: _Quote, spans: Sequence[Span]) -> bool:
    return any(quote.opening < end and start < quote.until for start, end in spans)


def _worthy(text: str, rows: Sequence[Row], quotes: Sequence[_Quote]) -> list[_Quote]:
    """Without what only looks like a quote: points of a list, slogans, headlines.

    A quote without attribution counts in a text that has others, where it is whole sentences behind a dash; behind a
    hyphen only where the text opens other quotes with one.
    """
    attributed = any(quote.speaker is not None and not quote.marked for quote in quotes)
    by_hyphen = any(quote.speaker is not None and quote.hyphen and not quote.within for quote in quotes)
    silent = {quote.row for quote in quotes if quote.speaker is None and not quote.within}
    kept: list[_Quote] = []
    for quote in quotes:
        if quote.speaker is None:
            whole = ends_sentence(text[quote.start : quote.end])
            if (
                not attributed
                or (quote.hyphen and not by_hyphen)
                or not whole
                or (not quote.within and _in_list(rows, quote.row, silent))
            ):
                continue
        kept.append(quote)
    return kept


def _in_list(rows: Sequence[Row], index: int, silent: set[int]) -> bool:
    """Whether the line is one of several points below a line that ends in a colon."""
    first = last = index
    apart = bool(rows[index].blanks)
    while first - 1 in silent and bool(rows[first].blanks) == apart:
        first -= 1
    while last + 1 in silent and bool(rows[last + 1].blanks) == apart:
        last += 1
    return last - first + 1 >= _LIST and first > 0 and rows[first - 1].text.endswith(":")


def _label(
    text: str, rows: Sequence[Row], cast: Cast, quote: _Quote, before: _Quote | None, turns: Sequence[Turn]
) -> str:
    """What the speaker of the quote is called, or empty."""
    spans = [(turn.label_start, turn.end) for turn in turns[-40:]]
    if quote.speaker is not None:
        return label_of(cast, quote.speaker, quote.opening, spans)
    below = _told_below(text, rows, quote)
    if below is not None:
        return label_of(cast, below, quote.opening, spans)
    resumes = before is not None and before.row == quote.row and quote.within
    if resumes and turns:
        return turns[-1].speaker
    row = rows[quote.row]
    first, last = (row.start, quote.opening) if quote.within else _introduction(rows, quote.row)
    if first == last:
        return ""
    introduced = before_colon(text, first, last) if text[first:last].rstrip().endswith(":") else None
    if introduced is not None:
        return label_of(cast, introduced, quote.opening, spans)
    return only_person(cast, first, last)


def _told_below(text: str, rows: Sequence[Row], quote: _Quote) -> Attribution | None:
    """Who said a whole line, where the next one begins with it: `Det sier Kari Nordmann.`"""
    if quote.within or quote.row + 1 >= len(rows) or quote.end < rows[quote.row].end - 1:
        return None
    below = rows[quote.row + 1]
    match = TOLD_BELOW.match(text, below.start, below.end)
    return speaker_at(text, match.end(), below.end) if match else None


def _introduction(rows: Sequence[Row], index: int) -> Span:
    """The line above, where it ends in a colon and so leads to the quote; otherwise nothing."""
    above = rows[index - 1] if index else None
    return (above.start, above.end) if above is not None and above.text.endswith(":") else (0, 0)


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

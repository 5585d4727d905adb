"""Sections that a heading opens and the text below it confirms: lists of references, and endnotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from corpus.regions.rows import Row, ends_sentence, heading_words, touches
from corpus.spans import Span

_REFERENCES = frozenset(
    """
    referanser referanseliste referansar litteratur litteraturliste litteraturreferanser litteraturreferansar
    kilder kildeliste kjelder kjeldeliste bibliografi references bibliography litteraturhenvisninger
    """.split()
) | {"litteratur og kilder", "kilder og litteratur", "referanser og litteratur", "litteratur og referanser"}
_NOTES = frozenset({"noter", "sluttnoter", "fotnoter", "sluttnotar", "fotnotar", "notar", "endnotes", "notes"})
_AFTER = regex.compile(
    r"(?i)(?:#+\s*)?(?:\d{1,2}\s+)?(?:vedlegg|appendiks|appendix|om forfatter\w*|summary|abstract|noter|sluttnoter|"
    r"sammendrag|samandrag|intervjuguide)\b.{0,100}"
)
_REFERENCE = regex.compile(
    r"\((?:19|20)\d\d[a-z]?\)|\((?:under arbeid|u\.å\.|i trykk|n\.d\.)\)|\b(?:19|20)\d\d[a-z]?[.:,]|https?://|\bdoi\b"
    r"|\bISBN\b|(?:Oslo|Bergen|København|London|New York|Trondheim)\s?: ?\p{Lu}|^(?:NOU|Meld\.? ?St|Prop|St\.? ?meld)"
)
_NOTE = regex.compile(r"(?:\[?\d{1,3}[\].)]?\s+|[⁰¹²³⁴-⁹]+\s*)\S")
_LEAST = 3
_MOST_SILENT = 6
"""Lines without any sign of an entry after which the list is over; an entry takes a few lines on a page."""
_LONGEST_ENTRY = 900
_LONGEST_SHORT = 120


def opens_section(words: str) -> bool:
    """Whether a line is the usual heading of a list of references or of notes."""
    return heading_words(words) in _REFERENCES | _NOTES


def references(rows: Sequence[Row], elsewhere: Sequence[Span]) -> tuple[Span, ...]:
    """The lists of references, with their headings.

    Args:
        elsewhere: lists of contents, where the same word only leads to the list.
    """
    return _opened(rows, elsewhere, _REFERENCES, lambda row: _REFERENCE.search(row.text) is not None)


def endnotes(rows: Sequence[Row], elsewhere: Sequence[Span]) -> tuple[Span, ...]:
    """Notes gathered below a heading of their own."""
    return _opened(rows, elsewhere, _NOTES, lambda row: _NOTE.match(row.text) is not None)


def _opened(
    rows: Sequence[Row], elsewhere: Sequence[Span], headings: frozenset[str], is_sign: Callable[[Row], bool]
) -> tuple[Span, ...]:
    found: list[Span] = []
    for index, row in enumerate(rows):
        if heading_words(row.text) not in headings or touches(elsewhere, row.start, row.end):
            continue
        if found and row.start < found[-1][1]:
            continue
        last, signs = _extent(rows, index, is_sign)
        if signs >= _LEAST and 3 * signs >= last - index:
            found.append((row.start, rows[last].end))
    return tuple(found)


def _extent(rows: Sequence[Row], heading: int, is_sign: Callable[[Row], bool]) -> tuple[int, int]:
    """Index of the section's last line, and how many of its lines show that they are entries."""
    last, signs = heading, 0
    for index in range(heading + 1, len(rows)):
        row = rows[index]
        if index - last > _MOST_SILENT or len(row.text) > _LONGEST_ENTRY or _closes(row):
            break
        if is_sign(row):
            last, signs = index, signs + 1
    while last > heading and last + 1 < len(rows) and _carries_on(rows[last], rows[last + 1]):
        last += 1
    return last, signs


def _closes(row: Row) -> bool:
    """Whether a heading stands here that opens something else."""
    return len(row.text) <= _LONGEST_SHORT and not ends_sentence(row.text) and _AFTER.fullmatch(row.text) is not None


def _carries_on(row: Row, below: Row) -> bool:
    """Whether the last entry goes on over the next line."""
    return not below.blanks and not ends_sentence(row.text) and not _closes(below) and len(below.text) <= _LONGEST_SHORT

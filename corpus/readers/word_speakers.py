"""Speakers that a document names by its layout: in the cells of a transcript table, in headings, or by setting off questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import regex
from lxml import etree

from corpus.dialogue_rows import dialogue_columns, led_by_names, led_note, table_note
from corpus.errors import UnreadableSource
from corpus.headings import Heading, parse_headings
from corpus.model import ReadOptions
from corpus.readers.timed_table import row_reason
from corpus.readers.word_questions import parse_questions
from corpus.shapes import Layout, Opening
from corpus.text import normalise_mapped
from corpus.timed_rows import columns_of, read_rows
from corpus.turns import Parsed, parse, parsed_at, reads_as_minutes

Span = tuple[int, int]

_HEADING_NAME = regex.compile(r"(?i)(?:heading|overskrift)\s*(\d)")
_OUTLINE = regex.compile(r"[0-8]")


class Marked(NamedTuple):
    """What a document's layout says, by spans of its pieces or, once placed, of its text."""

    headings: tuple[tuple[str, Span], ...]
    """(level, span) of the paragraphs in a heading style, in order."""
    tables: tuple[tuple[tuple[Span, ...], ...], ...]
    """The spans of the cells, by table and row."""
    emphasised: tuple[tuple[str, Span], ...] = ()
    """(how, span) of the paragraphs that are bold or in italics as a whole."""
    leads: tuple[Span, ...] = ()
    """The words in bold with which paragraphs begin that go on otherwise, in order."""


def heading_styles(root: etree._Element | None) -> Mapping[str, str]:
    """Style id to level, for the styles that are headings by name or by outline level; Word's own without a root."""
    found: dict[str, str] = {}
    for style in root if root is not None else ():
        values = {
            _local(element.tag): next((str(value) for key, value in element.attrib.items() if _local(key) == "val"), "")
            for element in style.iter()
            if isinstance(element.tag, str)
        }
        identifier = next((str(value) for key, value in style.attrib.items() if _local(key) == "styleId"), "")
        named = heading_level(values.get("name", ""))
        level = values.get("outlineLvl", "")
        if named:
            found[identifier] = named
        elif _OUTLINE.fullmatch(level):
            found[identifier] = str(int(level) + 1)
    return found


def heading_level(name: str) -> str:
    """The heading level that a style's name tells of (`heading 1`, `Overskrift 2`), or empty."""
    named = _HEADING_NAME.fullmatch(name.strip())
    return named.group(1) if named else ""


def style_level(style: str, styles: Mapping[str, str]) -> str:
    """The heading level of a paragraph's style id, or empty for running text."""
    return styles.get(style) or heading_level(style)


def placed(pieces: Sequence[str], marked: Marked) -> tuple[str, Marked]:
    """The pieces as stored text, and the same marks with offsets into it."""
    text, moved = normalise_mapped("".join(pieces))
    bounds = [0, *accumulate(map(len, pieces))]

    def at(span: Span) -> Span:
        return moved.span(bounds[span[0]], bounds[span[1]])

    headings = tuple((level, at(span)) for level, span in marked.headings)
    tables = tuple(tuple(tuple(map(at, row)) for row in table) for table in marked.tables)
    emphasised = tuple((how, at(span)) for how, span in marked.emphasised)
    return text, Marked(headings, tables, emphasised, tuple(map(at, marked.leads)))


def speakers(path: Path, text: str, marked: Marked, options: ReadOptions) -> Parsed | None:
    """The turns that the layout tells of, or None when it names no speakers.

    Raises:
        UnreadableSource: if a table is a transcript and the time of a row cannot be read.
    """
    plain = options.kind not in (None, "transcript") or reads_as_minutes(text)
    openings: list[Opening] = []
    closers: list[int] = []
    guessed: list[Opening] = []
    for table in marked.tables:
        found, sure = _table(path, text, table, plain=plain)
        openings += [opening for opening, _closer in found]
        closers += [closer for _opening, closer in found]
        guessed += [] if sure else [opening for opening, _closer in found]
    if openings and _in_order(openings, closers):
        return parsed_at(text, Layout(tuple(openings), tuple(closers)), options, table_note(guessed))
    headings = [Heading(level, *span) for level, span in marked.headings]
    named = parse_headings(text, headings, options) if headings else None
    if named is not None or not (marked.emphasised or marked.leads) or parse(text, options).turns:
        return named
    led = None if plain else led_by_names(text, marked.leads)
    if led:
        return parsed_at(text, led, options, (led_note(led),))
    return parse_questions(text, marked.emphasised, options)


def _table(
    path: Path, text: str, table: Sequence[Sequence[Span]], *, plain: bool
) -> tuple[list[tuple[Opening, int]], bool]:
    """An opening for each row of a transcript table, and where its words end; False where no heading or time says that it is one.

    Args:
        plain: the document is no transcript, so that names in cells are no speakers.
    """
    rows = [[text[slice(*span)] for span in row] for row in table]
    stated = columns_of(rows)
    columns = stated or (None if plain else dialogue_columns(rows))
    if columns is None:
        return [], True
    read, unread = read_rows(rows, columns)
    if unread is not None:
        raise UnreadableSource(path, row_reason(unread + 1))
    timed = columns.time is not None or columns.start is not None
    found: list[tuple[Opening, int]] = []
    for row in read:
        cells = table[row.number]
        start, end = cells[columns.content]
        found.append((Opening(cells[0][0], row.speaker, start, row.start_ms, row.end_ms, timed), end))
    return found, stated is not None


def _in_order(openings: Sequence[Opening], closers: Sequence[int]) -> bool:
    """False for rows inside cells of other rows, whose places overlap."""
    bounds = [bound for pair in zip(openings, closers, strict=True) for bound in (pair[0].label_start, pair[1])]
    return bounds == sorted(bounds)


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]

"""Tables: rows of cells, and the pieces that a table becomes when a page is read as text."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.pdf_text.lines import Line
from corpus.pdf_text.paragraphs import read_layout
from corpus.regions.captions import is_table_caption
from corpus.regions.rows import Row, ends_sentence
from corpus.spans import Span

_FIGURE = regex.compile(r"[−–-]?\d[\d   .,]*\s?%?(?:\s?\([nN]?\s?=?\s?\d[\d   .,%]*\))?|N/A|[-–.:*]")
_FIGURES = regex.compile(r"N/A|%|(?<![\w.])[−-]?\d[\d.,]*(?![\w-])")
_BULLET = regex.compile(r"[•●▪◦■·*o–—-]|\d{1,2}[.)]|[a-zæøå][.)]|\d{1,2}(?:\.\d{1,2})+\.?")
_LONGEST_CELL = 200
"""Characters a cell may hold on the average before the table is laid-out prose."""
_NUMERIC_SHARE = 0.3
_LONGEST_LINE = 100


def tabular(words: str, rows: int) -> bool:
    """Whether a document's own table is one of data: several rows of several cells, and no prose laid out in a frame.

    Args:
        words: its text, with a tab between cells and a line feed after each row.
        rows: how many rows it has.
    """
    tabs = words.count("\t")
    return rows >= 2 and tabs >= rows and len(words) <= _LONGEST_CELL * (tabs + rows)


def tab_tables(text: str, rows: Sequence[Row]) -> tuple[Span, ...]:
    """Runs of rows with tabs in them: under a table's caption, or where many of the cells are figures."""
    found: list[Span] = []
    index = 0
    while index < len(rows):
        last = index
        while last < len(rows) and _cells(text, rows[last]) > 1 and (last == index or not rows[last].blanks):
            last += 1
        captioned = index > 0 and is_table_caption(rows[index - 1].text)
        if last - index >= 2 and _table_like(rows[index:last], captioned=captioned):
            found.append((rows[index].start, rows[last - 1].end))
        index = max(last, index + 1)
    return tuple(found)


def broken_tables(lines: Sequence[Line], width: int) -> tuple[Span, ...]:
    """Tables that the extraction from a page broke into short lines.

    Args:
        lines: the lines of the text, running headers and footnotes left out.
        width: characters in a full line; without one, nothing tells a cell from a line.
    """
    if not width:
        return ()
    return tuple((lines[t.first].start, lines[t.last - 1].end) for t in read_layout(lines, width, frozenset()).tables)


def captioned_tables(rows: Sequence[Row], width: int) -> tuple[Span, ...]:
    """Below a table's caption: short lines down to the last of several rows of figures.

    Args:
        width: characters in a full line, or 0 where paragraphs are not broken into lines.
    """
    found: list[Span] = []
    longest = min(_LONGEST_LINE, 0.8 * width) if width else _LONGEST_LINE
    for index, row in enumerate(rows):
        if not is_table_caption(row.text) or (found and row.start < found[-1][1]):
            continue
        figures: list[int] = []
        for below in range(index + 1, len(rows)):
            words = rows[below].text
            if len(words) > longest or is_table_caption(words) or (ends_sentence(words) and len(words) > 40):
                break
            if len(_FIGURES.findall(words)) >= 2 or _FIGURE.fullmatch(words):
                figures.append(below)
        if len(figures) >= 3 and figures[-1] - index <= 6 * len(figures):
            found.append((rows[index + 1].start, rows[figures[-1]].end))
    return tuple(found)


def _cells(text: str, row: Row) -> int:
    """How many cells stand on the line; an empty first one counts."""
    line_start = text.rfind("\n", 0, row.start) + 1
    return text.count("\t", line_start, row.end) + 1


def _table_like(block: Sequence[Row], *, captioned: bool) -> bool:
    split = [[cell.strip() for cell in row.text.split("\t")] for row in block]
    lists = sum(len(cells) == 2 and _BULLET.fullmatch(cells[0]) is not None for cells in split)
    if 2 * lists > len(split):
        return False
    if captioned:
        return True
    cells = [cell for row in split for cell in row if cell]
    numeric = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    lengths = [len(row) for row in split]
    even = max(lengths) - min(lengths) <= 1
    return even and len(block) >= 3 and numeric >= _NUMERIC_SHARE * len(cells)

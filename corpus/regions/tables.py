"""Tables: rows of cells, and the pieces that a table becomes when a page is read as text."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.pdf_text.lines import Line
from corpus.pdf_text.paragraphs import BULLETS, read_layout
from corpus.regions.captions import is_caption, is_table_caption
from corpus.regions.rows import Row, ends_sentence
from corpus.spans import Span

_FIGURE = regex.compile(r"[−–-]?\d[\d   .,]*\s?%?(?:\s?\([nN]?\s?=?\s?\d[\d   .,%]*\))?|N/A|[-–.:*]")
_FIGURES = regex.compile(r"N/A|%|(?<![\w.])[−-]?\d[\d.,]*(?![\w-])")
_BULLET = regex.compile(rf"[{BULLETS}*o–—-]|\d{{1,2}}[.)]|[a-zæøå][.)]|\d{{1,2}}(?:\.\d{{1,2}})+\.?")
_LONGEST_CELL = 200
"""Characters a cell may hold on the average before the table is laid-out prose."""
_PARTED = regex.compile(r"\t| {3,}")
_CELL_END = regex.compile(r"\t|\n| {3,}")
_SENTENCE_WORDS = 5
"""How many words a cell must have to be prose."""
_LEAST_SPOKEN = 2
_QUOTED = regex.compile(r"[«“”\"]|[–—-]\s*\p{Lu}")
_SAID_OF_ONESELF = regex.compile(r"(?i)(?<!\p{L})(?:jeg|eg|æ|meg|vi|oss|min|mitt|mine|deg|du)(?!\p{L})")
_LONGEST_PIECE = 45
_LEAST_CELLS = 6
"""How many lines like cells below a caption make a table of words."""
_SECTION = regex.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}")
_MOST_BETWEEN = 2
"""How many lines a broken cell, or a head above the columns, may take."""
_POINT = regex.compile(
    rf"[{BULLETS}](?:\s|$)|[o–—-]\s+\p{{L}}|\d{{1,2}}[.)]\s|[–—-]\p{{Lu}}|[«“\"]|\p{{Lu}}[\p{{L}}\d .]{{0,30}}:"
)
"""How points of a list, quotations and turns begin, none of which a table is marked across."""
_NUMERIC_SHARE = 0.3
_LONGEST_LINE = 100


def tabular(words: str, rows: int) -> bool:
    """Whether a document's own table is one of data: several rows of several cells, and no prose laid out in a frame.

    Args:
        words: its text, with a tab between cells and a line feed after each row.
        rows: how many rows it has.
    """
    tabs = words.count("\t")
    return rows >= 2 and tabs >= rows and len(words) <= _LONGEST_CELL * (tabs + rows) and not _spoken(words)


def _spoken(words: str) -> bool:
    """Whether people speak in the cells: quotations set up in a table are to be coded; statements with figures beside are not."""
    cells = [cell for each in _CELL_END.split(words) if (cell := each.strip())]
    if sum(_FIGURE.fullmatch(cell) is not None for cell in cells) >= _NUMERIC_SHARE * len(cells):
        return False
    return sum(_is_speech(cell) for cell in cells) >= _LEAST_SPOKEN


def _is_speech(cell: str) -> bool:
    if len(cell.split()) < _SENTENCE_WORDS:
        return False
    return _QUOTED.match(cell) is not None or _SAID_OF_ONESELF.search(cell) is not None


def tab_tables(text: str, rows: Sequence[Row]) -> tuple[Span, ...]:
    """Runs of rows with tabs in them: beside a table's caption, or where many of the cells are figures.

    Beside a caption a cell that was broken over lines belongs to the run, as long as rows follow it.
    """
    found: list[Span] = []
    index = 0
    while index < len(rows):
        if _cells(text, rows[index]) == 1:
            index += 1
            continue
        captioned = _below_caption(rows, index)
        last = _run_end(text, rows, index, captioned=captioned)
        captioned = captioned or (last < len(rows) and is_table_caption(rows[last].text))
        if last - index >= 2 and _table_like(rows[index:last], captioned=captioned):
            found.append((rows[index].start, rows[last - 1].end))
        index = last
    return tuple(found)


def _below_caption(rows: Sequence[Row], index: int) -> bool:
    """Whether a table's caption stands right above, with at most a line or two of its own or of a column's head between."""
    for above in range(index - 1, max(-1, index - 2 - _MOST_BETWEEN), -1):
        if is_table_caption(rows[above].text):
            return True
        if ends_sentence(rows[above].text) or len(rows[above].text) > _LONGEST_LINE:
            return False
    return False


def _run_end(text: str, rows: Sequence[Row], first: int, *, captioned: bool) -> int:
    """One past the last row of cells of the run that begins here."""
    end = first + 1
    index = end
    while index < len(rows):
        row = rows[index]
        if _cells(text, row) > 1 and (captioned or not row.blanks):
            end = index + 1
        elif not captioned or index - end >= _MOST_BETWEEN or not _cell_like(row):
            break
        index += 1
    return end


def _cell_like(row: Row) -> bool:
    """Whether a line without tabs may be a piece of a cell: short, no sentence, no caption and no point of a list."""
    return (
        len(row.text) <= _LONGEST_PIECE
        and not ends_sentence(row.text)
        and not is_caption(row.text)
        and _POINT.match(row.text) is None
    )


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
    """Below a table's caption: short lines down to the last of several rows of figures, or of many lines like cells.

    Args:
        width: characters in a full line, or 0 where paragraphs are not broken into lines.
    """
    found: list[Span] = []
    longest = min(_LONGEST_LINE, 0.8 * width) if width else _LONGEST_LINE
    for index, row in enumerate(rows):
        if not is_table_caption(row.text) or (found and row.start < found[-1][1]):
            continue
        figures: list[int] = []
        cells = index
        for below in range(index + 1, len(rows)):
            words = rows[below].text
            if len(words) > longest or is_caption(words) or (ends_sentence(words) and len(words) > 40):
                break
            if _POINT.match(words) and not _FIGURE.fullmatch(words):
                break
            if len(_FIGURES.findall(words)) >= 2 or _FIGURE.fullmatch(words):
                figures.append(below)
            if cells == below - 1 and _cell_like(rows[below]):
                cells = below
        if len(figures) >= 3 and figures[-1] - index <= 6 * len(figures):
            found.append((rows[index + 1].start, rows[figures[-1]].end))
        elif width and (last := _last_cell(rows, index, cells)) - index >= _LEAST_CELLS:
            found.append((rows[index + 1].start, rows[last].end))
    return tuple(found)


def _last_cell(rows: Sequence[Row], caption: int, last: int) -> int:
    """The last line of a column of cells: a heading that stands alone above what follows is none."""
    while (
        last > caption and rows[last].blanks and (last + 1 == len(rows) or rows[last + 1].blanks or _opens(rows, last))
    ):
        last -= 1
    return last


def _opens(rows: Sequence[Row], index: int) -> bool:
    """Whether running text stands right below a line."""
    return (
        len(rows[index + 1].text) > _LONGEST_LINE
        or ends_sentence(rows[index + 1].text)
        or _SECTION.match(rows[index].text) is not None
    )


def _cells(text: str, row: Row) -> int:
    """How many cells stand on the line, parted by tabs or by wide blanks; an empty first one counts before a tab."""
    line_start = text.rfind("\n", 0, row.start) + 1
    return len(_PARTED.findall(row.text)) + text.count("\t", line_start, row.start) + 1


def _table_like(block: Sequence[Row], *, captioned: bool) -> bool:
    split = [[cell.strip() for cell in _PARTED.split(row.text)] for row in block]
    lists = sum(len(cells) == 2 and _BULLET.fullmatch(cells[0]) is not None for cells in split)
    spoken = sum(cells[0].endswith(":") for cells in split)
    if 2 * max(lists, spoken) > len(split):
        return False
    if _spoken("\n".join(row.text for row in block)):
        return False
    if captioned:
        return True
    cells = [cell for row in split for cell in row if cell]
    numeric = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    lengths = [len(row) for row in split]
    even = max(lengths) - min(lengths) <= 1
    return even and len(block) >= 3 and numeric >= _NUMERIC_SHARE * len(cells)

"""A table of words on paper lying down: a row a case, as many columns on each page as can be read."""

from __future__ import annotations

from exports.models import Column, Table
from exports.paper.markup import Page, Style, Type, cell, new_document, paragraph, row, run, saved, table
from exports.paper.models import Sheet
from exports.quotations import lines, one_line
from exports.word_markup import Flow
from exports.word_template import Element

COLUMNS = 4
"""Beside the first; more go on to a table below."""
_PAGE = Page(landscape=True, left=794, right=794)
_TYPES: dict[Style, Type] = {"PrintCell": Type(size=9, after=60)}
_FIRST = 2000


def render_grid(sheet: Sheet, printed: Table) -> bytes:
    """The table as a .docx file; its first column stands again in front of every group of columns."""
    document, flow = new_document(sheet, _PAGE, _TYPES, printed.name)
    flow.paragraph("heading 1", one_line(printed.name))
    for start in range(1, len(printed.columns), COLUMNS):
        _write_columns(flow, printed, range(start, min(start + COLUMNS, len(printed.columns))))
    return saved(document)


def _write_columns(flow: Flow, printed: Table, columns: range) -> None:
    width = (_PAGE.width - _FIRST) // COLUMNS
    widths = (_FIRST, *(width for _column in columns))
    titles = [printed.columns[0], *(printed.columns[n] for n in columns)]
    description = ", ".join(one_line(column.title) for column in titles)
    markup = table(flow, widths, f"{printed.name}: {description}")
    below = dict.fromkeys(("top", "left", "bottom", "right"), "single")
    markup.append(row([cell(w, _head(c), borders=below, fill="F2F2F2") for w, c in zip(widths, titles, strict=True)],
                      header=True))  # fmt: skip
    for cells in printed.rows:
        shown = [cells[0], *(cells[n] for n in columns)]
        body = [cell(w, _words(str(text or ""), strong=n == 0), borders=below)
                for n, (w, text) in enumerate(zip(widths, shown, strict=True))]  # fmt: skip
        markup.append(row(body, whole=False))
    flow.paragraph(None, "")


def _head(column: Column) -> list[Element]:
    return [paragraph("PrintCell", run(one_line(column.title), strong=True))]


def _words(text: str, *, strong: bool) -> list[Element]:
    return [paragraph("PrintCell", run(line, strong=strong)) for line in lines(text)]

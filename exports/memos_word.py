"""Memos in Word: the diary and the memos as a text, condensates as a table on a page that lies down."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from gettext import gettext as _

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from exports.memos import (
    Condensate,
    MemoBook,
    condensate_headings,
    condensate_lines,
    grouped,
    heading,
    printed,
    sections,
    signature,
    unit_text,
)
from exports.norwegian import long_date
from exports.packaging import printable, repack
from exports.quotations import lines, one_line
from exports.word_markup import Flow, Run, element
from exports.word_template import Element, find_styles, open_template, set_language, text_width

_SHARES = (12, 12, 32, 22, 22)
"""Hundredths of the page's width for each column of the condensate table."""


def render_memos(book: MemoBook, template: bytes | None = None) -> bytes:
    """The memos as a .docx file; the same book always gives the same bytes.

    Raises:
        ExportError: The template is no Word document that can be used.
    """
    document = open_template(template)
    styles = find_styles(document)
    set_language(document, book.language)
    _set_properties(document, book)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    if book.condensates is not None:
        _lay_down(document)
    flow = Flow(anchor=body.find(qn("w:sectPr")), styles=styles, width=text_width(document))
    flow.paragraph("title", one_line(book.title))
    flow.paragraph("subtitle", long_date(book.date, book.language))
    if book.condensates is not None:
        _write_condensates(flow, book.condensates)
    for section in sections(book):
        flow.chapter(section.title)
        for entry in section.entries:
            flow.paragraph("heading 2", one_line(heading(entry, book.language)))
            flow.paragraph("caption", signature(entry, book.language), keep_next=True)
            for line in lines(printed(entry.text)):
                flow.paragraph(None, line)
    if not book.entries and not book.condensates:
        flow.paragraph(None, _("Ingen memoer."))
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _set_properties(document: Document, book: MemoBook) -> None:
    properties = document.core_properties
    moment = datetime.combine(book.date, time())
    properties.title = printable(book.title)[:255]
    properties.author = properties.last_modified_by = ""
    properties.language = book.language
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = moment


def _lay_down(document: Document) -> None:
    section = document.sections[-1]
    width, height = section.page_width, section.page_height
    if width is not None and height is not None and width < height:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = height, width


def _write_condensates(flow: Flow, condensates: Sequence[Condensate]) -> None:
    widths = [flow.width * share // 100 for share in _SHARES]
    table = element("w:tbl")
    properties = element("w:tblPr")
    properties.append(element("w:tblStyle", val=flow.styles["table"]))
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(
        element("w:tblCaption", val=_("Kodegrupper, meningsbærende enheter, kondensater og analytisk tekst"))
    )
    table.append(properties)
    grid = element("w:tblGrid")
    for width in widths:
        grid.append(element("w:gridCol", w=str(width)))
    table.append(grid)
    table.append(_row(flow, [[title] for title in condensate_headings()], widths, header=True))
    for each, first in grouped(condensates):
        cells: list[Sequence[str]] = [
            [each.group] if first else [],
            [each.subgroup],
            [unit_text(unit) for unit in each.units],
            condensate_lines(each),
            list(lines(each.analysis)) if first else [],
        ]
        table.append(_row(flow, cells, widths, header=False))
    flow.anchor.addprevious(table)
    # A table that ends a page needs a paragraph after it.
    flow.paragraph(None, "")


def _row(flow: Flow, cells: Sequence[Sequence[str]], widths: Sequence[int], *, header: bool) -> Element:
    row = element("w:tr")
    if header:
        properties = element("w:trPr")
        properties.append(element("w:tblHeader"))
        row.append(properties)
    for paragraphs, width in zip(cells, widths, strict=True):
        cell = element("w:tc")
        cell_properties = element("w:tcPr")
        cell_properties.append(element("w:tcW", w=str(width), type="dxa"))
        cell.append(cell_properties)
        for text in paragraphs or [""]:
            cell.append(flow.build(None, Run(text=text, strong=header), tight=True))
        row.append(cell)
    return row

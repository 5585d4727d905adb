"""The Word report: method, overview, a chapter for each theme with its excerpts, the codebook and checklists."""

from __future__ import annotations

import io
from datetime import datetime, time
from gettext import gettext as _
from typing import TypeAlias

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import _Footer, _Header

from exports.models import Report
from exports.norwegian import long_date
from exports.packaging import printable, repack
from exports.quotations import one_line
from exports.report.appendices import write_checklist, write_codebook
from exports.report.front import fields, write_front
from exports.report.overview import write_method, write_overview
from exports.report.themes import write_theme
from exports.word_markup import Flow, element, simple_field
from exports.word_template import Element, fill_fields, find_styles, open_template, set_language, text_width

Margin: TypeAlias = _Header | _Footer

PLACEHOLDER = "{{rapport}}"
"""A paragraph of the template that holds only this is where the report goes; without one it takes the whole body."""
_CHAPTERS_FOR_CONTENTS = 3


def render_report(report: Report, template: bytes | None = None) -> bytes:
    """The report as a .docx file, in the institution's template when one is given.

    Raises:
        ExportError: The template is no Word document that can be used.
    """
    document = open_template(template)
    styles = find_styles(document)
    set_language(document, report.language)
    _set_properties(document, report)
    width = text_width(document)
    covered = fill_fields(document, fields(report))
    anchor = _make_room(document)
    taken = [int(mark.get(qn("w:id"), 0)) for mark in document.element.iter(qn("w:bookmarkStart"))]
    flow = Flow(anchor=anchor, styles=styles, width=width, bookmarks=max(taken, default=0))
    if not covered:
        write_front(flow, report)
    front_end = _marker(flow)
    with_contents = report.title_page or _chapters_in(report) >= _CHAPTERS_FOR_CONTENTS
    write_method(flow, report, new_page=report.title_page)
    write_overview(flow, document.part, report)
    for chapter in report.chapters:
        write_theme(flow, chapter, report)
    if report.codebook is not None:
        write_codebook(flow, report.codebook)
    for checklist in report.checklists:
        write_checklist(flow, checklist)
    if with_contents:
        flow.contents(_("Innhold"), front_end, new_page=report.title_page)
    if report.title_page:
        flow.list_of(_("Tabeller"), _("Tabell"), front_end)
        flow.list_of(_("Figurer"), _("Figur"), front_end)
    front_end.getparent().remove(front_end)
    if flow.anchor.tag == qn("w:p"):
        flow.anchor.getparent().remove(flow.anchor)
    _write_margins(document, flow, report)
    if report.update_fields:
        document.settings.element.append(element("w:updateFields", val="true"))
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _chapters_in(report: Report) -> int:
    """How many headings of the first level there will be."""
    overview = report.matrix is not None or report.bars is not None or report.heat is not None
    return 1 + overview + len(report.chapters) + (report.codebook is not None) + len(report.checklists)


def _make_room(document: Document) -> Element:
    """What the report is written before: the placeholder, or the end of a body that is emptied."""
    body = document.element.body
    for paragraph in body.iterchildren(qn("w:p")):
        if "".join(paragraph.itertext(qn("w:t"))).strip() == PLACEHOLDER:
            return paragraph
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    end = body.find(qn("w:sectPr"))
    if end is None:
        end = element("w:sectPr")
        body.append(end)
    return end


def _marker(flow: Flow) -> Element:
    marker = element("w:p")
    flow.anchor.addprevious(marker)
    return marker


def _set_properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    moment = datetime.combine(report.date, time())
    properties.title = printable(report.title)[:255]
    properties.author = printable(report.author)[:255]
    properties.last_modified_by = printable(report.author)[:255]
    properties.language = report.language
    properties.comments = ""
    properties.revision = 1
    properties.created = moment
    properties.modified = moment


def _write_margins(document: Document, flow: Flow, report: Report) -> None:
    """Writes a header with title and date and a footer with data class and page, unless the template has its own."""
    section = document.sections[0]
    headers = [(s.header, s.first_page_header, s.even_page_header) for s in document.sections]
    if not any(_has_content(header) for each in headers for header in each):
        line = _("{title} – {date}").format(title=one_line(report.title), date=long_date(report.date, report.language))
        _fill(section.header, flow.build("header", line))
    footers = [(s.footer, s.first_page_footer, s.even_page_footer) for s in document.sections]
    if not any(_has_content(footer) for each in footers for footer in each):
        stamp = f"{one_line(report.data_class)} – " if report.data_class else ""
        before, between = _("Side {page} av {pages}").partition("{pages}")[0].split("{page}")
        page = (before, simple_field(" PAGE ", "1"), between, simple_field(" NUMPAGES ", "1"))
        _fill(section.footer, flow.build("footer", stamp, *page))


def _has_content(margin: Margin) -> bool:
    """Whether a header or footer is there and shows something; looking at its paragraphs alone would make one."""
    if margin.is_linked_to_previous:
        return False
    shown = (qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:instrText"), qn("w:fldSimple"), qn("w:object"))
    return any(True for _found in margin._element.iter(*shown))


def _fill(margin: Margin, paragraph: Element) -> None:
    margin.is_linked_to_previous = False
    root = margin._element
    for child in list(root):
        root.remove(child)
    root.append(paragraph)

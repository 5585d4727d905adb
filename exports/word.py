"""The Word report: method, overview, a chapter for each theme with its excerpts by case, and the codebook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from gettext import gettext as _
from typing import TypeAlias

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import _Footer, _Header

from codebooks.model import Code, Codebook
from exports import labels, method
from exports.models import CodeCounts, Matrix, Report, ThemeChapter
from exports.norwegian import long_date, number, percent
from exports.packaging import printable, repack
from exports.quotations import Passage, by_case, lines, one_line, reference, setting
from exports.word_markup import Flow, Run, element, pages_across, simple_field
from exports.word_template import Element, Role, find_styles, open_template, set_language, text_width

Margin: TypeAlias = _Header | _Footer

PLACEHOLDER = "{{rapport}}"
"""A paragraph of the template that holds only this is where the report goes; without one it takes the whole body."""
_CHAPTERS_FOR_CONTENTS = 3
_LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB", "se": "se-NO"}
_HEADINGS: tuple[Role, ...] = ("heading 2", "heading 3", "heading 4")


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
    anchor = _make_room(document)
    taken = [int(mark.get(qn("w:id"), 0)) for mark in document.element.iter(qn("w:bookmarkStart"))]
    flow = Flow(anchor=anchor, styles=styles, width=width, bookmarks=max(taken, default=0))
    _write_front(flow, report)
    front_end = _marker(flow)
    _write_method(flow, report)
    if report.matrix is not None:
        flow.chapter(_("Oversikt"))
        _write_matrix(flow, report.matrix, report.language)
    for chapter in report.chapters:
        _write_chapter(flow, chapter, report)
    if report.codebook is not None:
        _write_codebook(flow, report.codebook)
    if len(flow.headings) >= _CHAPTERS_FOR_CONTENTS:
        flow.contents(_("Innhold"), front_end)
    front_end.getparent().remove(front_end)
    if flow.anchor.tag == qn("w:p"):
        flow.anchor.getparent().remove(flow.anchor)
    _write_margins(document, flow, report)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


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


def _write_front(flow: Flow, report: Report) -> None:
    flow.paragraph("title", one_line(report.title))
    if report.project and report.project != report.title:
        flow.paragraph("subtitle", one_line(report.project))
    flow.paragraph("subtitle", long_date(report.date, report.language))
    if report.data_class:
        flow.paragraph(None, Run(text=_("Dataklasse:"), strong=True), " " + one_line(report.data_class))


def _write_method(flow: Flow, report: Report) -> None:
    flow.chapter(_("Materiale og metode"))
    for text in (
        method.material(report.method, report.language),
        method.coding(report.method, report.language),
        method.counting(),
    ):
        if text:
            flow.paragraph(None, text)
    for line in lines(report.caveat):
        flow.paragraph(None, line)
    if report.warnings:
        flow.paragraph("heading 2", _("Forbehold"))
        for warning in report.warnings:
            flow.paragraph("bullet", one_line(warning))


def _write_matrix(flow: Flow, matrix: Matrix, language: str) -> None:
    if not matrix.rows or not matrix.columns:
        flow.paragraph(None, _("Det er ingen kodinger å telle."))
        return
    matrix = _turned(matrix, flow.width)
    caption = labels.matrix_caption(matrix)
    pieces = pages_across(matrix.columns, matrix.rows, flow.width)
    for index, shown in enumerate(pieces, start=1):
        part = " " + _("(del {n} av {all})").format(n=index, all=len(pieces)) if len(pieces) > 1 else ""
        flow.caption(_("Tabell"), caption + part)
        flow.table(
            [labels.dimension(matrix.row_kind), *matrix.columns[shown]],
            [
                [name, *(_cell(value, matrix, language) for value in cells[shown])]
                for name, cells in zip(matrix.rows, matrix.cells, strict=True)
            ],
            caption + part,
        )


def _turned(matrix: Matrix, width: int) -> Matrix:
    """The matrix with rows and columns changed about when that gives fewer tables.

    A share is of its row's total, so a matrix of shares keeps its rows.
    """
    upright = len(pages_across(matrix.columns, matrix.rows, width))
    if matrix.measure == "share" or upright <= len(pages_across(matrix.rows, matrix.columns, width)):
        return matrix
    return Matrix(
        rows=matrix.columns,
        columns=matrix.rows,
        cells=tuple(zip(*matrix.cells, strict=True)),
        measure=matrix.measure,
        row_kind=matrix.column_kind,
        column_kind=matrix.row_kind,
    )


def _cell(value: int | float, matrix: Matrix, language: str) -> str:
    return percent(value, language) if matrix.measure == "share" else number(value, language)


def _write_chapter(flow: Flow, chapter: ThemeChapter, report: Report) -> None:
    flow.chapter(one_line(chapter.title))
    for line in lines(chapter.essence):
        flow.paragraph(None, line)
    for definition in chapter.definitions:
        flow.paragraph(None, Run(text=f"{one_line(definition.name)}:", strong=True), f" {one_line(definition.text)}")
    if chapter.total is not None:
        flow.paragraph(None, method.theme_counts(chapter.total, report.language))
    if len(chapter.counts) > 1:
        _write_counts(flow, chapter, report.language)
    groups = by_case(chapter.excerpts, report.language)
    if not groups:
        flow.paragraph(None, _("Ingen utdrag er valgt til dette temaet."))
    for group in groups:
        flow.paragraph("heading 2", group.title)
        for passage in group.passages:
            _write_passage(flow, passage, report)


def _write_counts(flow: Flow, chapter: ThemeChapter, language: str) -> None:
    caption = _("Kodene i temaet «{theme}»").format(theme=one_line(chapter.title))
    rows = [_count_row(counts.name, counts, language) for counts in chapter.counts]
    if chapter.total is not None:
        rows.append(_count_row(_("Samlet, hver talt én gang"), chapter.total, language))
    flow.caption(_("Tabell"), caption)
    header = [_("Kode"), _("Segmenter"), _("Kilder"), _("Informanter"), _("Caser")]
    flow.table(header, rows, caption, total=chapter.total is not None)


def _count_row(name: str, counts: CodeCounts, language: str) -> list[str]:
    numbers = (counts.segments, counts.sources, counts.informants, counts.cases)
    return [name, *(number(n, language) for n in numbers)]


def _write_passage(flow: Flow, passage: Passage, report: Report) -> None:
    excerpt = passage.excerpt
    tag = _LANGUAGES.get(excerpt.language, excerpt.language)
    foreign = tag if tag != report.language else ""
    if report.show_questions and excerpt.question and (question := one_line(excerpt.question)):
        flow.paragraph(None, _("Spørsmål:") + " ", Run(text=question, language=foreign), keep_next=True)
    after = " " + reference(passage, report.attribution)
    spoken = lines(excerpt.text) or ("",)
    match setting(excerpt):
        case "report":
            label = Run(text=labels.not_verbatim(excerpt.source_kind) + " ")
            flow.paragraph("list", label, Run(text=" ".join(spoken), language=foreign), after)
        case "inline":
            flow.paragraph("quote", "«", Run(text=spoken[0], language=foreign), "»", after)
        case "block":
            for line in spoken[:-1]:
                flow.paragraph("quote", Run(text=line, language=foreign), keep_next=True, tight=True)
            flow.paragraph("quote", Run(text=spoken[-1], language=foreign), after)


def _write_codebook(flow: Flow, codebook: Codebook) -> None:
    flow.chapter(_("Vedlegg: Kodebok"))
    for line in lines(codebook.description):
        flow.paragraph(None, line)
    for code, depth in _walk(codebook, None, 0):
        _write_code(flow, code, _HEADINGS[min(depth, len(_HEADINGS) - 1)])


def _walk(codebook: Codebook, parent: str | None, depth: int) -> Iterator[tuple[Code, int]]:
    for code in codebook.children(parent):
        yield code, depth
        yield from _walk(codebook, code.slug, depth + 1)


def _write_code(flow: Flow, code: Code, heading: Role) -> None:
    name = one_line(code.name)
    flow.paragraph(heading, name if code.status == "active" else _("{code} (ute av bruk)").format(code=name))
    described = False
    for text in (code.brief, code.definition):
        for line in lines(text):
            flow.paragraph(None, line)
            described = True
    for label, text in ((_("Når:"), code.when), (_("Når ikke:"), code.when_not)):
        if text.strip():
            flow.paragraph(None, Run(text=label, strong=True), f" {one_line(text)}")
            described = True
    if code.examples:
        flow.paragraph(None, Run(text=_("Eksempler:"), strong=True), keep_next=True, tight=True)
        for example in code.examples:
            flow.paragraph("bullet", one_line(example))
    elif not described:
        flow.paragraph(None, _("Koden har ingen definisjon."))


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

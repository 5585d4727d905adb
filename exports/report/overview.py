"""The chapters before the themes: what the material is, how it was coded, and the whole of it in tables and figures."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from corpus.model import SOURCE_KINDS
from exports import labels, method
from exports.figures import Picture, draw_bars, draw_heat
from exports.models import CaseMaterial, Matrix, Report
from exports.norwegian import number, percent
from exports.quotations import lines, one_line
from exports.report.masking import without_case
from exports.word_markup import Flow, pages_across


def write_method(flow: Flow, report: Report, *, new_page: bool = False) -> None:
    """The method chapter, computed from what the project holds."""
    flow.chapter(_("Materiale og metode"), new_page=new_page)
    for text in (
        method.material(report.method, report.language),
        method.approach(report.method),
        method.coding(report.method, report.language),
        method.counting(),
        method.reproduction(report),
    ):
        if text:
            flow.paragraph(None, text)
    for line in lines(report.caveat):
        flow.paragraph(None, line)
    if report.material:
        _write_material(flow, report)
    if report.warnings:
        flow.paragraph("heading 2", _("Forbehold"))
        for warning in report.warnings:
            flow.paragraph("bullet", one_line(warning))


def write_overview(flow: Flow, part: Any, report: Report) -> None:
    """The matrix as a table, and the figures. `part` is the document part that pictures go into."""
    if report.matrix is None and report.bars is None and report.heat is None:
        return
    flow.chapter(_("Oversikt"))
    if report.matrix is not None:
        write_matrix(flow, report.matrix, report.language)
    drawn: list[Picture | None] = []
    if report.bars is not None:
        drawn.append(draw_bars(report.bars, report.language))
    if report.heat is not None:
        drawn.append(draw_heat(report.heat, report.language))
    for picture in filter(None, drawn):
        flow.figure(part, _("Figur"), picture.caption, picture.png, picture.width, picture.description)


def write_matrix(flow: Flow, matrix: Matrix, language: str) -> None:
    """A crosstab as one table, or as few as hold it."""
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


def _write_material(flow: Flow, report: Report) -> None:
    """Sources by kind and informants, for each case; of more than one case the last row has everything once."""
    caption = _("Materialet, etter case")
    kinds = [kind for kind in SOURCE_KINDS if any(each.sources.get(kind) for each in report.material)]

    def row(name: str, held: CaseMaterial) -> list[str]:
        counts = [*(held.sources.get(kind, 0) for kind in kinds), held.informants]
        return [name, *(number(n, report.language) for n in counts)]

    rows = [row(each.case or without_case(), each) for each in report.material]
    total = report.material_total if len(rows) > 1 else None
    if total is not None:
        rows.append(row(_("Samlet, hver talt én gang"), total))
    flow.caption(_("Tabell"), caption)
    header = [_("Case"), *(labels.kind_column(kind) for kind in kinds), _("Informanter")]
    flow.table(header, rows, caption, total=total is not None)


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

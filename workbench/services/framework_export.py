"""The framework matrix as an Excel sheet or a Word table."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path

from exports.errors import ExportError
from exports.files import write_atomic
from exports.models import Column, Table
from workbench.errors import Refusal
from workbench.services.framework import Framework, framework
from workbench.services.projects import facts
from workbench.store.project import Project


def write(project: Project, path: Path, *, day: date, wave: str = "", under: str = "", force: bool = False) -> Path:
    """Write the matrix; its full path. The ending says which: `.xlsx` or `.docx`.

    Raises:
        Refusal: for another ending, an empty matrix, or a file that is there (without `force`) or cannot be written.
    """
    shown = framework(project, wave=wave, under=under)
    if not shown.cases or not shown.codes:
        raise Refusal(_("Rammematrisen er tom: prosjektet mangler caser eller koder."))
    title = facts(project).title
    try:
        if path.suffix.lower() == ".xlsx":
            from exports.workbook import render_workbook

            content = render_workbook([as_table(shown)], day, title)
        elif path.suffix.lower() == ".docx":
            from exports.paper.grid import render_grid
            from exports.paper.models import Sheet

            content = render_grid(Sheet(project=title, date=day), as_table(shown))
        else:
            raise Refusal(_("Rammematrisen skrives som .xlsx eller .docx, ikke «{file}».").format(file=path.name))
        return write_atomic(path, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None


def as_table(shown: Framework) -> Table:
    """A row a case, a column a code; drafts and cells older than the coding are marked."""
    columns = [Column(key="case", title=_("Case"), width=18)]
    columns += [Column(key=code.slug, title=code.name, width=40, wrap=True) for code in shown.codes]
    rows = []
    for case, cells in zip(shown.cases, shown.cells, strict=True):
        texts = []
        for cell in cells:
            text = cell.summary.text if cell.summary else ""
            if cell.summary and cell.summary.status == "draft":
                text += "\n" + _("(utkast)")
            if cell.newer:
                text += "\n" + _("({n} utdrag er kodet etter at dette ble skrevet)").format(n=cell.newer)
            texts.append(text)
        rows.append((case.name, *texts))
    name = _("Rammematrise") if not shown.wave else _("Rammematrise, {wave}").format(wave=shown.wave)
    return Table(name=name, columns=tuple(columns), rows=tuple(rows))

"""framework."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.services import framework, framework_export
from workbench.services.cases import find_case
from workbench.services.codebook import find_code
from workbench.services.framework import Cell
from workbench.store.project import Project

wave_option = click.option("--wave", default="", help=_("Bare denne bølgen."))


@click.group("framework", help=_("Rammematrisen: hva hver case sier om hver kode, i dine ord."))
def framework_group() -> None:
    pass


@framework_group.command("show", help=_("Vis rammematrisen."))
@file_argument
@click.option("--under", default="", metavar=_("KODE"), help=_("Kodene rett under denne, i stedet for de øverste."))
@wave_option
@list_options
def show_command(file: Path, under: str, wave: str, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        rows = _rows(project, under, wave)
    columns = {"case": _("case"), "code": _("kode"), "status": _("status"), "excerpts": _("utdrag"), "text": _("tekst")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Det er ingen caser eller koder."))


@framework_group.command(
    "write", help=_("Skriv en celle. Sitater den bygger på, nevnes som [[I03-042]]; tom tekst tømmer.")
)
@file_argument
@click.argument("case")
@click.argument("code")
@click.argument("text")
@wave_option
@click.option("--done", is_flag=True, help=_("Cellen er ferdig, ikke et utkast."))
@coder_option
@json_option
def write_command(
    file: Path, case: str, code: str, text: str, wave: str, done: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found, entry = find_case(project, case), find_code(project, code)
        cell = framework.write_cell(project, found, entry, text, wave=wave, status="done" if done else "draft")
    if as_json:
        output.write_json({"case": found.name, "code": entry.slug, "wave": wave, "text": cell.text if cell else "",
                           "status": cell.status if cell else "", "codings": list(cell.codings) if cell else []})  # fmt: skip


@framework_group.command("export", help=_("Skriv rammematrisen til Excel (.xlsx) eller Word (.docx)."))
@file_argument
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--under", default="", metavar=_("KODE"), help=_("Kodene rett under denne, i stedet for de øverste."))
@wave_option
@click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))
@json_option
def export_command(file: Path, target: Path, under: str, wave: str, force: bool, as_json: bool) -> None:
    with opened(file) as project:
        parent = find_code(project, under).id if under else ""
        path = framework_export.write(project, target, wave=wave, under=parent, day=date.today(), force=force)
    output.write_path(path, as_json=as_json, warnings=[])


def _rows(project: Project, under: str, wave: str) -> list[dict[str, Any]]:
    shown = framework.framework(project, wave=wave, under=find_code(project, under).id if under else "")
    return [
        {"case": case.name, "code": code.slug, "wave": shown.wave, **_cell(cell)}
        for case, cells in zip(shown.cases, shown.cells, strict=True)
        for code, cell in zip(shown.codes, cells, strict=True)
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    summary = cell.summary
    return {
        "text": summary.text if summary else "",
        "status": summary.status if summary else "",
        "coder": summary.coder if summary else "",
        "updated": summary.updated if summary else "",
        "codings": list(summary.codings) if summary else [],
        "excerpts": cell.excerpts,
        "newer": cell.newer,
    }


COMMANDS = {"framework": framework_group}

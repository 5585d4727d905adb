"""report, export."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import file_argument, json_option, opened
from workbench.services import exporting, reporting
from workbench.services.retrieval import Filter

out_option = click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
                          help=_("Filen som skrives."))  # fmt: skip
force_option = click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))


@click.command("report", help=_("Skriv Word-rapporten: temaer med utdrag, antall og definisjoner."))
@file_argument
@out_option
@click.option("--title", default="", help=_("Tittel."))
@click.option("--theme", "themes", multiple=True, help=_("Bare dette temaet (kan gjentas)."))
@click.option("--case", default="", help=_("Bare denne casen."))
@click.option("--wave", default="", help=_("Bare denne bølgen."))
@click.option("--starred", is_flag=True, help=_("Bare utvalgte sitater."))
@click.option("--questions", is_flag=True, help=_("Ta med intervjuerens spørsmål."))
@click.option("--template", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("Institusjonens mal."))
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=_("Dato i rapporten (ellers i dag)."))
@force_option
@json_option
def report_command(
    file: Path,
    target: Path,
    title: str,
    themes: tuple[str, ...],
    case: str,
    wave: str,
    starred: bool,
    questions: bool,
    template: Path | None,
    day: date | None,
    force: bool,
    as_json: bool,
) -> None:
    options = reporting.ReportOptions(
        title=title,
        themes=themes,
        case=case,
        wave=wave,
        starred_only=starred,
        questions=questions,
        template=template,
    )
    with opened(file) as project:
        moment = date(day.year, day.month, day.day) if day else date.today()
        written = reporting.write_report(project, target, options, day=moment, force=force, warn=_warn)
    _tell(written, as_json=as_json)


@click.command("export", help=_("Eksporter kodede utdrag. I csv og xlsx blir ingen celle lest som formel."))
@file_argument
@click.argument("format_name", metavar="FORMAT", type=click.Choice(exporting.FORMATS))
@out_option
@click.option("--code", default="", help=_("Bare denne koden og underkodene."))
@click.option("--case", default="", help=_("Bare denne casen."))
@click.option("--wave", default="", help=_("Bare denne bølgen."))
@click.option("--starred", is_flag=True, help=_("Bare utvalgte sitater."))
@force_option
@json_option
def export_command(
    file: Path,
    format_name: str,
    target: Path,
    code: str,
    case: str,
    wave: str,
    starred: bool,
    force: bool,
    as_json: bool,
) -> None:
    with opened(file) as project:
        wanted = Filter(code=code, case=case, wave=wave, starred=starred)
        written = exporting.export(project, format_name, target, wanted, force=force)
    for warning in written.warnings:
        _warn(warning)
    _tell(written, as_json=as_json)


def _warn(warning: str) -> None:
    output.say(_("Advarsel: {warning}").format(warning=warning))


def _tell(written: reporting.Written, *, as_json: bool) -> None:
    if as_json:
        output.write_json({"path": str(written.path), "warnings": list(written.warnings)})
    else:
        output.write_lines([str(written.path)])


COMMANDS = {"report": report_command, "export": export_command}

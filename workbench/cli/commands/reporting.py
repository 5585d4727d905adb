"""report, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from workbench.cli import output
from workbench.cli.filtering import Chosen, filter_options, read_filter
from workbench.cli.handed_out import tell_handed_out
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.cli.reading import writable_if_it_can_be
from workbench.services import exporting, reporting
from workbench.services.identifying import Risk, kind_words, severity_words
from workbench.services.interchange import handing_out
from workbench.services.interchange.losses import shapes
from workbench.services.interchange.wanted import Wanted
from workbench.services.retrieval import Filter

out_option = click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
                          help=_("Filen som skrives."))  # fmt: skip
force_option = click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))


@click.command("report", help=_("Skriv Word-rapporten: temaer med utdrag, antall og definisjoner."))
@file_argument
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("Filen som skrives. Finnes den, får rapporten neste ledige navn."),
)
@click.option("--title", default="", help=_("Tittel."))
@click.option("--theme", "themes", multiple=True, help=_("Bare dette temaet (kan gjentas)."))
@click.option("--final", "final_only", is_flag=True, help=_("Bare temaer som er endelige."))
@click.option("--case", "cases", multiple=True, help=_("Bare denne casen (kan gjentas)."))
@click.option("--wave", "waves", multiple=True, help=_("Bare denne bølgen (kan gjentas)."))
@click.option(
    "--starred", "excerpts", flag_value="starred", help=_("Bare utvalgte sitater (standard når noen er utvalgt).")
)
@click.option("--all", "excerpts", flag_value="all", help=_("Alle utdrag."))
@click.option(
    "--by", type=click.Choice(["case", "code"]), default="case", help=_("Ordne utdragene etter case eller kode.")
)
@click.option(
    "--attribution",
    type=click.Choice(list(reporting.ATTRIBUTIONS)),
    default=None,
    help=_("Hva som står etter et sitat. «masked» kaller casene Case A, Case B."),
)
@click.option("--questions", is_flag=True, help=_("Ta med intervjuerens spørsmål."))
@click.option("--no-figures", is_flag=True, help=_("Uten figurer."))
@click.option("--no-codebook", is_flag=True, help=_("Uten kodeboken som vedlegg."))
@click.option(
    "--checklist",
    "checklists",
    multiple=True,
    type=click.Choice(["coreq", "srqr", "none"]),
    help=_("Sjekkliste som vedlegg (kan gjentas; ellers begge)."),
)
@click.option("--template", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("Institusjonens mal."))
@click.option(
    "--language", "tongue", type=click.Choice(["nb-NO", "nn-NO"]), default="nb-NO", help=_("Rapportens språk.")
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=_("Dato i rapporten (ellers i dag)."))
@click.option("--update-fields", is_flag=True, help=_("La Word spørre om å regne ut innhold og sidetall ved åpning."))
@click.option("--no-names", is_flag=True, help=_("Let ikke etter navn og steder i sitatene."))
@click.option("--check-only", is_flag=True, help=_("Skriv ingenting; list det som kan kjenne igjen noen."))
@force_option
@coder_option
@list_options
def report_command(
    file: Path,
    target: Path | None,
    day: datetime | None,
    check_only: bool,
    force: bool,
    coder: str | None,
    as_json: bool,
    as_csv: bool,
    **chosen: Any,
) -> None:
    options = _options(chosen)
    when = day.date() if day else date.today()
    if target is None and not check_only:
        raise click.UsageError(_("Si hvor rapporten skal ligge med -o, eller bruk --check-only."))
    with writable_if_it_can_be(file, coder, writes=not check_only) as project:
        if check_only:
            prepared = reporting.prepare(project, options, day=when)
            risks = reporting.identifying(project, prepared)
            _list_risks(prepared.warnings, risks, as_json=as_json, as_csv=as_csv)
            return
        assert target is not None
        written = reporting.write_report(project, target, options, day=when, force=force, warn=_warn)
    if as_json:
        told = {
            "risks": [risk_row(each) for each in written.risks],
            "changes": [asdict(each) for each in written.changes],
        }
        output.write_json({"path": str(written.path), "warnings": list(written.warnings), **told})
        return
    for change in written.changes:
        output.say(_("Endret siden sist: {change}").format(change=change.text))
    output.write_lines([str(written.path)])


def _options(chosen: Mapping[str, Any]) -> reporting.ReportOptions:
    lists = tuple(name for name in chosen["checklists"] if name != "none")
    return reporting.ReportOptions(
        title=chosen["title"],
        themes=chosen["themes"],
        final_only=chosen["final_only"],
        cases=chosen["cases"],
        waves=chosen["waves"],
        excerpts=chosen["excerpts"] or "",
        by_code=chosen["by"] == "code",
        attribution=chosen["attribution"] or "",
        questions=chosen["questions"],
        figures=not chosen["no_figures"],
        codebook=not chosen["no_codebook"],
        checklists=lists if chosen["checklists"] else reporting.ReportOptions().checklists,
        template=chosen["template"],
        language=chosen["tongue"],
        update_fields=chosen["update_fields"],
        names=not chosen["no_names"],
    )


def _list_risks(warnings: Sequence[str], risks: Sequence[Risk], *, as_json: bool, as_csv: bool) -> None:
    """What stands in the way of writing: warnings to the person, what could identify somebody as data."""
    for warning in warnings:
        _warn(warning)
    rows = [risk_row(each) for each in risks]
    if as_json:
        output.write_json({"warnings": list(warnings), "risks": rows})
        return
    columns = {"severity": _("Alvor"), "kind": _("Hva"), "quote": _("Sitat"), "text": _("Kan kjenne igjen noen")}
    if as_csv or not rows:
        write_list(rows, as_json=False, as_csv=as_csv, columns=columns, empty=_("Ingenting funnet."))
        return
    shown = [
        row | {"severity": severity_words(each.severity), "kind": kind_words(each.kind)}
        for row, each in zip(rows, risks, strict=True)
    ]
    output.write_told(shown, columns)


def risk_row(risk: Risk) -> dict[str, Any]:
    """A risk as the command line gives it."""
    return asdict(risk) | {"quotes": list(risk.quotes)}


@click.command(
    "export",
    help=_(
        "Eksporter kodede utdrag (csv, xlsx, json, md, html), hele prosjektet til andre verktøy (qdpx) eller til R og SQL "
        "(sqlite), eller kodeboken (qdc)."
    ),
)
@file_argument
@click.argument("format_name", metavar="FORMAT", type=click.Choice((*exporting.FORMATS, *handing_out.FORMATS)))
@out_option
@filter_options
@click.option("--no-coders", is_flag=True, help=_("Ta ikke med navn på dem som har kodet."))
@click.option("--private", is_flag=True, help=_("qdpx, sqlite: ta med dine egne private memoer."))
@click.option("--semicolon", is_flag=True, help=_("csv: skill med semikolon, så norsk Excel åpner filen i kolonner."))
@click.option("--no-withdrawn", is_flag=True, help=_("qdpx, sqlite: hold utenfor caser som har trukket seg."))
@force_option
@json_option
def export_command(
    file: Path,
    format_name: str,
    target: Path,
    chosen: Chosen,
    no_coders: bool,
    private: bool,
    semicolon: bool,
    no_withdrawn: bool,
    force: bool,
    as_json: bool,
) -> None:
    whole = ("qdpx", "sqlite")
    for option, given, formats in (
        ("--private", private, whole),
        ("--no-withdrawn", no_withdrawn, whole),
        ("--semicolon", semicolon, ("csv",)),
    ):
        if given and format_name not in formats:
            raise click.UsageError(_("{option} gjelder ikke formatet {name}.").format(option=option, name=format_name))
    if format_name in handing_out.FORMATS:
        parts = Wanted(coders=not no_coders, private=private, withdrawn=not no_withdrawn)
        _hand_out(file, format_name, target, chosen, parts, force=force, as_json=as_json)
        return
    with opened(file) as project:
        wanted = read_filter(project, chosen)
        written = exporting.export(
            project, format_name, target, wanted, coders=not no_coders, semicolon=semicolon, force=force
        )
    for warning in written.warnings:
        _warn(warning)
    rest = ", ".join(f"{each.name} ({each.count})" for each in written.left_out)
    if rest:
        output.say(_("Ikke med i filen: {rest}. Hele prosjektet går ut som qdpx.").format(rest=rest))
    told = shapes(written.left_out)
    output.write_path(written.path, as_json=as_json, warnings=list(written.warnings), lost=told)


def _hand_out(
    file: Path, format_name: str, target: Path, chosen: Chosen, wanted: Wanted, *, force: bool, as_json: bool
) -> None:
    with opened(file) as project:
        if read_filter(project, chosen) != Filter():
            raise click.UsageError(
                _("Formatet {name} tar hele prosjektet; valgene av utdrag gjelder ikke.").format(name=format_name)
            )
        handed_out = handing_out.hand_out(project, format_name, target, wanted=wanted, force=force)
    tell_handed_out(handed_out, as_json=as_json)


def _warn(warning: str) -> None:
    output.say(_("Advarsel: {warning}").format(warning=warning))


COMMANDS = {"report": report_command, "export": export_command}

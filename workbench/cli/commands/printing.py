"""print."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import cast

import click

from exports.paper.models import Every
from workbench.cli import output
from workbench.cli.options import file_argument, json_option, opened
from workbench.services import printing
from workbench.services.printing import CodebookWanted, CodeWanted, TranscriptWanted, Wanted

WHAT = ("transcript", "code", "codebook")
# What is asked for -> the options that mean something for it.
_FITTING = {
    "transcript": {"all_sources", "coder", "every", "no_codes", "blind"},
    "code": {"coder", "exact", "case", "starred"},
    "codebook": set[str](),
}


@click.command(
    "print",
    help=_(
        "Skriv ut til .docx eller .pdf: «transcript KILDE …» med linjenumre og koder i margen, «code KODE» med alle "
        "utdragene, eller «codebook»."
    ),
)
@file_argument
@click.argument("what", metavar=_("HVA"), type=click.Choice(WHAT))
@click.argument("names", metavar=_("[NAVN]..."), nargs=-1)
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help=_("Filen som skrives: .docx, eller .pdf gjennom LibreOffice."))  # fmt: skip
@click.option("--all", "all_sources", is_flag=True, help=_("transcript: alle kildene."))
@click.option("--coder", default="", metavar=_("NAVN"), help=_("transcript, code: bare det denne personen har kodet."))
@click.option("--lines", "every", type=click.Choice(["1", "5"]), default="5", show_default=True,
              help=_("transcript: vis nummer på hver linje eller hver femte."))  # fmt: skip
@click.option("--no-codes", is_flag=True, help=_("transcript: bare merknader i margen."))
@click.option("--empty", "blind", is_flag=True, help=_("transcript: ingenting av kodingen, til å kode for hånd på."))
@click.option("--exact", is_flag=True, help=_("code: ikke ta med underkoder."))
@click.option("--case", default="", help=_("code: bare denne casen."))
@click.option("--starred", is_flag=True, help=_("code: bare utvalgte sitater."))
@click.option("--stamp", metavar=_("TEKST"),
              help=_("Det som står nederst på hver side (ellers «Inneholder personopplysninger»)."))  # fmt: skip
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=_("Dato på utskriften (ellers i dag)."))
@click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))
@json_option
@click.pass_context
def print_command(
    ctx: click.Context,
    file: Path,
    what: str,
    names: tuple[str, ...],
    target: Path,
    all_sources: bool,
    coder: str,
    every: str,
    no_codes: bool,
    blind: bool,
    exact: bool,
    case: str,
    starred: bool,
    stamp: str | None,
    day: date | None,
    force: bool,
    as_json: bool,
) -> None:
    _check(ctx, what, names, all_sources=all_sources)
    wanted: Wanted
    match what:
        case "transcript":
            number = cast("Every", int(every))
            wanted = TranscriptWanted(sources=names, coder=coder, every=number, codes=not no_codes, blind=blind)
        case "code":
            wanted = CodeWanted(code=names[0], exact=exact, case=case, coder=coder, starred=starred)
        case _:
            wanted = CodebookWanted()
    with opened(file) as project:
        moment = date(day.year, day.month, day.day) if day else None
        written = printing.print_out(project, wanted, target, day=moment, stamp=stamp, force=force)
    for warning in written.warnings:
        output.say(_("Advarsel: {warning}").format(warning=warning))
    output.write_path(written.path, as_json=as_json, warnings=list(written.warnings))


def _check(ctx: click.Context, what: str, names: tuple[str, ...], *, all_sources: bool) -> None:
    """Refuse names and options that would have no effect, since paper is not easily unprinted."""
    if what == "transcript" and bool(names) == all_sources:
        raise click.UsageError(
            _("Skriv hvilke kilder som skal skrives ut etter «transcript», eller --all for alle."), ctx
        )
    if what == "code" and len(names) != 1:
        raise click.UsageError(_("Skriv én kode etter «code»."), ctx)
    if what == "codebook" and names:
        raise click.UsageError(_("«codebook» skrives ut hel og tar ingen navn."), ctx)
    for parameter in ctx.command.params:
        key = parameter.name or ""
        elsewhere = any(key in fitting for fitting in _FITTING.values()) and key not in _FITTING[what]
        if elsewhere and ctx.get_parameter_source(key) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(
                _("{option} gjelder ikke «{what}».").format(option=parameter.opts[0], what=what), ctx
            )


COMMANDS = {"print": print_command}

"""quote."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, json_option, opened
from workbench.services import naming, quoting


@click.command(
    "quote",
    help=_(
        "Vis hvordan et sitat gjengis, eller forkort det med [...] og klargjør det med [ord]. ID er sitat-id (I03-042) "
        "eller kodingens id."
    ),
)
@file_argument
@click.argument("named", metavar="ID")
@click.option("--shown", metavar=_("TEKST"), help=_("Sitatet slik det skal stå i rapporter."))
@click.option("--reset", is_flag=True, help=_("Gjengi det ordrett igjen."))
@coder_option
@json_option
def quote_command(file: Path, named: str, shown: str | None, reset: bool, coder: str | None, as_json: bool) -> None:
    if reset and shown is not None:
        raise click.UsageError(_("Velg én av --shown og --reset."))
    with opened(file, coder, writes=reset or shown is not None) as project:
        coding = naming.find_coding(project, named).id
        if reset:
            quote = quoting.reset_quote(project, coding)
        elif shown is not None:
            quote = quoting.show_quote(project, coding, shown)
        else:
            quote = quoting.quote_of(project, coding)
    touched = quoting.negations_touched(quote.verbatim, quote.shown) if quote.holds else ()
    if touched:
        output.say(quoting.turned(quote.quote, touched))
    if as_json:
        output.write_json(asdict(quote) | {"printed": quote.printed, "codings": list(quote.codings)})
        return
    if not quote.holds:
        output.say(_("Teksten er endret siden, så sitatet gjengis ordrett til det er sett over."))
    output.write_lines([f"{quote.quote}  {quote.source_name}", quote.printed])
    if quote.shown:
        output.write_lines(["", _("Ordrett:"), quote.verbatim])


COMMANDS = {"quote": quote_command}

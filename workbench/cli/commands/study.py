"""study."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, list_options, opened, write_list
from workbench.services import study


@click.command(
    "study",
    help=_(
        'Vis opplysningene om studien, eller sett en: «kodebenk study FIL set institution "Fjord universitet"». '
        "Uten verdi tas opplysningen bort."
    ),
)
@file_argument
@click.argument("verb", type=click.Choice(["show", "set"]), default="show")
@click.argument("key", default="")
@click.argument("value", default="")
@click.option("--missing", is_flag=True, help=_("Vis bare det som ikke er fylt ut."))
@coder_option
@list_options
def study_command(
    file: Path, verb: str, key: str, value: str, missing: bool, coder: str | None, as_json: bool, as_csv: bool
) -> None:
    if verb == "set" and not key:
        raise click.UsageError(_("Si hva som skal settes, for eksempel institution. «show» viser alt som kan settes."))
    with opened(file, coder, writes=verb == "set") as project:
        found = study.set_facts(project, {key: value}) if verb == "set" else study.entries(project)
    rows = [
        {"key": each.key, "what": each.words, "value": each.value, "computed": each.computed}
        for each in found
        if (not key or each.key == key or each.key.startswith(f"{key}."))
        and not (missing and (each.value or each.computed))
    ]
    if verb == "set" and not as_json and not as_csv:
        output.write_lines([f"{row['key']}: {row['value']}" for row in rows])
        return
    columns = {"key": _("Nøkkel"), "what": _("Hva"), "value": _("Verdi")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingenting å vise."))


COMMANDS = {"study": study_command}

"""demo, new, open, copy."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.main import OpenRequest
from workbench.cli.options import coder_option, file_argument, json_option, opened, who
from workbench.services import checking, demo, projects


@click.command("demo", help=_("Lag demoprosjektet (oppdiktede intervjuer, kodebok og noen kodinger) og åpne det."))
@click.argument("directory", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--no-open", is_flag=True, help=_("Bare skriv prosjektet."))
@json_option
@coder_option
def demo_command(directory: Path | None, no_open: bool, as_json: bool, coder: str | None) -> OpenRequest | None:
    path, made = demo.write_demo(directory or Path.cwd())
    if made:
        output.say(_("Skrev demoprosjektet til {path}.").format(path=path))
    if as_json:
        output.write_json({"project": str(path)})
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if no_open or as_json or not interactive:
        if not as_json:
            output.write_lines([str(path)])
        return None
    return OpenRequest(path=path, coder=coder)


@click.command("new", help=_("Lag et nytt prosjekt i FILE."))
@file_argument
@click.option("--codebook", default="none", metavar=_("NAVN|FIL|none"), help=_("Kodebok å begynne med."))
@click.option("--title", default="", help=_("Prosjektets tittel."))
@coder_option
@json_option
def new_command(file: Path, codebook: str, title: str, coder: str | None, as_json: bool) -> None:
    from workbench.services.codebook import list_codes

    project = projects.create(file, coder=who(coder), title=title, codebook=codebook)
    try:
        number = len(list_codes(project))
        path = project.path.resolve()
    finally:
        project.close()
    if as_json:
        output.write_json({"project": str(path), "codes": number})
    else:
        output.say(_("Prosjektet er klart: {n} koder.").format(n=number))
        output.write_lines([str(path)])


@click.command("open", help=_("Åpne prosjektet i skjermbildet."))
@file_argument
@coder_option
@click.option("--at", default="", metavar=_("SITAT-ID"), help=_("Gå til et sitat, som I03-042."))
@click.option("--readonly", is_flag=True, help=_("Bare les."))
def open_command(file: Path, coder: str | None, at: str, readonly: bool) -> OpenRequest:
    with opened(file, coder):
        return OpenRequest(path=file, coder=coder, at=at, readonly=readonly)


@click.command("copy", help=_("Lagre en hel kopi av prosjektet i TARGET, også mens noen koder i det."))
@file_argument
@click.argument("target", type=click.Path(path_type=Path))
@json_option
def copy_command(file: Path, target: Path, as_json: bool) -> None:
    with opened(file) as project:
        path = checking.save_copy(project, target)
    output.write_path(path, as_json=as_json)


COMMANDS = {"demo": demo_command, "new": new_command, "open": open_command, "copy": copy_command}

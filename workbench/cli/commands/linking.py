"""links."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import file_argument, list_options, opened, write_list
from workbench.services.interchange.links import list_links


@click.command("links", help=_("List koblinger mellom to ting, slik andre verktøy trekker dem."))
@file_argument
@list_options
def links_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        found = list_links(project)
    if as_json or as_csv:
        rows = [
            {**asdict(each.link), "origin_name": each.origin_name, "target_name": each.target_name} for each in found
        ]
        write_list(rows, as_json=as_json, as_csv=as_csv, columns={"id": _("id"), "name": _("navn")})
        return
    for each in found:
        arrow = "→" if each.link.direction == "OneWay" else "↔"
        name = f"  ({each.link.name})" if each.link.name else ""
        output.write_lines([f"{each.origin_name} {arrow} {each.target_name}{name}"])


COMMANDS = {"links": links_command}

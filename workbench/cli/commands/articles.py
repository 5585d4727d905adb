"""articles."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import json_option
from workbench.services.article_files import split_file


@click.command(
    "articles",
    help=_(
        "Del FIL, en fil med mange artikler fra et avisarkiv (Retriever/Atekst), i en tekstfil for hver artikkel. "
        "Importer så mappen: hver artikkel blir en kilde med tittel, avis og dato."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), required=True, help=_("Mappen de skrives i.")
)
@json_option
def articles_command(file: Path, folder: Path, as_json: bool) -> None:
    split = split_file(file, folder)
    written = split.written
    if as_json:
        output.write_json(
            [
                {
                    "file": str(each.path),
                    "title": each.article.title,
                    "publisher": each.article.publisher,
                    "date": each.article.date,
                }
                for each in written
            ]
        )
    else:
        output.write_lines([str(each.path) for each in written])
    n = len(written)
    output.say(ngettext("{n} artikkel skrevet.", "{n} artikler skrevet.", n).format(n=n))
    if split.outside:
        output.say(_("Over den første artikkelen, og i ingen av filene:"))
        for line in split.outside:
            output.say(f"  {line}")


COMMANDS = {"articles": articles_command}

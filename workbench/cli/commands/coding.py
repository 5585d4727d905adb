"""code, codings, coding, go."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import Coding
from workbench.services import coding, waiting
from workbench.services.codebook import find_code
from workbench.services.naming import find_coding, find_sole_coding, find_source

coding_argument = click.argument("coding_id", metavar="ID")


@click.command("code", help=_("Kod START–END i SOURCE med CODE. Posisjonene er tegn i teksten, slutten er ikke med."))
@file_argument
@click.argument("source")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("code")
@click.option("--new", "new_code", is_flag=True, help=_("Lag koden om den ikke finnes."))
@coder_option
@json_option
def code_command(
    file: Path, source: str, start: int, end: int, code: str, new_code: bool, coder: str | None, as_json: bool
) -> None:
    with opened(file, coder, writes=True) as project:
        found = find_source(project, source)
        if new_code:
            made = coding.apply_new_code(project, found, start, end, code)
        else:
            made = coding.apply_code(project, found, start, end, find_code(project, code))
    _tell(made, as_json=as_json)


@click.command("codings", help=_("List kodinger. En kode tar med underkodene."))
@file_argument
@click.option("--code", default="", help=_("Bare denne koden og underkodene."))
@click.option("--exact", is_flag=True, help=_("Ikke ta med underkoder."))
@click.option("--case", default="", help=_("Bare denne casen."))
@click.option("--source", default="", help=_("Bare denne kilden."))
@click.option("--coder", default="", help=_("Bare denne koderen."))
@list_options
def codings_command(
    file: Path, code: str, exact: bool, case: str, source: str, coder: str, as_json: bool, as_csv: bool
) -> None:
    with opened(file) as project:
        source_id = find_source(project, source).id if source else ""
        if case:
            from workbench.services.retrieval import Filter, find_excerpts

            wanted = Filter(code=code, exact=exact, case=case, source=source_id, coder=coder)
            found = [excerpt.coding for excerpt in find_excerpts(project, wanted)]
        else:
            found = coding.list_codings(project, code=code, exact=exact, source=source_id or None, coder=coder)
        waits = waiting.older_words(project)
    rows = [shapes.coding(each) | {"waiting": waits.get(each.id, "")} for each in found]
    if not (as_json or as_csv):
        rows = [row | {"text": shapes.waiting_words(row)} for row in rows]
    columns = {
        "quote": _("sitat"),
        "code": _("kode"),
        "source_name": _("kilde"),
        "coder": _("koder"),
        "text": _("tekst"),
    }
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen kodinger."))


@click.group("coding", help=_("Fjern, flytt grenser, kod om eller merk en koding (id eller sitat-id)."))
def coding_group() -> None:
    pass


@coding_group.command("remove", help=_("Fjern en koding; «undo» henter den tilbake."))
@file_argument
@coding_argument
@coder_option
def remove_command(file: Path, coding_id: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        coding.remove_coding(project, find_sole_coding(project, coding_id).id)


@coding_group.command("bound", help=_("Gi kodingen nye grenser."))
@file_argument
@coding_argument
@click.argument("start", type=int)
@click.argument("end", type=int)
@coder_option
@json_option
def bound_command(file: Path, coding_id: str, start: int, end: int, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        made = coding.rebound_coding(project, find_sole_coding(project, coding_id).id, start, end)
    _tell(made, as_json=as_json)


@coding_group.command("recode", help=_("Gi kodingen en annen kode; første koder står."))
@file_argument
@coding_argument
@click.argument("code")
@coder_option
@json_option
def recode_command(file: Path, coding_id: str, code: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        made = coding.recode(project, find_sole_coding(project, coding_id).id, find_code(project, code))
    _tell(made, as_json=as_json)


@coding_group.command("star", help=_("Merk kodingen som utvalgt sitat (--off tar merket bort)."))
@file_argument
@coding_argument
@click.option("--off", is_flag=True)
@coder_option
@json_option
def star_command(file: Path, coding_id: str, off: bool, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        made = coding.star_coding(project, find_sole_coding(project, coding_id).id, star=not off)
    _tell(made, as_json=as_json)


@click.command("go", help=_("Finn stedet bak en sitat-id fra en rapport, som I03-042."))
@file_argument
@click.argument("quote", metavar=_("SITAT-ID"))
@json_option
def go_command(file: Path, quote: str, as_json: bool) -> None:
    with opened(file) as project:
        found = find_coding(project, quote)
    _tell(found, as_json=as_json)


def _tell(made: Coding, *, as_json: bool) -> None:
    if as_json:
        output.write_json(shapes.coding(made))
    else:
        output.write_lines(
            [f"{made.id}  {made.quote}  {made.source_name} {made.start}–{made.end}  {made.code_name}", made.text]
        )


COMMANDS = {"code": code_command, "codings": codings_command, "coding": coding_group, "go": go_command}

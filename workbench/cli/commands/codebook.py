"""codes, codebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from exports.interchange.model import Bundle
from workbench.cli import output, shapes
from workbench.cli.handed_out import tell_handed_out
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.entities import CodeEntry
from workbench.services import codebook, projects
from workbench.services.interchange import codebook_out, formats, losses, planning
from workbench.services.interchange.receiving import Parts, Received, receive_all
from workbench.services.retrieval import code_path

code_argument = click.argument("code")


@click.command("codes", help=_("List kodeboken som et tre, med antall kodinger."))
@file_argument
@list_options
def codes_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        entries = codebook.list_codes(project)
    if as_json or as_csv:
        write_list(shapes.codes(entries), as_json=as_json, as_csv=as_csv, columns={"id": _("id"), "name": _("navn")})
        return
    depths: dict[str, int] = {}
    for entry in entries:
        depths[entry.id] = depths.get(entry.parent, -1) + 1
        retired = _(" (ute av bruk)") if entry.status == "retired" else ""
        folder = _(" (mappe)") if entry.folder else ""
        output.write_lines(
            [f"{'  ' * depths[entry.id]}{entry.name}{folder}{retired}  [{entry.slug}]  {entry.codings_total}"]
        )
    if number := sum(entry.waiting for entry in entries):
        output.say(
            ngettext(
                "{n} koding venter på plass, eller ordene er redigert bort. Den er ikke talt med.",
                "{n} kodinger venter på plass, eller ordene er redigert bort. De er ikke talt med.",
                number,
            ).format(n=number)
        )


@click.group("codebook", help=_("Endre kodeboken."))
def codebook_group() -> None:
    pass


@codebook_group.command("add", help=_("Ny kode."))
@file_argument
@click.argument("name")
@click.option("--under", default="", metavar=_("KODE"), help=_("Legg den under denne koden."))
@click.option("--slug", default="", help=_("Kortnavn; lages av navnet om det ikke er gitt."))
@click.option("--colour", default="", help=_("Farge som #rrggbb."))
@coder_option
@json_option
def add_command(file: Path, name: str, under: str, slug: str, colour: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        parent = codebook.find_code(project, under).id if under else ""
        entry = codebook.add_code(project, name, parent=parent, colour=colour, slug=slug)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("describe", help=_("Endre navn, definisjon, grenser, eksempler eller farge."))
@file_argument
@code_argument
@click.option("--name", help=_("Nytt navn."))
@click.option("--name-en", help=_("Engelsk navn."))
@click.option("--brief", help=_("Kort definisjon."))
@click.option("--definition", help=_("Full definisjon."))
@click.option("--when", "when_used", help=_("Når koden brukes."))
@click.option("--when-not", help=_("Når koden ikke brukes."))
@click.option("--example", "examples", multiple=True, help=_("Eksempel (kan gjentas); erstatter de som står."))
@click.option("--colour", help=_("Farge som #rrggbb."))
@click.option("--folder/--no-folder", default=None, help=_("En mappe er en overskrift som ingenting kodes med."))
@coder_option
@json_option
def describe_command(
    file: Path,
    code: str,
    examples: tuple[str, ...],
    folder: bool | None,
    coder: str | None,
    as_json: bool,
    **fields: str | None,
) -> None:
    given: dict[str, object] = {key: value for key, value in fields.items() if value is not None}
    if examples:
        given["examples"] = list(examples)
    if folder is not None:
        given["folder"] = int(folder)
    with opened(file, coder, writes=True) as project:
        entry = codebook.set_code(project, codebook.find_code(project, code).id, **given)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("rename", help=_("Gi en kode nytt navn; kortnavnet står."))
@file_argument
@code_argument
@click.argument("name")
@coder_option
@json_option
def rename_command(file: Path, code: str, name: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        entry = codebook.set_code(project, codebook.find_code(project, code).id, name=name)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("recolour", help=_("Gi en kode en annen farge."))
@file_argument
@code_argument
@click.argument("colour")
@coder_option
@json_option
def recolour_command(file: Path, code: str, colour: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        entry = codebook.set_code(project, codebook.find_code(project, code).id, colour=colour)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("move", help=_("Flytt en kode inn under en annen, eller til toppen med --top."))
@file_argument
@code_argument
@click.option("--under", default="", metavar=_("KODE"))
@click.option("--before", default="", metavar=_("KODE"), help=_("Foran denne søskenkoden."))
@click.option("--top", is_flag=True, help=_("Til øverste nivå."))
@coder_option
@json_option
def move_command(file: Path, code: str, under: str, before: str, top: bool, coder: str | None, as_json: bool) -> None:
    if not (under or before or top):
        raise click.UsageError(_("Si hvor: --under KODE, --before KODE eller --top."))
    with opened(file, coder, writes=True) as project:
        sibling = codebook.find_code(project, before) if before else None
        parent = codebook.find_code(project, under).id if under else sibling.parent if sibling and not top else ""
        found = codebook.find_code(project, code)
        entry = codebook.move_code(project, found.id, parent=parent, before=sibling.id if sibling else None)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("merge", help=_("Slå sammen CODE med INTO: kodingene teller som INTO."))
@file_argument
@code_argument
@click.argument("into")
@coder_option
@json_option
def merge_command(file: Path, code: str, into: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        target = codebook.find_code(project, into)
        entry = codebook.merge_codes(project, codebook.find_code(project, code).id, into=target.id)
        _tell(entry, codebook.list_codes(project), as_json=as_json)


@codebook_group.command("retire", help=_("Ta en kode ut av bruk; kodingene står."))
@file_argument
@code_argument
@coder_option
def retire_command(file: Path, code: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        codebook.retire_code(project, codebook.find_code(project, code).id)


@codebook_group.command("restore", help=_("Ta en kode i bruk igjen."))
@file_argument
@code_argument
@coder_option
def restore_command(file: Path, code: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        codebook.restore_code(project, codebook.find_code(project, code).id)


@codebook_group.command("remove", help=_("Slett en kode som ikke er brukt."))
@file_argument
@code_argument
@coder_option
def remove_command(file: Path, code: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        codebook.remove_code(project, codebook.find_code(project, code).id)


@codebook_group.command(
    "load",
    help=_(
        "Ta inn en kodebok: et navn, en YAML-fil, eller en .qdc eller kodeliste fra et annet verktøy. Av et navn eller YAML "
        "kommer bare koder som ikke finnes her. Av andre filer fylles også tomme felt i koder som finnes, og det som er nytt "
        "i filen siden sist, følger med; det som er endret her, står."
    ),
)
@file_argument
@click.argument("codebook_name", metavar=_("NAVN|FIL"))
@click.option("--dry-run", is_flag=True, help=_("Vis hva som ville bli nytt og endret, uten å lagre."))
@coder_option
def load_command(file: Path, codebook_name: str, dry_run: bool, coder: str | None) -> None:
    path = Path(codebook_name)
    if formats.is_codebook(path):
        bundle = formats.read_codebook_file(path)
        taking = partial(receive_all, bundles=[bundle], parts=Parts(sources=False, codings=False), file=path.name)
        if dry_run:
            _tell_plan(file, bundle, taking, coder)
        else:
            _load_foreign(file, taking, coder)
        return
    book = projects.choose_codebook(codebook_name)
    with opened(file, coder, writes=not dry_run) as project:
        if dry_run:
            new = codebook.new_codes(project, book) if book else []
            output.write_lines([code.name for code in new])
            number = len(new)
        else:
            number = codebook.load_codebook(project, book) if book else 0
    output.say(ngettext("{n} ny kode.", "{n} nye koder.", number).format(n=number))


def _tell_plan(file: Path, bundle: Bundle, taking: Callable[..., list[Received]], coder: str | None) -> None:
    """The tree as it was read, and what would come of it here."""
    with opened(file, coder) as project:
        coming = planning.plan(project, taking)
    depths: dict[str, int] = {}
    for code in bundle.codes:
        depths[code.guid] = depths.get(code.parent, -1) + 1
    tree = [f"  {'  ' * depths[code.guid]}{code.name}" for code in bundle.codes]
    output.write_lines([_("I filen:"), *tree, "", *planning.lines(coming)])


def _load_foreign(file: Path, taking: Callable[..., list[Received]], coder: str | None) -> None:
    """A list from another tool: what came from it before is updated, what was changed here too stays and is named."""
    with opened(file, coder, writes=True) as project:
        (received,) = taking(project)
    number, updated = received.added.get("code", 0), received.updated.get("code", 0)
    output.say(ngettext("{n} ny kode.", "{n} nye koder.", number).format(n=number))
    if updated:
        output.say(ngettext("{n} kode er oppdatert.", "{n} koder er oppdatert.", updated).format(n=updated))
    for line in losses.lines(received):
        output.say("  " + line)


@codebook_group.command("show", help=_("Skriv kodeboken som YAML."))
@file_argument
def show_command(file: Path) -> None:
    from codebooks.yaml_io import write_codebook

    with opened(file) as project:
        output.write_lines([write_codebook(codebook.as_codebook(project)).rstrip("\n")])


@codebook_group.command(
    "export",
    help=_("Skriv kodeboken som SHAPE: yaml, docx, qdc, csv, xlsx, eller slik et annet verktøy tar den inn."),
)
@file_argument
@click.argument("shape", metavar="SHAPE", type=click.Choice(codebook_out.SHAPES))
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help=_("Filen som skrives."))  # fmt: skip
@click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))
@json_option
def export_codebook_command(file: Path, shape: str, target: Path, force: bool, as_json: bool) -> None:
    with opened(file) as project:
        written = codebook_out.hand_out_codebook(project, shape, target, force=force)
    tell_handed_out(written, as_json=as_json)


def _tell(entry: CodeEntry, entries: list[CodeEntry], *, as_json: bool) -> None:
    if as_json:
        output.write_json(next(shape for shape in shapes.codes(entries) if shape["uid"] == entry.id))
    else:
        output.write_lines([f"{entry.slug}  {code_path(entries, entry.id)}"])


COMMANDS = {"codes": codes_command, "codebook": codebook_group}

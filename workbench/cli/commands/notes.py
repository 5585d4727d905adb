"""note, status."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output
from workbench.cli.options import coder_option, file_argument, list_options, opened, write_list
from workbench.core.entities import READING_STATUSES
from workbench.services import notes, reading, sources
from workbench.services.naming import find_source, prefixed
from workbench.store.project import Project


@click.group("note", help=_("Merknader i margen: et sted uten kode."))
def note_group() -> None:
    pass


@note_group.command("list", help=_("List merknader."))
@file_argument
@list_options
def list_notes_command(file: Path, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        names = sources.source_names(project)
        rows = [
            {
                "id": note.id,
                "source": note.source,
                "source_name": names.get(note.source, ""),
                "start": note.start,
                "end": note.end,
                "text": note.text,
                "coder": note.coder,
                "created": note.created,
            }
            for note in notes.list_notes(project)
        ]
    columns = {"id": _("id"), "source_name": _("kilde"), "start": _("fra"), "text": _("merknad")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen merknader."))


@note_group.command("add", help=_("Skriv en merknad ved START–END."))
@file_argument
@click.argument("source")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("text")
@coder_option
def add_note_command(file: Path, source: str, start: int, end: int, text: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        output.write_lines([notes.add_note(project, find_source(project, source), start, end, text).id])


@note_group.command("edit", help=_("Skriv merknaden om."))
@file_argument
@click.argument("note")
@click.argument("text")
@coder_option
def edit_note_command(file: Path, note: str, text: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        notes.edit_note(project, _note(project, note), text)


@note_group.command("remove", help=_("Slett merknaden."))
@file_argument
@click.argument("note")
@coder_option
def remove_note_command(file: Path, note: str, coder: str | None) -> None:
    with opened(file, coder, writes=True) as project:
        notes.remove_note(project, _note(project, note))


@click.command("status", help=_("Vis lesestatus, eller sett den for en kilde."))
@file_argument
@click.argument("source", default="")
@click.argument("status", default="", metavar="|".join(("[STATUS]", *READING_STATUSES)))
@coder_option
@list_options
def status_command(file: Path, source: str, status: str, coder: str | None, as_json: bool, as_csv: bool) -> None:
    with opened(file, coder, writes=bool(status)) as project:
        if status:
            reading.set_status(project, find_source(project, source), status)
        known = reading.statuses(project)
        wanted = find_source(project, source).id if source else ""
        rows = [
            {"source": each.id, "source_name": each.name, "coder": project.coder_name,
             "status": known.get(each.id, "not-read"), "codings": each.codings}
            for each in sources.list_sources(project)
            if not wanted or each.id == wanted
        ]  # fmt: skip
    columns = {"source_name": _("kilde"), "status": _("status"), "codings": _("kodinger")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Prosjektet har ingen kilder."))


def _note(project: Project, named: str) -> str:
    return prefixed(named, [note.id for note in notes.list_notes(project)], _("merknad"))[0]


COMMANDS = {"note": note_group, "status": status_command}

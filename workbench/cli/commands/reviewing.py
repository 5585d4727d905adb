"""review, comment, comments."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

import click

from workbench.cli import output
from workbench.cli.main import OpenRequest
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.core.comment_file import TARGETS, ReaderComment
from workbench.core.entities import Comment
from workbench.services import commenting, comments
from workbench.services.codebook import find_code, find_theme
from workbench.services.naming import find_coding, prefixed
from workbench.services.sources import source_names
from workbench.store.project import Project


@click.command("review", help=_("Les et kodet materiale uten å kunne endre noe; kommentarer lagres i din egen fil."))
@file_argument
@coder_option
@click.option("--at", default="", metavar=_("SITAT-ID"), help=_("Gå til et sitat, som I03-042."))
def review_command(file: Path, coder: str | None, at: str) -> OpenRequest:
    with opened(file, coder, untouched=True):
        pass  # refused in words before the screen is taken
    return OpenRequest(path=file, coder=coder, at=at, readonly=True)


@click.group("comment", help=_("Dine egne kommentarer til et kodet materiale. Prosjektet endres ikke."))
def comment_group() -> None:
    pass


@comment_group.command("add", help=_("Kommenter en koding (id eller sitat-id), en kode eller et tema."))
@file_argument
@click.argument("kind", type=click.Choice(TARGETS))
@click.argument("target")
@click.argument("text")
@coder_option
@json_option
def add_command(file: Path, kind: str, target: str, text: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, untouched=True) as project:
        _tell(project, commenting.write_comment(project, _target(project, kind, target), text), as_json=as_json)


@comment_group.command("list", help=_("List dine kommentarer."))
@file_argument
@coder_option
@list_options
def list_command(file: Path, coder: str | None, as_json: bool, as_csv: bool) -> None:
    with opened(file, coder, untouched=True) as project:
        names = source_names(project)
        rows = [_own_shape(each, names) for each in commenting.read_own(project).comments]
    columns = {"id": _("id"), "on": _("på"), "name": _("sted"), "text": _("kommentar")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Du har ingen kommentarer her."))


@comment_group.command("edit", help=_("Skriv en av dine kommentarer om."))
@file_argument
@click.argument("comment")
@click.argument("text")
@coder_option
@json_option
def edit_command(file: Path, comment: str, text: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, untouched=True) as project:
        held = _own(project, comment)
        target = _target(project, held.on, held.target)
        _tell(project, commenting.write_comment(project, target, text, comment=held.id), as_json=as_json)


@comment_group.command("remove", help=_("Ta en av dine kommentarer tilbake."))
@file_argument
@click.argument("comment")
@coder_option
def remove_command(file: Path, comment: str, coder: str | None) -> None:
    with opened(file, coder, untouched=True) as project:
        commenting.remove_comment(project, _own(project, comment).id)


@comment_group.command("hand-over", help=_("Skriv kommentarene til en fil som prosjektlederen kan ta inn."))
@file_argument
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help=_("Skriv over filen om den finnes."))
@coder_option
@json_option
def hand_over_command(file: Path, target: Path, force: bool, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, untouched=True) as project:
        path = commenting.hand_over(project, target, force=force)
    output.write_path(path, as_json=as_json)


@click.group("comments", help=_("Kommentarer som lesere har levert: ta inn, svar og merk som behandlet."))
def comments_group() -> None:
    pass


@comments_group.command("take-in", help=_("Ta inn kommentarfiler fra lesere. Samme fil to ganger gir ingen dobler."))
@file_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("KOMMENTARFIL..."))
@coder_option
@json_option
def take_in_command(file: Path, paths: tuple[Path, ...], coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        taken = comments.take_in(project, paths)
    if as_json:
        output.write_json(
            [
                {"reader": each.reader, "new": each.new, "changed": each.changed, "already": each.already}
                for each in taken
            ]
        )
        return
    for each in taken:
        told = ngettext("{reader}: {n} ny kommentar", "{reader}: {n} nye kommentarer", each.new)
        rest = _("{changed} endret, {already} fra før").format(changed=each.changed, already=each.already)
        output.write_lines([f"{told.format(reader=each.reader, n=each.new)}, {rest}"])


@comments_group.command("list", help=_("List kommentarer fra lesere."))
@file_argument
@click.option(
    "--status", type=click.Choice(comments.STATUSES), default=None, help=_("Bare åpne, eller bare behandlede.")
)
@click.option("--reader", default="", help=_("Bare denne leserens."))
@list_options
def list_taken_command(file: Path, status: str | None, reader: str, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        names = source_names(project)
        rows = [_shape(each, names) for each in comments.list_comments(project, status=status or "", reader=reader)]
    columns = {"id": _("id"), "reader": _("leser"), "on": _("på"), "name": _("sted"), "status": _("status"),
               "text": _("kommentar")}  # fmt: skip
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns, empty=_("Ingen kommentarer fra lesere."))


@comments_group.command("reply", help=_("Svar på en kommentar."))
@file_argument
@click.argument("comment")
@click.argument("text")
@coder_option
@json_option
def reply_command(file: Path, comment: str, text: str, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        _tell_taken(project, comments.reply(project, _taken(project, comment), text), as_json=as_json)


@comments_group.command("handle", help=_("Merk en kommentar som behandlet."))
@file_argument
@click.argument("comment")
@click.option("--reopen", is_flag=True, help=_("Åpne den igjen."))
@coder_option
@json_option
def handle_command(file: Path, comment: str, reopen: bool, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        status = "open" if reopen else "handled"
        _tell_taken(project, comments.set_status(project, _taken(project, comment), status), as_json=as_json)


def _target(project: Project, kind: str, named: str) -> commenting.Commented:
    if kind == "coding":
        return find_coding(project, named)
    return find_code(project, named) if kind == "code" else find_theme(project, named)


def _own(project: Project, named: str) -> ReaderComment:
    held = commenting.read_own(project).comments
    (found,) = prefixed(named, [each.id for each in held], _("kommentar"))
    return next(each for each in held if each.id == found)


def _taken(project: Project, named: str) -> str:
    return prefixed(named, [each.id for each in comments.list_comments(project)], _("kommentar"))[0]


def _own_shape(each: ReaderComment, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": each.id,
        "on": each.on,
        "target": each.target,
        "name": each.name,
        "source": each.source,
        "source_name": names.get(each.source, ""),
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "created": each.created,
        "updated": each.updated,
    }


def _shape(each: Comment, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": each.id,
        "reader": each.reader,
        "on": each.target_kind,
        "target": each.target,
        "name": each.quote,
        "source": each.source,
        "source_name": names.get(each.source, ""),
        "start": each.start,
        "end": each.end,
        "text": each.text,
        "created": each.created,
        "updated": each.updated,
        "reply": each.reply,
        "status": each.status,
    }


def _tell(project: Project, comment: ReaderComment, *, as_json: bool) -> None:
    if as_json:
        output.write_json(_own_shape(comment, source_names(project)))
    else:
        output.write_lines([comment.id])


def _tell_taken(project: Project, comment: Comment, *, as_json: bool) -> None:
    if as_json:
        output.write_json(_shape(comment, source_names(project)))
    else:
        output.write_lines([comment.id])


COMMANDS = {"review": review_command, "comment": comment_group, "comments": comments_group}

"""undo, redo, history, check."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from workbench.cli import output, shapes
from workbench.cli.options import coder_option, file_argument, json_option, list_options, opened, write_list
from workbench.cli.waiting import tell_waiting
from workbench.errors import ExitCode
from workbench.services import checking, history


@click.command("undo", help=_("Angre det siste du gjorde i denne kopien. Går så langt tilbake du vil."))
@file_argument
@coder_option
@json_option
def undo_command(file: Path, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        _tell(history.undo(project), as_json=as_json)


@click.command("redo", help=_("Gjør om det du sist angret."))
@file_argument
@coder_option
@json_option
def redo_command(file: Path, coder: str | None, as_json: bool) -> None:
    with opened(file, coder, writes=True) as project:
        _tell(history.redo(project), as_json=as_json)


@click.command("history", help=_("Vis revisjonssporet, nyeste først."))
@file_argument
@click.option("--limit", default=-1, show_default=False, help=_("Hvor mange endringer som vises."))
@list_options
def history_command(file: Path, limit: int, as_json: bool, as_csv: bool) -> None:
    with opened(file) as project:
        rows = [shapes.history(entry) for entry in history.history(project, limit=limit)]
    if not as_json and not as_csv:
        rows = [row | {"summary": row["summary"] + (_(" (angret)") if row["undone"] else "")} for row in rows]
    columns = {"when": _("når"), "coder": _("hvem"), "summary": _("hva")}
    write_list(rows, as_json=as_json, as_csv=as_csv, columns=columns)


@click.command("check", help=_("Kontroller hver koding mot teksten, og journalens kjede."))
@file_argument
@json_option
def check_command(file: Path, as_json: bool) -> int:
    with opened(file) as project:
        result = checking.check(project)
        tell_waiting(project)
    if as_json:
        output.write_json({"ok": result.ok, "problems": list(result.problems)})
    elif result.ok:
        output.write_lines([_("Alt stemmer.")])
    else:
        output.write_lines(result.problems)
    return ExitCode.DONE if result.ok else ExitCode.REFUSED


def _tell(done: history.Reverted, *, as_json: bool) -> None:
    if as_json:
        output.write_json([shapes.history(done.entry) | {"source": done.source or None, "start": done.offset}])
    else:
        output.write_lines([done.summary])


COMMANDS = {"undo": undo_command, "redo": redo_command, "history": history_command, "check": check_command}

"""What commands share: the project file, who codes, and how a list is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import click

from workbench import settings
from workbench.cli import output
from workbench.services import projects
from workbench.store.connection import damage_in_plain_words
from workbench.store.project import Project
from workbench.store.untouched import may_write

Command = TypeVar("Command", bound=Callable[..., Any])

# Whether it can be read is the store's to say: a project that cannot be opened has an exit code of its own.
file_argument = click.argument("file", type=click.Path(path_type=Path, readable=False))


def coder_option(command: Command) -> Command:
    return click.option(
        "--coder", metavar=_("NAVN"), help=_("Hvem som koder (ellers KODEBENK_CODER eller innstillingene).")
    )(command)


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help=_("Skriv JSON."))(command)


def list_options(command: Command) -> Command:
    """`--json` and `--csv`, which every list-like command takes."""
    return json_option(click.option("--csv", "as_csv", is_flag=True, help=_("Skriv CSV."))(command))


def who(asked: str | None) -> str:
    """The coder's name; the operating system's user name as last resort, said aloud."""
    name = settings.coder_name(asked)
    if name is None:
        name = settings.system_user()
        output.say(_("Koder som «{name}». Velg et annet navn med --coder eller KODEBENK_CODER.").format(name=name))
    return name


@contextmanager
def opened(file: Path, coder: str | None = None, *, writes: bool = False, untouched: bool = False) -> Iterator[Project]:
    """The project, closed again whatever happens. A command that only reads needs no name, and no right to write.

    Args:
        file: the project file.
        coder: who acts, as asked for.
        writes: the command changes the project.
        untouched: who reads along has a name, and the file is left as it is also where it may be written in.
    """
    name = who(coder) if writes or untouched else settings.coder_name(coder) or settings.system_user()
    readonly = untouched or (not writes and not may_write(file))
    with damage_in_plain_words(file):
        project = projects.open_existing(file, coder=name, readonly=readonly)
        try:
            yield project
        finally:
            project.close()


def write_list(
    rows: Sequence[Mapping[str, Any]], *, as_json: bool, as_csv: bool, columns: Mapping[str, str], empty: str = ""
) -> None:
    """A list as JSON, CSV (all keys) or a table (the `columns`, key -> heading)."""
    if as_json:
        output.write_json(list(rows))
    elif as_csv:
        output.write_csv(rows, list(rows[0]) if rows else list(columns))
    elif rows:
        output.write_table(rows, columns)
    elif empty:
        output.say(empty)

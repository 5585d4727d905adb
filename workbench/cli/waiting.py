"""What is said on the side, by commands that look over a project, of what waits for a place."""

from __future__ import annotations

from gettext import ngettext

from workbench.cli import output
from workbench.services.waiting import count_waiting
from workbench.store.project import Project


def tell_waiting(project: Project) -> None:
    """Say how much waits, where anything does."""
    number = sum(count_waiting(project).values())
    if number:
        output.say(
            ngettext(
                "{n} koding eller merknad venter på plass etter en ny utgave; «kodebenk waiting» viser den.",
                "{n} kodinger og merknader venter på plass etter en ny utgave; «kodebenk waiting» viser dem.",
                number,
            ).format(n=number)
        )

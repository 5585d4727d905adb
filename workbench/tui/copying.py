"""Handing text over to other programs: through the terminal's clipboard, or a file beside the project.

Whether the terminal takes what it is sent cannot be known: the file is for where it does not.
"""

from __future__ import annotations

import os
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import settings
from workbench.errors import Refusal

if TYPE_CHECKING:
    from workbench.store.project import Project
    from workbench.tui.app import KodebenkApp


def copy(app: KodebenkApp, text: str) -> str:
    """Send text to the clipboard, by the terminal's own sequence (OSC 52), or to the file if the settings say so.

    Returns:
        what was done, in words.

    Raises:
        Refusal: if the file cannot be written.
    """
    if settings.load().clipboard == "file":
        return copy_to_file(app.opened, text)
    app.copy_to_clipboard(text)
    if os.environ.get("TMUX"):
        return _("Kopiert, om tmux har «set -g set-clipboard on». Y skriver til fil.")
    return _("Kopiert. Y skriver til fil.")


def copy_to_file(project: Project, text: str) -> str:
    """Add text at the end of the clippings beside the project; where it stands now, in words.

    Raises:
        Refusal: if the file cannot be written.
    """
    path = clippings(project)
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n\n")
    except OSError as error:
        raise Refusal(
            _("Kan ikke skrive til {file}: {why}. Kopier med y i stedet.").format(file=path, why=error.strerror)
        ) from None
    return _("Lagt til i {file}").format(file=path)


def clippings(project: Project) -> Path:
    """The file that holds what has been copied."""
    return project.path.with_name(f"{project.path.stem}-utklipp.md")

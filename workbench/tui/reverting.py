"""Undoing and doing again from any screen: at once, or behind a bar that holds the keys when the step is a large one."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from workbench.services import history
from workbench.tui.many import AT_ONCE, act_on_many

if TYPE_CHECKING:
    from workbench.tui.navigation import Navigation

Done = Callable[[history.Reverted], Any]


def undo(app: Navigation, done: Done) -> None:
    """Undo the newest step and call `done` with what became of it.

    Raises:
        Refusal: if there is nothing to undo, or later changes rest on it; of a large step it is shown later.
    """
    act_on_many(app, _("Angrer"), history.reach(app.opened, most=AT_ONCE + 1), history.undo, done)


def redo(app: Navigation, done: Done) -> None:
    """Do again what was undone last, as `undo` does.

    Raises:
        Refusal: as `undo` does.
    """
    act_on_many(app, _("Gjør om"), history.reach(app.opened, redone=True, most=AT_ONCE + 1), history.redo, done)

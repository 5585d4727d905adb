"""Acting on many things at once: at once when they are few, in a thread with its progress shown when they are not."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from workbench.store.project import Project
    from workbench.tui.navigation import Navigation

Result = TypeVar("Result")
AT_ONCE = 300
"""Codings: some 0.1 second's work."""


def act_on_many(
    app: Navigation,
    title: str,
    number: int,
    act: Callable[[Project], Result],
    done: Callable[[Result], Any],
) -> None:
    """Do it in the open project, or for many things in a thread, and then call `done` with what came of it.

    Args:
        app: the application.
        title: what the researcher sees meanwhile.
        number: how many things.
        act: called with the project to act in; one gesture.
        done: called in the main thread.
    """
    if number <= AT_ONCE:
        done(act(app.opened))
        return
    project = app.opened

    def work(own: Work[Result]) -> Result:
        own.progress(0, 0, _("Arbeider …"))
        with own_copy(project) as copy:
            return act(copy)

    # One gesture has no place to stop at, and what is done meanwhile would wait for it with the screen standing still.
    app.start(Work(title=title, name="many", act=work, done=done, held=True))

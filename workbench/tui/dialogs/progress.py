"""How far long work has come, with a way to stop it or let it go on behind the screen."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static

from workbench.tui.dialogs.base import Dialog
from workbench.tui.transcript.display import safe_line
from workbench.tui.working import Work


class ProgressDialog(Dialog[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "behind", _("I bakgrunnen"), show=False, id="progress.behind"),
    ]

    @dataclass
    class Told(Message):
        """The work has come further; sent from its thread."""

        done: int
        total: int
        what: str

    def __init__(self, work: Work[Any]) -> None:
        super().__init__(work.title)
        self._work = work

    def compose_body(self) -> ComposeResult:
        yield ProgressBar(total=None, show_eta=False, id="bar")
        yield Static(_("Begynner …"), markup=False, id="what")
        if not self._work.held:
            behind = [] if self._work.writes else [Button(_("La det gå i bakgrunnen"), id="behind")]
            yield Horizontal(Button(_("Stopp"), id="stop", variant="warning"), *behind, classes="buttons")

    def tell(self, done: int, total: int, what: str) -> None:
        """Called from the working thread."""
        self.post_message(self.Told(done, total, what))

    @on(Told)
    def _show(self, event: Told) -> None:
        self.query_one(ProgressBar).update(total=event.total or None, progress=event.done)
        self.query_one("#what", Static).update(safe_line(event.what))

    @on(Button.Pressed, "#stop")
    def action_back_out(self) -> None:
        """Ask the work to stop; it answers when it has come to where it can."""
        if self._work.held:
            return
        self._work.stopped = True
        self.query_one("#what", Static).update(_("Stopper …"))

    @on(Button.Pressed, "#behind")
    def action_behind(self) -> None:
        if not (self._work.held or self._work.writes):
            self.dismiss(None)

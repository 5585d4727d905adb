"""What is said about the study: the facts that reports print, and the researcher's answers to checklists."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Input

from workbench.errors import Refusal
from workbench.services import study
from workbench.services.study import Entry
from workbench.tui.dialogs.base import Dialog, label

if TYPE_CHECKING:
    from workbench.tui.app import KodebenkApp


class StudyDialog(Dialog[dict[str, str]]):
    """Every fact on a line of its own; the answer holds those that were changed."""

    WIDE = True
    DEFAULT_CSS = "StudyDialog #fields { height: auto; max-height: 70vh; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+l", "save", _("Lagre"), priority=True, id="study.save"),
    ]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(_("Om studien"))
        self._entries = list(entries)

    def compose_body(self) -> ComposeResult:
        about = _(
            "Står i rapporter og sjekklister. Punkter merket = svarer prosjektet på; det du skriver, kommer i tillegg."
        )
        yield label(about, classes="about")
        with VerticalScroll(id="fields") as fields:
            fields.can_focus = False
            for index, entry in enumerate(self._entries):
                yield label(f"= {entry.words}" if entry.computed else entry.words)
                yield Input(entry.value, id=f"fact-{index}", compact=True)
        yield self.buttons(Button(_("Lagre (Ctrl+L)"), id="save", variant="primary"))

    def on_mount(self) -> None:
        self.query_one("#fact-0", Input).focus()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next(Input)

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        values = {
            entry.key: self.query_one(f"#fact-{index}", Input).value.strip()
            for index, entry in enumerate(self._entries)
        }
        self.dismiss({entry.key: values[entry.key] for entry in self._entries if values[entry.key] != entry.value})


def ask_about_study(screen: Screen[Any]) -> None:
    """Let the researcher say something about the study, from any screen or dialog over the open project."""
    app = cast("KodebenkApp", screen.app)
    project = app.opened

    def take(changed: dict[str, str] | None) -> None:
        if not changed:
            return
        try:
            study.set_facts(project, changed)
        except Refusal as error:
            app.refuse(error)
            return
        app.notify(_("Lagret."), markup=False)

    app.push_screen(StudyDialog(study.entries(project)), take)

"""What every dialog has: a frame with a title, and Esc that backs out without doing anything."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from workbench.tui.transcript.display import safe

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A question over the screen it came from. Its answer is None when the researcher backs out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back_out", _("Avbryt"), show=False, id="dialog.back_out"),
    ]
    WIDE: ClassVar[bool] = False

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame wide" if self.WIDE else "frame") as frame:
            frame.border_title = ""
            yield Static(safe(self._title), markup=False, classes="title")
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """The widgets below the title."""
        yield from ()

    def buttons(self, *buttons: Button) -> Horizontal:
        """A row of buttons, with «Avbryt» last."""
        return Horizontal(*buttons, Button(_("Avbryt"), id="back-out"), classes="buttons")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "back-out":
            event.stop()
            self.action_back_out()

    def action_back_out(self) -> None:
        self.dismiss(None)

    def keep_writing(self) -> bool:
        """Save what is being written here, as the program ends; False holds the end back (the writer is told why)."""
        return True


def label(text: str, classes: str = "label") -> Static:
    """A line of text in a dialog; user text in it is never markup."""
    return Static(safe(text), markup=False, classes=classes)

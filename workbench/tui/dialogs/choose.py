"""Choosing one of a few things, and saying yes before something that is hard to take back."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button

from codebooks.colours import is_colour
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows


class ChooseDialog(Dialog[str]):
    """A short list; the answer is the chosen thing's key. A number chooses at once."""

    def __init__(
        self, title: str, options: Sequence[tuple[str, str]], *, chosen: str = "", colours: bool = False
    ) -> None:
        super().__init__(title)
        self._options = list(options)
        self._colours = colours
        """The keys are colours, and the options are drawn in them."""
        self._chosen = chosen

    def compose_body(self) -> ComposeResult:
        yield Rows(id="options")
        yield label(_("Enter eller et tall velger · Esc avbryter"), classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = min(max(len(self._options), 1), 14)
        keys = [key for key, _shown in self._options]
        rows.set_rows(len(keys), self._draw, cursor=keys.index(self._chosen) if self._chosen in keys else 0)
        rows.focus()

    @on(Rows.Chosen)
    def _take(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(self._options[event.index][0])

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "123456789":
            index = int(event.character) - 1
            if index < len(self._options):
                event.stop()
                self.dismiss(self._options[index][0])

    def _draw(self, index: int, width: int) -> list[Text]:
        number = str(index + 1) if index < 9 else " "
        key, shown = self._options[index]
        colour = key if self._colours and is_colour(key) else ""
        return [Text.assemble((f"{number} ", "bold"), (safe_line(shown), colour))]


class ConfirmDialog(Dialog[bool]):
    """States what will happen and asks; Enter on «Avbryt», which has the focus, does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,y", "accept", _("Ja"), show=False, id="confirm.yes"),
        Binding("n", "back_out", _("Nei"), show=False, id="confirm.no"),
    ]

    def __init__(self, title: str, question: str, *, yes: str) -> None:
        super().__init__(title)
        self._question = question
        self._yes = yes

    def compose_body(self) -> ComposeResult:
        yield label(self._question, classes="question")
        yield self.buttons(Button(self._yes, id="yes", variant="warning"))
        yield label(_("j: ja · n eller Esc: nei"), classes="hint")

    def on_mount(self) -> None:
        self.query_one("#back-out", Button).focus()

    @on(Button.Pressed, "#yes")
    def action_accept(self) -> None:
        self.dismiss(True)

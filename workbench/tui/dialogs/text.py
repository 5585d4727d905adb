"""Writing one line."""

from __future__ import annotations

from gettext import gettext as _

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.tui.dialogs.base import Dialog, label


class LineDialog(Dialog[str]):
    """One line of text; Enter answers with it."""

    def __init__(self, title: str, value: str = "", *, hint: str = "", empty: bool = False) -> None:
        super().__init__(title)
        self._value = value
        self._hint = hint
        self._empty = empty

    def compose_body(self) -> ComposeResult:
        yield Input(self._value, id="line", select_on_focus=True)
        yield label(self._hint or _("Enter lagrer · Esc avbryter"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        value = event.value.strip()
        if value or self._empty:
            self.dismiss(value)

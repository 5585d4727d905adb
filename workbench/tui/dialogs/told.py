"""More than fits on the screen, told line by line: what came of a file that came in or went out."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.transcript.display import safe


class ToldDialog(Dialog[bool]):
    """A list to read, scrolled by the arrow keys; any way out will do."""

    WIDE = True
    DEFAULT_CSS = """
    ToldDialog #told { height: auto; max-height: 60vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back_out", _("Lukk"), show=False, id="told.close"),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = lines

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="told"):
            yield Static("\n".join(safe(line) for line in self._lines), markup=False)
        yield label(_("↑ ↓ blar · Enter eller Esc lukker"), classes="hint")

    def on_mount(self) -> None:
        self.query_one("#told").focus()

"""Writing about several excerpts at once: one memo that links to them, or the same words on each."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class MemoWanted:
    text: str
    each: bool
    """The same words on every coding, not one memo with links."""


class SharedMemoDialog(Dialog[MemoWanted]):
    """Many lines of text, kept when the writer says so. Esc has to be pressed twice when something is written."""

    WIDE = True
    CSS = "SharedMemoDialog #text { height: 9; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+l", "save", _("Lagre"), priority=True, id="shared_memo.save"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._warned = ""

    def compose_body(self) -> ComposeResult:
        yield TextArea("", id="text", soft_wrap=True, show_line_numbers=False)
        yield Tick(_("Samme tekst på hvert utdrag, i stedet for ett memo med lenker"), id="each")
        yield label(_("Ctrl+L eller Ctrl+S lagrer · Tab til avkryssingen · Esc avbryter"), classes="hint")

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        text = self.query_one(TextArea).text
        if text.strip():
            self.dismiss(MemoWanted(text, each=self.query_one(Tick).value))

    def action_back_out(self) -> None:
        if self._may_be_thrown_away(_("Esc en gang til kaster det du har skrevet. Ctrl+L lagrer.")):
            super().action_back_out()

    def keep_writing(self) -> bool:
        return self._may_be_thrown_away(_("Ctrl+Q en gang til kaster det du har skrevet. Ctrl+L lagrer."))

    def _may_be_thrown_away(self, warning: str) -> bool:
        """Whether nothing is written, or the writer has been warned of losing just this."""
        text = self.query_one(TextArea).text
        if not text.strip() or text == self._warned:
            return True
        self._warned = text
        self.notify(warning, severity="warning", markup=False)
        return False

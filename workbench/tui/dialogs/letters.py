"""Letters and marks that a keyboard lacks: one strip at the foot of the screen, and the next key inserts."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

LETTERS: Mapping[str, str] = {
    "a": "å", "e": "æ", "o": "ø", "A": "Å", "E": "Æ", "O": "Ø", "<": "«", ">": "»", "-": "–", "s": "§",
}  # fmt: skip
"""Key -> what it inserts. All keys are where a US keyboard has them, and none needs AltGr on a Norwegian one."""


class LettersStrip(ModalScreen[str]):
    """Waits for one key; its answer is what shall be inserted, or None when the writer gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", _("Avbryt"), show=False, id="letters.give_up"),
    ]
    DEFAULT_CSS = """
    LettersStrip { align: center bottom; background: transparent; }
    LettersStrip > Static {
        width: 1fr; height: 1; text-align: center; text-style: bold; background: $primary; color: $background;
    }
    LettersStrip:nocolor > Static { text-style: bold reverse; }
    """

    def compose(self) -> ComposeResult:
        shown = "  ".join(f"{key} {letter}" for key, letter in LETTERS.items())
        yield Static(f"{shown}   {_('Esc: avbryt')}", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Answer with the letter of the key; other keys do nothing, so that a slip writes no wrong word."""
        letter = LETTERS.get(event.character or "")
        if letter is not None:
            event.stop()
            self.dismiss(letter)

    def action_give_up(self) -> None:
        self.dismiss(None)

"""Writing a memo or a note: many lines, saved while they are written."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from workbench.errors import Refusal
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.transcript.display import safe, safe_line

SAVE_AFTER = 2.0
"""Seconds without a key press before what is written is saved."""


class WritingDialog(Dialog[str]):
    """Many lines of text. Esc and Ctrl+S save; what is written is also saved whenever the writer pauses."""

    WIDE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+l", "save_and_close", _("Lagre"), priority=True, id="writing.save"),
        Binding("escape", "save_and_close", _("Lagre og lukk"), priority=True, id="writing.close"),
        Binding("ctrl+g", "back_out", _("Lukk uten å lagre mer"), priority=True, id="writing.leave"),
    ]

    def __init__(self, title: str, value: str, save: Callable[[str], None], *, about: str = "") -> None:
        """
        Args:
            title: what is written.
            value: what is there already.
            save: called with the text each time it shall be kept; may refuse.
            about: what it is written on, shown above.
        """
        super().__init__(title)
        self._saved = value
        self._save = save
        self._about = about
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        if self._about:
            yield label(safe(self._about), classes="about")
        yield TextArea(self._saved, id="text", soft_wrap=True, show_line_numbers=False)
        yield label(
            _("Esc lagrer og lukker (også Ctrl+S og Ctrl+L); pauser lagrer også. Ctrl+G lukker uten å lagre mer."),
            classes="hint",
        )

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    @on(TextArea.Changed)
    def _written(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAVE_AFTER, self.keep_writing)

    def action_save_and_close(self) -> None:
        if self.keep_writing():
            self.dismiss(self._saved)

    def keep_writing(self) -> bool:
        """Save what has changed; whether all that is written is now kept."""
        text = self.query_one(TextArea).text
        if text == self._saved:
            return True
        try:
            self._save(text)
        except Refusal as error:
            self.notify(safe_line(str(error)), severity="warning", markup=False)
            return False
        self._saved = text
        return True

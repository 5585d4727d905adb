"""What lies in a file or would come of it, told in lines that scroll, and the question of what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from workbench.tui.dialogs.base import Answer, Dialog, label
from workbench.tui.transcript.display import safe

TAKE = "take"
STOP = "stop"
"""The answer that ends a walk through several files."""


class ScrolledDialog(Dialog[Answer]):
    """Lines above whatever else the dialog asks; the arrow keys scroll them wherever the focus is."""

    WIDE = True
    DEFAULT_CSS = """
    ScrolledDialog #contents { height: auto; max-height: 45vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", _("Opp"), show=False, id="asked.up"),
        Binding("down", "scroll(1)", _("Ned"), show=False, id="asked.down"),
        Binding("pageup", "scroll(-10)", _("Side opp"), show=False, id="asked.page_up"),
        Binding("pagedown", "scroll(10)", _("Side ned"), show=False, id="asked.page_down"),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = lines

    def contents(self) -> ComposeResult:
        with VerticalScroll(id="contents", can_focus=False):
            yield Static("\n".join(safe(line) for line in self._lines), markup=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#contents").scroll_relative(y=lines, animate=False)


class AskedDialog(ScrolledDialog[str]):
    """The answer is the key of the button that was pressed; the first of them has the focus."""

    def __init__(self, title: str, lines: Sequence[str], choices: Sequence[tuple[str, str]], *, back: str = "") -> None:
        """
        Args:
            title: what it is about.
            lines: what there is to know.
            choices: (key, words) of the buttons.
            back: words of the button that backs out, when it is not «Avbryt».
        """
        super().__init__(title, lines)
        self._choices = choices
        self._back = back

    def compose_body(self) -> ComposeResult:
        yield from self.contents()
        yield self.buttons(
            *(
                Button(words, id=f"choice-{key}", variant="default" if number else "primary")
                for number, (key, words) in enumerate(self._choices)
            )
        )
        yield label(_("↑ ↓ blar · Tab og Enter velger · Esc: {back}").format(back=self._back or _("Avbryt")), "hint")

    def on_mount(self) -> None:
        if self._back:
            self.query_one("#back-out", Button).label = self._back
        self.query_one(f"#choice-{self._choices[0][0]}", Button).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        key = (event.button.id or "").removeprefix("choice-")
        if any(key == known for known, _words in self._choices):
            event.stop()
            self.dismiss(key)

"""Help: every key of a screen, what it does, and its name in the settings' keymap."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.widgets.rows import Rows


class KeysDialog(Dialog[None]):
    WIDE = True

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(_("Taster"))
        self.lines: list[tuple[str, str, str]] = []
        joined: dict[tuple[int, str], int] = {}
        for active in sorted(screen.active_bindings.values(), key=lambda active: _group(active.binding.id or "")):
            binding = active.binding
            words = binding.tooltip or binding.description
            # What Textual itself binds has no id, and English words.
            if not words or not binding.id:
                continue
            place = (id(active.node), binding.action)
            shown = screen.app.get_key_display(binding)
            if place in joined:
                keys, told, name = self.lines[joined[place]]
                if shown not in keys.split(" "):
                    self.lines[joined[place]] = (f"{keys} {shown}", told, name)
            else:
                joined[place] = len(self.lines)
                self.lines.append((shown, words, binding.id))

    def compose_body(self) -> ComposeResult:
        yield Rows(id="keys")
        yield label(_("Navnet til høyre brukes under [keymap] i innstillingene for å velge andre taster · Esc lukker"),
                    classes="hint")  # fmt: skip

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.styles.height = 16
        rows.set_rows(len(self.lines), self._draw)
        rows.focus()

    def _draw(self, index: int, width: int) -> list[Text]:
        keys, words, name = self.lines[index]
        line = Text(f" {keys:<14} ", style="bold")
        line.append(words, style="not bold")
        room = width - line.cell_len - len(name) - 1
        if room > 0:
            line.append(" " * room + name, style="not bold dim")
        return [line]


def _group(name: str) -> int:
    """What the screen itself does stands first, then the ways to other screens, then moving about, as everywhere."""
    if name.startswith(("transcript.", "rows.", "tree.")):
        return 2
    return int(name.startswith(("go.", "app.")))

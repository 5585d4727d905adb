"""The keys that matter where the reader is, on one line; a click on one presses it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.widgets import Static

KEY = Style(bold=True, reverse=True)


class KeyBar(Static):
    """Shows bindings by their ids, so that keys the user has chosen are the ones shown."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $footer-background; color: $footer-foreground; }
    """

    def __init__(self, always: Sequence[str] = ("app.palette", "app.help")) -> None:
        super().__init__("", markup=False)
        self._always = tuple(always)
        self._ids: tuple[str, ...] = ()
        self.shown = ""

    def show(self, ids: Sequence[str]) -> None:
        """Show these bindings, as many as there is room for, and always those for help."""
        self._ids = tuple(ids)
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        bindings = {each.binding.id: each.binding for each in self.screen.active_bindings.values()}
        parts: list[Text] = []
        for name in (*self._ids, *self._always):
            binding = bindings.get(name)
            if binding is None:
                continue
            key = self.app.get_key_display(binding)
            part = Text(f" {key} ", style=KEY + Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"}))
            part.append(f" {binding.description} ", style=Style(reverse=False, bold=False))
            parts.append(part)
        always = len(self._always)
        room = self.size.width - sum(part.cell_len for part in parts[len(parts) - always :])
        line = Text(no_wrap=True, overflow="crop")
        for part in parts[: len(parts) - always]:
            if part.cell_len > room:
                break
            room -= part.cell_len
            line.append_text(part)
        for part in parts[len(parts) - always :]:
            line.append_text(part)
        if line.plain != self.shown:
            self.shown = line.plain
            self.update(line, layout=False)

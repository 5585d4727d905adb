"""The keys that matter where the reader is, on one line; a click on one presses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

KEY = Style(bold=True, reverse=True)


class KeyBar(Static):
    """Shows bindings by their ids, so that keys the user has chosen are the ones shown."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $footer-background; color: $footer-foreground; link-style: none;
             link-color: $footer-foreground; link-style-hover: bold; }
    """

    def __init__(self, always: Sequence[str] = ("app.palette", "app.help")) -> None:
        super().__init__("", markup=False)
        self._always = tuple(always)
        self._ids: tuple[str, ...] = ()
        self._words: Mapping[str, str] = {}
        self.shown = ""

    def show(self, ids: Sequence[str], words: Mapping[str, str] | None = None) -> None:
        """Show these bindings, as many as there is room for, and always those for help.

        Args:
            ids: of the bindings, those that matter most first.
            words: what some of them are called here, when that is not what the binding says.
        """
        self._ids, self._words = tuple(ids), words or {}
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        bindings: dict[str | None, Binding] = {}
        for each in self.screen.active_bindings.values():
            bindings.setdefault(each.binding.id, each.binding)
        parts: list[Text] = []
        for name in (*self._ids, *self._always):
            binding = bindings.get(name)
            if binding is None:
                continue
            key = self.app.get_key_display(binding)
            press = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
            part = Text()
            part.append(key, KEY + press)
            part.append(f" {self._words.get(name, binding.description)}", press)
            part.append("  ")
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

"""One line of facts; changing it lays nothing out."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from workbench.tui.transcript.display import safe_line


class StatusLine(Static):
    """One line that never takes more room than it has."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self.shown = ""

    def show(self, *parts: str) -> None:
        """Show the parts that are not empty, with a bar between; user text is made safe here."""
        line = " │ ".join(safe_line(part) for part in parts if part)
        if line != self.shown:
            self.shown = line
            self.update(Text(line, no_wrap=True, overflow="ellipsis"), layout=False)

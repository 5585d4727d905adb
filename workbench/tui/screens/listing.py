"""What a screen has that is one list: a heading, the list, a line of status and the keys that matter."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine


class ListScreen(BenchScreen[None]):
    """A click moves the cursor and a double click chooses; the list has the keys from the beginning."""

    ROW_LINES: ClassVar[int] = 1
    KEYS: ClassVar[tuple[str, ...]] = ()
    """Ids of the bindings in the bar of keys, those that matter most first."""

    def heading(self) -> str:
        """What the screen is about."""
        return ""

    def above(self) -> ComposeResult:
        """Widgets between the heading and the list."""
        yield from ()

    def begin(self) -> None:
        """Show the list for the first time; a refusal is shown instead of raised."""

    def compose(self) -> ComposeResult:
        yield Static(self.heading(), classes="heading", markup=False)
        yield from self.above()
        yield Rows(row_lines=self.ROW_LINES)
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def on_mount(self) -> None:
        self.rows.eager = False
        self.rows.focus()
        self.query_one(KeyBar).show(self.KEYS)
        with self.refusals():
            self.begin()

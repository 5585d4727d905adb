"""One column of the themes board."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from workbench.tui.presenting.board import CARD_LINES
from workbench.tui.widgets.rows import Draw, Rows


class LaneCards(Rows):
    """The cards of a column."""

    def __init__(self) -> None:
        super().__init__(row_lines=CARD_LINES)
        self.eager = False


class BoardLane(Vertical):
    """A heading over cards."""

    DEFAULT_CSS = """
    BoardLane { width: 34; height: 1fr; border-right: solid $panel; }
    BoardLane > Static { height: 5; padding: 0 1; background: $panel; }
    BoardLane:focus-within > Static { background: $primary; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._heading = Static("", markup=False)
        self.cards = LaneCards()
        self.heading = ""
        """What the heading says, as plain text."""

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.cards

    def show(self, heading: Text, count: int, draw: Draw) -> None:
        """Write the column anew; its cursor stays where it can."""
        self.heading = heading.plain
        self._heading.update(heading)
        self.cards.set_rows(count, draw)

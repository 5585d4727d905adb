"""Why this code? Everything that is known of how a passage came to have it."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from workbench.services import provenance
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.provenance import why_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.services.provenance import Why
    from workbench.tui.screens.base import BenchScreen


def show_why(screen: BenchScreen[Any], *codings: str) -> None:
    """Tell over any screen, also one on a project that is only read, how these codings (ids) came to be.

    Raises:
        Refusal: if one of them has been removed.
    """
    screen.app.push_screen(WhyDialog([provenance.why(screen.project, each) for each in codings]))


class WhyDialog(Dialog[None]):
    """Scrolls by the arrow keys; Esc goes back to where one was."""

    DEFAULT_CSS = """
    WhyDialog .why { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    WhyDialog > .frame { height: auto; max-height: 96%; }
    """
    WIDE = True

    def __init__(self, found: Sequence[Why]) -> None:
        super().__init__(_("Hvorfor denne koden?"))
        self._found = found
        self.told = ""
        """What it says, as plain text."""

    def compose_body(self) -> ComposeResult:
        words = why_text(self._found)
        self.told = words.plain
        yield label(_("Piltaster og PgDn blar · Esc lukker"), classes="hint-above")
        with VerticalScroll(classes="why"):
            yield Static(words, markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

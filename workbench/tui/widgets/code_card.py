"""A code's card: what it means, when not to use it, and what was coded with it last."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from workbench.core.entities import CodeEntry, Coding
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE
from workbench.tui.transcript.display import safe, safe_line

Latest = tuple[str, str, str]
"""The words of an excerpt, the name of its source, and who coded it."""


class CodeCard(VerticalScroll):
    """Follows the code the reader is concerned with; empty until there is one."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self.can_focus = False
        self._words = Static("", markup=False)
        self.shown = ""
        """What the card says, as plain text."""

    def compose(self) -> ComposeResult:
        yield self._words

    def show(self, entry: CodeEntry | None, path: str, latest: Sequence[Coding]) -> None:
        """Write the card, unless it says so already."""
        self.show_latest(entry, path, [(each.text, each.source_name, each.coder) for each in latest])

    def show_latest(self, entry: CodeEntry | None, path: str, latest: Sequence[Latest], *, held: bool = False) -> None:
        """The same, of excerpts that are not in memory as codings; says that it stays on the code when `held`."""
        words = card_text(entry, path, latest, held=held)
        if words.plain != self.shown:
            self.shown = words.plain
            self._words.update(words)
            self.scroll_home(animate=False)


def card_text(entry: CodeEntry | None, path: str, latest: Sequence[Latest], *, held: bool = False) -> Text:
    """The card's words."""
    if entry is None:
        return Text(_("Stå på en kodet passasje, eller velg en kode i kodeboken."))
    words = Text()
    words.append(f"{SQUARE} ", style=entry.colour)
    words.append(safe_line(entry.name), style="bold")
    if held:
        words.append("  " + _("(slått opp)"), style="italic")
    if path:
        words.append("\n" + safe_line(_("under {path}").format(path=path)), style="dim")
    if entry.status != "active":
        words.append("\n" + _("tatt ut av bruk"), style="italic")
    words.append("\n" + wording.codings(entry.codings), style="dim")
    for title, body in (
        ("", entry.definition or entry.brief),
        (_("Brukes når"), entry.when),
        (_("Brukes ikke når"), entry.when_not),
        (_("Eksempler"), "\n".join(f"– {each}" for each in entry.examples)),
    ):
        if body:
            words.append("\n\n" + (f"{title}\n" if title else ""), style="bold")
            words.append(safe(body))
    if latest:
        words.append("\n\n" + _("Sist kodet") + "\n", style="bold")
        for text, source_name, coder in latest:
            words.append(f"«{safe_line(wording.shortened(text, 160))}»\n")
            words.append(safe_line(f"  {source_name} · {coder}") + "\n", style="dim")
    return words

"""Choosing the text to read beside another: likely ones first, and a list that narrows while a name is typed."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from codebooks.slugs import fold
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.places import Companion
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows


class CompanionDialog(Dialog[str]):
    """The answer is the id of a source."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", _("Neste"), show=False, id="companion.next"),
        Binding("up", "step(-1)", _("Forrige"), show=False, id="companion.previous"),
        Binding("pagedown", "step(8)", _("Åtte ned"), show=False, id="companion.page_down"),
        Binding("pageup", "step(-8)", _("Åtte opp"), show=False, id="companion.page_up"),
    ]
    DEFAULT_CSS = """
    CompanionDialog #companions { height: 12; }
    """
    WIDE = True

    def __init__(self, title: str, companions: Sequence[Companion], *, chosen: str = "") -> None:
        super().__init__(title)
        self._all = list(companions)
        self._chosen = chosen
        self.listed = self._all

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder=_("Skriv noe av kildens navn"), id="typed")
        yield Rows(id="companions")
        yield label(_("Enter velger · Esc avbryter"), classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.can_focus, rows.led = False, True
        self.query_one(Input).focus()
        ids = [each.source.id for each in self._all]
        self._list(self._all, ids.index(self._chosen) if self._chosen in ids else 0)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        words = fold(event.value).split()
        if words or self.listed is not self._all:
            self._list([each for each in self._all if all(word in _sought(each) for word in words)], 0)

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def _take(self, event: Input.Submitted | Rows.Chosen) -> None:
        event.stop()
        cursor = self.query_one(Rows).cursor
        if cursor is not None:
            self.dismiss(self.listed[cursor].source.id)

    def action_step(self, rows: int) -> None:
        self.query_one(Rows).action_step(rows)

    def _list(self, found: list[Companion], cursor: int) -> None:
        self.listed = found
        self.query_one(Rows).set_rows(len(found), self._draw, cursor=cursor)

    def _draw(self, index: int, width: int) -> list[Text]:
        each = self.listed[index]
        line = Text(safe_line(each.source.name), no_wrap=True)
        if each.why:
            line.append("  " + safe_line(each.why), style="dim")
        return [line]


def _sought(companion: Companion) -> str:
    return fold(f"{companion.source.name} {companion.why} {' '.join(companion.source.cases)}")

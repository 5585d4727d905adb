"""Writing a cell of the framework matrix, with the excerpts it is written from beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from workbench.services.retrieval import Excerpt
from workbench.tui.dialogs.base import label
from workbench.tui.dialogs.writing import WritingDialog
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows

ROW_LINES = 3


class CellDialog(WritingDialog):
    """Enter on an excerpt puts its id into the text, as [[I03-042]]. All of it fits in 24 lines."""

    CSS = """
    CellDialog #text { height: 25vh; max-height: 12; }
    CellDialog #evidence { height: 25vh; max-height: 8; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_side", _("Utdrag eller tekst"), show=False, priority=True, id="cell.other_side"),
    ]

    def __init__(self, title: str, value: str, save: Callable[[str], None], *, excerpts: Sequence[Excerpt]) -> None:
        n = len(excerpts)
        super().__init__(title, value, save, about=ngettext("{n} utdrag", "{n} utdrag", n).format(n=n))
        self._excerpts = excerpts

    def compose_body(self) -> ComposeResult:
        yield from super().compose_body()
        yield Rows(row_lines=ROW_LINES, id="evidence")
        yield label(_("Tab går mellom tekst og utdrag · Enter på et utdrag setter inn sitat-id-en"), classes="hint")

    def on_mount(self) -> None:
        super().on_mount()
        rows = self.query_one(Rows)
        rows.eager = False
        rows.set_rows(len(self._excerpts), self._draw)

    def action_other_side(self) -> None:
        area, rows = self.query_one(TextArea), self.query_one(Rows)
        (rows if area.has_focus and self._excerpts else area).focus()

    @on(Rows.Chosen)
    def _refer(self, event: Rows.Chosen) -> None:
        event.stop()
        area = self.query_one(TextArea)
        area.insert(f"[[{self._excerpts[event.index].coding.quote}]]")
        area.focus()

    def _draw(self, index: int, width: int) -> list[Text]:
        each = self._excerpts[index]
        who = each.informant.number if each.informant else each.speaker
        head = Text(safe_line(f"{each.coding.quote} · {who} · {each.source.name}"), style="bold")
        words = wording.shortened(each.coding.text, max(2 * width - 6, 20))
        return [head, Text(safe_line(words[: width - 2])), Text(safe_line(words[width - 2 :]))]

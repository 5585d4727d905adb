"""The list of memos: what is shown, searched and filtered, and the whole memo beside it."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Input, Static

from workbench.errors import Refusal
from workbench.services import memos
from workbench.services.memos import FoundMemo, MemoFilter, Subject
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.memo_acts import WritesMemos
from workbench.tui.presenting.memos import kind_words, memo_lines, memo_text, on_words
from workbench.tui.screens.note_acts import PANE_KEYS
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "memos.diary", "memos.write", "memos.edit", "memos.open", "memos.follow", "memos.search", "memos.kind", "memos.on",
    "memos.coder", "memos.clear", "memos.private", "memos.remove", "memos.condensate", "memos.export", "memos.back",
)  # fmt: skip


class MemoList(WritesMemos):
    """The verbs are in the class built on it."""

    CSS_PATH = "memos.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (130, "-wide")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", _("Søk"), key_display="/", tooltip=_("Bare memoer med disse ordene"),
                id="memos.search"),
        Binding("f", "kind", _("Slag"), tooltip=_("Bare memoer, dagbok eller kondensater"), id="memos.kind"),
        Binding("o", "on", _("På hva"), tooltip=_("Bare memoer på koder, kilder og så videre"), id="memos.on"),
        Binding("h", "coder", _("Koder"), tooltip=_("Bare det én har skrevet"), id="memos.coder"),
        Binding("w", "clear", _("Vis alle"), tooltip=_("Ta bort alle filtre"), id="memos.clear"),
    ]  # fmt: skip

    def __init__(self, wanted: MemoFilter | None = None, *, write_on: Subject | None = None) -> None:
        """
        Args:
            wanted: which memos to show.
            write_on: what to write on at once.
        """
        super().__init__()
        self.wanted = wanted or (MemoFilter(target=write_on.target) if write_on else MemoFilter())
        self.found: list[FoundMemo] = []
        """What the filter lets through, the newest first."""
        self.shown: list[FoundMemo] = []
        """Those of them that hold the words searched for."""
        self._write_on = write_on

    def compose(self) -> ComposeResult:
        yield Static(_("Memoer og dagbok"), classes="heading", markup=False)
        yield Input(placeholder=_("/ søker mens du skriver"), id="filter")
        with Container(id="memo-bench"):
            yield Rows(row_lines=2, id="memo-rows")
            with Vertical(id="memo-side"), VerticalScroll(id="preview"):
                yield Static("", id="whole", markup=False)
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    async def on_mount(self) -> None:
        self.rows.eager = False
        self.query_one("#preview").can_focus = False
        with self.refusals():
            self.show_memos()
            self.rows.focus()
            if self._write_on is not None:
                await self.write_memo(self._write_on)

    def on_descendant_focus(self) -> None:
        """Letters are keys in the list and letters where one writes."""
        pane = self.memo_pane
        self.query_one(KeyBar).show(PANE_KEYS if pane is not None and pane.has_keys else KEYS)

    # -- what is shown

    def show_memos(self, told: str = "", choose: str = "") -> None:
        """Ask the project for the memos again; the cursor stays on the memo it stood on, or goes to `choose`."""
        current = choose or (self.current().memo.id if self.shown and self.rows.cursor is not None else "")
        self.found = list(reversed(memos.find_memos(self.project, self.wanted)))
        self._search(told, current)

    @on(Input.Changed, "#filter")
    def _typed(self) -> None:
        self._search()

    def _search(self, told: str = "", current: str = "") -> None:
        words = self.query_one("#filter", Input).value.strip()
        self.shown = [each for each in self.found if memos.holds(each, words)] if words else self.found
        at = next((n for n, each in enumerate(self.shown) if each.memo.id == current), 0)
        self.rows.set_rows(len(self.shown), self._draw, cursor=at)
        self._show_whole()
        self._show_status(told)

    @on(Rows.Highlighted)
    def _show_whole(self) -> None:
        cursor = self.rows.cursor
        self.query_one("#whole", Static).update(memo_text(None if cursor is None else self.shown[cursor]))
        self.query_one("#preview").scroll_home(animate=False)

    def _show_status(self, told: str = "") -> None:
        wanted, n = self.wanted, len(self.shown)
        parts = [
            kind_words().get(wanted.kind, ""),
            _("på: {what}").format(what=on_words()[wanted.on]) if wanted.on else "",
            _("koder: {name}").format(name=wanted.coder) if wanted.coder else "",
            _("bare private") if wanted.private else "",
            _("bare delte") if wanted.shared else "",
            _("bare dette") if wanted.target else "",
        ]
        count = ngettext("{n} memo", "{n} memoer", n).format(n=n)
        self.query_one(StatusLine).show(told, count, *parts)

    def _draw(self, index: int, width: int) -> list[Text]:
        return memo_lines(self.shown[index], width)

    def current(self) -> FoundMemo:
        if self.rows.cursor is None:
            raise Refusal(_("Ingen memoer passer. w viser alle, n skriver i dagboken."))
        return self.shown[self.rows.cursor]

    # -- filters

    def action_search(self) -> None:
        self.query_one("#filter", Input).focus()

    @on(Input.Submitted, "#filter")
    def _entered(self) -> None:
        self.rows.focus()

    def _filter(self, wanted: MemoFilter) -> None:
        self.wanted = wanted
        self.show_memos()

    def action_kind(self) -> None:
        options = [("", _("Alle slag")), *kind_words().items(), ("private", _("Bare mine private")),
                   ("shared", _("Bare delte"))]  # fmt: skip

        def take(kind: str) -> None:
            plain = kind if kind in kind_words() else ""
            self._filter(replace(self.wanted, kind=plain, private=kind == "private", shared=kind == "shared"))

        self.ask(ChooseDialog(_("Hvilke memoer?"), options, chosen=self.wanted.kind), take)

    def action_on(self) -> None:
        options = [("", _("Alt")), *on_words().items()]
        self.ask(
            ChooseDialog(_("Memoer på hva?"), options, chosen=self.wanted.on),
            lambda on: self._filter(replace(self.wanted, on=on, target="")),
        )

    def action_coder(self) -> None:
        names = sorted({each.memo.coder for each in memos.find_memos(self.project)})
        options = [("", _("Alle")), *((name, name) for name in names)]
        self.ask(
            ChooseDialog(_("Hvilken koder?"), options, chosen=self.wanted.coder),
            lambda name: self._filter(replace(self.wanted, coder=name)),
        )

    def action_clear(self) -> None:
        self.query_one("#filter", Input).value = ""
        self._filter(MemoFilter())

"""The themes board: codes are grouped in themes, themes get their essence, and candidates become final."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalScroll
from textual.widgets import Static

from workbench.core.approaches import APPROACHES
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.errors import Refusal
from workbench.services import approaches, codebook, themes
from workbench.services.retrieval import Filter
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.memo_acts import write_memo_on
from workbench.tui.presenting import board
from workbench.tui.presenting.board import Lane
from workbench.tui.presenting.codes import CodeList
from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.board_lane import BoardLane, LaneCards
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Draw, Rows
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "themes.tick", "themes.place", "themes.also", "themes.new", "themes.essence", "themes.status", "themes.rename",
    "themes.take_out", "themes.memo", "themes.group", "themes.excerpts", "themes.approach", "themes.undo", "themes.back",
)  # fmt: skip


class ThemesScreen(BenchScreen[None]):
    CSS_PATH = "themes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", _("Merk"), tooltip=_("Merk koden, for å flytte flere på én gang"), id="themes.tick"),
        Binding("f", "place(True)", _("Flytt"), tooltip=_("Flytt de merkede kodene til et annet tema"), id="themes.place"),
        Binding("l", "place(False)", _("Legg også i"), tooltip=_("Legg de merkede kodene i ett tema til"), id="themes.also"),
        Binding("less_than_sign,alt+left", "hand_over(-1)", _("Til venstre"), key_display="<", show=False,
                tooltip=_("Flytt de merkede kodene til kolonnen til venstre"), id="themes.hand_left"),
        Binding("greater_than_sign,alt+right", "hand_over(1)", _("Til høyre"), key_display=">", show=False,
                tooltip=_("Flytt de merkede kodene til kolonnen til høyre"), id="themes.hand_right"),
        Binding("n", "new", _("Nytt"), tooltip=_("Nytt tema, med de merkede kodene i"), id="themes.new"),
        Binding("e", "essence", _("Essens"), tooltip=_("Skriv hva temaet handler om"), id="themes.essence"),
        Binding("s", "status", _("Endelig"), tooltip=_("Gjør temaet endelig, eller til kandidat igjen"), id="themes.status"),
        Binding("r", "rename", _("Gi nytt navn"), tooltip=_("Gi temaet ny tittel"), id="themes.rename"),
        Binding("x,delete", "take_out", _("Ta ut"), tooltip=_("Ta de merkede kodene ut av temaet"), id="themes.take_out"),
        Binding("D", "remove", _("Fjern tema"), show=False, tooltip=_("Fjern temaet; koder og utdrag blir som de er"),
                id="themes.remove"),
        Binding("p", "group", _("Kodegruppe"), tooltip=_("Lag en ny kode med de merkede kodene under seg"),
                id="themes.group"),
        Binding("g,enter", "excerpts", _("Utdrag"), key_display="g", tooltip=_("Vis utdragene bak koden"),
                id="themes.excerpts"),
        Binding("v", "theme_excerpts", _("Temaets utdrag"), show=False, tooltip=_("Vis alle utdrag i temaet"),
                id="themes.theme_excerpts"),
        Binding("left", "lane(-1)", _("Kolonne til venstre"), show=False, id="themes.left"),
        Binding("right", "lane(1)", _("Kolonne til høyre"), show=False, id="themes.right"),
        Binding("comma", "shift(-1)", _("Tema fram"), key_display=",", show=False,
                tooltip=_("Flytt temaet én plass til venstre"), id="themes.forward"),
        Binding("full_stop", "shift(1)", _("Tema tilbake"), key_display=".", show=False,
                tooltip=_("Flytt temaet én plass til høyre"), id="themes.backward"),
        Binding("m", "memo", _("Memo"), tooltip=_("Skriv memo på temaet"), id="themes.memo"),
        Binding("t", "approach", _("Tilnærming"), tooltip=_("Velg ord og standardvalg etter tilnærming"),
                id="themes.approach"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="themes.undo"),
        Binding("ctrl+r", "redo", _("Gjør om"), show=False, tooltip=_("Gjør om det du angret"), id="themes.redo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="themes.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.codes = CodeList()
        self.lanes: list[Lane] = []
        self.ticked: set[str] = set()
        self._at = 0
        """Index of the column that has, or last had, the focus."""

    def compose(self) -> ComposeResult:
        yield Static("", classes="heading", markup=False)
        yield HorizontalScroll(id="board")
        yield StatusLine(id="status")
        yield KeyBar()

    async def on_mount(self) -> None:
        with self.refusals():
            await self.show_board()
            # The first theme, unless there are codes waiting for one.
            await self._focus(0 if self.lanes[0].cards or len(self.lanes) == 1 else 1)
        self.query_one(KeyBar).show(KEYS)

    @property
    def columns(self) -> list[BoardLane]:
        return list(self.query(BoardLane))

    async def show_board(self, told: str = "") -> None:
        """Ask the project again and show the board."""
        entries = codebook.list_codes(self.project)
        self.codes = CodeList(entries)
        self.lanes = board.lanes(codebook.list_themes(self.project), entries)
        self.ticked &= set(self.codes.entries)
        words = approaches.approach_of(self.project)
        self.query_one(".heading", Static).update(words.themes())
        await self._fit_columns()
        without = _("Uten {theme}").format(theme=words.theme())
        for lane, column in zip(self.lanes, self.columns, strict=True):
            column.show(board.heading(lane, without, 30), len(lane.cards), self._drawer(lane))
        final = sum(lane.theme is not None and lane.theme.status == "final" for lane in self.lanes)
        self.query_one(StatusLine).show(
            told,
            _("{n} merket").format(n=len(self.ticked)) if self.ticked else "",
            f"{words.themes()}: {len(self.lanes) - 1}",
            ngettext("{n} endelig", "{n} endelige", final).format(n=final),
        )

    async def _fit_columns(self) -> None:
        held = self.query_one("#board", HorizontalScroll)
        for column in self.columns[len(self.lanes) :]:
            await column.remove()
        missing = len(self.lanes) - len(self.columns)
        if missing > 0:
            await held.mount_all([BoardLane() for _n in range(missing)])
        self._at = min(self._at, len(self.lanes) - 1)

    def _drawer(self, lane: Lane) -> Draw:
        def draw(index: int, width: int) -> list[Text]:
            entry = lane.cards[index]
            implied = entry.id not in lane.named
            above = "" if implied else self.codes.path(entry.id)
            return board.card_lines(entry, ticked=entry.id in self.ticked, implied=implied, above=above)

        return draw

    # -- where the reader is

    async def _focus(self, index: int) -> None:
        self._at = min(max(index, 0), len(self.lanes) - 1)
        column = self.columns[self._at]
        column.cards.focus()
        column.scroll_visible(animate=False)

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        focused = self.focused
        if isinstance(focused, LaneCards) and isinstance(focused.parent, BoardLane):
            self._at = self.columns.index(focused.parent)

    @property
    def lane(self) -> Lane:
        return self.lanes[self._at]

    @property
    def theme(self) -> ThemeEntry:
        """The theme of the column the reader is in.

        Raises:
            Refusal: in the column of codes without one.
        """
        if self.lane.theme is None:
            raise Refusal(_("Gå til en kolonne med et tema (piltast til høyre), eller lag et nytt med n."))
        return self.lane.theme

    @property
    def card(self) -> CodeEntry | None:
        cursor = self.columns[self._at].cards.cursor
        return None if cursor is None else self.lane.cards[cursor]

    def _chosen(self) -> list[str]:
        """Ids of the codes to act on.

        Raises:
            Refusal: when there are none.
        """
        chosen = board.chosen_codes(self.ticked, self.card, list(self.codes.entries.values()))
        if not chosen:
            raise Refusal(_("Det er ingen kode her. Gå til en annen kolonne med piltastene."))
        return chosen

    def excerpts_wanted(self) -> Filter:
        return Filter(code=self.card.slug if self.card else "")

    def action_theme_excerpts(self) -> None:
        self.bench.show_excerpts(Filter(theme=self.theme.id))

    async def action_lane(self, step: int) -> None:
        await self._focus(self._at + step)

    @on(Rows.Chosen)
    def _card_chosen(self) -> None:
        with self.refusals():
            self.action_excerpts()

    async def action_tick(self) -> None:
        if self.card is not None:
            self.ticked ^= {self.card.id}
            self.columns[self._at].cards.action_step(1)
            await self.show_board()

    # -- codes in themes

    def action_place(self, move: bool) -> None:
        chosen, words = self._chosen(), approaches.approach_of(self.project)
        options = [(each.theme.id, each.theme.title) for each in self.lanes if each.theme not in (None, self.lane.theme)
                   and each.theme is not None]  # fmt: skip
        if not options:
            raise Refusal(_("Det er ikke noe annet tema å legge koden i. Lag et nytt med n."))
        title = ngettext("{n} kode til hvilket {theme}?", "{n} koder til hvilket {theme}?", len(chosen))

        async def take(theme: str) -> None:
            await self._place(chosen, into=theme, move=move)

        self.ask(ChooseDialog(title.format(n=len(chosen), theme=words.theme()), options), take)

    async def action_hand_over(self, step: int) -> None:
        to = self._at + step
        if not 0 <= to < len(self.lanes):
            raise Refusal(_("Det er ingen kolonne på den siden."))
        chosen, theme = self._chosen(), self.lanes[to].theme
        await self._place(chosen, into=theme.id if theme else "", move=True)
        await self._focus(to)

    async def _place(self, codes: list[str], *, into: str, move: bool) -> None:
        here = self.lane.theme
        changed = themes.place_codes(self.project, codes, into=into, out_of=here.id if move and here else "")
        self.ticked.clear()
        told = ngettext("Flyttet {n} kode", "Flyttet {n} koder", changed) if move else _("Lagt også i det andre temaet")
        await self.show_board(told.format(n=changed))

    async def action_take_out(self) -> None:
        theme, codes = self.theme, self._chosen()
        changed = themes.place_codes(self.project, codes, out_of=theme.id)
        self.ticked.clear()
        await self.show_board(ngettext("Tok ut {n} kode", "Tok ut {n} koder", changed).format(n=changed))

    def action_group(self) -> None:
        chosen = self._chosen()
        title = ngettext("Navn på koden som {n} kode skal ligge under", "Navn på koden som {n} koder skal ligge under",
                         len(chosen)).format(n=len(chosen))  # fmt: skip

        async def make(name: str) -> None:
            made = themes.group_codes(self.project, name, chosen)
            self.ticked.clear()
            await self.show_board(_("Ny kodegruppe «{name}»").format(name=made.name))

        self.ask(LineDialog(title), make)

    # -- the themes themselves

    def action_new(self) -> None:
        codes = [code for code in self.ticked if code in self.codes.entries]

        async def make(title: str) -> None:
            made = themes.add_theme(self.project, title, codes=codes)
            self.ticked.clear()
            await self.show_board(_("Nytt: «{title}»").format(title=made.title))
            await self._focus(next(n for n, lane in enumerate(self.lanes) if lane.theme and lane.theme.id == made.id))

        self.ask(
            LineDialog(_("Tittel på nytt {theme}").format(theme=approaches.approach_of(self.project).theme())), make
        )

    def action_essence(self) -> None:
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        kept = [self.theme]

        def save(text: str) -> None:
            kept[0] = themes.describe_theme(self.project, kept[0], essence=text)

        async def written(_text: str | None) -> None:
            await self.show_board()

        about = _("Hva sier dette temaet? Teksten åpner kapitlet i rapporten.")
        self.app.push_screen(WritingDialog(self.theme.title, self.theme.essence, save, about=about), written)

    def action_memo(self) -> None:
        write_memo_on(self, "theme", self.theme.id)

    async def action_status(self) -> None:
        status = "candidate" if self.theme.status == "final" else "final"
        themes.describe_theme(self.project, self.theme, status=status)
        await self.show_board(board.status_word(status))

    def action_rename(self) -> None:
        theme = self.theme

        async def rename(title: str) -> None:
            themes.describe_theme(self.project, theme, title=title)
            await self.show_board()

        self.ask(LineDialog(_("Ny tittel"), theme.title), rename)

    def action_remove(self) -> None:
        theme = self.theme

        async def remove(_yes: bool) -> None:
            themes.remove_theme(self.project, theme)
            await self.show_board(_("Fjernet «{title}». u angrer.").format(title=theme.title))
            await self._focus(self._at)

        question = _("«{title}» forsvinner fra tavlen. Koder og utdrag blir som de er. u angrer.")
        self.ask(ConfirmDialog(_("Fjerne temaet?"), question.format(title=theme.title), yes=_("Fjern")), remove)

    async def action_shift(self, step: int) -> None:
        theme = self.theme
        themes.move_theme(self.project, theme, step)
        await self.show_board()
        await self._focus(next(n for n, lane in enumerate(self.lanes) if lane.theme and lane.theme.id == theme.id))

    def action_approach(self) -> None:
        current = approaches.approach_of(self.project)
        options = [(each.key, f"{each.name()} – {each.about()}") for each in APPROACHES.values()]

        async def choose(key: str) -> None:
            chosen = approaches.set_approach(self.project, key)
            await self.show_board(_("Tilnærming: {name}").format(name=chosen.name()))

        self.ask(ChooseDialog(_("Hvilken tilnærming følger prosjektet?"), options, chosen=current.key), choose)

    # -- undo

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.call_next(self.show_board, done.summary))

    def action_redo(self) -> None:
        reverting.redo(self.bench, lambda done: self.call_next(self.show_board, done.summary))

"""The codebook: what the codes mean, and how they lie."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static, Tree

from codebooks.colours import PALETTE
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import codebook, coding, reading, sorting, sorting_account
from workbench.services.retrieval import Filter
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.dialogs.code_form import CodeFormDialog
from workbench.tui.dialogs.sorting import AccountDialog, SplitDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.memo_acts import write_memo_on
from workbench.tui.presenting import sorting as sorting_words
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import SQUARE, CodeList
from workbench.tui.screens.codebook_files import CodebookFiles
from workbench.tui.widgets.code_card import CodeCard
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "codebook.new", "codebook.sub", "codebook.describe", "codebook.rename", "codebook.split", "codebook.move",
    "codebook.merge", "codebook.sortings", "codebook.colour", "codebook.retire", "codebook.remove", "codebook.undo",
    "go.excerpts", "codebook.back",
)  # fmt: skip
LATEST = 5
CARD_AFTER = 0.1
"""Seconds of rest."""


class CodebookScreen(CodebookFiles):
    CSS_PATH = "codebook.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new(False)", _("Ny"), tooltip=_("Ny kode på øverste nivå"), id="codebook.new"),
        Binding("plus,N", "new(True)", _("Ny underkode"), key_display="+", tooltip=_("Ny underkode av den valgte"),
                id="codebook.sub"),
        Binding("e,enter", "describe", _("Beskriv"), key_display="e",
                tooltip=_("Definisjon, når koden brukes og ikke brukes, eksempler"), id="codebook.describe"),
        Binding("r", "rename", _("Gi nytt navn"), tooltip=_("Gi koden nytt navn"), id="codebook.rename"),
        Binding("f", "move", _("Flytt"), tooltip=_("Legg koden under en annen"), id="codebook.move"),
        Binding("alt+up,less_than_sign", "shift(-1)", _("Flytt opp"), show=False, tooltip=_("Flytt foran forrige søsken"),
                id="codebook.up"),
        Binding("alt+down,greater_than_sign", "shift(1)", _("Flytt ned"), show=False,
                tooltip=_("Flytt bak neste søsken"), id="codebook.down"),
        Binding("d", "split", _("Del opp"), tooltip=_("Sorter kodingene i underkoder, eller fortsett der du slapp"),
                id="codebook.split"),
        Binding("o", "sortings", _("Sorteringer"), tooltip=_("Sorteringer i gang, og kodinger fra før en ny definisjon"),
                id="codebook.sortings"),
        Binding("g", "merge", _("Slå sammen"), tooltip=_("Slå koden sammen med en annen"), id="codebook.merge"),
        Binding("m", "memo", _("Memo"), tooltip=_("Skriv memo på koden"), id="codebook.memo"),
        Binding("k", "colour", _("Farge"), tooltip=_("Gi koden en annen farge"), id="codebook.colour"),
        Binding("t", "retire", _("Ut av/i bruk"), tooltip=_("Ta koden ut av bruk, eller i bruk igjen"),
                id="codebook.retire"),
        Binding("x,delete", "remove", _("Slett"), tooltip=_("Slett en kode ingen har brukt"), id="codebook.remove"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="codebook.undo"),
        Binding("ctrl+r", "redo", _("Gjør om"), show=False, tooltip=_("Gjør om det du angret"), id="codebook.redo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="codebook.back"),
    ]  # fmt: skip

    def __init__(self, *, told: str = "", at: str = "") -> None:
        """
        Args:
            told: what has just been done, for the status line.
            at: id of the code to stand on; the one whose sorting was left last unless given.
        """
        super().__init__()
        self.codes = CodeList()
        self._told, self._at = told, at
        self._card_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("Kodebok"), classes="heading", markup=False)
        with Horizontal():
            yield CodeTree(id="codebook")
            yield CodeCard()
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def code_tree(self) -> CodeTree:
        return self.query_one(CodeTree)

    def on_mount(self) -> None:
        with self.refusals():
            left = None if self._at else sorting.last_sorting(self.project)
            self.show_codes(self._told, self._at or (sorting.current_code(self.project, left) if left else ""))
        self.code_tree.focus()
        self.query_one(KeyBar).show(KEYS)

    def show_codes(self, told: str = "", choose: str = "") -> None:
        """Ask the project for the codes again and show them."""
        self.codes = CodeList(codebook.list_codes(self.project))
        self.code_tree.show_codes(self.codes, reading.pinned_codes(self.project), retired=True)
        if choose:
            self.call_after_refresh(self.code_tree.choose, choose)
        total = sum(entry.codings for entry in self.codes.entries.values())
        count = _("{n} koder").format(n=len(self.codes.entries))
        self.query_one(StatusLine).show(told, count, wording.codings(total))
        self._card_soon()

    def excerpts_wanted(self) -> Filter:
        entry = self.codes.get(self.code_tree.chosen_code)
        return Filter(code=entry.slug if entry else "")

    @on(Tree.NodeHighlighted)
    def _card_soon(self) -> None:
        """Let the card follow the cursor when it rests."""
        if self._card_timer is not None:
            self._card_timer.stop()
        self._card_timer = self.set_timer(CARD_AFTER, self._show_card)

    def _show_card(self) -> None:
        entry = self.codes.get(self.code_tree.chosen_code)
        latest = coding.list_codings(self.project, code=entry.id, exact=True) if entry else []
        latest.sort(key=lambda each: each.created, reverse=True)
        self.query_one(CodeCard).show(entry, self.codes.path(entry.id) if entry else "", latest[:LATEST])

    @on(Tree.NodeSelected)
    def _chosen(self) -> None:
        with self.refusals():
            self.action_describe()

    def _entry(self) -> CodeEntry:
        """The code under the cursor.

        Raises:
            Refusal: when the codebook is empty.
        """
        entry = self.codes.get(self.code_tree.chosen_code)
        if entry is None:
            raise Refusal(_("Kodeboken er tom. Trykk n for å lage en kode."))
        return entry

    def action_memo(self) -> None:
        write_memo_on(self, "code", self._entry().id)

    def action_new(self, under: bool) -> None:
        parent = self._entry() if under else None
        title = _("Ny underkode av «{code}»").format(code=parent.name) if parent else _("Ny kode")

        def make(name: str) -> None:
            made = codebook.add_code(self.project, name, parent=parent.id if parent else "")
            self.show_codes(_("Ny kode «{code}»").format(code=made.name), made.id)

        self.ask(LineDialog(title), make)

    def action_rename(self) -> None:
        entry = self._entry()
        self.ask(LineDialog(_("Nytt navn på koden"), entry.name), lambda name: self._set(entry, {"name": name}))

    def action_describe(self) -> None:
        entry = self._entry()
        self.ask(CodeFormDialog(entry), lambda fields: self._set(entry, fields))

    def _set(self, entry: CodeEntry, fields: dict[str, Any]) -> None:
        if fields and fields != {"name": entry.name}:
            codebook.set_code(self.project, entry.id, **fields)
            self.show_codes(_("Lagret «{code}»").format(code=fields.get("name", entry.name)))

    def action_colour(self) -> None:
        entry = self._entry()
        own = "own"
        options = [(colour, f"{SQUARE}{SQUARE}{SQUARE} {colour}") for colour in PALETTE]
        dialog = ChooseDialog(_("Farge"), [*options, (own, _("Skriv en annen …"))], chosen=entry.colour, colours=True)

        def take(colour: str) -> None:
            if colour == own:
                self.ask(
                    LineDialog(_("Farge som #rrggbb"), entry.colour), lambda typed: self._set(entry, {"colour": typed})
                )
            else:
                self._set(entry, {"colour": colour})

        self.ask(dialog, take)

    def _ask_code(self, title: str, entry: CodeEntry, then: Callable[[CodeEntry], None]) -> None:
        below = frozenset(codebook.descendants(list(self.codes.entries.values()), entry.id))
        dialog = CodeDialog(title, self.codes, {}, new=False, without=below)

        def take(chosen: CodeChosen) -> None:
            if not chosen.pin:
                then(self.codes.entries[chosen.code])

        self.ask(dialog, take)

    def action_move(self) -> None:
        entry = self._entry()

        def move(parent: str) -> None:
            codebook.move_code(self.project, entry.id, parent=parent)
            self.show_codes(_("Flyttet «{code}»").format(code=entry.name), entry.id)

        def choose(answer: str) -> None:
            if answer == "top":
                move("")
            else:
                title = _("Legg «{code}» under").format(code=entry.name)
                self._ask_code(title, entry, lambda parent: move(parent.id))

        options = [("under", _("Under en annen kode …")), ("top", _("Til øverste nivå"))]
        self.ask(ChooseDialog(_("Flytt «{code}»").format(code=entry.name), options), choose)

    def action_shift(self, step: int) -> None:
        """Change places with the sibling before or after."""
        entry = self._entry()
        siblings = [each for each in self.codes.entries.values() if each.parent == entry.parent]
        index = siblings.index(entry) + step
        if not 0 <= index < len(siblings):
            return
        following = siblings[index:] if step < 0 else siblings[index + 1 :]
        before = following[0].id if following else None
        codebook.move_code(self.project, entry.id, parent=entry.parent, before=before)
        self.show_codes(_("Flyttet «{code}»").format(code=entry.name), entry.id)

    def action_merge(self) -> None:
        entry = self._entry()

        def merge(into: CodeEntry) -> None:
            question = _("De {n} kodingene på «{code}» blir «{into}». u angrer.").format(
                n=entry.codings + entry.waiting, code=entry.name, into=into.name
            )

            def sure(_yes: bool) -> None:
                codebook.merge_codes(self.project, entry.id, into=into.id)
                self.show_codes(_("Slo «{code}» sammen med «{into}»").format(code=entry.name, into=into.name), into.id)

            self.ask(ConfirmDialog(_("Slå sammen?"), question, yes=_("Slå sammen")), sure)

        self._ask_code(_("Slå «{code}» sammen med").format(code=entry.name), entry, merge)

    def action_split(self) -> None:
        """Go on with the sorting of the code, or begin one."""
        entry = self._entry()
        opened = sorting.open_sorting(self.project, entry.id)
        if opened is not None:
            self._open_sorting(opened.id)
            return
        if not entry.codings:
            raise Refusal(_("«{code}» har ingen kodinger å dele opp.").format(code=entry.name))
        children = [each.name for each in self.codes.active if each.parent == entry.id]
        title = _("Del opp «{code}» ({codings})").format(code=entry.name, codings=wording.codings(entry.codings))

        def begin(names: tuple[str, ...]) -> None:
            self._open_sorting(sorting.begin_split(self.project, entry, names).id)

        known = [each for entry in self.codes.entries.values() for each in (entry.name, entry.slug)]
        self.ask(SplitDialog(title, children, known), begin)

    def _open_sorting(self, uid: str) -> None:
        from workbench.tui.screens.sorting import SortingScreen

        self.bench.show_over_coding(SortingScreen(sorting.load_queue(self.project, uid)))

    def action_sortings(self) -> None:
        """List the sortings there are, and the codes with codings from before their present definition."""
        known = {each.id: each for each in sorting.list_sortings(self.project)}
        lines = [
            (not_yet, uid, sorting_words.sorting_line(each, self._name_of(sorting.current_code(self.project, each)),
                                                      sorting.progress_of(self.project, each).chosen))
            for uid, each in known.items() for not_yet in (bool(each.finished),)
        ]  # fmt: skip
        stale = {
            each.code.id: each
            for each in sorting.outdated(self.project)
            if sorting.open_sorting(self.project, each.code.id, "definition") is None
        }
        options = [
            *((uid, line) for finished, uid, line in lines if not finished),
            *((code, sorting_words.outdated_line(each)) for code, each in stale.items()),
            *((uid, line) for finished, uid, line in lines if finished),
        ]
        if not options:
            raise Refusal(
                _("Ingen sorteringer er i gang, og ingen kodinger er eldre enn definisjonen. d deler opp en kode.")
            )

        def take(key: str) -> None:
            if key in stale:
                self._open_sorting(sorting.begin_review_of_definition(self.project, stale[key].code).id)
            elif known[key].finished:
                told = sorting_account.in_words(self.project, sorting_account.account(self.project, known[key]))
                self.ask(AccountDialog(_("Regnskapet"), told), lambda _yes: None)
            else:
                self._open_sorting(key)

        self.ask(ChooseDialog(_("Sorteringer"), options), take)

    def _name_of(self, code: str) -> str:
        entry = self.codes.get(code)
        return entry.name if entry else _("(slettet kode)")

    def action_retire(self) -> None:
        entry = self._entry()
        if entry.status == "active":
            codebook.retire_code(self.project, entry.id)
            self.show_codes(_("«{code}» er tatt ut av bruk").format(code=entry.name))
        else:
            codebook.restore_code(self.project, entry.id)
            self.show_codes(_("«{code}» er i bruk igjen").format(code=entry.name))

    def action_remove(self) -> None:
        entry = self._entry()
        codebook.remove_code(self.project, entry.id)
        self.show_codes(_("Slettet «{code}». u angrer.").format(code=entry.name))

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_codes(done.summary))

    def action_redo(self) -> None:
        reverting.redo(self.bench, lambda done: self.show_codes(done.summary))

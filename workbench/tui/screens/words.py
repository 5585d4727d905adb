"""Words: a list of what is said, every place a word stands, what is typical of a case or a code, and word pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from exports.norwegian import sort_key
from nlp.words.concordance import ORDERS
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import cases, codebook
from workbench.services import words as verbs
from workbench.services.words import EVERYBODY, Words
from workbench.store.project import Project
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.presenting import wording
from workbench.tui.presenting import words as drawn
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.words import Entry
from workbench.tui.screens.word_lists import SORTS, Compute, Question, WordLists
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "words.open", "words.filter", "words.sort", "words.typical", "words.typical_code", "words.near", "words.pairs",
    "words.list", "words.role", "words.case", "words.code", "words.small", "words.back",
)  # fmt: skip
STILL = 0.12
"""Seconds that the cursor rests on a word before its places are looked up."""


class WordsScreen(WordLists):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden"), id="words.open"),
        Binding("slash,ctrl+f", "filter", _("Søk"), key_display="/", tooltip=_("Skriv noe av ordet"),
                id="words.filter"),
        Binding("s", "sort", _("Sorter"), tooltip=_("Sorter listen, eller stedene når du står der"), id="words.sort"),
        Binding("t", "typical", _("Typisk for case"), tooltip=_("Ord som er typiske for en case, mot resten"),
                id="words.typical"),
        Binding("y", "typical_code", _("Typisk for kode"), tooltip=_("Ord som er typiske der en kode er brukt"),
                id="words.typical_code"),
        Binding("n", "near", _("Står ved"), tooltip=_("Ord som ofte står ved dette ordet"), id="words.near"),
        Binding("p", "pairs", _("Ordpar"), tooltip=_("Ord som står sammen oftere enn tilfeldig"), id="words.pairs"),
        Binding("w", "list", _("Alle ord"), tooltip=_("Tilbake til listen over alle ord"), id="words.list"),
        Binding("l", "role", _("Rolle"), tooltip=_("Hvem som snakker"), id="words.role"),
        Binding("k", "case", _("Case"), tooltip=_("Bare denne casen"), id="words.case"),
        Binding("c", "code", _("Kode"), tooltip=_("Bare setninger med én kode, eller alle igjen"), id="words.code"),
        Binding("a", "small", _("Småord"), tooltip=_("Ta med småord, eller ikke"), id="words.small"),
        Binding("right", "to_places", _("Til stedene"), show=False, id="words.to_places"),
        Binding("left", "to_list", _("Til listen"), show=False, id="words.to_list"),
        Binding("escape", "back", _("Tilbake"), tooltip=_("Til listen, og derfra til kodingen"), id="words.back"),
    ]  # fmt: skip

    def on_descendant_focus(self) -> None:
        """Letters are keys in the lists and letters in the filter."""
        self.query_one(KeyBar).show(KEYS)

    # -- moving about

    @on(Rows.Highlighted, "#words")
    def _rest(self) -> None:
        """Places are looked up when the cursor rests, so that it never waits for them."""
        if self._still is not None:
            self._still.stop()
        self._still = self.set_timer(STILL, self.show_places)

    @on(Rows.Chosen, "#words")
    def action_to_places(self) -> None:
        if self._still is not None:
            self.show_places()
        if self.places:
            self.place_rows.focus()

    def action_to_list(self) -> None:
        self.word_rows.focus()

    def action_back(self) -> None:
        if self.word_rows.has_focus:
            self.bench.back_to_coding()
        else:
            self.word_rows.focus()

    @on(Rows.Chosen, "#places")
    def action_open(self) -> None:
        with self.refusals():
            if self._still is not None:
                self.show_places()
            if self.place_rows.cursor is None:
                raise Refusal(_("Velg et ord først."))
            line = self.places[self.place_rows.cursor].line
            self.bench.lead_to(line.source, line.start, line.end)

    def action_filter(self) -> None:
        self.query_one("#filter", Input).focus()

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        if self.words is not None:
            self.show_entries()

    @on(Input.Submitted, "#filter")
    def _filter_entered(self) -> None:
        self.word_rows.focus()

    def action_sort(self) -> None:
        """The next way to sort what has the cursor: the list, or the places."""
        if self.place_rows.has_focus:
            self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
            self.show_places()
            told = {"text": _("i tekstens rekkefølge"), "left": _("etter det som står foran"),
                    "right": _("etter det som kommer etter")}  # fmt: skip
            self.query_one(StatusLine).show(_("steder"), told[self.order])
            return
        self._opened_words()
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.show_entries()

    # -- other lists

    def action_list(self) -> None:
        self._read(question=self.all_words())

    def action_typical(self) -> None:
        self._opened_words()
        names = [(case.name, case.name) for case in cases.list_cases(self.project)]
        if not names:
            raise Refusal(_("Prosjektet har ingen caser. Gi kildene caser i listen over kilder (F2)."))

        def compute(case: str) -> Compute:
            return lambda project, words: verbs.typical_of_case(project, words, case, everything=self.everything)

        self.ask(
            ChooseDialog(_("Typisk for hvilken case?"), names),
            lambda case: self._read(question=Question(kind="typical", about=case, compute=compute(case))),
        )

    def action_typical_code(self) -> None:
        self._opened_words()

        def take(code: CodeEntry) -> None:
            def compute(project: Project, words: Words) -> Sequence[Entry]:
                return verbs.typical_of_code(project, words, code.id, everything=self.everything)

            self._read(question=Question(kind="typical", about=code.name, compute=compute))

        self._ask_code(_("Typisk for hvilken kode?"), take)

    def action_near(self) -> None:
        self._opened_words()
        entry = self.current()
        if entry is None:
            raise Refusal(_("Velg et ord først."))
        word = drawn.phrase_of(entry)[0]

        def compute(_project: Project, words: Words) -> Sequence[Entry]:
            return verbs.company(words, (word,), at_least=2, everything=self.everything)

        self._read(question=Question(kind="company", about=word, compute=compute, window=verbs.NEAR))

    def action_pairs(self) -> None:
        self._opened_words()

        def compute(_project: Project, words: Words) -> Sequence[Entry]:
            return verbs.company(words, everything=self.everything)

        self._read(question=Question(kind="company", compute=compute))

    # -- whose words

    def action_role(self) -> None:
        known = sorted({each.role for each in cases.list_informants(self.project) if each.role}, key=sort_key)
        options = [
            ("", _("Alle unntatt intervjueren")),
            (EVERYBODY, _("Alle talere")),
            *wording.role_words().items(),
            *((role, role) for role in known if role not in wording.role_words()),
        ]
        self.ask(
            ChooseDialog(_("Hvem snakker?"), options, chosen=self.wanted.role),
            lambda role: self._read(wanted=replace(self.wanted, role=role)),
        )

    def action_case(self) -> None:
        options = [("", _("Alle")), *((case.name, case.name) for case in cases.list_cases(self.project))]
        self.ask(
            ChooseDialog(_("Hvilken case?"), options, chosen=self.wanted.case),
            lambda case: self._read(wanted=replace(self.wanted, case=case)),
        )

    def action_code(self) -> None:
        if self.wanted.code:
            self._read(wanted=replace(self.wanted, code=""))
            return
        self._ask_code(_("Bare setninger med"), lambda code: self._read(wanted=replace(self.wanted, code=code.slug)))

    def action_small(self) -> None:
        self._opened_words()
        self.everything = not self.everything
        self._read()

    def _ask_code(self, title: str, then: Callable[[CodeEntry], None]) -> None:
        self.codes = CodeList(codebook.list_codes(self.project))

        def take(chosen: CodeChosen) -> None:
            then(self.codes.entries[chosen.code])

        self.ask(CodeDialog(title, self.codes, {}, new=False), take)

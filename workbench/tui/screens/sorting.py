"""The sorting queue: one excerpt at a time, and a key for each code it may be given.

A key press chooses and goes on; no coding changes before the sorting is finished.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Choice, SortingChoice
from workbench.errors import Refusal
from workbench.services import history, sorting
from workbench.services.sorting_account import account, finish, finished_in_words, in_words
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ConfirmDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.dialogs.sorting import AccountDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting import sorting as presenting
from workbench.tui.presenting import wording
from workbench.tui.presenting.sorting import PAGE
from workbench.tui.screens.sorting_view import SortingView


class SortingScreen(SortingView):
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(key), f"give({key})", _("Kode {key}").format(key=key), show=False,
                    tooltip=_("Gi koden som står på tasten, og gå videre"), id=f"sorting.give_{key}")
            for key in range(1, 10)
        ),
        Binding("enter", "enter", _("Gi den viste koden"), show=False,
                tooltip=_("Gi koden som vises, ta de avkryssede, eller fullfør når alt er valgt"), id="sorting.enter"),
        Binding("b", "keep", _("Blir stående"), tooltip=_("La kodingen bli stående på koden"), id="sorting.keep"),
        Binding("s,h", "skip", _("Hopp over"), key_display="s", tooltip=_("La kodingen ligge urørt, og gå videre"),
                id="sorting.skip"),
        Binding("f,space", "several", _("Flere"), key_display="f", tooltip=_("Kryss av flere koder for samme utdrag"),
                id="sorting.several"),
        Binding("x,delete", "remove", _("Fjern"), tooltip=_("Kodingen skal fjernes (bare etter ny definisjon)"),
                id="sorting.remove"),
        Binding("i", "note", _("Notat"), tooltip=_("Skriv et notat, som blir memo på kodingen"), id="sorting.note"),
        Binding("backspace", "take_back", _("Uten valg"), show=False, tooltip=_("Ta valget for dette utdraget bort"),
                id="sorting.take_back"),
        Binding("n", "new", _("Ny underkode"), tooltip=_("Lag en underkode til å sortere i"), id="sorting.new"),
        Binding("c", "code", _("Finn kode"), tooltip=_("Skriv for å finne en kode og gi den"), id="sorting.code"),
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden; B og d fører tilbake"),
                id="sorting.open"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste valget"), id="sorting.undo"),
        Binding("ctrl+r", "redo", _("Gjør om"), show=False, tooltip=_("Gjør om det du angret"), id="sorting.redo"),
        Binding("p", "refill", _("Ta med nye"), show=False, tooltip=_("Ta med kodinger som er kommet til siden køen ble laget"),
                id="sorting.refill"),
        Binding("A", "finish", _("Fullfør"), tooltip=_("Se regnskapet, og gjennomfør valgene"), id="sorting.finish"),
        Binding("l", "discard", _("Legg bort"), show=False, tooltip=_("Legg sorteringen bort uten å endre noe"),
                id="sorting.discard"),
        Binding("escape", "leave", _("Til kodingen"), tooltip=_("Gå ut; alt er lagret"), id="sorting.back"),
    ]  # fmt: skip

    # -- choosing

    def action_give(self, key: int) -> None:
        index = self.pointed // PAGE * PAGE + key - 1
        if index >= len(self.queue.targets):
            raise Refusal(_("Ingen underkode står på {key}. n lager en ny, c finner en annen kode.").format(key=key))
        self._give(self.queue.targets[index].id)

    def action_target(self, index: int) -> None:
        """A click on a code."""
        self._give(self.queue.targets[index].id)

    def _give(self, code: str) -> None:
        if self.several is None:
            self._choose("sort", [code])
            return
        self.several = (
            [each for each in self.several if each != code] if code in self.several else [*self.several, code]
        )
        self.draw()

    def _choose(self, choice: Choice, codes: list[str] | None = None) -> None:
        """Keep a choice and go on to the next excerpt without one."""
        self.require_waiting()
        uid, given = self.uid, codes or []
        sorting.choose(self.project, self.sorting_id, uid, choice, given)
        self.several = None
        if any(code not in self.queue.sorting.targets and code != self.queue.code.id for code in given):
            self.load_choices()
        else:
            before = self.queue.choices.get(uid)
            made = SortingChoice(coding=uid, choice=choice, codes=tuple(given), note=before.note if before else "",
                                 coder=self.project.coder_name)  # fmt: skip
            self.queue = replace(self.queue, choices={**self.queue.choices, uid: made})
        self._go_on()

    def _go_on(self) -> None:
        here = self.at
        if self.only == "skipped":
            self.at = next((n for n in range(here + 1, self.total) if self.passes(n)), here)
        else:
            self.at = sorting.next_waiting(self.queue, here, otherwise=here)
        done = _("Alt har et valg. Enter eller A fullfører.") if self.nothing_left else ""
        self.show_excerpt(done)

    def action_keep(self) -> None:
        if self.several is None:
            self._choose("keep")
        else:
            self._give(self.queue.code.id)

    def action_skip(self) -> None:
        self._choose("skip")

    def action_remove(self) -> None:
        self._choose("remove")

    def action_several(self) -> None:
        self.require_waiting()
        choice = self.queue.choices.get(self.uid)
        self.several = list(choice.codes) if self.several is None and choice else [] if self.several is None else None
        self.draw()

    def action_enter(self) -> None:
        if self.several == [self.queue.code.id]:
            self._choose("keep")
        elif self.several:
            self._choose("sort", self.several)
        elif self.several is not None:
            raise Refusal(_("Kryss av koder med tallene først, eller trykk Esc."))
        elif self.nothing_left:
            self.action_finish()
        elif self.queue.targets:
            self._give(self.queue.targets[self.pointed].id)
        else:
            raise Refusal(_("Det er ingen underkode å gi. n lager en, c finner en annen kode."))

    def action_take_back(self) -> None:
        sorting.take_back(self.project, self.sorting_id, self.uid)
        choices = {uid: choice for uid, choice in self.queue.choices.items() if uid != self.uid}
        self.queue = replace(self.queue, choices=choices)
        self.told = _("Uten valg igjen")
        self.draw()

    def action_note(self) -> None:
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        self.require_waiting()
        uid, found = self.uid, self.shown_coding
        before = self.queue.choices.get(uid)

        def save(text: str) -> None:
            choice = before.choice if before else "skip"
            sorting.choose(self.project, self.sorting_id, uid, choice, before.codes if before else (), note=text)

        def written(_text: str) -> None:
            self.load_choices()
            told = (
                ""
                if before or uid not in self.queue.choices
                else _("Merknaden er lagret. Utdraget er hoppet over til du velger.")
            )
            self.show_excerpt(told)

        about = f"«{wording.shortened(found.text if found else '', 120)}»"
        self.ask(WritingDialog(_("Notat"), before.note if before else "", save, about=about), written)

    # -- codes

    def action_new(self) -> None:
        title = _("Ny underkode av «{code}»").format(code=self.queue.code.name)

        def make(name: str) -> None:
            added = sorting.add_targets(self.project, self.sorting_id, [name])
            self.load_choices()
            index = next((n for n, each in enumerate(self.queue.targets) if each.id in added), self.pointed)
            self.pointed = index
            self.show_excerpt(
                _("«{code}» står på {key}").format(code=self.queue.targets[index].name, key=index % PAGE + 1)
                if added
                else _("Koden er med fra før")
            )

        self.ask(LineDialog(title), make)

    def action_code(self) -> None:
        self.require_waiting()
        dialog = CodeDialog(_("Gi koden"), self.codes, {}, new=False, without=frozenset({self.queue.code.id}))

        def take(chosen: CodeChosen) -> None:
            if chosen.code and not chosen.pin:
                self._give(chosen.code)

        self.ask(dialog, take)

    # -- leaving

    def action_open(self) -> None:
        found = self.shown_coding
        if found is None:
            raise Refusal(_("Kodingen er fjernet; det er ikke noe sted å gå til."))
        self.keep_place()
        bench = self.bench
        bench.lead_to(found.source, found.start, found.end)
        if bench.coding is not None:
            bench.coding.say(_("B og så d fører tilbake til sorteringen"))

    def action_leave(self) -> None:
        if self.several is not None:
            self.several = None
            self.draw()
            return
        self.keep_place()
        self.bench.action_to_coding()

    # -- the whole

    def action_undo(self) -> None:
        reverting.undo(self.bench, self._show_reverted)

    def action_redo(self) -> None:
        reverting.redo(self.bench, self._show_reverted)

    def _show_reverted(self, done: history.Reverted) -> None:
        """Go to the excerpt whose choice changed."""
        summary = done.summary
        before = self.queue
        if not any(each.id == self.sorting_id for each in sorting.list_sortings(self.project, finished=False)):
            self._to_codebook(summary)  # its beginning was undone, or its end done again
            return
        self.load_choices()
        changed = [
            n
            for n, uid in enumerate(self.queue.sorting.codings)
            if before.choices.get(uid) != self.queue.choices.get(uid)
        ]
        self.at = changed[0] if changed else self.at
        self.several = None
        self.show_excerpt(summary)

    def action_refill(self) -> None:
        n = sorting.refill(self.project, self.sorting_id)
        self.load()
        told = ngettext("{n} ny koding er lagt til sist i køen", "{n} nye kodinger er lagt til sist i køen", n).format(
            n=n
        )
        self.show_excerpt(told if n else _("Alle kodinger er med fra før"))

    def action_finish(self) -> None:
        found = sorting.find_sorting(self.project, self.sorting_id)
        lines = in_words(self.project, account(self.project, found))
        title = _("Fullfør: {heading}").format(heading=presenting.heading(self.queue))

        def sure(_yes: bool) -> None:
            done = finish(self.project, self.sorting_id)
            self._to_codebook(finished_in_words(self.project, self.sorting_id, done))

        self.ask(AccountDialog(title, lines, yes=_("Fullfør")), sure)

    def action_discard(self) -> None:
        n = self.queue.progress.chosen
        lost = ngettext("{n} valg blir borte", "{n} valg blir borte", n).format(n=n)
        question = _("Ingen koding er endret. {lost}, og u i kodeboken henter alt tilbake.").format(lost=lost)

        def sure(_yes: bool) -> None:
            sorting.discard(self.project, self.sorting_id)
            self._to_codebook(_("Sorteringen av «{code}» er lagt bort").format(code=self.queue.code.name))

        self.ask(ConfirmDialog(_("Legge bort sorteringen?"), question, yes=_("Legg bort")), sure)

    def _to_codebook(self, told: str) -> None:
        from workbench.tui.screens.codebook import CodebookScreen

        self.bench.show_over_coding(CodebookScreen(told=told, at=self.queue.code.id))

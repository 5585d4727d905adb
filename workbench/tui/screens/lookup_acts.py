"""Looking things up while coding: a code's card, its excerpts, and why a passage has its code."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Tree

from workbench.errors import Refusal
from workbench.tui.screens.desk import Desk
from workbench.tui.widgets.lookup import CardExcerpts, LookupPane
from workbench.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from workbench.store.queries.lookup import Listed

CARD_AFTER = 0.2
"""Seconds of rest before the card follows the caret, so that it never stands between a key and the text."""
LATEST = 3


class LookupActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "card", _("Kodekort"), tooltip=_("Vis eller gjem kodens definisjon og siste utdrag"),
                id="panes.card"),
        Binding("l", "look_up", _("Slå opp kode"), show=False, id="lookup.code",
                tooltip=_("Slå opp en kode; kortet blir stående på den til Esc eller l")),
        Binding("D", "into_card", _("Kodens utdrag"), show=False, id="lookup.excerpts",
                tooltip=_("Gå gjennom utdragene til koden i kortet; Esc går tilbake til teksten")),
        Binding("h", "why", _("Hvorfor"), show=False, id="lookup.why",
                tooltip=_("Hvem kodet her, når, med hvilken definisjon og hvorfor")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.held = ""
        """Id of the code that the card stays on, or empty when it follows the caret."""
        self._card_was_shown = False
        """Before a code was held."""
        self._card_timer: Timer | None = None
        self.case = ""
        self.coder = ""
        """Which of the code's excerpts are listed; empty asks for all."""

    @property
    def card(self) -> LookupPane:
        return self.query_one(LookupPane)

    # -- the card

    def card_soon(self) -> None:
        """Let the card follow when the reader rests."""
        if self._card_timer is not None:
            self._card_timer.stop()
        self._card_timer = self.set_timer(CARD_AFTER, self.show_card)

    def show_card(self) -> None:
        """Write the card of the code that is looked up, or at the caret, or under the cursor in the tree; else of the one
        used last."""
        card = self.card
        if not card.display or self.bench.project is None:
            return
        if self.held and self.codes.get(self.held) is None:
            self.held = ""
        code = self.code_in_mind()
        entry = self.codes.get(code)
        from workbench.services import lookup

        found = lookup.excerpts_of(self.project, code) if entry else []
        texts = lookup.words_of(self.project, found[:LATEST])
        names = self._source_names()
        latest = [(texts[each.id], names.get(each.source, ""), each.coder) for each in found[:LATEST]]
        card.card.show_latest(entry, self.codes.path(code), latest, held=bool(self.held))

    def code_in_mind(self) -> str:
        """Id of the code the reader is concerned with, or empty."""
        if self.held:
            return self.held
        if self.focused is self.code_tree:
            return self.code_tree.chosen_code
        here = [self.codings[each].code for each in self.mark_ids("coding")] if self.shown else []
        here += [self.proposals[each].code for each in self.mark_ids("suggestion")] if self.shown else []
        return next(iter((*here, *self.recent)), self.code_tree.chosen_code)

    def action_card(self) -> None:
        self.show_pane(not self.card.display)
        if not self.card.display:
            self._let_go_of_code()

    def show_pane(self, wanted: bool) -> None:
        """Show or hide the card; the caret stays in sight."""
        self.card.set_class(wanted, "-shown")
        if wanted:
            self.show_card()
        elif self.card.has_keys:
            self.view.focus()
        for pane in self.panes:
            self.call_after_refresh(pane.view.keep_caret_in_sight)

    @on(Tree.NodeHighlighted, "#codes")
    def _code_highlighted(self) -> None:
        self.card_soon()

    # -- a code that is looked up

    def action_look_up(self) -> None:
        if self.held:
            self.release()
            return
        from workbench.tui.dialogs.code import CodeDialog

        dialog = CodeDialog(_("Slå opp kode"), self.codes, self.pins, recent=self.recent, new=False)
        self.ask(dialog, lambda chosen: self.hold(chosen.code))

    def hold(self, code: str) -> None:
        """Keep the card on a code while the reader goes about the text."""
        if not self.held:
            self._card_was_shown = self.card.display
        self.held = code
        self.show_pane(True)
        entry = self.codes.get(code)
        if entry is not None:
            self.say(
                _("Kortet står på «{code}». l eller Esc slipper det, D går til utdragene.").format(code=entry.name)
            )

    def release(self) -> bool:
        """Let the card follow the caret again; whether it was held."""
        if not self.held:
            return False
        shown = self._card_was_shown
        self._let_go_of_code()
        self.show_pane(shown)
        return True

    def _let_go_of_code(self) -> None:
        self.held = ""
        self.card.stop_walking()

    # -- its excerpts

    def action_into_card(self) -> None:
        code = self.code_in_mind()
        if self.codes.get(code) is None:
            raise Refusal(_("Stå på en kodet passasje, eller slå opp en kode med l, for å se utdragene."))
        self.hold(code)
        self._list_excerpts(focus=True)

    def _list_excerpts(self, *, focus: bool = False) -> None:
        from workbench.services import lookup

        found = lookup.excerpts_of(self.project, self.held, case=self.case, coder=self.coder)
        entry = self.codes.entries[self.held]
        project = self.project
        parts = [_("{n} av {all} utdrag").format(n=len(found), all=entry.codings)]
        if self.case:
            parts.append(_("case {case}").format(case=self.case))
        if self.coder:
            parts.append(_("koder {coder}").format(coder=self.coder))

        def words(listed: list[Listed]) -> dict[str, str]:
            return lookup.words_of(project, listed)

        self.card.list_excerpts(" · ".join(parts), found, self._source_names(), words, focus=focus)

    def _source_names(self) -> dict[str, str]:
        return {source.id: source.name for source in self.sources}

    @on(Rows.Chosen, "#card-excerpts")
    def _excerpt_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        chosen = self.query_one(CardExcerpts).listed[event.index]
        with self.refusals():
            self.go_to(chosen.source, chosen.start, chosen.end)
            self.view.focus()

    def action_scroll_card(self, direction: int) -> None:
        card = self.card.card
        card.scroll_relative(y=direction * max(1, card.size.height - 1), animate=False)

    def action_excerpts_of_case(self) -> None:
        cases = sorted({case for source in self.sources for case in source.cases})
        self._ask_filter(_("Utdrag fra hvilken case?"), _("Alle caser"), cases, self.case, self._take_case)

    def action_excerpts_of_coder(self) -> None:
        from workbench.services.lookup import coders

        known = coders(self.project)
        self._ask_filter(_("Utdrag kodet av hvem?"), _("Alle kodere"), known, self.coder, self._take_coder)

    def _ask_filter(
        self, title: str, everything: str, known: list[str], chosen: str, take: Callable[[str], None]
    ) -> None:
        from workbench.tui.dialogs.choose import ChooseDialog

        options = [("", everything), *((each, each) for each in known)]
        self.ask(ChooseDialog(title, options, chosen=chosen), take)

    def _take_case(self, case: str) -> None:
        self.case = case
        self._list_excerpts()

    def _take_coder(self, coder: str) -> None:
        self.coder = coder
        self._list_excerpts()

    # -- why this code?

    def action_why(self) -> None:
        here = self.mark_ids("coding")
        if not here:
            raise Refusal(_("Ingen koding her. Flytt markøren til en kodet passasje."))
        from workbench.tui.dialogs.why import show_why

        show_why(self, *here)

"""Marked stretches: opening and closing them for coding, marking more, and going through what was doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType

from corpus.model import REGION_KINDS
from workbench.core.entities import StoredRegion
from workbench.errors import Refusal
from workbench.services import regions
from workbench.services.closed import kind_words, region_words, require_open
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting.stretches import regions_here
from workbench.tui.screens.coding_acts import CodingActs


class RegionActs(CodingActs):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_parenthesis", "open_region", _("Åpne felt"), key_display="(", show=False,
                tooltip=_("Åpne feltet for koding"), id="regions.open"),
        Binding("right_parenthesis", "close_region", _("Steng felt"), key_display=")", show=False,
                tooltip=_("Steng feltet for koding"), id="regions.close"),
        Binding("number_sign", "mark_region", _("Merk som"), key_display="#", show=False,
                tooltip=_("Merk som tabell, fotnote eller annet, eller ta merket bort"), id="regions.mark"),
        Binding("exclamation_mark", "next_doubtful", _("Tvilsomt sted"), key_display="!", show=False,
                tooltip=_("Neste tvilsomme sted, ellers neste stengte felt"), id="regions.next_doubtful"),
        Binding("quotation_mark", "seen", _("Sjekket"), key_display="\"", show=False,
                tooltip=_("Sett det tvilsomme stedet som sjekket, og gå til det neste"), id="regions.seen"),
    ]  # fmt: skip

    def action_code(self) -> None:
        # Before the dialog: nobody should look for a code that cannot be given here.
        require_open(self.project, self.source, *self.span())
        super().action_code()

    # -- opening and closing

    def action_open_region(self) -> None:
        here = [each for each in self._regions_here() if not each.codable]
        if not here and self._closable():
            raise Refusal(_("Feltet her er åpent for koding. ) stenger det."))
        if not here:
            raise Refusal(_("Ingen stengte felt her. Stå i et felt med ░ ved linjenummeret; ! går til det neste."))
        self._ask_how_many(here, codable=True)

    def action_close_region(self) -> None:
        here = [each for each in self._closable() if each.codable]
        if not here and self._closable():
            raise Refusal(_("Feltet her er stengt for koding. ( åpner det."))
        if not here:
            raise Refusal(_("Ingen åpnede felt her. Marker teksten og trykk # for å merke et nytt."))
        self._ask_how_many(here, codable=False)

    def _closable(self) -> list[StoredRegion]:
        """The stretches here that are open or closed as somebody decides; what is only doubtful never closes."""
        return [each for each in self._regions_here() if each.kind != "doubtful"]

    def _ask_how_many(self, here: Sequence[StoredRegion], *, codable: bool) -> None:
        """Ask between those here (one at the caret, all that a selection touches) and all of the last one's kind."""
        self.require_writable()
        kind = here[-1].kind
        near = list(here) if self.view.selection is not None else [here[-1]]
        alike = [each for each in self._regions() if each.kind == kind and each.codable != codable]
        if len(alike) == 1 and len(near) == 1:
            self._set_codable(near, codable=codable)
            return
        n = len(near)
        options = [("here", _("Bare dette feltet") if n == 1 else _("De {n} feltene i markeringen").format(n=n))]
        if len(alike) > 1:
            what = kind_words()[kind]
            options.append(("all", _("Alle {n} av typen «{what}» i kilden").format(n=len(alike), what=what)))
        if len(options) == 1:
            self._set_codable(near, codable=codable)
            return
        title = _("Åpne for koding") if codable else _("Stenge for koding")
        self.ask(
            ChooseDialog(title, options),
            lambda answer: self._set_codable(near if answer == "here" else alike, codable=codable),
        )

    def _set_codable(self, chosen: Sequence[StoredRegion], *, codable: bool) -> None:
        n = regions.set_codable(self.project, chosen, codable=codable)
        self.reload()
        told = (
            ngettext("{n} felt er åpnet for koding. u angrer.", "{n} felt er åpnet for koding. u angrer.", n)
            if codable
            else ngettext("{n} felt er stengt for koding. u angrer.", "{n} felt er stengt for koding. u angrer.", n)
        )
        self.say(told.format(n=n))

    # -- marking

    def action_mark_region(self) -> None:
        self.require_writable()
        source, chosen = self.source, self.view.selection
        here = self._regions_here()
        if chosen is None and not here:
            raise Refusal(_("Marker først det som ikke er løpende tekst."))
        words = kind_words()
        options = [(str(each), words[each]) for each in REGION_KINDS] if chosen is not None else []
        options += [
            (f"-{each.id}", _("Ta bort merket «{what}»").format(what=region_words(each))) for each in here
        ]  # fmt: skip

        def take(answer: str) -> None:
            gone = [each for each in here if f"-{each.id}" == answer]
            if gone:
                regions.remove(self.project, gone)
            elif chosen is not None:
                regions.mark(self.project, source, *chosen, answer)
            self.reload()
            self.say(_("Merket er tatt bort. u angrer.") if gone else _("Merket som {what}").format(what=words[answer]))

        self.ask(ChooseDialog(_("Merk som"), options), take)

    # -- what the transcriber was unsure of

    def action_next_doubtful(self) -> None:
        known = self._regions()
        unseen = [each for each in known if each.kind == "doubtful" and not each.seen]
        closed = [each for each in known if not each.codable]
        if not unseen and not closed:
            raise Refusal(_("Ingen tvilsomme steder gjenstår i denne kilden, og ingen felt er stengt."))
        found = self._go_to_next(unseen or closed)
        if unseen:
            told = ngettext("{n} tvilsomt sted", "{n} tvilsomme steder", len(unseen)).format(n=len(unseen))
            self.say(_('{told}; " når dette er sjekket').format(told=told))
        else:
            n = closed.index(found) + 1
            told = _("Stengt felt {n} av {total}: {what}. ( åpner, # tar merket bort.")
            self.say(told.format(n=n, total=len(closed), what=region_words(found)))

    def _go_to_next(self, regions: Sequence[StoredRegion]) -> StoredRegion:
        after = self.view.selection[0] if self.view.selection else self.view.caret - 1
        found = next((each for each in regions if each.start > after), regions[0])
        self.go_to(self.source.id, found.start, found.end)
        return found

    def action_seen(self) -> None:
        self.require_writable()
        here = [each for each in self._regions_here() if each.kind == "doubtful" and not each.seen]
        if not here:
            raise Refusal(_("Ingen tvilsomme steder her. ! går til det neste."))
        regions.set_seen(self.project, here)
        for opened in self.all_opened():
            if opened.shown.source.id == self.source.id:
                self.load_stretches(opened)
        for pane in self.panes:
            pane.view.repaint()
        self.doubts[self.source.id] -= len(here)
        self.source_rows.refresh_row(self.sources.index(self.source))
        unseen = [each for each in self._regions() if each.kind == "doubtful" and not each.seen]
        if unseen:
            self._go_to_next(unseen)
        left = len(unseen)
        self.say(ngettext("Sjekket. {n} gjenstår.", "Sjekket. {n} gjenstår.", left).format(n=left))

    # -- what lies here

    def here(self) -> str:
        return " · ".join(part for part in (super().here(), regions_here(self._regions_here())) if part)

    def _regions(self) -> list[StoredRegion]:
        self.source  # noqa: B018 - refuses when no source is open
        return [] if self.active.opened is None else self.active.opened.regions

    def _regions_here(self) -> list[StoredRegion]:
        """The stretches at the caret, or those that the selection touches."""
        opened = self.active.opened
        if opened is None:
            return []
        start, end = self.view.selection or (self.view.caret, self.view.caret + 1)
        return [each for each in opened.regions if each.start < end and each.end > start]

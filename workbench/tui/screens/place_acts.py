"""Moving about: search in the text, back and forward through places, reading status."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import reading
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting import search, wording
from workbench.tui.presenting.places import Spot
from workbench.tui.screens.desk import Desk
from workbench.tui.transcript.document import Span


class PlaceActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", _("Søk"), key_display="/", tooltip=_("Søk i teksten"), id="places.search"),
        Binding("n", "hit(1)", _("Neste treff"), show=False, id="places.next_hit"),
        Binding("N", "hit(-1)", _("Forrige treff"), show=False, id="places.previous_hit"),
        Binding("comma,alt+left", "back", _("Tilbake"), key_display=",", show=False,
                tooltip=_("Tilbake til forrige sted"), id="places.back"),
        Binding("semicolon,alt+right", "forward", _("Fram"), key_display=";", show=False,
                tooltip=_("Fram til neste sted"), id="places.forward"),
        Binding("z", "status", _("Lesestatus"), show=False, tooltip=_("Si hvor langt du er kommet i kilden"),
                id="places.status"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.sought = ""
        """What was last searched for."""
        self.hits: list[Span] = []

    def action_search(self) -> None:
        self.source  # noqa: B018 - refuses when no source is open
        dialog = LineDialog(_("Søk i teksten"), self.sought, hint=_("Enter søker · tomt tar bort treffene"), empty=True)
        self.ask(dialog, self._search)

    def _search(self, query: str) -> None:
        self.sought = query
        self.find_hits()
        if query and not self.hits:
            raise Refusal(_("Finner ikke «{query}» i denne kilden.").format(query=query))
        if query:
            self.leave_spot()
            self._go_to_hit(search.neighbour(self.hits, self.view.caret - 1, 1))

    def find_hits(self) -> None:
        """Search the open text for what was last searched for, and mark the hits."""
        self.hits = search.find(self.view.document.text, self.sought)
        self.view.set_search_hits(self.hits)

    def action_hit(self, direction: int) -> None:
        if not self.sought:
            raise Refusal(_("Søk først, med / eller Ctrl+F."))
        # The text may have been changed, or another source opened, since the search.
        self.find_hits()
        if not self.hits:
            raise Refusal(_("Finner ikke «{query}» i denne kilden.").format(query=self.sought))
        self._go_to_hit(search.neighbour(self.hits, self.view.caret, direction))

    def _go_to_hit(self, index: int | None) -> None:
        if index is not None:
            self.view.move_to(self.hits[index][0])
            self.say(_("Treff {n} av {all}").format(n=index + 1, all=len(self.hits)))

    def action_back(self) -> None:
        self._follow(self.trail.back(self._now()), _("Du er ved det første stedet."))

    def action_forward(self) -> None:
        self._follow(self.trail.forward(self._now()), _("Du er ved det siste stedet."))

    def _now(self) -> Spot:
        return Spot(self.source.id, self.view.caret)

    def _follow(self, spot: Spot | None, otherwise: str) -> None:
        if spot is None:
            self.say(otherwise)
        else:
            self.open_source(spot.source, spot.offset)

    def action_status(self) -> None:
        current = self.statuses.get(self.source.id, "not-read")
        options = [(status, wording.status_shown(status)) for status in wording.status_words()]
        title = _("Hvor langt er du kommet i «{source}»?").format(source=self.source.name)
        self.ask(ChooseDialog(title, options, chosen=current), self._set_status)

    def _set_status(self, status: str) -> None:
        reading.set_status(self.project, self.source, status)
        self.statuses[self.source.id] = status
        self.source_rows.refresh()
        self.say(_("Satt til {status}").format(status=wording.status_shown(status)))
        if status in ("read", "finished"):
            self.first_reading_done(self.source)

    def first_reading_done(self, source: Source) -> None:
        """Called when the reader says that a source has been read through."""

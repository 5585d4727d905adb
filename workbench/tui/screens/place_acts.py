"""Moving about: search in the text, back and forward through places, reading status."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import finding, reading
from workbench.services.finding import Sought
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import search, wording
from workbench.tui.presenting.places import Spot
from workbench.tui.screens.desk import Desk
from workbench.tui.transcript.document import Span
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from nlp.search import Match
    from workbench.tui.dialogs.search import Asked
    from workbench.tui.screens.candidates import Listed


class PlaceActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", _("Søk"), key_display="/", tooltip=_("Søk i teksten"), id="places.search"),
        Binding("L", "search_all", _("Søk i alle kilder"), show=False,
                tooltip=_("Søk i alle kilder, eller se de siste treffene igjen"), id="places.search_all"),
        Binding("n", "hit(1)", _("Neste treff"), show=False, id="places.next_hit"),
        Binding("N", "hit(-1)", _("Forrige treff"), show=False, id="places.previous_hit"),
        Binding("0", "coding_step(1)", _("Neste koding"), show=False, tooltip=_("Neste kodede sted i teksten"),
                id="places.next_coding"),
        Binding("equals_sign", "coding_step(-1)", _("Forrige koding"), key_display="=", show=False,
                tooltip=_("Forrige kodede sted i teksten"), id="places.previous_coding"),
        Binding("comma,alt+left", "back", _("Tilbake"), key_display=",", show=False,
                tooltip=_("Tilbake til forrige sted"), id="places.back"),
        Binding("semicolon,alt+right", "forward", _("Fram"), key_display=";", show=False,
                tooltip=_("Fram til neste sted"), id="places.forward"),
        Binding("z", "status", _("Lesestatus"), show=False, tooltip=_("Si hvor langt du er kommet i kilden"),
                id="places.status"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.sought = Sought(query="")
        """What was last searched for."""
        self.listed: Listed | None = None
        """What the last search in all sources found."""

    def action_search(self) -> None:
        from workbench.tui.dialogs.search import SearchDialog
        from workbench.tui.screens.search_typed import TypedSearch

        self.source  # noqa: B018 - refuses when no source is open
        hint, typed = _("Enter søker · tomt tar bort treffene"), TypedSearch(self)
        dialog = SearchDialog(_("Søk i teksten"), self.sought, hint=hint, everywhere=True, following=typed)
        self.ask(dialog, self._search)

    def action_search_all(self) -> None:
        from workbench.tui.screens.finding import FindingScreen

        self.bench.show_over_coding(FindingScreen(self.sought, self.listed))

    def _search(self, asked: Asked) -> None:
        self.sought = asked.sought
        if asked.everywhere:
            self.action_search_all()
        elif not asked.sought.query:
            self._take_hits([])
        else:
            self.with_hits(self._first_hit)

    def _first_hit(self) -> None:
        self.leave_spot()
        self._go_to_hit(search.neighbour(self.hits, self.view.caret - 1, 1))

    def mark_hits(self, sought: Sought, start: int) -> None:
        """Search the open text and mark the hits, the reader having been led to the one that begins at `start`."""
        self.sought = sought
        self.with_hits(lambda: self._tell_hit(search.neighbour(self.hits, start - 1, 1)))

    def with_hits(self, then: Callable[[], None]) -> None:
        """Search the open text for what was last searched for, mark the hits and go on; says so when there are none.

        A text that has to be parsed first is parsed behind the screen.
        """
        source, sought, project = self.source, self.sought, self.project
        wanted = (source.version, sought)
        if self.active.hits_of == wanted and self.hits:
            then()
            return

        def done(hits: list[Span]) -> None:
            # The reader may have gone elsewhere or asked for other words meanwhile.
            if not self.is_attached or self.shown is None or (self.source.version, self.sought) != wanted:
                return
            self._take_hits(hits)
            self.active.hits_of = wanted
            if not hits:
                raise Refusal(_("Finner ikke «{query}» i denne kilden.").format(query=sought.query))
            then()

        if not sought.lemma:
            done(_spans(finding.in_sources(project, [source], sought)))
            return

        def act(work: Work[list[Span]]) -> list[Span]:
            with own_copy(project) as own:
                return _spans(finding.in_sources(own, [source], sought, cancelled=work.cancelled))

        self.say(_("Søker etter alle former av «{query}» …").format(query=sought.query))
        title = _("Søker i «{source}»").format(source=source.name)
        self.bench.start(Work(title=title, name="search", act=act, done=done), behind=True)

    def _take_hits(self, hits: list[Span]) -> None:
        self.active.hits, self.active.hits_of = hits, None
        self.view.set_search_hits(hits)

    def action_hit(self, direction: int) -> None:
        if not self.sought.query:
            raise Refusal(_("Søk først, med / eller Ctrl+F."))
        self.with_hits(lambda: self._go_to_hit(search.neighbour(self.hits, self.view.caret, direction)))

    def _go_to_hit(self, index: int | None) -> None:
        if index is not None:
            self.view.set_search_hits(self.hits)  # they may have been put aside for a suggestion's words
            self.view.move_to(self.hits[index][0])
            self._tell_hit(index)

    def _tell_hit(self, index: int | None) -> None:
        if index is not None:
            told = _("Treff {n} av {all}").format(n=index + 1, all=len(self.hits))
            self.say(f"{told} · {search.way_shown(self.sought)}")

    def action_coding_step(self, direction: int) -> None:
        """Go to the next place that is coded (by those whose codings are shown), or the one before."""
        starts = sorted({mark.start for mark in self.view.document.marks if mark.kind == "coding"})
        if not starts:
            raise Refusal(_("Ingenting er kodet i denne teksten."))
        caret = min(self.view.caret, self.view.selection[0]) if self.view.selection else self.view.caret
        index = bisect_right(starts, caret) if direction > 0 else bisect_left(starts, caret) - 1
        if not 0 <= index < len(starts):
            self.say(_("Det er ingen flere kodede steder den veien."))
            return
        self.view.move_to(starts[index])
        self.say(_("Kodet sted {n} av {all}").format(n=index + 1, all=len(starts)))

    def action_back(self) -> None:
        self._follow(self.trail.back(self.spot()), _("Du er ved det første stedet."))

    def action_forward(self) -> None:
        self._follow(self.trail.forward(self.spot()), _("Du er ved det siste stedet."))

    def _follow(self, spot: Spot | None, otherwise: str) -> None:
        if spot is None:
            self.say(otherwise)
        else:
            self.return_to(spot)

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


def _spans(found: Iterator[tuple[Source, str, list[Match]]]) -> list[Span]:
    return [(match.start, match.end) for _source, _text, matches in found for match in islice(matches, search.MOST)]

"""Search in the open text while somebody types: the hits are marked and the nearest shown, until the dialog is left."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

from workbench.services import finding
from workbench.services.finding import Sought
from workbench.tui.presenting import search
from workbench.tui.transcript.document import Span
from workbench.tui.working import Work

if TYPE_CHECKING:
    from workbench.tui.screens.place_acts import PlaceActs


class TypedSearch:
    """Follows the search dialog over the coding screen. What the reader had before comes back exactly as it was."""

    def __init__(self, screen: PlaceActs) -> None:
        self._screen = screen
        self._view = screen.view
        self._document = screen.view.document
        self._spot = screen.spot()
        self._marking = screen.view.marking
        self._hits = list(screen.hits)
        self._work: Work[list[Span]] | None = None

    def typed(self, sought: Sought, tell: Callable[[str], None]) -> None:
        """Mark the hits and show the first at or after where the reader was; the search can be overtaken by the next."""
        self._stop()
        if not sought.query:
            self._restore()
            return
        text = self._document.text

        def act(work: Work[list[Span]]) -> list[Span]:
            return finding.in_text(text, sought, most=search.MOST + 1, cancelled=work.cancelled)

        def done(spans: list[Span]) -> None:
            if self._work is work and self._view.document is self._document:
                tell(self._show(spans))

        work = Work(title=_("Søker i teksten"), name="search.typed", act=act, done=done)
        self._work = work
        self._screen.bench.start(work, behind=True)

    def ended(self) -> None:
        self._stop()
        self._restore()

    def _show(self, spans: list[Span]) -> str:
        view = self._view
        more, spans = len(spans) > search.MOST, spans[: search.MOST]
        view.set_search_hits(spans)
        index = search.neighbour(spans, self._spot.offset - 1, 1)
        if index is None:
            self._return()
            return _("ingen treff")
        view.move_to(spans[index][0], centre=True)
        if more:
            return _("over {n} treff").format(n=search.MOST)
        count = ngettext("{n} treff", "{n} treff", len(spans)).format(n=len(spans))
        return _("{count}, viser nr. {n}").format(count=count, n=index + 1)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stopped = True
            self._work = None

    def _restore(self) -> None:
        if self._view.document is self._document:  # else the text was corrected meanwhile, and loaded anew
            self._view.set_search_hits(self._hits)
            self._return()

    def _return(self) -> None:
        self._view.restore(self._spot.offset, self._spot.anchor, self._spot.top)
        self._view.marking = self._marking

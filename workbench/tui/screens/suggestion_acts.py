"""Suggestions in the open text: switched on by the reader, met one by one, accepted or rejected."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Proposal, Source
from workbench.errors import Refusal
from workbench.services import codebook
from workbench.tui.presenting import lines, search, wording
from workbench.tui.screens.coding_acts import CodingActs
from workbench.tui.working import Work


class SuggestionActs(CodingActs):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "toggle_suggestions", _("Forslag"), tooltip=_("Vis eller gjem forslag i denne kilden"),
                id="suggestions.toggle"),
        Binding("f", "suggestion(1)", _("Neste forslag"), tooltip=_("Til neste forslag"), show=False,
                id="suggestions.next"),
        Binding("F", "suggestion(-1)", _("Forrige forslag"), tooltip=_("Til forrige forslag"), show=False,
                id="suggestions.previous"),
        Binding("a", "accept", _("Godta"), show=False,
                tooltip=_("Godta forslaget her; en markering gir kodingen andre grenser"), id="suggestions.accept"),
        Binding("r", "reject", _("Avvis"), show=False, tooltip=_("Avvis forslaget her"), id="suggestions.reject"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._met = ""
        """Id of the suggestion the reader was led to last."""

    def shown_proposals(self, source: Source) -> Iterable[Proposal]:
        from workbench.services import suggesting

        if not suggesting.is_shown(self.project, source):
            return []
        return suggesting.list_proposals(self.project, source=source, status="pending")

    def action_toggle_suggestions(self) -> None:
        from workbench.services import suggesting

        if suggesting.is_shown(self.project, self.source):
            suggesting.set_shown(self.project, self.source, shown=False)
            self._show_suggestions()
            self.say(_("Forslag er slått av i denne kilden"))
        else:
            self.switch_on(self.source)

    def switch_on(self, source: Source, *, behind: bool = False) -> None:
        """Show suggestions in a source; they are made first if the text or the codebook has changed since last time."""
        from workbench.services import suggesting

        if suggesting.is_current(self.project, source):
            suggesting.set_shown(self.project, source, shown=True)
            self._show_suggestions()
            return
        project = self.project

        def act(work: Work[int]) -> int:
            return self.bench.lessons.search(work, project, [source])

        def done(_made: int) -> None:
            if self.is_attached and suggesting.is_current(project, source):
                suggesting.set_shown(project, source, shown=True)
                self._show_suggestions()

        title = _("Leter etter forslag i «{source}»").format(source=source.name)
        self.bench.start(Work(title=title, name="suggest", act=act, done=done), behind=behind)

    def first_reading_done(self, source: Source) -> None:
        """Suggestions may be met once the text has been read without them."""
        if any(code.signals for code in codebook.as_codebook(self.project)):
            self.switch_on(source, behind=True)

    def taught(self) -> None:
        from workbench.services import suggesting

        if suggesting.is_shown(self.project, self.source):
            self.bench.lessons.take(self.project, [self.source], self._draw_suggestions)

    def _draw_suggestions(self) -> None:
        """Draw the suggestions as they now are, without a word."""
        if self.shown is not None and self.is_attached:
            self._version = self.project.data_version()
            self.proposals = {each.id: each for each in self.shown_proposals(self.shown.source)}
            self.view.replace_marks(self._marks())

    def _show_suggestions(self) -> None:
        """Draw the suggestions as they now are, and say how many."""
        if self.shown is None:
            return
        self._draw_suggestions()
        n = len(self.proposals)
        self.say(
            ngettext("{n} ubehandlet forslag. f går til neste.", "{n} ubehandlede forslag. f går til neste.", n).format(
                n=n
            )
        )

    def action_suggestion(self, direction: int) -> None:
        waiting = sorted(self.proposals.values(), key=lambda each: (each.start, each.end, each.id))
        if not waiting:
            raise Refusal(_("Ingen ubehandlede forslag vises her. o slår forslag på."))
        here = next((n for n, each in enumerate(waiting) if each.id == self._met), None)
        caret = self.view.caret
        if here is not None and waiting[here].start <= caret <= waiting[here].end:
            index: int | None = (here + direction) % len(waiting)
        else:
            index = search.neighbour([(each.start, each.end) for each in waiting], caret - (direction > 0), direction)
        assert index is not None
        self.meet(waiting[index])

    def meet(self, proposal: Proposal) -> None:
        """Go to a suggestion, with its reason told and the words that triggered it marked."""
        self._met = proposal.id
        self.view.move_to(proposal.start)
        self.view.set_search_hits(proposal.because)
        told = _("Forslag «{code}» {score}: {reason}").format(
            code=proposal.code_name,
            score=wording.score(proposal.score),
            reason=lines.reason(proposal, self.view.document.text),
        )
        self.say(told)

    def proposal_here(self) -> Proposal:
        """The suggestion at the caret: the one the reader was led to, else the shortest.

        Raises:
            Refusal: when there is none.
        """
        found = [self.proposals[each] for each in self.mark_ids("suggestion")]
        if not found:
            raise Refusal(_("Ingen forslag her. f går til neste forslag."))
        return min(found, key=lambda each: (each.id != self._met, each.end - each.start))

    def action_accept(self) -> None:
        from workbench.services import suggesting

        proposal = self.proposal_here()
        start, end = self.view.selection or (proposal.start, proposal.end)
        made = suggesting.accept(self.project, proposal, start=start, end=end)
        self._decided(proposal)
        if made.id not in self.codings:
            self.show_coding(made)
        self.view.clear_selection()
        self.say(_("Godtok «{code}». f går til neste.").format(code=proposal.code_name))

    def action_reject(self) -> None:
        from workbench.services import suggesting

        proposal = self.proposal_here()
        suggesting.reject(self.project, proposal)
        self._decided(proposal)
        self.say(_("Avviste «{code}». u angrer.").format(code=proposal.code_name))

    def _decided(self, proposal: Proposal) -> None:
        del self.proposals[proposal.id]
        self.view.remove_mark(proposal.id)
        self.view.set_search_hits(())
        self.taught()

"""Suggestions in every source: a queue to decide on, with context and reason."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from workbench.core.entities import Proposal
from workbench.errors import Refusal
from workbench.services import codebook, sources, suggesting
from workbench.services.retrieval import Filter
from workbench.tui import reverting
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.presenting import lines, wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.screens.listing import ListScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work

AROUND = 90
"""Code points of context on each side."""
SHOWN = ("pending", "accepted", "rejected")


class SuggestionsScreen(ListScreen):
    ROW_LINES = 4
    KEYS = (
        "queue.accept", "queue.reject", "queue.open", "queue.sort", "queue.code", "queue.status", "queue.run", "queue.undo",
        "queue.signals", "queue.back",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", _("Godta"), tooltip=_("Godta forslaget"), id="queue.accept"),
        Binding("r", "reject", _("Avvis"), tooltip=_("Avvis forslaget"), id="queue.reject"),
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden"), id="queue.open"),
        Binding("s", "sort", _("Sorter"), tooltip=_("Sorter etter kode eller skåre"), id="queue.sort"),
        Binding("c", "code", _("Bare én kode"), tooltip=_("Vis bare forslag på én kode, eller alle igjen"),
                id="queue.code"),
        Binding("v", "status", _("Ubehandlet/godtatt/avvist"), show=False,
                tooltip=_("Vis ubehandlede, godtatte eller avviste"), id="queue.status"),
        Binding("k", "run", _("Let i alle kilder"), tooltip=_("Let etter forslag i alle kilder"), id="queue.run"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="queue.undo"),
        Binding("n", "app.go('signals')", _("Nye signaler"), tooltip=_("Signaler foreslått ut fra kodingen"),
                id="queue.signals"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="queue.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.codes = CodeList()
        self.proposals: list[Proposal] = []
        self.by_score = True
        self.only = ""
        """Id of the code shown alone, or empty."""
        self.status = "pending"
        self._texts: dict[str, str] = {}

    def heading(self) -> str:
        return _("Forslag i alle kilder")

    def begin(self) -> None:
        self.show_queue()

    def show_queue(self, told: str = "", *, stay: bool = False) -> None:
        """Ask the project for the suggestions again and show them; with `stay` the cursor follows its suggestion."""
        here = self.proposals[self.rows.cursor] if stay and self.proposals and self.rows.cursor is not None else None
        self.codes = CodeList(codebook.list_codes(self.project))
        found = suggesting.list_proposals(self.project, code=self.only, status=self.status, by_score=True)
        if not self.by_score:
            order = {code: n for n, code in enumerate(self.codes.entries)}
            found.sort(key=lambda each: order.get(each.code, len(order)))
        self.proposals = found
        same = [
            n
            for n, each in enumerate(found)
            if here and each.source == here.source and each.code == here.code and _meets(each, here)
        ]
        self.rows.set_rows(len(found), self._draw, cursor=same[0] if same else None)
        n = len(found)
        count = ngettext("{n} forslag", "{n} forslag", n).format(n=n)
        only = self.codes.get(self.only)
        hint = "" if n or self.status != "pending" else _("k leter i alle kilder")
        self.query_one(StatusLine).show(
            told,
            f"{count} ({wording.verdict_words()[self.status]})",
            _("sortert etter skåre") if self.by_score else _("sortert etter kode"),
            only.name if only else "",
            hint,
        )

    def excerpts_wanted(self) -> Filter:
        only = self.codes.get(self.only)
        return Filter(code=only.slug if only else "")

    def _current(self) -> Proposal:
        if self.rows.cursor is None:
            raise Refusal(_("Det er ingen forslag her. k leter etter forslag i alle kilder."))
        return self.proposals[self.rows.cursor]

    def action_accept(self) -> None:
        proposal = self._current()
        suggesting.accept(self.project, proposal)
        self.show_queue(_("Godtok «{code}»").format(code=proposal.code_name))
        self._learn(proposal.source)

    def action_reject(self) -> None:
        proposal = self._current()
        suggesting.reject(self.project, proposal)
        self.show_queue(_("Avviste «{code}»").format(code=proposal.code_name))
        self._learn(proposal.source)

    def _learn(self, first: str) -> None:
        """Suggest anew wherever something is waiting, first where the decision was made."""
        waiting = {each.source for each in suggesting.list_proposals(self.project, status="pending")}
        chosen = [each for each in sources.list_sources(self.project) if each.id in waiting]
        chosen.sort(key=lambda each: each.id != first)

        def done() -> None:
            if self.is_attached:
                self.show_queue(_("Lært av det siste"), stay=True)

        self.bench.lessons.take(self.project, chosen, done)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_queue(done.summary))

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            proposal = self._current()
            self.bench.lead_to(proposal.source, proposal.start, proposal.end)

    def action_sort(self) -> None:
        self.by_score = not self.by_score
        self.show_queue()

    def action_status(self) -> None:
        self.status = SHOWN[(SHOWN.index(self.status) + 1) % len(SHOWN)]
        self.show_queue()

    def action_code(self) -> None:
        if self.only:
            self.only = ""
            self.show_queue()
            return

        def take(chosen: CodeChosen) -> None:
            self.only = chosen.code
            self.show_queue()

        self.ask(CodeDialog(_("Vis bare forslag på"), self.codes, {}, new=False), take)

    def action_run(self) -> None:
        project = self.project

        def act(work: Work[int]) -> int:
            return self.bench.lessons.search(work, project, None)

        def done(made: int) -> None:
            if self.is_attached:
                self._texts.clear()
                self.show_queue(ngettext("{n} forslag funnet", "{n} forslag funnet", made).format(n=made))

        self.bench.start(Work(title=_("Leter etter forslag i alle kilder"), name="suggest", act=act, done=done))

    def _text(self, source: str) -> str:
        """A source's text, read once."""
        if source not in self._texts:
            found = next(each for each in sources.list_sources(self.project) if each.id == source)
            self._texts[source] = sources.show_source(self.project, found).text
        return self._texts[source]

    def _draw(self, index: int, width: int) -> list[Text]:
        proposal = self.proposals[index]
        text = self._text(proposal.source)
        entry = self.codes.get(proposal.code)
        before = " ".join(text[max(0, proposal.start - AROUND) : proposal.start].split())
        after = " ".join(text[proposal.end : proposal.end + AROUND].split())
        around = safe_line(f"… {before} [ ] {after} …")
        colour = entry.colour if entry else ""
        return lines.proposal_lines(proposal, colour, lines.reason(proposal, text), around, width)


def _meets(one: Proposal, other: Proposal) -> bool:
    """Whether two suggestions share a place: bounds may move when something has been learnt."""
    return one.start < other.end and other.start < one.end

"""Writing memos from any screen: a screen that has room holds the pane itself, the others lead to the list of memos."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.screen import ModalScreen
from textual.widget import Widget

from workbench.core.entities import MemoKind
from workbench.services import drafts, memos
from workbench.services.memos import Subject
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.screens.base import BenchScreen

if TYPE_CHECKING:
    from workbench.core.entities import Coding
    from workbench.services.drafts import Draft, Settled
    from workbench.tui.widgets.memo_pane import MemoPane


def write_memo_on(screen: BenchScreen[Any], kind: str, target: str) -> None:
    """Write on a thing, from a screen that holds no pane: the list of memos opens over it, and Esc leads back.

    Args:
        screen: where the writer is.
        kind: one of `memos.TARGETS`.
        target: id of the thing.
    """
    from workbench.tui.screens.memos import MemosScreen

    subject = memos.find_subject(screen.project, kind, target)
    screen.app.push_screen(MemosScreen(write_on=subject))


class WritesMemos(BenchScreen[None]):
    """A screen with a place for the memo pane, which is made the first time it is needed."""

    def memo_place(self) -> Widget:
        """Where in the screen the pane belongs."""
        raise NotImplementedError

    def leave_memo(self) -> None:
        """Take the keys back from the pane."""
        raise NotImplementedError

    def linkable(self) -> list[Coding]:
        """The codings whose ids may be put into the memo where the reader is.

        Raises:
            Refusal: when there is none; says what to do.
        """
        raise NotImplementedError

    def memo_journaled(self, settled: Settled) -> None:
        """Called when what was written has become a memo."""

    @property
    def memo_pane(self) -> MemoPane | None:
        """The pane, if it has been needed."""
        found = self.query("MemoPane")
        return found.first() if found else None  # type: ignore[return-value]

    @property
    def writing(self) -> bool:
        """Whether a memo stands open."""
        pane = self.memo_pane
        return pane is not None and pane.draft is not None

    async def write_memo(self, subject: Subject, *, kind: MemoKind = "memo", day: str = "") -> None:
        """Open this coder's newest memo of a kind on something, or a new one, in the pane."""
        await self.open_draft(drafts.go_on(self.project, subject, kind=kind, day=day), subject.words)

    async def open_draft(self, draft: Draft, words: str) -> None:
        """Open a draft in the pane; `words` say what it is on."""
        drafts.require_writable(self.project)
        pane = self.memo_pane
        if pane is None:
            from workbench.tui.widgets.memo_pane import MemoPane  # its editor is slow to load, and first needed here

            pane = MemoPane(self.project)
            await self.memo_place().mount(pane)
        self.add_class("-writing")
        pane.open(draft, words)

    async def write_diary(self) -> None:
        """Open today's entry, which goes on where it ended."""
        subject = memos.find_subject(self.project, "project")
        await self.write_memo(subject, kind="diary", day=date.today().isoformat())

    def end_writing(self) -> None:
        """Let what stands in the pane become the memo, since the writer goes somewhere else."""
        pane = self.memo_pane
        if pane is not None and self.bench.project is not None:
            pane.settle()

    @on(events.DescendantFocus)
    def _keys_left_memo(self) -> None:
        pane = self.memo_pane
        if pane is not None and not pane.has_keys:
            self.end_writing()

    @on(events.ScreenSuspend)
    def _left_screen(self) -> None:
        if not isinstance(self.app.screen, ModalScreen):
            self.end_writing()

    def on_memo_pane_left(self, event: MemoPane.Left) -> None:
        self.leave_memo()

    def on_memo_pane_closed(self) -> None:
        self.remove_class("-writing")
        self.leave_memo()

    def on_memo_pane_journaled(self, event: MemoPane.Journaled) -> None:
        self.memo_journaled(event.settled)

    def on_memo_pane_link_wanted(self, event: MemoPane.LinkWanted) -> None:
        with self.refusals():
            quotes = {each.quote: each for each in self.linkable()}
            if len(quotes) == 1:
                event.pane.insert_link(next(iter(quotes)))
                return
            options = [(quote, f"{quote} · {each.code_name} · «{each.text[:60]}»") for quote, each in quotes.items()]
            self.ask(ChooseDialog(_("Lenke til hvilket sitat?"), options), event.pane.insert_link)


def outcome_words(settled: Settled) -> str:
    """What became of a memo, for the status line."""
    words = {
        "unchanged": "",
        "added": _("Memoet er lagret. u angrer."),
        "changed": _("Memoet er lagret. u angrer."),
        "removed": _("Memoet er slettet. u angrer."),
        "beside": _("Memoet var endret et annet sted; det du skrev, er blitt et memo ved siden av."),
    }
    return words[settled.outcome]

"""A memo being written beside what it is about; saved while it is written, and one step of undo when it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services import drafts, memos
from workbench.services.drafts import Draft, Settled
from workbench.store.project import Project
from workbench.tui.transcript.display import safe_line

SAVE_AFTER = 1.0
"""Seconds from the first key that is not yet on the disk until it is."""
REST = 300.0
"""Seconds without a key before what is written is journaled though the pane stands open."""


class MemoPane(Vertical):
    """An editor that stands open while the reader goes back and forth between it and the text.

    What is written since the keys came here until they leave is one step of undo.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Til teksten"), tooltip=_("Tilbake til teksten; memoet står åpent"), id="memo.leave"),
        Binding("ctrl+l", "link", _("Lenke"), tooltip=_("Sett inn id-en til sitatet ved markøren i teksten"),
                id="memo.link"),
        Binding("ctrl+r", "private", _("Privat"), tooltip=_("Vis memoet bare for deg, eller for alle"),
                id="memo.private"),
        Binding("ctrl+g,ctrl+s", "close", _("Lagre og lukk"), tooltip=_("Lagre memoet og lukk det"), id="memo.close"),
    ]  # fmt: skip
    SCOPED_CSS = False
    DEFAULT_CSS = """
    MemoPane { display: none; width: 1fr; height: 1fr; border-top: solid $secondary; padding: 0 1; }
    MemoPane.-open { display: block; }
    MemoPane > .about { height: auto; max-height: 2; text-style: bold; }
    MemoPane > .state { height: 1; color: $text-muted; }
    MemoPane > TextArea { height: 1fr; }
    .-wide MemoPane, .-vast MemoPane { width: 46; border-top: none; border-left: solid $secondary; }
    .-wide #middle.-paired MemoPane { width: 1fr; border-top: solid $secondary; border-left: none; }
    """

    @dataclass
    class Left(Message):
        """The writer wants to go on with something else; the pane stands open."""

        pane: MemoPane

    @dataclass
    class LinkWanted(Message):
        """The writer wants a quote's id at the caret; `insert_link` gives it."""

        pane: MemoPane

    @dataclass
    class Journaled(Message):
        """What was written has become a memo, or none."""

        settled: Settled

    @dataclass
    class Closed(Message):
        pane: MemoPane

    def __init__(self, project: Project) -> None:
        super().__init__(id="memo")
        self._project = project
        self._about = Static("", classes="about", markup=False)
        self._state = Static("", classes="state", markup=False)
        self._area = TextArea("", id="memo-text", soft_wrap=True, show_line_numbers=False, compact=True)
        self._words = ""
        """What the memo is on."""
        self._kept = ""
        """The text as it is on the disk."""
        self._saving: Timer | None = None
        self._resting: Timer | None = None
        self.draft: Draft | None = None
        """What is being written; None when the pane is closed."""

    def compose(self) -> ComposeResult:
        yield self._about
        yield self._area
        yield self._state

    # -- opening and closing

    def open(self, draft: Draft, words: str) -> None:
        """Show a draft and take the keys; what was open before is saved. `words` say what it is on."""
        self.settle()
        self.draft, self._words, self._kept = draft, words, draft.text
        self._area.load_text(draft.text)
        self._area.move_cursor(self._area.document.end)
        self.add_class("-open")
        self._show_about()
        self._tell("")
        self._area.focus()

    def action_close(self) -> None:
        """Save and go away."""
        if self.settle():
            self.draft = None
            self.remove_class("-open")
            self.post_message(self.Closed(self))

    def action_leave(self) -> None:
        self.post_message(self.Left(self))

    def take_keys(self) -> None:
        """Go back to writing."""
        self._area.focus()

    @property
    def has_keys(self) -> bool:
        return self._area.has_focus

    def follow(self) -> None:
        """Show what the memo now says, if an undo or another program has changed it and nothing unsaved stands here."""
        if self.draft is None or self._area.text.strip() != self.draft.before.strip() or not self.draft.before:
            return
        current = next((each for each in memos.list_memos(self._project) if each.id == self.draft.memo), None)
        if current is None:
            self.draft = None
            self.remove_class("-open")
            self.post_message(self.Closed(self))
        elif (current.text, current.private) != (self.draft.before, self.draft.private):
            self.draft, self._kept = drafts.resume(current), current.text
            self._area.load_text(current.text)
            self._show_about()

    # -- saving

    @on(TextArea.Changed)
    def _written(self) -> None:
        if self.draft is None or self._area.text == self._kept:
            return
        if self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self._save_now)
            self._tell(_("skriver …"))
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self.settle)

    def _save_now(self) -> None:
        self._saving = None
        self.keep()

    def keep(self) -> bool:
        """Put what is written on the disk, if it is not there; False when that was refused."""
        if self.draft is None or self._area.text == self._kept:
            return True
        text = self._area.text
        try:
            drafts.keep(self._project, replace(self.draft, text=text))
        except Refusal as error:
            self._refused(error)
            return False
        self._kept = text
        self._tell(_("✓ lagret"))
        return True

    def settle(self) -> bool:
        """Let what is written become the memo, as one step of undo; False when that was refused and it is only kept."""
        for timer in (self._saving, self._resting):
            if timer is not None:
                timer.stop()
        self._saving = self._resting = None
        if self.draft is None:
            return True
        text = self._area.text
        if text == self._kept == self.draft.before:
            return True
        try:
            settled = drafts.settle(self._project, replace(self.draft, text=text))
        except Refusal as error:
            self._refused(error)
            return False
        self._kept = text
        if settled.memo is not None:
            self.draft = replace(drafts.resume(settled.memo), text=text)
        else:
            # Its words were taken away; what is written next is a new memo on the same.
            self.draft = replace(self.draft, memo=new_id(), before="", text=text)
        if settled.outcome != "unchanged":
            self._tell(_("✓ lagret"))
            self.post_message(self.Journaled(settled))
        return True

    def _refused(self, error: Refusal) -> None:
        self._tell(_("IKKE LAGRET"))
        self.notify(safe_line(str(error)), severity="warning", markup=False)
        self._saving = self.set_timer(SAVE_AFTER * 5, self._save_now)

    # -- writing

    def action_link(self) -> None:
        self.post_message(self.LinkWanted(self))

    def insert_link(self, quote: str) -> None:
        row, column = self._area.cursor_location
        before = self._area.document.get_line(row)[:column]
        self._area.insert(f" [[{quote}]]" if before and not before[-1].isspace() else f"[[{quote}]]")
        self._area.focus()

    def action_private(self) -> None:
        """Private or shared; what was never shared does not become so on the way."""
        if self.draft is None:
            return
        wanted = not self.draft.private
        try:
            if self.draft.before:
                self.settle()
                memos.change_memo(self._project, self.draft.memo, private=wanted)
            elif self._area.text.strip():
                drafts.keep(self._project, replace(self.draft, text=self._area.text, private=wanted))
        except Refusal as error:
            self._refused(error)
            return
        self.draft = replace(self.draft, private=wanted)
        self._show_about()
        self._tell(_("Vises bare for deg, men ligger i prosjektfilen.") if self.draft.private else _("Vises for alle."))

    def _show_about(self) -> None:
        if self.draft is None:
            return
        private = _("PRIVAT") if self.draft.private else ""
        self._about.update(Text(" · ".join(filter(None, (self._title(self.draft), private)))))

    def _title(self, draft: Draft) -> str:
        if draft.kind == "diary":
            return _("Dagbok {day}").format(day=draft.day)
        if draft.kind == "condensate":
            return f"{memos.condensate_words()}: {safe_line(self._words)}"
        return _("Memo på {what}").format(what=safe_line(self._words))

    def _tell(self, state: str) -> None:
        self._state.update(Text(state, no_wrap=True), layout=False)

"""The transcript view as the coding screen has it: after a coding, choosing starts anew."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.tui.transcript.document import Mark, Span
from workbench.tui.transcript.movement import Unit, next_character
from workbench.tui.transcript.view import TranscriptView


class CodingView(TranscriptView):
    """Keeps the selection after a coding, for one more code on the same words.

    The next `s`, `w` or `t` takes the unit after it instead of growing what is coded already.
    """

    DEFAULT_CSS = """
    CodingView.-paired { border-top: solid $panel; border-title-color: $text-muted; }
    CodingView.-paired:focus { border-top: solid $primary; border-title-color: $text; border-title-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._settled: Span | None = None
        self.peer: CodingView | None = None
        """The view beside this one; where both show one document, it repaints what is changed here."""

    def settle(self) -> None:
        """The selection has been coded."""
        self._settled = self.selection

    def keep_caret_in_sight(self) -> None:
        """Scroll to the caret, if something beside the text has taken its place; otherwise nothing moves."""
        self._reveal(centre=False, lines_around=0)

    @property
    def selection_anchor(self) -> int | None:
        """The end of the selection where the caret is not; None when nothing is chosen."""
        return None if self.selection is None else self._anchor

    def show_from(self, offset: int) -> None:
        """Scroll so that the line that holds `offset` is the first in sight."""
        self._top, self._centre_wanted = offset, False
        if self._picture is not None:
            self.scroll_to(y=self._picture.layout.line_of(offset), animate=False, force=True)

    def restore(self, caret: int, anchor: int | None, top: int | None) -> None:
        """Put caret, selection and scrolling back as they were."""
        self.marking = False
        self._place(caret, anchor, reveal=top is None)
        if top is not None:
            self.show_from(top)

    # -- marks that two views may share

    def repaint(self, start: int | None = None, end: int | None = None) -> None:
        """Paint the lines of a span anew, or all of them: the marks were changed in the document, not through the view."""
        if start is None or end is None:
            self._repaint_all()
        else:
            self._repaint(start, end)

    def add_mark(self, mark: Mark) -> None:
        super().add_mark(mark)
        self._tell_peer(mark)

    def remove_mark(self, mark_id: str) -> Mark:
        removed = super().remove_mark(mark_id)
        self._tell_peer(removed)
        return removed

    def update_mark(self, mark: Mark) -> None:
        old = self.document.get(mark.id)
        super().update_mark(mark)
        if old is not None:
            self._tell_peer(old)
        self._tell_peer(mark)

    def replace_marks(self, marks: Iterable[Mark]) -> None:
        super().replace_marks(marks)
        if self.peer is not None and self.peer.document is self.document:
            self.peer.repaint()

    def _tell_peer(self, mark: Mark) -> None:
        if self.peer is not None and self.peer.document is self.document:
            self.peer.repaint(mark.start, mark.end)

    def action_grow(self, unit: Unit) -> None:
        settled, self._settled = self._settled, None
        if settled is None or settled != self.selection:
            super().action_grow(unit)
            return
        text, after = self.document.text, settled[1]
        while after < len(text) and text[after].isspace():
            after += 1
        self.move_to(min(after, len(text)) if after < len(text) else next_character(text, settled[1]))
        super().action_grow(unit)

"""The transcript view as the coding screen has it: after a coding, choosing starts anew."""

from __future__ import annotations

from workbench.tui.transcript.document import Span
from workbench.tui.transcript.movement import Unit, next_character
from workbench.tui.transcript.view import TranscriptView


class CodingView(TranscriptView):
    """Keeps the selection after a coding, for one more code on the same words.

    The next `s`, `w` or `t` takes the unit after it instead of growing what is coded already.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._settled: Span | None = None

    def settle(self) -> None:
        """The selection has been coded."""
        self._settled = self.selection

    def keep_caret_in_sight(self) -> None:
        """Scroll to the caret, if something beside the text has taken its place."""
        self._reveal(centre=False)

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

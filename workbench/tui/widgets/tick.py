"""A box to tick, whose state is seen without colours."""

from __future__ import annotations

from textual.content import ContentText
from textual.widgets import Checkbox

from workbench.tui.transcript.display import safe


class Tick(Checkbox):
    """A checkbox that is empty when it is off; Textual's own differs in colour alone."""

    BUTTON_LEFT = "["
    BUTTON_RIGHT = "]"

    def __init__(self, label: ContentText, value: bool = False, *, id: str | None = None) -> None:
        super().__init__(safe(label) if isinstance(label, str) else label, value, id=id, compact=True)
        self.BUTTON_INNER = "x" if value else " "

    def watch_value(self) -> None:
        self.BUTTON_INNER = "x" if self.value else " "
        super().watch_value()

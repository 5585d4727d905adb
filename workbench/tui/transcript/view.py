"""The transcript view: the canvas with keys, mouse and messages.

The view shows and chooses; it codes nothing. Its ancestors hear of the caret, the selection and clicks by messages, and
change marks by `add_mark`, `remove_mark` and `update_mark`, none of which lays anything out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer

from workbench.tui.transcript import movement
from workbench.tui.transcript.canvas import TranscriptCanvas
from workbench.tui.transcript.document import DocumentModel, Span
from workbench.tui.transcript.keys import CHOICES, MOVEMENTS
from workbench.tui.transcript.movement import Step, Unit, Viewpoint

SCROLL_EVERY = 0.05
"""Seconds between the steps in which the view scrolls while the mouse is held outside it."""


class TranscriptView(TranscriptCanvas, can_focus=True):
    """Text, marks, caret and selection of one source, moved by keyboard and mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVEMENTS, *CHOICES]

    marking: var[bool] = var(False)
    """Mark mode: every movement takes the selection along."""

    @dataclass
    class CaretMoved(Message):
        """The caret stands somewhere else; only the newest counts."""

        view: TranscriptView
        offset: int
        """Code points from the beginning of the stored text."""

        @property
        def control(self) -> TranscriptView:
            return self.view

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, TranscriptView.CaretMoved) and message.view is self.view

    @dataclass
    class SelectionChanged(Message):
        """Other text is chosen, or none (both ends None); only the newest counts."""

        view: TranscriptView
        start: int | None
        end: int | None
        """Half-open code-point offsets in the stored text."""

        @property
        def control(self) -> TranscriptView:
            return self.view

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, TranscriptView.SelectionChanged) and message.view is self.view

    @dataclass
    class Clicked(Message):
        """The mouse was pressed and released at one place, where the caret now stands."""

        view: TranscriptView
        offset: int
        """Code points from the beginning of the stored text."""

        @property
        def control(self) -> TranscriptView:
            return self.view

    def __init__(
        self,
        model: DocumentModel | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(model, name=name, id=id, classes=classes, disabled=disabled)
        self._goal: int | None = None
        self._drag_from: Span | None = None
        self._dragged = False
        self._pointer = Offset(0, 0)
        self._scroller: Timer | None = None

    # -- caret and selection

    def load(self, model: DocumentModel, *, caret: int = 0) -> None:
        """Show another document, with the caret at `caret` in the middle of the view. Posts no message."""
        self._end_drag()
        self.marking = False
        self._goal = None
        super().load(model, caret=caret)

    def move_to(self, offset: int, centre: bool = False) -> None:
        """Put the caret at `offset`, let go of any selection, and scroll it into sight.

        Args:
            offset: clamped to the text and to a grapheme border.
            centre: scroll so that the caret is in the middle, even if it was in sight.
        """
        self.marking = False
        self._place(movement.snap(self._model.text, offset), None, centre=centre)

    def select(self, start: int, end: int, *, centre: bool = False, reveal: bool = True) -> None:
        """Choose the text from `start` to `end`, grown to whole characters, with the caret at its end."""
        text = self._model.text
        anchor, caret = movement.snap(text, start), movement.snap(text, end, forward=True)
        self._place(caret, anchor, centre=centre, reveal=reveal)

    def clear_selection(self) -> None:
        """Let go of the selection and of mark mode; the caret stays."""
        self.marking = False
        self._place(self._caret, None, reveal=False)

    def action_go(self, step: Step, direction: int, extend: bool = False) -> None:
        """Move the caret; the selection comes along if asked for or in mark mode."""
        if self._picture is None:
            return
        layout, selection = self._picture.layout, self.selection
        extend = extend or self.marking
        goal = None
        if step in ("line", "page"):
            goal = layout.cell_of(self._caret)[1] if self._goal is None else self._goal
        if selection is not None and not extend and step == "character":
            target = selection[1] if direction > 0 else selection[0]
        else:
            view = Viewpoint(layout=layout, page=max(1, self.size.height - 1), goal=goal)
            target = movement.destination(self._model, view, self._caret, step, direction, extending=extend)
        anchor = self._caret if self._anchor is None else self._anchor
        self._place(movement.snap(self._model.text, target), anchor if extend else None)
        self._goal = goal

    def action_grow(self, unit: Unit) -> None:
        """Choose the word, sentence or turn at the caret, or one more when it is chosen already."""
        chosen = movement.grow(self._model, unit, self.selection, self._caret)
        if chosen is not None:
            self.select(*chosen)

    def action_toggle_marking(self) -> None:
        """Begin or end marking freely: while it lasts, every movement takes the selection along."""
        self.marking = not self.marking
        if self.marking and self._anchor is None:
            self._anchor = self._caret

    def action_let_go(self) -> None:
        """Let go of the selection; when there is none, the key goes on to the screen."""
        if self.selection is None and not self.marking:
            raise SkipAction()
        self.clear_selection()

    def _place(self, caret: int, anchor: int | None, *, centre: bool = False, reveal: bool = True) -> None:
        old_caret, old_selection = self._caret, self.selection
        super()._place(caret, anchor, centre=centre, reveal=reveal)
        self._goal = None
        if caret != old_caret:
            self.post_message(self.CaretMoved(self, caret))
        if self.selection != old_selection:
            self.post_message(self.SelectionChanged(self, *(self.selection or (None, None))))

    # -- the mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1 or self._picture is None:
            return
        event.stop()
        self._pointer = event.get_content_offset_capture(self)
        under = self._character_under_pointer()
        self._dragged = False
        self.capture_mouse()
        if event.shift:
            anchor = self._caret if self._anchor is None else self._anchor
            self._drag_from = (anchor, anchor)
            self._drag()
        else:
            self.marking = False
            self._drag_from = under
            line = self.scroll_offset.y + self._pointer.y
            cell = self._pointer.x - self._picture.columns.gutter
            self._place(self._picture.layout.offset_at(line, cell), None, reveal=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._drag_from is None:
            return
        event.stop()
        pointer = event.get_content_offset_capture(self)
        if pointer == self._pointer:
            return
        self._pointer = pointer
        self._drag()
        outside = not 0 <= pointer.y < self.size.height
        if outside and self._scroller is None:
            self._scroller = self.set_interval(SCROLL_EVERY, self._scroll_on)
        elif not outside:
            self._stop_scrolling()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._drag_from is not None:
            event.stop()
            self._end_drag()

    def on_mouse_release(self) -> None:
        self._end_drag()

    def on_blur(self) -> None:
        self._end_drag()

    def on_click(self, event: events.Click) -> None:
        """One click tells where; two choose the word, three the sentence, four the turn."""
        if event.button != 1:
            return
        event.stop()
        if self._dragged:
            return
        if event.chain == 1:
            self.post_message(self.Clicked(self, self._caret))
            return
        unit: Unit = "word" if event.chain == 2 else "sentence" if event.chain == 3 else "turn"
        chosen = movement.grow(self._model, unit, None, self._caret)
        if chosen is not None:
            self.select(*chosen, reveal=False)

    def on_paste(self, event: events.Paste) -> None:
        """Nothing here takes pasted text; it must not reach anything that might code by it."""
        event.stop()

    def _character_under_pointer(self) -> Span:
        """The character under the pointer, or the nearest in sight; empty where there is no text."""
        assert self._picture is not None
        y = min(max(self._pointer.y, 0), self.size.height - 1)
        line = self.scroll_offset.y + y
        if line >= len(self._picture.layout):
            end = len(self._model.text)
            return end, end
        return self._picture.layout.character_at(line, self._pointer.x - self._picture.columns.gutter)

    def _drag(self) -> None:
        """Stretch the selection from where the mouse was pressed to where it is, both characters included."""
        if self._drag_from is None:
            return
        self._dragged = True
        pressed, under = self._drag_from, self._character_under_pointer()
        if under[0] >= pressed[0]:
            self._place(max(pressed[1], under[1]), pressed[0], reveal=False)
        else:
            self._place(under[0], pressed[1], reveal=False)

    def _scroll_on(self) -> None:
        """Scroll towards the pointer, faster the farther it is outside."""
        below = self._pointer.y - self.size.height + 1
        lines = min(below, 8) if below > 0 else max(self._pointer.y, -8)
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True)
        self._drag()

    def _stop_scrolling(self) -> None:
        if self._scroller is not None:
            self._scroller.stop()
            self._scroller = None

    def _end_drag(self) -> None:
        self._stop_scrolling()
        if self._drag_from is not None:
            self._drag_from = None
            self.release_mouse()

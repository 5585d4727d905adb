"""The canvas of a transcript: lays the text out, paints it, and repaints only what a change touches.

It takes no keys and no mouse; `view.TranscriptView` does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.tui.transcript.document import DocumentModel, Mark, Span
from workbench.tui.transcript.layout import Columns, Layout, columns_for
from workbench.tui.transcript.movement import snap
from workbench.tui.transcript.paint import Overlay, Picture, paint_line
from workbench.tui.transcript.palette import Palette
from workbench.tui.transcript.weave import Thread, Weave

STRIPS_KEPT = 1024
"""Painted lines that are remembered: some twenty screens."""
LINES_AROUND = 2
"""Lines kept in sight above and below the caret."""


class TranscriptCanvas(ScrollView, inherit_bindings=False):
    """A source's text with marks, search hits, a caret and a selection."""

    # Textual's own selection by mouse would compete with ours, and knows nothing of offsets in the stored text.
    ALLOW_SELECT = False
    ALLOW_MAXIMIZE = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--numbers",
        "transcript--selection",
        "transcript--caret",
    }
    DEFAULT_CSS = """
    TranscriptCanvas {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
    }
    TranscriptCanvas > .transcript--numbers {
        color: $foreground 65%;
    }
    TranscriptCanvas > .transcript--selection {
        color: $background;
        background: $primary;
    }
    TranscriptCanvas > .transcript--caret {
        color: $background;
        background: $foreground;
    }
    """

    def __init__(
        self,
        model: DocumentModel | None = None,
        *,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._model = DocumentModel("") if model is None else model
        self._caret = 0
        self._anchor: int | None = None
        self._hits: list[Span] = []
        self._weave = Weave(())
        self._picture: Picture | None = None
        self._palette_stale = False
        self._strips: LRUCache[int, tuple[Overlay, Strip]] = LRUCache(STRIPS_KEPT)
        self._top = 0
        self._height = 0
        self._centre_wanted = False
        self._laying_out = False

    # -- what it shows

    @property
    def document(self) -> DocumentModel:
        """The document on show. Change its marks through the view, or the screen will not know."""
        return self._model

    @property
    def columns(self) -> Columns | None:
        """How the width is divided now; None before the view has a size."""
        return self._picture.columns if self._picture else None

    @property
    def caret(self) -> int:
        """Where the caret stands: an offset in the stored text, its length included."""
        return self._caret

    @property
    def selection(self) -> Span | None:
        """The chosen text as half-open offsets, or None; never empty."""
        if self._anchor is None or self._anchor == self._caret:
            return None
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    @property
    def top(self) -> int:
        """The offset that the first line in sight begins at."""
        return self._top

    def load(self, model: DocumentModel, *, caret: int = 0) -> None:
        """Show another document, with the caret at `caret` in the middle of the view. Posts no message."""
        self._model = model
        self._caret = snap(model.text, caret)
        self._anchor = None
        self._hits = []
        self._weave = Weave(())
        self._picture = None
        self._top = 0
        self._centre_wanted = True
        self._lay_out()

    def add_mark(self, mark: Mark) -> None:
        """Lay a mark over the text and repaint its lines."""
        self._model.add(mark)
        self._repaint(mark.start, mark.end)

    def remove_mark(self, mark_id: str) -> Mark:
        """Take a mark away, repaint its lines and give it back.

        Raises:
            KeyError: when there is no such mark.
        """
        mark = self._model.remove(mark_id)
        self._repaint(mark.start, mark.end)
        return mark

    def update_mark(self, mark: Mark) -> None:
        """Give a mark other bounds or another look, and repaint the lines it leaves and those it comes to.

        Raises:
            KeyError: when there is no mark with this id.
        """
        old = self._model.update(mark)
        self._repaint(old.start, old.end)
        self._repaint(mark.start, mark.end)

    def replace_marks(self, marks: Iterable[Mark]) -> None:
        """Show other marks over the same text, as when the coders on show are changed."""
        self._model.replace_marks(marks)
        self._repaint_all()

    def set_weave(self, threads: Iterable[Thread]) -> None:
        """Give these stretches a look of their own on top of what lies over them; an empty iterable takes it away."""
        self._weave = Weave(threads)
        self._repaint_all()

    def patch_weave(self, start: int, end: int, threads: Iterable[Thread]) -> None:
        """Give other looks to what lies in `start..end`, and paint its lines anew."""
        self._weave = self._weave.patched(start, end, threads)
        self._repaint(start, end)

    @property
    def search_hits(self) -> list[Span]:
        """The stretches that are marked as found, in order."""
        return list(self._hits)

    def set_search_hits(self, spans: Iterable[Span]) -> None:
        """Underline these stretches in bold; an empty iterable takes them away."""
        self._hits = _united(spans)
        self._repaint_all()

    # -- caret and selection

    def _place(self, caret: int, anchor: int | None, *, centre: bool = False, reveal: bool = True) -> None:
        """Put the caret and the selection somewhere, and ask for the lines where either was or is."""
        old_caret, old_selection = self._caret, self.selection
        self._caret, self._anchor = caret, anchor
        for start, end in _differences(old_selection, self.selection):
            self._refresh_span(start, end)
        self._refresh_span(old_caret, old_caret + 1)
        self._refresh_span(caret, caret + 1)
        if reveal:
            self._reveal(centre=centre)

    def _reveal(self, *, centre: bool, lines_around: int = LINES_AROUND) -> None:
        """Scroll so that the caret is seen, with some lines around it."""
        if self._picture is None:
            self._centre_wanted = True
            return
        line, cell = self._picture.layout.cell_of(self._caret)
        height, top = self.size.height, self.scroll_offset.y
        around = min(lines_around, max(0, (height - 1) // 2))
        target = line - height // 2 if centre else min(max(top, line + around - height + 1), line - around)
        target = min(max(target, 0), max(0, len(self._picture.layout) - height))
        if target != top:
            self.scroll_to(y=target, animate=False, force=True)
        # Screen magnifiers and input methods follow the terminal's own cursor, hidden though it is.
        if self.has_focus:
            place = Offset(self._picture.columns.gutter + cell, line - target)
            self.app.cursor_position = self.content_region.offset + place

    # -- laying out

    def on_resize(self) -> None:
        seen = self._caret_in_sight(self._height)
        self._height = self.size.height
        self._lay_out()
        if seen and not self._caret_in_sight(self._height):
            self._reveal(centre=False)

    def _caret_in_sight(self, height: int) -> bool:
        """Whether the caret is within this many lines from the top of the view."""
        if self._picture is None:
            return False
        layout = self._picture.layout
        return 0 <= layout.line_of(self._caret) - layout.line_of(self._top) < height

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        # While the width is changing, the scroll position says nothing about where the reader was.
        if self._picture and not self._laying_out and self._picture.columns == self._columns_now():
            self._top = self._picture.layout.starts[min(round(new_value), len(self._picture.layout) - 1)]

    def _columns_now(self) -> Columns:
        return columns_for(self.scrollable_content_region.width, len(self._model.line_starts))

    def _lay_out(self) -> None:
        """Lay the text out for the width there is, and keep the text at the top of the view where it was."""
        if not self.scrollable_content_region.width:
            return
        columns = self._columns_now()
        if self._picture is None or self._picture.columns != columns:
            layout = Layout(self._model, columns.text)
            self._picture = Picture(model=self._model, layout=layout, columns=columns, palette=self._palette())
            self._laying_out = True
            self._repaint_all()
            self.virtual_size = Size(columns.width, len(layout))
            self.scroll_to(y=layout.line_of(self._top), animate=False, force=True)
            self._laying_out = False
        if self._centre_wanted:
            self._centre_wanted = False
            self._reveal(centre=True)

    # -- painting

    def render_line(self, y: int) -> Strip:
        """The strip at `y` in the view; the same document, caret and selection always give the same strip."""
        self._renew_palette()
        picture, line = self._picture, y + self.scroll_offset.y
        if picture is None or line >= len(picture.layout):
            return Strip.blank(self.size.width, self.rich_style)
        overlay = self._overlay(picture.layout, line)
        kept = self._strips.get(line)
        if kept is not None and kept[0] == overlay:
            return kept[1]
        strip = paint_line(picture, line, overlay, self._hits_in(*picture.layout.span(line)))
        strip = self._weave.over(strip, picture, line)
        self._strips[line] = (overlay, strip)
        return strip

    def _renew_palette(self) -> None:
        """Follow a change of theme; a change of focus alone leaves the painted lines as they are."""
        if not self._palette_stale or self._picture is None:
            return
        self._palette_stale = False
        palette = self._palette()
        if palette != self._picture.palette:
            self._picture = replace(self._picture, palette=palette)
            self._strips.clear()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._palette_stale = True

    def _palette(self) -> Palette:
        return Palette(
            text=self.rich_style,
            numbers=self.get_component_rich_style("transcript--numbers"),
            selection=self.get_component_rich_style("transcript--selection"),
            caret=self.get_component_rich_style("transcript--caret"),
            colours=not self.app.no_color,
        )

    def _overlay(self, layout: Layout, line: int) -> Overlay:
        start, end = layout.span(line)
        selection = self.selection
        if selection is not None:
            clipped = max(selection[0], start), min(selection[1], end)
            selection = clipped if clipped[0] < clipped[1] else None
        if layout.line_of(self._caret) == line:
            return Overlay(caret=self._caret, selection=selection, focused=self.has_focus)
        return Overlay(selection=selection)

    def _hits_in(self, start: int, end: int) -> Sequence[Span]:
        first = bisect_left(self._hits, (start, start))
        if first and self._hits[first - 1][1] > start:
            first -= 1
        return self._hits[first : bisect_left(self._hits, (end, end))]

    def _repaint(self, start: int, end: int) -> None:
        """Paint the lines of a span anew, and no others."""
        if self._picture is None:
            return
        layout = self._picture.layout
        first, last = layout.line_of(start), layout.line_of(max(start, end - 1))
        kept = self._strips.keys()
        for line in [line for line in kept if first <= line <= last]:
            self._strips.discard(line)
        self._refresh_span(start, end)

    def _repaint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _refresh_span(self, start: int, end: int) -> None:
        """Ask for the lines in sight that hold a span."""
        if self._picture is None:
            return
        layout, top = self._picture.layout, self.scroll_offset.y
        first = max(layout.line_of(start), top)
        last = min(layout.line_of(max(start, end - 1)), top + self.size.height - 1)
        if first <= last:
            self.refresh(Region(0, first - top, self.size.width, last - first + 1))


def _differences(one: Span | None, other: Span | None) -> list[Span]:
    """Spans that lie in one of two spans and not in the other, or a little more."""
    if one == other:
        return []
    if one is None or other is None or one[1] <= other[0] or other[1] <= one[0]:
        return [span for span in (one, other) if span is not None]
    pairs = ((min(one[0], other[0]), max(one[0], other[0])), (min(one[1], other[1]), max(one[1], other[1])))
    return [(start, end) for start, end in pairs if start < end]


def _united(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one, empty ones left out."""
    united: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united

"""A list that draws only the rows that are seen, so that a hundred thousand excerpts cost no more than ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Draw = Callable[[int, int], Sequence[Text]]
"""Lines of a row: called with its index and the width in cells. Missing lines are blank."""


class Rows(ScrollView, can_focus=True):
    """Rows of equal height with a cursor; what they say comes from a function."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", _("Opp"), show=False, id="rows.up"),
        Binding("down", "step(1)", _("Ned"), show=False, id="rows.down"),
        Binding("pageup", "page(-1)", _("Én side opp"), show=False, id="rows.page_up"),
        Binding("pagedown", "page(1)", _("Én side ned"), show=False, id="rows.page_down"),
        Binding("home", "step(-1000000000)", _("Til begynnelsen"), show=False, id="rows.first"),
        Binding("end", "step(1000000000)", _("Til slutten"), show=False, id="rows.last"),
        Binding("enter", "choose", _("Velg"), show=False, id="rows.choose"),
    ]
    DEFAULT_CSS = """
    Rows { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row."""

        rows: Rows
        index: int

        @property
        def control(self) -> Rows:
            return self.rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Highlighted) and message.rows is self.rows

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a row, or it was clicked (twice, in a list that is not eager)."""

        rows: Rows
        index: int

        @property
        def control(self) -> Rows:
            return self.rows

    def __init__(
        self,
        *,
        row_lines: int = 1,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._row_lines = row_lines
        self.eager = True
        """A click chooses; otherwise it only moves the cursor, and a double click chooses."""
        self.led = False
        """Another widget has the keys and moves the cursor, which is then drawn as if the list had them."""
        self._count = 0
        self._draw: Draw = lambda _index, _width: ()
        self._cursor = 0

    def set_rows(self, count: int, draw: Draw, *, cursor: int | None = None) -> None:
        """Show other rows; the cursor stays where it is unless told otherwise."""
        self._count, self._draw = count, draw
        self._cursor = min(max(self._cursor if cursor is None else cursor, 0), max(count - 1, 0))
        self.virtual_size = Size(self.size.width, count * self._row_lines)
        self.refresh()
        if self.is_mounted:
            self.call_after_refresh(self._reveal)

    @property
    def count(self) -> int:
        return self._count

    @property
    def cursor(self) -> int | None:
        """Index of the row the cursor stands on; None when there are no rows."""
        return self._cursor if self._count else None

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and scroll it into sight."""
        if not self._count:
            return
        old, self._cursor = self._cursor, min(max(index, 0), self._count - 1)
        if old != self._cursor:
            self.refresh_row(old)
            self.refresh_row(self._cursor)
            self.post_message(self.Highlighted(self, self._cursor))
        self._reveal()

    def refresh_row(self, index: int) -> None:
        """Draw one row again."""
        y = index * self._row_lines - self.scroll_offset.y
        self.refresh(Region(0, y, self.size.width, self._row_lines))

    def action_step(self, rows: int) -> None:
        self.move_to(self._cursor + rows)

    def action_page(self, direction: int) -> None:
        self.move_to(self._cursor + direction * max(1, self.size.height // self._row_lines - 1))

    def action_choose(self) -> None:
        if self._count:
            self.post_message(self.Chosen(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        index = (self.scroll_offset.y + event.get_content_offset_capture(self).y) // self._row_lines
        if 0 <= index < self._count:
            self.move_to(index)
            if self.eager or event.chain > 1:
                self.action_choose()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._count * self._row_lines)
        self._reveal()

    def on_focus(self) -> None:
        self.refresh_row(self._cursor)

    def on_blur(self) -> None:
        self.refresh_row(self._cursor)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        index, line = divmod(y + self.scroll_offset.y, self._row_lines)
        base = self.rich_style
        if index >= self._count:
            return Strip.blank(width, base)
        lines = self._draw(index, width)
        text = lines[line].copy() if line < len(lines) else Text()
        text.no_wrap = True
        text.truncate(width, overflow="ellipsis", pad=True)
        strip = Strip(list(text.render(self.app.console)), width).apply_style(base)
        if index == self._cursor:
            # Reversing is seen without colours too; an underline tells where the cursor rests while keys go elsewhere.
            look = (
                Style(reverse=True)
                if self.has_focus or self.led
                else Style(underline=line == self._row_lines - 1, bold=True)
            )
            strip = Strip([type(segment)(segment.text, (segment.style or base) + look) for segment in strip], width)
        return strip

    def _reveal(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        first = self._cursor * self._row_lines
        target = min(max(top, first + self._row_lines - height), first)
        if target != top and height:
            self.scroll_to(y=target, animate=False, force=True)

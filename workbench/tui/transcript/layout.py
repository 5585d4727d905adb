"""Where the lines break: a text laid out in a column of a given number of cells.

Nothing here knows of marks or colours. A layout is made anew only when the width changes.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from dataclasses import dataclass

import regex

from workbench.tui.transcript.display import TAB_CELLS, WIDEST_CLUSTER, Glyphs, cluster_shown, draw, is_plain
from workbench.tui.transcript.document import DocumentModel, Span

_cluster = regex.compile(r"\X")
NARROWEST = WIDEST_CLUSTER
"""Cells that the text column never goes below, however narrow the widget is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """How a line of the screen is divided, in cells: line numbers, text, stripes, initials."""

    numbers: int
    """Digits of the line numbers; one blank follows."""
    text: int
    """Cells for text; one more follows for the caret at the end of a full line."""
    lanes: int
    """Stripes that can be shown beside one another; a blank stands before them and one after. 0 leaves them out."""
    initials: int
    """Cells for the initials of codes."""

    @property
    def gutter(self) -> int:
        """Cells before the text."""
        return self.numbers + 1

    @property
    def margin(self) -> int:
        """Cells after the text and its spare cell."""
        return self.lanes + self.initials + 2 if self.lanes else 0

    @property
    def width(self) -> int:
        return self.gutter + self.text + 1 + self.margin


_MARGINS = ((40, (0, 0)), (56, (4, 5)), (90, (4, 8)), (120, (6, 11)), (math.inf, (10, 14)))
"""(lanes, cells for initials) of widgets narrower than so many cells."""


def columns_for(width: int, lines: int) -> Columns:
    """The division of a widget `width` cells wide, over a text of `lines` lines.

    It depends on nothing else: a new coding must never move the text.
    """
    numbers = max(3, len(str(lines)))
    lanes, initials = next(room for below, room in _MARGINS if width < below)
    margin = lanes + initials + 2 if lanes else 0
    return Columns(numbers=numbers, text=max(NARROWEST, width - numbers - 2 - margin), lanes=lanes, initials=initials)


class Layout:
    """The visual lines of a document at one width.

    A visual line holds the code points from its start to the start of the next, line break and hanging blanks
    included, so every offset of the text lies in exactly one line. What is drawn of it never exceeds `width` cells.

    Args:
        model: the document; only its text and the beginnings of its lines are used.
        width: cells for text.
    """

    __slots__ = ("starts", "text", "width")

    def __init__(self, model: DocumentModel, width: int) -> None:
        self.text = model.text
        self.width = max(NARROWEST, width)
        self.starts = wrap(model.text, model.line_starts, self.width)

    def __len__(self) -> int:
        """How many visual lines there are; at least one."""
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """The visual line, from 0, that holds `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, line: int) -> Span:
        """All code points of a visual line, line break and hanging blanks included."""
        return self.starts[line], self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def content(self, line: int) -> Span:
        """The code points of a visual line without its line break."""
        start, end = self.span(line)
        return start, end - 1 if end > start and self.text[end - 1] == "\n" else end

    def glyphs(self, line: int) -> Glyphs:
        """The drawing of a visual line; hanging blanks may reach past the width."""
        start, end = self.content(line)
        return draw(self.text[start:end])

    def cell_of(self, offset: int) -> tuple[int, int]:
        """The visual line and the cell at which `offset` is drawn; the spare cell where it hangs past the width."""
        line = self.line_of(offset)
        start, end = self.content(line)
        return line, min(draw(self.text[start:end]).cell_at(offset - start), self.width)

    def offset_at(self, line: int, cell: int) -> int:
        """The offset drawn at a cell of a visual line; a cell past the text gives the last place of that line.

        Args:
            line: clamped to the lines there are.
            cell: from the left edge of the text.
        """
        line = min(max(line, 0), len(self.starts) - 1)
        start = self.starts[line]
        glyphs = self.glyphs(line)
        index = min(glyphs.index_at(cell), glyphs.fitting(self.width))
        if start + index == self.span(line)[1] and index > 0 and line + 1 < len(self.starts):
            index = glyphs.floor(index - 1)
        return start + index

    def character_at(self, line: int, cell: int) -> Span:
        """The character drawn at a cell, as a span; past the text an empty one, after the last that is no blank."""
        line = min(max(line, 0), len(self.starts) - 1)
        start = self.starts[line]
        glyphs = self.glyphs(line)
        if cell >= glyphs.width:
            end = start + len(glyphs.text.rstrip(" \t"))
            return end, end
        index = glyphs.index_at(cell)
        return start + index, start + glyphs.after(index)


def wrap(text: str, line_starts: array[int], width: int) -> array[int]:
    """Where each visual line begins when `text` is broken at blanks into lines of at most `width` cells.

    Blanks at which a line is broken hang at its end and take no room. A word wider than the column is cut.

    Args:
        text: the stored text.
        line_starts: where its lines begin.
        width: cells, at least `NARROWEST`.
    """
    starts = array("q")
    last = len(line_starts) - 1
    for number, start in enumerate(line_starts):
        end = line_starts[number + 1] - 1 if number < last else len(text)
        position: int | None = start
        while position is not None:
            starts.append(position)
            if is_plain(text, position, min(position + width + 2, end)):
                position = _plain_break(text, position, end, width)
            else:
                position = _cluster_break(text, position, end, width)
    return starts


def _plain_break(text: str, start: int, end: int, width: int) -> int | None:
    """Where the next visual line begins when the code points from `start` take one cell each; None at the end."""
    if end - start <= width:
        return None
    cut = text.rfind(" ", start, start + width + 1)
    if cut <= start or (text[start] == " " and text[start:cut].isspace()):
        return start + width
    after = cut + 1
    while after < end and text[after] == " ":
        after += 1
    if after == end:
        return None
    if after > start + width + 1 and not is_plain(text, after, after + 1):
        return _cluster_break(text, start, end, width)
    return after


def _cluster_break(text: str, start: int, end: int, width: int) -> int | None:
    """The same by the widths of grapheme clusters, which are never broken apart."""
    column = 0
    seen_word = False
    after_blank: int | None = None
    for found in _cluster.finditer(text, start, end):
        cluster = found.group()
        blank = cluster == " " or cluster == "\t"
        cells = TAB_CELLS - column % TAB_CELLS if cluster == "\t" else cluster_shown(cluster)[1]
        if blank and seen_word:
            after_blank = found.end()
        elif column + cells > width and found.start() > start:
            return after_blank if after_blank is not None else int(found.start())
        seen_word = seen_word or not blank
        column += cells
    return None

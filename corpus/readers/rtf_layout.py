"""Where Rich Text has headings, and cells and rows of tables: marked before striprtf makes text of it, and found again after.

The marks are characters of the private area, which stand for nothing in any text; each takes the place of a control word or
stands behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from corpus.readers.word_speakers import Marked, Span, heading_level

_CELL, _ROW, _ROW_END, _PLAIN, _HEADINGS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue010"
"""The end of a cell, the beginning and the end of a row, the end of a style; behind the last one, the levels of headings."""
_MARKS = regex.compile("([\ue000-\ue003\ue011-\ue019\n])")
_CONTROLS = regex.compile(
    r"\\\\|\\(?P<cell>(?:nest)?cell)(?![a-z])[ ]?|\\(?P<row>trowd)(?![a-z])[ ]?|\\(?P<end>(?:nest)?row)(?![a-z])[ ]?"
    r"|\\(?P<plain>pard)(?![a-z])[ ]?|\\s(?P<style>\d{1,5})(?!\d)[ ]?"
)
_STYLE = regex.compile(
    r"\{\\s(?P<style>\d{1,5})(?!\d)(?P<controls>(?:\\[a-z]{1,32}-?\d{0,9} ?|\s)*+)(?P<name>[^\\{};]{0,80});\}"
)
_OUTLINE = regex.compile(r"\\outlinelevel([0-8])(?!\d)")


def heading_styles(table: str) -> dict[str, str]:
    """The heading level of each style that is one, by the style's number in the table of styles."""
    found: dict[str, str] = {}
    for match in _STYLE.finditer(table):
        outline = _OUTLINE.search(match["controls"])
        level = heading_level(match["name"]) or (str(int(outline[1]) + 1) if outline else "")
        if level:
            found[match["style"]] = level
    return found


def with_marks(source: str, styles: Mapping[str, str]) -> str:
    """The source with marks at cells, rows, and paragraphs in the heading styles `styles`."""

    def marked(match: regex.Match[str]) -> str:
        whole: str = match.group()
        if match["cell"]:
            return "{" + _CELL + "}"
        if match["row"]:
            return whole + "{" + _ROW + "}"
        if match["end"]:
            return "{" + _ROW_END + "}" + whole
        if match["plain"]:
            return whole + "{" + _PLAIN + "}"
        level = styles.get(match["style"] or "")
        return whole + ("{" + chr(ord(_HEADINGS) + int(level)) + "}" if level else "")

    found: str = _CONTROLS.sub(marked, source)
    return found


@dataclass(slots=True)
class _Layout:
    """A text's pieces as they come, and the headings and tables among them."""

    pieces: list[str] = field(default_factory=list)
    headings: list[tuple[str, Span]] = field(default_factory=list)
    tables: list[list[tuple[Span, ...]]] = field(default_factory=list)
    level: str = ""
    line: int = 0
    """The first piece of the line."""
    row: int | None = None
    """The first piece of the row, where its beginning is marked."""
    cell: int = 0
    cells: list[Span] = field(default_factory=list)
    reached: int = 0
    """The piece behind the last row, from which on another row goes on with the table."""

    def end_cell(self) -> None:
        first = self.cell if self.cells else self.line if self.row is None else self.row
        self.cells.append((first, len(self.pieces)))
        self.pieces.append("\t")
        self.cell = len(self.pieces)

    def end_row(self) -> None:
        if self.cells:
            del self.pieces[self.cells[-1][1] :]
            begin = self.cells[0][0]
            if not self.tables or "".join(self.pieces[self.reached : begin]).strip():
                self.tables.append([])
            self.tables[-1].append(tuple(self.cells))
        self.pieces.append("\n")
        self.reached = self.line = len(self.pieces)
        self.cells, self.row = [], None

    def end_line(self) -> None:
        if self.level and not self.cells and len(self.pieces) > self.line:
            self.headings.append((self.level, (self.line, len(self.pieces))))
        self.pieces.append("\n")
        if not self.cells:
            self.line = len(self.pieces)


def laid_out(text: str) -> tuple[list[str], Marked]:
    """The pieces of a text that has marks, without them: tabs between cells, a line feed after a row."""
    layout = _Layout()
    ended = False
    for number, part in enumerate(_MARKS.split(text)):
        if number % 2 == 0:
            layout.pieces += [part] if part else []
        elif part == _CELL:
            layout.end_cell()
        elif part == _ROW:
            layout.row = len(layout.pieces) if not layout.cells else layout.row
        elif part == _ROW_END:
            layout.end_row()
        elif part == "\n":
            if not ended:
                layout.end_line()
        else:
            layout.level = "" if part == _PLAIN else str(ord(part) - ord(_HEADINGS))
        ended = part == _ROW_END or (ended and not part)
    return layout.pieces, Marked(tuple(layout.headings), tuple(map(tuple, layout.tables)))

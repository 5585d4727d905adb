"""What is fit to draw: the one place where stored text becomes text for the terminal.

A transcript, a code's name, a memo or a file name may hold escape sequences, bidirectional overrides or characters that
nobody sees. A terminal would obey them. Here each of them becomes one visible placeholder, so that nothing hides and
nothing acts, and every offset into the stored text still has its place on the screen.

Emoji are drawn without skin tones, variation selectors and joiners, whose width terminals do not agree about. Only the
drawing is changed; the stored text never is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import regex
from rich.cells import cell_len

TAB_CELLS = 4
"""Distance between tab stops, in cells, counted from the beginning of the visual line."""
WIDEST_CLUSTER = 8
"""Cells that one grapheme cluster takes at most; a longer row of hidden characters is cut short by an ellipsis."""
LONGEST_CLUSTER = 16
"""Code points drawn for one grapheme cluster at most."""

_PLAIN = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u1e00-\u1eff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u22ff\u2500-\u25fc\ufb00-\ufb06"
)
_plain_run = re.compile(f"[{_PLAIN}]*")
_plain_line = re.compile(f"[{_PLAIN}\n]*")
_unfit = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]")
_cluster = regex.compile(r"\X")
_emoji_base = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}]")
_bidi = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_unseen_in_emoji = regex.compile(r"[\u200d\U000e0020-\U000e007f]")
_dropped_after_base = regex.compile(r"[\ufe00-\ufe0f\p{Emoji_Modifier}]")


def is_plain(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether each code point of `text[start:end]` is one character, one cell wide, and drawn as it stands."""
    return _plain_run.fullmatch(text, start, len(text) if end is None else end) is not None


@lru_cache(maxsize=4096)
def placeholder(character: str) -> str:
    """One visible, single-cell character that stands for a code point that must not reach the terminal."""
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "\u2421"
    if character == "\u00ad":
        return "¬"
    if character in _bidi:
        return "⇄"
    if regex.match(r"[\p{Cc}\p{Cs}\p{Co}]", character):
        return "\ufffd"
    return "▯"


@lru_cache(maxsize=8192)
def cluster_shown(cluster: str) -> tuple[str, int]:
    """How one grapheme cluster other than a tab is drawn, and how many cells it takes (at least one)."""
    base, rest = cluster[0], cluster[1:]
    if rest:
        rest = _dropped_after_base.sub("", rest)
        if _emoji_base.match(base):
            rest = _unseen_in_emoji.sub("", rest)
    shown = _unfit.sub(lambda found: placeholder(found.group()), base + rest)
    if cell_len(shown) == 0:
        shown = "\u25cc" + shown
    while cell_len(shown) > WIDEST_CLUSTER or len(shown) > LONGEST_CLUSTER:
        shown = shown[: min(len(shown), LONGEST_CLUSTER) - 2] + "…"
    return shown, cell_len(shown)


def safe(text: str) -> str:
    """`text` fit for any widget: line breaks stay, tabs become blanks, all else that acts or hides becomes visible."""
    if _plain_line.fullmatch(text):
        return text
    return "".join(_shown_alone(found.group()) for found in _cluster.finditer(text))


def safe_line(text: str) -> str:
    """`text` fit for one line of a list, a title or a status bar: as `safe`, with line breaks drawn as `␊`."""
    return safe(text).replace("\n", "\u240a")


def _shown_alone(cluster: str) -> str:
    if cluster == "\n":
        return cluster
    if cluster == "\t":
        return " " * TAB_CELLS
    if cluster == "\r\n":
        return "\u240d\n"
    return cluster_shown(cluster)[0]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One stretch of text as it is drawn, cluster by cluster.

    Indices are code points from the beginning of the stretch; cells are counted from where it is drawn.
    """

    text: str
    starts: tuple[int, ...] | None = None
    """Index at which each cluster begins; None when the text is plain and every index is a cluster and a cell."""
    cells: tuple[int, ...] = ()
    """Cell at which each cluster begins, and the width of the whole at the end."""
    drawn: tuple[str, ...] = ()
    """What is drawn for each cluster."""

    @property
    def width(self) -> int:
        """Cells that the whole stretch takes."""
        return len(self.text) if self.starts is None else self.cells[-1]

    def floor(self, index: int) -> int:
        """The beginning of the cluster that holds `index`; the length of the text stays itself."""
        if self.starts is None or index >= len(self.text):
            return min(max(index, 0), len(self.text))
        return self.starts[bisect_right(self.starts, max(index, 0)) - 1]

    def ceiling(self, index: int) -> int:
        """The nearest cluster border at or after `index`."""
        floor = self.floor(index)
        return floor if floor >= index else self.after(floor)

    def after(self, index: int) -> int:
        """The end of the cluster that holds `index`."""
        if self.starts is None:
            return min(index + 1, len(self.text))
        cluster = bisect_right(self.starts, index)
        return self.starts[cluster] if cluster < len(self.starts) else len(self.text)

    def cell_at(self, index: int) -> int:
        """Cell where the cluster that holds `index` begins; the width when `index` is the length of the text."""
        if self.starts is None:
            return min(max(index, 0), len(self.text))
        if index >= len(self.text):
            return self.cells[-1]
        return self.cells[bisect_right(self.starts, max(index, 0)) - 1]

    def index_at(self, cell: int) -> int:
        """Index of the cluster that is drawn at `cell`; the length of the text when the cell lies past it."""
        if self.starts is None:
            return min(max(cell, 0), len(self.text))
        if cell >= self.cells[-1]:
            return len(self.text)
        return self.starts[bisect_right(self.cells, max(cell, 0)) - 1]

    def fitting(self, cells: int) -> int:
        """How much of the text, in whole clusters, is drawn within `cells` cells (an index)."""
        if self.width <= cells:
            return len(self.text)
        return self.index_at(cells)

    def shown(self, start: int, end: int) -> str:
        """What is drawn for the clusters from index `start` to `end`, both cluster borders."""
        if self.starts is None:
            return self.text[start:end]
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)
        return "".join(self.drawn[first:last]) if end > start else ""


def draw(text: str) -> Glyphs:
    """The drawing of a stretch of text without line breaks that begins at the left edge of the text column."""
    if is_plain(text):
        return Glyphs(text)
    starts: list[int] = []
    widths: list[int] = []
    drawn: list[str] = []
    column = 0
    for found in _cluster.finditer(text):
        cluster = found.group()
        if cluster == "\t":
            cells = TAB_CELLS - column % TAB_CELLS
            shown = " " * cells
        else:
            shown, cells = cluster_shown(cluster)
        starts.append(found.start())
        widths.append(cells)
        drawn.append(shown)
        column += cells
    return Glyphs(text, tuple(starts), tuple(accumulate(widths, initial=0)), tuple(drawn))

"""Figures of a report as PNG: drawn the same on every machine, and told apart in grey.

Only fonts that come with matplotlib are used, no settings of the user's, and nothing in the file says when it was made.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from exports import labels
from exports.models import Bars, Matrix
from exports.norwegian import enumeration, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 6.3
"""Inches; the text of an A4 page with ordinary margins."""
_DPI = 200
_MOST_PARTS = 8
_GREYS = ("#303030", "#f2f2f2", "#8c8c8c", "#ffffff", "#5a5a5a", "#d0d0d0", "#b0b0b0", "#ffffff")
_HATCHES = ("", "////", "", "....", "\\\\\\\\", "xx", "--", "")
_LONGEST_NAME = 34
_COLUMN_NAME = 16
_COLUMNS_WIDTH = 4.8
"""Inches, what is left for columns beside the names of the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure, and what it says in words for those who do not see it."""

    png: bytes
    width: float
    """Inches."""
    caption: str
    description: str


def draw_bars(bars: Bars, language: str) -> Picture | None:
    """Sources with each theme, a bar a theme and a part a case; None when there is nothing to show."""
    kept = [(name, cells) for name, cells in zip(bars.bars, bars.cells, strict=True) if sum(cells)]
    if not kept or not bars.parts:
        return None
    names, cells = [name for name, _cells in kept], [cells for _name, cells in kept]
    parts, rows = _most(bars.parts, cells)
    with _drawing((_WIDTH, 1.3 + 0.42 * len(names) + 0.2 * ((len(parts) + 3) // 4))) as (figure, font):
        axes = figure.add_subplot()
        start = [0] * len(names)
        for index, part in enumerate(parts):
            lengths = [row[index] for row in rows]
            axes.barh(
                range(len(names)), lengths, left=start, height=0.66, label=part, color=_GREYS[index % len(_GREYS)],
                hatch=_HATCHES[index % len(_HATCHES)], edgecolor="#202020", linewidth=0.7,
            )  # fmt: skip
            start = [before + length for before, length in zip(start, lengths, strict=True)]
        totals = [n for n, row in zip(bars.totals or map(sum, bars.cells), bars.cells, strict=True) if sum(row)]
        for place, (end, total) in enumerate(zip(start, totals, strict=True)):
            axes.text(end + max(start) * 0.012, place, number(total, language), va="center", fontproperties=font(8.5))
        axes.set_yticks(range(len(names)), [_wrapped(name) for name in names], fontproperties=font(8.5))
        axes.invert_yaxis()
        axes.set_xlim(0, max(start) * 1.08)
        axes.set_xlabel(_("Antall kilder"), fontproperties=font(8.5))
        _plain(axes, font)
        figure.legend(loc="outside lower center", ncols=4, prop=font(8), frameon=False)
        png = _png(figure)
    spoken = [
        _("{theme}: {counts}").format(
            theme=name,
            counts=enumeration([f"{part} {number(n, language)}" for part, n in zip(parts, row, strict=True)], language),
        )
        for name, row in zip(names, rows, strict=True)
    ]
    description = _("Liggende stolper med antall kilder for hvert tema, delt etter case.") + " " + "; ".join(spoken)
    return Picture(
        png=png, width=_WIDTH, caption=_("Antall kilder med temaet, etter case"), description=description + "."
    )


def draw_heat(matrix: Matrix, language: str) -> Picture | None:
    """A matrix as a map of greys with the number in every cell; None when there is nothing to show."""
    if not matrix.rows or not matrix.columns or not any(any(row) for row in matrix.cells):
        return None
    high = max(max(row) for row in matrix.cells)
    slanted = _too_wide(matrix.columns)
    with _drawing((_WIDTH, (2.3 if slanted else 1.5) + 0.38 * len(matrix.rows))) as (figure, font):
        axes = figure.add_subplot()
        axes.imshow(matrix.cells, cmap="Greys", vmin=0, vmax=high * 1.25, aspect="auto")
        for row, values in enumerate(matrix.cells):
            for column, value in enumerate(values):
                axes.text(
                    column, row, _shown(value, matrix, language), ha="center", va="center", fontproperties=font(9),
                    color="white" if value > high * 0.75 else "black",
                )  # fmt: skip
        turned: dict[str, Any] = {"rotation": 30, "ha": "right", "rotation_mode": "anchor"} if slanted else {}
        below = [_wrapped(name, 28 if slanted else _COLUMN_NAME) for name in matrix.columns]
        axes.set_xticks(range(len(matrix.columns)), below, fontproperties=font(8), **turned)
        axes.set_yticks(range(len(matrix.rows)), [_wrapped(name) for name in matrix.rows], fontproperties=font(8.5))
        axes.tick_params(length=0)
        axes.set_xticks([n - 0.5 for n in range(1, len(matrix.columns))], minor=True)
        axes.set_yticks([n - 0.5 for n in range(1, len(matrix.rows))], minor=True)
        axes.grid(which="minor", color="white", linewidth=2)
        axes.tick_params(which="minor", length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        png = _png(figure)
    spoken = [
        _("{theme}: {counts}").format(
            theme=name,
            counts=enumeration(
                [f"{c} {_shown(v, matrix, language)}" for c, v in zip(matrix.columns, row, strict=True)], language
            ),
        )
        for name, row in zip(matrix.rows, matrix.cells, strict=True)
    ]
    caption = labels.matrix_caption(matrix)
    description = _("Rutenett der mørkere rute betyr høyere tall.") + " " + "; ".join(spoken) + "."
    return Picture(png=png, width=_WIDTH, caption=caption, description=description)


def _shown(value: int | float, matrix: Matrix, language: str) -> str:
    return percent(value, language, 0) if matrix.measure == "share" else number(value, language)


def _most(parts: Sequence[str], rows: Sequence[Sequence[int]]) -> tuple[list[str], list[list[int]]]:
    """The parts that can be told apart in grey; those beyond are one."""
    if len(parts) <= _MOST_PARTS:
        return list(parts), [list(row) for row in rows]
    kept = _MOST_PARTS - 1
    return [*parts[:kept], _("andre")], [[*row[:kept], sum(row[kept:])] for row in rows]


def _too_wide(names: Sequence[str]) -> bool:
    """Whether names side by side under the columns would run into each other; letters of 8 points, 4.9 points wide."""
    room = _COLUMNS_WIDTH / len(names) * 72 / 4.9
    return any(len(line) > room for name in names for line in _wrapped(name, _COLUMN_NAME).split("\n"))


def _wrapped(name: str, width: int = 22) -> str:
    shortened = name if len(name) <= _LONGEST_NAME * 2 else name[: _LONGEST_NAME * 2 - 1] + "…"
    return "\n".join(textwrap.wrap(shortened, width, break_long_words=False)) or name


def _plain(axes: Any, font: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for tick in axes.get_xticklabels():
        tick.set_fontproperties(font(8))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


@contextmanager
def _drawing(size: tuple[float, float]) -> Iterator[tuple[Any, Any]]:
    """A figure of so many inches, and a function from points to the font that comes with matplotlib."""
    # Taken in when a figure is drawn: it takes a second, and most of what is exported has none.
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    file = f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"
    with matplotlib.rc_context():
        # What the user has set for figures of their own has no say here.
        matplotlib.rcParams.update(matplotlib.rcParamsDefault)
        yield Figure(figsize=size, layout="constrained"), lambda points: FontProperties(fname=file, size=points)


def _png(figure: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None})
    return buffer.getvalue()

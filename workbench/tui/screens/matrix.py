"""The matrix: cases against codes, codes against codes and the like, counted, with the excerpts behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from codebooks.colours import foreground
from workbench.core.entities import CodeEntry
from workbench.core.matrix import MEASURES, STEPS, Matrix, heat, heat_ranges
from workbench.errors import Refusal
from workbench.services import codebook
from workbench.services.matrices import behind, crosstab
from workbench.services.retrieval import Filter
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "matrix.open", "matrix.levels", "matrix.measure", "matrix.rows", "matrix.columns", "matrix.heat", "matrix.back",
)  # fmt: skip
GLYPHS = "·░▒▓█"
"""What stands before a number, from the lowest step to the highest, so that shading is seen without colours too."""
WIDEST, NARROWEST = 22, 8
"""Characters of a column's heading, as the terminal has room for all of them or not."""
SHADES = (0.12, 0.26, 0.42, 0.6, 0.8)
"""How much of the theme's own colour goes into the background at each step."""


class MatrixScreen(BenchScreen[None]):
    CSS_PATH = "matrix.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "excerpts", _("Utdrag"), tooltip=_("Vis utdragene bak tallet"), id="matrix.open"),
        Binding("n", "levels", _("Underkoder"), tooltip=_("Vis alle koder, eller bare øverste nivå"),
                id="matrix.levels"),
        Binding("t", "measure", _("Tell"), tooltip=_("Tell utdrag, kilder, informanter eller andel"),
                id="matrix.measure"),
        Binding("l", "axis('rows')", _("Rader"), tooltip=_("Velg hva radene er"), id="matrix.rows"),
        Binding("k", "axis('columns')", _("Kolonner"),
                tooltip=_("Velg hva kolonnene er; kode begge veier viser koder som deler tekst"), id="matrix.columns"),
        Binding("s", "heat", _("Skygge"), tooltip=_("Skygge etter størrelse, av eller på"), id="matrix.heat"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="matrix.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.axes = {"rows": "case", "columns": "code"}
        self.measure = "segments"
        self.top_level = True
        self.heated = True
        self.matrix: Matrix | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("Matrise"), classes="heading", markup=False)
        # The cursor outranks the shading under it, or it would not be seen.
        yield DataTable(id="cells", cursor_type="cell", zebra_stripes=True, fixed_columns=1,
                        cursor_foreground_priority="css", cursor_background_priority="css")  # fmt: skip
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    @property
    def of_codes(self) -> bool:
        """Whether codes are on both axes."""
        return self.axes["rows"] == self.axes["columns"] == "code"

    def on_mount(self) -> None:
        with self.refusals():
            self.show_matrix()
        self.table.focus()
        self.query_one(KeyBar).show(KEYS)
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.draw())

    def axis_words(self) -> dict[str, str]:
        return {
            "case": _("case"),
            "code": _("kode"),
            "source": _("kilde"),
            "informant": _("informant"),
            "coder": _("koder"),
            "wave": _("bølge"),
        }

    def show_matrix(self) -> None:
        """Count again and show."""
        self.matrix = crosstab(
            self.project,
            rows=self.axes["rows"],
            columns=self.axes["columns"],
            cells=self.measure,
            top_level=self.top_level,
        )
        self.draw(move=True)

    def draw(self, *, move: bool = False) -> None:
        """Show what was counted last; the cursor stays unless it is to `move` to the first number."""
        matrix, table = self.matrix, self.table
        if matrix is None:
            return
        at = table.cursor_coordinate
        entries = codebook.list_codes(self.project)
        names = {entry.slug: entry.name for entry in entries}
        kin = _kin(entries) if self.of_codes else {}
        shaded = [
            value
            for row, cells in zip(matrix.rows, matrix.cells, strict=True)
            for column, value in zip(matrix.columns, cells, strict=True)
            if column not in kin.get(row, ())
        ]
        most = max(shaded, default=0)
        styles = self._styles()
        words = self.axis_words()
        heads = [wording.shortened(names.get(row, row), max(WIDEST, self.app.size.width // 3)) for row in matrix.rows]
        widest = self._heading_width(heads, len(matrix.columns))
        titles = [wording.shortened(names.get(column, column), widest) for column in matrix.columns]
        first = Text(f"{words[self.axes['rows']]} / {words[self.axes['columns']]}", style="dim")
        lines = [[first, *(Text(safe_line(title)) for title in titles), Text(_("i alt"), style="dim")]]
        for row, head, values, total in zip(matrix.rows, heads, matrix.cells, matrix.row_totals, strict=True):
            related = kin.get(row, ())
            steps = [
                heat(*_whole(value, most, self.measure)) if self.heated and column not in related else 0
                for column, value in zip(matrix.columns, values, strict=True)
            ]
            cells = [_cell(value, self.measure, step, styles) for value, step in zip(values, steps, strict=True)]
            lines.append([Text(safe_line(head), style="bold"), *cells, _total(total, self.measure)])
        sums = [_total(value, self.measure) for value in (*matrix.totals, matrix.total)]
        self._fill([*lines, [Text(_("i alt"), style="dim"), *sums]])
        table.move_cursor(row=0, column=1) if move else table.move_cursor(row=at.row, column=at.column)
        self._show_status(most)

    def _fill(self, lines: Sequence[Sequence[Text]]) -> None:
        # The table's own measuring of columns lags behind when it is filled twice before it is drawn.
        table = self.table
        table.clear(columns=True)
        for column in zip(*lines, strict=True):
            table.add_column(column[0], width=max(cell.cell_len for cell in column))
        for line in lines[1:]:
            table.add_row(*line)

    def on_resize(self) -> None:
        self.draw()

    def _heading_width(self, rows: Sequence[str], columns: int) -> int:
        """How long headings may be for every column to be seen, if that can be."""
        left = self.app.size.width - max(map(len, rows), default=0) - len(_("i alt")) - 6
        return min(WIDEST, max(NARROWEST, left // max(columns, 1) - 2))

    def _show_status(self, most: float) -> None:
        codes = "code" in self.axes.values()
        level = _("bare øverste nivå, underkodene er med i tallene") if self.top_level else _("alle koder")
        self.query_one(StatusLine).show(
            _("radens utdrag som deler tekst med kolonnens") if self.of_codes else "",
            _("teller {what}").format(what=wording.measure_words()[self.measure]),
            _legend(most, self.measure) if self.heated else "",
            level if codes else "",
        )

    def _styles(self) -> Sequence[Style]:
        """The style of each step; where there are few colours or none, the glyphs say it alone."""
        if self.app.current_theme.ansi:
            return [Style()] * STEPS
        variables = self.app.get_css_variables()
        ground, colour = Color.parse(variables["surface"]), Color.parse(variables["primary"])
        shades = [ground.blend(colour, share).hex6.lower() for share in SHADES]
        return [Style(color=foreground(shade), bgcolor=shade) for shade in shades]

    @on(DataTable.CellSelected)
    def _selected(self) -> None:
        with self.refusals():
            self.action_excerpts()

    @on(DataTable.HeaderSelected)
    def _column_selected(self, event: DataTable.HeaderSelected) -> None:
        with self.refusals():
            self.bench.show_excerpts(self._behind(Coordinate(self.table.row_count - 1, event.column_index)))

    def excerpts_wanted(self) -> Filter:
        """The excerpts behind the number under the cursor; of a row's name, of the whole row.

        Raises:
            Refusal: when the matrix is empty.
        """
        return self._behind(self.table.cursor_coordinate)

    def _behind(self, place: Coordinate) -> Filter:
        matrix = self.matrix
        if matrix is None or not matrix.rows or not matrix.columns:
            raise Refusal(_("Matrisen er tom."))
        axes: list[tuple[str, str]] = []
        if place.row < len(matrix.rows):
            axes.append((self.axes["rows"], matrix.rows[place.row]))
        if 0 < place.column <= len(matrix.columns):
            column = matrix.columns[place.column - 1]
            if self.of_codes and not axes:
                return Filter(standing=True, with_code=column)
            axes.append((self.axes["columns"], column))
        return behind(self.project, axes)

    def action_levels(self) -> None:
        self.top_level = not self.top_level
        self.show_matrix()

    def action_measure(self) -> None:
        self.measure = MEASURES[(MEASURES.index(self.measure) + 1) % len(MEASURES)]
        self.show_matrix()

    def action_heat(self) -> None:
        self.heated = not self.heated
        self.draw()

    def action_axis(self, side: str) -> None:
        other = self.axes["columns" if side == "rows" else "rows"]
        options = [(axis, words) for axis, words in self.axis_words().items() if axis != other or axis == "code"]

        def take(axis: str) -> None:
            self.axes[side] = axis
            self.show_matrix()

        self.ask(ChooseDialog(_("Rader") if side == "rows" else _("Kolonner"), options, chosen=self.axes[side]), take)


def _kin(entries: Iterable[CodeEntry]) -> dict[str, set[str]]:
    """Each code's own slug with those above and below it, whose places it shares whatever is coded."""
    known = {entry.id: entry for entry in entries}
    kin: dict[str, set[str]] = {entry.slug: {entry.slug} for entry in known.values()}
    for entry in known.values():
        above = known.get(entry.parent)
        while above is not None:
            kin[entry.slug].add(above.slug)
            kin[above.slug].add(entry.slug)
            above = known.get(above.parent)
    return kin


def _number(value: float, measure: str) -> str:
    return f"{value:.0%}".replace("%", " %") if measure == "share" and value else str(round(value))


def _cell(value: float, measure: str, step: int, styles: Sequence[Style]) -> Text:
    shown = _number(value, measure)
    if not step:
        return Text(shown, style="" if value else "dim", justify="right")
    return Text(f"{GLYPHS[step - 1]} {shown}", style=styles[step - 1], justify="right")


def _whole(value: float, most: float, measure: str) -> tuple[int, int]:
    """A cell and the highest as they are read: shares in whole hundredths, so that the legend's bounds hold."""
    times = 100 if measure == "share" else 1
    return round(value * times), round(most * times)


def _total(value: float, measure: str) -> Text:
    return Text(_number(value, measure), style="italic", justify="right")


def _legend(most: float, measure: str) -> str:
    """What each glyph stands for: «· 1–3 ░ 4–6»."""
    ranges = heat_ranges(_whole(0, most, measure)[1])
    shown = [
        f"{GLYPHS[step - 1]} {low}" if low == high else f"{GLYPHS[step - 1]} {low}–{high}" for step, low, high in ranges
    ]
    return " ".join(shown) + (" %" if shown and measure == "share" else "")

"""The matrix: cases against codes, counted, with the excerpts behind each number one key away."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from workbench.core.matrix import MEASURES, Matrix
from workbench.errors import Refusal
from workbench.services import codebook, sources
from workbench.services.matrices import crosstab
from workbench.services.retrieval import Filter
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

KEYS = ("matrix.open", "matrix.levels", "matrix.measure", "matrix.rows", "matrix.columns", "matrix.back")


class MatrixScreen(BenchScreen[None]):
    CSS_PATH = "matrix.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "excerpts", _("Utdrag"), tooltip=_("Vis utdragene bak tallet"), id="matrix.open"),
        Binding("n", "levels", _("Underkoder"), tooltip=_("Vis alle koder, eller bare øverste nivå"),
                id="matrix.levels"),
        Binding("t", "measure", _("Tell"), tooltip=_("Tell utdrag, kilder, informanter eller andel"),
                id="matrix.measure"),
        Binding("l", "axis('rows')", _("Rader"), tooltip=_("Velg hva radene er"), id="matrix.rows"),
        Binding("k", "axis('columns')", _("Kolonner"), tooltip=_("Velg hva kolonnene er"), id="matrix.columns"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="matrix.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.axes = {"rows": "case", "columns": "code"}
        self.measure = "segments"
        self.top_level = True
        self.matrix: Matrix | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("Matrise"), classes="heading", markup=False)
        yield DataTable(id="cells", cursor_type="cell", zebra_stripes=True, fixed_columns=1)
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    def on_mount(self) -> None:
        with self.refusals():
            self.show_matrix()
        self.table.focus()
        self.query_one(KeyBar).show(KEYS)

    def axis_words(self) -> dict[str, str]:
        """Axes whose values can be looked up as excerpts."""
        return {"case": _("case"), "code": _("kode"), "source": _("kilde"), "coder": _("koder"), "wave": _("bølge")}

    def show_matrix(self) -> None:
        """Count again and show."""
        matrix = crosstab(
            self.project,
            rows=self.axes["rows"],
            columns=self.axes["columns"],
            cells=self.measure,
            top_level=self.top_level,
        )
        self.matrix = matrix
        names = {entry.slug: entry.name for entry in codebook.list_codes(self.project)}
        table = self.table
        table.clear(columns=True)
        words = self.axis_words()
        table.add_column(Text(f"{words[self.axes['rows']]} / {words[self.axes['columns']]}", style="dim"))
        for column in matrix.columns:
            table.add_column(Text(safe_line(wording.shortened(names.get(column, column), 22))))
        for row, values in zip(matrix.rows, matrix.cells, strict=True):
            cells = [_cell(value, self.measure) for value in values]
            table.add_row(Text(safe_line(names.get(row, row)), style="bold"), *cells)
        if matrix.rows and matrix.columns:
            table.move_cursor(row=0, column=1)
        self.query_one(StatusLine).show(
            _("teller {what}").format(what=wording.measure_words()[self.measure]),
            _("bare øverste nivå, underkodene er med i tallene") if self.top_level else _("alle koder"),
        )

    @on(DataTable.CellSelected)
    def _selected(self) -> None:
        with self.refusals():
            self.action_excerpts()

    def excerpts_wanted(self) -> Filter:
        """The excerpts behind the number under the cursor.

        Raises:
            Refusal: when the row or column is what has no case, wave or the like.
        """
        place: Coordinate = self.table.cursor_coordinate
        matrix = self.matrix
        if matrix is None or not matrix.rows or not matrix.columns:
            raise Refusal(_("Matrisen er tom."))
        chosen = {self.axes["rows"]: matrix.rows[place.row]}
        if place.column > 0:
            chosen[self.axes["columns"]] = matrix.columns[place.column - 1]
        if "source" in chosen:
            named = chosen["source"]
            chosen["source"] = next(each.id for each in sources.list_sources(self.project) if each.name == named)
        if any(value.startswith("(") for value in chosen.values()):
            raise Refusal(_("Utdrag uten case eller bølge kan ikke vises for seg. E viser alle utdrag."))
        return Filter(
            case=chosen.get("case", ""),
            code=chosen.get("code", ""),
            source=chosen.get("source", ""),
            coder=chosen.get("coder", ""),
            wave=chosen.get("wave", ""),
        )

    def action_levels(self) -> None:
        self.top_level = not self.top_level
        self.show_matrix()

    def action_measure(self) -> None:
        self.measure = MEASURES[(MEASURES.index(self.measure) + 1) % len(MEASURES)]
        self.show_matrix()

    def action_axis(self, side: str) -> None:
        other = self.axes["columns" if side == "rows" else "rows"]
        options = [(axis, words) for axis, words in self.axis_words().items() if axis != other]

        def take(axis: str) -> None:
            self.axes[side] = axis
            self.show_matrix()

        self.ask(ChooseDialog(_("Rader") if side == "rows" else _("Kolonner"), options, chosen=self.axes[side]), take)


def _cell(value: float, measure: str) -> Text:
    shown = f"{value:.0%}".replace("%", " %") if measure == "share" and value else str(round(value))
    return Text(shown, style="" if value else "dim", justify="right")

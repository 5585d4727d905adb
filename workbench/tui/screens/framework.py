"""The framework matrix: what each case says about each code, with what is coded there beside the writing."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workbench.core.entities import Case, CodeEntry
from workbench.errors import Refusal
from workbench.services import codebook, framework
from workbench.services.framework import Cell, Framework
from workbench.services.retrieval import Filter
from workbench.services.sources import list_sources
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe, safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "framework.write", "framework.done", "framework.excerpts", "framework.under", "framework.wave", "framework.export",
    "framework.undo", "framework.back",
)  # fmt: skip
COLUMN = 26
"""Cells of the terminal a column takes."""
NAME = 20
"""The most the cases' names take."""
ROW_LINES = 4


class FrameworkScreen(BenchScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "write", _("Skriv"), tooltip=_("Skriv hva casen sier om koden"), id="framework.write"),
        Binding("s", "done", _("Ferdig"), tooltip=_("Merk cellen som ferdig, eller som utkast igjen"), id="framework.done"),
        Binding("g", "excerpts", _("Utdrag"), tooltip=_("Vis utdragene bak cellen"), id="framework.excerpts"),
        Binding("c", "under", _("Kode"), tooltip=_("Vis underkodene til én kode, eller de øverste igjen"),
                id="framework.under"),
        Binding("b", "wave", _("Bølge"), tooltip=_("Skriv for én bølge, eller for alle sammen"), id="framework.wave"),
        Binding("l", "export", _("Til fil"), tooltip=_("Skriv rammematrisen til Excel eller Word"), id="framework.export"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="framework.undo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="framework.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.wave = ""
        self.under = ""
        """Id of the code whose sub-codes are the columns, or empty."""
        self.shown: Framework | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("Rammematrise"), classes="heading", markup=False)
        yield DataTable(id="cells", cursor_type="cell", fixed_columns=1)
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

    def show_matrix(self, told: str = "") -> None:
        """Ask the project again and show the matrix, the cursor where it was."""
        shown = framework.framework(self.project, wave=self.wave, under=self.under)
        self.shown = shown
        table, cursor = self.table, self.table.cursor_coordinate
        table.clear(columns=True)
        longest = max((len(case.name) for case in shown.cases), default=0)
        table.add_column(Text(_("case"), style="dim"), width=min(max(longest, 4), NAME))
        for code in shown.codes:
            table.add_column(Text(safe_line(wording.shortened(code.name, COLUMN))), width=COLUMN)
        for case, cells in zip(shown.cases, shown.cells, strict=True):
            words = [_cell_words(cell) for cell in cells]
            table.add_row(Text(safe_line(case.name), style="bold"), *words, height=ROW_LINES)
        if shown.cases and shown.codes:
            table.move_cursor(row=cursor.row, column=max(cursor.column, 1))
        every = [cell for cells in shown.cells for cell in cells]
        done = sum(cell.summary is not None and cell.summary.status == "done" for cell in every)
        newer = sum(cell.newer > 0 for cell in every)
        self.query_one(StatusLine).show(
            told,
            _("{done} av {all} celler ferdige").format(done=done, all=len(every)),
            ngettext("{n} eldre enn kodingen (!)", "{n} eldre enn kodingen (!)", newer).format(n=newer)
            if newer
            else "",
            _("bølge {wave}").format(wave=self.wave) if self.wave else _("alle bølger"),
        )

    def _here(self) -> tuple[Case, CodeEntry, Cell]:
        """The case, code and cell under the cursor.

        Raises:
            Refusal: when there are no cells.
        """
        shown, place = self.shown, self.table.cursor_coordinate
        if shown is None or not shown.cases or not shown.codes:
            raise Refusal(_("Rammematrisen er tom: prosjektet mangler caser eller koder."))
        column = max(place.column - 1, 0)
        return shown.cases[place.row], shown.codes[column], shown.cells[place.row][column]

    @on(DataTable.CellSelected)
    def _selected(self) -> None:
        with self.refusals():
            self.action_write()

    def action_write(self) -> None:
        from workbench.tui.dialogs.cell_writing import CellDialog  # its editor is slow to load, and first needed here

        case, code, cell = self._here()
        excerpts = framework.evidence(self.project, case, code, self.wave)

        def save(text: str) -> None:
            before = framework.cell_of(self.project, case, code, self.wave)
            status = before.status if before else "draft"
            framework.write_cell(self.project, case, code, text, wave=self.wave, status=status)

        title = _("{case}: {code}").format(case=case.name, code=code.name)
        dialog = CellDialog(title, cell.summary.text if cell.summary else "", save, excerpts=excerpts)
        self.app.push_screen(dialog, lambda _text: self.show_matrix())

    def action_done(self) -> None:
        case, code, cell = self._here()
        if cell.summary is None:
            raise Refusal(_("Cellen er tom. e skriver i den."))
        status = "draft" if cell.summary.status == "done" else "done"
        framework.write_cell(self.project, case, code, cell.summary.text, wave=self.wave, status=status)
        self.show_matrix(_("Ferdig") if status == "done" else _("Utkast"))

    def excerpts_wanted(self) -> Filter:
        case, code, _cell = self._here()
        return Filter(case=case.name, own_case=True, code=code.slug, wave=self.wave, standing=True)

    def action_under(self) -> None:
        if self.under:
            self.under = ""
            self.show_matrix()
            return
        entries = codebook.list_codes(self.project, retired=False)
        parents = {entry.parent for entry in entries}
        options = [(entry.id, entry.name) for entry in entries if entry.id in parents]
        if not options:
            raise Refusal(_("Ingen kode har underkoder."))

        def take(code: str) -> None:
            self.under = code
            self.show_matrix()

        self.ask(ChooseDialog(_("Underkodene til hvilken kode?"), options), take)

    def action_wave(self) -> None:
        waves = sorted({source.wave for source in list_sources(self.project) if source.wave})
        options = [("", _("alle bølger")), *((wave, wave) for wave in waves)]

        def take(wave: str) -> None:
            self.wave = wave
            self.show_matrix()

        self.ask(ChooseDialog(_("Hvilken bølge?"), options, chosen=self.wave), take)

    def action_export(self) -> None:
        from datetime import date
        from pathlib import Path

        from workbench.services import framework_export

        proposed = self.project.path.with_name(f"{self.project.path.stem}-rammematrise.xlsx")

        def write(typed: str) -> None:
            path = Path(typed).expanduser()
            written = framework_export.write(self.project, path, wave=self.wave, under=self.under, day=date.today())
            self.show_matrix(_("Skrevet til {path}").format(path=written))

        hint = _("Endelsen .xlsx gir Excel, .docx gir Word · Enter skriver · Esc avbryter")
        self.ask(LineDialog(_("Fil"), str(proposed), hint=hint), write)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_matrix(done.summary))


def _cell_words(cell: Cell) -> Text:
    """Status and count on the first line, the beginning of the summary below."""
    if cell.summary is None:
        return Text(_("– ({n} utdrag)").format(n=cell.excerpts) if cell.excerpts else "·", style="dim")
    mark = "●" if cell.summary.status == "done" else "○"
    newer = f" !{cell.newer}" if cell.newer else ""
    head = Text(f"{mark} ({cell.excerpts}){newer}\n", style="bold")
    return head.append(safe(wording.shortened(cell.summary.text, COLUMN * (ROW_LINES - 1) - 4)), style="not bold")

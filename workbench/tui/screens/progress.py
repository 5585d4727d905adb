"""Progress: how far each coder has come in each source, and how many new codes each source brings."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import DataTable, Static

from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import progress
from workbench.services.progress import CoderProgress, Progress, SourceProgress
from workbench.services.retrieval import Filter
from workbench.tui.presenting import wording
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

KEYS = ("progress.open", "go.excerpts", "progress.view", "progress.order", "progress.saturation", "progress.back")
NAME = 34
"""Cells for a source's name."""
NUMBERS = 16
"""Cells for the new codes of a source and all so far."""


class ProgressScreen(BenchScreen[None]):
    CSS_PATH = "progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Til kilden"), tooltip=_("Gå til kilden"), id="progress.open"),
        Binding("n", "view", _("Nye koder"), tooltip=_("Vis nye koder kilde for kilde, eller hvor langt hver er kommet"),
                id="progress.view"),
        Binding("t", "order", _("Rekkefølge"), tooltip=_("Kildene som importert, eller etter dato"),
                id="progress.order"),
        Binding("k", "saturation", _("Metning"), tooltip=_("Vis eller gjem når nye koder blir få"),
                id="progress.saturation"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="progress.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.order = progress.ORDERS[0]
        self.saturation = False
        self.found: Progress | None = None
        self._bars: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(_("Framdrift"), classes="heading", markup=False)
        yield Static("", id="legend", markup=False)
        yield DataTable(id="coders", cursor_type="cell", zebra_stripes=True, fixed_columns=1)
        with Vertical(id="accumulation"):
            yield Rows(id="steps")
            yield Static("", id="saturation", markup=False)
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def table(self) -> DataTable[Text]:
        return self.query_one(DataTable)

    @property
    def steps(self) -> Rows:
        return self.query_one(Rows)

    def on_mount(self) -> None:
        self.query_one("#accumulation").display = False
        self.steps.eager = False
        with self.refusals():
            self.saturation = progress.wants_saturation(self.project)
            self.show_progress()
        self.table.focus()
        self.query_one(KeyBar).show(KEYS)

    def show_progress(self) -> None:
        """Measure again and show."""
        found = progress.measure(self.project, order=self.order, saturation=self.saturation)
        self.found = found
        table = self.table
        table.clear(columns=True)
        table.add_column(Text(_("kilde"), style="dim"))
        for name in found.coders:
            table.add_column(Text(safe_line(wording.shortened(name, 24))))
        table.add_column(Text(_("alle")))
        for each in found.sources:
            cells = [_cell(each.coders[name]) for name in found.coders]
            table.add_row(
                Text(safe_line(wording.shortened(each.source.name, NAME)), style="bold"), *cells, _whole(each)
            )
        self._bars = progress.bars(found.accumulation, max(self.size.width - NAME - NUMBERS - 3, 10))
        self.steps.set_rows(len(found.accumulation), self._draw)
        told = progress.saturation_lines(found.saturation) if self.saturation else []
        self.query_one("#saturation", Static).update("\n".join(told))
        self._tell()

    def on_resize(self) -> None:
        if self.found is not None:
            self._bars = progress.bars(self.found.accumulation, max(self.size.width - NAME - NUMBERS - 3, 10))
            self.steps.refresh()

    @property
    def by_source(self) -> bool:
        """Whether new codes are shown, and not the coders."""
        return bool(self.query_one("#accumulation").display)

    def _tell(self) -> None:
        assert self.found is not None
        legend = self.query_one("#legend", Static)
        if self.by_source:
            legend.update(progress.bar_legend())
            left = len(self.found.sources) - len(self.found.accumulation)
            self.query_one(StatusLine).show(
                _("etter dato") if self.order == "date" else _("i den rekkefølgen de ble importert"),
                ngettext("{n} kilde er ikke kodet og ikke med", "{n} kilder er ikke kodet og ikke med", left).format(
                    n=left
                )
                if left
                else "",
            )
            return
        legend.update(
            _(
                "Andel av teksten: til det fjerneste stedet som er lest i denne kopien, eller til siste koding. "
                "Tallene er kodinger/koder."
            )
        )
        unread = sum(each.unread for each in self.found.sources)
        self.query_one(StatusLine).show(
            ngettext("{n} kilde har ingen lest", "{n} kilder har ingen lest", unread).format(n=unread)
            if unread
            else "",
            ngettext("{n} kode er i bruk", "{n} koder er i bruk", self._in_use()).format(n=self._in_use()),
        )

    def _in_use(self) -> int:
        """How many codes have been met in all; a source that is coded at all is always counted."""
        assert self.found is not None
        return self.found.accumulation[-1].total if self.found.accumulation else 0

    def _draw(self, index: int, width: int) -> list[Text]:
        assert self.found is not None
        step = self.found.accumulation[index]
        line = Text(f" {safe_line(wording.shortened(step.source.name, NAME)):<{NAME}} ", style="bold")
        line.append(f"{_('+{n} = {total}').format(n=step.new, total=step.total):<{NUMBERS}}", style="not bold")
        line.append(self._bars[index], style="not bold")
        return [line]

    # -- from a row to what it is about

    def chosen(self) -> tuple[Source, str]:
        """The source under the cursor, and the coder's name when the cursor is in a coder's column.

        Raises:
            Refusal: when there is nothing to choose.
        """
        found = self.found
        if found is None or not found.sources:
            raise Refusal(_("Prosjektet har ingen kilder ennå. I importerer."))
        if self.by_source:
            if self.steps.cursor is None:
                raise Refusal(_("Ingen kilder er kodet ennå."))
            return found.accumulation[self.steps.cursor].source, ""
        place = self.table.cursor_coordinate
        coder = found.coders[place.column - 1] if 0 < place.column <= len(found.coders) else ""
        return found.sources[place.row].source, coder

    def excerpts_wanted(self) -> Filter:
        """What has been coded in the source under the cursor, by the coder of the column."""
        source, coder = self.chosen()
        return Filter(source=source.id, coder=coder)

    @on(DataTable.CellSelected)
    @on(Rows.Chosen)
    def _selected(self) -> None:
        with self.refusals():
            self.action_open()

    def action_open(self) -> None:
        source, _coder = self.chosen()
        self.bench.back_to_coding().go_to(source.id)

    def action_view(self) -> None:
        """Change between the coders and the new codes."""
        below = not self.by_source
        self.query_one("#accumulation").display = below
        self.table.display = not below
        (self.steps if below else self.table).focus()
        self._tell()

    def action_order(self) -> None:
        self.order = progress.ORDERS[(progress.ORDERS.index(self.order) + 1) % len(progress.ORDERS)]
        self.show_progress()
        if not self.by_source:
            self.action_view()

    def action_saturation(self) -> None:
        """Show when new codes grow few, or hide it; an approach that does not use it is not shown it unasked."""
        self.saturation = not (self.saturation and self.by_source)
        self.show_progress()
        if not self.by_source:
            self.action_view()


def _cell(one: CoderProgress) -> Text:
    """«◑ under koding 63 % 45/12»: the status in words too, since its glyph is small; dim where nothing is begun."""
    if not one.begun:
        return Text(wording.status_shown("not-read"), style="dim")
    numbers = f" {one.codings}/{one.codes}" if one.codings else ""
    # Rounded down: only what has been passed to the end is 100 %.
    return Text(f"{wording.status_shown(one.status)} {int(one.passed * 100)} %{numbers}")


def _whole(each: SourceProgress) -> Text:
    if each.unread:
        return Text(_("ingen har lest"), style="italic")
    return Text(f"{each.codings}/{each.codes}")

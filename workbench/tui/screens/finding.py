"""Search in all sources: every hit with what stands around it, and one key to its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workbench.errors import Refusal
from workbench.services import finding, sources
from workbench.services.finding import Hit, Sought
from workbench.tui.dialogs.search import Asked, SearchDialog
from workbench.tui.presenting import search
from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy

KEYS = ("finding.open", "finding.search", "finding.way", "finding.back")


@dataclass(frozen=True, slots=True)
class Listed:
    """Hits that were found once, to be looked at again."""

    sought: Sought
    hits: tuple[Hit, ...]
    versions: Mapping[str, str]
    """Source -> the text version that was searched."""
    whole: bool
    """False when the search was stopped, or had more hits than are shown."""
    cursor: int = 0


class FindingScreen(BenchScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden"), id="finding.open"),
        Binding("slash,ctrl+f", "search", _("Søk"), key_display="/", tooltip=_("Søk etter noe annet"),
                id="finding.search"),
        Binding("v", "way", _("Ordrett/alle former"), tooltip=_("Ordrett, eller alle former av ordene"),
                id="finding.way"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="finding.back"),
    ]  # fmt: skip

    def __init__(self, sought: Sought, listed: Listed | None = None) -> None:
        super().__init__()
        self.sought = sought
        """What is searched for when the screen opens; the researcher is asked when it is empty."""
        self._before = listed
        """What the last search found, shown again when it was the same search in the same texts."""
        self.listed = Listed(sought, (), {}, whole=True)

    def compose(self) -> ComposeResult:
        yield Static(_("Søk i alle kilder"), classes="heading", markup=False)
        yield Rows(row_lines=2, id="hits")
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def on_mount(self) -> None:
        self.rows.eager = False
        self.rows.focus()
        self.query_one(KeyBar).show(KEYS)
        if not self.sought.query:
            self._show_status()
            self.call_after_refresh(self.action_search)
        elif (
            self._before is not None
            and self._before.sought == self.sought
            and self._before.versions == self._versions()
        ):
            self._show(self._before)
        else:
            self._search(self.sought)

    def _versions(self) -> dict[str, str]:
        return {source.id: source.version for source in sources.list_sources(self.project)}

    def action_search(self) -> None:
        dialog = SearchDialog(_("Søk i alle kilder"), self.sought, hint=_("Enter søker · Esc avbryter"))
        self.ask(dialog, lambda asked: self._asked(asked))

    def _asked(self, asked: Asked) -> None:
        if asked.sought.query:
            self._search(asked.sought)

    def action_way(self) -> None:
        """Search for the same words the other way."""
        if not self.sought.query:
            raise Refusal(_("Søk først, med / eller Ctrl+F."))
        self._search(replace(self.sought, lemma=not self.sought.lemma))

    def _search(self, sought: Sought) -> None:
        project, versions = self.project, self._versions()
        self.sought = sought

        def act(work: Work[Listed]) -> Listed:
            with own_copy(project) as own:
                hits = finding.find(own, sought, most=search.MOST + 1, progress=work.progress, cancelled=work.cancelled)
            whole = len(hits) <= search.MOST and not work.cancelled()
            return Listed(sought, tuple(hits[: search.MOST]), versions, whole=whole)

        def done(listed: Listed) -> None:
            if self.is_attached and self.sought == sought:
                self._show(listed)
                self._remember(listed)

        self.bench.start(Work(title=_("Søker i alle kilder"), name="find", act=act, done=done))

    def _show(self, listed: Listed) -> None:
        self.listed = listed
        self.rows.set_rows(len(listed.hits), self._draw, cursor=listed.cursor)
        self._show_status()

    def _remember(self, listed: Listed) -> None:
        """So that the list is there when the reader comes back to it from a place."""
        coding = self.bench.coding
        if coding is not None:
            coding.sought, coding.listed = listed.sought, listed

    def _show_status(self) -> None:
        hits = self.listed.hits
        count = ngettext("{n} treff", "{n} treff", len(hits)).format(n=len(hits))
        places = len({hit.source.id for hit in hits})
        in_sources = ngettext("i {n} kilde", "i {n} kilder", places).format(n=places) if hits else ""
        partly = "" if self.listed.whole else _("ikke alle treff vises")
        query = f"«{self.sought.query}»" if self.sought.query else _("/ søker")
        self.query_one(StatusLine).show(query, search.way_shown(self.sought), f"{count} {in_sources}".strip(), partly)

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            if self.rows.cursor is None:
                raise Refusal(_("Ingen treff. / søker etter noe annet."))
            hit = self.listed.hits[self.rows.cursor]
            self._remember(replace(self.listed, cursor=self.rows.cursor))
            sought = self.listed.sought
            self.bench.lead_to(hit.source.id, hit.start, hit.end)
            coding = self.bench.coding
            if coding is not None:
                coding.mark_hits(sought, hit.start)

    def _draw(self, index: int, width: int) -> list[Text]:
        return search.hit_lines(self.listed.hits[index], width)

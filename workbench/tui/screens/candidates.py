"""A list of places that may be coded: looked over, ticked, coded together, and one key from each to where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from workbench.services import autocoding, codebook, sources
from workbench.services.autocoding import UNITS, Candidate, Coded, Unit
from workbench.services.finding import Hit, Sought
from workbench.store.project import Project
from workbench.tui import reverting
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.many import act_on_many
from workbench.tui.presenting import search
from workbench.tui.presenting.codes import CodeList
from workbench.tui.screens.base import BenchScreen
from workbench.tui.ticking import Ticks
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

Place = tuple[str, int, int]
"""Source, start, end."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look: everywhere, or in one source, or in the sources of a case."""

    source: str = ""
    """Id."""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Places that were found once, to be looked at again."""

    sought: Sought
    hits: tuple[Hit, ...]
    """What the search met; the places themselves when they were gathered by another rule."""
    versions: Mapping[str, str]
    """Source -> the text version that was searched."""
    whole: bool
    """False when the search was stopped, or had more hits than are shown."""
    cursor: int = 0
    candidates: tuple[Candidate, ...] = ()
    """The rows: hits, or the sentences or turns around them, as they would be coded."""
    unit: Unit = "hit"
    rule: str = ""
    """What the places were gathered by, in words; empty for a search."""
    where: Where = Where()
    ticked: frozenset[Place] = frozenset()
    closed: int = 0
    """Hits that are not shown since they lie in stretches closed to coding."""


class CandidatesScreen(BenchScreen[None]):
    """The list; what comes into it is the business of the screen built on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden"), id="finding.open"),
        Binding("space", "tick", _("Kryss av"), tooltip=_("Kryss av for å kode flere"), id="finding.tick"),
        Binding("A", "tick_all", _("Alle"), tooltip=_("Kryss av alle, eller ingen"), id="finding.tick_all"),
        Binding("t,shift+down", "tick_to", _("Kryss av hit"), key_display="t", show=False,
                tooltip=_("Kryss av fra den siste du krysset av, og hit"), id="finding.tick_to"),
        Binding("c", "code", _("Kod"), tooltip=_("Kod de avkryssede stedene"), id="finding.code"),
        Binding("e", "unit", _("Enhet"), tooltip=_("Kod bare treffet, setningen eller hele replikken"), id="finding.unit"),
        Binding("u", "undo", _("Angre"), show=False, tooltip=_("Angre det siste du gjorde"), id="finding.undo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="finding.back"),
    ]  # fmt: skip

    def __init__(self, sought: Sought) -> None:
        super().__init__()
        self.sought = sought
        """What is searched for when the screen opens; the researcher is asked when it is empty."""
        self.listed = Listed(sought, (), {}, whole=True)
        self.ticks: Ticks[Place] = Ticks()
        self.where = Where()

    def compose(self) -> ComposeResult:
        yield Static(_("Søk i alle kilder"), classes="heading", markup=False)
        yield Rows(row_lines=2, id="hits")
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def _show(self, listed: Listed) -> None:
        self.listed = listed
        self.ticks = Ticks(list(listed.ticked))
        self.rows.set_rows(len(listed.candidates), self._draw, cursor=listed.cursor)
        self._show_status()

    def now(self) -> Listed:
        """The list as it stands, with the cursor and the ticks."""
        return replace(self.listed, cursor=self.rows.cursor or 0, ticked=frozenset(self.ticks.ticked))

    def _remember(self, listed: Listed) -> None:
        """So that the list is there when the reader comes back to it from a place."""
        coding = self.bench.coding
        if coding is not None:
            coding.sought, coding.listed = listed.sought, listed

    def _show_status(self, told: str = "") -> None:
        listed = self.listed
        if listed.rule:
            what, way = listed.rule, ""
        else:
            what = f"«{listed.sought.query}»" if listed.sought.query else _("/ søker")
            way = search.way_shown(listed.sought)
        ticked = ngettext("{n} krysset av", "{n} krysset av", len(self.ticks)).format(n=len(self.ticks))
        unit = "" if listed.rule or listed.unit == "hit" else _("koder {unit}").format(
            unit=search.unit_words()[listed.unit]
        )  # fmt: skip
        self.query_one(StatusLine).show(
            told, what, way, counted(listed), ticked if self.ticks else "", unit, self._where_shown()
        )

    def _where_shown(self) -> str:
        if self.where.source:
            names = [each.name for each in sources.list_sources(self.project) if each.id == self.where.source]
            return _("i {place}").format(place=names[0]) if names else ""
        return _("i {place}").format(place=self.where.case) if self.where.case else ""

    def _draw(self, index: int, width: int) -> list[Text]:
        candidate = self.listed.candidates[index]
        return search.candidate_lines(candidate, ticked=place_of(candidate) in self.ticks, width=width)

    # -- going to a place

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            candidate = self._current()
            self._remember(self.now())
            listed, hit = self.listed, candidate.hit
            start, end = (hit.start, hit.end) if listed.rule or not candidate.words else candidate.words[0]
            self.bench.lead_to(hit.source.id, start, end)
            coding = self.bench.coding
            if coding is not None and not listed.rule:
                coding.mark_hits(listed.sought, start)

    def _current(self) -> Candidate:
        if self.rows.cursor is None:
            raise Refusal(_("Ingen treff. / søker etter noe annet."))
        return self.listed.candidates[self.rows.cursor]

    # -- ticking and coding

    def _places(self) -> list[Place]:
        return [place_of(each) for each in self.listed.candidates]

    def action_tick(self) -> None:
        self.ticks.toggle(place_of(self._current()))
        self.rows.action_step(1)
        self._ticked()

    def action_tick_to(self) -> None:
        self.ticks.to(place_of(self._current()), self._places())
        self._ticked()

    def action_tick_all(self) -> None:
        self.ticks.toggle_all(self._places())
        self._ticked()

    def _ticked(self) -> None:
        self.rows.refresh()
        self._show_status()

    def action_unit(self) -> None:
        """Take in the sentence around each hit, then the turn, then the hit alone again."""
        if self.listed.rule:
            raise Refusal(_("Her kodes hele stedet. Bare treffene for et søk kan gjøres større eller mindre."))
        self._widen(UNITS[(UNITS.index(self.listed.unit) + 1) % len(UNITS)])

    def _widen(self, unit: Unit) -> None:
        before = self.listed
        words = {(each.hit.source.id, *span) for each in before.candidates if place_of(each) in self.ticks
                 for span in each.words}  # fmt: skip

        def act(own: Project) -> list[Candidate]:
            return autocoding.widened(own, before.hits, unit)

        def done(rows: list[Candidate]) -> None:
            ticked = {
                place_of(each) for each in rows if any((each.hit.source.id, *span) in words for span in each.words)
            }
            self._show(replace(before, candidates=tuple(rows), unit=unit, ticked=frozenset(ticked)))

        act_on_many(self.bench, _("Finner {unit}").format(unit=search.unit_words()[unit]), len(before.hits), act, done)

    def action_code(self) -> None:
        ticked = [each for each in self.listed.candidates if place_of(each) in self.ticks]
        chosen = ticked or [self._current()]
        codes = CodeList(codebook.list_codes(self.project))
        self.ask(
            CodeDialog(self._coding_title(len(chosen)), codes, {}), lambda answer: self._code(chosen, codes, answer)
        )

    def _coding_title(self, n: int) -> str:
        if self.listed.rule or self.listed.unit == "turn":
            return ngettext("Kod {n} replikk eller avsnitt", "Kod {n} replikker eller avsnitt", n).format(n=n)
        if self.listed.unit == "sentence":
            return ngettext("Kod {n} setning", "Kod {n} setninger", n).format(n=n)
        return ngettext("Kod bare ordene i {n} treff (e tar med mer)", "Kod bare ordene i {n} treff (e tar med mer)",
                        n).format(n=n)  # fmt: skip

    def _code(self, chosen: Sequence[Candidate], codes: CodeList, answer: CodeChosen) -> None:
        if answer.pin:
            raise Refusal(_("Koder festes til taster fra kodingen, ikke herfra."))

        def act(own: Project) -> Coded:
            if answer.code:
                return autocoding.code_candidates(own, chosen, codes.entries[answer.code])
            return autocoding.code_candidates_anew(own, chosen, answer.name, parent=answer.parent)

        def done(coded: Coded) -> None:
            self.ticks.clear()
            self.rows.refresh()
            self._show_status(autocoding.coded_words(coded, answer.name) + ". " + _("u angrer."))

        act_on_many(self.bench, _("Koder stedene"), len(chosen), act, done)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self._show_status(done.summary))


def place_of(candidate: Candidate) -> Place:
    return candidate.hit.source.id, candidate.hit.start, candidate.hit.end


def counted(listed: Listed) -> str:
    """«41 treff i 9 kilder», or as many places."""
    n = len(listed.candidates if listed.rule else listed.hits)
    count = (
        ngettext("{n} sted", "{n} steder", n).format(n=n)
        if listed.rule
        else ngettext("{n} treff", "{n} treff", n).format(n=n)
    )
    places = len({hit.source.id for hit in listed.hits})
    if places:
        count += " " + ngettext("i {n} kilde", "i {n} kilder", places).format(n=places)
    if listed.closed:
        count += " · " + _("{n} i stengte felt er utelatt").format(n=listed.closed)
    return count if listed.whole else f"{count} · " + _("ikke alle treff vises")

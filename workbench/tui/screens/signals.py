"""Signals proposed from the coding: a list to agree to, with how often each holds and examples in context."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from nlp.learning.proposals import Example, TermProposal
from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import codebook, signals, sources
from workbench.services.retrieval import Filter
from workbench.services.signals import Proposed
from workbench.tui import reverting
from workbench.tui.presenting import signals as drawn
from workbench.tui.presenting.signals import Entry, Shown
from workbench.tui.screens.listing import ListScreen
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy


class SignalsScreen(ListScreen):
    ROW_LINES = drawn.ROW_LINES
    KEYS = (
        "signals.add", "signals.hide", "signals.open", "signals.example", "signals.undo", "signals.aside", "signals.run",
        "signals.back",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", _("Ta inn"), tooltip=_("Ta signalet eller unntaket inn i kodeboken"), id="signals.add"),
        Binding("r", "hide", _("Skjul"), tooltip=_("Skjul forslaget inntil videre, eller vis det igjen"),
                id="signals.hide"),
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til eksempelet i kilden"), id="signals.open"),
        Binding("e", "example", _("Neste eksempel"), tooltip=_("Vis neste eksempel først"), id="signals.example"),
        Binding("v", "aside", _("Skjulte"), tooltip=_("Vis også de skjulte, eller ikke"), id="signals.aside"),
        Binding("k", "run", _("Let på nytt"), tooltip=_("Let etter nye signaler på nytt"), id="signals.run"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="signals.undo"),
        Binding("escape", "app.go('suggestions')", _("Til forslagene"), tooltip=_("Tilbake til forslagene"),
                id="signals.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.found: Proposed | None = None
        """None until it has been looked for."""
        self.entries: list[Entry] = []
        """What is shown: what the codebook has not got, those put aside only when asked for."""
        self.aside = False
        """Whether those put aside are shown too."""
        self.hidden: frozenset[str] = frozenset()
        self._first: dict[str, int] = {}
        """Key of a proposal -> which of its examples stands first."""
        self._codes: dict[str, CodeEntry] = {}
        self._names: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def heading(self) -> str:
        return _("Forslag til signaler")

    def begin(self) -> None:
        self.hidden = signals.hidden(self.project)
        self.action_run()

    def excerpts_wanted(self) -> Filter:
        cursor = self.rows.cursor
        return Filter() if cursor is None else Filter(code=self.entries[cursor].code)

    # -- finding

    def action_run(self) -> None:
        project = self.project

        def act(work: Work[Proposed | None]) -> Proposed | None:
            with own_copy(project) as own:
                return signals.proposed_signals(own, progress=work.progress, cancelled=work.cancelled)

        def done(found: Proposed | None) -> None:
            if not self.is_attached:
                return
            if found is None:
                self.query_one(StatusLine).show(_("Avbrutt. k leter på nytt."))
                return
            self.found = found
            self._names = sources.source_names(self.project)
            self._texts.clear()
            self.show_entries()

        self.bench.start(Work(title=_("Leter etter nye signaler"), name="signals", act=act, done=done))

    # -- deciding

    def action_add(self) -> None:
        entry = self._current()
        name = self._codes[entry.code].name
        if isinstance(entry, TermProposal):
            changed = signals.add_signal(self.project, entry.code, entry.term, entry.kind)
            told = _("La «{term}» til signalet «{signal}» i «{code}». u angrer.").format(
                term=entry.term, signal=changed.name, code=name
            )
        else:
            signals.add_exception(self.project, entry.code, entry.signal, entry.case)
            told = _("Signalet «{signal}» i «{code}» brukes ikke lenger i {case}. u angrer.").format(
                signal=entry.signal, code=name, case=entry.case
            )
        self.show_entries(told)

    def action_hide(self) -> None:
        entry = self._current()
        key = signals.key_of(entry)
        self.hidden = self.hidden ^ {key}
        signals.keep_hidden(self.project, self.hidden)
        self.show_entries(_("Skjult. v viser de skjulte.") if key in self.hidden else _("Vises igjen."))

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_entries(done.summary))

    # -- looking

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            place = self._examples(self._current())[0]
            self.bench.lead_to(place.document, place.start, place.end)

    def action_example(self) -> None:
        entry = self._current()
        key = signals.key_of(entry)
        self._first[key] = (self._first.get(key, 0) + 1) % len(entry.examples)
        assert self.rows.cursor is not None
        self.rows.refresh_row(self.rows.cursor)

    def action_aside(self) -> None:
        self.aside = not self.aside
        self.show_entries()

    def show_entries(self, told: str = "") -> None:
        """Draw what the codebook, as it now is, has not got."""
        if self.found is None:
            self.query_one(StatusLine).show(told)
            return
        self._codes = {each.slug: each for each in codebook.list_codes(self.project)}
        left = signals.undecided(self.project, self.found)
        every: list[Entry] = [*left.exceptions, *left.terms]
        aside = sum(signals.key_of(each) in self.hidden for each in every)
        self.entries = [each for each in every if self.aside or signals.key_of(each) not in self.hidden]
        self.rows.set_rows(len(self.entries), self._draw)
        n = len(self.entries)
        self.query_one(StatusLine).show(
            told,
            ngettext("{n} forslag", "{n} forslag", n).format(n=n),
            ngettext("{n} skjult", "{n} skjulte", aside).format(n=aside) if aside else "",
            self._explained(),
        )

    def _explained(self) -> str:
        """What the list rests on, or why there is nothing in it."""
        assert self.found is not None
        n = self.found.decided_in
        if not n:
            return _("Ingenting er kodet eller vurdert ennå. Kod noen steder, og trykk k.")
        return ngettext("ut fra {n} kodet kilde", "ut fra {n} kodede kilder", n).format(n=n)

    def _current(self) -> Entry:
        if self.rows.cursor is None:
            raise Refusal(_("Det er ingen forslag til signaler her. k leter på nytt."))
        return self.entries[self.rows.cursor]

    def _examples(self, entry: Entry) -> list[Example]:
        """The proposal's examples, the one that has been turned to first."""
        first = self._first.get(signals.key_of(entry), 0) % len(entry.examples)
        return [*entry.examples[first:], *entry.examples[:first]]

    def _text(self, source: str) -> str:
        """A source's text, read once."""
        if source not in self._texts:
            found = next(each for each in sources.list_sources(self.project) if each.id == source)
            self._texts[source] = sources.show_source(self.project, found).text
        return self._texts[source]

    def _draw(self, index: int, width: int) -> list[Text]:
        entry = self.entries[index]
        code = self._codes[entry.code]
        shown = [
            Shown(example=each, text=self._text(each.document), source=self._names[each.document])
            for each in self._examples(entry)
        ]
        aside = signals.key_of(entry) in self.hidden
        return drawn.entry_lines(entry, code.name, code.colour, shown, aside=aside, width=width)

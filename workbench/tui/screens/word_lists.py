"""The lists of the words screen: found in a thread, sorted and filtered, with the places of the chosen word beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from exports.norwegian import sort_key
from nlp.words.concordance import ORDERS
from nlp.words.keyness import KeyWord
from workbench.errors import Refusal
from workbench.services import sources
from workbench.services import words as verbs
from workbench.services.retrieval import Filter
from workbench.services.words import EVERYBODY, Place, Wanted, Words
from workbench.store.project import Project
from workbench.tui.presenting import wording
from workbench.tui.presenting import words as drawn
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.words import Entry
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy

SORTS = ("first", "word", "sources")
AROUND = 200
"""Code points of context on each side, enough for the widest terminal."""
Compute = Callable[[Project, Words], Sequence[Entry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a list answers."""

    kind: str
    """`list`, `typical` or `company`."""
    compute: Compute
    about: str = ""
    """The case, code or word that it is about."""
    window: int = 0
    """How many words a pair may stretch over; 0 is side by side."""


class WordLists(BenchScreen[None]):
    CSS_PATH = "words.tcss"
    AUTO_FOCUS = "#words"

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted()
        self.words: Words | None = None
        """What the list is made from; None until it has been read."""
        self.question = self.all_words()
        self.everything = False
        self.sort = SORTS[0]
        self.order = ORDERS[0]
        self.found: list[Entry] = []
        self.entries: list[Entry] = []
        """What is shown of what was found: sorted, and those that hold what is written in the filter."""
        self.places: list[Place] = []
        self.codes = CodeList()
        self._still: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(_("Ord"), classes="heading", markup=False)
        with Horizontal(id="words-bench"):
            with Vertical(id="list-side"):
                yield Input(placeholder=_("/ søker i listen"), id="filter", compact=True)
                yield Static("", id="columns", markup=False)
                yield Rows(id="words")
            with Vertical(id="places-side"):
                yield Static("", id="places-title", markup=False)
                yield Rows(row_lines=2, id="places")
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def word_rows(self) -> Rows:
        return self.query_one("#words", Rows)

    @property
    def place_rows(self) -> Rows:
        return self.query_one("#places", Rows)

    def on_mount(self) -> None:
        self.place_rows.eager = False
        if sources.list_sources(self.project):
            self._read()
        else:
            self.query_one(StatusLine).show(_("Prosjektet har ingen kilder ennå. Trykk I for å importere."))

    def excerpts_wanted(self) -> Filter:
        role = "" if self.wanted.role == EVERYBODY else self.wanted.role
        return Filter(case=self.wanted.case, code=self.wanted.code, role=role)

    # -- finding

    def all_words(self) -> Question:
        return Question(kind="list", compute=lambda _project, words: verbs.word_list(words, everything=self.everything))

    def _read(self, *, wanted: Wanted | None = None, question: Question | None = None) -> None:
        """Find the words again and show them: those of other sources or speakers, or the answer to another question.

        What is shown stays until there is something else to show.
        """
        project, asked = self.project, question or self.question
        known = self.words if wanted is None else None
        chosen = wanted or self.wanted

        def act(work: Work[tuple[Words, list[Entry]] | None]) -> tuple[Words, list[Entry]] | None:
            with own_copy(project) as own:
                words = known or verbs.gather(own, chosen, progress=work.progress, cancelled=work.cancelled)
                if words is None or work.cancelled():
                    return None
                work.progress(1, 1, _("Teller"))
                entries = list(asked.compute(own, words))
                return None if work.cancelled() else (words, entries)

        def done(found: tuple[Words, list[Entry]] | None) -> None:
            if not self.is_attached:
                return
            if found is None:
                self.query_one(StatusLine).show(_("Avbrutt. w leser ordene."))
                return
            self.words, self.found = found
            self.wanted, self.question = chosen, asked
            with self.prevent(Input.Changed):
                self.query_one("#filter", Input).value = ""
            self.show_entries()

        self.bench.start(Work(title=_("Leser ordene"), name="words", act=act, done=done))

    def _opened_words(self) -> Words:
        if self.words is None:
            raise Refusal(_("Ingen ord er lest ennå. Trykk I for å importere kilder, eller w for å lese dem."))
        return self.words

    # -- showing

    def show_entries(self) -> None:
        """Draw the list as it is now sorted and filtered."""
        typed = self.query_one("#filter", Input).value.strip().lower()
        shown = [each for each in self.found if typed in " ".join(drawn.phrase_of(each))]
        if self.sort == "word":
            shown.sort(key=lambda each: sort_key(" ".join(drawn.phrase_of(each))))
        elif self.sort == "sources":
            shown.sort(key=lambda each: -len(each.sources))
        self.entries = shown
        self.word_rows.set_rows(len(shown), self._draw_entry, cursor=0)
        self.call_after_refresh(self._draw_heading)
        self._show_status()
        self.show_places()

    def show_places(self) -> None:
        """Look up where the chosen word stands."""
        if self._still is not None:
            self._still.stop()
            self._still = None
        entry = self.current()
        if entry is None or self.words is None:
            self.places = []
            title = ""
        else:
            phrase = drawn.phrase_of(entry)
            self.places = verbs.places_of(
                self.project, self.words, phrase, order=self.order, window=self.question.window, width=AROUND
            )
            n = len(self.places)
            title = ngettext("{word}: {n} sted", "{word}: {n} steder", n).format(word=" + ".join(phrase), n=n)
        self.query_one("#places-title", Static).update(safe_line(title))
        self.place_rows.set_rows(len(self.places), self._draw_place, cursor=0)

    def current(self) -> Entry | None:
        """The word under the cursor."""
        cursor = self.word_rows.cursor
        return None if cursor is None else self.entries[cursor]

    def _show_status(self) -> None:
        words = self._opened_words()
        n, wanted = len(self.entries), self.wanted
        about = {"list": "", "typical": _("typisk for «{what}»"), "company": _("står ved «{what}»")}[self.question.kind]
        if self.question.kind == "company" and not self.question.about:
            about = _("ordpar")
        sorts = {"first": "", "word": _("alfabetisk"), "sources": _("flest kilder først")}
        entry = next((each for each in self.codes.entries.values() if each.slug == wanted.code), None)
        parts = [
            about.format(what=self.question.about),
            ngettext("{n} ord", "{n} ord", n).format(n=n) if self.question.kind != "company" else
            ngettext("{n} par", "{n} par", n).format(n=n),
            sorts[self.sort],
            self._role_shown(),
            wanted.case,
            entry.name if entry else "",
            _("med småord") if self.everything else "",
            self._explained(),
            _("{n} ord i alt").format(n=words.total),
            _("uten {n} setninger i stengte felt").format(n=words.closed) if words.closed else "",
        ]  # fmt: skip
        self.query_one(StatusLine).show(*parts)

    def _explained(self) -> str:
        """What a list with nothing in it, or with words of one source alone, needs said."""
        if not self.found:
            return _("Ingen ord her. w viser alle, l og k velger hvem og hvor.")
        if self.question.kind == "typical":
            n = sum(isinstance(each, KeyWord) and len(each.sources) == 1 for each in self.entries)
            return ngettext("{n} bare i én kilde", "{n} bare i én kilde", n).format(n=n)
        return ""

    def _role_shown(self) -> str:
        known = {"": _("uten intervjueren"), EVERYBODY: _("alle talere"), **wording.role_words()}
        return known.get(self.wanted.role, self.wanted.role)

    def _draw_heading(self) -> None:
        width = self.word_rows.scrollable_content_region.width
        self.query_one("#columns", Static).update(drawn.heading(self.question.kind, width))

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_heading)

    def _draw_entry(self, index: int, width: int) -> list[Text]:
        return [drawn.entry_line(self.entries[index], width)]

    def _draw_place(self, index: int, width: int) -> list[Text]:
        return drawn.place_lines(self.places[index], width)

"""A survey's answers to one question at a time: read, narrowed and ticked, with who answered and from where in view."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from workbench.core.entities import Question
from workbench.errors import Refusal
from workbench.services import codebook, reading
from workbench.services.retrieval import Filter
from workbench.services.survey import answers
from workbench.services.survey.answers import AnswerRow
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting import answers as presenting
from workbench.tui.presenting.codes import CodeList
from workbench.tui.screens.listing import ListScreen
from workbench.tui.ticking import Ticks
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

ALL = ""


class AnswersList(ListScreen):
    """The answers to a question that the filters let through, ticked or not, and the whole of the one under the cursor."""

    CSS_PATH = "answers.tcss"
    ROW_LINES = 3
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", _("Kryss av"), tooltip=_("Kryss av for å kode flere, og gå til neste"),
                id="answers.tick"),
        Binding("A", "tick_all", _("Alle"), tooltip=_("Kryss av alle, eller ingen"), id="answers.tick_all"),
        Binding("t,shift+down", "tick_to", _("Kryss av hit"), key_display="t", show=False,
                tooltip=_("Kryss av fra det siste du krysset av, og hit"), id="answers.tick_to"),
        Binding("q", "question", _("Spørsmål"), tooltip=_("Velg et annet spørsmål"), id="answers.question"),
        Binding("n,right", "step_question(1)", _("Neste spørsmål"), show=False, tooltip=_("Til neste spørsmål"),
                id="answers.next"),
        Binding("p,left", "step_question(-1)", _("Forrige spørsmål"), show=False, tooltip=_("Til forrige spørsmål"),
                id="answers.previous"),
        Binding("v", "uncoded", _("Bare ukodede"), tooltip=_("Bare svar som ingen har kodet noe av"),
                id="answers.uncoded"),
        Binding("k", "case", _("Case"), tooltip=_("Bare svar fra denne casen"), id="answers.case"),
        Binding("slash,ctrl+f", "text", _("Ord"), key_display="/", tooltip=_("Bare svar med disse ordene"),
                id="answers.text"),
        Binding("w", "clear", _("Vis alle"), tooltip=_("Ta bort alle filtre"), id="answers.clear"),
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til svaret i kilden"), id="answers.open"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="answers.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Question] = []
        self.number = 0
        """Which of the questions is shown."""
        self.given: list[AnswerRow] = []
        """All answers to the question."""
        self.shown: list[AnswerRow] = []
        """Those that the filters let through."""
        self.codes = CodeList()
        self.pins: dict[int, str] = {}
        """Number key -> id of the code that is pinned to it."""
        self.ticks: Ticks[str] = Ticks()
        self.only_case = ALL
        self.only_text = ""
        self.only_uncoded = False

    def heading(self) -> str:
        return _("Svar")

    def above(self) -> ComposeResult:
        yield Static("", id="question", markup=False)

    def compose(self) -> ComposeResult:
        *before, status, keys = super().compose()
        yield from before
        with VerticalScroll(id="answer"):
            yield Static("", id="words", markup=False)
        yield status
        yield keys

    def begin(self) -> None:
        self.query_one("#answer").can_focus = False
        self.questions = answers.list_questions(self.project)
        self.number = self._where_the_reader_is()
        self.show_answers()

    def _where_the_reader_is(self) -> int:
        """The question whose answer the caret stands in, or the first."""
        coding = self.bench.coding
        if coding is None or coding.shown is None:
            return 0
        caret, source = coding.view.caret, coding.shown.source.id
        at = answers.question_at(self.project, source, caret)
        return next((n for n, each in enumerate(self.questions) if each.id == at), 0)

    # -- what is shown

    def show_answers(self, told: str = "", *, cursor: int | None = None) -> None:
        """Ask the project for the answers to the question again, and show them."""
        if not self.questions:
            self.query_one("#question", Static).update(
                _("Prosjektet har ingen spørreundersøkelse. I tar inn en tabell (.xlsx, .csv eller .sav).")
            )
            return
        question = self.questions[self.number]
        stood = self.shown[self.rows.cursor] if self.shown and self.rows.cursor is not None else None
        self.codes = CodeList(codebook.list_codes(self.project))
        self.pins = reading.pinned_codes(self.project)
        self.given = answers.list_answers(self.project, question)
        self.shown = answers.narrowed(
            self.project, self.given, case=self.only_case, uncoded=self.only_uncoded, text=self.only_text
        )
        self.ticks.keep({row.id for row in self.given})
        counts = answers.counts_of(question, self.given)
        self.query_one("#question", Static).update(
            presenting.question_text(question, counts, presenting.pinned_text(self.pins, self.codes))
        )
        self.rows.set_rows(len(self.shown), self._draw, cursor=self._beside(stood) if cursor is None else cursor)
        self._show_status(told)

    def _beside(self, stood: AnswerRow | None) -> int | None:
        """Where the cursor goes: to the answer it stood on, or the next that is shown where that one no longer is."""
        places = {row.id: n for n, row in enumerate(self.given)}
        if stood is None or stood.id not in places:
            return None
        after = (n for n, row in enumerate(self.shown) if places[row.id] >= places[stood.id])
        return next(after, max(0, len(self.shown) - 1))

    def _show_status(self, told: str = "") -> None:
        n = len(self.shown)
        count = ngettext("{n} svar", "{n} svar", n).format(n=n)
        if self.ticks:
            count += " " + _("({n} krysset av)").format(n=len(self.ticks)) + self._hidden_words()
        which = _("spørsmål {n} av {all}").format(n=self.number + 1, all=len(self.questions))
        filters = (
            _("case: {name}").format(name=self.only_case) if self.only_case else "",
            _("ord: {words}").format(words=self.only_text) if self.only_text else "",
            _("bare ukodede") if self.only_uncoded else "",
        )
        self.query_one(StatusLine).show(told, which, count, *filters)
        self._show_whole()

    def _hidden_words(self) -> str:
        n = self.ticks.hidden(self._ids())
        return " " + ngettext("({n} vises ikke)", "({n} vises ikke)", n).format(n=n) if n else ""

    @on(Rows.Highlighted)
    def _show_whole(self) -> None:
        index = self.rows.cursor
        words = Text() if index is None else presenting.whole_answer(self.shown[index])
        self.query_one("#words", Static).update(words)

    def _draw(self, index: int, width: int) -> list[Text]:
        row = self.shown[index]
        return presenting.answer_lines(row, self.codes, ticked=row.id in self.ticks, width=width)

    def excerpts_wanted(self) -> Filter:
        """What has been coded in the source under the cursor."""
        return Filter(source=self._current().source.id) if self.rows.cursor is not None else Filter()

    # -- the question and the filters

    def action_question(self) -> None:
        titles = {each.id: each.title for each in answers.list_surveys(self.project)}
        several = len({each.survey for each in self.questions}) > 1
        options = [
            (str(n), f"{each.key}  {each.wording}" + (f"  ({titles[each.survey]})" if several else ""))
            for n, each in enumerate(self.questions)
        ]
        self.ask(
            ChooseDialog(_("Hvilket spørsmål?"), options, chosen=str(self.number)),
            lambda chosen: self._turn_to(int(chosen)),
        )

    def action_step_question(self, step: int) -> None:
        if self.questions:
            self._turn_to((self.number + step) % len(self.questions))

    def _turn_to(self, number: int) -> None:
        self.number = number
        self.ticks.clear()
        self.show_answers(cursor=0)

    def action_uncoded(self) -> None:
        self.only_uncoded = not self.only_uncoded
        self.show_answers()

    def action_case(self) -> None:
        known = sorted({case for row in self.given for case in row.source.cases})
        options = [(ALL, _("Alle")), *((name, name) for name in known)]

        def take(case: str) -> None:
            self.only_case = case
            self.show_answers(cursor=0)

        self.ask(ChooseDialog(_("Hvilken case?"), options, chosen=self.only_case), take)

    def action_text(self) -> None:
        def take(text: str) -> None:
            self.only_text = text
            self.show_answers(cursor=0)

        hint = _("Enter viser · tomt viser alle · Esc avbryter")
        self.ask(LineDialog(_("Svar med ordene"), self.only_text, hint=hint, empty=True), take)

    def action_clear(self) -> None:
        self.only_case, self.only_text, self.only_uncoded = ALL, "", False
        self.show_answers()

    # -- ticking

    def _current(self) -> AnswerRow:
        if self.rows.cursor is None:
            raise Refusal(_("Ingen svar passer. w viser alle."))
        return self.shown[self.rows.cursor]

    def _ids(self) -> list[str]:
        return [row.id for row in self.shown]

    def action_tick(self) -> None:
        self.ticks.toggle(self._current().id)
        self.rows.action_step(1)
        self._ticked()

    def action_tick_to(self) -> None:
        self.ticks.to(self._current().id, self._ids())
        self._ticked()

    def action_tick_all(self) -> None:
        self.ticks.toggle_all(self._ids())
        self._ticked()

    def _ticked(self) -> None:
        self.rows.refresh()
        self._show_status()

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            row = self._current()
            self.bench.lead_to(row.source.id, row.start, row.end)

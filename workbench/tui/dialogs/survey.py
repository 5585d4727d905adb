"""What the researcher says of a survey and of a question in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Static

from corpus.survey.mapping import Filter, Question
from workbench.errors import Refusal
from workbench.services.survey.uses import filter_written
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.transcript.display import safe
from workbench.tui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class SurveyNamed:
    """What a survey is called."""

    title: str
    wave: str


class SurveyNameDialog(Dialog[SurveyNamed]):
    """Title and wave: a table of the same title and wave is a newer edition of the same survey."""

    def __init__(self, title: str, wave: str) -> None:
        super().__init__(_("Undersøkelsen"))
        self._before = SurveyNamed(title, wave)

    def compose_body(self) -> ComposeResult:
        yield label(_("Tittel"))
        yield Input(self._before.title, id="title", compact=True)
        yield label(_("Bølge"))
        yield Input(self._before.wave, id="wave", compact=True)
        yield self.buttons(Button(_("Lagre"), id="save", variant="primary"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        title, wave = (self.query_one(f"#{name}", Input).value.strip() for name in ("title", "wave"))
        if title:
            self.dismiss(SurveyNamed(title, wave))


class QuestionDialog(Dialog[Question]):
    """The wording of a question, who was asked it, and whether answers are numbers."""

    WIDE = True

    def __init__(self, question: Question, read_filter: Callable[[str], Filter | None]) -> None:
        """
        Args:
            question: as it stands.
            read_filter: makes a filter of what is written; its refusal is shown, and the dialog stays.
        """
        super().__init__(_("Spørsmålet {key}").format(key=question.key))
        self._before = question
        self._read_filter = read_filter

    def compose_body(self) -> ComposeResult:
        yield label(_("Spørsmålet slik det ble stilt"))
        yield Input(self._before.wording, id="wording", compact=True)
        yield label(_("Hvem som fikk det, i ord (tomt: alle)"))
        yield Input(self._before.base, id="base", compact=True)
        yield label(_("Filter, som «Har plan = Ja | Delvis»"))
        yield Input(filter_written(self._before), id="filter", compact=True)
        yield Tick(_("Les svarene også som tall"), self._before.numeric, id="numeric")
        yield label("", classes="hint")
        yield self.buttons(Button(_("Lagre"), id="save", variant="primary"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        wording, base, written = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("wording", "base", "filter")
        )
        try:
            chosen = self._read_filter(written)
        except Refusal as error:
            self.query_one(".hint", Static).update(safe(str(error)))
            self.query_one("#filter", Input).focus()
            return
        self.dismiss(
            replace(
                self._before,
                wording=wording or self._before.wording,
                base=base,
                filter=chosen,
                numeric=self.query_one("#numeric", Tick).value,
            )
        )


class ChangedAnswersDialog(Dialog[bool]):
    """The answers that a newer table has otherwise, old and new words: they are taken, or those that stand are left.

    Enter on «Avbryt», which has the focus, takes in nothing at all.
    """

    WIDE = True
    DEFAULT_CSS = """
    ChangedAnswersDialog #changed { height: auto; max-height: 50vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,y", "answer(True)", _("Ta inn de endrede svarene"), show=False, id="changed.take"),
        Binding("n", "answer(False)", _("La de gamle stå"), show=False, id="changed.leave"),
        Binding("up", "scroll(-1)", _("Opp"), show=False, id="changed.up"),
        Binding("down", "scroll(1)", _("Ned"), show=False, id="changed.down"),
        Binding("pageup", "scroll(-10)", _("Side opp"), show=False, id="changed.page_up"),
        Binding("pagedown", "scroll(10)", _("Side ned"), show=False, id="changed.page_down"),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = lines

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="changed"):
            yield Static("\n".join(safe(line) for line in self._lines), markup=False)
        yield label(
            _("Det som er kodet på et svar som byttes ut, flyttes bare når plassen er sikker; ellers venter det.")
        )
        yield self.buttons(
            Button(_("Ta inn de endrede"), id="take", variant="warning"), Button(_("La de gamle stå"), id="leave")
        )
        yield label(_("↑ ↓ blar · j: ta inn de endrede · n: la de gamle stå · Esc: ta ikke inn noe"), classes="hint")

    def on_mount(self) -> None:
        self.query_one("#changed").can_focus = False
        self.query_one("#back-out", Button).focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#changed").scroll_relative(y=lines, animate=False)

    def action_answer(self, take: bool) -> None:
        self.dismiss(take)

    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(False)

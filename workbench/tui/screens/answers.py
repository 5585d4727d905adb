"""A survey's answers coded as wholes, one question at a time: by name, by number key, or with the last code again."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.errors import Refusal
from workbench.services import batch, coding, reading
from workbench.services.batch import Outcome
from workbench.services.survey import answers
from workbench.store.project import Project
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.many import act_on_many
from workbench.tui.presenting import answers as presenting
from workbench.tui.screens.answers_list import AnswersList

RECENT_CODES = 12


class AnswersScreen(AnswersList):
    KEYS = (
        "answers.code", "answers.repeat", "answers.tick", "answers.question", "answers.uncoded", "answers.text", "answers.case",
        "answers.open", "answers.clear", "answers.undo", "answers.remove", "answers.tick_all", "answers.back",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", _("Kod"), tooltip=_("Kod hele svaret, eller de avkryssede svarene"), id="answers.code"),
        Binding("full_stop", "repeat", _("Gjenta"), key_display=".", tooltip=_("Kod med den siste koden"),
                id="answers.repeat"),
        *(
            Binding(str(key), f"pinned({key})", _("Festet kode {key}").format(key=key), show=False,
                    id=f"answers.pinned_{key}")
            for key in range(1, 10)
        ),
        Binding("x,delete", "remove", _("Fjern"), tooltip=_("Fjern en koding av svaret"), id="answers.remove"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="answers.undo"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.recent: list[str] = []
        """Ids of the codes used here, the newest first."""

    def action_code(self) -> None:
        self.require_writable()
        chosen = self._chosen()
        self.ask(
            CodeDialog(self._title(chosen), self.codes, self.pins, recent=self.recent),
            lambda answer: self._take(answer, chosen),
        )

    def action_pinned(self, key: int) -> None:
        code = self.pins.get(key)
        if code is None:
            raise Refusal(
                _("Ingen kode er festet til {key}. c velger en kode, og Ctrl+P der fester den.").format(key=key)
            )
        self._take(CodeChosen(code=code, name=self._named(code)), self._chosen())

    def action_repeat(self) -> None:
        if not self.recent:
            raise Refusal(_("Du har ikke kodet noe her ennå. Trykk c for å velge en kode."))
        self._take(CodeChosen(code=self.recent[0], name=self._named(self.recent[0])), self._chosen())

    def _chosen(self) -> list[str]:
        """Ids of the ticked answers, else of the one under the cursor."""
        return self.ticks.order(self._ids()) or [self._current().id]

    def _named(self, code: str) -> str:
        entry = self.codes.get(code)
        if entry is None:
            raise Refusal(_("Koden finnes ikke lenger."))
        return entry.name

    def _title(self, chosen: list[str]) -> str:
        """What is coded: the answer itself when it is one, since the dialog lies over it."""
        if not self.ticks:
            return presenting.one_answer(self._current())
        n = len(chosen)
        return ngettext("Kod {n} svar med", "Kod {n} svar med", n).format(n=n) + self._hidden_words()

    def _take(self, answer: CodeChosen, chosen: list[str]) -> None:
        self.require_writable()
        if answer.pin:
            self._pin(answer)
            return

        def act(own: Project) -> Outcome:
            if not answer.code:
                return answers.code_answers_new(own, chosen, answer.name, parent=answer.parent)
            return answers.code_answers(own, chosen, self.codes.entries[answer.code])

        act_on_many(self.bench, self._title(chosen), len(chosen), act, lambda outcome: self._coded(outcome, answer))

    def _pin(self, answer: CodeChosen) -> None:
        """Pin a code to the first free number key, or free the key it has."""
        pinned = next((key for key, each in self.pins.items() if each == answer.code), 0)
        key = pinned or next((key for key in range(1, 10) if key not in self.pins), 9)
        reading.pin_code(self.project, key, "" if pinned else answer.code)
        told = _("«{code}» er løst fra {key}") if pinned else _("«{code}» er festet til {key}")
        self.show_answers(told.format(code=answer.name, key=key))

    def _coded(self, outcome: Outcome, answer: CodeChosen) -> None:
        if not self.is_attached:
            return
        self.ticks.clear()
        self.show_answers(_("Kodet med «{code}»: {what}").format(code=answer.name, what=batch.outcome_words(outcome)))
        code = answer.code or next((each.id for each in self.codes.entries.values() if each.name == answer.name), "")
        self.recent = [code, *(each for each in self.recent if each != code)][:RECENT_CODES] if code else self.recent

    def action_remove(self) -> None:
        self.require_writable()
        row = self._current()
        own = row.codings
        if not own:
            raise Refusal(_("Svaret er ikke kodet."))
        options = [(each.id, f"{each.code_name}  {each.coder}") for each in own]

        def take(chosen: str) -> None:
            coding.remove_coding(self.project, chosen)
            code = next(each.code_name for each in own if each.id == chosen)
            self.show_answers(_("Fjernet kodingen «{code}». u angrer.").format(code=code))

        if len(own) == 1:
            take(own[0].id)
        else:
            self.ask(ChooseDialog(_("Hvilken koding skal fjernes?"), options), take)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_answers(done.summary))

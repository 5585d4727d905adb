"""Taking a survey's table in: what it would bring, whether it is one that is here already, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from workbench.errors import Refusal
from workbench.services.survey import answers, receiving, tables
from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.telling import differing, result_lines
from workbench.services.survey.twins import SameSurvey, Twin
from workbench.tui.dialogs.asked import AskedDialog
from workbench.tui.dialogs.choose import ConfirmDialog
from workbench.tui.dialogs.paths import MessageDialog
from workbench.tui.dialogs.survey import ChangedAnswersDialog, SurveyNamed, SurveyNameDialog
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.survey_columns import SurveyColumns
from workbench.tui.working import Work, own_copy

_NEWER, _WAVE, _OTHER = "newer", "wave", "other"


class SurveyImportScreen(SurveyColumns):
    """A survey's table on its way in. Nothing is stored before «Ta inn»."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,L", "save", _("Ta inn"), key_display="L", tooltip=_("Ta svarene inn i prosjektet"),
                id="survey.save"),
        Binding("v", "look", _("Prøv"), tooltip=_("Vis hva som ville bli tatt inn"), id="survey.look"),
        Binding("escape", "back", _("Lukk"), tooltip=_("Lukk uten å ta noe inn"), id="survey.back"),
    ]  # fmt: skip

    def action_look(self) -> None:
        title = _("Hva som ville bli tatt inn")
        self._plan(title, lambda result: self.app.push_screen(MessageDialog(title, account(result, planned=True))))

    def action_save(self) -> None:
        self.require_writable()
        if not self.mapping.questions:
            raise Refusal(_("Ingen kolonne er valgt som åpent spørsmål. e velger hva en kolonne er."))
        tables.answers_of(self.sheet, self.mapping)
        if answers.list_surveys(self.project):
            title = _("Ser etter hva som er nytt i «{title}»").format(title=self.mapping.title)
            self._plan(title, self._looked, take_changed=True)
        else:
            self._take_in(take_changed=False)

    def _plan(self, title: str, done: Callable[[SurveyResult], Any], *, take_changed: bool = False) -> None:
        """Find out in a thread what taking the table in would do; nothing is stored."""
        project, sheet, mapping, separate = self.project, self.sheet, self.mapping, self.separate

        def look(_work: Work[SurveyResult | Twin]) -> SurveyResult | Twin:
            with own_copy(project) as own:
                try:
                    return receiving.plan_import(own, sheet, mapping, take_changed=take_changed, separate=separate)
                except SameSurvey as found:
                    return found.twin

        def looked(found: SurveyResult | Twin) -> None:
            if isinstance(found, Twin):
                self._ask_which(found, lambda: self._plan(title, done, take_changed=take_changed))
            else:
                done(found)

        self.bench.start(Work(title=title, name="survey.look", act=look, done=looked))

    def _ask_which(self, twin: Twin, separately: Callable[[], None]) -> None:
        """Ask whether the table is a newer edition of the survey that has its respondents, before anybody is there twice."""

        def take(answer: str) -> None:
            if answer == _OTHER:
                self.separate = True
                separately()
            elif answer == _WAVE:
                self.ask(SurveyNameDialog(twin.title, ""), self.rename)
            else:
                self.rename(SurveyNamed(twin.title, twin.wave))
                self.say(_("Tabellen er nå en nyere utgave av «{title}». Se over kolonnene.").format(title=twin.shown))

        lines = [
            _("{n} av {all} respondenter står i «{title}» fra før, med samme nummer eller samme svar.").format(
                n=twin.number, all=twin.all, title=twin.shown
            ),
            _("Som nyere utgave tas bare de nye inn, og svar som er endret, vises først."),
            _("En ny runde blant de samme er en bølge."),
        ]
        choices = [(_NEWER, _("Nyere utgave")), (_WAVE, _("Ny bølge")), (_OTHER, _("En annen undersøkelse"))]
        self.ask(AskedDialog(_("Er dette samme undersøkelse?"), lines, choices), take)

    def _looked(self, planned: SurveyResult) -> None:
        """Ask whether changed answers shall come along, where there are any that may."""
        n = len(planned.taken)
        if not n:
            self._take_in(take_changed=False)
            return
        title = ngettext(
            "{n} svar er et annet i tabellen enn i prosjektet", "{n} svar er andre i tabellen enn i prosjektet", n
        )
        lines = differing(planned.taken)
        corrected = [each for each in planned.changed if each.corrected]
        if corrected:
            lines += ["", _("Disse er endret her også, og står uansett som de er:"), *differing(corrected)]
        dialog = ChangedAnswersDialog(title.format(n=n), lines)
        self.ask(dialog, lambda take: self._take_in(take_changed=take))

    def _take_in(self, *, take_changed: bool) -> None:
        project, sheet, mapping, separate = self.project, self.sheet, self.mapping, self.separate

        def act(work: Work[SurveyResult]) -> SurveyResult:
            with own_copy(project) as own:
                return receiving.import_survey(
                    own,
                    sheet,
                    mapping,
                    take_changed=take_changed,
                    separate=separate,
                    progress=work.progress,
                    cancelled=work.cancelled,
                )

        title = _("Tar inn «{title}»").format(title=mapping.title)
        self.bench.start(Work(title=title, name="survey.import", act=act, done=self.taken_in, writes=True))

    def taken_in(self, result: SurveyResult) -> None:
        """Go on once the table has been taken in."""
        self.leave()
        self.app.push_screen(MessageDialog(_("Svarene er tatt inn"), account(result)))

    def action_back(self) -> None:
        if not self.changed:
            self.leave()
            return
        dialog = ConfirmDialog(
            _("Lukke uten å ta noe inn?"), _("Det du har sagt om kolonnene, er ikke lagret."), yes=_("Lukk")
        )
        self.ask(dialog, lambda _yes: self.leave())

    def leave(self) -> None:
        """Go to what lies below: other files that have been read, or the coding."""
        below = self.app.screen_stack[self.app.screen_stack.index(self) - 1]
        if isinstance(below, CodingScreen):
            self.bench.back_to_coding()
        else:
            self.app.pop_screen()


def account(result: SurveyResult, *, planned: bool = False) -> str:
    """All that a person should know of what was, or would be, taken in."""
    lines = result_lines(result, planned=planned)
    left = ", ".join(f"«{each.header}»" for each in result.left_out)
    if left:
        lines.append(_("Utelatt: {columns}.").format(columns=left))
    return "\n".join([*lines, *result.notes])

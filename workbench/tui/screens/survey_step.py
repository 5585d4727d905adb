"""A survey's table as one step of a walk through several files."""

from __future__ import annotations

from gettext import gettext as _

from textual.binding import Binding
from textual.widgets import Static

from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.tables import Sheet
from workbench.tui.screens.survey_import import SurveyImportScreen, account
from workbench.tui.walk import Walk


class SurveyStep(SurveyImportScreen):
    """Tells in its heading where in the walk it is, and goes on to the next file when it is left."""

    BINDINGS = [  # noqa: RUF012 - Textual's own
        Binding("S", "stop", _("Stopp her"), tooltip=_("Hopp over denne og resten av filene"), id="survey.stop"),
    ]

    def __init__(self, sheets: tuple[Sheet, ...], walk: Walk) -> None:
        super().__init__(sheets)
        self._walk = walk

    def _show(self, told: str = "", *, cursor: int | None = None) -> None:
        super()._show(told, cursor=cursor)
        about = self.query_one("#about", Static)
        about.update(self._walk.titled(str(about.content)))

    def _saved(self, result: SurveyResult) -> None:
        self.app.pop_screen()
        self._walk.came_in(account(result).split("\n"))

    def _leave(self) -> None:
        self.app.pop_screen()
        self._walk.skip()

    def action_stop(self) -> None:
        self.app.pop_screen()
        self._walk.stop()

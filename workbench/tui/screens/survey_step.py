"""A survey's table as one step of a walk through several files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _

from textual.binding import Binding

from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.tables import Sheet
from workbench.tui.screens.survey_columns import KEYS
from workbench.tui.screens.survey_import import SurveyImportScreen, account
from workbench.tui.walk import Walk

_FIRST = ("survey.save", "survey.back")


class SurveyStep(SurveyImportScreen):
    """Tells in its heading where in the walk it is, and goes on to the next file when it is left."""

    BINDINGS = [  # noqa: RUF012 - Textual's own
        Binding("S", "stop", _("Stopp her"), tooltip=_("Hopp over denne og resten av filene"), id="survey.stop"),
    ]

    def __init__(self, sheets: tuple[Sheet, ...], walk: Walk) -> None:
        super().__init__(sheets)
        self._walk = walk

    def heading(self) -> str:
        return self._walk.titled(super().heading())

    def keys(self) -> Sequence[str]:
        return ("survey.save", "survey.back", "survey.stop", *(key for key in KEYS if key not in _FIRST))

    def key_words(self) -> Mapping[str, str]:
        return {"survey.back": _("Hopp over")}

    def taken_in(self, result: SurveyResult) -> None:
        self.app.pop_screen()
        self._walk.came_in(account(result).split("\n"))

    def leave(self) -> None:
        self.app.pop_screen()
        self._walk.skip()

    def action_stop(self) -> None:
        self.app.pop_screen()
        self._walk.stop()

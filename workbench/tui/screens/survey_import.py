"""Looking over a survey's table before it is taken in: what each column is, and what is said of the questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from corpus.survey.columns import ColumnGuess
from corpus.survey.mapping import Question
from workbench.errors import Refusal
from workbench.services.survey import receiving, standing, tables, uses
from workbench.services.survey.receiving import SurveyResult
from workbench.services.survey.tables import Sheet
from workbench.services.survey.telling import differing, result_lines
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.paths import MessageDialog, PathsDialog
from workbench.tui.dialogs.survey import ChangedAnswersDialog, QuestionDialog, SurveyNamed, SurveyNameDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting.answers import column_details, column_lines
from workbench.tui.presenting.paths import typed_path
from workbench.tui.screens.base import BenchScreen
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy

KEYS = ("survey.save", "survey.use", "survey.leave_out", "survey.question", "survey.name", "survey.keep", "survey.fetch",
        "survey.look", "survey.sheet", "survey.back")  # fmt: skip


class SurveyImportScreen(BenchScreen[None], inherit_bindings=False):
    """The columns, and what is known of the one under the cursor. Nothing is stored before «Ta inn»."""

    CSS_PATH = "survey_import.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,L", "save", _("Ta inn"), key_display="L", tooltip=_("Ta svarene inn i prosjektet"),
                id="survey.save"),
        Binding("e", "use", _("Hva kolonnen er"), tooltip=_("Velg hva kolonnen tas inn som"), id="survey.use"),
        Binding("x,space", "leave_out", _("Ta med/utelat"), tooltip=_("Ta kolonnen med, eller la den ligge"),
                id="survey.leave_out"),
        Binding("q", "question", _("Spørsmålet"), tooltip=_("Ordlyd, hvem som fikk spørsmålet, og filter"),
                id="survey.question"),
        Binding("t", "name", _("Tittel"), tooltip=_("Undersøkelsens tittel og bølge"), id="survey.name"),
        Binding("s", "keep", _("Lagre oppsettet"), tooltip=_("Lagre hva kolonnene er, til neste gang"),
                id="survey.keep"),
        Binding("h", "fetch", _("Hent oppsett"), tooltip=_("Bruk et oppsett som er lagret"), id="survey.fetch"),
        Binding("v", "look", _("Prøv"), tooltip=_("Vis hva som ville bli tatt inn"), id="survey.look"),
        Binding("a", "sheet", _("Ark"), tooltip=_("Velg et annet ark i filen"), id="survey.sheet"),
        Binding("escape", "back", _("Lukk"), tooltip=_("Lukk uten å ta noe inn"), id="survey.back"),
    ]  # fmt: skip

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        super().__init__()
        self.sheets = sheets
        self.sheet = sheets[0]
        self.mapping = self.sheet.proposed()
        self.changed = False

    def compose(self) -> ComposeResult:
        yield Static("", id="about", classes="heading", markup=False)
        with Horizontal():
            yield Rows(row_lines=2, id="columns")
            with VerticalScroll(id="details"):
                yield Static("", id="found", markup=False)
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#details").can_focus = False
        self.rows.eager = False
        self.rows.focus()
        self._show(self._as_before(self.mapping.title, self.mapping.wave), cursor=0)
        self.query_one(KeyBar).show(KEYS if len(self.sheets) > 1 else [key for key in KEYS if key != "survey.sheet"])

    @property
    def rows(self) -> Rows:
        return self.query_one("#columns", Rows)

    @property
    def column(self) -> ColumnGuess:
        """The column under the cursor."""
        return self.sheet.guesses[self.rows.cursor or 0]

    # -- what is shown

    def _show(self, told: str = "", *, cursor: int | None = None) -> None:
        wave = f" – {self.mapping.wave}" if self.mapping.wave else ""
        heading = _("Spørreundersøkelse: {title}").format(title=f"{self.mapping.title}{wave} ({self.sheet.path.name})")
        self.query_one("#about", Static).update(heading)
        self.rows.set_rows(len(self.sheet.guesses), self._draw, cursor=cursor)
        rows, questions = self.sheet.respondents, len(self.mapping.questions)
        left = len(tables.left_out(self.sheet, self.mapping))
        self.query_one(StatusLine).show(
            told,
            ngettext("{n} rad", "{n} rader", rows).format(n=rows),
            ngettext("{n} åpent spørsmål", "{n} åpne spørsmål", questions).format(n=questions),
            "" if self.mapping.case else _("ingen kolonne er case"),
            ngettext("{n} kolonne tas ikke inn", "{n} kolonner tas ikke inn", left).format(n=left) if left else "",
        )
        self._show_details()

    @on(Rows.Highlighted)
    def _show_details(self) -> None:
        self.query_one("#found", Static).update(column_details(self.column, self.mapping))

    def _draw(self, index: int, width: int) -> list[Text]:
        return column_lines(self.sheet.guesses[index], self.mapping, width=width)

    def _as_before(self, title: str, wave: str) -> str:
        """Read the columns as when the survey of this title was last taken in; what there is to tell of it."""
        with self.refusals():
            mapping = standing.earlier_mapping(self.project, title, wave)
            if mapping is not None:
                sheet = tables.sheet_for(self.sheets, mapping)
                tables.answers_of(sheet, mapping)
                self.sheet, self.mapping = sheet, mapping
                return _("Kolonnene leses som sist undersøkelsen ble tatt inn")
        return ""

    # -- what the columns are

    @on(Rows.Chosen)
    def action_use(self) -> None:
        column = self.column
        words = uses.use_words()
        dialog = ChooseDialog(
            _("«{column}» tas inn som").format(column=column.header),
            [(use, words[use]) for use in uses.USES],
            chosen=uses.use_of(self.mapping, column.header),
        )
        self.ask(dialog, lambda chosen: self._use(column, next(use for use in uses.USES if use == chosen)))

    def action_leave_out(self) -> None:
        column = self.column
        if uses.use_of(self.mapping, column.header) != "ignore":
            self._use(column, "ignore")
            return
        proposed = uses.use_of(self.sheet.proposed(), column.header)
        self._use(column, "question" if proposed == "ignore" else proposed)

    def _use(self, column: ColumnGuess, use: uses.Use) -> None:
        self.mapping = uses.with_use(self.mapping, self.sheet, column, use)
        self.changed = True
        self._show()

    def action_question(self) -> None:
        question = uses.question_in(self.mapping, self.column.header)
        if question is None:
            raise Refusal(_("Kolonnen er ikke et åpent spørsmål. e velger hva den er."))

        def take(said: Question) -> None:
            self.mapping = uses.with_question(self.mapping, said)
            self.changed = True
            self._show()

        dialog = QuestionDialog(question, lambda written: uses.filter_of(self.mapping, self.sheet, written))
        self.ask(dialog, take)

    def action_name(self) -> None:
        def take(named: SurveyNamed) -> None:
            told = self._as_before(named.title, named.wave)
            self.mapping = replace(self.mapping, title=named.title, wave=named.wave)
            self.changed = True
            self._show(told)

        self.ask(SurveyNameDialog(self.mapping.title, self.mapping.wave), take)

    def action_sheet(self) -> None:
        options = [(each.grid.name, each.grid.name) for each in self.sheets]

        def take(name: str) -> None:
            self.sheet = tables.sheet_named(self.sheets, name)
            self.mapping = self.sheet.proposed()
            self._show(cursor=0)

        self.ask(ChooseDialog(_("Hvilket ark?"), options, chosen=self.sheet.grid.name), take)

    # -- mappings that are kept

    def action_keep(self) -> None:
        proposed = self.sheet.path.with_name(f"{self.sheet.path.stem}-oppsett.yaml")

        def take(answer: str) -> None:
            path = typed_path(answer)
            if path.exists():
                question = _("{file} finnes og blir skrevet over.").format(file=path)
                self.ask(ConfirmDialog(_("Se på dette først"), question, yes=_("Skriv over")), lambda _yes: keep(path))
            else:
                keep(path)

        def keep(path: Path) -> None:
            tables.save_mapping(path, self.sheet, self.mapping)
            self.changed = False
            self._show(_("Oppsettet er lagret: {file}").format(file=path))

        self.ask(LineDialog(_("Lagre oppsettet som"), str(proposed)), take)

    def action_fetch(self) -> None:
        def take(paths: list[Path]) -> None:
            mapping = tables.load_mapping(paths[0])
            sheet = tables.sheet_for(self.sheets, mapping)
            tables.answers_of(sheet, mapping)
            self.sheet, self.mapping = sheet, mapping
            self._show(_("Oppsettet er hentet: {file}").format(file=paths[0].name))

        self.ask(
            PathsDialog(_("Hent oppsett"), folder=self.sheet.path.parent, endings=(".yaml", ".yml"), button=_("Hent")),
            take,
        )

    # -- taking it in

    def action_look(self) -> None:
        title = _("Hva som ville bli tatt inn")
        self._plan(title, lambda result: self.app.push_screen(MessageDialog(title, account(result, planned=True))))

    def action_save(self) -> None:
        self.require_writable()
        tables.answers_of(self.sheet, self.mapping)
        if standing.earlier_mapping(self.project, self.mapping.title, self.mapping.wave) is None:
            self._take_in(take_changed=False)
        else:
            title = _("Ser etter endrede svar i «{title}»").format(title=self.mapping.title)
            self._plan(title, self._looked, take_changed=True)

    def _plan(self, title: str, done: Callable[[SurveyResult], Any], *, take_changed: bool = False) -> None:
        """Find out in a thread what taking the table in would do; nothing is stored."""
        project, sheet, mapping = self.project, self.sheet, self.mapping

        def look(_work: Work[SurveyResult]) -> SurveyResult:
            with own_copy(project) as own:
                return receiving.plan_import(own, sheet, mapping, take_changed=take_changed)

        self.bench.start(Work(title=title, name="survey.look", act=look, done=done))

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
        project, sheet, mapping = self.project, self.sheet, self.mapping

        def act(work: Work[SurveyResult]) -> SurveyResult:
            with own_copy(project) as own:
                return receiving.import_survey(
                    own, sheet, mapping, take_changed=take_changed, progress=work.progress, cancelled=work.cancelled
                )

        title = _("Tar inn «{title}»").format(title=mapping.title)
        self.bench.start(Work(title=title, name="survey.import", act=act, done=self._saved))

    def _saved(self, result: SurveyResult) -> None:
        self._leave()
        self.app.push_screen(MessageDialog(_("Svarene er tatt inn"), account(result)))

    def action_back(self) -> None:
        if not self.changed:
            self._leave()
            return
        dialog = ConfirmDialog(
            _("Lukke uten å ta noe inn?"), _("Det du har sagt om kolonnene, er ikke lagret."), yes=_("Lukk")
        )
        self.ask(dialog, lambda _yes: self._leave())

    def _leave(self) -> None:
        """To what lies below: other files that have been read, or the coding."""
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

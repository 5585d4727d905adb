"""Looking over a survey's table before it is taken in: what each column is, and what is said of the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from corpus.survey.columns import ColumnGuess
from corpus.survey.mapping import Question
from workbench.errors import Refusal
from workbench.services.survey import standing, tables, uses
from workbench.services.survey.tables import Sheet
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.dialogs.survey import QuestionDialog, SurveyNamed, SurveyNameDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting.answers import column_details, column_lines
from workbench.tui.presenting.paths import typed_path
from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

KEYS = ("survey.save", "survey.use", "survey.leave_out", "survey.question", "survey.name", "survey.keep", "survey.fetch",
        "survey.look", "survey.sheet", "survey.back")  # fmt: skip


class SurveyColumns(BenchScreen[None], inherit_bindings=False):
    """The columns, and what is known of the one under the cursor; how they are read can be kept for the next time."""

    CSS_PATH = "survey_columns.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "use", _("Hva kolonnen er"), tooltip=_("Velg hva kolonnen tas inn som"), id="survey.use"),
        Binding("x,space", "leave_out", _("Ta med/utelat"), tooltip=_("Ta kolonnen med, eller la den ligge"),
                id="survey.leave_out"),
        Binding("q", "question", _("Spørsmålet"), tooltip=_("Ordlyd, hvem som fikk spørsmålet, og filter"),
                id="survey.question"),
        Binding("t", "name", _("Tittel"), tooltip=_("Undersøkelsens tittel og bølge"), id="survey.name"),
        Binding("s", "keep", _("Lagre oppsettet"), tooltip=_("Lagre hva kolonnene er, til neste gang"),
                id="survey.keep"),
        Binding("h", "fetch", _("Hent oppsett"), tooltip=_("Bruk et oppsett som er lagret"), id="survey.fetch"),
        Binding("a", "sheet", _("Ark"), tooltip=_("Velg et annet ark i filen"), id="survey.sheet"),
    ]  # fmt: skip

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        super().__init__()
        self.sheets = sheets
        self.sheet = sheets[0]
        self.mapping = self.sheet.proposed()
        self.changed = False
        self._proposed = self.mapping
        self.separate = False
        """The researcher has said that it is another survey than the one its respondents stand in."""

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
        several = len(self.sheets) > 1
        self.query_one(KeyBar).show([key for key in self.keys() if several or key != "survey.sheet"], self.key_words())

    def keys(self) -> Sequence[str]:
        """The keys that are shown, those that matter most first."""
        return KEYS

    def key_words(self) -> Mapping[str, str]:
        """What some of the keys do here, where the binding says something else."""
        return {}

    @property
    def rows(self) -> Rows:
        return self.query_one("#columns", Rows)

    @property
    def column(self) -> ColumnGuess:
        """The column under the cursor."""
        return self.sheet.guesses[self.rows.cursor or 0]

    # -- what is shown

    def _show(self, told: str = "", *, cursor: int | None = None) -> None:
        self._proposed = self.sheet.proposed()
        self.query_one("#about", Static).update(self.heading())
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

    def heading(self) -> str:
        """What stands above the columns; a step of something larger says more."""
        wave = f" – {self.mapping.wave}" if self.mapping.wave else ""
        return _("Spørreundersøkelse: {title}").format(title=f"{self.mapping.title}{wave} ({self.sheet.path.name})")

    @on(Rows.Highlighted)
    def _show_details(self) -> None:
        self.query_one("#found", Static).update(column_details(self._explained(self.column), self.mapping))

    def _draw(self, index: int, width: int) -> list[Text]:
        return column_lines(self._explained(self.sheet.guesses[index]), self.mapping, width=width)

    def _explained(self, column: ColumnGuess) -> ColumnGuess:
        """The column with why it is taken in so: what it seems to be, unless somebody has said otherwise."""
        if uses.use_of(self.mapping, column.header) == uses.use_of(self._proposed, column.header):
            return column
        return replace(column, reason=_("Valgt i oppsettet."))

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
        self.ask(SurveyNameDialog(self.mapping.title, self.mapping.wave), self.rename)

    def rename(self, named: SurveyNamed) -> None:
        """Call it something else; the columns are read as when a survey of that name was last taken in."""
        told = self._as_before(named.title, named.wave)
        self.mapping = replace(self.mapping, title=named.title, wave=named.wave)
        self.changed, self.separate = True, False
        self._show(told)

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
            self.sheet, self.mapping, self.separate = sheet, mapping, False
            self._show(_("Oppsettet er hentet: {file}").format(file=paths[0].name))

        self.ask(
            PathsDialog(_("Hent oppsett"), folder=self.sheet.path.parent, endings=(".yaml", ".yml"), button=_("Hent")),
            take,
        )

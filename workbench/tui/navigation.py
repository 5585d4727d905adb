"""Ways between the screens, and what every screen can start: import, report, export and copy."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App

from workbench.errors import Refusal
from workbench.services.retrieval import Filter
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from workbench.services.printing import Printed
    from workbench.store.project import Project
    from workbench.tui.dialogs.outputs import ReportWanted
    from workbench.tui.dialogs.printing import PrintWanted


class Navigation(App[int], inherit_bindings=False):
    """The part of the application that leads from screen to screen."""

    project: Project | None = None
    report_wanted: ReportWanted | None = None
    """A report that is being looked over before it is written."""

    @property
    def opened(self) -> Project:
        """The open project.

        Raises:
            Refusal: when none is open.
        """
        if self.project is None:
            raise Refusal(_("Åpne eller lag et prosjekt først."))
        return self.project

    @property
    def coding(self) -> CodingScreen | None:
        """The coding screen, wherever in the stack it is."""
        return next((screen for screen in self.screen_stack if isinstance(screen, CodingScreen)), None)

    def back_to_coding(self) -> CodingScreen:
        """Take away what lies over the coding screen, and let it show what has changed meanwhile."""
        coding = self.coding
        if coding is None:
            raise Refusal(_("Åpne eller lag et prosjekt først."))
        over = self.screen is not coding
        while self.screen is not coding:
            self.pop_screen()
        if over:
            coding.reload()
        return coding

    def action_to_coding(self) -> None:
        self.back_to_coding()

    def lead_to(self, source: str, start: int, end: int) -> None:
        """Go to a place in a source."""
        self.back_to_coding().go_to(source, start, end)

    def action_go(self, name: str) -> None:
        """Show a screen over the coding screen, in place of what lies there."""
        self.show_over_coding(self._make(name))

    def show_over_coding(self, screen: Screen[Any]) -> None:
        self.back_to_coding()
        self.push_screen(screen)

    def show_excerpts(self, wanted: Filter) -> None:
        from workbench.tui.screens.excerpts import ExcerptsScreen

        self.show_over_coding(ExcerptsScreen(wanted))

    def action_projects(self) -> None:
        from workbench.tui.screens.start import StartScreen

        self.push_screen(StartScreen())

    def _make(self, name: str) -> Screen[Any]:
        # Each screen is imported when it is asked for, since the first paint waits for none of them.
        if name == "codebook":
            from workbench.tui.screens.codebook import CodebookScreen

            return CodebookScreen()
        if name == "suggestions":
            from workbench.tui.screens.suggestions import SuggestionsScreen

            return SuggestionsScreen()
        if name == "signals":
            from workbench.tui.screens.signals import SignalsScreen

            return SignalsScreen()
        if name == "matrix":
            from workbench.tui.screens.matrix import MatrixScreen

            return MatrixScreen()
        if name == "words":
            from workbench.tui.screens.words import WordsScreen

            return WordsScreen()
        if name == "comments":
            if self.opened.readonly:
                from workbench.tui.screens.own_comments import OwnCommentsScreen

                return OwnCommentsScreen()
            from workbench.tui.screens.comments import CommentsScreen

            return CommentsScreen()
        if name == "framework":
            from workbench.tui.screens.framework import FrameworkScreen

            return FrameworkScreen()
        if name == "themes":
            from workbench.tui.screens.themes import ThemesScreen

            return ThemesScreen()
        if name == "progress":
            from workbench.tui.screens.progress import ProgressScreen

            return ProgressScreen()
        if name == "memos":
            from workbench.tui.screens.memos import MemosScreen

            return MemosScreen()
        if name == "answers":
            from workbench.tui.screens.answers import AnswersScreen

            return AnswersScreen()
        if name == "waiting":
            from workbench.tui.screens.waiting import WaitingScreen

            return WaitingScreen()
        raise ValueError(name)

    # -- long work

    def start(self, work: Work[Any], *, behind: bool = False) -> None:
        raise NotImplementedError

    def refuse(self, error: Refusal) -> None:
        raise NotImplementedError

    def action_import_sources(self) -> None:
        from workbench.tui.importing import ask_for_files

        self.opened  # noqa: B018 - refuses when no project is open
        ask_for_files(self)

    def action_report(self) -> None:
        """Ask what a report shall hold; lead back to what must be looked over when that has been begun."""
        from workbench.tui.reporting import begin

        begin(self)

    def action_export(self) -> None:
        from workbench.tui.handing_out import ask

        ask(self, self.screen)

    def action_print(self) -> None:
        from workbench.services.codebook import list_codes
        from workbench.services.printing import folder_for_prints
        from workbench.services.retrieval import code_path
        from workbench.services.sources import list_sources
        from workbench.tui.dialogs.printing import Printable, PrintDialog
        from workbench.tui.screens.base import BenchScreen

        project, coding = self.opened, self.coding
        looked_at = self.screen.excerpts_wanted() if isinstance(self.screen, BenchScreen) else Filter()
        shown = coding.shown.source.id if coding is not None and coding.shown is not None else ""
        entries = list_codes(project)
        printable = Printable(
            beside=folder_for_prints(project) / project.path.name,
            sources=[(source.id, source.name) for source in list_sources(project)],
            codes=[(entry.slug, code_path(entries, entry.id)) for entry in entries],
            what="code" if looked_at.code and self.screen is not coding else "transcript",
            source=looked_at.source or shown,
            code=looked_at.code,
            case=looked_at.case,
            coder=looked_at.coder,
            starred=looked_at.starred,
        )
        self.push_screen(PrintDialog(printable), lambda answer: self._print_to_file(answer) if answer else None)

    def _print_to_file(self, answer: PrintWanted) -> None:
        from workbench.services import printing

        project = self.opened

        def act(work: Work[Printed]) -> Printed:
            work.progress(0, 1, _("Skriver {file}").format(file=answer.path.name))
            with own_copy(project) as own:
                return printing.print_out(
                    own, answer.wanted, answer.path, force=True, progress=work.progress, cancelled=work.cancelled
                )

        def done(printed: Printed) -> None:
            self.tell(_("Skrevet"), "\n".join([str(printed.path), *printed.warnings]))

        work = Work(title=_("Utskrift"), name="print", act=act, done=done)
        self.confirm_overwriting(answer.path, lambda: self.start(work))

    def action_save_copy(self) -> None:
        from workbench.services import checking
        from workbench.tui.dialogs.text import LineDialog
        from workbench.tui.presenting.paths import typed_path

        project = self.opened
        path = project.path.with_name(f"{project.path.stem}-{date.today().isoformat()}{project.path.suffix}")

        def copy(answer: str | None) -> None:
            if answer is None:
                return
            target = typed_path(answer)

            def act(work: Work[Path]) -> Path:
                with own_copy(project) as own:
                    return checking.save_copy(own, target)

            def done(written: Path) -> None:
                self.tell(_("Kopien er lagret"), str(written))

            self.start(Work(title=_("Lagrer kopi"), name="copy", act=act, done=done))

        self.push_screen(LineDialog(_("Lagre en hel kopi som"), str(path)), copy)

    def confirm_overwriting(self, path: Path, then: Callable[[], Any]) -> None:
        """Go on at once where no file is, and when the researcher says so where one is."""
        from workbench.tui.dialogs.choose import ConfirmDialog

        if not path.exists():
            then()
            return
        question = _("{file} finnes og blir skrevet over.").format(file=path)
        self.push_screen(
            ConfirmDialog(_("Se på dette først"), question, yes=_("Skriv over")),
            lambda answer: then() if answer else None,
        )

    def tell(self, title: str, message: str) -> None:
        from workbench.tui.dialogs.paths import MessageDialog

        self.push_screen(MessageDialog(title, message))

"""The first screen: projects opened lately, a new one, one from disk, or the demo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from workbench import settings
from workbench.services import projects
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows

KEYS = ("start.new", "start.open", "start.review", "start.import", "start.demo", "app.quit")


class StartScreen(BenchScreen[None], inherit_bindings=False):
    CSS_PATH = "start.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("Nytt prosjekt"), tooltip=_("Lag et nytt prosjekt"), id="start.new"),
        Binding("o", "open", _("Åpne fil"), tooltip=_("Åpne en prosjektfil"), id="start.open"),
        Binding("l", "review", _("Les med"), tooltip=_("Les et kodet materiale uten å kunne endre noe"), id="start.review"),
        Binding("i", "import", _("Importer"), tooltip=_("Lag et nytt prosjekt og importer kilder i det"),
                id="start.import"),
        Binding("d", "demo", _("Demo"), tooltip=_("Åpne et oppdiktet prosjekt å prøve seg i"), id="start.demo"),
        Binding("escape", "back", _("Tilbake"), show=False, tooltip=_("Tilbake til det åpne prosjektet"),
                id="start.back"),
        *(Binding(str(n), f"recent({n})", _("Nylig prosjekt {n}").format(n=n), show=False, id=f"start.recent_{n}")
          for n in range(1, 10)),
        Binding("tab", "app.focus_next", _("Neste felt"), show=False),
        Binding("shift+tab", "app.focus_previous", _("Forrige felt"), show=False),
    ]  # fmt: skip

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path
        """Opened as soon as the coder's name is known."""
        self._recent: list[Path] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="start"):
            yield Static("Kodebenk", id="title", markup=False)
            yield Static(_("Koding av intervjuer og casestudier. Alt ligger i én fil hos deg; ingenting går på nett."),
                         markup=False, id="what")  # fmt: skip
            yield Static(_("Nylige prosjekter"), classes="heading", markup=False)
            yield Rows(row_lines=2, id="recent")
        yield KeyBar()

    def on_mount(self) -> None:
        self._recent = projects.recent()
        rows = self.query_one(Rows)
        rows.set_rows(len(self._recent), self._draw)
        rows.focus()
        self.query_one(KeyBar).show(KEYS)
        path = self._path
        if path is not None:
            self._named(lambda: self.bench.open_project(path))

    def _draw(self, index: int, width: int) -> list[Text]:
        path = self._recent[index]
        number = str(index + 1) if index < 9 else " "
        head = Text.assemble((f" {number} ", "bold"), safe_line(path.stem))
        return [head, Text("   " + safe_line(str(path.parent)), style="dim")]

    def _named(self, then: Callable[[], Any]) -> None:
        """Do something that needs the coder's name, which is asked for once."""
        if self.bench.coder is not None:
            then()
            return

        def keep(name: str) -> None:
            self.bench.coder = name
            self.bench.keep_settings(replace(settings.load(), coder=name))
            then()

        hint = _("Kodinger og memoer signeres med navnet. Det kan endres i innstillingene.")
        self.ask(LineDialog(_("Hva heter du?"), settings.system_user(), hint=hint), keep)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.action_recent(event.index + 1)

    def action_recent(self, number: int) -> None:
        if number <= len(self._recent):
            self._named(lambda: self.bench.open_project(self._recent[number - 1]))

    def action_back(self) -> None:
        if self.bench.project is not None:
            self.dismiss(None)

    def action_new(self) -> None:
        self._named(lambda: self._new(then_import=False))

    def action_import(self) -> None:
        self._named(lambda: self._new(then_import=True))

    def _new(self, *, then_import: bool) -> None:
        from workbench.tui.dialogs.new_project import NewProject, NewProjectDialog

        def make(wanted: NewProject) -> None:
            coder = self.bench.coder or ""
            made = projects.create(wanted.path, coder=coder, title=wanted.title, codebook=wanted.codebook)
            self.bench.open_project(made.path, made)
            if then_import:
                self.bench.action_import_sources()

        self.ask(NewProjectDialog(Path.cwd()), make)

    def action_open(self) -> None:
        from workbench.tui.dialogs.paths import PathsDialog

        dialog = PathsDialog(_("Åpne et prosjekt"), folder=Path.cwd(), endings=(projects.SUFFIX,))
        self._named(lambda: self.ask(dialog, lambda paths: self.bench.open_project(paths[0])))

    def action_review(self) -> None:
        """Open a project for reading: the one under the cursor is proposed, any other can be pointed out."""
        from workbench.tui.dialogs.paths import PathsDialog

        def read(paths: list[Path]) -> None:
            self.bench.open_project(paths[0], readonly=True)

        cursor = self.query_one(Rows).cursor
        proposed = str(self._recent[cursor]) if cursor is not None else ""
        title = _("Les med i et kodet materiale, uten å kunne endre noe")
        dialog = PathsDialog(title, folder=Path.cwd(), endings=(projects.SUFFIX,), proposed=proposed)
        self._named(lambda: self.ask(dialog, read))

    def action_demo(self) -> None:
        from workbench.tui.dialogs.paths import MessageDialog

        def open_demo() -> None:
            from workbench.services import demo

            path, made = demo.write_demo(Path.cwd())
            self.bench.open_project(path)
            if made:
                told = _("Demoprosjektet er oppdiktet fra ende til annet. Det ligger i {path}.").format(path=path)
                self.app.push_screen(MessageDialog(_("Demo"), told))

        self._named(open_demo)

"""What shall leave the house, and where it shall lie: report, export and copy."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Select

from workbench.services.reporting import ReportOptions
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.paths import typed_path
from workbench.tui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class ReportWanted:
    path: Path
    options: ReportOptions


@dataclass(frozen=True, slots=True)
class ExportWanted:
    path: Path
    format: str


class ReportDialog(Dialog[ReportWanted]):
    WIDE = True

    def __init__(self, title: str, path: Path, themes: list[str]) -> None:
        super().__init__(_("Rapport (Word)"))
        self._report_title = title
        self._path = path
        self._themes = themes

    def compose_body(self) -> ComposeResult:
        yield label(_("Tittel"))
        yield Input(self._report_title, id="title", compact=True)
        yield label(_("Tema"))
        options = [(_("Alle temaer"), ""), *((theme, theme) for theme in self._themes)]
        yield Select(options, value="", allow_blank=False, id="theme", compact=True)
        yield label(_("Bare denne casen (tomt: alle) og denne bølgen (tomt: alle)"))
        yield Input(placeholder=_("case"), id="case", compact=True)
        yield Input(placeholder=_("bølge"), id="wave", compact=True)
        yield Tick(_("Bare utvalgte sitater (★)"), id="starred")
        yield Tick(_("Ta med intervjuerens spørsmål"), id="questions")
        yield label(_("Mal (.docx eller .dotx; tomt: Kodebenks egen)"))
        yield Input(id="template", compact=True)
        yield label(_("Skrives til"))
        yield Input(str(self._path), id="path", compact=True)
        yield self.buttons(Button(_("Skriv rapporten"), id="write", variant="primary"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        def typed(name: str) -> str:
            return self.query_one(f"#{name}", Input).value.strip()

        theme = str(self.query_one("#theme", Select).value)
        options = ReportOptions(
            title=typed("title"),
            themes=(theme,) if theme else (),
            case=typed("case"),
            wave=typed("wave"),
            starred_only=self.query_one("#starred", Tick).value,
            questions=self.query_one("#questions", Tick).value,
            template=typed_path(typed("template")) if typed("template") else None,
        )
        if typed("path"):
            self.dismiss(ReportWanted(typed_path(typed("path")), options))


class ExportDialog(Dialog[ExportWanted]):
    WIDE = True

    def __init__(self, path: Path, formats: tuple[str, ...], about: str) -> None:
        super().__init__(_("Eksporter"))
        self._path = path
        self._formats = formats
        self._about = about

    def compose_body(self) -> ComposeResult:
        yield label(self._about, classes="about")
        yield label(_("Format"))
        yield Select([(name, name) for name in self._formats], value=self._formats[0], allow_blank=False, id="format",
                     compact=True)  # fmt: skip
        yield label(_("Skrives til"))
        yield Input(str(self._path.with_suffix("." + self._formats[0])), id="path", compact=True)
        yield self.buttons(Button(_("Eksporter"), id="write", variant="primary"))

    @on(Select.Changed, "#format")
    def _format_chosen(self, event: Select.Changed) -> None:
        line = self.query_one("#path", Input)
        line.value = str(typed_path(line.value).with_suffix("." + str(event.value)))

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        path = self.query_one("#path", Input).value.strip()
        if path:
            self.dismiss(ExportWanted(typed_path(path), str(self.query_one("#format", Select).value)))

"""A new project: its name, where the file shall lie, and the codebook it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Select

from codebooks.starters import starters
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.paths import typed_path

OWN = "own"


@dataclass(frozen=True, slots=True)
class NewProject:
    path: Path
    title: str
    codebook: str
    """`none`, a starter's name or a YAML file's path."""


class NewProjectDialog(Dialog[NewProject]):
    def __init__(self, folder: Path) -> None:
        super().__init__(_("Nytt prosjekt"))
        self._folder = folder

    def compose_body(self) -> ComposeResult:
        yield label(_("Navn"))
        yield Input(placeholder=_("Casestudie rusfeltet"), id="title", compact=True)
        yield label(_("Mappe"))
        yield Input(str(self._folder), id="folder", compact=True)
        yield label(_("Kodebok"))
        options = [(_("Tom kodebok"), "none"), *((name, name) for name in starters()), (_("Egen YAML-fil"), OWN)]
        yield Select(options, value="none", allow_blank=False, id="codebook", compact=True)
        yield Input(placeholder=_("Kodebokens YAML-fil"), id="own", compact=True)
        yield label(_("Prosjektet blir én fil, NAVN.kodebenk, med alt i."), classes="hint")
        yield self.buttons(Button(_("Lag prosjektet"), id="make", variant="primary"))

    def on_mount(self) -> None:
        self.query_one("#own", Input).display = False
        self.query_one("#title", Input).focus()

    @on(Select.Changed, "#codebook")
    def _codebook_chosen(self, event: Select.Changed) -> None:
        self.query_one("#own", Input).display = event.value == OWN

    @on(Input.Submitted)
    @on(Button.Pressed, "#make")
    def _make(self) -> None:
        title = self.query_one("#title", Input).value.strip()
        codebook = str(self.query_one("#codebook", Select).value)
        if codebook == OWN:
            codebook = str(typed_path(self.query_one("#own", Input).value))
        if title:
            name = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in title)
            folder = typed_path(self.query_one("#folder", Input).value)
            self.dismiss(NewProject(path=folder / f"{name}.kodebenk", title=title, codebook=codebook))

"""Pointing at files: typed, pasted, dragged in, or picked in a tree of folders."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, DirectoryTree, Input

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.paths import typed_path, typed_paths


class FilteredTree(DirectoryTree):
    """Folders, and files with one of the endings; hidden ones left out."""

    def __init__(self, folder: Path, endings: tuple[str, ...]) -> None:
        super().__init__(folder, id="folders")
        self._endings = endings

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        return [
            path
            for path in paths
            if not path.name.startswith(".")
            and (not self._endings or path.suffix.lower() in self._endings or path.is_dir())
        ]


class PathsDialog(Dialog[list[Path]]):
    """Paths in a line, with a tree to pick from; picking adds to the line when several may be given."""

    WIDE = True

    def __init__(
        self, title: str, *, folder: Path, endings: tuple[str, ...] = (), several: bool = False, button: str = "",
        proposed: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title)
        self._proposed = proposed
        self._folder = folder
        self._endings = endings
        self._several = several
        self._button = button

    def compose_body(self) -> ComposeResult:
        hint = _("Filer eller mapper, med semikolon mellom") if self._several else _("Filens plass")
        yield Input(self._proposed, placeholder=hint, id="paths")
        yield FilteredTree(self._folder, self._endings)
        yield self.buttons(Button(self._button or _("Åpne"), id="take", variant="primary"))

    def on_mount(self) -> None:
        self.query_one("#folders", FilteredTree).styles.height = 12
        self.query_one(Input).focus()

    @on(DirectoryTree.FileSelected)
    def _picked(self, event: DirectoryTree.FileSelected) -> None:
        self._add(event.path)

    @on(DirectoryTree.DirectorySelected)
    def _folder_picked(self, event: DirectoryTree.DirectorySelected) -> None:
        if self._several and event.path != self._folder:
            self._add(event.path)

    def _add(self, path: Path) -> None:
        line = self.query_one(Input)
        known = [each for each in line.value.split(";") if each.strip()] if self._several else []
        if str(path) not in known:
            line.value = ";".join([*known, str(path)])

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        typed = self.query_one(Input).value
        paths = typed_paths(typed) if self._several else [typed_path(typed)] if typed.strip() else []
        if paths:
            self.dismiss(paths)


class MessageDialog(Dialog[bool]):
    """Tells what came of something; any way out will do."""

    WIDE = True

    def __init__(self, title: str, message: str) -> None:
        super().__init__(title)
        self._message = message

    def compose_body(self) -> ComposeResult:
        yield label(self._message, classes="message")
        yield self.buttons()

    def on_mount(self) -> None:
        button = self.query_one("#back-out", Button)
        button.label = _("Lukk")
        button.focus()

"""The first screen: projects opened lately, a new one, or one from disk."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Footer

from workbench.tui.screens.base import BenchScreen


class StartScreen(BenchScreen[None]):
    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        yield Footer()

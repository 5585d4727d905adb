"""What every screen over a project has: the project, words for the researcher, and refusals shown instead of raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.screen import Screen

from workbench.errors import Refusal
from workbench.tui.transcript.display import safe

if TYPE_CHECKING:
    from workbench.store.project import Project
    from workbench.tui.app import KodebenkApp
    from workbench.tui.dialogs.base import Dialog

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class BenchScreen(Screen[Result]):
    """A screen that acts on the open project."""

    @property
    def bench(self) -> KodebenkApp:
        return cast("KodebenkApp", self.app)

    @property
    def project(self) -> Project:
        """The open project; only screens that are shown over one ask for it."""
        project = self.bench.project
        assert project is not None
        return project

    def say(self, message: str) -> None:
        """Tell the researcher what was done."""
        self.notify(safe(message), markup=False, timeout=4)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show a refusal raised inside, instead of letting it end the program."""
        try:
            yield
        except Refusal as error:
            self.bench.refuse(error)

    def ask(self, dialog: Dialog[Answer], then: Callable[[Answer], Any]) -> None:
        """Open a dialog; `then` gets the answer unless the researcher backed out."""

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                with self.refusals():
                    then(answer)

        self.app.push_screen(dialog, answered)

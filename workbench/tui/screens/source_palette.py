"""The project's texts in the command palette: one of many is opened by typing of its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider

if TYPE_CHECKING:
    from workbench.tui.screens.desk import Desk


class SourceCommands(Provider):
    """A hit for each source whose name has what is typed, with its cases below."""

    async def search(self, query: str) -> Hits:
        desk = cast("Desk", self.screen)
        matcher = self.matcher(query)
        for source in desk.sources:
            if (score := matcher.match(source.name)) > 0:
                yield Hit(score, matcher.highlight(source.name), self._opening(source.id), help=", ".join(source.cases))

    def _opening(self, source: str) -> Callable[[], None]:
        return partial(self._open, source)

    def _open(self, source: str) -> None:
        """Go there; a refusal is shown here, since what the palette runs is no key's action, which the application guards."""
        desk = cast("Desk", self.screen)
        with desk.refusals():
            desk.go_to(source)
            desk.view.focus()

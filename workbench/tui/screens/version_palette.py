"""Acts on versions of a text in the command palette; they have no key of their own on the coding screen."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.tui.screens.version_acts import VersionActs


class VersionCommands(Provider):
    """A newer version of the open text, and what waits after one."""

    async def discover(self) -> Hits:
        for words, act in self._acts():
            yield DiscoveryHit(words, act)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, act in self._acts():
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), act)

    def _acts(self) -> list[tuple[str, Callable[[], Any]]]:
        desk = cast("VersionActs", self.screen)
        return [
            (
                _("Ny utgave av teksten: kodingene følger med"),
                self._refusable(lambda: desk.ask_for_version(desk.source)),
            ),
            (_("Venter på plass"), self._refusable(desk.show_waiting)),
            (_("Utgaver av teksten"), self._refusable(lambda: desk.show_versions(desk.source))),
        ]

    def _refusable(self, act: Callable[[], Any]) -> Callable[[], Any]:
        """The act, with a refusal shown: what the palette runs is no key's action, which the application would guard."""
        desk = cast("VersionActs", self.screen)

        def run() -> None:
            with desk.refusals():
                act()

        return run

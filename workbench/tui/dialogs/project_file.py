"""What lies in another tool's project, and what of it shall be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Select

from exports.interchange.model import Bundle
from workbench.services.interchange.telling import contents
from workbench.tui.dialogs.asked import STOP, ScrolledDialog
from workbench.tui.dialogs.base import label
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.tick import Tick

ALL = -1
"""Stands for every project of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectWanted:
    bundles: tuple[Bundle, ...]
    codings: bool
    """Codings and notes too."""
    case: str
    """Case that new sources belong to besides their own; empty for none."""


class ProjectFileDialog(ScrolledDialog[ProjectWanted | str]):
    """Nothing is stored before «Ta inn». The answer is `STOP` where the researcher ends the whole walk."""

    def __init__(
        self,
        title: str,
        bundles: Sequence[Bundle],
        *,
        codings: bool,
        stops: Sequence[tuple[str, str]] = (),
        back: str = "",
    ) -> None:
        """
        Args:
            title: names the file.
            bundles: the projects in it.
            codings: whether codings and notes come along unless it is said that they shall not.
            stops: (key, words) of the button that ends the walk, where there is one.
            back: words of the button that backs out, when it is not «Avbryt».
        """
        super().__init__(title, ["\n\n".join("\n".join(contents(each)) for each in bundles)])
        self._bundles = tuple(bundles)
        self._codings = codings
        self._stops = stops
        self._back = back

    def compose_body(self) -> ComposeResult:
        yield from self.contents()
        if len(self._bundles) > 1:
            projects = [(safe_line(each.title), number) for number, each in enumerate(self._bundles)]
            yield Select(
                [(_("Alle prosjektene"), ALL), *projects], value=ALL, allow_blank=False, id="which", compact=True
            )
        yield Tick(_("Ta med kodinger og notater"), self._codings, id="codings")
        yield Input(placeholder=_("Case som alle nye kilder skal høre til (kan stå tomt)"), id="case", compact=True)
        yield label(_("Det som er tatt inn før, blir oppdatert. Alt kan angres samlet."), classes="hint")
        yield self.buttons(
            Button(_("Ta inn"), id="take", variant="primary"), *(Button(words, id=key) for key, words in self._stops)
        )

    def on_mount(self) -> None:
        if self._back:
            self.query_one("#back-out", Button).label = self._back
        self.query_one("#take", Button).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        chosen = self.query_one("#which", Select).value if len(self._bundles) > 1 else ALL
        bundles = (
            self._bundles
            if chosen == ALL
            else tuple(each for number, each in enumerate(self._bundles) if number == chosen)
        )
        case = self.query_one("#case", Input).value.strip()
        self.dismiss(ProjectWanted(bundles=bundles, codings=self.query_one("#codings", Tick).value, case=case))

    @on(Button.Pressed, "#stop")
    def _stop(self) -> None:
        self.dismiss(STOP)

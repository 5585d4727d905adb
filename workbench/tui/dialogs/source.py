"""What the researcher says about a source: name, kind, cases, wave and date."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Select

from workbench.services.importing import SourceFacts
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting import wording


class SourceDialog(Dialog[SourceFacts]):
    def __init__(self, facts: SourceFacts, *, together: bool = False) -> None:
        super().__init__(_("Opplysninger om alle filene") if together else _("Opplysninger om kilden"))
        self._facts = facts
        self._together = together
        """The facts are for many sources, which keep their own names."""

    def compose_body(self) -> ComposeResult:
        facts = self._facts
        if not self._together:
            yield label(_("Navn"))
            yield Input(facts.name, id="name", compact=True)
        yield label(_("Type"))
        options = [(words, kind) for kind, words in wording.kind_words().items()]
        yield Select(options, value=facts.kind, allow_blank=False, id="kind", compact=True)
        yield label(_("Caser, med komma mellom"))
        yield Input(", ".join(facts.cases), id="cases", compact=True)
        yield label(_("Bølge"))
        yield Input(facts.wave, id="wave", compact=True)
        yield label(_("Dato (ÅÅÅÅ-MM-DD)"))
        yield Input(facts.date, id="date", compact=True)
        yield self.buttons(Button(_("Lagre"), id="save", variant="primary"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        def typed(name: str) -> str:
            return self.query_one(f"#{name}", Input).value.strip()

        self.dismiss(
            replace(
                self._facts,
                name=self._facts.name if self._together else typed("name"),
                kind=str(self.query_one("#kind", Select).value),
                cases=tuple(case.strip() for case in typed("cases").split(",") if case.strip()),
                wave=typed("wave"),
                date=typed("date"),
            )
        )

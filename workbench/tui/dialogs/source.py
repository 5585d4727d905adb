"""What the researcher says about a source: name, kind, title and publisher, cases, wave and date."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Input, Select, Static

from workbench.errors import Refusal
from workbench.services.articles import is_published, settled_date
from workbench.services.importing import SourceFacts
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe


class SourceDialog(Dialog[SourceFacts]):
    """The facts of one source, or those that many have in common.

    Args:
        facts: what is known.
        together: the facts are for many sources, which keep their own names and titles.
        stored: the source is in the project; a published text there has a date, and is not to lose it.
    """

    DEFAULT_CSS = """
    SourceDialog #published { height: auto; }
    SourceDialog #problem { color: $text-error; height: auto; }
    """

    def __init__(self, facts: SourceFacts, *, together: bool = False, stored: bool = False) -> None:
        super().__init__(_("Opplysninger om alle filene") if together else _("Opplysninger om kilden"))
        self._facts = facts
        self._together = together
        self._stored = stored

    def compose_body(self) -> ComposeResult:
        facts = self._facts
        if not self._together:
            yield label(_("Navn"))
            yield Input(facts.name, id="name", compact=True)
        yield label(_("Type"))
        options = [(words, kind) for kind, words in wording.kind_words().items()]
        yield Select(options, value=facts.kind, allow_blank=False, id="kind", compact=True)
        with Vertical(id="published"):
            if not self._together:
                yield label(_("Tittel"))
                yield Input(facts.title or "", id="title", compact=True)
            yield label(_("Utgiver, som avisen eller direktoratet"))
            yield Input(facts.publisher or "", id="publisher", compact=True)
        yield label(_("Caser, med komma mellom"))
        yield Input(", ".join(facts.cases), id="cases", compact=True)
        yield label(_("Bølge"))
        yield Input(facts.wave, id="wave", compact=True)
        yield label(_("Dato (ÅÅÅÅ-MM-DD; «ukjent» når den ikke er å finne)"))
        yield Input(facts.date, id="date", compact=True)
        yield Static("", id="problem", markup=False)
        yield self.buttons(Button(_("Lagre"), id="save", variant="primary"))

    def on_mount(self) -> None:
        self._follow_kind()

    @on(Select.Changed, "#kind")
    def _follow_kind(self) -> None:
        """Only what was published has a title and a publisher."""
        self.query_one("#published").display = is_published(self._kind)
        self.query_one("#problem").display = False

    @property
    def _kind(self) -> str:
        return str(self.query_one("#kind", Select).value)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        def typed(name: str) -> str:
            return self.query_one(f"#{name}", Input).value.strip()

        try:
            date = settled_date(self._kind, typed("date")) if typed("date") or self._stored else ""
        except Refusal as error:
            problem = self.query_one("#problem", Static)
            problem.update(safe(str(error)))
            problem.display = True
            self.query_one("#date").focus()
            return
        self.dismiss(
            replace(
                self._facts,
                name=self._facts.name if self._together else typed("name"),
                kind=self._kind,
                title=self._facts.title if self._together else typed("title"),
                publisher=typed("publisher"),
                cases=tuple(case.strip() for case in typed("cases").split(",") if case.strip()),
                wave=typed("wave"),
                date=date,
            )
        )

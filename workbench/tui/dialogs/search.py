"""Asking for words: what is searched for, as it is written or in every form, here or in all sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from workbench.services.finding import Sought
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.search import way_shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What the researcher wants to find."""

    sought: Sought
    """Its query is empty when the hits are to be taken away."""
    everywhere: bool = False
    """In all sources, not only where the researcher is."""


class SearchDialog(Dialog[Asked]):
    """One line with the words; keys change how they are searched for, and the line below says how that is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "lemma", _("Alle former"), show=False, tooltip=_("Ordrett, eller alle former av ordene"),
                id="search.lemma"),
        Binding("ctrl+o", "fold", _("Uten å, ø, æ"), show=False, tooltip=_("La o finne ø, a finne å og ae finne æ"),
                id="search.fold"),
        Binding("ctrl+g", "everywhere", _("I alle kilder"), show=False, tooltip=_("Søk i alle kilder"),
                id="search.everywhere"),
    ]  # fmt: skip

    def __init__(self, title: str, sought: Sought, *, hint: str, everywhere: bool = False) -> None:
        super().__init__(title)
        self.sought = sought
        self._hint = hint
        self._everywhere = everywhere
        """Whether a search in all sources can be asked for from here."""

    def compose_body(self) -> ComposeResult:
        yield Input(self.sought.query, id="line", select_on_focus=True)
        yield Static(way_shown(self.sought), id="way", markup=False)
        keys = _("Ctrl+L ordrett eller alle former\nCtrl+O å, ø, æ som a, o, ae")
        everywhere = _("Ctrl+G i alle kilder") if self._everywhere else ""
        yield label("\n".join(filter(None, (keys, everywhere, self._hint))), classes="hint")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def action_lemma(self) -> None:
        self._search_by(replace(self.sought, lemma=not self.sought.lemma))

    def action_fold(self) -> None:
        self._search_by(replace(self.sought, fold=not self.sought.fold))

    def _search_by(self, sought: Sought) -> None:
        self.sought = sought
        self.query_one("#way", Static).update(way_shown(sought))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(Asked(self._typed()))

    def action_everywhere(self) -> None:
        if self._everywhere and self._typed().query:
            self.dismiss(Asked(self._typed(), everywhere=True))

    def _typed(self) -> Sought:
        return replace(self.sought, query=self.query_one(Input).value.strip())

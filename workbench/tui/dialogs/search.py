"""Asking for words: what is searched for, as it is written or in every form, here or in all sources.

Where somebody follows what is typed, the dialog lies at the bottom, so that the hits are seen above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input, Static

from workbench.services.finding import Sought
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.search import way_shown
from workbench.tui.transcript.display import safe_line

TYPED_AFTER = 0.15
"""Seconds without a key press before what is typed is searched for."""
SHORTEST = 2
"""Characters: shorter words are on every line, and wait for Enter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the researcher wants to find."""

    sought: Sought
    """Its query is empty when the hits are to be taken away."""
    everywhere: bool = False
    """In all sources, not only where the researcher is."""


class Following(Protocol):
    """Searches while somebody types."""

    def typed(self, sought: Sought, tell: Callable[[str], None]) -> None:
        """Show what is found of this, and tell how much; with an empty query, what there was before."""

    def ended(self) -> None:
        """The dialog is left: show what there was before. If it was by Enter, the search itself comes next."""


class SearchDialog(Dialog[Asked]):
    """One line with the words; keys change how they are searched for, and the line below says how that is."""

    CSS = """
    SearchDialog.-following { align: center bottom; background: transparent; }
    SearchDialog.-following > .frame { width: 100%; }
    SearchDialog.-following .title { margin-bottom: 0; }
    SearchDialog.-following .hint { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "lemma", _("Alle former"), show=False, tooltip=_("Ordrett, eller alle former av ordene"),
                id="search.lemma"),
        Binding("ctrl+o", "fold", _("Uten å, ø, æ"), show=False, tooltip=_("La o finne ø, a finne å og ae finne æ"),
                id="search.fold"),
        Binding("ctrl+g", "everywhere", _("I alle kilder"), show=False, tooltip=_("Søk i alle kilder"),
                id="search.everywhere"),
    ]  # fmt: skip

    def __init__(
        self,
        title: str,
        sought: Sought,
        *,
        hint: str,
        everywhere: bool = False,
        following: Following | None = None,
    ) -> None:
        """
        Args:
            title: where the search is.
            sought: what was searched for last, and how.
            hint: what Enter does.
            everywhere: whether a search in all sources can be asked for from here.
            following: searches while somebody types.
        """
        super().__init__(title)
        self.sought = sought
        self._hint = hint
        self._everywhere = everywhere
        self._following = following
        self._timer: Timer | None = None
        self._followed = sought
        self._found = ""
        if following is not None:
            self.add_class("-following")

    def compose_body(self) -> ComposeResult:
        yield Input(self.sought.query, id="line", select_on_focus=True, compact=self._following is not None)
        yield Static(way_shown(self.sought), id="way", markup=False)
        gap = " · " if self._following else "\n"
        keys = [_("Ctrl+L ordrett eller alle former"), _("Ctrl+O å, ø, æ som a, o, ae")]
        everywhere = _("Ctrl+G i alle kilder") if self._everywhere else ""
        yield label(gap.join(filter(None, (*keys, everywhere, self._hint))), classes="hint")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def action_lemma(self) -> None:
        self._search_by(replace(self.sought, lemma=not self.sought.lemma))

    def action_fold(self) -> None:
        self._search_by(replace(self.sought, fold=not self.sought.fold))

    def _search_by(self, sought: Sought) -> None:
        self.sought = sought
        self._tell("")
        self._follow_soon()

    def _tell(self, found: str) -> None:
        """Say how words are searched for, and what was found of them."""
        self._found = found
        if self.is_attached:
            self.query_one("#way", Static).update(" │ ".join(filter(None, (way_shown(self.sought), safe_line(found)))))

    # -- while somebody types

    @on(Input.Changed, "#line")
    def _changed(self) -> None:
        self._follow_soon()

    def _follow_soon(self) -> None:
        if self._following is None:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(TYPED_AFTER, self._follow)

    def _follow(self) -> None:
        sought = self._typed()
        if self._following is None or not self.is_active or sought == self._followed:
            return
        self._followed = sought
        waits = len(sought.query) < SHORTEST or sought.lemma
        self._following.typed(replace(sought, query="") if waits else sought, self._tell)
        if waits:
            self._tell(_("Enter søker") if sought.query else "")

    # -- leaving

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave(Asked(self._typed()))

    def action_everywhere(self) -> None:
        if self._everywhere and self._typed().query:
            self._leave(Asked(self._typed(), everywhere=True))

    def action_back_out(self) -> None:
        self._leave(None)

    def _leave(self, asked: Asked | None) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self._following is not None:
            self._following.ended()
        self.dismiss(asked)

    def _typed(self) -> Sought:
        return replace(self.sought, query=self.query_one(Input).value.strip())

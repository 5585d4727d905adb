"""The pane a code is looked up in: its card, and the list of its excerpts once somebody goes through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.containers import Vertical
from textual.widgets import Static

from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.code_card import CodeCard
from workbench.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from workbench.store.queries.lookup import Listed

WORDS_KEPT = 400
"""Excerpts whose words are remembered: some screens of them."""

Words = Callable[[list["Listed"]], Mapping[str, str]]


class CardExcerpts(Rows):
    """A code's excerpts, the newest first; the words of those in sight are read when they are drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "screen.excerpts_of_case", _("Case"), tooltip=_("Bare utdrag fra én case"), id="card.case"),
        Binding("h", "screen.excerpts_of_coder", _("Koder"), tooltip=_("Bare utdrag kodet av én"), id="card.coder"),
        Binding("right", "screen.scroll_card(1)", _("Mer av kortet"), show=False,
                tooltip=_("Bla ned i kodens definisjon"), id="card.down"),
        Binding("left", "screen.scroll_card(-1)", _("Opp i kortet"), show=False,
                tooltip=_("Bla opp i kodens definisjon"), id="card.up"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__(row_lines=3, id="card-excerpts")
        self.listed: Sequence[Listed] = ()
        self._names: Mapping[str, str] = {}
        self._read: Words = lambda _listed: {}
        self._words: LRUCache[str, str] = LRUCache(WORDS_KEPT)

    def show(self, listed: Sequence[Listed], names: Mapping[str, str], words: Words) -> None:
        """List other excerpts; the cursor stays on the excerpt it was on, if that is among them."""
        at = self.listed[self.cursor].id if self.cursor is not None else ""
        self.listed, self._names, self._read = listed, names, words
        self._words.clear()
        cursor = next((n for n, each in enumerate(listed) if each.id == at), 0)
        self.set_rows(len(listed), self._draw_excerpt, cursor=cursor)

    def _draw_excerpt(self, index: int, width: int) -> list[Text]:
        each = self.listed[index]
        words = self._words.get(each.id)
        if words is None:
            # A screenful at a time: the list asks for one row after the other.
            for coding, text in self._read(list(self.listed[index : index + 20])).items():
                self._words[coding] = text
            words = self._words.get(each.id) or ""
        head = Text("★ " if each.star else "", style="bold")
        head.append(safe_line(self._names.get(each.source, "")), style="bold")
        head.append(safe_line(f" · {each.coder} · {each.created[:10]} · {each.quote}"), style="dim")
        lines = wrap(safe_line(" ".join(words.split())), max(width - 3, 10), max_lines=2, placeholder=" …")
        return [head, *(Text("  " + line) for line in lines)]


class LookupPane(Vertical):
    """Shown or hidden as one; the list is made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__(id="lookup")
        self.card = CodeCard()

    def compose(self) -> ComposeResult:
        yield self.card

    @property
    def has_keys(self) -> bool:
        focused = self.screen.focused
        return focused is not None and self in focused.ancestors_with_self

    def list_excerpts(
        self, title: str, listed: Sequence[Listed], names: Mapping[str, str], words: Words, *, focus: bool
    ) -> None:
        """Show the excerpts under the card, and give them the keys if asked."""
        if not self.query(CardExcerpts):
            self.mount(Static("", id="card-title", markup=False), CardExcerpts())
        self.add_class("-walking")
        self.call_after_refresh(self._fill, title, listed, names, words, focus)

    def _fill(self, title: str, listed: Sequence[Listed], names: Mapping[str, str], words: Words, focus: bool) -> None:
        rows = self.query_one(CardExcerpts)
        self.query_one("#card-title", Static).update(safe_line(title))
        rows.show(listed, names, words)
        if focus:
            rows.focus()

    def stop_walking(self) -> None:
        """Put the list away."""
        self.remove_class("-walking")

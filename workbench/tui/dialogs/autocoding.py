"""Choosing what to code by: a speaker, a heading or a question, from a list that narrows while one types."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from workbench.services.autocoding import Option
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting import wording
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows

BY_WORDS = ("heading", "question")
"""Kinds that can also be asked for by some of their words, several at once."""


def option_kinds() -> dict[str, str]:
    """What an option is, in words."""
    return {
        "speaker": _("taler"),
        "informant": _("informant"),
        "role": _("rolle"),
        "heading": _("overskrift"),
        "question": _("spørsmål"),
    }


class OptionDialog(Dialog[str]):
    """The options with the typed words in them; the answer is an option's name, or the words themselves."""

    WIDE = True
    CSS = "OptionDialog #options { height: 12; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", _("Neste"), show=False, id="option.next"),
        Binding("up", "step(-1)", _("Forrige"), show=False, id="option.previous"),
        Binding("pagedown", "step(8)", _("Åtte ned"), show=False, id="option.page_down"),
        Binding("pageup", "step(-8)", _("Åtte opp"), show=False, id="option.page_up"),
    ]

    def __init__(self, title: str, options: Sequence[Option]) -> None:
        super().__init__(title)
        self._options = list(options)
        self._typed = ""
        self.found: list[Option | None] = []
        """What the list shows; None is the line for all that have the typed words."""

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder=_("Skriv noe av ordene"), id="typed")
        yield Rows(id="options")
        yield label(_("Enter velger · Esc avbryter"), classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.can_focus, rows.led = False, True
        self.query_one(Input).focus()
        self._narrow("")

    def _narrow(self, typed: str) -> None:
        self._typed = " ".join(typed.split())
        words = self._typed.casefold().split()
        found = [each for each in self._options if all(word in each.name.casefold() for word in words)]
        several = bool(words) and len(found) > 1 and all(each.kind in BY_WORDS for each in found)
        self.found = [*([None] if several else []), *found]
        self.query_one(Rows).set_rows(len(self.found), self._draw, cursor=0)

    @on(Input.Changed, "#typed")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @on(Input.Submitted, "#typed")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._narrow(event.value) if " ".join(event.value.split()) != self._typed else None
        self._choose()

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        self._choose()

    def action_step(self, rows: int) -> None:
        self.query_one(Rows).action_step(rows)

    def _choose(self) -> None:
        index = self.query_one(Rows).cursor
        if index is not None:
            option = self.found[index]
            self.dismiss(self._typed if option is None else option.name)

    def _draw(self, index: int, width: int) -> list[Text]:
        option = self.found[index]
        if option is None:
            n = len(self.found) - 1
            words = ngettext("Den ene med «{words}»", "Alle {n} med «{words}»", n).format(n=n, words=self._typed)
            return [Text(safe_line(words), style="bold")]
        places = ngettext("{n} sted", "{n} steder", option.places).format(n=option.places)
        facts = f"  {option_kinds()[option.kind]} · {places}"
        name = wording.shortened(option.name, max(width - len(facts), 20))
        return [Text(safe_line(name)).append(facts, style="dim")]

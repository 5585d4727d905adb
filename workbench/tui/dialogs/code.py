"""Choosing a code: type to search, Enter applies; a new name makes a new code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.codes import SQUARE, Choice, CodeList
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class CodeChosen:
    """A code, or a name for one to be made."""

    code: str
    """Id, or empty when a new one is to be made."""
    name: str
    pin: bool = False
    """It shall be pinned to a number key, or freed from it; nothing is then coded."""
    parent: str = ""
    """Id of the code a new one shall lie under, or empty."""


class TypedCode(Input):
    """Takes Enter at once. A binding would hear of it only after keys that were typed on, and code with another name."""

    def __init__(self, value: str = "") -> None:
        super().__init__(value, placeholder=_("Skriv noe av kodens navn"), id="typed", select_on_focus=True)
        self.entered = False

    def on_key(self, event: events.Key) -> None:
        if self.entered or event.key == "enter":
            event.stop()
            event.prevent_default()
        if event.key == "enter" and not self.entered:
            self.entered = True
            self.post_message(self.Submitted(self, self.value))


class CodeDialog(Dialog[CodeChosen]):
    """A list of codes that narrows while a name is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", _("Neste"), show=False, id="code.next"),
        Binding("up", "step(-1)", _("Forrige"), show=False, id="code.previous"),
        Binding("pagedown", "step(8)", _("Åtte ned"), show=False, id="code.page_down"),
        Binding("pageup", "step(-8)", _("Åtte opp"), show=False, id="code.page_up"),
        Binding("ctrl+p", "pin", _("Fest til tast"), show=False, priority=True, id="code.pin"),
        Binding("ctrl+o,ctrl+b", "under", _("Ny underkode"), show=False, priority=True, id="code.under"),
    ]

    def __init__(
        self,
        title: str,
        codes: CodeList,
        pins: Mapping[int, str],
        *,
        recent: Sequence[str] = (),
        new: bool = True,
        without: frozenset[str] = frozenset(),
        proposed: str = "",
    ) -> None:
        """
        Args:
            title: what is chosen for.
            codes: those there are.
            pins: number key -> id of the code that is pinned to it.
            recent: ids of codes used lately, newest first.
            new: a name that no code has makes a new one.
            without: ids of codes that are not to be chosen.
            proposed: stands in the field from the beginning, and goes with the first letter that is typed.
        """
        super().__init__(title)
        self._proposed = proposed
        self._codes = codes
        self._pins = pins
        self._recent = recent
        self._new = new
        self._without = without
        self._above = ""
        self._narrowed = ""
        self.choices: list[Choice] = []

    def compose_body(self) -> ComposeResult:
        yield TypedCode(self._proposed)
        yield Rows(id="choices")
        hint = _("Enter velger · Ctrl+P fester til talltast · Esc avbryter")
        if self._new:
            hint += " · " + _("Ctrl+O ny underkode av den valgte")
        yield label(hint, classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one("#choices", Rows)
        rows.can_focus, rows.led = False, True
        self.query_one(Input).focus()
        self._narrow(self._proposed)

    @on(Input.Changed, "#typed")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @on(Input.Submitted, "#typed")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        # The list may be a key press behind when somebody types fast.
        self._narrow(event.value, keep=event.value == self._narrowed)
        if self._current() is None:
            self.query_one(TypedCode).entered = False
        self._choose()

    @on(Rows.Chosen, "#choices")
    def _clicked(self, event: Rows.Chosen) -> None:
        event.stop()
        self._choose()

    def action_step(self, rows: int) -> None:
        self.query_one("#choices", Rows).action_step(rows)

    def action_pin(self) -> None:
        """Pin the code under the cursor to a number key, or free its key."""
        choice = self._current()
        if choice is not None and choice.code:
            self.dismiss(CodeChosen(code=choice.code, name=choice.name, pin=True))

    def action_under(self) -> None:
        """Whatever new is made now lies under the code the cursor stands on."""
        choice = self._current()
        if self._new and choice is not None and choice.code:
            self._above = choice.code
            typed = self.query_one(Input)
            typed.placeholder = _("Navn på ny underkode av «{parent}»").format(parent=safe_line(choice.name))
            typed.value = ""
            self._narrow("")

    def _narrow(self, typed: str, *, keep: bool = False) -> None:
        self._narrowed = typed
        if self._above:
            name = " ".join(typed.split())
            self.choices = [Choice(name=name, path=self._codes.entries[self._above].name)] if name else []
        else:
            found = self._codes.choices(typed, self._pins, self._recent)
            self.choices = [
                choice for choice in found if choice.code not in self._without and (choice.code or self._new)
            ]
        rows = self.query_one("#choices", Rows)
        rows.set_rows(len(self.choices), self._draw, cursor=None if keep else 0)

    def _draw(self, index: int, width: int) -> list[Text]:
        choice = self.choices[index]
        line = Text(no_wrap=True)
        if not choice.code:
            line.append("+ ", style="bold")
            line.append(_("Ny kode «{name}»").format(name=safe_line(choice.name)), style="bold")
        else:
            line.append(f"{SQUARE} ", style=choice.colour)
            line.append(safe_line(choice.name))
        if choice.path:
            line.append("  " + _("under {path}").format(path=safe_line(choice.path)), style="dim")
        if choice.key:
            line.append(f"  [{choice.key}]", style="bold")
        return [line]

    def _current(self) -> Choice | None:
        index = self.query_one("#choices", Rows).cursor
        return None if index is None else self.choices[index]

    def _choose(self) -> None:
        choice = self._current()
        if choice is not None:
            self.dismiss(CodeChosen(code=choice.code, name=choice.name, parent="" if choice.code else self._above))

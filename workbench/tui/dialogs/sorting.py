"""Naming the sub-codes a code is split into, and the account before a sorting is finished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Input, Static

from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.transcript.display import safe, safe_line


class NameInput(Input):
    """Hands each name over at Enter, at once: names may be typed on faster than a binding hears of the key."""

    @dataclass
    class Named(Message):
        name: str

    @dataclass
    class TakenBack(Message):
        """Backspace was pressed where nothing is written."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            name, self.value = self.value.strip(), ""
            self.post_message(self.Named(name))
        elif event.key == "backspace" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.TakenBack())


class SplitDialog(Dialog[tuple[str, ...]]):
    """One name a line; an empty one begins. The answer is the names, those that are codes already among them."""

    def __init__(self, title: str, names: Sequence[str], known: Iterable[str]) -> None:
        """
        Args:
            title: what is divided.
            names: those that are there already.
            known: what the codes there are can be called (name, slug); any other name is marked as new.
        """
        super().__init__(title)
        self.names = list(names)
        self._known = {each.casefold() for each in known}

    def compose_body(self) -> ComposeResult:
        yield Static("", id="names", markup=False)
        yield NameInput(placeholder=_("Navn på en underkode"), id="line")
        yield label(
            _(
                "Enter legger til · Enter på tomt felt begynner · Backspace på tomt felt tar bort den siste · Esc avbryter"
            ),
            classes="hint",
        )

    def on_mount(self) -> None:
        self._show()
        self.query_one(Input).focus()

    @on(NameInput.Named)
    def _named(self, event: NameInput.Named) -> None:
        event.stop()
        if event.name and event.name.casefold() not in (name.casefold() for name in self.names):
            self.names.append(event.name)
        elif not event.name and self.names:
            self.dismiss(tuple(self.names))
        self._show()

    @on(NameInput.TakenBack)
    def _taken_back(self, event: NameInput.TakenBack) -> None:
        event.stop()
        del self.names[-1:]
        self._show()

    def _show(self) -> None:
        lines = [
            f"{n if n < 10 else ' '} {safe_line(name)}"
            + ("" if name.casefold() in self._known else " " + _("(ny kode)"))
            for n, name in enumerate(self.names, 1)
        ]
        self.query_one("#names", Static).update("\n".join(lines) or _("Ingen underkoder ennå."))


class AccountDialog(Dialog[bool]):
    """What becomes of every coding, before it is done; Enter on «Avbryt», which has the focus, does nothing."""

    WIDE = True
    DEFAULT_CSS = """
    AccountDialog #account { height: auto; max-height: 60vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,y", "accept", _("Ja"), show=False, id="confirm.yes"),
        Binding("n", "back_out", _("Nei"), show=False, id="confirm.no"),
        Binding("up", "scroll(-1)", _("Opp"), show=False, id="account.up"),
        Binding("down", "scroll(1)", _("Ned"), show=False, id="account.down"),
    ]

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], *, yes: str = "") -> None:
        """
        Args:
            title: of what.
            lines: (number, words).
            yes: words of the button that does it; without them the account is only shown.
        """
        super().__init__(title)
        self._lines = lines
        self._yes = yes

    def compose_body(self) -> ComposeResult:
        width = max((len(number) for number, _words in self._lines), default=0)
        text = "\n".join(f"{number:>{width}}  {safe(words)}" for number, words in self._lines)
        with VerticalScroll(id="account", can_focus=False):
            yield Static(text, markup=False)
        yield self.buttons(*([Button(self._yes, id="yes", variant="warning")] if self._yes else []))
        if self._yes:
            yield label(_("j: ja · n eller Esc: nei · u angrer alt sammen etterpå"), classes="hint")

    def on_mount(self) -> None:
        back = self.query_one("#back-out", Button)
        if not self._yes:
            back.label = _("Lukk")
        back.focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#account", VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed, "#yes")
    def action_accept(self) -> None:
        if self._yes:
            self.dismiss(True)

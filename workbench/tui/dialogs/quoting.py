"""Editing how a quotation is printed: shortened with [...], clarified with [ ], and checked while it is written."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Static, TextArea

from workbench.core.quoting import difference
from workbench.services import quoting
from workbench.services.quoting import Quote
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.display import safe

OMITTED = "[...]"


class QuoteDialog(Dialog[str]):
    """The printed form of a quotation; the answer is empty when it shall be printed as it was said."""

    WIDE = True
    DEFAULT_CSS = """
    QuoteDialog #said { height: auto; max-height: 5; overflow-y: auto; }
    QuoteDialog #shown { height: 7; }
    QuoteDialog #verdict { height: 2; }
    QuoteDialog .hint { margin-top: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+l", "save", _("Lagre"), priority=True, id="quote.save"),
        Binding("ctrl+o", "omit", _("Utelat"), priority=True, tooltip=_("Sett [...] i stedet for det merkede"),
                id="quote.omit"),
        Binding("ctrl+r", "clarify", _("Klargjør"), priority=True, tooltip=_("Sett [ ] i stedet for det merkede"),
                id="quote.clarify"),
    ]  # fmt: skip

    def __init__(self, quote: Quote) -> None:
        super().__init__(_("Slik gjengis {quote}").format(quote=quote.quote))
        self._quote = quote

    def compose_body(self) -> ComposeResult:
        yield label(_("Ordrett"))
        yield Static(safe(self._quote.verbatim), markup=False, id="said")
        yield label(_("I rapporter"))
        yield TextArea(self._quote.shown or self._quote.verbatim, id="shown", compact=True, show_line_numbers=False)
        yield Static("", markup=False, id="verdict")
        yield self.buttons(
            Button(_("Lagre (Ctrl+L)"), id="save", variant="primary", compact=True),
            Button("[...]", id="omit", compact=True),
            Button("[ ]", id="clarify", compact=True),
            Button(_("Ordrett"), id="reset", compact=True),
        )
        yield label(_("Merk med Shift+piltaster. Ctrl+O: [...] i stedet · Ctrl+R: [ ] i stedet."), classes="hint")

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()
        self._judge()

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    @on(TextArea.Changed)
    def _judge(self) -> None:
        """Say at once whether the form is honest, and where not, and whether it may be turned round."""
        self.query_one("#verdict", Static).update(safe(self._verdict()))

    def _verdict(self) -> str:
        if self._as_said():
            return _("Gjengis ordrett.")
        fault = difference(self._quote.verbatim, self._area.text)
        if fault is not None:
            return quoting.explain(fault)
        touched = quoting.negations_touched(self._quote.verbatim, self._area.text)
        return quoting.turned(self._quote.quote, touched) if touched else _("Stemmer med teksten.")

    def _as_said(self) -> bool:
        return self._area.text.split() == self._quote.verbatim.split()

    @on(Button.Pressed, "#omit")
    def action_omit(self) -> None:
        self._area.replace(self._spaced(OMITTED), *self._area.selection)
        self._area.focus()

    @on(Button.Pressed, "#clarify")
    def action_clarify(self) -> None:
        """Brackets in place of what is marked, with the caret between them."""
        self._area.replace(self._spaced("[]"), *self._area.selection)
        row, column = self._area.cursor_location
        line = self._area.document.get_line(row)
        self._area.move_cursor((row, line.rindex("]", 0, column)))
        self._area.focus()

    def _spaced(self, bracket: str) -> str:
        """The bracket with the white space that what it takes the place of had at its ends."""
        marked = self._area.selected_text
        before = " " if marked[:1].isspace() else ""
        after = " " if marked[-1:].isspace() and marked.strip() else ""
        return f"{before}{bracket}{after}"

    @on(Button.Pressed, "#reset")
    def _reset(self) -> None:
        self._area.text = self._quote.verbatim
        self._area.focus()

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        if self._as_said():
            self.dismiss("")
            return
        fault = difference(self._quote.verbatim, self._area.text)
        if fault is None:
            self.dismiss(self._area.text.strip())
        else:
            self.notify(safe(quoting.explain(fault)), severity="warning", markup=False)


def edit_quote(screen: BenchScreen[Any], coding: str, then: Callable[[], object] | None = None) -> None:
    """Let the researcher write how a quotation is printed.

    Args:
        screen: a screen over the open project.
        coding: id of a coding on the place.
        then: called when it has been changed.
    """
    project = screen.project

    def take(shown: str) -> None:
        before = quoting.quote_of(project, coding).shown
        after = quoting.show_quote(project, coding, shown) if shown else quoting.reset_quote(project, coding)
        screen.say(_("Gjengis forkortet eller klargjort. u angrer.") if after.shown else _("Gjengis ordrett."))
        if then is not None and after.shown != before:
            then()

    screen.ask(QuoteDialog(quoting.quote_of(project, coding)), take)

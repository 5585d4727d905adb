"""What waits for a place after a newer version of its text came: a queue in which each is placed, or removed."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from workbench.core.entities import Waiting
from workbench.errors import Refusal
from workbench.services import sources, waiting
from workbench.services.sources import SourceText
from workbench.tui import reverting
from workbench.tui.presenting.waiting import ROW_LINES, newer_places, older_place, waiting_lines
from workbench.tui.presenting.wording import shortened
from workbench.tui.screens.listing import ListScreen
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine


class WaitingScreen(ListScreen):
    ROW_LINES = ROW_LINES
    CSS_PATH = "waiting.tcss"
    KEYS = (
        "waiting.first",
        "waiting.open",
        "waiting.remove",
        "waiting.skip",
        "waiting.undo",
        "waiting.all",
        "waiting.back",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "place(1)", _("Plasser"), key_display="1–5",
                tooltip=_("Plasser på det likeligste stedet; tallene velger et av de andre"), id="waiting.first"),
        Binding("o", "open", _("Marker selv"), tooltip=_("Åpne teksten og marker stedet selv"), id="waiting.open"),
        Binding("x,delete", "remove", _("Fjern"), tooltip=_("Fjern kodingen, merknaden eller memoet som venter"),
                id="waiting.remove"),
        Binding("s", "skip", _("Hopp over"), tooltip=_("La den vente, og gå til den neste"), id="waiting.skip"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="waiting.undo"),
        Binding("v", "all", _("Alle kilder"), tooltip=_("Vis det som venter i alle kilder, eller bare i denne"),
                id="waiting.all"),
        Binding("escape", "app.to_coding", _("Til teksten"), tooltip=_("Tilbake til teksten"), id="waiting.back"),
    ]  # fmt: skip

    def __init__(self, source: str = "", told: str = "") -> None:
        super().__init__()
        self.source = source
        """Id of the source whose queue it was opened for, or empty."""
        self.only_here = bool(source)
        self.queue: list[Waiting] = []
        self._told = told
        self._what: dict[str, str] = {}
        self._shown: dict[str, SourceText] = {}
        self._older: dict[str, str] = {}
        """Version id -> its text, read once."""

    def heading(self) -> str:
        return _("Venter på plass")

    def above(self) -> ComposeResult:
        with Horizontal(id="places"):
            with VerticalScroll(can_focus=False):
                yield Static("", id="before", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static("", id="now", markup=False)

    def begin(self) -> None:
        self.show_queue(self._told)

    def show_queue(self, told: str = "") -> None:
        """Ask the project again for what waits, and show it."""
        every = waiting.list_waiting(self.project)
        here = [each for each in every if each.source == self.source]
        self.queue = here if self.only_here else every
        self._what = waiting.describe_all(self.project, self.queue)
        used = {each.source for each in self.queue}
        self._shown = {
            each.id: sources.show_source(self.project, each)
            for each in sources.list_sources(self.project)
            if each.id in used
        }
        self.rows.set_rows(len(self.queue), self._draw)
        self.query_one(".heading", Static).update(self._counted(len(every)))
        hint = "" if self.queue else _("Ingenting venter på plass. Esc går til teksten.")
        self.query_one(StatusLine).show(told, hint)
        self._show_places()

    def _counted(self, every: int) -> str:
        n = len(self.queue)
        said = ngettext("{n} venter på plass", "{n} venter på plass", n).format(n=n)
        if not self.only_here or not n:
            return said if every == n else _("{said} · {all} i alle kilder").format(said=said, all=every)
        name = shortened(self._shown[self.source].source.name, 30)
        return _("{said} i «{source}» · {all} i alle kilder").format(said=said, source=name, all=every)

    def _current(self) -> Waiting:
        if self.rows.cursor is None:
            raise Refusal(_("Ingenting venter på plass her."))
        return self.queue[self.rows.cursor]

    # -- deciding

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "12345":
            event.stop()
            with self.refusals():
                self.action_place(int(event.character))

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        """Enter places where there is only one place to choose, and otherwise opens the text."""
        with self.refusals():
            if len(self._current().candidates) == 1:
                self.action_place(1)
            else:
                self.action_open()

    def action_place(self, number: int) -> None:
        waits = self._current()
        if number > len(waits.candidates):
            raise Refusal(
                _("Det er ikke noe sted nummer {n} her. o åpner teksten, så du kan markere selv.").format(n=number)
            )
        start, end = waits.candidates[number - 1]
        what = self._what[waits.id]
        waiting.place_waiting(self.project, waits, start, end)
        self.show_queue(_("Plasserte {what}. u angrer.").format(what=what))

    def action_remove(self) -> None:
        self.require_writable()
        waits = self._current()
        what = self._what[waits.id]
        waiting.drop_waiting(self.project, waits)
        self.show_queue(_("Fjernet {what}. u angrer.").format(what=what))

    def action_skip(self) -> None:
        self._current()
        assert self.rows.cursor is not None
        self.rows.move_to((self.rows.cursor + 1) % len(self.queue))

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_queue(done.summary))

    def action_all(self) -> None:
        if not self.source:
            raise Refusal(_("Køen viser alle kilder."))
        self.only_here = not self.only_here
        self.show_queue()

    def action_open(self) -> None:
        """Show the text, where it most likely stood, so that the place can be marked."""
        self.require_writable()
        waits = self._current()
        at = waits.candidates[0][0] if waits.candidates else waiting.stands_at(self.project, waits)
        coding = self.bench.back_to_coding()
        coding.go_to(waits.source, at)
        coding.mark_place(waits)

    # -- looking

    @on(Rows.Highlighted)
    def _show_places(self) -> None:
        before, now = self.query_one("#before", Static), self.query_one("#now", Static)
        if self.rows.cursor is None:
            before.update("")
            now.update("")
            return
        waits = self._current()
        if waits.old_version not in self._older:
            self._older[waits.old_version] = waiting.older_text(self.project, waits)
        before.update(older_place(waits, self._older[waits.old_version]))
        now.update(newer_places(waits, self._shown[waits.source].text))

    def _draw(self, index: int, width: int) -> list[Text]:
        waits = self.queue[index]
        return waiting_lines(waits, self._what[waits.id], self._shown[waits.source].source.name, width)

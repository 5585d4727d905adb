"""Two texts side by side: opened, gone between, swapped and closed. Acts are about the one that has the keys."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Container

from workbench.errors import Refusal
from workbench.tui.presenting.places import Companion, companions
from workbench.tui.screens.desk import Desk
from workbench.tui.screens.holdings import Opened, Pane
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.coding_view import CodingView


class BesideActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("V", "beside", _("Tekst ved siden av"), show=False, id="beside.toggle",
                tooltip=_("Vis en tekst til ved siden av, eller lukk den")),
        Binding("q", "other_text", _("Den andre teksten"), show=False, id="beside.switch",
                tooltip=_("Gå over i den andre teksten; kodingen gjelder teksten du står i")),
        Binding("Q", "swap_texts", _("Bytt om"), show=False, id="beside.swap",
                tooltip=_("La de to tekstene bytte plass")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._last_beside = ""
        """Id of the source that was beside last, as long as the project is open."""
        self._carets: dict[str, int] = {}
        """Where the caret was in the text beside, by source: the place of one that is also the main text is not kept in the
        project."""

    @property
    def texts(self) -> Container:
        return self.query_one("#texts", Container)

    # -- opening and closing

    def action_beside(self) -> None:
        if self.beside is not None:
            self.close_beside()
            return
        from workbench.tui.dialogs.companion import CompanionDialog

        source = self.source
        same = Companion(source, _("samme tekst, et annet sted"))
        others = companions(source, self.sources)
        likely = sum(bool(each.why) for each in others)
        listed = [*others[:likely], same, *others[likely:]]
        known = {each.source.id for each in listed}
        chosen = self._last_beside if self._last_beside in known else ""
        title = _("Hva skal stå ved siden av «{source}»?").format(source=source.name)
        self.ask(CompanionDialog(title, listed, chosen=chosen), self.open_beside)

    def open_beside(self, source: str) -> None:
        """Show a source beside the main text and give it the keys.

        Raises:
            Refusal: if it has been deleted meanwhile.
        """
        found = next((each for each in self.sources if each.id == source), None)
        if found is None:
            raise Refusal(_("Kilden finnes ikke lenger."))
        pane = Pane(CodingView(id="beside"))
        self.beside = pane
        self.main.view.peer, pane.view.peer = pane.view, self.main.view
        self._last_beside = source
        here = self.main.view.caret if source == self._main_source else None
        self.texts.mount(pane.view)
        self._dress_texts()
        self.fill(pane, found, self._carets.get(source, here))
        self.source_rows.refresh()
        pane.view.focus()
        self.call_after_refresh(self.main.view.keep_caret_in_sight)

    def close_beside(self) -> None:
        """Take the text beside away; both carets are remembered."""
        pane = self.beside
        if pane is None:
            return
        self.keep_place()
        if pane.opened is not None:
            self._last_beside = pane.opened.shown.source.id
            self._carets[self._last_beside] = pane.view.caret
        self.beside, self.active = None, self.main
        self.main.view.peer = None
        self.main.view.focus()
        pane.view.remove()
        self._dress_texts()
        self.source_rows.refresh()
        self.update_status()
        self.call_after_refresh(self.main.view.keep_caret_in_sight)

    # -- going between them

    def action_other_text(self) -> None:
        if self.beside is None:
            raise Refusal(_("Det er bare én tekst her. V viser en til ved siden av."))
        other = self.main if self.active is self.beside else self.beside
        other.view.focus()

    def action_swap_texts(self) -> None:
        """The text beside becomes the main one, and the other way round; nothing in either moves."""
        if self.beside is None:
            raise Refusal(_("Det er bare én tekst her. V viser en til ved siden av."))
        self.main, self.beside = self.beside, self.main
        self.texts.move_child(self.main.view, before=self.beside.view)
        self._dress_texts()
        self.remember_main()
        self.main.view.focus()

    @on(events.DescendantFocus)
    def _keys_choose_text(self) -> None:
        """Acts are about the text that has the keys."""
        pane = next((pane for pane in self.panes if pane.view is self.focused), None)
        if pane is None or pane is self.active:
            return
        self.active = pane
        self.message = ""
        self._dress_texts()
        if pane.opened is not None:
            ids = [source.id for source in self.sources]
            if pane.opened.shown.source.id in ids:
                self.source_rows.move_to(ids.index(pane.opened.shown.source.id))
        self.update_status()

    def reload(self) -> None:
        super().reload()
        if self.beside is not None and self.beside.opened is None:
            self.close_beside()

    def drawn(self, opened: Opened) -> None:
        super().drawn(opened)
        self._dress_texts()

    def _dress_texts(self) -> None:
        """Name the texts when there are two; a sign tells which has the keys where colour does not."""
        paired = self.beside is not None
        self.query_one("#middle").set_class(paired, "-paired")
        for pane in self.panes:
            pane.view.set_class(paired, "-paired")
            pane.view.set_class(pane is self.beside, "-second")
            name = pane.opened.shown.source.name if pane.opened else ""
            sign = "▶ " if pane is self.active else "  "
            # Brackets in a name would be read as markup.
            pane.view.border_title = (sign + safe_line(name)).replace("[", "\\[") if paired else None

    @property
    def _main_source(self) -> str:
        return self.main.opened.shown.source.id if self.main.opened else ""

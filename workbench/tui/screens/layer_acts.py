"""Whose codings are on show: everybody's, mine, one coder's, or two coders' against each other."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Coding
from workbench.tui.presenting import layers, marks
from workbench.tui.presenting.layers import Layers
from workbench.tui.screens.coding_acts import CodingActs
from workbench.tui.screens.holdings import Opened
from workbench.tui.transcript.document import Mark, Span


class LayerActs(CodingActs):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("H", "layers", _("Kodere"), show=False, id="layers.choose",
                tooltip=_("Velg hvem sine kodinger som vises, eller sett to kodere mot hverandre")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.on_show = Layers()
        """Kept as long as the project is open."""

    def action_layers(self) -> None:
        from workbench.services.lookup import coders
        from workbench.tui.dialogs.choose import ChooseDialog

        known, me = coders(self.project), self.project.coder_name
        others = [each for each in known if self._foreign(each)]
        options = [("", _("Alle kodere")), (me, _("Bare mine ({coder})").format(coder=me))]
        options += [(each, _("Bare {coder}").format(coder=each)) for each in others]
        if len(known) == 2:
            options.append(("\0", _("{first} mot {second}").format(first=known[0], second=known[1])))
        elif len(known) > 2:
            options.append(("\0", _("To kodere mot hverandre …")))
        now = "\0" if self.on_show.against else next(iter(self.on_show.coders), "")

        def take(chosen: str) -> None:
            if chosen != "\0":
                self.show_layers(Layers((chosen,) if chosen else ()))
            elif len(known) == 2:
                self.show_layers(Layers((known[0], known[1])))
            else:
                self._ask_pair(known)

        self.ask(ChooseDialog(_("Hvem sine kodinger skal vises?"), options, chosen=now), take)

    def _ask_pair(self, known: list[str]) -> None:
        from workbench.tui.dialogs.choose import ChooseDialog

        def with_first(first: str) -> None:
            rest = [(each, each) for each in known if each != first]
            title = _("Hvem skal stå mot {coder}?").format(coder=first)
            self.ask(ChooseDialog(title, rest), lambda second: self.show_layers(Layers((first, second))))

        mine = next((each for each in known if not self._foreign(each)), "")
        title = _("Hvem skal stå til venstre i margen?")
        self.ask(ChooseDialog(title, [(each, each) for each in known], chosen=mine), with_first)

    def show_layers(self, chosen: Layers) -> None:
        """Draw the codings of these coders and no others."""
        self.on_show = chosen
        for opened in self.all_opened():
            self.redraw(opened)
        self.say(self._told(chosen))

    def _told(self, chosen: Layers) -> str:
        if not chosen.coders:
            return _("Viser alle koderes kodinger")
        if not chosen.against:
            return _("Viser bare kodinger av {coder}").format(coder=chosen.coders[0])
        return _(
            "‹ bare {first}, › bare {second}, = samme sted, ≈ delvis. "
            "Dobbel understrek: begge; enkel: bare {first}; skrå: bare {second}"
        ).format(first=chosen.coders[0], second=chosen.coders[1])

    def redraw(self, opened: Opened) -> None:
        """Lay the marks of an open text anew, in every pane that shows it."""
        opened.document.replace_marks(self._marks(opened))
        for pane in self.panes:
            if pane.opened is opened:
                pane.view.repaint()
        self.drawn(opened)

    def drawn(self, opened: Opened) -> None:
        super().drawn(opened)
        woven = layers.threads(self.on_show, opened.codings.values())
        for pane in self.panes:
            if pane.opened is opened:
                pane.view.set_weave(woven)

    def _marks(self, opened: Opened | None = None) -> list[Mark]:
        lying = opened or self.active.opened
        if lying is None or not self.on_show.coders:
            return super()._marks(lying)
        beside = marks.all_marks(self.codes, (), lying.margin_notes.values(), lying.proposals.values())
        return [*layers.layered_marks(self.on_show, self.codes, lying.codings.values()), *beside]

    # -- what is coded while not everybody's codings are shown

    def show_coding(self, made: Coding, *, new_code: bool = False) -> None:
        super().show_coding(made, new_code=new_code)
        self._follow_layers((made.start, made.end))
        if not self.on_show.shows(made.coder):
            told = _("{done} (vises ikke: bare kodinger av {coder} er på skjermen)")
            self.say(told.format(done=self.message, coder=_(" og ").join(self.on_show.coders)))

    def _remove(self, chosen: Coding) -> None:
        super()._remove(chosen)
        self._follow_layers((chosen.start, chosen.end))

    def _redraw(self, changed: Coding) -> None:
        before = self.view.document.get(changed.id)
        super()._redraw(changed)
        self._follow_layers(*((each.start, each.end) for each in (before, changed) if each is not None))

    def _follow_layers(self, *spans: Span) -> None:
        """Draw anew what lies over these spans: a mark may have come whose coder is not on show, or that another agrees
        with. What lies elsewhere is not touched, so that coding is as fast as without layers."""
        opened = self.active.opened
        if not self.on_show.coders or opened is None:
            return
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        near = _over(opened.codings.values(), start, end)
        around = _over(
            opened.codings.values(), min(each.start for each in near), max(each.end for each in near)
        ) if near else []  # fmt: skip
        wanted = {mark.id: mark for mark in layers.layered_marks(self.on_show, self.codes, near, among=around)}
        lying = {mark.id: mark for mark in opened.document.in_range(start, end) if mark.kind == "coding"}
        for gone in lying.keys() - wanted.keys():
            self.view.remove_mark(gone)
        for each in wanted.values():
            if each.id not in lying:
                self.view.add_mark(each)
            elif each != lying[each.id]:
                self.view.update_mark(each)
        woven = layers.threads(self.on_show, near, (start, end))
        for pane in self.panes:
            if pane.opened is opened:
                pane.view.patch_weave(start, end, woven)

    # -- what is said about it

    def layer_words(self) -> str:
        return layers.layer_words(self.on_show, self.project.coder_name)

    def here(self) -> str:
        if not self.on_show.against:
            return super().here()
        start, end = self.view.selection or (self.view.caret, self.view.caret + 1)
        over = self.view.document.in_range(start, end)
        codings = [self.codings[mark.id] for mark in over if mark.kind == "coding"]
        told = layers.told_apart(self.on_show, codings)
        noted = marks.lies_here([mark for mark in over if mark.kind != "coding"], self.project.coder_name)
        return " · ".join(part for part in (told, noted) if part)


def _over(codings: Iterable[Coding], start: int, end: int) -> list[Coding]:
    return [each for each in codings if each.start < end and each.end > start]

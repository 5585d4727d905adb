"""The panes at the side: opening, naming and deleting sources; codes to code with, pin and look up."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Tree

from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import sources
from workbench.tui.dialogs.choose import ConfirmDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.screens.coding_acts import CodingActs
from workbench.tui.screens.version_acts import VersionActs
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.rows import Rows


class SourceRows(Rows):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "screen.rename_source", _("Gi nytt navn"), tooltip=_("Gi kilden nytt navn"), id="sources.rename"),
        Binding("x,delete", "screen.delete_source", _("Slett"), tooltip=_("Slett kilden"), id="sources.delete"),
        Binding("e", "screen.describe_source", _("Opplysninger"), tooltip=_("Type, caser, bølge og dato for kilden"),
                id="sources.describe"),
        Binding("n", "screen.new_version", _("Ny utgave"), tooltip=_("Ny utgave av teksten: kodingene følger med"),
                id="sources.version"),
        Binding("v", "screen.waiting", _("Venter på plass"), show=False, tooltip=_("Det som venter på plass i kilden"),
                id="sources.waiting"),
    ]  # fmt: skip


class SideTree(CodeTree):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "screen.pin_code", _("Fest til tast"), tooltip=_("Fest koden til en talltast, eller løs den"),
                id="codes.pin"),
    ]  # fmt: skip


class SourceActs(CodingActs, VersionActs):
    @on(Rows.Chosen, "#sources")
    def _source_chosen(self, event: Rows.Chosen) -> None:
        with self.refusals():
            self.go_to(self.sources[event.index].id)
        self.view.focus()

    @on(Tree.NodeSelected, "#codes")
    def _code_chosen(self, event: Tree.NodeSelected[str]) -> None:
        """Enter or a click on a code codes the selection; without one it only shows the code's card."""
        if not event.node.data:
            return
        if self.view.selection is None:
            self.say(
                _("Marker noe i teksten for å kode det med «{code}»").format(
                    code=self.codes.entries[event.node.data].name
                )
            )
            return
        with self.refusals():
            self.apply(event.node.data)
        self.view.focus()

    def action_pin_code(self) -> None:
        if self.code_tree.chosen_code:
            self.pin(self.code_tree.chosen_code)

    def _chosen_source(self) -> Source:
        cursor = self.source_rows.cursor
        if cursor is None:
            raise Refusal(_("Det er ingen kilder her. Trykk I for å importere."))
        return self.sources[cursor]

    def action_rename_source(self) -> None:
        source = self._chosen_source()

        def rename(name: str) -> None:
            sources.describe_source(self.project, source, name=name)
            self.reload()
            self.say(_("Kilden heter nå «{name}»").format(name=name))

        self.ask(LineDialog(_("Nytt navn på kilden"), source.name), rename)

    def action_describe_source(self) -> None:
        from workbench.services.importing import SourceFacts
        from workbench.tui.dialogs.source import SourceDialog

        source = self._chosen_source()

        def describe(facts: SourceFacts) -> None:
            sources.describe_source(
                self.project,
                source,
                name=facts.name,
                kind=facts.kind,
                title=facts.title,
                publisher=facts.publisher,
                cases=facts.cases,
                wave=facts.wave,
                date=facts.date,
            )
            self.reload()
            self.say(_("Opplysningene er lagret"))

        facts = SourceFacts(
            name=source.name, kind=source.kind, title=source.title, publisher=source.publisher, cases=source.cases,
            wave=source.wave, date=source.date,
        )  # fmt: skip
        self.ask(SourceDialog(facts, stored=True), describe)

    def action_new_version(self) -> None:
        self.ask_for_version(self._chosen_source())

    def action_waiting(self) -> None:
        self.show_waiting(self._chosen_source().id)

    def action_delete_source(self) -> None:
        source = self._chosen_source()
        hanging = sources.what_hangs_on(self.project, source)
        question = (
            _("«{name}» har {what}, som går med. u angrer.").format(name=source.name, what=hanging)
            if hanging
            else _("Ingenting henger på «{name}». u angrer.").format(name=source.name)
        )

        def delete(_yes: bool) -> None:
            sources.delete_source(self.project, source)
            self.reload()
            self.say(_("Slettet «{name}». u angrer.").format(name=source.name))

        self.ask(ConfirmDialog(_("Slette kilden?"), question, yes=_("Slett")), delete)

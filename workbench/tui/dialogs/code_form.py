"""Describing a code: the parts that tell two coders the same."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, TextArea

from workbench.core.entities import CodeEntry
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.dialogs.choose import ConfirmDialog


class CodeFormDialog(Dialog[dict[str, Any]]):
    """A code's fields; the answer holds those that were changed."""

    WIDE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+l", "save", _("Lagre"), priority=True, id="code_form.save"),
    ]

    def __init__(self, entry: CodeEntry) -> None:
        super().__init__(_("Koden «{name}»").format(name=entry.name))
        self._before: dict[str, Any] = {
            "name": entry.name,
            "name_en": entry.name_en,
            "brief": entry.brief,
            "definition": entry.definition,
            "when_used": entry.when,
            "when_not": entry.when_not,
            "examples": list(entry.examples),
        }

    def compose_body(self) -> ComposeResult:
        before = self._before
        with VerticalScroll(id="fields") as fields:
            fields.can_focus = False
            for field, words in (("name", _("Navn")), ("name_en", _("Engelsk navn")), ("brief", _("Kort definisjon"))):
                yield label(words)
                yield Input(before[field], id=field, compact=True)
            for field, words in (
                ("definition", _("Full definisjon")),
                ("when_used", _("Brukes når")),
                ("when_not", _("Brukes ikke når")),
            ):
                yield label(words)
                yield TextArea(before[field], id=field, compact=True, tab_behavior="focus")
            yield label(_("Eksempler, ett på hver linje"))
            yield TextArea("\n".join(before["examples"]), id="examples", compact=True, tab_behavior="focus")
        yield self.buttons(Button(_("Lagre (Ctrl+L)"), id="save", variant="primary"))

    def on_mount(self) -> None:
        self.query_one("#definition", TextArea).focus()

    def changed(self) -> dict[str, Any]:
        """The fields that say something else than before."""
        now: dict[str, Any] = {each.id: each.value.strip() for each in self.query(Input) if each.id}
        now |= {each.id: each.text.strip() for each in self.query(TextArea) if each.id}
        now["examples"] = [line.strip() for line in now["examples"].splitlines() if line.strip()]
        return {field: value for field, value in now.items() if value != self._before[field]}

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        self.dismiss(self.changed())

    def action_back_out(self) -> None:
        """Leave, after a question when something has been written."""
        if not self.changed():
            self.dismiss(None)
            return
        question = ConfirmDialog(
            _("Forkaste endringene?"), _("Det du har skrevet om koden, er ikke lagret."), yes=_("Forkast")
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        self.app.push_screen(question, answered)

    def keep_writing(self) -> bool:
        if not self.changed() or self.app.screen is not self:
            return True
        self.action_back_out()
        return False

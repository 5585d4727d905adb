"""Writing in the margin, and memos."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import MarginNote
from workbench.services import notes
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import wording
from workbench.tui.presenting.marks import note_mark
from workbench.tui.screens.desk import Desk
from workbench.tui.transcript.document import Span


class NoteActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "note", _("Merknad"), tooltip=_("Skriv i margen ved markeringen, eller endre merknaden her"),
                id="notes.note"),
        Binding("m", "memo", _("Memo"), tooltip=_("Skriv memo på en koding her, på kilden eller prosjektet"),
                id="notes.memo"),
    ]  # fmt: skip

    def action_note(self) -> None:
        here = self.mark_ids("note")
        if here and self.view.selection is None:
            note = self.margin_notes[here[0]]
            self._write_note(note, (note.start, note.end))
        else:
            self._write_note(None, self.span())

    def _write_note(self, note: MarginNote | None, span: Span) -> None:
        source = self.source
        kept = [note]

        def save(text: str) -> None:
            current = kept[0]
            if current is None and text.strip():
                kept[0] = notes.add_note(self.project, source, *span, text)
            elif current is not None and text.strip():
                notes.edit_note(self.project, current.id, text)
            elif current is not None:
                notes.remove_note(self.project, current.id)
                kept[0] = None

        quoted = wording.shortened(self.view.document.text[slice(*span)], 120)
        title = _("Endre merknad (tom tekst sletter)") if note else _("Ny merknad")
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        dialog = WritingDialog(title, note.text if note else "", save, about=f"«{quoted}»")
        self.app.push_screen(dialog, lambda _text: self._show_notes())

    def _show_notes(self) -> None:
        """Draw the notes as they now are; the first one may also have changed the reading status."""
        current = {each.id: each for each in notes.list_notes(self.project, self.source)}
        for gone in self.margin_notes.keys() - current.keys():
            self.view.remove_mark(gone)
        for each in current.values():
            if each.id not in self.margin_notes:
                self.view.add_mark(note_mark(each))
                self.say(_("Merknaden er lagret"))
            elif each != self.margin_notes[each.id]:
                self.view.update_mark(note_mark(each))
                self.say(_("Merknaden er endret"))
        if self.margin_notes.keys() - current.keys():
            self.say(_("Merknaden er slettet"))
        self.margin_notes = current

    def action_memo(self) -> None:
        options = [
            (f"coding:{each}", _("Kodingen «{code}»").format(code=self.codings[each].code_name))
            for each in self.mark_ids("coding")
        ]
        options.append((f"source:{self.source.id}", _("Kilden «{source}»").format(source=self.source.name)))
        options += [
            (f"code:{entry.id}", _("Koden «{code}»").format(code=entry.name))
            for entry in (self.codes.entries[self.codings[each].code] for each in self.mark_ids("coding"))
        ]
        options.append(("project:", _("Hele prosjektet")))
        shown = dict(options)
        self.ask(ChooseDialog(_("Memo på hva?"), list(shown.items())), lambda key: self.write_memo(key, shown[key]))

    def write_memo(self, key: str, about: str) -> None:
        """Open this coder's newest memo on something, or a new one."""
        kind, _colon, target = key.partition(":")
        target = target or self.project.uid
        mine = [each for each in notes.list_memos(self.project, target) if not self._foreign(each.coder)]
        existing = mine[-1] if mine else None
        kept = [existing.id if existing else ""]

        def save(text: str) -> None:
            if text.strip():
                kept[0] = notes.write_memo(self.project, kind, target, text, memo=kept[0]).id
            elif kept[0]:
                notes.remove_memo(self.project, kept[0])
                kept[0] = ""

        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        dialog = WritingDialog(_("Memo"), existing.text if existing else "", save, about=about)
        self.ask(dialog, lambda _text: self.say(_("Memoet er lagret")))

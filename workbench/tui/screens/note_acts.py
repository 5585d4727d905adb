"""Writing in the margin, and memos beside the text."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from workbench.core.entities import Coding, MarginNote
from workbench.errors import Refusal
from workbench.services import drafts, memos, notes
from workbench.services.drafts import Draft, Settled
from workbench.services.memos import Subject
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.memo_acts import WritesMemos, outcome_words
from workbench.tui.presenting import wording
from workbench.tui.presenting.marks import note_mark
from workbench.tui.screens.desk import Desk
from workbench.tui.transcript.document import Span

PANE_KEYS = ("memo.leave", "memo.link", "memo.private", "memo.close")
TAKE_IN_AFTER = 0.5
"""Seconds that the text has on the screen before it is asked what a killed program left unfinished."""


class NoteActs(WritesMemos, Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "note", _("Merknad"), tooltip=_("Skriv i margen ved markeringen, eller endre merknaden her"),
                id="notes.note"),
        Binding("m", "memo", _("Memo"), tooltip=_("Skriv memo ved siden av teksten, eller gå til det som står åpent"),
                id="notes.memo"),
    ]  # fmt: skip

    def on_mount(self) -> None:
        self.set_timer(TAKE_IN_AFTER, self._take_in_drafts)

    def _take_in_drafts(self) -> None:
        """What was being written when the program last ended becomes memos."""
        if self.bench.project is None or self.writing:
            return
        with self.refusals():
            taken = len(drafts.take_in(self.project))
            if taken:
                told = ngettext(
                    "{n} memo som ikke var ferdig da programmet stoppet, er tatt inn. J viser memoene.",
                    "{n} memoer som ikke var ferdige da programmet stoppet, er tatt inn. J viser memoene.",
                    taken,
                )
                self.notify(told.format(n=taken), markup=False)

    def action_note(self) -> None:
        self.require_writable()
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
        found = notes.list_notes(self.project, self.source)
        current = {each.id: each for each in found if each.end > each.start}
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

    # -- memos

    async def action_memo(self) -> None:
        """Go to the memo that stands open; else ask what to write on."""
        pane = self.memo_pane
        if pane is not None and self.writing:
            pane.take_keys()
            return
        subjects = self._subjects()
        written = {(each.target_kind, each.target) for each in memos.list_memos(self.project)
                   if each.kind == "memo" and not self._foreign(each.coder)}  # fmt: skip
        options = [
            (str(n), self._shown(subject) + (" ✎" if (subject.kind, subject.target) in written else ""))
            for n, subject in enumerate(subjects)
        ]
        options.append(("diary", _("Dagboken i dag")))

        async def write(answer: str) -> None:
            if answer == "diary":
                await self.write_diary()
            else:
                await self.write_memo(subjects[int(answer)])

        self.ask(ChooseDialog(_("Memo på hva?"), options), write)

    def _subjects(self) -> list[Subject]:
        """What a memo can be on from here, the nearest first."""
        project, source, chosen = self.project, self.source, self.view.selection
        here = [self.codings[each] for each in self.mark_ids("coding")]
        found = [memos.find_subject(project, "span", source.id, chosen)] if chosen else []
        found += [memos.find_subject(project, "coding", each.id) for each in here]
        found.append(memos.find_subject(project, "source", source.id))
        found += [memos.find_subject(project, "code", code) for code in dict.fromkeys(each.code for each in here)]
        found += [memos.find_subject(project, "informant", number) for number in source.informants]
        found += [memos.find_subject(project, "case", name) for name in source.cases]
        return [*found, memos.find_subject(project, "project")]

    def _shown(self, subject: Subject) -> str:
        if subject.kind == "span":
            quoted = wording.shortened(self.view.document.text[subject.start : subject.end], 40)
            return _("Det markerte stedet: «{quote}»").format(quote=quoted)
        return subject.words[:1].upper() + subject.words[1:]

    async def open_draft(self, draft: Draft, words: str) -> None:
        await super().open_draft(draft, words)
        self.call_after_refresh(self.view.keep_caret_in_sight)

    def memo_place(self) -> Widget:
        return self.query_one("#middle")

    def leave_memo(self) -> None:
        self.view.focus()
        self.call_after_refresh(self.view.keep_caret_in_sight)

    def linkable(self) -> list[Coding]:
        found = [self.codings[each] for each in self.mark_ids("coding")]
        if not found:
            raise Refusal(
                _("Ingen koding ved markøren i teksten. Esc går til teksten; still deg på en koding, og m går tilbake.")
            )
        return found

    def memo_journaled(self, settled: Settled) -> None:
        self.say(outcome_words(settled))

    def reload(self) -> None:
        super().reload()
        if self.memo_pane is not None:
            self.memo_pane.follow()

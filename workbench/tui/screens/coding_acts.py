"""Coding by keys: code, pinned codes, repeat, remove, new bounds, in vivo, and undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import CodeEntry, Coding
from workbench.errors import Refusal
from workbench.services import approaches, codebook, coding, history, reading
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.marks import coding_mark
from workbench.tui.screens.desk import Desk
from workbench.tui.transcript.document import Span

RECENT_CODES = 12
LONGEST_NAME = 160
"""Characters of a selection that can be proposed as the name of a code close to the text."""


class CodingActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", _("Kode"), tooltip=_("Kod markeringen, eller setningen ved markøren"), id="coding.code"),
        Binding("full_stop", "repeat", _("Gjenta"), key_display=".", tooltip=_("Kod med den siste koden"),
                id="coding.repeat"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde, også fra forrige gang"), id="coding.undo"),
        Binding("ctrl+r", "redo", _("Gjør om"), show=False, tooltip=_("Gjør om det du angret"), id="coding.redo"),
        Binding("x,delete", "remove", _("Fjern"), tooltip=_("Fjern en koding ved markøren"), id="coding.remove"),
        Binding("b", "rebound", _("Grenser"), show=False, tooltip=_("Gi en koding markeringens grenser"),
                id="coding.rebound"),
        Binding("e", "in_vivo", _("In vivo"), show=False, tooltip=_("Kod med markeringens egne ord som kode"),
                id="coding.in_vivo"),
        Binding("k", "recode", _("Kod om"), show=False, tooltip=_("Gi en koding ved markøren en annen kode"),
                id="coding.recode"),
        Binding("asterisk", "star", _("Utvalgt sitat"), key_display="*", show=False,
                tooltip=_("Merk en koding ved markøren som utvalgt sitat"), id="coding.star"),
        Binding("p", "quotation", _("Gjengi"), show=False,
                tooltip=_("Kort ned eller klargjør sitatet her slik det gjengis i rapporter"), id="coding.quotation"),
        *(
            Binding(str(key), f"pinned({key})", _("Festet kode {key}").format(key=key), show=False,
                    id=f"coding.pinned_{key}")
            for key in range(1, 10)
        ),
    ]  # fmt: skip

    # -- applying

    def action_code(self) -> None:
        self.require_writable()
        span = self.span()
        words = " ".join(self.view.document.text[slice(*span)].split())
        title = _("Kod «{quote}»").format(quote=wording.shortened(words, 60))
        close_to_text = approaches.approach_of(self.project).in_vivo and len(words) <= LONGEST_NAME
        proposed = words if close_to_text else ""
        dialog = CodeDialog(title, self.codes, self.pins, recent=self.recent, proposed=proposed)
        self.ask(dialog, lambda chosen: self._take_choice(chosen, span))

    def action_repeat(self) -> None:
        if not self.recent:
            raise Refusal(_("Du har ikke kodet noe ennå. Trykk c for å velge en kode."))
        self.apply(self.recent[0])

    def action_pinned(self, key: int) -> None:
        code = self.pins.get(key)
        if code is None:
            raise Refusal(
                _("Ingen kode er festet til {key}. Stå på en kode i kodeboken (F3) og trykk p.").format(key=key)
            )
        self.apply(code)

    def apply(self, code: str, span: Span | None = None) -> None:
        """Code a span (the selection or the sentence at the caret) with a code's id."""
        start, end = span or self.span()
        entry = self.codes.get(code)
        if entry is None:
            raise Refusal(_("Koden finnes ikke lenger."))
        self.show_coding(coding.apply_code(self.project, self.source, start, end, entry))

    def taught(self) -> None:
        """Something has been decided that suggestions learn from; nothing is done until they are switched on."""

    def show_coding(self, made: Coding, *, new_code: bool = False) -> None:
        """Draw a coding that has just been made, count it, and say so."""
        if new_code:
            self.codes = CodeList(codebook.list_codes(self.project))
            self.code_tree.show_codes(self.codes, self.pins)
        self.recent = [made.code, *(code for code in self.recent if code != made.code)][:RECENT_CODES]
        if made.id in self.codings:
            self.say(_("Stedet er alt kodet med «{code}»").format(code=made.code_name))
            return
        self.codings[made.id] = made
        self.taught()
        self.view.add_mark(coding_mark(made, self.codes))
        if self.view.selection != (made.start, made.end):
            self.view.select(made.start, made.end, reveal=False)
        self.view.settle()
        if new_code:
            self._count_in_source(made, 1)  # the codes have just been asked for
        else:
            self.count(made, 1)
        told = _("Ny kode «{code}»") if new_code else _("Kodet «{code}»")
        self.say(told.format(code=made.code_name))

    def count(self, made: Coding, step: int) -> None:
        """Let the counts in the panes follow one coding."""
        self.code_tree.update_labels(self.codes.count(made.code, step), self.pins)
        self._count_in_source(made, step)

    def _count_in_source(self, made: Coding, step: int) -> None:
        for index, source in enumerate(self.sources):
            if source.id == made.source:
                self.sources[index] = replace(source, codings=source.codings + step)
                if step > 0 and self.statuses.get(source.id, "not-read") in ("not-read", "read"):
                    self.statuses[source.id] = "coding"
                self.source_rows.refresh_row(index)

    def _take_choice(self, chosen: CodeChosen, span: Span) -> None:
        if chosen.pin:
            self.pin(chosen.code)
        elif chosen.code:
            self.apply(chosen.code, span)
        else:
            made = coding.apply_new_code(self.project, self.source, *span, chosen.name, parent=chosen.parent)
            self.show_coding(made, new_code=True)

    def pin(self, code: str) -> None:
        """Pin a code to the first free number key, or free the key it has."""
        pinned = next((key for key, each in self.pins.items() if each == code), 0)
        key = pinned or next((key for key in range(1, 10) if key not in self.pins), 9)
        reading.pin_code(self.project, key, "" if pinned else code)
        self.pins = reading.pinned_codes(self.project)
        self.code_tree.update_labels(self.codes.entries.values(), self.pins)
        entry = self.codes.entries[code]
        told = _("«{code}» er løst fra {key}") if pinned else _("«{code}» er festet til {key}")
        self.say(told.format(code=entry.name, key=key))

    def action_in_vivo(self) -> None:
        if self.view.selection is None:
            raise Refusal(_("Marker ordene som skal bli kodens navn."))
        known = {entry.id for entry in self.codes.entries.values()}
        made = coding.code_in_vivo(self.project, self.source, *self.view.selection)
        self.show_coding(made, new_code=made.code not in known)

    # -- changing what is coded

    def action_remove(self) -> None:
        self.with_coding(_("Hvilken koding skal fjernes?"), self._remove)

    def _remove(self, chosen: Coding) -> None:
        coding.remove_coding(self.project, chosen.id)
        del self.codings[chosen.id]
        self.view.remove_mark(chosen.id)
        self.count(chosen, -1)
        self.taught()
        self.say(_("Fjernet kodingen «{code}». u angrer.").format(code=chosen.code_name))

    def action_rebound(self) -> None:
        chosen = self.view.selection
        if chosen is None:
            raise Refusal(_("Marker først hvor kodingen skal begynne og slutte."))
        self.with_coding(_("Hvilken koding skal få markeringens grenser?"), lambda each: self._rebound(each, chosen))

    def _rebound(self, chosen: Coding, span: Span) -> None:
        changed = coding.rebound_coding(self.project, chosen.id, *span)
        self._redraw(changed)
        self.taught()
        self.say(_("Nye grenser for «{code}»").format(code=changed.code_name))

    def action_recode(self) -> None:
        self.with_coding(_("Hvilken koding skal få en annen kode?"), self._ask_recode)

    def _ask_recode(self, chosen: Coding) -> None:
        self.require_writable()
        title = _("Ny kode i stedet for «{code}»").format(code=chosen.code_name)
        dialog = CodeDialog(title, self.codes, self.pins, new=False, without=frozenset({chosen.code}))
        self.ask(dialog, lambda answer: self._recode(chosen, self.codes.entries[answer.code]))

    def _recode(self, chosen: Coding, entry: CodeEntry) -> None:
        changed = coding.recode(self.project, chosen.id, entry)
        if changed.id != chosen.id:
            self.reload()
            self.taught()
            self.say(_("Stedet er alt kodet med «{code}»; de to er blitt én").format(code=changed.code_name))
            return
        self.code_tree.update_labels(self.codes.count(chosen.code, -1), self.pins)
        self.code_tree.update_labels(self.codes.count(changed.code, 1), self.pins)
        self._redraw(changed)
        self.taught()
        self.say(_("Kodet om til «{code}»").format(code=changed.code_name))

    def action_star(self) -> None:
        self.with_coding(_("Hvilket sitat?"), self._star)

    def _star(self, chosen: Coding) -> None:
        changed = coding.star_coding(self.project, chosen.id, star=not chosen.star)
        self.codings[changed.id] = changed
        told = _("★ «{code}» er utvalgt sitat") if changed.star else _("«{code}» er ikke lenger utvalgt sitat")
        self.say(told.format(code=changed.code_name))

    def action_quotation(self) -> None:
        self.with_coding(_("Hvilket sitat skal gjengis annerledes?"), self._edit_quotation)

    def _edit_quotation(self, chosen: Coding) -> None:
        self.require_writable()
        from workbench.tui.dialogs.quoting import edit_quote  # its editor is slow to load, and first needed here

        edit_quote(
            self, chosen.id, lambda: self.codings.update({chosen.id: coding.get_coding(self.project, chosen.id)})
        )

    def with_coding(self, title: str, act: Callable[[Coding], None]) -> None:
        """Act on the coding at the caret or selection; asks which when there are several.

        Raises:
            Refusal: when there is none.
        """
        found = [self.codings[each] for each in self.mark_ids("coding")]
        if not found:
            raise Refusal(_("Ingen koding her. Flytt markøren til en kodet passasje."))
        if len(found) == 1:
            act(found[0])
            return
        options = [
            (each.id, f"{each.code_name} – {each.coder} – «{wording.shortened(each.text, 40)}»") for each in found
        ]
        self.ask(ChooseDialog(title, options), lambda answer: act(self.codings[answer]))

    def _redraw(self, changed: Coding) -> None:
        self.codings[changed.id] = changed
        self.view.update_mark(coding_mark(changed, self.codes))

    # -- undo

    def action_undo(self) -> None:
        reverting.undo(self.bench, self._show_reverted)

    def action_redo(self) -> None:
        reverting.redo(self.bench, self._show_reverted)

    def _show_reverted(self, done: history.Reverted) -> None:
        """Show the state after, and go to where it happened; the way back leads to where the reader was."""
        self.reload()
        if done.source and done.offset is not None and any(each.id == done.source for each in self.sources):
            self.leave_spot()
            self.open_source(done.source, done.offset)
        self.say(done.summary)

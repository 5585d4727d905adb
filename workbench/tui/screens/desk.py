"""The coding screen's ground: how what it holds is loaded and kept in step with the project.

What a key press changes is shown from memory; the project is asked again when somebody else has written in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _
from typing import cast

from rich.text import Text

from workbench.core.entities import Proposal, Source
from workbench.errors import Refusal
from workbench.services import codebook, coding, notes, reading, sources
from workbench.services.reading import Place
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.lines import source_lines
from workbench.tui.presenting.marks import all_marks, lies_here, view_turns
from workbench.tui.presenting.places import Spot
from workbench.tui.screens.holdings import Holdings
from workbench.tui.transcript import movement
from workbench.tui.transcript.document import DocumentModel, Mark, MarkKind, Span
from workbench.tui.widgets.status_line import StatusLine

NAME_SHOWN = 26
POLL_EVERY = 1.0
KEEP_PLACE_EVERY = 2.0
"""Seconds: how much reading a killed program can forget."""


class Desk(Holdings):
    """Common steps of the coding screen; the verbs are in the classes built on it."""

    # -- loading

    def load_sources(self) -> None:
        """Ask the project which sources there are, and how far this coder has come in them."""
        self._version = self.project.data_version()
        self.sources = sources.list_sources(self.project)
        self.statuses = cast("dict[str, str]", reading.statuses(self.project))
        self.source_rows.set_rows(len(self.sources), self._draw_source)

    def load_codes(self) -> None:
        """Ask the project for the codes with their counts, and show them."""
        self.codes = CodeList(codebook.list_codes(self.project))
        self.pins = reading.pinned_codes(self.project)
        self.code_tree.show_codes(self.codes, self.pins)
        self.counted = True

    def open_first(self) -> None:
        """Open the source this coder had open, else the first."""
        wanted = reading.last_open_source(self.project)
        known = [source.id for source in self.sources]
        if known:
            self.open_source(wanted if wanted in known else known[0])
        self.update_status()

    def open_source(self, source: str, offset: int | None = None, end: int | None = None) -> None:
        """Show a source, with the caret where it was left or at `offset`; `offset..end` is chosen when both are given."""
        found = next((each for each in self.sources if each.id == source), None)
        if found is None:
            raise Refusal(_("Kilden finnes ikke lenger."))
        if self.shown is None or self.shown.source.id != source:
            self.keep_place()
            self.shown = sources.show_source(self.project, found)
            caret = reading.last_place(self.project, found).caret if offset is None else offset
            self._load_marks()
            self.view.load(self._document(), caret=caret)
            self._kept_caret = (source, self.view.caret)
            if not self.project.readonly and reading.last_open_source(self.project) != source:
                reading.remember_open_source(self.project, source)
            self.source_rows.move_to(self.sources.index(found))
        elif offset is not None:
            self.view.move_to(offset, centre=True)
        if offset is not None and end is not None and end > offset:
            self.view.select(offset, end, centre=True)
        self.update_status()

    def go_to(self, source: str, offset: int | None = None, end: int | None = None) -> None:
        """Jump somewhere, so that the way back is kept."""
        self.leave_spot()
        self.open_source(source, offset, end)

    def leave_spot(self) -> None:
        if self.shown is not None:
            self.trail.leave(Spot(self.shown.source.id, self.view.caret))

    def reload(self) -> None:
        """Ask the project again: somebody wrote in it, or an undo changed more than one thing."""
        self.load_sources()
        self.load_codes()
        if self.shown is None:
            self.open_first()
            return
        current = next((each for each in self.sources if each.id == self.source.id), None)
        if current is None:
            self.shown = None
            self.view.load(DocumentModel(""))
            self.open_first()
            return
        if current.version != self.shown.source.version:
            self.shown = sources.show_source(self.project, current)
            self._load_marks()
            self.view.load(self._document(), caret=min(self.view.caret, len(self.shown.text)))
        else:
            self.shown = replace(self.shown, source=current)
            turns = sources.show_source(self.project, current).turns
            self._load_marks()
            if turns != self.shown.turns:
                self.shown = replace(self.shown, turns=turns)
                self.view.load(self._document(), caret=self.view.caret)
            else:
                self.view.replace_marks(self._marks())
        self.update_status()

    def poll(self) -> None:
        """See whether another process has written."""
        if self.bench.project is not None and self.project.data_version() != self._version:
            with self.refusals():
                self.reload()

    def keep_place(self) -> None:
        """Remember the caret, if it has moved since last time."""
        if self.bench.project is None or self.shown is None or self.project.readonly:
            return
        now = (self.shown.source.id, self.view.caret)
        if now != self._kept_caret:
            with self.refusals():
                reading.remember_place(self.project, self.shown.source, Place(self.view.caret, self.view.caret))
                self._kept_caret = now

    def shown_proposals(self, source: Source) -> Iterable[Proposal]:
        """Suggestions to draw in the source; none until they are switched on."""
        return ()

    def _load_marks(self) -> None:
        if not self.counted:
            return  # the text is painted first; marks come with the codes
        source = self.source
        self.codings = {each.id: each for each in coding.list_codings(self.project, source=source.id)}
        self.margin_notes = {each.id: each for each in notes.list_notes(self.project, source)}
        self.proposals = {each.id: each for each in self.shown_proposals(source)}

    def _marks(self) -> list[Mark]:
        return all_marks(self.codes, self.codings.values(), self.margin_notes.values(), self.proposals.values())

    def _document(self) -> DocumentModel:
        assert self.shown is not None
        return DocumentModel(self.shown.text, view_turns(self.shown.turns), self._marks())

    # -- what an act is about

    def span(self) -> Span:
        """What is chosen, else the sentence at the caret.

        Raises:
            Refusal: when the caret stands where nothing is said.
        """
        self.source  # noqa: B018 - refuses when no source is open
        chosen = self.view.selection or movement.sentence_at(self.view.document, self.view.caret)
        if chosen is None:
            raise Refusal(_("Her står det ingenting å kode. Flytt markøren til noe som er sagt."))
        return chosen

    def mark_ids(self, kind: MarkKind) -> list[str]:
        """Marks under the selection or the caret, topmost first; a mark that ends at the caret counts when no other does."""
        document, caret = self.view.document, self.view.caret
        if self.view.selection is not None:
            found = document.in_range(*self.view.selection)
        else:
            found = document.at(caret)
            if not any(mark.kind == kind for mark in found) and caret:
                found = document.at(caret - 1)
        return [mark.id for mark in reversed(found) if mark.kind == kind]

    # -- what is said about it

    def say(self, message: str) -> None:
        """In the status line, since a toast would lay the screen out anew at each coding."""
        self.message, self._message_at = message, self.view.caret
        self.update_status()

    def caret_moved(self) -> None:
        """The caret stands somewhere else than when something was last said."""
        if self.view.caret != self._message_at:
            self.message = ""
        self.update_status()

    def update_status(self) -> None:
        line = self.query_one(StatusLine)
        if self.shown is None:
            line.show(self.message, _("Ingen kilde er åpen. Trykk I for å importere."))
            return
        caret = self.view.caret
        source = self.shown.source
        line.show(
            self.message,
            wording.shortened(source.name, NAME_SHOWN),
            wording.status_shown(self.statuses.get(source.id, "not-read")),
            _("linje {n}").format(n=self.view.document.line_number(caret)),
            self.here(),
        )

    def here(self) -> str:
        """What lies at the caret or over the selection, in words."""
        start, end = self.view.selection or (self.view.caret, self.view.caret + 1)
        return lies_here(self.view.document.in_range(start, end), self.project.coder_name)

    def _foreign(self, coder: str) -> bool:
        return coder.casefold() != self.project.coder_name.casefold()

    def _draw_source(self, index: int, width: int) -> list[Text]:
        source = self.sources[index]
        opened = self.shown is not None and self.shown.source.id == source.id
        return source_lines(source, self.statuses.get(source.id, "not-read"), opened=opened)

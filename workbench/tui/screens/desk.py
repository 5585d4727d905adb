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
from workbench.services import codebook, coding, notes, reading, regions, sources
from workbench.services.reading import Place
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.lines import source_lines
from workbench.tui.presenting.marks import all_marks, lies_here, view_turns
from workbench.tui.presenting.places import Spot
from workbench.tui.presenting.stretches import stretches
from workbench.tui.screens.holdings import Holdings, Opened, Pane
from workbench.tui.transcript import movement
from workbench.tui.transcript.document import DocumentModel, Mark, MarkKind, Span
from workbench.tui.transcript.stretches import Stretches
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
        self.doubts = regions.doubtful(self.project)
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
            self.fill(self.active, found, offset)
            self.source_rows.move_to(self.sources.index(found))
        elif offset is not None:
            self.view.move_to(offset, centre=True)
        if offset is not None and end is not None and end > offset:
            self.view.select(offset, end, centre=True)
        self.update_status()

    def fill(self, pane: Pane, source: Source, caret: int | None = None) -> None:
        """Show a source in a pane, with the caret where it was left unless told otherwise."""
        place = reading.last_place(self.project, source).caret if caret is None else caret
        already = (each.opened for each in self.panes if each is not pane and each.opened is not None)
        pane.opened = next((each for each in already if each.shown.source.id == source.id), None) or self._open(source)
        pane.view.load(pane.opened.document, caret=place)
        pane.kept = (source.id, pane.view.caret)
        self.drawn(pane.opened)
        if pane is self.main:
            self.remember_main()

    def remember_main(self) -> None:
        """Let the main text be the one that is open next time."""
        opened = self.main.opened
        if opened is None or self.project.readonly:
            return
        if reading.last_open_source(self.project) != opened.shown.source.id:
            reading.remember_open_source(self.project, opened.shown.source.id)

    def _open(self, source: Source) -> Opened:
        shown = sources.show_source(self.project, source)
        opened = Opened(shown=shown, document=DocumentModel(shown.text, view_turns(shown.turns)))
        self._load_marks(opened)
        self.load_stretches(opened)
        opened.document.replace_marks(self._marks(opened))
        return opened

    def go_to(self, source: str, offset: int | None = None, end: int | None = None) -> None:
        """Jump somewhere, so that the way back is kept."""
        self.leave_spot()
        self.open_source(source, offset, end)

    def leave_spot(self) -> None:
        if self.shown is not None:
            self.trail.leave(self.spot())

    def spot(self) -> Spot:
        """Where the reader is, with what is chosen and what is in sight."""
        view = self.view
        return Spot(self.source.id, view.caret, view.selection_anchor, view.top)

    def return_to(self, spot: Spot) -> None:
        """Show a place as it was left."""
        self.open_source(spot.source, spot.offset)
        self.view.restore(spot.offset, spot.anchor, spot.top)
        self.update_status()

    def reload(self) -> None:
        """Ask the project again: somebody wrote in it, or an undo changed more than one thing."""
        self.load_sources()
        self.load_codes()
        by_id = {source.id: source for source in self.sources}
        for opened in self.all_opened():
            current = by_id.get(opened.shown.source.id)
            if current is None:
                self._gone(opened)
            else:
                self._renew(opened, current)
        if self.main.opened is None:
            self.active = self.main
            self.open_first()
        self.update_status()

    def _gone(self, opened: Opened) -> None:
        """The source has been deleted."""
        for pane in self.panes:
            if pane.opened is opened:
                pane.opened = None
                pane.view.load(DocumentModel(""))

    def _renew(self, opened: Opened, source: Source) -> None:
        """Take over what has changed in an open source; its text is laid out anew only if it or its turns have."""
        fresh = sources.show_source(self.project, source)
        same_text = source.version == opened.shown.source.version and fresh.turns == opened.shown.turns
        opened.shown = replace(opened.shown, source=source) if same_text else fresh
        self._load_marks(opened)
        if not same_text:
            opened.document = DocumentModel(fresh.text, view_turns(fresh.turns))
        self.load_stretches(opened)
        opened.document.replace_marks(self._marks(opened))
        for pane in self.panes:
            if pane.opened is opened and same_text:
                pane.view.repaint()
            elif pane.opened is opened:
                pane.view.load(opened.document, caret=min(pane.view.caret, len(fresh.text)))
        self.drawn(opened)

    def drawn(self, opened: Opened) -> None:
        """Called when the marks over an open text have been laid anew."""

    def poll(self) -> None:
        """See whether another process has written."""
        if self.bench.project is not None and self.project.data_version() != self._version:
            with self.refusals():
                self.reload()

    def keep_place(self) -> None:
        """Remember the carets that have moved since last time; where both are in one source, the main one's."""
        if self.bench.project is None or self.project.readonly:
            return
        kept = set[str]()
        for pane in self.panes:
            if pane.opened is None or pane.opened.shown.source.id in kept:
                continue
            source = pane.opened.shown.source
            kept.add(source.id)
            now = (source.id, pane.view.caret)
            if now != pane.kept:
                with self.refusals():
                    reading.remember_place(self.project, source, Place(pane.view.caret, pane.view.caret))
                    pane.kept = now

    def shown_proposals(self, source: Source) -> Iterable[Proposal]:
        """Suggestions to draw in the source; none until they are switched on."""
        return ()

    def _load_marks(self, opened: Opened) -> None:
        if not self.counted:
            return  # the text is painted first; marks come with the codes
        source = opened.shown.source
        # What has lost its text to an edit, or waits for a place in a newer version, lies nowhere.
        found = coding.list_codings(self.project, source=source.id)
        opened.codings = {each.id: each for each in found if each.end > each.start}
        opened.margin_notes = {
            each.id: each for each in notes.list_notes(self.project, source) if each.end > each.start
        }
        opened.proposals = {each.id: each for each in self.shown_proposals(source)}

    def load_stretches(self, opened: Opened) -> None:
        """Ask the project what is marked as closed or doubtful in an open text."""
        opened.regions = regions.list_regions(self.project, opened.shown.source)
        opened.document.stretches = Stretches(stretches(opened.regions))

    def _marks(self, opened: Opened | None = None) -> list[Mark]:
        """What lies over the text of an open source; of the active pane's unless another is named."""
        lying = opened or self.active.opened
        if lying is None:
            return []
        return all_marks(self.codes, lying.codings.values(), lying.margin_notes.values(), lying.proposals.values())

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
            self.waiting_words(),
            self.layer_words(),
            self.here(),
        )

    def waiting_words(self) -> str:
        """What waits for a place in the open source, where anything does."""
        return ""

    def layer_words(self) -> str:
        """Whose codings are on show, when that is not everybody's."""
        return ""

    def here(self) -> str:
        """What lies at the caret or over the selection, in words."""
        start, end = self.view.selection or (self.view.caret, self.view.caret + 1)
        return lies_here(self.view.document.in_range(start, end), self.project.coder_name)

    def _foreign(self, coder: str) -> bool:
        return coder.casefold() != self.project.coder_name.casefold()

    def _draw_source(self, index: int, width: int) -> list[Text]:
        source = self.sources[index]
        opened = any(pane.opened is not None and pane.opened.shown.source.id == source.id for pane in self.panes)
        status = self.statuses.get(source.id, "not-read")
        return source_lines(source, status, opened=opened, doubts=self.doubts[source.id])

"""The coding screen's ground: the open source, its marks, the codes, and how they are kept in step with the project.

What a key press changes is shown from memory; the project is asked again when somebody else has written in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import cast

from rich.text import Text

from workbench.core.entities import Coding, MarginNote, Proposal, Source
from workbench.errors import Refusal
from workbench.services import codebook, coding, notes, reading, sources
from workbench.services.reading import Place
from workbench.services.sources import SourceText
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.lines import source_lines
from workbench.tui.presenting.marks import all_marks, view_turns
from workbench.tui.presenting.places import Spot, Trail
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript import movement
from workbench.tui.transcript.document import DocumentModel, Mark, MarkKind, Span
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.coding_view import CodingView
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

NAME_SHOWN = 26
POLL_EVERY = 1.0
KEEP_PLACE_EVERY = 2.0
"""Seconds: how much reading a killed program can forget."""


class Desk(BenchScreen[None]):
    """State and common steps of the coding screen; the verbs are in the classes built on it."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[Source] = []
        self.statuses: dict[str, str] = {}
        self.codes = CodeList()
        self.pins: dict[int, str] = {}
        self.recent: list[str] = []
        """Ids of codes used in this session, newest first."""
        self.shown: SourceText | None = None
        self.codings: dict[str, Coding] = {}
        self.margin_notes: dict[str, MarginNote] = {}
        self.proposals: dict[str, Proposal] = {}
        self.trail = Trail()
        self.message = ""
        """What was last done; stands in the status line until the caret moves."""
        self._message_at = 0
        self._kept_caret: tuple[str, int] | None = None
        self._version = 0

    # -- parts of the screen

    @property
    def view(self) -> CodingView:
        return self.query_one(CodingView)

    @property
    def code_tree(self) -> CodeTree:
        return self.query_one("#codes", CodeTree)

    @property
    def source_rows(self) -> Rows:
        return self.query_one("#sources", Rows)

    @property
    def source(self) -> Source:
        """The open source.

        Raises:
            Refusal: when none is open.
        """
        if self.shown is None:
            raise Refusal(_("Ingen kilde er åpen. Importer en med I, eller velg en i lista over kilder (F2)."))
        return self.shown.source

    # -- loading

    def load_all(self) -> None:
        """Ask the project for everything shown but the text."""
        self.sources = sources.list_sources(self.project)
        self.statuses = cast("dict[str, str]", reading.statuses(self.project))
        self.codes = CodeList(codebook.list_codes(self.project))
        self.pins = reading.pinned_codes(self.project)
        self.source_rows.set_rows(len(self.sources), self._draw_source)
        self.code_tree.show_codes(self.codes, self.pins)
        self._version = self.project.data_version()

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
            if not self.project.readonly:
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
        self.load_all()
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
            self.here(caret),
        )

    def here(self, caret: int) -> str:
        """What lies at the caret, in words."""
        found = self.view.document.at(caret)
        coded = [f"{mark.label} ({mark.coder})" if self._foreign(mark.coder) else mark.label
                 for mark in reversed(found) if mark.kind == "coding"]  # fmt: skip
        noted = [mark.label for mark in found if mark.kind == "note"]
        parts = []
        if coded:
            parts.append(ngettext("kode her: {names}", "koder her: {names}", len(coded)).format(names=", ".join(coded)))
        if noted:
            parts.append(_("merknad: {text}").format(text="; ".join(noted)))
        return " · ".join(parts)

    def _foreign(self, coder: str) -> bool:
        return coder.casefold() != self.project.coder_name.casefold()

    def _draw_source(self, index: int, width: int) -> list[Text]:
        source = self.sources[index]
        opened = self.shown is not None and self.shown.source.id == source.id
        return source_lines(source, self.statuses.get(source.id, "not-read"), opened=opened)

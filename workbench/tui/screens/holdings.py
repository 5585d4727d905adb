"""What the coding screen holds in memory, so that no key waits for the project file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from gettext import gettext as _

from workbench.core.entities import Coding, MarginNote, Proposal, Source, StoredRegion
from workbench.errors import Refusal
from workbench.services.finding import Sought
from workbench.services.sources import SourceText
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.places import Trail
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.document import DocumentModel, Span
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.coding_view import CodingView
from workbench.tui.widgets.rows import Rows


@dataclass(slots=True, eq=False)
class Opened:
    """A source that is open, with what lies over its text. Two panes on one source share it, so that what is done in one
    stands in the other."""

    shown: SourceText
    document: DocumentModel
    codings: dict[str, Coding] = field(default_factory=dict)
    margin_notes: dict[str, MarginNote] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    regions: list[StoredRegion] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Pane:
    """A view, and what is open in it."""

    view: CodingView
    opened: Opened | None = None
    hits: list[Span] = field(default_factory=list)
    hits_of: tuple[str, Sought] | None = None
    """The text version and the search that the hits are of."""
    kept: tuple[str, int] | None = None
    """Source id and caret as they were last remembered in the project."""


class Holdings(BenchScreen[None]):
    """The open sources with their marks, the codes, the reader's trail, and the parts of the screen that show them.

    What is said of the source, its marks and its view is said of the pane that has the keys, or had them last.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[Source] = []
        self.statuses: dict[str, str] = {}
        self.doubts = Counter[str]()
        """Source id -> how many places the transcriber was unsure of, which nobody has looked at."""
        self.codes = CodeList()
        self.pins: dict[int, str] = {}
        self.recent: list[str] = []
        """Ids of codes used since the project was opened, newest first."""
        self.main = Pane(CodingView(id="transcript"))
        """The text that is read; its source is the one that is open next time."""
        self.beside: Pane | None = None
        """The text that is read against it."""
        self.active = self.main
        """The pane that acts are about."""
        self.trail = Trail()
        self.message = ""
        """What was last done; stands in the status line until the caret moves."""
        self._message_at = 0
        self.counted = False
        """Codes have been loaded; until then the text is shown without marks."""
        self._version = 0

    # -- what is open in the active pane

    @property
    def panes(self) -> list[Pane]:
        """The panes there are, the main one first."""
        return [self.main] if self.beside is None else [self.main, self.beside]

    def all_opened(self) -> list[Opened]:
        """The open sources, each once."""
        found = {id(pane.opened): pane.opened for pane in self.panes if pane.opened is not None}
        return list(found.values())

    @property
    def view(self) -> CodingView:
        return self.active.view

    @property
    def shown(self) -> SourceText | None:
        opened = self.active.opened
        return None if opened is None else opened.shown

    @property
    def source(self) -> Source:
        """The open source.

        Raises:
            Refusal: when none is open.
        """
        if self.shown is None:
            raise Refusal(_("Ingen kilde er åpen. Importer en med I, eller velg en i listen over kilder (F2)."))
        return self.shown.source

    @property
    def codings(self) -> dict[str, Coding]:
        """Codings in the open source by id, those that are not on show too."""
        return {} if self.active.opened is None else self.active.opened.codings

    @property
    def margin_notes(self) -> dict[str, MarginNote]:
        return {} if self.active.opened is None else self.active.opened.margin_notes

    @margin_notes.setter
    def margin_notes(self, found: dict[str, MarginNote]) -> None:
        if self.active.opened is not None:
            self.active.opened.margin_notes = found

    @property
    def proposals(self) -> dict[str, Proposal]:
        return {} if self.active.opened is None else self.active.opened.proposals

    @proposals.setter
    def proposals(self, found: dict[str, Proposal]) -> None:
        if self.active.opened is not None:
            self.active.opened.proposals = found

    @property
    def hits(self) -> list[Span]:
        """What the search found in the open text."""
        return self.active.hits

    # -- parts of the screen

    @property
    def code_tree(self) -> CodeTree:
        return self.query_one("#codes", CodeTree)

    @property
    def source_rows(self) -> Rows:
        return self.query_one("#sources", Rows)

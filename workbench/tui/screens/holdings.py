"""What the coding screen holds in memory, so that no key waits for the project file."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core.entities import Coding, MarginNote, Proposal, Source
from workbench.errors import Refusal
from workbench.services.sources import SourceText
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.places import Trail
from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.coding_view import CodingView
from workbench.tui.widgets.rows import Rows


class Holdings(BenchScreen[None]):
    """The open source with its marks, the codes, the reader's trail, and the parts of the screen that show them."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[Source] = []
        self.statuses: dict[str, str] = {}
        self.codes = CodeList()
        self.pins: dict[int, str] = {}
        self.recent: list[str] = []
        """Ids of codes used since the project was opened, newest first."""
        self.shown: SourceText | None = None
        self.codings: dict[str, Coding] = {}
        self.margin_notes: dict[str, MarginNote] = {}
        self.proposals: dict[str, Proposal] = {}
        self.trail = Trail()
        self.message = ""
        """What was last done; stands in the status line until the caret moves."""
        self._message_at = 0
        self.counted = False
        """Codes have been loaded; until then the text is shown without marks."""
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

"""The coding screen: sources and codebook at the side, the transcript in the middle, a code's card beside it."""

from __future__ import annotations

from gettext import gettext as _
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from workbench.services import naming
from workbench.services.retrieval import Filter
from workbench.tui.screens.beside_acts import BesideActs
from workbench.tui.screens.comment_acts import CommentActs
from workbench.tui.screens.copy_acts import CopyActs
from workbench.tui.screens.desk import KEEP_PLACE_EVERY, POLL_EVERY
from workbench.tui.screens.layer_acts import LayerActs
from workbench.tui.screens.lookup_acts import LookupActs
from workbench.tui.screens.note_acts import PANE_KEYS
from workbench.tui.screens.place_acts import PlaceActs
from workbench.tui.screens.region_acts import RegionActs
from workbench.tui.screens.source_acts import SideTree, SourceActs, SourceRows
from workbench.tui.screens.suggestion_acts import SuggestionActs
from workbench.tui.screens.text_acts import TextActs
from workbench.tui.transcript.view import TranscriptView
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.lookup import LookupPane
from workbench.tui.widgets.status_line import StatusLine

FIRST_PAINT = 0.05
"""Seconds that the text has on the screen before codes, counts and marks are looked up."""

TEXT_KEYS = (
    "coding.code", "coding.repeat", "transcript.sentence", "transcript.turn", "coding.undo", "coding.remove",
    "notes.note", "notes.memo", "places.search", "panes.card", "suggestions.toggle", "suggestions.next",
    "suggestions.accept", "suggestions.reject", "transcript.marking", "places.status", "texts.correct",
)  # fmt: skip
READING_KEYS = (
    "places.next_coding", "lookup.why", "notes.memo", "go.comments", "layers.choose", "panes.card", "lookup.code",
    "beside.toggle", "places.search", "places.back", "go.excerpts", "go.print",
)  # fmt: skip
SOURCE_KEYS = ("rows.choose", "sources.rename", "sources.describe", "sources.delete", "go.import", "panes.text")
EXCERPT_KEYS = ("rows.choose", "card.case", "card.coder", "card.down", "panes.text")
CODE_KEYS = ("tree.choose", "codes.pin", "go.excerpts", "go.codebook", "panes.card", "panes.text")


class CodingScreen(
    RegionActs,
    LayerActs,
    LookupActs,
    BesideActs,
    SuggestionActs,
    SourceActs,
    PlaceActs,
    CommentActs,
    TextActs,
    CopyActs,
):
    """Where texts are read and coded."""

    CSS_PATH = "coding.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own
        (0, "-narrow"), (100, "-medium"), (116, "-roomy"), (130, "-wide"), (190, "-vast"),
    ]  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,S", "pane('sources-pane')", _("Kilder"), key_display="F2", show=False,
                tooltip=_("Gå til kildene; en gang til gjemmer dem"), id="panes.sources"),
        Binding("f3,C", "pane('codes-pane')", _("Kodebok"), key_display="F3", show=False,
                tooltip=_("Gå til kodeboken; en gang til gjemmer den"), id="panes.codes"),
        Binding("escape", "to_text", _("Til teksten"), show=False, id="panes.text"),
    ]  # fmt: skip

    AUTO_FOCUS = ""  # the text takes the keys; one pressed at once must not reach the list of sources

    def __init__(self, *, at: str = "") -> None:
        super().__init__()
        self._at = at
        """A quote id to begin at, or empty."""

    def compose(self) -> ComposeResult:
        if self.project.readonly:
            yield Static(
                _("Åpnet for lesing: ingenting kan endres her. m skriver en kommentar i din egen fil, h sier hvorfor."),
                id="readonly",
                markup=False,
            )
        with Horizontal(id="bench"):
            with Vertical(id="side"):
                with Vertical(id="sources-pane", classes="pane"):
                    yield Static(_("Kilder (F2)"), classes="pane-title", markup=False)
                    yield SourceRows(row_lines=2, id="sources")
                with Vertical(id="codes-pane", classes="pane"):
                    yield Static(_("Kodebok (F3)"), classes="pane-title", markup=False)
                    yield SideTree(id="codes")
            with Container(id="middle"):
                with Container(id="texts"):
                    yield self.main.view
                yield LookupPane()
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        with self.refusals():
            self.load_sources()
            self.open_first()
        self.view.focus()
        # A timer, not the next refresh: that comes before the first paint, and the text should not wait for the codes.
        self.set_timer(FIRST_PAINT, self._load_rest)

    def _load_rest(self) -> None:
        """What may come a moment after the text: codes, counts and marks."""
        with self.refusals():
            self.reload()
            if self._at:
                quoted = naming.find_coding(self.project, self._at)
                self.open_source(quoted.source, quoted.start, quoted.end)
        self.set_interval(POLL_EVERY, self.poll)
        self.set_interval(KEEP_PLACE_EVERY, self.keep_place)

    # -- what follows the caret and the focus

    @on(TranscriptView.CaretMoved)
    def _caret_moved(self) -> None:
        self.caret_moved()
        self.card_soon()

    @on(events.DescendantFocus)
    def _keys_follow_focus(self) -> None:
        focused = self.focused
        keys = {"sources": SOURCE_KEYS, "codes": CODE_KEYS, "card-excerpts": EXCERPT_KEYS, "memo-text": PANE_KEYS}
        text_keys = READING_KEYS if self.project.readonly else TEXT_KEYS
        # What is a memo to who codes is a comment to who reads along.
        words = {"notes.memo": _("Kommentar")} if self.project.readonly else {}
        self.query_one(KeyBar).show(keys.get(focused.id or "" if focused else "", text_keys), words)

    def excerpts_wanted(self) -> Filter:
        """From the code tree: the excerpts behind the number."""
        chosen = self.codes.get(self.code_tree.chosen_code) if self.focused is self.code_tree else None
        return Filter(code=chosen.slug if chosen else "")

    # -- panes

    def action_pane(self, pane: str) -> None:
        """Go to a pane, showing it if need be; from inside the pane, gather it away."""
        widget = self.query_one(f"#{pane}")
        inside = self.focused is not None and widget in self.focused.ancestors_with_self
        widget.set_class(inside, "-hidden")
        widget.set_class(not inside, "-shown")
        (self.view if inside else widget.query("Rows, CodeTree").first()).focus()
        for each in self.panes:
            self.call_after_refresh(each.view.keep_caret_in_sight)

    def action_to_text(self) -> None:
        """Back to the text; from the text itself, a code that is looked up is let go of."""
        if self.focused is self.view:
            self.release()
        self.view.focus()

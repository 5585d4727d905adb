"""What the sorting queue shows: the excerpt in its transcript, the codes to choose among, and ways along the queue."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from workbench.core.entities import Coding, Memo
from workbench.errors import Refusal
from workbench.services import codebook, coding, memos, retrieval, sorting, sources
from workbench.services.retrieval import Excerpt, Filter
from workbench.services.sorting import Queue
from workbench.store.project import Project
from workbench.tui.presenting import sorting as presenting
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.marks import coding_mark, view_turns
from workbench.tui.presenting.sorting import PAGE, TargetList
from workbench.tui.screens.base import BenchScreen
from workbench.tui.transcript.canvas import TranscriptCanvas
from workbench.tui.transcript.display import safe_line
from workbench.tui.transcript.document import DocumentModel
from workbench.tui.transcript.movement import snap
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.status_line import StatusLine

KEYS = (
    "sorting.keep", "sorting.skip", "sorting.several", "sorting.remove", "sorting.note", "sorting.finish", "sorting.undo",
    "sorting.open", "sorting.new", "sorting.code", "sorting.show", "sorting.back",
)  # fmt: skip
WIDE = 100
"""Cells from which the codes stand beside the text and not below it."""
MOST_TARGET_LINES = 4
POLL_EVERY = 1.0
LEAP = 10
SHOWN = ("all", "waiting", "skipped")


class Passage(TranscriptCanvas, can_focus=False):
    """A transcript to be read, with one span chosen in it. The keys belong to the queue."""

    def show(self, start: int, end: int) -> None:
        """Choose a span and scroll its beginning to the middle."""
        text = self.document.text
        self._place(snap(text, start), snap(text, end, forward=True), centre=True)

    def scroll_lines(self, lines: int) -> None:
        self.scroll_relative(y=lines, animate=False, force=True)


class SortingView(BenchScreen[None]):
    """The queue as it is read and walked; the verbs are in the class built on it."""

    CSS_PATH = "sorting.tcss"
    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "page", _("Flere koder"), show=False, tooltip=_("De neste ni kodene på talltastene"),
                id="sorting.page"),
        Binding("left", "point(-1)", _("Forrige kode"), show=False, tooltip=_("Vis definisjonen av koden foran"),
                id="sorting.previous_code"),
        Binding("right", "point(1)", _("Neste kode"), show=False, tooltip=_("Vis definisjonen av koden etter"),
                id="sorting.next_code"),
        Binding("up", "step(-1)", _("Forrige"), show=False, tooltip=_("Forrige utdrag i køen"), id="sorting.previous"),
        Binding("down", "step(1)", _("Neste"), show=False, tooltip=_("Neste utdrag i køen"), id="sorting.next"),
        Binding("pageup", f"step(-{LEAP})", _("Ti tilbake"), show=False, id="sorting.page_up"),
        Binding("pagedown", f"step({LEAP})", _("Ti fram"), show=False, id="sorting.page_down"),
        Binding("home", "step(-1000000)", _("Til begynnelsen"), show=False, id="sorting.first"),
        Binding("end", "step(1000000)", _("Til slutten"), show=False, id="sorting.last"),
        Binding("j", "scroll_text(4)", _("Les videre"), show=False, tooltip=_("Rull teksten nedover"), id="sorting.scroll_down"),
        Binding("k", "scroll_text(-4)", _("Les bakover"), show=False, tooltip=_("Rull teksten oppover"), id="sorting.scroll_up"),
        Binding("o", "show", _("Bare uten valg"), tooltip=_("Vis alle, bare dem uten valg, eller bare dem du hoppet over"),
                id="sorting.show"),
    ]  # fmt: skip

    def __init__(self, queue: Queue) -> None:
        super().__init__()
        self.queue = queue
        self.at = 0
        """Index in the queue of the excerpt on show."""
        self.pointed = 0
        """Index of the target whose definition is shown."""
        self.several: list[str] | None = None
        """Ids of the codes ticked so far, while several are chosen for one excerpt."""
        self.only = "all"
        self.codes = CodeList()
        self.told = ""
        self._excerpts: dict[str, Excerpt] = {}
        self._memos: dict[str, Memo] = {}
        self._source = ("", "")
        """The source on show and its text version."""
        self._marks_stale = False
        self._fitted = (0, False)
        self._written: dict[str, Text] = {}
        self._kept = ""
        self._version = 0
        self._opened: Project | None = None
        self.sorting_id = queue.sorting.id

    def compose(self) -> ComposeResult:
        yield Static("", id="heading", classes="heading", markup=False)
        with Container(id="bench"):
            yield Passage(id="passage")
            with Vertical(id="targets"):
                yield Static("", id="keys", markup=False)
                yield Static("", id="meaning", markup=False)
        yield Static("", id="facts", markup=False)
        yield StatusLine(id="status")
        yield KeyBar()

    @property
    def passage(self) -> Passage:
        return self.query_one(Passage)

    @property
    def uid(self) -> str:
        """Id of the coding on show."""
        return self.queue.sorting.codings[self.at]

    @property
    def shown_coding(self) -> Coding | None:
        return self.queue.codings.get(self.uid)

    def on_mount(self) -> None:
        self._opened = self.project
        with self.refusals():
            self.load()
            self.at = sorting.resume_at(self.project, self.queue)
            self.show_excerpt()
        self.query_one(KeyBar).show([key for key in KEYS if key != "sorting.remove" or self._removes])
        self.set_interval(POLL_EVERY, self._poll)

    def on_unmount(self) -> None:
        self.keep_place()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self.draw)

    @property
    def _removes(self) -> bool:
        return self.queue.sorting.kind == "definition"

    # -- loading

    def load(self) -> None:
        """Ask the project for the queue and all that is shown about it."""
        self._version = self.project.data_version()
        self.queue = sorting.load_queue(self.project, self.sorting_id)
        self.codes = CodeList(codebook.list_codes(self.project))
        wanted = Filter(code=self.queue.code.id, exact=True)
        self._excerpts = {each.coding.id: each for each in retrieval.find_excerpts(self.project, wanted)}
        self._memos = {each.target: each for each in memos.list_memos(self.project) if each.target_kind == "coding"}
        self._marks_stale = True
        self.keep_inside()

    def load_choices(self) -> None:
        """Ask for the queue again after an act of the reader's own, when what lies around its excerpts is as it was."""
        before = self.queue
        self.queue = sorting.reload_choices(self.project, before)
        if self.queue.targets != before.targets:
            self.codes = CodeList(codebook.list_codes(self.project))
        self.keep_inside()

    def keep_inside(self) -> None:
        self.pointed = min(self.pointed, max(len(self.queue.targets) - 1, 0))
        self.at = min(self.at, self.total - 1)

    def excerpts_wanted(self) -> Filter:
        return Filter(code=self.queue.code.slug, exact=True)

    def _poll(self) -> None:
        """See whether another process has written."""
        if self.bench.project is not self._opened:
            return
        if self.project.data_version() != self._version:
            with self.refusals():
                self.load()
                self.show_excerpt()
        self.keep_place()

    def keep_place(self) -> None:
        """Remember where the reader is, unless the project has been closed meanwhile."""
        if self.bench.project is self._opened and self._kept != self.uid:
            self._kept = self.uid
            with self.refusals():
                sorting.remember_queue_place(self.project, self.sorting_id, self.uid)

    # -- showing

    def show_excerpt(self, told: str = "") -> None:
        """Show the excerpt the queue stands at, in its transcript."""
        self.told = told
        found = self.shown_coding
        if found is not None:
            self._open_source(found)
            self.passage.show(found.start, found.end)
        self.draw()

    def _open_source(self, found: Coding) -> None:
        excerpt = self._excerpts.get(found.id)
        source = excerpt.source if excerpt else next(
            each for each in sources.list_sources(self.project) if each.id == found.source
        )  # fmt: skip
        here = (source.id, source.version)
        if self._source == here and not self._marks_stale:
            return
        marks = [coding_mark(each, self.codes) for each in coding.list_codings(self.project, source=source.id)
                 if each.end > each.start]  # fmt: skip
        if self._source == here:
            self.passage.replace_marks(marks)
        else:
            shown = sources.show_source(self.project, source)
            self.passage.load(DocumentModel(shown.text, view_turns(shown.turns), marks), caret=found.start)
        self._source, self._marks_stale = here, False

    def draw(self) -> None:
        """Write everything around the text."""
        if not self.size.width:
            return
        queue = self.queue
        progress = " · ".join(sorting.progress_in_words(queue.progress))
        self._write("#heading", Text(safe_line(f"{presenting.heading(queue)} · {progress}")))
        self._write("#facts", self._facts(self.shown_coding))
        self._draw_targets()
        n = len(queue.fresh)
        fresh = ngettext("{n} ny koding er ikke med (p)", "{n} nye kodinger er ikke med (p)", n).format(n=n)
        only = {"waiting": _("bare uten valg"), "skipped": _("bare hoppet over")}.get(self.only, "")
        self.query_one(StatusLine).show(self.told, only, fresh if n else "")

    def _draw_targets(self) -> None:
        queue, wide = self.queue, self.size.width >= WIDE
        room = max(self.query_one("#targets").content_size.width, 20)
        choice = queue.choices.get(self.uid)
        chosen = self.several if self.several is not None else choice.codes if choice else ()
        listed = TargetList(
            targets=queue.targets,
            page=self.pointed // PAGE,
            pointed=self.pointed,
            chosen=chosen,
            several=self.several is not None,
            counts=presenting.counted(queue),
        )
        keys = presenting.targets_text(listed, self._keys_besides(), wide=wide, width=room)
        self._fit(keys.plain.count("\n") + 1, wide=wide)
        self._write("#keys", keys)
        entry = queue.targets[self.pointed] if queue.targets else None
        self._write("#meaning", presenting.meaning(entry, wide=wide, width=room))

    def _write(self, which: str, words: Text) -> None:
        """Write words that are not there already, and lay nothing out."""
        if self._written.get(which) != words:
            self._written[which] = words
            self.query_one(which, Static).update(words, layout=False)

    def _fit(self, lines: int, *, wide: bool) -> None:
        """Give the codes the lines they take; the definition gets one, or what is left beside the text."""
        if (lines, wide) == self._fitted:
            return
        self._fitted = lines, wide
        most = lines if wide else min(lines, MOST_TARGET_LINES)
        self.query_one("#keys").styles.height = most + (1 if wide else 0)
        self.query_one("#targets").styles.height = "1fr" if wide else most + 2

    def _keys_besides(self) -> list[tuple[str, str, int]]:
        done = self.queue.progress
        kept = [("b", _("blir stående"), done.kept), ("s", _("hopp over"), done.skipped)]
        return [*kept, ("x", _("fjernes"), done.removed)] if self._removes else kept

    def _facts(self, found: Coding | None) -> Text:
        number, total = self.at + 1, self.total
        width = max(self.size.width - 2, 20)
        if found is None or not self.queue.waits(self.uid):
            lines = [presenting.gone_line(number, total, found)]
        else:
            excerpt = self._excerpts.get(found.id)
            memo = self._memos.get(found.id)
            others = [(each.label, each.coder) for each in self.passage.document.in_range(found.start, found.end)
                      if each.id != found.id]  # fmt: skip
            lines = [
                presenting.place_line(number, total, found, excerpt),
                presenting.question_line(excerpt, width),
                presenting.beside_line(others, memo.text if memo else "", width),
            ]
        choice = self.queue.choices.get(self.uid)
        lines.append(presenting.choice_line(choice, self.name_of, several=self.several))
        for line in lines:
            line.truncate(width, overflow="ellipsis")
        return Text("\n").join(lines)

    def name_of(self, code: str) -> str:
        entry = self.codes.get(code)
        return entry.name if entry else _("(slettet kode)")

    # -- what is left

    @property
    def total(self) -> int:
        return len(self.queue.sorting.codings)

    @property
    def nothing_left(self) -> bool:
        return sorting.next_waiting(self.queue, self.at, here=True, otherwise=-1) < 0

    def require_waiting(self) -> None:
        if not self.queue.waits(self.uid):
            raise Refusal(_("Kodingen er fjernet eller kodet om siden køen ble laget, og røres ikke."))

    # -- moving

    def passes(self, index: int) -> bool:
        uid = self.queue.sorting.codings[index]
        choice = self.queue.choices.get(uid)
        if self.only == "waiting":
            return choice is None and self.queue.waits(uid)
        return self.only == "all" or (choice is not None and choice.choice == "skip")

    def action_step(self, step: int) -> None:
        ahead = range(self.at + 1, self.total) if step > 0 else range(self.at - 1, -1, -1)
        passing = [n for n in ahead if self.passes(n)][: abs(step)]
        if passing:
            self.at = passing[-1]
            self.several = None
            self.show_excerpt()

    def action_scroll_text(self, lines: int) -> None:
        self.passage.scroll_lines(lines)

    def action_show(self) -> None:
        """Show all excerpts, only those without a choice, or only those that were skipped."""
        for _try in SHOWN:
            self.only = SHOWN[(SHOWN.index(self.only) + 1) % len(SHOWN)]
            passing = [n for n in range(self.total) if self.passes(n)]
            if passing:
                self.at = next((n for n in passing if n >= self.at), passing[-1])
                break
        self.show_excerpt()

    def action_point(self, step: int) -> None:
        if self.queue.targets:
            self.pointed = (self.pointed + step) % len(self.queue.targets)
            self.draw()

    def action_page(self) -> None:
        pages = (len(self.queue.targets) + PAGE - 1) // PAGE
        if pages > 1:
            self.pointed = (self.pointed // PAGE + 1) % pages * PAGE
            self.draw()

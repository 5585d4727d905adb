"""Excerpts: what has been coded, found again by code, case, role, coder, words or star, and acted on together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workbench.services import codebook, coding, retrieval
from workbench.services.finding import Sought
from workbench.services.retrieval import Excerpt, Filter, Matched, find_excerpts
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.presenting import lines
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.search import way_shown
from workbench.tui.screens.excerpt_acts import ExcerptActs
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy

KEYS = (
    "excerpts.open", "excerpts.code", "excerpts.case", "excerpts.role", "excerpts.coder", "excerpts.text",
    "excerpts.starred", "excerpts.clear", "excerpts.tick", "excerpts.star", "excerpts.why", "excerpts.memo",
    "excerpts.copy", "excerpts.context", "excerpts.tick_all", "excerpts.back",
)  # fmt: skip
TICKED_KEYS = (
    "excerpts.recode", "excerpts.add", "excerpts.remove", "excerpts.star", "excerpts.memo", "excerpts.copy",
    "excerpts.tick_all", "excerpts.tick", "excerpts.back",
)  # fmt: skip
ALL = ""


class ExcerptsScreen(ExcerptActs):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "code", _("Kode"), tooltip=_("Bare denne koden og dens underkoder"), id="excerpts.code"),
        Binding("k", "facet('case')", _("Case"), tooltip=_("Bare denne casen"), id="excerpts.case"),
        Binding("l", "facet('role')", _("Rolle"), tooltip=_("Bare denne rollen"), id="excerpts.role"),
        Binding("h", "facet('coder')", _("Koder"), tooltip=_("Bare denne koderens"), id="excerpts.coder"),
        Binding("slash,ctrl+f", "text", _("Ord"), key_display="/", tooltip=_("Bare utdrag med disse ordene"),
                id="excerpts.text"),
        Binding("v", "starred", _("Bare ★"), tooltip=_("Bare utvalgte sitater"), id="excerpts.starred"),
        Binding("w", "clear", _("Vis alle"), tooltip=_("Ta bort alle filtre"), id="excerpts.clear"),
        Binding("q", "context", _("Spørsmål"), tooltip=_("Vis eller gjem spørsmålet foran"), id="excerpts.context"),
    ]  # fmt: skip

    def __init__(self, wanted: Filter) -> None:
        super().__init__()
        self.wanted = wanted
        self.context = False
        self._matched: Matched | None = None
        """Where the filter's words stand, after a search by forms."""

    def compose(self) -> ComposeResult:
        yield Static(_("Utdrag"), classes="heading", markup=False)
        yield Rows(row_lines=3, id="excerpts")
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        with self.refusals():
            if self.wanted.asks_words:
                self._filter(self.wanted)
            else:
                self.show_excerpts()
        self.rows.eager = False
        self.rows.focus()

    def excerpts_wanted(self) -> Filter:
        return self.wanted

    def show_excerpts(self, told: str = "") -> None:
        """Ask the project for the excerpts again and show them."""
        self.codes = CodeList(codebook.list_codes(self.project))
        self.excerpts = find_excerpts(self.project, self.wanted, matched=self._matched)
        if self.ticks:
            self.ticks.keep(set(coding.coding_ids(self.project)))
        self.rows.set_rows(len(self.excerpts), self._draw)
        self.show_status(told)

    def show_status(self, told: str = "") -> None:
        n, wanted = len(self.excerpts), self.wanted
        count = ngettext("{n} utdrag", "{n} utdrag", n).format(n=n)
        if self.ticks:
            count += " " + _("({n} krysset av)").format(n=len(self.ticks)) + self.hidden_words()
        entry = next((each for each in self.codes.entries.values() if each.slug == wanted.code), None)
        parts = [
            (_("kode"), entry.name if entry else wanted.code),
            (_("sammen med"), wanted.with_code),
            (_("tema"), self._theme_title()),
            (_("case"), wanted.case),
            (_("rolle"), wanted.role),
            (_("koder"), wanted.coder),
            (_("bølge"), wanted.wave),
            (_("ord"), f"{wanted.text} ({way_shown(_sought(wanted))})" if wanted.text else ""),
            (_("informant"), wanted.informant),
            ("", _("uten case") if wanted.no_case else ""),
            ("", _("uten bølge") if wanted.no_wave else ""),
            ("", _("uten informant") if wanted.no_informant else ""),
            ("", _("bare ★") if wanted.starred else ""),
        ]
        shown = [f"{name}: {value}" if name else value for name, value in parts if value]
        self.query_one(StatusLine).show(told, count, *shown)
        self.query_one(KeyBar).show(TICKED_KEYS if self.ticks else KEYS)

    def _theme_title(self) -> str:
        return codebook.find_theme(self.project, self.wanted.theme).title if self.wanted.theme else ""

    def _filter(self, wanted: Filter) -> None:
        """Show what this filter lets through; words in every form are searched for first, in a thread."""
        if not wanted.asks_words:
            self._take(wanted, None)
        elif self._matched is not None and _sought(wanted) == _sought(self.wanted):
            self._take(wanted, self._matched)
        else:
            self._search(wanted)

    def _search(self, wanted: Filter) -> None:
        project = self.project

        def act(work: Work[Matched | None]) -> Matched | None:
            with own_copy(project) as own:
                matched = retrieval.matched(own, wanted, progress=work.progress, cancelled=work.cancelled)
            return None if work.cancelled() else matched

        def done(matched: Matched | None) -> None:
            if not self.is_attached:
                return
            if matched is not None:
                self._take(wanted, matched)
            elif self._matched is None and self.wanted.asks_words:  # stopped before anything was shown
                self._take(replace(wanted, text="", lemma=False, fold=False), None)

        title = _("Søker etter alle former av «{query}»").format(query=wanted.text)
        self.bench.start(Work(title=title, name="excerpts", act=act, done=done))

    def _take(self, wanted: Filter, matched: Matched | None) -> None:
        self._matched = matched
        self.wanted = wanted
        self.show_excerpts()
        self.rows.move_to(0)

    # -- filters

    def action_code(self) -> None:
        def take(chosen: CodeChosen) -> None:
            self._filter(replace(self.wanted, code=self.codes.entries[chosen.code].slug))

        self.ask(CodeDialog(_("Vis utdrag på"), self.codes, {}, new=False), take)

    def action_facet(self, facet: str) -> None:
        """Choose among the values there are."""
        values: dict[str, Callable[[Excerpt], Iterable[str]]] = {
            "case": lambda each: each.source.cases,
            "role": lambda each: [each.informant.role if each.informant else "", each.role],
            "coder": lambda each: [each.coding.coder],
        }
        everything = find_excerpts(self.project, _with(self.wanted, facet, ALL), matched=self._matched)
        known = sorted({value for each in everything for value in values[facet](each) if value})
        titles = {"case": _("Hvilken case?"), "role": _("Hvilken rolle?"), "coder": _("Hvilken koder?")}
        options = [(ALL, _("Alle")), *((value, value) for value in known)]
        self.ask(
            ChooseDialog(titles[facet], options, chosen=str(getattr(self.wanted, facet))),
            lambda value: self._filter(_with(self.wanted, facet, value)),
        )

    def action_text(self) -> None:
        from workbench.tui.dialogs.search import Asked, SearchDialog

        def take(asked: Asked) -> None:
            sought = asked.sought if asked.sought.query else Sought(query="")
            self._filter(replace(self.wanted, text=sought.query, lemma=sought.lemma, fold=sought.fold))

        self.ask(
            SearchDialog(_("Utdrag med ordene"), _sought(self.wanted), hint=_("Enter søker · tomt viser alle")), take
        )

    def action_starred(self) -> None:
        self._filter(replace(self.wanted, starred=not self.wanted.starred))

    def action_clear(self) -> None:
        self._filter(Filter())

    def action_context(self) -> None:
        self.context = not self.context
        self.rows.refresh()

    def _draw(self, index: int, width: int) -> list[Text]:
        excerpt = self.excerpts[index]
        entry = self.codes.get(excerpt.coding.code)
        colour = entry.colour if entry else ""
        return lines.excerpt_lines(
            excerpt, colour, ticked=excerpt.coding.id in self.ticks, context=self.context, width=width
        )


def _with(wanted: Filter, facet: str, value: str) -> Filter:
    """The filter with another value for case, role or coder."""
    if facet == "case":
        return replace(wanted, case=value)
    return replace(wanted, role=value) if facet == "role" else replace(wanted, coder=value)


def _sought(wanted: Filter) -> Sought:
    return Sought(query=wanted.text, lemma=wanted.lemma, fold=wanted.fold)

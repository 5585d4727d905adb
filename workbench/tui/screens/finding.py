"""Search in all sources, and what is coded by rule: every place with what stands around it, to be looked at or coded."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from gettext import gettext as _
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from workbench.errors import Refusal
from workbench.services import autocoding, cases, finding, sources
from workbench.services.autocoding import Option
from workbench.services.finding import Sought
from workbench.tui.dialogs.autocoding import OptionDialog
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.dialogs.search import Asked, SearchDialog
from workbench.tui.presenting import search
from workbench.tui.screens.candidates import CandidatesScreen, Listed, Where, counted, place_of
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.working import Work, own_copy

KEYS = (
    "finding.open", "finding.search", "finding.tick", "finding.code", "finding.rule", "finding.unit", "finding.tick_all",
    "finding.where", "finding.way", "finding.back",
)  # fmt: skip
MOST_TYPED = 300
"""Hits that are looked for while somebody types; Enter finds the rest."""


class FindingScreen(CandidatesScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "search", _("Søk"), key_display="/", tooltip=_("Søk etter noe annet"),
                id="finding.search"),
        Binding("v", "way", _("Ordrett/alle former"), tooltip=_("Ordrett, eller alle former av ordene"),
                id="finding.way"),
        Binding("k", "rule", _("Kod etter …"), tooltip=_("Steder etter taler, overskrift eller spørsmål"),
                id="finding.rule"),
        Binding("l", "where", _("Hvor"), tooltip=_("Let bare i en case eller en kilde"), id="finding.where"),
    ]  # fmt: skip

    def __init__(self, sought: Sought, listed: Listed | None = None) -> None:
        super().__init__(sought)
        self._before = listed
        """What the last search found, shown again when it was the same search in the same texts."""
        self._typing: Work[Listed] | None = None
        self._kept: Listed | None = None
        """What was shown when the search dialog was opened."""
        self._typed: Listed | None = None
        """What was found of what was typed last."""

    def on_mount(self) -> None:
        self.rows.eager = False
        self.rows.focus()
        self.query_one(KeyBar).show(KEYS)
        before = self._before
        if before is not None and before.sought == self.sought and before.versions == self._versions():
            self.where = before.where
            self._show(before)
        elif self.sought.query:
            self._search(self.sought)
        else:
            self._show_status()
            self.call_after_refresh(self.action_search)

    def _versions(self) -> dict[str, str]:
        return {source.id: source.version for source in sources.list_sources(self.project)}

    # -- searching

    def action_search(self) -> None:
        self._kept, self._typed = self.now(), None
        dialog = SearchDialog(_("Søk i alle kilder"), self.sought, hint=_("Enter søker · Esc avbryter"), following=self)
        self.ask(dialog, lambda asked: self._asked(asked))

    def _asked(self, asked: Asked) -> None:
        found = self._typed
        if found is not None and found.whole and found.sought == asked.sought:
            self.sought = asked.sought
            self._show(found)
            self._remember(found)
        elif asked.sought.query:
            self._search(asked.sought)

    def typed(self, sought: Sought, tell: Callable[[str], None]) -> None:
        """Show the first hits of what is typed; the search is overtaken by the next."""
        self._stop_typing()
        if not sought.query:
            self._show_kept()
            return
        act = self._finding(sought, MOST_TYPED)

        def done(listed: Listed) -> None:
            if self._typing is work and self.is_attached:
                self._typed = listed
                self._show(listed)
                tell(counted(listed))

        work = Work(title=_("Søker i alle kilder"), name="find.typed", act=act, done=done)
        self._typing = work
        self.bench.start(work, behind=True)

    def ended(self) -> None:
        self._stop_typing()
        self._show_kept()

    def _stop_typing(self) -> None:
        if self._typing is not None:
            self._typing.stopped = True
            self._typing = None

    def _show_kept(self) -> None:
        if self._kept is not None:
            self._show(self._kept)

    def action_way(self) -> None:
        """Search for the same words the other way."""
        if not self.sought.query:
            raise Refusal(_("Søk først, med / eller Ctrl+F."))
        self._search(replace(self.sought, lemma=not self.sought.lemma))

    def _search(self, sought: Sought) -> None:
        self.sought = sought

        def done(listed: Listed) -> None:
            if self.is_attached and self.sought == sought:
                self._show(listed)
                self._remember(listed)

        act = self._finding(sought, search.MOST)
        self.bench.start(Work(title=_("Søker i alle kilder"), name="find", act=act, done=done))

    def _finding(self, sought: Sought, most: int) -> Callable[[Work[Listed]], Listed]:
        project, versions, where, unit = self.project, self._versions(), self.where, self.listed.unit

        def act(work: Work[Listed]) -> Listed:
            left_out: list[int] = []
            # A copy that is closed folds the log into the file, which the coding screen takes for somebody's writing and
            # loads all anew; only a search by forms writes, and needs one.
            with own_copy(project) if sought.lemma else nullcontext(project) as own:
                hits = finding.find(
                    own, sought, source=where.source, case=where.case, most=most + 1, progress=work.progress,
                    cancelled=work.cancelled, left_out=left_out.append,
                )  # fmt: skip
                whole = len(hits) <= most and not work.cancelled()
                rows = tuple(autocoding.widened(own, hits[:most], unit))
            found, closed = tuple(hits[:most]), sum(left_out)
            return Listed(sought, found, versions, whole, candidates=rows, unit=unit, where=where, closed=closed)

        return act

    # -- other rules, other sources

    def action_rule(self) -> None:
        titles = {
            "speaker": _("Alt en taler, en informant eller en rolle sier"),
            "heading": _("Teksten under en overskrift"),
            "question": _("Svarene på et spørsmål"),
        }
        self.ask(
            ChooseDialog(_("Steder etter"), list(titles.items())), lambda rule: self._ask_option(rule, titles[rule])
        )

    def _ask_option(self, rule: str, title: str) -> None:
        project, where = self.project, self.where
        known = {"speaker": autocoding.speakers, "heading": autocoding.headings_in, "question": autocoding.questions}

        def act(work: Work[list[Option]]) -> list[Option]:
            return known[rule](project, source=where.source, case=where.case)

        def done(options: list[Option]) -> None:
            if not options:
                raise Refusal(_("Det er ingenting å velge mellom."))
            self.ask(OptionDialog(title, options), lambda named: self._gather(rule, named))

        self.bench.start(Work(title=title, name="autocode.options", act=act, done=done))

    def _gather(self, rule: str, named: str) -> None:
        """List the places that the rule finds, all of them ticked."""
        project, where, versions, sought = self.project, self.where, self._versions(), self.sought
        by = {"speaker": autocoding.by_speaker, "heading": autocoding.by_heading, "question": autocoding.by_question}
        words = {
            "speaker": _("alt {name} sier"),
            "heading": _("under overskriften «{name}»"),
            "question": _("svar på «{name}»"),
        }

        def act(work: Work[Listed]) -> Listed:
            rows = tuple(by[rule](project, named, source=where.source, case=where.case))
            hits = tuple(each.hit for each in rows)
            return Listed(
                sought, hits, versions, whole=True, candidates=rows, rule=words[rule].format(name=named), where=where,
                ticked=frozenset(map(place_of, rows)),
            )  # fmt: skip

        def done(listed: Listed) -> None:
            if self.is_attached:
                self._show(listed)
                self._remember(listed)

        self.bench.start(Work(title=words[rule].format(name=named), name="autocode", act=act, done=done))

    def action_where(self) -> None:
        options = [("", _("Alle kilder"))]
        options += [(f"case:{each.name}", each.name) for each in cases.list_cases(self.project)]
        options += [(f"source:{each.id}", each.name) for each in sources.list_sources(self.project)]
        chosen = f"case:{self.where.case}" if self.where.case else ""
        self.ask(
            ChooseDialog(
                _("Let hvor?"), options, chosen=f"source:{self.where.source}" if self.where.source else chosen
            ),
            self._look_in,
        )

    def _look_in(self, answer: str) -> None:
        kind, _colon, name = answer.partition(":")
        self.where = Where(**cast("dict[str, str]", {kind: name})) if answer else Where()
        if self.sought.query:
            self._search(self.sought)
        else:
            self._show_status()

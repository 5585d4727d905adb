"""Memos and diary: one list to search and filter, each memo read and written beside it."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.entities import Coding
from workbench.errors import Refusal
from workbench.services import cases, codebook, coding, drafts, memos, sources
from workbench.services.memos import Link, MemoFilter
from workbench.services.retrieval import Filter
from workbench.tui import reverting
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.code import CodeDialog
from workbench.tui.memo_acts import outcome_words
from workbench.tui.presenting import wording
from workbench.tui.presenting.codes import CodeList
from workbench.tui.presenting.memos import on_words
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.memo_list import MemoList
from workbench.tui.widgets.rows import Rows
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from workbench.services.drafts import Settled
    from workbench.services.reporting import Written
    from workbench.tui.dialogs.outputs import ExportWanted
    from workbench.tui.widgets.memo_pane import MemoPane

MOST_LINKABLE = 300
"""How many quotes a link is chosen among; the newest are kept."""


class MemosScreen(MemoList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "diary", _("Dagbok"), tooltip=_("Skriv i dagboken for i dag"), id="memos.diary"),
        Binding("m", "write", _("Nytt memo"), tooltip=_("Skriv memo på prosjekt, case, informant, kilde, kode eller tema"),
                id="memos.write"),
        Binding("e", "edit", _("Skriv om"), tooltip=_("Skriv videre på memoet, her"), id="memos.edit"),
        Binding("g", "open", _("Gå til"), tooltip=_("Gå til det memoet står på"), id="memos.open"),
        Binding("l", "follow", _("Følg lenke"), tooltip=_("Gå til et sitat memoet lenker til"), id="memos.follow"),
        Binding("p", "private", _("Privat/delt"), tooltip=_("Vis memoet bare for deg, eller for alle"),
                id="memos.private"),
        Binding("x,delete", "remove", _("Slett"), tooltip=_("Slett memoet"), id="memos.remove"),
        Binding("k", "condensate", _("Kondensat"), tooltip=_("Skriv kondensat på en kode (kunstig sitat, ikke ordrett)"),
                id="memos.condensate"),
        Binding("X", "export", _("Eksporter"), tooltip=_("Skriv memoene som vises, til en fil"), id="memos.export"),
        Binding("u", "undo", _("Angre"), show=False, tooltip=_("Angre det siste du gjorde"), id="memos.undo"),
        Binding("ctrl+r", "redo", _("Gjør om"), show=False, tooltip=_("Gjør om det du angret"), id="memos.redo"),
        Binding("escape", "back", _("Tilbake"), tooltip=_("Til listen, og derfra dit du kom fra"), id="memos.back"),
    ]  # fmt: skip

    # -- writing

    async def action_diary(self) -> None:
        await self.write_diary()

    def action_write(self) -> None:
        kinds = [(kind, words) for kind, words in on_words().items() if kind not in ("span", "coding")]
        self.ask(ChooseDialog(_("Memo på hva?"), kinds), self._choose_target)

    async def _choose_target(self, kind: str) -> None:
        project = self.project
        if kind == "project":
            await self.write_memo(memos.find_subject(project, "project"))
        elif kind == "code":
            self._ask_code(_("Memo på koden"), condensate=False)
        else:
            named = {
                "case": lambda: [(each.id, each.name) for each in cases.list_cases(project)],
                "informant": lambda: [(each.id, each.number) for each in cases.list_informants(project)],
                "source": lambda: [(each.id, each.name) for each in sources.list_sources(project)],
                "theme": lambda: [(each.id, each.title) for each in codebook.list_themes(project)],
            }[kind]()
            if not named:
                raise Refusal(_("Prosjektet har ingen ennå: {what}.").format(what=on_words()[kind]))

            async def write(target: str) -> None:
                await self.write_memo(memos.find_subject(project, kind, target))

            self.ask(ChooseDialog(_("Hvilken?"), named), write)

    def action_condensate(self) -> None:
        self._ask_code(_("Kondensat på koden"), condensate=True)

    def _ask_code(self, title: str, *, condensate: bool) -> None:
        codes = CodeList(codebook.list_codes(self.project))

        async def write(code: str) -> None:
            subject = memos.find_subject(self.project, "code", code)
            await self.write_memo(subject, kind="condensate" if condensate else "memo")

        self.ask(CodeDialog(title, codes, {}, new=False), lambda chosen: write(chosen.code))

    async def action_edit(self) -> None:
        current = self.current()
        if current.memo.coder.casefold() != self.project.coder_name.casefold():
            raise Refusal(_("Memoet er skrevet av en annen. Skriv ditt eget på det samme."))
        await self.open_draft(drafts.resume(current.memo), current.subject.words)

    def memo_place(self) -> Widget:
        return self.query_one("#memo-side")

    def leave_memo(self) -> None:
        self.rows.focus()

    def on_memo_pane_left(self, event: MemoPane.Left) -> None:
        event.pane.action_close()

    def memo_journaled(self, settled: Settled) -> None:
        self.show_memos(outcome_words(settled), choose=settled.memo.id if settled.memo else "")

    def linkable(self) -> list[Coding]:
        pane = self.memo_pane
        draft = pane.draft if pane is not None else None
        found: list[Coding] = []
        if draft is not None and draft.target_kind == "code":
            found = coding.list_codings(self.project, code=draft.target)
        elif draft is not None and draft.target_kind == "coding":
            found = [coding.get_coding(self.project, draft.target)]
        elif draft is not None and draft.target_kind in ("source", "span"):
            found = coding.list_codings(self.project, source=draft.target)
        if not found:
            found = sorted(coding.list_codings(self.project), key=lambda each: each.created, reverse=True)
        if not found:
            raise Refusal(_("Prosjektet har ingen kodinger å lenke til ennå."))
        return found[:MOST_LINKABLE]

    # -- acting

    def action_private(self) -> None:
        current = self.current().memo
        memos.change_memo(self.project, current.id, private=not current.private)
        told = _("Memoet er delt igjen. u angrer.") if current.private else _("Memoet vises bare for deg. u angrer.")
        self.show_memos(told, choose=current.id)

    def action_remove(self) -> None:
        memos.remove_memo(self.project, self.current().memo.id)
        self.show_memos(_("Memoet er slettet. u angrer."))

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_memos(done.summary))

    def action_redo(self) -> None:
        reverting.redo(self.bench, lambda done: self.show_memos(done.summary))

    # -- going elsewhere

    @on(Rows.Chosen)
    def _enter(self) -> None:
        """To the quote it links to; without links, to what it is on."""
        with self.refusals():
            if any(link.leads_to for link in self.current().links):
                self.action_follow()
            else:
                self.action_open()

    def action_follow(self) -> None:
        links = [link for link in self.current().links if link.leads_to is not None]
        if not links:
            raise Refusal(_("Memoet lenker ikke til noe sitat. Et sitat lenkes som [[I03-042]]."))
        if len(links) == 1:
            self._lead(links[0])
            return
        texts = {each: coding.get_coding(self.project, each.leads_to.coding) for each in links if each.leads_to}
        options = [
            (link.quote, f"{link.quote} · {texts[link].code_name} · «{wording.shortened(texts[link].text, 60)}»")
            for link in links
        ]
        by_quote = {link.quote: link for link in links}
        self.ask(ChooseDialog(_("Hvilket sitat?"), options), lambda quote: self._lead(by_quote[quote]))

    def _lead(self, link: Link) -> None:
        if link.leads_to is not None:
            self.bench.lead_to(link.leads_to.source, link.leads_to.start, link.leads_to.end)

    def action_open(self) -> None:
        subject = self.current().subject
        if subject.end:
            self.bench.lead_to(subject.source, subject.start, subject.end)
        elif subject.source:
            self.bench.back_to_coding().go_to(subject.source)
        elif subject.kind == "code":
            from workbench.tui.screens.codebook import CodebookScreen

            screen = CodebookScreen()
            self.bench.show_over_coding(screen)
            screen.call_after_refresh(lambda: screen.show_codes(choose=subject.target))
        elif subject.kind == "theme":
            self.bench.action_go("themes")
        elif subject.kind == "case":
            self.bench.show_excerpts(Filter(case=self._name_of_case(subject.target)))
        elif subject.kind == "informant":
            self.bench.show_excerpts(Filter(informant=self._number_of(subject.target)))
        else:
            raise Refusal(_("Memoet står på hele prosjektet."))

    def _name_of_case(self, case: str) -> str:
        return cases.find_case(self.project, case).name

    def _number_of(self, informant: str) -> str:
        known = {each.id: each.number for each in cases.list_informants(self.project)}
        if informant not in known:
            raise Refusal(_("Det memoet står på, er slettet."))
        return known[informant]

    def action_back(self) -> None:
        if not self.rows.has_focus:
            self.rows.focus()
        elif isinstance(self.app.screen_stack[-2], CodingScreen):
            self.bench.back_to_coding()
        else:
            self.dismiss()

    # -- to a file

    def action_export(self) -> None:
        from workbench.services.memo_exporting import FORMATS
        from workbench.tui.dialogs.outputs import ExportDialog

        words = self.query_one("#filter", Input).value.strip()
        wanted = replace(self.wanted, text=words)
        stem = _("{project}-kondensater") if wanted.kind == "condensate" else _("{project}-memoer")
        path = self.project.path.with_name(stem.format(project=self.project.path.stem))
        private = sum(each.memo.private for each in self.shown)
        about = ngettext("{n} memo, slik listen er filtrert", "{n} memoer, slik listen er filtrert", len(self.shown))
        told = about.format(n=len(self.shown))
        if private:
            told += "\n" + ngettext(
                "{n} av dem er privat og blir med i filen, merket. f «Bare delte» lar det være ute.",
                "{n} av dem er private og blir med i filen, merket. f «Bare delte» lar dem være ute.",
                private,
            ).format(n=private)
        self.ask(ExportDialog(path, FORMATS, told), lambda answer: self._export(answer, wanted))

    def _export(self, answer: ExportWanted, wanted: MemoFilter) -> None:
        from workbench.services import memo_exporting
        from workbench.tui.dialogs.paths import MessageDialog

        project = self.project

        def act(work: Work[Written]) -> Written:
            work.progress(0, 1, _("Skriver {file}").format(file=answer.path.name))
            with own_copy(project) as own:
                return memo_exporting.export_memos(own, answer.path, wanted, format_name=answer.format, force=True)

        def done(written: Written) -> None:
            self.app.push_screen(MessageDialog(_("Skrevet"), "\n".join([str(written.path), *written.warnings])))

        work = Work(title=_("Memoer til fil"), name="memos", act=act, done=done)
        if answer.path.exists():
            question = _("{file} finnes og blir skrevet over.").format(file=answer.path)
            self.ask(
                ConfirmDialog(_("Se på dette først"), question, yes=_("Skriv over")),
                lambda _yes: self.bench.start(work),
            )
        else:
            self.bench.start(work)

"""Looking over files that have been read, before they become sources."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from corpus.errors import UnreadableSource
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services import importing
from workbench.services.importing import SourceFacts
from workbench.services.sources import list_sources
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.source import SourceDialog
from workbench.tui.dialogs.speaker import NOBODY, SpeakerDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.draft_work import plan_revision, save_drafts, split_into_drafts
from workbench.tui.presenting import wording
from workbench.tui.presenting.paths import typed_path
from workbench.tui.presenting.readings import (
    Draft,
    Revision,
    advice_on,
    draft_details,
    draft_lines,
    reread,
    with_speaker,
)
from workbench.tui.screens.base import BenchScreen
from workbench.tui.widgets.key_bar import KeyBar
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine
from workbench.tui.working import Work, own_copy

if TYPE_CHECKING:
    from workbench.tui.walk import Walk

KEYS = ("import.save", "import.facts", "import.speakers", "import.everywhere", "import.leave_out", "import.revise",
        "import.profile", "import.back")  # fmt: skip


class ImportScreen(BenchScreen[None], inherit_bindings=False):
    """Files, and what was found in the one under the cursor. Nothing is stored before «Lagre»."""

    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,L", "save", _("Lagre alle"), key_display="^s", tooltip=_("Lagre filene i prosjektet"),
                id="import.save"),
        Binding("e", "facts", _("Opplysninger"), tooltip=_("Navn, type, case, bølge og dato"), id="import.facts"),
        Binding("t", "speakers", _("Talere"), tooltip=_("Rolle og informantnummer for talerne"), id="import.speakers"),
        Binding("c", "everywhere", _("Case for alle"), tooltip=_("Samme type, case, bølge og dato på alle filene"),
                id="import.everywhere"),
        Binding("x,space", "leave_out", _("Ta med/utelat"), tooltip=_("Ta filen med, eller la den ligge"),
                id="import.leave_out"),
        Binding("p", "profile", _("PDF-tekst"), tooltip=_("Les filen som tekst hentet ut av en PDF"),
                id="import.profile"),
        Binding("n", "revise", _("Ny utgave"), tooltip=_("Ta filen inn som ny utgave av en kilde, med kodingene"),
                id="import.revise"),
        Binding("d", "split", _("Del i artikler"), tooltip=_("Del en fil fra et avisarkiv i en fil for hver artikkel"),
                id="import.split"),
        Binding("escape", "back", _("Lukk"), tooltip=_("Lukk uten å lagre det som gjenstår"), id="import.back"),
    ]  # fmt: skip

    def __init__(self, drafts: list[Draft], walk: Walk | None = None) -> None:
        """
        Args:
            drafts: what is looked over, with the files that cannot be read.
            walk: what this is a step of, where there are other files to come or to tell of.
        """
        super().__init__()
        self.walk = walk
        self.drafts = drafts

    def compose(self) -> ComposeResult:
        title = _("Importer kilder: se over før de lagres")
        yield Static(self.walk.titled(title) if self.walk else title, classes="heading", markup=False)
        with Horizontal():
            yield Rows(row_lines=2, id="files")
            with VerticalScroll(id="details"):
                yield Static("", id="found", markup=False)
        yield StatusLine(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#details").can_focus = False
        self.rows.eager = False
        self.rows.focus()
        self._show(0)
        self.query_one(KeyBar).show(KEYS)

    @property
    def rows(self) -> Rows:
        return self.query_one("#files", Rows)

    @property
    def draft(self) -> Draft:
        """The file under the cursor.

        Raises:
            Refusal: when there is none.
        """
        if self.rows.cursor is None:
            raise Refusal(_("Ingen filer ble funnet."))
        return self.drafts[self.rows.cursor]

    @on(Rows.Highlighted)
    def _highlighted(self) -> None:
        self._show_details()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        with self.refusals():
            self.action_facts()

    def action_facts(self) -> None:
        draft = self.draft if self.draft.remedy else self._readable()

        def take(facts: SourceFacts) -> None:
            draft.facts = facts
            if draft.reading is None or facts.kind != draft.reading.transcript.kind:
                self._read_again(draft, kind=facts.kind)
            self._show()

        self.ask(SourceDialog(draft.facts), take)

    def action_speakers(self) -> None:
        draft = self._readable()
        if not draft.facts.speakers:
            raise Refusal(_("Det ble ikke funnet noen talere i denne filen."))
        roles = wording.role_words()
        options = [
            (str(n), " · ".join(part for part in (each.label, roles[each.role], each.informant) if part))
            for n, each in enumerate(draft.facts.speakers)
        ]

        def choose(answer: str) -> None:
            known = draft.facts.speakers[int(answer)]
            dialog = SpeakerDialog(known.label, known.role, known.informant, known.informant_role, rejectable=True)
            self.ask(dialog, decide)

        def decide(choice: importing.SpeakerChoice) -> None:
            if choice.role == NOBODY:
                self._read_again(draft, rejected=(choice.label,))
            else:
                draft.facts = with_speaker(draft.facts, choice)
            self._show()

        self.ask(ChooseDialog(_("Hvilken taler?"), options), choose)

    def action_everywhere(self) -> None:
        draft = self._readable()

        def take(facts: SourceFacts) -> None:
            chosen = [each for each in self.drafts if each.pending]
            for each in chosen:
                date = facts.date or each.facts.date
                publisher = facts.publisher or each.facts.publisher
                each.facts = replace(
                    each.facts, kind=facts.kind, cases=facts.cases, wave=facts.wave, date=date, publisher=publisher
                )
            self._read_all_again(
                [each for each in chosen if each.reading and each.reading.transcript.kind != facts.kind]
            )

        self.ask(SourceDialog(draft.facts, together=True), take)

    def _read_again(self, draft: Draft, *, kind: str = "", rejected: tuple[str, ...] = ()) -> None:
        try:
            if draft.reading is None:
                reread(draft, importing.with_doubts(self.project, importing.read_as(draft.path, kind=kind)))
            else:
                reread(draft, importing.read_again(draft.reading, kind=kind, rejected=rejected))
        except UnreadableSource as error:
            raise Refusal(str(error)) from None

    def _read_all_again(self, drafts: list[Draft]) -> None:
        """Read many files again as the kind they are now said to be, in a thread."""

        def act(work: Work[list[str]]) -> list[str]:
            refused = []
            for done, draft in enumerate(drafts):
                if work.cancelled():
                    break
                work.progress(done, len(drafts), draft.facts.name)
                try:
                    self._read_again(draft, kind=draft.facts.kind)
                except Refusal as error:
                    refused.append(str(error))
            return refused

        def done(refused: list[str]) -> None:
            self._show()
            for each in refused:
                self.bench.refuse(Refusal(each))

        if drafts:
            self.bench.start(Work(title=_("Leser filer"), name="import.again", act=act, done=done))
        else:
            self._show()

    def action_split(self) -> None:
        """Write each article of a newspaper archive's file as a file of its own, and look them over in its place."""
        draft = self.draft
        if draft.remedy != "split":
            raise Refusal(_("Bare filer med mange artikler fra et avisarkiv kan deles."))

        def show(found: list[Draft]) -> None:
            at = self.drafts.index(draft)
            self.drafts[at : at + 1] = found
            self._show(at)

        dialog = LineDialog(
            _("Skriv artiklene i mappen"),
            str(draft.path.with_suffix("")),
            hint=_("Enter deler filen · Esc avbryter"),
        )
        self.ask(dialog, lambda typed: split_into_drafts(self.bench, draft.path, typed_path(typed), show))

    def action_leave_out(self) -> None:
        draft = self._readable()
        draft.taken = not draft.taken
        self._show()

    def action_revise(self) -> None:
        """Let the file be a newer version of a source; pressed again, a source of its own."""
        draft = self._readable()
        if draft.revision is not None:
            draft.revision = None
            self._show()
            return
        known = [each for each in list_sources(self.project) if each.kind != "survey"]
        if not known:
            raise Refusal(_("Prosjektet har ingen kilder som filen kan være en ny utgave av."))
        same = [each for each in known if each.file_name.casefold() == draft.path.name.casefold()]
        if len(same) == 1:
            self._plan(draft, same[0])
            return
        by_id = {each.id: each for each in [*same, *(each for each in known if each not in same)]}
        dialog = ChooseDialog(_("Ny utgave av hvilken kilde?"), [(uid, each.name) for uid, each in by_id.items()])
        self.ask(dialog, lambda uid: self._plan(draft, by_id[uid]))

    def _plan(self, draft: Draft, source: Source) -> None:
        """See what would become of what stands in the source's text, in a thread."""

        def done(revision: Revision) -> None:
            draft.revision = revision
            self._show()

        plan_revision(self.bench, draft, source, done)

    def action_profile(self) -> None:
        """Read the file again with the repairs that text from a PDF needs."""
        draft = self._readable()
        assert draft.reading is not None
        try:
            reading = importing.read_file(draft.path, replace(draft.reading.options, profile="pdf-text"))
        except UnreadableSource as error:
            raise Refusal(str(error)) from None
        reread(draft, reading)
        self._show()

    def action_save(self) -> None:
        ready = [draft for draft in self.drafts if draft.ready]
        if not ready and any(draft.undated for draft in self.drafts):
            raise Refusal(_("Artikler og rapporter må ha en dato. Trykk e, og skriv datoen eller «ukjent»."))
        if not ready:
            raise Refusal(_("Det er ingen filer å lagre."))
        project = self.project

        def act(work: Work[list[str]]) -> list[str]:
            with own_copy(project) as own:
                return save_drafts(own, ready, work)

        self.bench.start(Work(title=_("Lagrer kilder"), name="import.save", act=act, done=self._saved))

    def _saved(self, refused: list[str]) -> None:
        told = " ".join(_told_of_saved([draft for draft in self.drafts if draft.saved]))
        if refused or any(draft.pending for draft in self.drafts):
            self._show()
            for each in refused:
                self.bench.refuse(Refusal(each))
            self.query_one(StatusLine).show(told)
            return
        if self.walk is not None:
            self._leave()
            return
        coding = self.bench.back_to_coding()
        coding.say(told)

    def action_back(self) -> None:
        n = sum(draft.pending for draft in self.drafts)
        if not n:
            self._leave()
            return
        question = ngettext("{n} fil er lest, men ikke lagret.", "{n} filer er lest, men ikke lagret.", n).format(n=n)
        dialog = ConfirmDialog(_("Lukke uten å lagre?"), question, yes=_("Lukk"))
        self.ask(dialog, lambda _yes: self._leave())

    def _leave(self) -> None:
        """To the coding, or to what comes after this in the walk."""
        if self.walk is None:
            self.bench.back_to_coding()
            return
        saved = [draft for draft in self.drafts if draft.saved]
        left = [draft for draft in self.drafts if not draft.saved]
        self.app.pop_screen()
        if not saved:
            self.walk.skip()
            return
        lines = [*_told_of_saved(saved), *(f"  {each.facts.name}" for each in saved if each.revision is None)]
        if left:
            lines.append(_("Ikke lagret:"))
            lines += [f"  {draft.path.name}" + (f": {draft.reason}" if draft.reason else "") for draft in left]
        self.walk.came_in(lines)

    def _readable(self) -> Draft:
        draft = self.draft
        if draft.reading is None or draft.saved:
            raise Refusal(advice_on(draft) or _("Denne filen er alt lagret, eller kunne ikke leses."))
        return draft

    def _show(self, cursor: int | None = None) -> None:
        self.rows.set_rows(len(self.drafts), self._draw, cursor=cursor)
        ready = sum(draft.ready for draft in self.drafts)
        refused = sum(draft.reading is None for draft in self.drafts)
        told = ngettext("{n} fil lagres", "{n} filer lagres", ready).format(n=ready)
        not_read = ngettext("{n} kan ikke leses", "{n} kan ikke leses", refused).format(n=refused) if refused else ""
        undated = sum(draft.undated for draft in self.drafts)
        no_date = ngettext("{n} mangler dato (e)", "{n} mangler dato (e)", undated).format(n=undated) if undated else ""
        self.query_one(StatusLine).show(told, no_date, not_read)
        self._show_details()

    def _show_details(self) -> None:
        if self.rows.cursor is not None:
            self.query_one("#found", Static).update(draft_details(self.draft))

    def _draw(self, index: int, width: int) -> list[Text]:
        return draft_lines(self.drafts[index])


def _told_of_saved(saved: list[Draft]) -> list[str]:
    """How many sources are new, and what became of what stood in the texts that have a newer version."""
    newer = [draft.revision for draft in saved if draft.revision is not None]
    n = len(saved) - len(newer)
    told = [ngettext("{n} kilde er lagret.", "{n} kilder er lagret.", n).format(n=n)] if n or not newer else []
    for each in newer:
        line = _("Ny utgave av «{source}»: {told}")
        told.append(line.format(source=each.source.name, told=" ".join(each.plan)))
    return told

"""What every screen over a project has: the project, words for the researcher, and refusals shown instead of raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen

from workbench.errors import Refusal
from workbench.services.retrieval import Filter
from workbench.tui.transcript.display import safe

if TYPE_CHECKING:
    from workbench.store.project import Project
    from workbench.tui.app import KodebenkApp
    from workbench.tui.dialogs.base import Dialog

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class BenchScreen(Screen[Result]):
    """A screen that acts on the open project. The keys to other screens are the same on all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", _("Neste felt"), show=False, id="go.next_field"),
        Binding("shift+tab", "app.focus_previous", _("Forrige felt"), show=False, id="go.previous_field"),
        Binding("f4,B", "app.go('codebook')", _("Kodebok"), show=False, tooltip=_("Rediger kodeboken"), id="go.codebook"),
        Binding("f5,O", "app.go('suggestions')", _("Alle forslag"), show=False,
                tooltip=_("Forslag i alle kilder"), id="go.suggestions"),
        Binding("f6,E", "excerpts", _("Utdrag"), show=False, tooltip=_("Finn utdrag"), id="go.excerpts"),
        Binding("f7,M", "app.go('matrix')", _("Matrise"), show=False, tooltip=_("Case mot kode"), id="go.matrix"),
        Binding("f8,W", "app.go('words')", _("Ord"), show=False, tooltip=_("Ord: hva som sies, hvor, og hva som er typisk"),
                id="go.words"),
        Binding("G", "app.go('themes')", _("Temaer"), show=False, tooltip=_("Temaer: grupper koder, skriv essens"),
                id="go.themes"),
        Binding("Z", "app.go('progress')", _("Framdrift"), show=False, tooltip=_("Hvor langt hver er kommet, og nye koder"),
                id="go.progress"),
        Binding("J", "app.go('memos')", _("Memoer"), show=False, tooltip=_("Memoer og dagbok"), id="go.memos"),
        Binding("A", "app.go('framework')", _("Rammematrise"), show=False,
                tooltip=_("Rammematrise: hva hver case sier om hver kode"), id="go.framework"),
        Binding("K", "app.go('comments')", _("Kommentarer"), show=False,
                tooltip=_("Kommentarer: lesernes, eller dine egne når du leser med"), id="go.comments"),
        Binding("ctrl+e", "app.go('answers')", _("Svar"), show=False,
                tooltip=_("Svar: spørreundersøkelsens svar, spørsmål for spørsmål"), id="go.answers"),
        Binding("I", "app.import_sources", _("Importer"), show=False,
                tooltip=_("Importer kilder, eller prosjekter fra andre verktøy"), id="go.import"),
        Binding("R", "app.report", _("Rapport"), show=False, tooltip=_("Skriv Word-rapport"), id="go.report"),
        Binding("X", "app.export", _("Eksporter"), show=False,
                tooltip=_("Eksporter utdrag, eller hele prosjektet"), id="go.export"),
        Binding("ctrl+o", "app.print", _("Skriv ut"), show=False,
                tooltip=_("Skriv ut transkripsjon, utdrag eller kodebok"), id="go.print"),
        Binding("f10,P", "app.projects", _("Prosjekter"), show=False, tooltip=_("Et annet prosjekt"), id="go.projects"),
        Binding("f9,U", "app.save_copy", _("Lagre kopi"), show=False, tooltip=_("Lagre en hel kopi av prosjektet"),
                id="go.copy"),
    ]  # fmt: skip

    def action_excerpts(self) -> None:
        """Lead to the excerpts behind what the reader is looking at."""
        self.bench.show_excerpts(self.excerpts_wanted())

    def excerpts_wanted(self) -> Filter:
        """Which excerpts the reader is looking at; all of them unless a screen knows better."""
        return Filter()

    @property
    def bench(self) -> KodebenkApp:
        return cast("KodebenkApp", self.app)

    @property
    def project(self) -> Project:
        """The open project; only screens that are shown over one ask for it."""
        project = self.bench.project
        assert project is not None
        return project

    def require_writable(self) -> None:
        """Refuse before anything is asked, where the answer could not be used.

        Raises:
            Refusal: when the project is open for reading only.
        """
        if self.project.readonly:
            raise Refusal(
                _("Prosjektet er åpnet for lesing; ingenting kan endres. m skriver en kommentar i din egen fil.")
            )

    def say(self, message: str) -> None:
        """Tell the researcher what was done."""
        self.notify(safe(message), markup=False, timeout=4)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show a refusal raised inside, instead of letting it end the program."""
        try:
            yield
        except Refusal as error:
            self.bench.refuse(error)

    def ask(self, dialog: Dialog[Answer], then: Callable[[Answer], Any]) -> None:
        """Open a dialog; `then`, which may be a coroutine, gets the answer unless the researcher backed out."""

        async def answered(answer: Answer | None) -> None:
            if answer is not None:
                with self.refusals():
                    done = then(answer)
                    if isawaitable(done):
                        await done

        self.app.push_screen(dialog, answered)

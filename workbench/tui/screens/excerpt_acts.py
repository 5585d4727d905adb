"""What is done with excerpts in a list: ticked, recoded, given one more code, removed, starred, written about, copied."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from workbench.core.entities import CodeEntry
from workbench.errors import Refusal
from workbench.services import batch, clipping, coding, themes
from workbench.services.batch import Outcome
from workbench.services.codebook import find_theme, list_themes
from workbench.services.retrieval import Excerpt, find_excerpts
from workbench.store.project import Project
from workbench.tui import copying, reverting
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.code import CodeChosen, CodeDialog
from workbench.tui.dialogs.shared_memo import MemoWanted, SharedMemoDialog
from workbench.tui.many import act_on_many
from workbench.tui.memo_acts import write_memo_on
from workbench.tui.presenting.codes import CodeList
from workbench.tui.screens.base import BenchScreen
from workbench.tui.ticking import Ticks
from workbench.tui.widgets.rows import Rows


class ExcerptActs(BenchScreen[None]):
    """Acts on the ticked excerpts, else on the one under the cursor; each act is one step of undo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til stedet i kilden"), id="excerpts.open"),
        Binding("s", "star", _("★"), tooltip=_("Utvalgt sitat, av eller på"), id="excerpts.star"),
        Binding("space", "tick", _("Kryss av"), tooltip=_("Kryss av for å gjøre noe med flere"), id="excerpts.tick"),
        Binding("A", "tick_all", _("Kryss av alle"), show=False, tooltip=_("Kryss av alle, eller ingen"),
                id="excerpts.tick_all"),
        Binding("t,shift+down", "tick_to", _("Kryss av hit"), key_display="t", show=False,
                tooltip=_("Kryss av fra det siste du krysset av, og hit"), id="excerpts.tick_to"),
        Binding("o", "recode", _("Kod om"), tooltip=_("Gi de avkryssede en annen kode"), id="excerpts.recode"),
        Binding("a,plus", "add", _("Legg til kode"), tooltip=_("Gi de avkryssede en kode til"), id="excerpts.add"),
        Binding("x,delete", "remove", _("Fjern"), tooltip=_("Fjern de avkryssede kodingene"), id="excerpts.remove"),
        Binding("m", "memo", _("Memo"), tooltip=_("Skriv memo på utdraget, eller om de avkryssede"), id="excerpts.memo"),
        Binding("y", "copy", _("Kopier"), tooltip=_("Kopier de avkryssede sitatene med id"), id="excerpts.copy"),
        Binding("Y", "copy_to_file", _("Kopier til fil"), show=False,
                tooltip=_("Legg de avkryssede sitatene til i utklippsfilen ved siden av prosjektet"),
                id="excerpts.copy_to_file"),
        Binding("p", "quotation", _("Gjengi"), show=False,
                tooltip=_("Kort ned eller klargjør sitatet slik det gjengis i rapporter"), id="excerpts.quotation"),
        Binding("T", "put_in_theme", _("Til tema"), show=False, tooltip=_("Legg de avkryssede i et tema, uansett kode"),
                id="excerpts.theme"),
        Binding("e", "why", _("Hvorfor"), tooltip=_("Hvorfor denne koden?"), id="excerpts.why"),
        Binding("u", "undo", _("Angre"), show=False, tooltip=_("Angre det siste du gjorde"), id="excerpts.undo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="excerpts.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.codes = CodeList()
        self.excerpts: list[Excerpt] = []
        """What the list shows, in its order."""
        self.ticks: Ticks[str] = Ticks()
        """Ids of codings; they stay ticked when a filter hides them."""

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    def show_excerpts(self, told: str = "") -> None:
        """Ask the project for the excerpts again, and show them and what was done."""
        raise NotImplementedError

    def show_status(self, told: str = "") -> None:
        """Show what was done, and how many excerpts and ticks there are."""
        raise NotImplementedError

    def _current(self) -> Excerpt:
        if self.rows.cursor is None:
            raise Refusal(_("Ingen utdrag passer. w viser alle."))
        return self.excerpts[self.rows.cursor]

    def _chosen(self) -> list[str]:
        """Ids of the ticked codings, those a filter hides too; else of the one under the cursor."""
        return self.ticks.order(self._ids()) or [self._current().coding.id]

    def _ids(self) -> list[str]:
        return [each.coding.id for each in self.excerpts]

    def hidden_words(self) -> str:
        """How many of the ticked are not on show, in words with a blank before; empty when none is hidden."""
        n = self.ticks.hidden(self._ids())
        return " " + ngettext("({n} vises ikke)", "({n} vises ikke)", n).format(n=n) if n else ""

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            found = self._current().coding
            self.bench.lead_to(found.source, found.start, found.end)

    def action_tick(self) -> None:
        self.ticks.toggle(self._current().coding.id)
        self.rows.action_step(1)
        self._ticked()

    def action_tick_to(self) -> None:
        self.ticks.to(self._current().coding.id, self._ids())
        self._ticked()

    def action_tick_all(self) -> None:
        self.ticks.toggle_all(self._ids())
        self._ticked()

    def _ticked(self) -> None:
        self.rows.refresh()
        self.show_status()

    def action_star(self) -> None:
        chosen = self._chosen()
        codings = coding.list_codings(self.project) if self.hidden_words() else [each.coding for each in self.excerpts]
        starred = {each.id for each in codings if each.star}
        star = not starred.issuperset(chosen)
        told = _("★ utvalgt") if star else _("★ tatt bort")
        self._act(_("Merker sitater"), chosen, lambda own: batch.star_all(own, chosen, star=star), told)

    def action_recode(self) -> None:
        chosen = self._chosen()
        n = len(chosen)
        title = ngettext("Kod om {n} koding til", "Kod om {n} kodinger til", n).format(n=n) + self.hidden_words()

        def take(answer: CodeChosen) -> None:
            entry = self._code(answer)
            told = _("Kodet om til «{code}»").format(code=entry.name)
            self._act(title, chosen, lambda own: batch.recode_all(own, chosen, entry), told)

        self.ask(CodeDialog(title, self.codes, {}, new=False), take)

    def action_add(self) -> None:
        chosen = self._chosen()
        n = len(chosen)
        title = ngettext("En kode til på {n} utdrag", "En kode til på {n} utdrag", n).format(n=n) + self.hidden_words()

        def take(answer: CodeChosen) -> None:
            entry = self._code(answer)
            told = _("Kodet også med «{code}»").format(code=entry.name)
            self._act(title, chosen, lambda own: batch.add_code_to_all(own, chosen, entry), told)

        self.ask(CodeDialog(title, self.codes, {}, new=False), take)

    def _code(self, answer: CodeChosen) -> CodeEntry:
        if answer.pin:
            raise Refusal(_("Koder festes til taster fra kodingen, ikke herfra."))
        return self.codes.entries[answer.code]

    def action_remove(self) -> None:
        chosen = self._chosen()
        question = ngettext("{n} koding blir fjernet. u angrer.", "{n} kodinger blir fjernet. u angrer alle på én gang.",
                            len(chosen)).format(n=len(chosen)) + self.hidden_words()  # fmt: skip

        def remove(_yes: bool) -> None:
            self._act(_("Fjerner kodinger"), chosen, lambda own: batch.remove_all(own, chosen), _("Fjernet"))

        self.ask(ConfirmDialog(_("Fjerne kodinger?"), question, yes=_("Fjern")), remove)

    def action_memo(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            write_memo_on(self, "coding", chosen[0])
            return
        n = len(chosen)
        title = ngettext("Memo om {n} utdrag", "Memo om {n} utdrag", n).format(n=n) + self.hidden_words()

        def write(wanted: MemoWanted) -> None:
            self._act(
                title, chosen, lambda own: batch.memo_all(own, chosen, wanted.text, each=wanted.each),
                _("Memo på hvert utdrag") if wanted.each else _("Ett memo med lenker"),
            )  # fmt: skip

        self.ask(SharedMemoDialog(title), write)

    def _act(self, title: str, chosen: list[str], act: Callable[[Project], Outcome], told: str) -> None:
        """Act on codings in one gesture, show the excerpts as they now are, and account for every coding."""

        def done(outcome: Outcome) -> None:
            if self.is_attached:
                self.show_excerpts(f"{told}: {batch.outcome_words(outcome)}")

        act_on_many(self.bench, title, len(chosen), act, done)

    # -- copying and asking

    def action_copy(self) -> None:
        self.show_status(copying.copy(self.bench, self._quotes()))

    def action_copy_to_file(self) -> None:
        self.show_status(copying.copy_to_file(self.project, self._quotes()))

    def _quotes(self) -> str:
        """The ticked excerpts, or the one under the cursor, as they are pasted elsewhere."""
        chosen = set(self._chosen())
        shown = [each for each in self.excerpts if each.coding.id in chosen]
        if len(shown) < len(chosen):
            shown = [each for each in find_excerpts(self.project) if each.coding.id in chosen]
        return clipping.clip(self.project, shown)

    def action_why(self) -> None:
        from workbench.tui.dialogs.why import show_why

        show_why(self, self._current().coding.id)

    def action_quotation(self) -> None:
        from workbench.tui.dialogs.quoting import edit_quote

        edit_quote(self, self._current().coding.id, self.show_excerpts)

    def action_put_in_theme(self) -> None:
        chosen = self._chosen()
        options = [(theme.id, theme.title) for theme in list_themes(self.project)]
        if not options:
            raise Refusal(_("Prosjektet har ingen temaer. G viser tavlen, der n lager et."))

        def take(theme: str) -> None:
            made = themes.put_excerpts(self.project, find_theme(self.project, theme), chosen)
            self.show_excerpts(_("Lagt i «{theme}». u angrer.").format(theme=made.title))

        title = ngettext("{n} utdrag til hvilket tema?", "{n} utdrag til hvilket tema?", len(chosen))
        self.ask(ChooseDialog(title.format(n=len(chosen)), options), take)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_excerpts(done.summary))

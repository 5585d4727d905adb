"""Comments from readers, as the lead walks through them."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from workbench.core.comment_file import SUFFIX
from workbench.core.entities import Comment
from workbench.errors import NotFound, Refusal
from workbench.services import coding, comments
from workbench.services.sources import list_sources
from workbench.tui import reverting
from workbench.tui.dialogs.paths import PathsDialog
from workbench.tui.presenting.comments import ROW_LINES, taken_lines
from workbench.tui.screens.listing import ListScreen
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from workbench.tui.app import KodebenkApp


class CommentsScreen(ListScreen):
    ROW_LINES = ROW_LINES
    KEYS = (
        "comments.open", "comments.answer", "comments.handle", "comments.which", "comments.take", "comments.undo",
        "comments.back",
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til det kommentaren er om"), id="comments.open"),
        Binding("a", "answer", _("Svar"), tooltip=_("Skriv et svar på kommentaren"), id="comments.answer"),
        Binding("b", "handle", _("Behandlet"), tooltip=_("Merk kommentaren som behandlet, eller åpne den igjen"),
                id="comments.handle"),
        Binding("v", "which", _("Åpne/alle"), tooltip=_("Vis bare åpne kommentarer, eller alle"), id="comments.which"),
        Binding("n", "take", _("Ta inn"), tooltip=_("Ta inn kommentarfiler fra lesere"), id="comments.take"),
        Binding("u", "undo", _("Angre"), tooltip=_("Angre det siste du gjorde"), id="comments.undo"),
        Binding("escape", "app.to_coding", _("Til kodingen"), tooltip=_("Tilbake til kodingen"), id="comments.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[Comment] = []
        self.only_open = True

    def heading(self) -> str:
        return _("Kommentarer fra lesere")

    def begin(self) -> None:
        self.show_comments()

    def show_comments(self, told: str = "") -> None:
        """Ask the project for the comments again and show them."""
        every = comments.list_comments(self.project)
        waiting = [each for each in every if each.status == "open"]
        self.comments = waiting if self.only_open else every
        self.rows.set_rows(len(self.comments), self._draw)
        n = len(waiting)
        hint = "" if every else _("n tar inn en fil som en leser har levert")
        self.query_one(StatusLine).show(
            told,
            ngettext("{n} åpen", "{n} åpne", n).format(n=n),
            ngettext("{n} kommentar i alt", "{n} kommentarer i alt", len(every)).format(n=len(every)),
            _("bare åpne") if self.only_open else _("alle"),
            hint,
        )

    def _draw(self, index: int, width: int) -> list[Text]:
        return taken_lines(self.comments[index], width)

    def _current(self) -> Comment:
        if self.rows.cursor is None:
            raise Refusal(_("Det er ingen kommentarer her. n tar inn en fil, v viser også de behandlede."))
        return self.comments[self.rows.cursor]

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            current = self._current()
            go_to_target(self.bench, current.target_kind, current.target, (current.source, current.start, current.end))

    def action_answer(self) -> None:
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        current = self._current()
        dialog = WritingDialog(
            _("Svar"),
            current.reply,
            lambda text: self._answer(current, text),
            about=f"{current.reader}: {current.text}",
        )
        self.app.push_screen(dialog, lambda _text: self.show_comments())

    def _answer(self, comment: Comment, text: str) -> None:
        comments.reply(self.project, comment.id, text)

    def action_handle(self) -> None:
        current = self._current()
        status = "open" if current.status == "handled" else "handled"
        comments.set_status(self.project, current.id, status)
        self.show_comments(_("Behandlet. u angrer.") if status == "handled" else _("Åpnet igjen"))

    def action_which(self) -> None:
        self.only_open = not self.only_open
        self.show_comments()

    def action_take(self) -> None:
        dialog = PathsDialog(_("Ta inn kommentarer fra lesere"), folder=Path.cwd(), endings=(SUFFIX,), several=True,
                             button=_("Ta inn"))  # fmt: skip

        def take(paths: list[Path]) -> None:
            taken = comments.take_in(self.project, paths)
            told = (
                _("{reader}: {new} nye, {changed} endret, {already} fra før").format(
                    reader=each.reader, new=each.new, changed=each.changed, already=each.already
                )
                for each in taken
            )
            self.show_comments(" · ".join(told))

        self.ask(dialog, take)

    def action_undo(self) -> None:
        reverting.undo(self.bench, lambda done: self.show_comments(done.summary))


def go_to_target(bench: KodebenkApp, kind: str, target: str, place: tuple[str, int, int]) -> None:
    """Show what a comment is on: a coding where it now is (or where it was, when it is gone), the codebook or the board.

    Raises:
        Refusal: when neither the coding nor its source is there any more.
    """
    if kind == "code":
        from workbench.tui.screens.codebook import CodebookScreen

        screen = CodebookScreen()
        bench.show_over_coding(screen)
        screen.call_after_refresh(lambda: screen.show_codes(choose=target))
    elif kind == "theme":
        bench.action_go("themes")
    else:
        project = bench.opened
        try:
            found = coding.get_coding(project, target)
            place = (found.source, found.start, found.end)
        except Refusal:
            source = next((each for each in list_sources(project) if each.id == place[0]), None)
            if source is None:
                raise NotFound(_("Både kodingen og kilden som kommentaren gjelder, er slettet.")) from None
            place = (source.id, min(place[1], source.characters), min(place[2], source.characters))
            bench.notify(_("Kodingen er fjernet siden; dette er stedet den sto."), markup=False)
        bench.lead_to(*place)

"""A reader's own comments on a project that is open for reading."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType

from workbench.core.comment_file import SUFFIX, ReaderComment
from workbench.core.entities import Comment
from workbench.errors import Refusal
from workbench.services import codebook, coding, commenting, comments
from workbench.services.printing import folder_for_prints
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting.comments import ROW_LINES, own_lines
from workbench.tui.screens.comments import go_to_target
from workbench.tui.screens.listing import ListScreen
from workbench.tui.widgets.rows import Rows
from workbench.tui.widgets.status_line import StatusLine


class OwnCommentsScreen(ListScreen):
    ROW_LINES = ROW_LINES
    KEYS = (
        "own_comments.open",
        "own_comments.edit",
        "own_comments.remove",
        "own_comments.hand_over",
        "own_comments.back",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "open", _("Gå til stedet"), tooltip=_("Gå til det kommentaren er om"), id="own_comments.open"),
        Binding("e", "edit", _("Endre"), tooltip=_("Skriv kommentaren om"), id="own_comments.edit"),
        Binding("x,delete", "remove", _("Slett"), tooltip=_("Ta kommentaren tilbake"), id="own_comments.remove"),
        Binding("l", "hand_over", _("Lever"), tooltip=_("Skriv kommentarene til en fil for prosjektlederen"),
                id="own_comments.hand_over"),
        Binding("escape", "app.to_coding", _("Til teksten"), tooltip=_("Tilbake til teksten"), id="own_comments.back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.comments: tuple[ReaderComment, ...] = ()
        self.answers: dict[str, Comment] = {}
        """What the lead has taken in, and perhaps answered, by the comment's id."""

    def heading(self) -> str:
        return _("Mine kommentarer")

    def begin(self) -> None:
        self.show_comments()

    def show_comments(self, told: str = "") -> None:
        """Read the reader's file again and show it."""
        self.comments = commenting.read_own(self.project).comments
        self.answers = {each.id: each for each in comments.list_comments(self.project)}
        self.rows.set_rows(len(self.comments), lambda index, width: self._draw(index, width))
        n = len(self.comments)
        hint = _("l leverer dem til prosjektlederen") if n else _("m i teksten skriver en kommentar")
        self.query_one(StatusLine).show(told, ngettext("{n} kommentar", "{n} kommentarer", n).format(n=n), hint)

    def _draw(self, index: int, width: int) -> list[Text]:
        mine = self.comments[index]
        return own_lines(mine, self.answers.get(mine.id), width)

    def _current(self) -> ReaderComment:
        if self.rows.cursor is None:
            raise Refusal(_("Du har ikke skrevet noen kommentarer ennå."))
        return self.comments[self.rows.cursor]

    @on(Rows.Chosen)
    def action_open(self) -> None:
        with self.refusals():
            current = self._current()
            go_to_target(self.bench, current.on, current.target, (current.source, current.start, current.end))

    def action_edit(self) -> None:
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        current = self._current()
        target = self._target(current)

        def save(text: str) -> None:
            commenting.write_comment(self.project, target, text, comment=current.id)

        dialog = WritingDialog(_("Kommentar"), current.text, save, about=current.name)
        self.app.push_screen(dialog, lambda _text: self.show_comments())

    def _target(self, comment: ReaderComment) -> commenting.Commented:
        if comment.on == "coding":
            return coding.get_coding(self.project, comment.target)
        if comment.on == "code":
            return codebook.find_code(self.project, comment.target)
        return codebook.find_theme(self.project, comment.target)

    def action_remove(self) -> None:
        commenting.remove_comment(self.project, self._current().id)
        self.show_comments(_("Slettet"))

    def action_hand_over(self) -> None:
        proposed = folder_for_prints(self.project) / f"{self.project.path.stem}-{self.project.coder_name}{SUFFIX}"

        def write(typed: str) -> None:
            path = commenting.hand_over(self.project, Path(typed).expanduser())
            self.show_comments(_("Skrevet til {path}. Send filen til prosjektlederen.").format(path=path))

        self.ask(LineDialog(_("Fil til prosjektlederen"), str(proposed)), write)

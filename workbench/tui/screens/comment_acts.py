"""Reading along on the coding screen: what would be a memo is a comment when the project is open for reading."""

from __future__ import annotations

from gettext import gettext as _

from workbench.services import codebook, commenting
from workbench.services.commenting import Commented
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.note_acts import NoteActs


class CommentActs(NoteActs):
    def __init__(self) -> None:
        super().__init__()
        self._told_overtaken = False

    def poll(self) -> None:
        super().poll()
        if not self._told_overtaken and self.bench.project is not None and self.project.overtaken():
            self._told_overtaken = True
            words = _("Noen har skrevet i prosjektet siden du åpnet det. Åpne det på nytt (P) for å se alt.")
            self.notify(words, severity="warning", timeout=12, markup=False)

    async def action_memo(self) -> None:
        if self.project.readonly:
            self.comment()
        else:
            await super().action_memo()

    def comment(self) -> None:
        """Comment on a coding at the caret, its code, or a theme; asks which when there are several."""
        things = self._commented()
        options = [(key, shown) for key, (shown, _thing) in things.items()]
        self.ask(ChooseDialog(_("Kommentar til hva?"), options), lambda key: self._write_comment(*things[key]))

    def _commented(self) -> dict[str, tuple[str, Commented]]:
        """Key -> (words, thing) for what can be commented on here."""
        here = [self.codings[each] for each in self.mark_ids("coding")]
        things: dict[str, tuple[str, Commented]] = {}
        for each in here:
            quoted = wording.shortened(each.text, 40)
            shown = _("Kodingen «{code}» av {coder}: «{quote}»")
            things[each.id] = (shown.format(code=each.code_name, coder=each.coder, quote=quoted), each)
        for each in here:
            entry = self.codes.entries[each.code]
            things[entry.id] = (_("Koden «{code}»").format(code=entry.name), entry)
        for theme in codebook.list_themes(self.project):
            things[theme.id] = (_("Temaet «{theme}»").format(theme=theme.title), theme)
        return things

    def _write_comment(self, shown: str, thing: Commented) -> None:
        from workbench.tui.dialogs.writing import WritingDialog  # its editor is slow to load, and first needed here

        before = commenting.comments_on(commenting.read_own(self.project), thing)
        kept = [before[-1].id if before else ""]

        def save(text: str) -> None:
            if text.strip():
                kept[0] = commenting.write_comment(self.project, thing, text, comment=kept[0]).id
            elif kept[0]:
                commenting.remove_comment(self.project, kept[0])
                kept[0] = ""

        dialog = WritingDialog(_("Kommentar"), before[-1].text if before else "", save, about=shown)
        self.app.push_screen(dialog, lambda _text: self.say(_("Kommentaren ligger i din egen fil. K viser alle.")))

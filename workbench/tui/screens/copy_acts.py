"""Copying from the text: the coding at the caret with its id, or what is marked with where it stands."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import Coding
from workbench.tui.dialogs.choose import ChooseDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.desk import Desk


class CopyActs(Desk):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", _("Kopier"), show=False, tooltip=_("Kopier sitatet her med id, eller markeringen med kilde"),
                id="copying.copy"),
        Binding("Y", "copy_to_file", _("Kopier til fil"), show=False,
                tooltip=_("Legg sitatet til i utklippsfilen ved siden av prosjektet"), id="copying.file"),
    ]  # fmt: skip

    def action_copy(self) -> None:
        from workbench.tui import copying

        self._with_words(lambda text: self.say(copying.copy(self.bench, text)))

    def action_copy_to_file(self) -> None:
        from workbench.tui import copying

        self._with_words(lambda text: self.say(copying.copy_to_file(self.project, text)))

    def _with_words(self, take: Callable[[str], None]) -> None:
        """What is marked, unless exactly that is coded; with nothing marked the coding at the caret, else the sentence."""
        from workbench.services import clipping  # what sets quotations is slow to load, and first needed here

        chosen = self.view.selection
        here = [self.codings[each] for each in self.mark_ids("coding")]
        if chosen is not None:
            here = [each for each in here if (each.start, each.end) == chosen]
        places = list(dict.fromkeys((each.start, each.end) for each in here))
        if not places:
            take(clipping.clip_span(self.project, self.source, *self.span()))
        elif len(places) == 1:
            take(clipping.clip_codings(self.project, here))
        else:
            options = [(str(n), _quoted(here, place)) for n, place in enumerate(places)]
            self.ask(
                ChooseDialog(_("Hvilket sitat?"), options),
                lambda answer: take(
                    clipping.clip_codings(
                        self.project, [each for each in here if (each.start, each.end) == places[int(answer)]]
                    )
                ),
            )


def _quoted(codings: list[Coding], place: tuple[int, int]) -> str:
    same = [each for each in codings if (each.start, each.end) == place]
    return f"{same[0].quote} – {', '.join(each.code_name for each in same)} – «{wording.shortened(same[0].text, 40)}»"

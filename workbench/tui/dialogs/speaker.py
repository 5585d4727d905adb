"""Who a speaker is, and what shall stand instead of a name."""

from __future__ import annotations

from gettext import gettext as _

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Select

from workbench.services.importing import SpeakerChoice
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting import wording
from workbench.tui.widgets.tick import Tick

NOBODY = "nobody"
"""The role of words that only look like a speaker's label."""


class SpeakerDialog(Dialog[SpeakerChoice]):
    """Role and informant of a speaker label; `NOBODY` for role when it is no speaker at all."""

    def __init__(
        self, speaker: str, role: str, informant: str, informant_role: str = "", *, rejectable: bool = False
    ) -> None:
        super().__init__(_("Taleren «{label}»").format(label=speaker))
        self._speaker = speaker
        self._role = role
        self._informant = informant
        self._informant_role = informant_role
        self._rejectable = rejectable

    def compose_body(self) -> ComposeResult:
        yield label(_("Rolle"))
        options = [(words, role) for role, words in wording.role_words().items()]
        if self._rejectable:
            options.append((_("ikke en taler"), NOBODY))
        yield Select(options, value=self._role, allow_blank=False, id="role", compact=True)
        yield label(_("Informantnummer, som I03 (tomt for intervjuere)"))
        yield Input(self._informant, id="informant", compact=True)
        yield label(_("Informantens stilling eller rolle"))
        yield Input(self._informant_role, id="informant-role", compact=True)
        yield self.buttons(Button(_("Lagre"), id="save", variant="primary"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        self.dismiss(
            SpeakerChoice(
                label=self._speaker,
                role=str(self.query_one("#role", Select).value),
                informant=self.query_one("#informant", Input).value.strip(),
                informant_role=self.query_one("#informant-role", Input).value.strip(),
            )
        )


class MaskDialog(Dialog[tuple[str, str, bool]]):
    """A name, what shall stand instead, and whether it is so in every source."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Bytt ut et navn"))
        self._name_to_mask = name

    def compose_body(self) -> ComposeResult:
        yield label(_("Navnet slik det står (genitiv tas med)"))
        yield Input(self._name_to_mask, id="masked", compact=True)
        yield label(_("Skal stå i stedet, for eksempel [navn 1]"))
        yield Input(id="instead", compact=True)
        yield Tick(_("I alle kilder"), value=True, id="everywhere")
        yield label(_("Eldre versjoner har navnet til de destrueres (T)."), classes="hint")
        yield self.buttons(Button(_("Bytt ut"), id="save", variant="primary"))

    def on_mount(self) -> None:
        self.query_one("#instead" if self._name_to_mask else "#masked", Input).focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        name, instead = self.query_one("#masked", Input).value, self.query_one("#instead", Input).value
        if name.strip() and instead.strip():
            self.dismiss((name, instead, self.query_one("#everywhere", Tick).value))

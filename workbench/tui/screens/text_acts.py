"""Correcting the text and who speaks. Every correction is a new version, and codings follow it.

Corrections import what they need when they are made: with the readers of every file format behind it, `texts` would stand
between the researcher and the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.core.entities import StoredTurn
from workbench.errors import Refusal
from workbench.services.sources import list_speakers
from workbench.tui.dialogs.choose import ChooseDialog, ConfirmDialog
from workbench.tui.dialogs.text import LineDialog
from workbench.tui.presenting import wording
from workbench.tui.screens.version_acts import VersionActs
from workbench.tui.transcript import movement


class TextActs(VersionActs):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("T", "correct", _("Rett teksten"), show=False,
                tooltip=_("Rett taler, del eller slå sammen replikker, rett skrivefeil, bytt ut navn"),
                id="texts.correct"),
    ]  # fmt: skip

    def action_correct(self) -> None:
        source = self.source
        acts: dict[str, tuple[str, Callable[[], None]]] = {}
        if self.waits.get(source.id):
            acts["place"] = _("Plasser noe som venter, på markeringen"), self.place_marked
            acts["waiting"] = _("Det som venter på plass"), lambda: self.show_waiting(source.id)
        acts |= {
            "speaker": (_("Rett hvem som har denne replikken"), self._correct_speaker),
            "rename": (_("Gi taleren nytt navn overalt i kilden"), self._rename_speaker),
            "role": (_("Talerens rolle og informant"), self._set_speaker),
            "split": (_("Del replikken ved markøren"), self._split),
            "unite": (_("Slå replikken sammen med den neste"), self._unite),
            "typo": (_("Rett skrivefeil i markeringen"), self._correct_typo),
            "mask": (_("Bytt ut et navn, overalt og likt"), self._mask),
            "revise": (_("Ny utgave av teksten …"), lambda: self.ask_for_version(source)),
            "versions": (_("Utgaver av teksten"), lambda: self.show_versions(source)),
            "purge": (_("Destruer eldre versjoner av teksten"), self._purge),
        }
        options = [(key, words) for key, (words, _act) in acts.items()]
        self.ask(ChooseDialog(_("Rett teksten"), options), lambda key: acts[key][1]())

    def _turn(self) -> StoredTurn:
        """The turn at the caret.

        Raises:
            Refusal: when nobody speaks there.
        """
        assert self.shown is not None
        caret = self.view.caret
        for turn in self.shown.turns:
            if turn.label_start <= caret <= turn.end:
                return turn
        raise Refusal(_("Ingen taler har ordet her."))

    def _labels(self) -> list[str]:
        assert self.shown is not None
        return list(dict.fromkeys(turn.speaker for turn in self.shown.turns if turn.speaker))

    def _ask_label(self, title: str, without: str, then: Callable[[str], None]) -> None:
        """Ask for one of the source's speakers, or a new one."""
        other = "\0"
        options = [(each, each) for each in self._labels() if each != without]

        def take(answer: str) -> None:
            if answer == other:
                self.ask(LineDialog(title), then)
            else:
                then(answer)

        self.ask(ChooseDialog(title, [*options, (other, _("En annen …"))]), take)

    def _correct_speaker(self) -> None:
        from workbench.services import texts

        turn, caret = self._turn(), self.view.caret

        def correct(label: str) -> None:
            texts.correct_speaker(self.project, self.source, caret, label)
            self._changed(_("Replikken er nå «{label}» sin").format(label=label))

        self._ask_label(_("Hvem har denne replikken?"), turn.speaker, correct)

    def _rename_speaker(self) -> None:
        from workbench.services import texts

        label = self._turn().speaker

        def rename(new: str) -> None:
            texts.rename_speaker(self.project, self.source, label, new)
            self._changed(_("«{old}» heter nå «{new}»").format(old=label, new=new))

        self.ask(LineDialog(_("Nytt navn på taleren «{label}»").format(label=label), label), rename)

    def _set_speaker(self) -> None:
        from workbench.services import texts
        from workbench.services.importing import SpeakerChoice
        from workbench.tui.dialogs.speaker import SpeakerDialog

        turn = self._turn()
        known = next((each for each in list_speakers(self.project, self.source) if each.label == turn.speaker), None)
        dialog = SpeakerDialog(turn.speaker, known.role if known else turn.role, turn.informant)

        def take(choice: SpeakerChoice) -> None:
            texts.set_speaker(self.project, self.source, choice)
            self._changed(_("«{label}» er {role}").format(label=choice.label, role=wording.role_words()[choice.role]))

        self.ask(dialog, take)

    def _split(self) -> None:
        from workbench.services import texts

        self._turn()
        caret = self.view.caret

        def split(label: str) -> None:
            texts.split_turn(self.project, self.source, caret, label)
            self._changed(_("Replikken er delt"))

        self._ask_label(_("Hvem sier det som kommer etter markøren?"), "", split)

    def _unite(self) -> None:
        from workbench.services import texts

        texts.unite_turns(self.project, self.source, self.view.caret)
        self._changed(_("Replikkene er slått sammen"))

    def _correct_typo(self) -> None:
        from workbench.services import texts

        span = self.view.selection or movement.word_at(self.view.document, self.view.caret)
        if span is None:
            raise Refusal(_("Marker det som er skrevet feil."))
        wrong = self.view.document.text[slice(*span)]
        if "\n" in wrong:
            raise Refusal(_("Marker innenfor én linje for å rette en skrivefeil."))

        def correct(new: str) -> None:
            texts.correct_typo(self.project, self.source, *span, new)
            self._changed(_("Rettet «{old}» til «{new}»").format(old=wording.shortened(wrong, 30), new=new))

        self.ask(LineDialog(_("Rett skrivefeil"), wrong, empty=True), correct)

    def _mask(self) -> None:
        from workbench.services import texts
        from workbench.tui.dialogs.speaker import MaskDialog

        span = self.view.selection or movement.word_at(self.view.document, self.view.caret)
        name = self.view.document.text[slice(*span)] if span else ""

        def mask(answer: tuple[str, str, bool]) -> None:
            done = texts.mask_name(self.project, self.source, answer[0], answer[1], everywhere=answer[2])
            self._changed(texts.describe(done))

        self.ask(MaskDialog(" ".join(name.split())), mask)

    def _purge(self) -> None:
        from workbench.services import texts

        source = self.source
        question = _(
            "Alle eldre versjoner av «{source}» og den originale filen i prosjektet blir destruert. Det kan ikke angres."
        ).format(source=source.name)

        def purge(_yes: bool) -> None:
            n = texts.purge_versions(self.project, source)
            self._changed(ngettext("{n} eldre versjon er destruert", "{n} eldre versjoner er destruert", n).format(n=n))

        self.ask(ConfirmDialog(_("Destruere eldre versjoner?"), question, yes=_("Destruer")), purge)

    def _changed(self, told: str) -> None:
        self.reload()
        self.say(told)

"""What shall leave the house, and where it shall lie: report, export and copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Select, Static

from workbench.services.reporting import ReportOptions
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.paths import typed_path
from workbench.tui.transcript.display import safe
from workbench.tui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class ReportWanted:
    path: Path
    options: ReportOptions


@dataclass(frozen=True, slots=True)
class ExportWanted:
    path: Path
    format: str
    coders: bool
    """Whether the names of those who have coded go along."""
    private: bool = False
    """Whether one's own private memos do, in a format of the whole project."""
    withdrawn: bool = True
    """Whether cases that have withdrawn do, in such a format."""
    semicolon: bool = False
    """Whether a `csv` is written as Norwegian Excel opens it in columns."""


EXCERPTS = "-utdrag"
"""How the name of a file of excerpts ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """What a project has to choose among for a report."""

    title: str
    path: Path
    themes: Sequence[str]
    cases: Sequence[str]
    waves: Sequence[str]
    attributions: Sequence[str]
    """Those the project allows, the one that is used when nothing is said first."""


class ReportDialog(Dialog[ReportWanted]):
    """What a report shall hold, how it points to the informants, and where it is written."""

    WIDE = True
    DEFAULT_CSS = """
    ReportDialog #fields { height: auto; max-height: 60vh; }
    ReportDialog Tick { width: auto; }
    """

    def __init__(self, choices: Reportable, before: ReportOptions | None = None) -> None:
        super().__init__(_("Rapport (Word)"))
        self._choices = choices
        self._before = before or ReportOptions()

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="fields") as fields:
            fields.can_focus = False
            yield from self._compose_choice()
            yield from self._compose_form()
        yield label(_("Skrives til (finnes filen, får rapporten neste ledige navn)"))
        yield Input(str(self._choices.path), id="path", compact=True)
        yield self.buttons(
            Button(_("Skriv rapporten"), id="write", variant="primary"), Button(_("Om studien …"), id="study")
        )

    def _compose_choice(self) -> ComposeResult:
        before = self._before
        yield label(_("Tittel"))
        yield Input(before.title or self._choices.title, id="title", compact=True)
        for heading, name, values, chosen in (
            (_("Temaer"), "theme", self._choices.themes, before.themes),
            (_("Caser"), "case", self._choices.cases, before.cases),
            (_("Bølger"), "wave", self._choices.waves, before.waves),
        ):
            if values:
                yield label(heading)
                for index, value in enumerate(values):
                    yield Tick(value, not chosen or value in chosen, id=f"{name}-{index}")
        yield Tick(_("Bare temaer som er endelige"), before.final_only, id="final")
        yield label(_("Utdrag"))
        kinds = [(_("utvalgte sitater (★)"), "starred"), (_("alle utdrag"), "all")]
        yield _select("excerpts", [(_("utvalgte, eller alle når ingen er utvalgt"), ""), *kinds], before.excerpts)
        yield label(_("Etter sitatet står"))
        named = attribution_words()
        options = [(named[each], each) for each in self._choices.attributions]
        usual = before.attribution if before.attribution in self._choices.attributions else options[0][1]
        yield _select("attribution", options, usual)

    def _compose_form(self) -> ComposeResult:
        before = self._before
        yield label(_("Utdragene ordnes etter"))
        yield _select("by", [(_("case"), "case"), (_("kode"), "code")], "code" if before.by_code else "case")
        yield label(_("Språk"))
        yield _select("language", [("bokmål", "nb-NO"), ("nynorsk", "nn-NO")], before.language)
        yield Tick(_("Ta med intervjuerens spørsmål"), before.questions, id="questions")
        yield Tick(_("Figurer"), before.figures, id="figures")
        yield Tick(_("Kodeboken som vedlegg"), before.codebook, id="codebook")
        yield Tick(_("Sjekklisten COREQ som vedlegg"), "coreq" in before.checklists, id="coreq")
        yield Tick(_("Sjekklisten SRQR som vedlegg"), "srqr" in before.checklists, id="srqr")
        yield Tick(_("Let etter navn og steder i sitatene før det skrives"), before.names, id="names")
        yield label(_("Mal (.docx eller .dotx; tomt: Kodebenks egen)"))
        yield Input(str(before.template or ""), id="template", compact=True)

    def on_mount(self) -> None:
        self.query_one("#title", Input).focus(scroll_visible=False)

    @on(Button.Pressed, "#study")
    def _study(self) -> None:
        from workbench.tui.dialogs.study import ask_about_study

        ask_about_study(self)

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        path = self._typed("path")
        refusal = self._unchosen()
        if refusal:
            self.notify(safe(refusal), severity="warning", markup=False)
        elif path:
            self.dismiss(ReportWanted(typed_path(path), self._options()))

    def _unchosen(self) -> str:
        """What to say where nothing is ticked of what there is to tick, which must not come to mean all of it."""
        for name, values, refusal in (
            ("theme", self._choices.themes, _("Velg minst ett tema.")),
            ("case", self._choices.cases, _("Velg minst én case.")),
            ("wave", self._choices.waves, _("Velg minst én bølge.")),
        ):
            if values and not self._ticked(name, values):
                return refusal
        return ""

    def _ticked(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for index, value in enumerate(values) if self.query_one(f"#{name}-{index}", Tick).value)

    def _options(self) -> ReportOptions:
        def chosen(name: str) -> str:
            return str(self.query_one(f"#{name}", Select).value)

        def ticked(name: str) -> bool:
            return self.query_one(f"#{name}", Tick).value

        template = self._typed("template")
        return ReportOptions(
            title=self._typed("title"),
            themes=self._some("theme", self._choices.themes),
            final_only=ticked("final"),
            cases=self._some("case", self._choices.cases),
            waves=self._some("wave", self._choices.waves),
            excerpts="starred" if chosen("excerpts") == "starred" else "all" if chosen("excerpts") == "all" else "",
            by_code=chosen("by") == "code",
            attribution=chosen("attribution"),
            language=chosen("language"),
            questions=ticked("questions"),
            figures=ticked("figures"),
            codebook=ticked("codebook"),
            checklists=tuple(name for name in ("coreq", "srqr") if ticked(name)),
            names=ticked("names"),
            template=typed_path(template) if template else None,
        )

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _some(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        """Those that are ticked; empty when all of them are, so that later ones are with them."""
        chosen = self._ticked(name, values)
        return () if len(chosen) == len(values) else chosen


def attribution_words() -> dict[str, str]:
    """What each way of pointing to the informants prints."""
    return {
        "case+informant": _("case og informantnummer"),
        "masked": _("maskert case (Case A, Case B)"),
        "case": _("case"),
        "case+level": _("case og nivå"),
        "case+side": _("case og side"),
        "case+role": _("case og rolle"),
        "informant": _("informantnummer"),
    }


def _select(name: str, options: Sequence[tuple[str, str]], value: str) -> Select[str]:
    return Select(options, value=value, allow_blank=False, id=name, compact=True)


_TAKEN_BY: Mapping[str, tuple[str, ...]] = {
    "private": ("qdpx", "sqlite"),
    "no-withdrawn": ("qdpx", "sqlite"),
    "semicolon": ("csv",),
}
"""Id of a tick -> the formats for which it means anything."""


class ExportDialog(Dialog[ExportWanted]):
    """Which format, where to, and whose names and memos go along; formats of the whole project say that they are that."""

    WIDE = True

    def __init__(
        self, path: Path, formats: Sequence[str], about: str, *, whole: Mapping[str, str] | None = None
    ) -> None:
        """
        Args:
            path: where it is proposed to lie, without an ending.
            formats: those of a choice of excerpts or memos.
            about: what the choice is.
            whole: format -> what it has of the project, for those that take no choice.
        """
        super().__init__(_("Eksporter"))
        self._path = path
        self._whole = whole or {}
        self._formats = (*formats, *self._whole)
        self._about = about
        self._proposed = self._proposal(self._formats[0])

    def compose_body(self) -> ComposeResult:
        yield Static(safe(self._about), markup=False, classes="about", id="about")
        yield label(_("Format"))
        yield Select([(name, name) for name in self._formats], value=self._formats[0], allow_blank=False, id="format",
                     compact=True)  # fmt: skip
        yield label(_("Skrives til"))
        yield Input(self._proposed, id="path", compact=True)
        yield Tick(_("Ta med navn på dem som har kodet"), True, id="coders")
        if self._whole:
            yield Tick(_("Ta med dine private memoer"), False, id="private")
            yield Tick(_("Hold utenfor caser som har trukket seg"), False, id="no-withdrawn")
            yield Tick(_("Skill med semikolon, så norsk Excel åpner filen i kolonner"), False, id="semicolon")
        yield self.buttons(Button(_("Eksporter"), id="write", variant="primary"))

    def on_mount(self) -> None:
        self._offer(self._formats[0])

    def _offer(self, format_name: str) -> None:
        """Show the choices that the format takes, and no others."""
        for tick in self.query(Tick):
            tick.display = tick.id == "coders" or format_name in _TAKEN_BY[str(tick.id)]

    def _ticked(self, name: str, format_name: str) -> bool:
        """Whether a choice is made that the format takes."""
        return format_name in _TAKEN_BY[name] and any(tick.value for tick in self.query(f"#{name}").results(Tick))

    @on(Select.Changed, "#format")
    def _format_chosen(self, event: Select.Changed) -> None:
        name = str(event.value)
        self.query_one("#about", Static).update(safe(self._whole.get(name, self._about)))
        self._offer(name)
        line = self.query_one("#path", Input)
        if line.value == self._proposed:
            self._proposed = line.value = self._proposal(name)
        else:
            line.value = str(typed_path(line.value).with_suffix("." + name))

    def _proposal(self, format_name: str) -> str:
        stem = self._path.name.removesuffix(EXCERPTS) if format_name in self._whole else self._path.name
        return str(self._path.with_name(f"{stem}.{format_name}"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        path = self.query_one("#path", Input).value.strip()
        if path:
            format_name = str(self.query_one("#format", Select).value)
            self.dismiss(
                ExportWanted(
                    typed_path(path),
                    format_name,
                    self.query_one("#coders", Tick).value,
                    private=self._ticked("private", format_name),
                    withdrawn=not self._ticked("no-withdrawn", format_name),
                    semicolon=self._ticked("semicolon", format_name),
                )
            )

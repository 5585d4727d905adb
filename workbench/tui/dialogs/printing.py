"""What shall be printed, and to which file: a transcript, the excerpts of a code, or the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Input, Select

from codebooks.slugs import slugify
from workbench.services.printing import CodebookWanted, CodeWanted, TranscriptWanted, Wanted
from workbench.tui.dialogs.base import Dialog, label
from workbench.tui.presenting.paths import typed_path
from workbench.tui.transcript.display import safe_line
from workbench.tui.widgets.tick import Tick

ALL = ""
"""Stands for all sources."""


@dataclass(frozen=True, slots=True)
class PrintWanted:
    path: Path
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """What can be printed, and what the researcher is looking at."""

    beside: Path
    """Prints are proposed to lie in this folder, with this name in front of their own."""
    sources: Sequence[tuple[str, str]]
    """(id, name)."""
    codes: Sequence[tuple[str, str]]
    """(slug, name with what it lies under)."""
    what: str = "transcript"
    source: str = ALL
    code: str = ""
    case: str = ""
    coder: str = ""
    starred: bool = False


class PrintDialog(Dialog[PrintWanted]):
    """The fields follow what is to be printed; the file's name follows until it is typed over."""

    WIDE = True

    def __init__(self, printable: Printable) -> None:
        super().__init__(_("Skriv ut"))
        self._printable = printable
        self._proposed = ""

    def compose_body(self) -> ComposeResult:
        printable = self._printable
        kinds = [(_("Transkripsjon med linjenumre"), "transcript"), (_("Kodeboken"), "codebook")]
        if printable.codes:
            kinds.insert(1, (_("Utdragene med én kode"), "code"))
        known = {key for _words, key in kinds}
        what = printable.what if printable.what in known else "transcript"
        yield Select(kinds, value=what, allow_blank=False, id="what", compact=True)
        with Vertical(id="of-transcript", classes="fields"):
            yield from self._transcript_fields()
        with Vertical(id="of-code", classes="fields"):
            yield from self._code_fields()
        yield label(_("Format"))
        formats = [(_("Word (.docx)"), ".docx"), (_("PDF (gjennom LibreOffice)"), ".pdf")]
        yield Select(formats, value=".docx", allow_blank=False, id="format", compact=True)
        yield label(_("Skrives til"))
        yield Input(id="path", compact=True)
        yield self.buttons(Button(_("Skriv ut"), id="write", variant="primary"))

    def _transcript_fields(self) -> ComposeResult:
        printable = self._printable
        sources = [(_("Alle kilder"), ALL), *((safe_line(name), uid) for uid, name in printable.sources)]
        yield Select(sources, value=printable.source, allow_blank=False, id="source", compact=True)
        yield label(_("I margen"))
        margins = [
            (_("Koder og merknader"), "codes"),
            (_("Bare merknader"), "notes"),
            (_("Ingenting: til å kode for hånd på"), "blind"),
        ]
        yield Select(margins, value="codes", allow_blank=False, id="margin", compact=True)
        yield Input(placeholder=_("bare kodet av (tomt: alle)"), id="coder", compact=True)
        yield Tick(_("Nummer på hver linje (ellers hver femte)"), id="every")

    def _code_fields(self) -> ComposeResult:
        printable = self._printable
        codes = [(safe_line(name), slug) for slug, name in printable.codes]
        slugs = [slug for slug, _name in printable.codes]
        if codes:
            value = printable.code if printable.code in slugs else slugs[0]
            yield Select(codes, value=value, allow_blank=False, id="code", compact=True)
        yield Input(printable.case, placeholder=_("bare denne casen (tomt: alle)"), id="case", compact=True)
        yield Input(printable.coder, placeholder=_("bare kodet av (tomt: alle)"), id="code-coder", compact=True)
        yield Tick(_("Ta med underkodene"), value=True, id="below")
        yield Tick(_("Bare utvalgte sitater (★)"), value=printable.starred, id="starred")

    def on_mount(self) -> None:
        for fields in self.query(".fields"):
            fields.styles.height = "auto"
        self._follow()
        self.query_one("#what", Select).focus()

    @on(Select.Changed)
    def _follow(self) -> None:
        """Show the fields of what is to be printed, and propose a file for it."""
        what = self._chosen("what")
        self.query_one("#of-transcript").display = what == "transcript"
        self.query_one("#of-code").display = what == "code"
        line = self.query_one("#path", Input)
        if line.value == self._proposed:
            self._proposed = line.value = str(self._proposal(what))
        else:
            line.value = str(typed_path(line.value).with_suffix(self._chosen("format")))

    def _proposal(self, what: str) -> Path:
        beside = self._printable.beside
        names = {
            "transcript": dict(self._printable.sources).get(self._chosen("source"), _("transkripsjoner")),
            "code": self._chosen("code") if what == "code" else "",
            "codebook": _("kodebok"),
        }
        return beside.with_name(f"{beside.stem}-{slugify(names[what])}{self._chosen('format')}")

    def _chosen(self, name: str) -> str:
        return str(self.query_one(f"#{name}", Select).value)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _ticked(self, name: str) -> bool:
        return self.query_one(f"#{name}", Tick).value

    @on(Input.Submitted)
    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if self._typed("path"):
            self.dismiss(PrintWanted(typed_path(self._typed("path")), self._wanted()))

    def _wanted(self) -> Wanted:
        match self._chosen("what"):
            case "transcript":
                source, margin = self._chosen("source"), self._chosen("margin")
                return TranscriptWanted(
                    sources=() if source == ALL else (source,),
                    coder=self._typed("coder"),
                    every=1 if self._ticked("every") else 5,
                    codes=margin == "codes",
                    blind=margin == "blind",
                )
            case "code":
                return CodeWanted(
                    code=self._chosen("code"),
                    exact=not self._ticked("below"),
                    case=self._typed("case"),
                    coder=self._typed("code-coder"),
                    starred=self._ticked("starred"),
                )
            case _:
                return CodebookWanted()

"""Printing: transcripts with numbered lines and codes in the margin, the excerpts of a code, and the codebook.

What is written is a .docx file, or a PDF made of it with LibreOffice.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TypeAlias

from codebooks.tree import colour_of
from exports.errors import ExportError
from exports.files import write_atomic
from exports.models import Excerpt
from exports.paper import models
from exports.paper.layout import Line, lines_of, lines_spanned
from exports.paper.pdf import find_office, to_pdf
from workbench import language
from workbench.core.entities import Coding, MarginNote, Source
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.codebook import as_codebook, find_code, list_codes, list_themes
from workbench.services.naming import find_source
from workbench.services.notes import list_notes
from workbench.services.projects import facts
from workbench.services.retrieval import Filter, code_path, find_excerpts
from workbench.services.sources import SourceText, list_sources, show_source
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries

SUFFIXES = (".docx", ".pdf")
_LANGUAGE = "nb-NO"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptWanted:
    """Sources in numbered lines, with or without what was coded."""

    sources: tuple[str, ...] = ()
    """Names or ids; empty means all."""
    coder: str = ""
    """Print only this person's codings and notes."""
    every: models.Every = 5
    """Show each line's number, or every fifth."""
    codes: bool = True
    """Without codes the notes in the margin still stand there."""
    blind: bool = False
    """Nothing at all of what anybody coded or noted, and a ruled margin: for coding by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWanted:
    """All excerpts of a code and those below it."""

    code: str
    exact: bool = False
    """Without the codes below it."""
    case: str = ""
    coder: str = ""
    starred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookWanted:
    """The codebook on few pages."""


Wanted: TypeAlias = TranscriptWanted | CodeWanted | CodebookWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What was written, and what the researcher should know of it."""

    path: Path
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    document: bytes
    warnings: tuple[str, ...] = ()


def folder_for_prints(project: Project) -> Path:
    """The project's own folder, or the reader's where nothing can be written beside the project."""
    beside = project.path.resolve().parent
    return beside if os.access(beside, os.W_OK) else Path.home()


def print_out(
    project: Project,
    wanted: Wanted,
    path: Path,
    *,
    day: date | None = None,
    stamp: str | None = None,
    force: bool = False,
    progress: Progress = lambda done, total, what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Printed:
    """Write what is wanted as .docx or .pdf, as the file's ending says; its full path and what should be known of it.

    Args:
        project: what is printed from.
        wanted: what.
        path: where.
        day: the day of printing; today unless given. The same project, choice and day give the same .docx.
        stamp: what stands at the foot of every page instead of the data class and «Inneholder personopplysninger».
        force: write over a file that is there.
        progress: told how far it has come.
        cancelled: asked now and then; once it says yes nothing is written.

    Raises:
        NotFound: for a source or code that is not known.
        Refusal: for another ending, a file that is there (without `force`) or cannot be written, sources without text, or
            a PDF that LibreOffice is not there to make.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refusal(
            _("{file}: skriv ut til en fil som ender på {known}.").format(
                file=path.name, known=_(" eller ").join(SUFFIXES)
            )
        )
    if path.exists() and not force:
        raise Refusal(
            _("{path} finnes fra før og ble ikke rørt. Velg et annet navn, eller skriv over med --force.").format(
                path=path
            )
        )
    day = day or date.today()
    try:
        if suffix == ".pdf":
            find_office()
        with language.speaking(_LANGUAGE):
            made = _make(project, wanted, _sheet(project, wanted, day, stamp), progress, cancelled)
        content = made.document
        if suffix == ".pdf":
            progress(1, 2, _("Lager PDF"))
            content = to_pdf(content, path.resolve().parent, day, cancelled=cancelled)
        written = write_atomic(path, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    return Printed(path=written, warnings=made.warnings)


def _sheet(project: Project, wanted: Wanted, day: date, stamp: str | None) -> models.Sheet:
    if stamp is None:
        personal = "" if isinstance(wanted, CodebookWanted) else _("Inneholder personopplysninger")
        stamp = " – ".join(filter(None, (facts(project).data_class, personal)))
    return models.Sheet(project=facts(project).title, date=day, stamp=stamp, language=_LANGUAGE)


def _make(
    project: Project, wanted: Wanted, sheet: models.Sheet, progress: Progress, cancelled: Callable[[], bool]
) -> _Made:
    match wanted:
        case TranscriptWanted():
            return _transcripts(project, wanted, sheet, progress, cancelled)
        case CodeWanted():
            return _code(project, wanted, sheet)
        case CodebookWanted():
            return _codebook(project, sheet)


# -- transcripts


def _transcripts(
    project: Project,
    wanted: TranscriptWanted,
    sheet: models.Sheet,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> _Made:
    from exports.paper.transcript import render_transcripts

    found = [find_source(project, named) for named in wanted.sources] or list_sources(project)
    if not found:
        raise Refusal(_("Prosjektet har ingen kilder å skrive ut. Importer noen først."))
    looks = _code_looks(project)
    printed: list[models.PrintedSource] = []
    warnings: list[str] = []
    for done, source in enumerate(found):
        progress(done, 2 * len(found), source.name)
        if cancelled():
            raise Refusal(_("Utskriften ble stoppet. Ingenting er skrevet."))
        text = show_source(project, source)
        if not text.text.strip():
            warnings.append(_("{source} har ingen tekst og er ikke skrevet ut.").format(source=source.name))
            continue
        printed.append(_printed_source(project, text, wanted, looks))
        if wanted.codes and not wanted.blind and not printed[-1].codings:
            warnings.append(_no_codings(source, wanted.coder))
    if not printed:
        raise Refusal("\n".join(warnings))
    gone = exportable.withdrawn_cases(project)
    theirs = [each.name for each in printed if exportable.has_withdrawn(each.cases, gone)]
    if theirs:
        why = _("Fra caser som har trukket seg: {names}. Skriv ut uten dem før du gir papiret fra deg.")
        warnings.append(why.format(names=", ".join(theirs)))
    progress(1, 2, _("Setter opp sidene"))
    document = render_transcripts(sheet, printed, every=wanted.every, blind=wanted.blind)
    return _Made(document, tuple(warnings))


def _no_codings(source: Source, coder: str) -> str:
    if coder:
        return _("{source} har ingen kodinger av {coder}.").format(source=source.name, coder=coder)
    return _("{source} har ingen kodinger.").format(source=source.name)


def _printed_source(
    project: Project, text: SourceText, wanted: TranscriptWanted, looks: Mapping[str, tuple[str, str]]
) -> models.PrintedSource:
    source = text.source
    codings: list[Coding] = []
    notes: list[MarginNote] = []
    if not wanted.blind:
        notes = [each for each in list_notes(project, source) if _by(each.coder, wanted.coder)]
        if wanted.codes:
            of_source = coding_queries.codings(project.connection, source=source.id)
            codings = [each for each in of_source if each.end > each.start and _by(each.coder, wanted.coder)]
    several = len({each.coder for each in codings} | {each.coder for each in notes}) > 1
    return models.PrintedSource(
        name=source.name,
        kind=exportable.source_kind(source.kind),
        verbatim=source.verbatim,
        version=source.version_number,
        text=text.text,
        turns=_turns(text),
        cases=source.cases,
        date=source.date,
        wave=source.wave,
        codings=tuple(_printed_coding(each, looks, several=several) for each in codings),
        notes=tuple(
            models.PrintedNote(start=each.start, end=each.end, text=each.text, coder=each.coder if several else "")
            for each in notes
        ),
    )


def _by(coder: str, wanted: str) -> bool:
    return not wanted or coder.casefold() == wanted.casefold()


def _turns(text: SourceText) -> tuple[models.PrintedTurn, ...]:
    return tuple(
        models.PrintedTurn(
            number=turn.n + 1,
            label_start=turn.label_start,
            start=turn.start,
            end=turn.end,
            asking=turn.role == "interviewer",
        )
        for turn in text.turns
    )


def _printed_coding(each: Coding, looks: Mapping[str, tuple[str, str]], *, several: bool) -> models.PrintedCoding:
    name, colour = looks.get(each.code, (each.code_name, ""))
    return models.PrintedCoding(
        start=each.start,
        end=each.end,
        name=name,
        quote_id=each.quote,
        colour=colour,
        coder=each.coder if several else "",
        star=each.star,
    )


def _code_looks(project: Project) -> dict[str, tuple[str, str]]:
    """Code id -> what it is called in the margin, and its colour; names that two codes have come with those above."""
    entries, book = list_codes(project), as_codebook(project)
    called = Counter(entry.name.casefold() for entry in entries)
    return {
        entry.id: (
            code_path(entries, entry.id) if called[entry.name.casefold()] > 1 else entry.name,
            colour_of(book, entry.slug),
        )
        for entry in entries
    }


# -- excerpts of a code


def _code(project: Project, wanted: CodeWanted, sheet: models.Sheet) -> _Made:
    from exports.paper.excerpts import render_code

    entry = find_code(project, wanted.code)
    entries = list_codes(project)
    choice = Filter(code=entry.id, exact=wanted.exact, case=wanted.case, coder=wanted.coder, starred=wanted.starred)
    found = exportable.excerpts(project, find_excerpts(project, choice), entries, list_themes(project))
    book = as_codebook(project)
    code = next(code for code in book if code.slug == entry.slug)
    lines = _Lines(project)
    printed = models.CodePrint(
        code=replace(code, colour=colour_of(book, code.slug)),
        path=tuple(code_path(entries, entry.id).split(" › ")),
        excerpts=tuple(lines.placed(each) for each in found),
    )
    if not found:
        warnings = [_("Ingen utdrag passer; utskriften har bare det som er sagt om koden.")]
    else:
        gone = exportable.withdrawn_cases(project)
        theirs = sum(exportable.has_withdrawn(each.cases, gone) for each in found)
        why = ngettext(
            "{n} utdrag er fra en case som har trukket seg. Velg andre caser før du gir papiret fra deg.",
            "{n} utdrag er fra caser som har trukket seg. Velg andre caser før du gir papiret fra deg.",
            theirs,
        )
        warnings = [why.format(n=theirs)] if theirs else []
    return _Made(render_code(sheet, printed), tuple(warnings))


class _Lines:
    """The printed lines of the sources met so far, laid out once each."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._sources = {source.id: source for source in list_sources(project)}
        self._laid_out: dict[str, tuple[str, tuple[Line, ...]]] = {}

    def placed(self, excerpt: Excerpt) -> models.PlacedExcerpt:
        if excerpt.source not in self._laid_out:
            text = show_source(self._project, self._sources[excerpt.source])
            self._laid_out[excerpt.source] = (text.text, lines_of(text.text, _turns(text)))
        text_of, lines = self._laid_out[excerpt.source]
        first, last = lines_spanned(lines, text_of, excerpt.start, excerpt.end)
        return models.PlacedExcerpt(excerpt=excerpt, first_line=first, last_line=last)


# -- the codebook


def _codebook(project: Project, sheet: models.Sheet) -> _Made:
    from exports.paper.codebook import render_codebook

    book = as_codebook(project)
    tallies = {
        entry.slug: models.Tally(own=entry.codings, total=entry.codings_total, cases=entry.cases)
        for entry in list_codes(project)
    }
    warnings = () if book.codes else (_("Kodeboken er tom."),)
    return _Made(render_codebook(sheet, models.CodebookPrint(codebook=book, tallies=tallies)), warnings)

"""Exports: coded excerpts as csv, xlsx, json or md, and the coded corpus as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from importlib.metadata import version
from pathlib import Path

from exports.errors import ExportError
from exports.files import write_atomic
from exports.interchange.model import Loss
from exports.models import Excerpt, QuoteBank
from workbench import language
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.codebook import as_codebook, list_codes, list_themes
from workbench.services.left_out import left_out
from workbench.services.matrices import Place, crosstab
from workbench.services.projects import facts
from workbench.services.reporting import Written
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported(Written):
    """A file of excerpts."""

    left_out: tuple[Loss, ...]
    """Every kind of thing that the project has and the file has not, with how many there are."""


def export(
    project: Project,
    format_name: str,
    path: Path,
    wanted: Filter | None = None,
    *,
    day: date | None = None,
    coders: bool = True,
    semicolon: bool = False,
    force: bool = False,
) -> Exported:
    """Write the excerpts that `wanted` chooses.

    Args:
        project: where they are from.
        format_name: one of `FORMATS`.
        path: the file.
        wanted: which; all of them unless told.
        day: the day the file bears; today unless given.
        coders: without it, nobody's name as a coder is in the file.
        semicolon: a `csv` that Norwegian Excel opens in columns: semicolons between cells, and decimal commas.
        force: write over a file that is there.

    Raises:
        Refusal: for an unknown format, or when the file exists (without `force`) or cannot be written.
    """
    render = _csv_for_excel if semicolon and format_name == "csv" else RENDERERS.get(format_name)
    if render is None:
        raise Refusal(
            _("«{name}» er ikke et eksportformat. Velg en av: {known}.").format(
                name=format_name, known=", ".join(FORMATS)
            )
        )
    try:
        bank = quote_bank(project, wanted or Filter(), day=day or date.today(), coders=coders)
        with language.speaking(bank.language):
            content = render(project, bank)
        written = write_atomic(path, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    rest = left_out(project, format_name, {excerpt.id for excerpt in bank.excerpts})
    return Exported(path=written, warnings=_warnings(project, format_name, bank), left_out=rest)


def _warnings(project: Project, format_name: str, bank: QuoteBank) -> tuple[str, ...]:
    if not bank.excerpts:
        return (_("Ingen utdrag passer; filen har bare overskrifter."),)
    found = _from_withdrawn(project, bank)
    if format_name == "html":
        found += whole_texts(len({excerpt.source for excerpt in bank.excerpts}))
    return found


def _from_withdrawn(project: Project, bank: QuoteBank) -> tuple[str, ...]:
    """The warning that excerpts are from cases that have withdrawn, or that lie in one that has; nothing when none are."""
    gone = exportable.withdrawn_cases(project)
    number = sum(exportable.has_withdrawn(excerpt.cases, gone) for excerpt in bank.excerpts)
    if not number:
        return ()
    return (
        ngettext(
            "{n} utdrag er fra en case som har trukket seg. Velg andre caser før du gir filen fra deg.",
            "{n} utdrag er fra caser som har trukket seg. Velg andre caser før du gir filen fra deg.",
            number,
        ).format(n=number),
    )


def whole_texts(number: int) -> tuple[str, ...]:
    """The warning that goes with a file that has the whole texts of so many sources; nothing when it has none."""
    if not number:
        return ()
    return (
        ngettext(
            "Filen har hele teksten til {n} kilde. Del den bare med dem som har lov til å lese den.",
            "Filen har hele teksten til {n} kilder. Del den bare med dem som har lov til å lese dem.",
            number,
        ).format(n=number),
    )


def quote_bank(project: Project, wanted: Filter, *, day: date, coders: bool = True) -> QuoteBank:
    """Every excerpt that is wanted, with codebook, counts and a case x code table of those excerpts."""
    entries, themes = list_codes(project), list_themes(project)
    excerpts = exportable.excerpts(project, find_excerpts(project, wanted), entries, themes)
    if not coders:
        excerpts = [replace(excerpt, coder="", first_coder="") for excerpt in excerpts]
    return QuoteBank(
        title=facts(project).title,
        date=day,
        excerpts=tuple(excerpts),
        codebook=as_codebook(project),
        counts=tuple(
            exportable.counts(entry.slug, entry.name, [each for each in excerpts if each.code == entry.slug])
            for entry in entries
        ),
        matrix=exportable.matrix(crosstab(project, within=_places(project, excerpts))),
        software_version=version("kodebenk"),
    )


def _places(project: Project, excerpts: Iterable[Excerpt]) -> set[Place]:
    """What the tables beside the excerpts count: the excerpts' segments, no more."""
    ids = {entry.slug: entry.id for entry in list_codes(project)}
    return {(excerpt.source, excerpt.start, excerpt.end, ids.get(excerpt.code, "")) for excerpt in excerpts}


# Each format's libraries are loaded only when it is asked for: pandas alone takes half a second.


def _csv(project: Project, bank: QuoteBank) -> bytes:
    from exports.frames import render_csv
    from exports.tables import excerpt_table

    return render_csv(excerpt_table(bank.excerpts))


def _csv_for_excel(project: Project, bank: QuoteBank) -> bytes:
    from exports.frames import render_csv
    from exports.tables import excerpt_table

    return render_csv(excerpt_table(bank.excerpts), delimiter=";")


def _xlsx(project: Project, bank: QuoteBank) -> bytes:
    from exports.tables import tables_of
    from exports.workbook import render_workbook

    together = crosstab(project, rows="code", columns="code", within=_places(project, bank.excerpts))
    return render_workbook(tables_of(bank, exportable.matrix(together, row_kind="code")), bank.date, bank.title)


def _json(project: Project, bank: QuoteBank) -> bytes:
    from exports.records import render_json

    return render_json(bank)


def _markdown(project: Project, bank: QuoteBank) -> bytes:
    from exports.markdown import render_markdown

    return render_markdown(bank)


def _html(project: Project, bank: QuoteBank) -> bytes:
    from exports.html.model import Corpus
    from exports.html.page import render_corpus

    return render_corpus(Corpus(bank=bank, sources=exportable.source_texts(project, bank)))


Renderer = Callable[[Project, QuoteBank], bytes]
RENDERERS: Mapping[str, Renderer] = {"csv": _csv, "xlsx": _xlsx, "json": _json, "md": _markdown, "html": _html}
FORMATS = tuple(RENDERERS)

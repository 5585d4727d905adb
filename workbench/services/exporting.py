"""Exports: coded excerpts as csv, xlsx, json or md, and the coded corpus as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from importlib.metadata import version
from pathlib import Path

from exports.errors import ExportError
from exports.files import write_atomic
from exports.models import Excerpt, QuoteBank
from workbench import language
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.codebook import as_codebook, list_codes, list_themes
from workbench.services.matrices import Place, crosstab
from workbench.services.projects import facts
from workbench.services.reporting import Written
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Project


def export(
    project: Project,
    format_name: str,
    path: Path,
    wanted: Filter | None = None,
    *,
    day: date | None = None,
    coders: bool = True,
    force: bool = False,
) -> Written:
    """Write the excerpts that `wanted` chooses; the full path. Without `coders`, nobody's name as a coder is in the file.

    Raises:
        Refusal: for an unknown format, or when the file exists (without `force`) or cannot be written.
    """
    render = RENDERERS.get(format_name)
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
    return Written(path=written, warnings=_warnings(format_name, bank))


def _warnings(format_name: str, bank: QuoteBank) -> tuple[str, ...]:
    if not bank.excerpts:
        return (_("Ingen utdrag passer; filen har bare overskrifter."),)
    if format_name != "html":
        return ()
    return whole_texts(len({excerpt.source for excerpt in bank.excerpts}))


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

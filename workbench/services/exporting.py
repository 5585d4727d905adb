"""Exports: coded excerpts as csv, xlsx, json or md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from gettext import gettext as _
from importlib.metadata import version
from pathlib import Path

from exports.errors import ExportError
from exports.files import write_atomic
from exports.models import QuoteBank
from workbench import language
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.codebook import as_codebook, list_codes, list_themes
from workbench.services.matrices import crosstab
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
    force: bool = False,
) -> Written:
    """Write the excerpts that `wanted` chooses; the full path.

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
        bank = quote_bank(project, wanted or Filter(), day=day or date.today())
        with language.speaking(bank.language):
            content = render(bank)
        written = write_atomic(path, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    warnings = () if bank.excerpts else (_("Ingen utdrag passer; filen har bare overskrifter."),)
    return Written(path=written, warnings=warnings)


def quote_bank(project: Project, wanted: Filter, *, day: date) -> QuoteBank:
    """Every excerpt that is wanted, with codebook, counts and a case x code table."""
    entries, themes = list_codes(project), list_themes(project)
    excerpts = exportable.excerpts(project, find_excerpts(project, wanted), entries, themes)
    return QuoteBank(
        title=facts(project).title,
        date=day,
        excerpts=tuple(excerpts),
        codebook=as_codebook(project),
        counts=tuple(
            exportable.counts(entry.slug, entry.name, [each for each in excerpts if each.code == entry.slug])
            for entry in entries
        ),
        matrix=exportable.matrix(crosstab(project)),
        software_version=version("kodebenk"),
    )


# Each format's libraries are loaded only when it is asked for: pandas alone takes half a second.


def _csv(bank: QuoteBank) -> bytes:
    from exports.frames import render_csv
    from exports.tables import excerpt_table

    return render_csv(excerpt_table(bank.excerpts))


def _xlsx(bank: QuoteBank) -> bytes:
    from exports.tables import tables_of
    from exports.workbook import render_workbook

    return render_workbook(tables_of(bank), bank.date, bank.title)


def _json(bank: QuoteBank) -> bytes:
    from exports.records import render_json

    return render_json(bank)


def _markdown(bank: QuoteBank) -> bytes:
    from exports.markdown import render_markdown

    return render_markdown(bank)


RENDERERS: Mapping[str, Callable[[QuoteBank], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json, "md": _markdown}
FORMATS = tuple(RENDERERS)

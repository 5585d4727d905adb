"""The report: themes with their excerpts, counts and definitions, written as a Word document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from importlib.metadata import version
from pathlib import Path

from exports import models
from exports.errors import ExportError
from exports.files import write_atomic
from exports.quotations import informants_of, single_holder_roles
from exports.word import render_report
from workbench import language
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.errors import Refusal
from workbench.services import exportable
from workbench.services.codebook import as_codebook, descendants, find_theme, list_codes, list_themes
from workbench.services.matrices import crosstab
from workbench.services.projects import facts
from workbench.services.retrieval import Filter, find_excerpts
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What the lead chose; empty means all."""

    title: str = ""
    themes: tuple[str, ...] = ()
    """Titles or ids."""
    case: str = ""
    wave: str = ""
    starred_only: bool = False
    questions: bool = False
    template: Path | None = None
    language: str = "nb-NO"
    attribution: tuple[models.Attribute, ...] = ("case", "informant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    path: Path
    warnings: tuple[str, ...]


def build_report(project: Project, options: ReportOptions, *, day: date) -> models.Report:
    """Gather the report; the same project, options and day give the same report.

    Raises:
        NotFound: for a theme or case that is not known.
        Refusal: if nothing is coded within the choice.
    """
    entries, themes = list_codes(project), list_themes(project)
    chosen = [find_theme(project, each) for each in options.themes] or themes
    found = find_excerpts(project, Filter(case=options.case, wave=options.wave, starred=options.starred_only))
    excerpts = exportable.excerpts(project, found, entries, themes)
    chapters = [_chapter(theme, entries, excerpts) for theme in chosen]
    chapters = [chapter for chapter in chapters if chapter.excerpts or chapter.essence]
    if not chapters:
        raise Refusal(_("Det er ingenting å skrive rapport om: ingen koding passer til valget."))
    return models.Report(
        title=options.title or facts(project).title,
        date=day,
        project=facts(project).title,
        language=options.language,
        method=_method(project, entries),
        chapters=tuple(chapters),
        matrix=_case_by_theme(project),
        codebook=as_codebook(project),
        attribution=options.attribution,
        show_questions=options.questions,
    )


def identifying(project: Project, report: models.Report) -> list[str]:
    """What in the report could point to one person: roles in it that a single informant of the project holds in a case."""
    printed = informants_of(excerpt for chapter in report.chapters for excerpt in chapter.excerpts)
    quoted = {(case, informant.role) for informant in printed for case in informant.cases}
    everybody = [
        models.Informant(
            number=each.number, role=each.role, cases=tuple(case for case in each.cases if (case, each.role) in quoted)
        )
        for each in queries.informants(project.connection)
    ]
    return single_holder_roles(informant for informant in everybody if informant.cases)


def write_report(
    project: Project,
    path: Path,
    options: ReportOptions | None = None,
    *,
    day: date | None = None,
    force: bool = False,
    warn: Callable[[str], None] = lambda warning: None,
) -> Written:
    """Write the Word report; its full path and the warnings that were given, each told to `warn` before writing.

    Raises:
        Refusal: if there is nothing to report, the template cannot be used, or the file exists (without `force`).
    """
    options = options or ReportOptions()
    report = build_report(project, options, day=day or date.today())
    warnings = tuple(identifying(project, report))
    for warning in warnings:
        warn(warning)
    try:
        template = options.template.read_bytes() if options.template else None
        with language.speaking(options.language):
            content = render_report(report, template)
        written = write_atomic(path, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(
            _("Kan ikke lese malen {file}: {why}.").format(file=options.template, why=error.strerror)
        ) from None
    return Written(path=written, warnings=warnings)


def _chapter(theme: ThemeEntry, entries: list[CodeEntry], excerpts: Sequence[models.Excerpt]) -> models.ThemeChapter:
    members = set[str]().union(*(descendants(entries, code) for code in theme.codes))
    codes = [entry for entry in entries if entry.id in members]
    slugs = {entry.slug for entry in codes}
    within = [excerpt for excerpt in excerpts if excerpt.code in slugs]
    return models.ThemeChapter(
        title=theme.title,
        essence=theme.essence,
        definitions=tuple(
            models.Definition(name=entry.name, text=entry.definition or entry.brief)
            for entry in codes
            if entry.id in theme.codes and (entry.definition or entry.brief)
        ),
        counts=tuple(
            exportable.counts(entry.slug, entry.name, [each for each in within if each.code == entry.slug])
            for entry in codes
            if any(each.code == entry.slug for each in within)
        ),
        total=exportable.counts("", theme.title, within),
        excerpts=tuple(within),
    )


def _case_by_theme(project: Project) -> models.Matrix:
    """Case x top-level code, with the codes' names as headings."""
    table = crosstab(project, rows="case", columns="code", cells="segments", top_level=True)
    names = {entry.slug: entry.name for entry in list_codes(project)}
    made = exportable.matrix(table, column_kind="theme")
    return models.Matrix(
        rows=made.rows,
        columns=tuple(names[slug] for slug in made.columns),
        cells=made.cells,
        measure=made.measure,
        row_kind="case",
        column_kind="theme",
    )


def _method(project: Project, entries: Sequence[CodeEntry]) -> models.Method:
    connection = project.connection
    sources = queries.sources(connection)
    kinds = {source.kind for source in sources}
    codings = coding_queries.codings(connection)
    finished = {
        source
        for (source, _coder), status in coding_queries.reading_statuses(connection).items()
        if status == "finished"
    }
    return models.Method(
        sources=tuple(
            (exportable.source_kind(kind), sum(source.kind == kind for source in sources)) for kind in sorted(kinds)
        ),
        words=sum(len(text.split()) for text in queries.texts(connection).values()),
        informants=len({number for source in sources for number in source.informants}),
        cases=len({case for source in sources for case in source.cases}),
        coders=len({coding.coder for coding in codings}),
        codes=sum(entry.status == "active" for entry in entries),
        codings=len(codings),
        codings_from_suggestions=sum(coding.origin == "suggestion" for coding in codings),
        finished_sources=len(finished),
        software_version=version("kodebenk"),
    )

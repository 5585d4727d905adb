"""The report: themes with their excerpts, counts and definitions, written as a Word document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Literal

from exports import models
from exports.checklists.answers import filled
from exports.checklists.wording import CHECKLISTS
from exports.errors import ExportError
from exports.files import free_path, write_atomic
from exports.quotations import unite
from exports.report.masking import masks as masks_of
from exports.word import render_report
from workbench import language
from workbench.core.entities import Coding, Source, ThemeEntry
from workbench.core.ids import new_id
from workbench.errors import Refusal
from workbench.services import exportable, study
from workbench.services.chapters import Place, chapter, masked, overview, printed_forms, with_voices
from workbench.services.codebook import as_codebook, find_theme, list_codes, list_themes
from workbench.services.finding import cases_within
from workbench.services.identifying import Risk, risks_in
from workbench.services.material import by_case, holding, method, ordered_cases, study_answers
from workbench.services.reported import ReportChange, changes_since, manifest
from workbench.services.retrieval import Excerpt, Filter, find_excerpts
from workbench.store.project import Project
from workbench.store.queries import corpus as queries

ATTRIBUTIONS: Mapping[str, tuple[models.Attribute, ...]] = {
    "case+informant": ("case", "informant"),
    "masked": ("case",),
    "case": ("case",),
    "case+level": ("case", "level"),
    "case+side": ("case", "side"),
    "case+role": ("case", "role"),
    "informant": ("informant",),
}
"""What stands after a quotation, by what the choice is called; `masked` calls the cases Case A, Case B and so on."""
Chosen = Literal["", "starred", "all"]
FEWEST, MOST = 3, 5
"""Selected quotations that a theme does well with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What the lead chose; empty means all."""

    title: str = ""
    themes: tuple[str, ...] = ()
    """Titles or ids."""
    final_only: bool = False
    """Only themes that are marked as final."""
    cases: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    excerpts: Chosen = ""
    """`starred` or `all`; when nothing is said the starred ones, or all of them as long as none is starred."""
    by_code: bool = False
    """Excerpts stand under codes instead of under cases."""
    questions: bool = False
    figures: bool = True
    codebook: bool = True
    checklists: tuple[str, ...] = ("coreq", "srqr")
    template: Path | None = None
    language: str = "nb-NO"
    attribution: str = ""
    """One of ATTRIBUTIONS; when nothing is said the first, less what the project does not allow."""
    update_fields: bool = False
    names: bool = True
    """Look for names of persons and places in the words that are printed, which takes some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report that is ready to be looked over and written."""

    report: models.Report
    options: ReportOptions
    themes: tuple[ThemeEntry, ...]
    """Those of the chapters, in the same order."""
    excerpts: tuple[Excerpt, ...]
    """What is printed, as the project knows it."""
    warnings: tuple[str, ...]
    """What the lead should know before it is written, who could be identified aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    path: Path
    warnings: tuple[str, ...]
    risks: tuple[Risk, ...] = ()
    changes: tuple[ReportChange, ...] = ()
    """What is other than in the report of the same title before this one."""


def build_report(project: Project, options: ReportOptions, *, day: date) -> models.Report:
    """Gather the report; the same project, options and day give the same report.

    Raises:
        NotFound: for a theme or case that is not known.
        Refusal: if nothing is coded within the choice, or the attribution is not allowed.
    """
    return prepare(project, options, day=day).report


def prepare(project: Project, options: ReportOptions, *, day: date) -> Prepared:
    """The report with what belongs to it; raises what `build_report` does."""
    known = study.facts_of(project)
    attribution = _attribution(options, study.allowed(known))
    found, withdrawn = _within(project, options)
    forms, warnings = printed_forms(found)
    warnings += _left_out(withdrawn)
    starred = _only_starred(options, found, warnings)
    with language.speaking(_spoken(options.language)):
        order = ordered_cases(project)
        masks = masks_of(order) if options.attribution == "masked" else {}
        wholes = _wholes(project, options, found, forms, masks, numbers="informant" in attribution)
        shown = models.Report(title=options.title or known["title"], date=day, attribution=attribution)
        report = _report(
            project, options, known, wholes, [each.coding for each in found],
            [(case, masks.get(case, case)) for case in order], shown, starred,
        )  # fmt: skip
    if starred:
        warnings += _star_counts(report.chapters)
    warnings += _asked(report.chapters)
    printed = {excerpt.id for each in report.chapters for excerpt in each.excerpts}
    return Prepared(
        report=report,
        options=options,
        themes=tuple(theme for theme, _whole in wholes),
        excerpts=tuple(each for each in found if each.coding.id in printed),
        warnings=tuple(warnings),
    )


def _wholes(
    project: Project,
    options: ReportOptions,
    found: Sequence[Excerpt],
    forms: Mapping[Place, str],
    masks: Mapping[str, str],
    *,
    numbers: bool,
) -> list[tuple[ThemeEntry, models.ThemeChapter]]:
    """The chosen themes that have something in them, each with everything that is coded within the choice."""
    entries = list_codes(project)
    turns = {each.coding.id: each.turns for each in found}
    ready = [
        with_voices(
            replace(each, shown=forms.get((each.source, each.start, each.end), "")), turns[each.id], numbers=numbers
        )
        for each in exportable.excerpts(project, found, entries, list_themes(project))
    ]
    if options.attribution == "masked":
        ready = [masked(each, masks) for each in ready]
    everything = [(theme, chapter(theme, entries, ready)) for theme in _chosen_themes(project, options)]
    kept = [(theme, whole) for theme, whole in everything if whole.excerpts or whole.essence]
    if not any(whole.excerpts for _theme, whole in kept):
        raise Refusal(_("Det er ingenting å skrive rapport om: ingen koding passer til valget."))
    return kept


def _report(
    project: Project,
    options: ReportOptions,
    known: Mapping[str, str],
    wholes: Sequence[tuple[ThemeEntry, models.ThemeChapter]],
    codings: Sequence[Coding],
    cases: Sequence[tuple[str, str]],
    begun: models.Report,
    starred: bool,
) -> models.Report:
    """The report with everything in it but its title, date and attribution, which it has been begun with.

    `codings` are those within the choice, `cases` are (name, as it is printed) in order; of the chapters only what is
    starred is printed when `starred`.
    """
    chapters = tuple(
        replace(whole, excerpts=tuple(each for each in whole.excerpts if each.star or not starred))
        for _theme, whole in wholes
    )
    called = dict(cases)
    sources = _sources(project, options)
    material = by_case(sources, list(called))
    matrix, bars = overview(
        [(whole.title, whole.excerpts) for _theme, whole in wholes],
        [called[each.case] for each in material if each.case],
    )
    drawn = options.figures and len(matrix.rows) > 1
    entries = list_codes(project)
    facts = method(project, sources, entries, codings, approach=known.get("approach", ""))
    answers = study_answers(
        project, sources, facts, known, chapters, entries, codings, title=begun.title,
        quotations=len(unite(excerpt for each in chapters for excerpt in each.excerpts)),
        participants_shown="informant" in begun.attribution,
    )  # fmt: skip
    return replace(
        begun,
        project=known["title"],
        author=known.get("authors", ""),
        institution=known.get("institution", ""),
        data_class=known.get("data_class", ""),
        caveat=known.get("caveat", ""),
        language=options.language,
        method=facts,
        material=tuple(replace(each, case=called.get(each.case, "")) for each in material),
        material_total=holding(sources),
        chapters=chapters,
        matrix=matrix,
        bars=bars if drawn else None,
        heat=matrix if drawn else None,
        codebook=as_codebook(project) if options.codebook else None,
        checklists=tuple(
            filled(name, answers, known, options.language) for name in CHECKLISTS if name in options.checklists
        ),
        show_questions=options.questions,
        by_code=options.by_code,
        title_page=True,
        update_fields=options.update_fields,
    )


def identifying(project: Project, prepared: Prepared) -> list[Risk]:
    """What in the report could point to one person, the worst first."""
    return risks_in(
        project, prepared.report, prepared.excerpts, masked=prepared.options.attribution == "masked",
        names=prepared.options.names,
    )  # fmt: skip


def changes(project: Project, prepared: Prepared) -> tuple[ReportChange, ...]:
    """What is other than when a report with this title was last written; nothing when none was."""
    return changes_since(project, prepared.report.title, manifest(prepared.report, prepared.themes))


def write_report(
    project: Project,
    path: Path,
    options: ReportOptions | None = None,
    *,
    day: date | None = None,
    force: bool = False,
    warn: Callable[[str], None] = lambda warning: None,
) -> Written:
    """Look the report over and write it; what could identify somebody, and other warnings, are told to `warn` first.

    A file that is there is left alone unless `force`: the report gets the next free name, as `rapport-2.docx`. That the
    report was written goes into the journal, with the risks that stood, unless the project is open for reading only.

    Raises:
        Refusal: if there is nothing to report, the template cannot be used, or the file cannot be written.
    """
    options = options or ReportOptions()
    prepared = prepare(project, options, day=day or date.today())
    risks = identifying(project, prepared)
    for warning in (*prepared.warnings, *(risk.text for risk in risks)):
        warn(warning)
    return write_prepared(project, path, prepared, risks, force=force, warn=warn)


def write_prepared(
    project: Project,
    path: Path,
    prepared: Prepared,
    risks: Sequence[Risk],
    *,
    force: bool = False,
    warn: Callable[[str], None] = lambda warning: None,
) -> Written:
    """Write a report that has been looked over; see `write_report`."""
    options, report = prepared.options, prepared.report
    told = [*prepared.warnings, *(risk.text for risk in risks)]

    def say(warning: str) -> None:
        told.append(warning)
        warn(warning)

    if path.suffix.lower() != ".docx":
        raise Refusal(_("Rapporten skrives som .docx, ikke «{file}».").format(file=path.name))
    target = path if force else free_path(path)
    if target != path:
        say(_("{file} finnes fra før og er ikke rørt.").format(file=path.name))
    different = changes(project, prepared)
    content = _rendered(report, options)
    try:
        if project.readonly:
            say(_("Prosjektet er åpnet for lesing, så rapporten er ikke ført i revisjonssporet."))
            written = write_atomic(target, content, overwrite=force)
        else:
            with project.write() as act:
                card = _card(prepared, risks, target)
                act.record("report.write", {"id": new_id(), "card": act.card(card)})
                # Inside the transaction: a report that could not be written is not in the journal.
                written = write_atomic(target, content, overwrite=force)
    except ExportError as error:
        raise Refusal(str(error)) from None
    return Written(path=written, warnings=tuple(told), risks=tuple(risks), changes=different)


def _rendered(report: models.Report, options: ReportOptions) -> bytes:
    try:
        template = options.template.read_bytes() if options.template else None
        with language.speaking(_spoken(options.language)):
            return render_report(report, template)
    except ExportError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(
            _("Kan ikke lese malen {file}: {why}.").format(file=options.template, why=error.strerror)
        ) from None


def _card(prepared: Prepared, risks: Sequence[Risk], target: Path) -> dict[str, object]:
    """What the journal keeps: how it was asked for, what was printed, and what could identify somebody in spite of that."""
    options = prepared.options
    kinds = [risk.kind for risk in risks]
    return {
        "title": prepared.report.title,
        "file": target.name,
        "day": prepared.report.date.isoformat(),
        "language": options.language,
        "attribution": options.attribution or next(iter(ATTRIBUTIONS)),
        "excerpts": options.excerpts,
        "themes": list(options.themes),
        "cases": list(options.cases),
        "waves": list(options.waves),
        "template": options.template.name if options.template else "",
        "risks": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "stood": sorted({risk.quote for risk in risks if risk.quote}),
        "names_searched": options.names,
        "manifest": manifest(prepared.report, prepared.themes),
    }


# -- choosing


def _chosen_themes(project: Project, options: ReportOptions) -> list[ThemeEntry]:
    themes = [find_theme(project, each) for each in options.themes] or list_themes(project)
    return [theme for theme in themes if theme.status == "final" or not options.final_only]


def _within(project: Project, options: ReportOptions) -> tuple[list[Excerpt], int]:
    """(excerpts of the cases and waves that were chosen, whatever their codes; how many more there are of the withdrawn)."""
    chosen = {source.id for source in _of_choice(project, options)}
    found = [
        each
        for each in find_excerpts(project, Filter())
        if each.source.id in chosen and each.coding.end > each.coding.start
    ]
    gone = exportable.withdrawn_cases(project)
    kept = [
        each
        for each in found
        if not exportable.has_withdrawn(each.source.cases, gone)
        and not (each.informant and exportable.has_withdrawn(each.informant.cases, gone))
    ]
    return kept, len(found) - len(kept)


def _left_out(withdrawn: int) -> list[str]:
    """That what cases have said that have withdrawn is not printed."""
    if not withdrawn:
        return []
    return [
        ngettext(
            "{n} utdrag fra en case som har trukket seg, er ikke med i rapporten.",
            "{n} utdrag fra caser som har trukket seg, er ikke med i rapporten.",
            withdrawn,
        ).format(n=withdrawn)
    ]


def _sources(project: Project, options: ReportOptions) -> list[Source]:
    """Sources of the cases and waves that were chosen, without those that are theirs alone who have withdrawn."""
    gone = exportable.withdrawn_cases(project)
    return [each for each in _of_choice(project, options) if not exportable.has_withdrawn(each.cases, gone)]


def _of_choice(project: Project, options: ReportOptions) -> list[Source]:
    """Sources of the cases and waves that were chosen, those of cases that lie in a case with it."""
    cases = queries.cases(project.connection)
    allowed = set[str]().union(*(cases_within(project, case, cases) or set() for case in options.cases))
    return [
        source
        for source in queries.sources(project.connection)
        if (not options.cases or not allowed.isdisjoint(source.cases))
        and (not options.waves or source.wave in options.waves)
    ]


def _spoken(tag: str) -> str:
    """A language tag as the message catalogues are named: `nn_NO` finds `nn`."""
    return tag.replace("-", "_")


def _attribution(options: ReportOptions, allowed: Collection[str]) -> tuple[models.Attribute, ...]:
    if not options.attribution:
        return tuple(each for each in next(iter(ATTRIBUTIONS.values())) if each in allowed)
    if options.attribution not in ATTRIBUTIONS:
        raise Refusal(
            _("«{name}» er ingen måte å vise til informantene på. Velg en av: {known}.").format(
                name=options.attribution, known=", ".join(ATTRIBUTIONS)
            )
        )
    chosen = ATTRIBUTIONS[options.attribution]
    barred = [each for each in chosen if each not in allowed] if options.attribution != "masked" else []
    if barred:
        raise Refusal(
            _(
                "Prosjektet tillater ikke at «{name}» står etter sitater (attribution.allowed er {allowed}). Velg en annen "
                "måte, eller endre det med «kodebenk study»."
            ).format(name=barred[0], allowed=", ".join(allowed))
        )
    return chosen


def _only_starred(options: ReportOptions, found: Sequence[Excerpt], warnings: list[str]) -> bool:
    if options.excerpts:
        return options.excerpts == "starred"
    if any(each.coding.star for each in found):
        return True
    warnings.append(_("Ingen sitater er utvalgt (★), så alle utdrag er med."))
    return False


def _asked(chapters: Iterable[models.ThemeChapter]) -> list[str]:
    """That some of what is printed is what the interviewer said."""
    n = len(unite(each for chapter in chapters for each in chapter.excerpts if each.voice == "interviewer"))
    if not n:
        return []
    return [
        ngettext(
            "{n} utdrag er intervjuerens egne ord. Det er merket i rapporten, men telles som de andre.",
            "{n} utdrag er intervjuerens egne ord. De er merket i rapporten, men telles som de andre.",
            n,
        ).format(n=n)
    ]


def _star_counts(chapters: Iterable[models.ThemeChapter]) -> list[str]:
    """Themes with fewer or more selected quotations than do a theme good."""
    told = []
    for each in chapters:
        n = len(unite(each.excerpts))
        if n < FEWEST:
            told.append(
                ngettext(
                    "Temaet «{theme}» har bare {n} utvalgt sitat (★). Tre til fem er passe.",
                    "Temaet «{theme}» har bare {n} utvalgte sitater (★). Tre til fem er passe.",
                    n,
                ).format(theme=each.title, n=n)
            )
        elif n > MOST:
            told.append(
                _("Temaet «{theme}» har {n} utvalgte sitater (★). Tre til fem er passe.").format(theme=each.title, n=n)
            )
    return told

"""What the material of a report is: sources by kind and case, how it was coded, and what checklists ask about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from typing import get_args

from exports import labels, models
from exports.checklists.answers import Study
from workbench.core.entities import CodeEntry, Coding, Source
from workbench.services import exportable
from workbench.services.articles import is_known
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries


def ordered_cases(project: Project) -> list[str]:
    """Names of the cases in the order their first source was taken in, so that a new source moves none before it."""
    met = [case for source in queries.sources(project.connection) for case in source.cases]
    return list(dict.fromkeys([*met, *(case.name for case in queries.cases(project.connection))]))


def method(
    project: Project,
    sources: Sequence[Source],
    entries: Sequence[CodeEntry],
    codings: Sequence[Coding],
    *,
    approach: str,
) -> models.Method:
    """The facts of the method paragraph, of these sources and codings; the codebook is the whole project's."""
    connection = project.connection
    kinds = {source.kind for source in sources}
    chosen = {source.id for source in sources}
    everything = len(queries.sources(connection))
    finished = {
        source
        for (source, _coder), status in coding_queries.reading_statuses(connection).items()
        if status == "finished" and source in chosen
    }
    return models.Method(
        sources=tuple(
            (exportable.source_kind(kind), sum(source.kind == kind for source in sources)) for kind in sorted(kinds)
        ),
        sources_in_all=everything if len(sources) < everything else 0,
        words=sum(len(text.split()) for source, text in queries.texts(connection).items() if source in chosen),
        informants=len({number for source in sources for number in source.informants}),
        cases=len({case for source in sources for case in source.cases}),
        coders=len({coding.coder for coding in codings}),
        codes=sum(entry.status == "active" for entry in entries),
        codings=len(codings),
        codings_from_suggestions=sum(coding.origin == "suggestion" for coding in codings),
        finished_sources=len(finished),
        software_version=version("kodebenk"),
        approach=approach,
    )


def by_case(sources: Sequence[Source], order: Sequence[str]) -> list[models.CaseMaterial]:
    """What these sources hold of each case they belong to, those of none last; a source of several cases counts in each."""
    by_name = [(case, [source for source in sources if case in source.cases]) for case in order]
    by_name.append(("", [source for source in sources if not source.cases]))
    return [holding(own, case) for case, own in by_name if own]


def holding(sources: Sequence[Source], case: str = "") -> models.CaseMaterial:
    """How many of each kind these sources are, and how many take part in them."""
    return models.CaseMaterial(
        case=case,
        sources=Counter(exportable.source_kind(source.kind) for source in sources),
        informants=len({number for source in sources for number in source.informants}),
    )


def study_answers(
    project: Project,
    sources: Sequence[Source],
    facts: models.Method,
    known: Mapping[str, str],
    chapters: Sequence[models.ThemeChapter],
    entries: Sequence[CodeEntry],
    codings: Sequence[Coding],
    *,
    title: str,
    quotations: int,
    participants_shown: bool,
) -> Study:
    """What the checklists' answers are computed from, of these sources and codings."""
    connection = project.connection
    days = [_day(source.date) for source in sources]
    # One source without a date may be the first or the last of them.
    dates = sorted(day for day in days if day is not None) if None not in days else []
    informants = queries.informants(connection)
    taking_part = Counter(number for source in sources for number in source.informants)
    sides = Counter(each.side for each in informants if each.side and each.number in taking_part)
    origins = Counter(coding.origin for coding in codings)
    return Study(
        method=facts,
        title=title,
        approval=known.get("approval", ""),
        data_class=known.get("data_class", ""),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        modes=tuple(dict.fromkeys(source.mode for source in sources if source.mode)),
        roles=tuple(sorted(sides.items())),
        repeated=sum(times > 1 for times in taking_part.values()),
        minutes=tuple(length for source in sources if (length := _minutes(project, source))),
        new_codes=_new_codes(sources, codings),
        origins=tuple(
            (labels.origin(origin), origins[origin]) for origin in get_args(models.Origin) if origins[origin]
        ),
        themes=len(chapters),
        theme_codes=len({counts.code for chapter in chapters for counts in chapter.counts}),
        quotations=quotations,
        participants_shown=participants_shown,
        definitions=sum(bool(entry.definition or entry.brief) for entry in entries if entry.status == "active"),
    )


def _day(text: str) -> date | None:
    """A date that is written in full; one that is only a year or a month says nothing of first and last."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _minutes(project: Project, source: Source) -> int:
    """Where in the recording the last time code stands, in minutes; 0 without time codes."""
    times = [time for row in queries.turn_rows(project.connection, source) for time in row[7:9] if time is not None]
    return round(max(times) / 60_000) if times else 0


def _new_codes(sources: Sequence[Source], codings: Sequence[Coding]) -> tuple[int, ...]:
    """How many codes are met for the first time in each coded source, by date; nothing when one of them has none."""
    codes: dict[str, set[str]] = {}
    for coding in codings:
        codes.setdefault(coding.source, set()).add(coding.code)
    if any(source.id in codes and not is_known(source.date) for source in sources):
        return ()
    seen = set[str]()
    new = []
    for source in sorted(sources, key=lambda each: (each.date, each.ordinal)):
        if source.id in codes:
            new.append(len(codes[source.id] - seen))
            seen |= codes[source.id]
    return tuple(new)

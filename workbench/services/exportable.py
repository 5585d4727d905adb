"""The project's codings as the values that reports and exports print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from gettext import gettext as _
from typing import get_args

from corpus.model import SOURCE_KINDS, SourceKind
from exports import labels, models
from exports.html.model import SourceText, Stretch
from workbench.core.entities import CodeEntry, Source, ThemeEntry
from workbench.core.matrix import Matrix
from workbench.services.articles import citation, is_published
from workbench.services.cases import below, list_cases
from workbench.services.memos import shared_memos
from workbench.services.retrieval import Excerpt, code_path
from workbench.store.project import Project
from workbench.store.queries import corpus as queries


def excerpts(
    project: Project, found: Iterable[Excerpt], entries: Sequence[CodeEntry], themes: Sequence[ThemeEntry]
) -> list[models.Excerpt]:
    """Excerpts ready for print. What has lost its text to an edit is left out, and so are private memos."""
    memos: dict[str, list[str]] = {}
    for memo in shared_memos(project):
        if memo.target_kind == "coding" and memo.kind == "memo":
            memos.setdefault(memo.target, []).append(memo.text)
    titles = _theme_titles(entries, themes)
    return [_excerpt(each, entries, titles, memos) for each in found if each.coding.end > each.coding.start]


def withdrawn_cases(project: Project) -> frozenset[str]:
    """Names of the cases that have withdrawn, and of those that lie in one."""
    cases = list_cases(project)
    gone = {uid for case in cases if case.withdrawn for uid in below(cases, case.id)}
    return frozenset(case.name for case in cases if case.id in gone)


def has_withdrawn(cases: Iterable[str], gone: Set[str]) -> bool:
    """Whether what belongs to these cases belongs to none but such as have withdrawn; what has no case has not."""
    own = set(cases)
    return bool(own) and own <= gone


def counts(entry_code: str, name: str, found: Sequence[models.Excerpt]) -> models.CodeCounts:
    """How many distinct segments, sources, informants and cases stand behind these excerpts."""
    return models.CodeCounts(
        code=entry_code,
        name=name,
        segments=len({each.id for each in found}),
        sources=len({each.source for each in found}),
        informants=len({each.informant for each in found if each.informant}),
        cases=len({case for each in found for case in each.cases}),
    )


def matrix(
    table: Matrix, *, row_kind: models.Dimension = "case", column_kind: models.Dimension = "code"
) -> models.Matrix:
    return models.Matrix(
        rows=table.rows,
        columns=table.columns,
        cells=table.cells
        if table.measure == "share"
        else tuple(tuple(int(value) for value in row) for row in table.cells),
        measure=table.measure,
        row_kind=row_kind,
        column_kind=column_kind,
    )


def source_texts(project: Project, bank: models.QuoteBank) -> tuple[SourceText, ...]:
    """The texts that the bank's excerpts stand in, in order of import, each under a label that may be shown."""
    connection = project.connection
    wanted = {excerpt.source for excerpt in bank.excerpts}
    chosen = [source for source in queries.sources(connection) if source.id in wanted]
    waves = len({source.wave for source in chosen}) > 1
    names = [_label(source, bank.attribution, wave=waves) for source in chosen]
    found = []
    for n, source in enumerate(chosen):
        number = names[: n + 1].count(names[n])
        found.append(
            SourceText(
                id=source.id,
                label=f"{names[n]} ({number})" if names.count(names[n]) > 1 else names[n],
                language=source.language or "nb",
                text=queries.text_of(connection, source.version),
                cases=source.cases,
                turns=tuple(
                    Stretch(turn.label_start, turn.start, turn.end, turn.role == "interviewer")
                    for turn in queries.turns(connection, source)
                ),
            )
        )
    return tuple(found)


def _label(source: Source, shown: Sequence[models.Attribute], *, wave: bool) -> str:
    """What a text may be called: what is published by its name, the rest by informants, case and kind.

    File names tend to hold the names of people.
    """
    kind = source_kind(source.kind)
    if is_published(kind):
        return citation(source)
    parts = [
        ", ".join(source.informants) if "informant" in shown else "",
        ", ".join(source.cases) if "case" in shown else "",
    ]
    if wave and source.wave:
        parts.append(_("bølge {wave}").format(wave=source.wave))
    return " · ".join([*filter(None, parts), labels.source_kind(kind)])


def source_kind(value: str) -> SourceKind:
    return next(kind for kind in SOURCE_KINDS if kind == value)


def _excerpt(
    each: Excerpt, entries: Sequence[CodeEntry], titles: dict[str, tuple[str, ...]], memos: dict[str, list[str]]
) -> models.Excerpt:
    coding, source, informant = each.coding, each.source, each.informant
    return models.Excerpt(
        id=coding.id,
        quote_id=coding.quote,
        source=source.id,
        source_name=source.name,
        published=citation(source) if is_published(source.kind) else "",
        source_kind=source_kind(source.kind),
        verbatim=source.verbatim,
        start=coding.start,
        end=coding.end,
        text=coding.text,
        code=coding.slug,
        code_name=coding.code_name,
        code_path=tuple(code_path(entries, coding.code).split(" › ")),
        coder=coding.coder,
        origin=_origin(coding.origin),
        created=datetime.fromisoformat(coding.created),
        themes=tuple(dict.fromkeys((*titles.get(coding.code, ()), *titles.get(coding.id, ())))),
        cases=source.cases,
        informant=informant.number if informant else "",
        role=informant.role if informant else "",
        side=informant.side if informant else "",
        level=informant.level if informant else "",
        wave=source.wave,
        language=source.language or "nb",
        star=coding.star,
        assessment=coding.assessment,
        question=each.question or None,
        before=each.before,
        after=each.after,
        time_ms=each.time_ms,
        memo="\n\n".join(memos.get(coding.id, ())),
        first_coder=coding.first_coder if coding.recoded else "",
        voice=_voice(each),
        turn=each.turns[0].n + 1 if each.turns else None,
    )


def _voice(each: Excerpt) -> str:
    """The part in the talk of all who speak in the excerpt; empty when they have different ones, and of what is published."""
    parts = {turn.role for turn in each.turns if turn.speaker and not is_published(each.source.kind)}
    return parts.pop() if len(parts) == 1 else ""


def _origin(value: str) -> models.Origin:
    known: tuple[models.Origin, ...] = get_args(models.Origin)
    return next(origin for origin in known if origin == value)


def _theme_titles(entries: Sequence[CodeEntry], themes: Sequence[ThemeEntry]) -> dict[str, tuple[str, ...]]:
    """Code or coding id -> titles of the themes that have it, or a code above it."""
    titles: dict[str, list[str]] = {}
    for theme in themes:
        members = set(theme.codes)
        for entry in entries:
            if entry.parent in members:
                members.add(entry.id)
        for member in members.union(theme.codings):
            titles.setdefault(member, []).append(theme.title)
    return {member: tuple(names) for member, names in titles.items()}

"""The project's codings as the values that reports and exports print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

from corpus.model import SOURCE_KINDS, SourceKind
from exports import models
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.core.matrix import Matrix
from workbench.services.retrieval import Excerpt, code_path
from workbench.store.project import Project
from workbench.store.queries import codings as queries


def excerpts(
    project: Project, found: Iterable[Excerpt], entries: Sequence[CodeEntry], themes: Sequence[ThemeEntry]
) -> list[models.Excerpt]:
    """Excerpts ready for print; an excerpt whose text is gone (its span was edited away) is left out."""
    memos: dict[str, list[str]] = {}
    for memo in queries.memos(project.connection):
        if memo.target_kind == "coding":
            memos.setdefault(memo.target, []).append(memo.text)
    titles = _theme_titles(entries, themes)
    return [_excerpt(each, entries, titles, memos) for each in found if each.coding.end > each.coding.start]


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
        themes=titles.get(coding.code, ()),
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
    )


def _origin(value: str) -> models.Origin:
    known: tuple[models.Origin, ...] = get_args(models.Origin)
    return next(origin for origin in known if origin == value)


def _theme_titles(entries: Sequence[CodeEntry], themes: Sequence[ThemeEntry]) -> dict[str, tuple[str, ...]]:
    """Code id -> titles of the themes that have the code or one above it."""
    titles: dict[str, list[str]] = {}
    for theme in themes:
        members = set(theme.codes)
        for entry in entries:
            if entry.parent in members:
                members.add(entry.id)
        for code in members:
            titles.setdefault(code, []).append(theme.title)
    return {code: tuple(names) for code, names in titles.items()}

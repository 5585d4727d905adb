"""A report's chapters and the tables over them, gathered from what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _

from exports import models
from exports.report.masking import without_case
from workbench.core.entities import CodeEntry, ThemeEntry
from workbench.services import exportable
from workbench.services.codebook import descendants
from workbench.services.quoting import holds
from workbench.services.retrieval import Excerpt

Place = tuple[str, int, int]


def printed_forms(found: Iterable[Excerpt]) -> tuple[dict[Place, str], list[str]]:
    """How places are printed that are not printed word for word, and what to warn of: forms that no longer hold."""
    forms: dict[Place, str] = {}
    failed: dict[Place, str] = {}
    for each in found:
        coding = each.coding
        place = (coding.source, coding.start, coding.end)
        if coding.shown and holds(coding.text, coding.shown):
            forms[place] = coding.shown
        elif coding.shown:
            failed[place] = coding.quote
    warnings = [
        _(
            "Sitatet {quote} er endret siden det ble forkortet eller klargjort, og står ordrett. Se over det med "
            "«kodebenk quote»."
        ).format(quote=quote)
        for place, quote in failed.items()
        if place not in forms
    ]
    return forms, warnings


def masked(excerpt: models.Excerpt, masks: Mapping[str, str]) -> models.Excerpt:
    """The excerpt as a report shows it that promises to name no case: not by its name, nor by its source's."""
    return replace(excerpt, cases=tuple(sorted(masks[case] for case in excerpt.cases)), source_name="")


def chapter(theme: ThemeEntry, entries: Sequence[CodeEntry], excerpts: Sequence[models.Excerpt]) -> models.ThemeChapter:
    """A theme with everything that is coded in it, in the order of its codes."""
    members = set[str]().union(*(descendants(list(entries), code) for code in theme.codes))
    codes = [entry for entry in entries if entry.id in members]
    order = {entry.slug: place for place, entry in enumerate(codes)}
    own = set(theme.codings)
    within = [each for each in excerpts if each.code in order or each.id in own]
    within.sort(key=lambda each: order.get(each.code, len(order)))
    met = {each.code for each in within}
    return models.ThemeChapter(
        title=theme.title,
        essence=theme.essence,
        definitions=tuple(
            models.Definition(name=entry.name, text=entry.definition or entry.brief)
            for entry in codes
            if entry.id in theme.codes and (entry.definition or entry.brief)
        ),
        counts=tuple(
            _counted(entry.slug, entry.name, [each for each in within if each.code == entry.slug])
            for entry in codes
            if entry.slug in met
        ),
        total=_counted("", theme.title, within),
        excerpts=tuple(within),
    )


def overview(
    themes: Sequence[tuple[str, Sequence[models.Excerpt]]], cases: Sequence[str]
) -> tuple[models.Matrix, models.Bars]:
    """Case x theme: coded places as a matrix, and sources as bars.

    Args:
        themes: (title, everything coded in it).
        cases: what the rows are, as they are printed; places without a case get a row of their own.
    """
    rows = list(cases)
    if any(not each.cases for _title, found in themes for each in found):
        rows.append(without_case())

    def of(case: str, found: Sequence[models.Excerpt]) -> list[models.Excerpt]:
        return [each for each in found if case in (each.cases or (without_case(),))]

    titles = tuple(title for title, _found in themes)
    matrix = models.Matrix(
        rows=tuple(rows),
        columns=titles,
        cells=tuple(tuple(len(places(of(case, found))) for _title, found in themes) for case in rows),
        column_kind="theme",
    )
    bars = models.Bars(
        bars=titles,
        parts=tuple(rows),
        cells=tuple(tuple(len({each.source for each in of(case, found)}) for case in rows) for _title, found in themes),
    )
    return matrix, bars


def places(found: Iterable[models.Excerpt]) -> set[Place]:
    """The distinct places; two coders or two codes on one place are one."""
    return {(each.source, each.start, each.end) for each in found}


def _counted(slug: str, name: str, found: Sequence[models.Excerpt]) -> models.CodeCounts:
    return replace(exportable.counts(slug, name, found), segments=len(places(found)))

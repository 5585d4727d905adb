"""Matrices: case by code and the like, counted from the codings."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core import matrix
from workbench.core.entities import CodeEntry
from workbench.core.matrix import MEASURES, Matrix, Measure, Unit
from workbench.errors import Refusal
from workbench.services.codebook import list_codes
from workbench.services.retrieval import Excerpt, find_excerpts
from workbench.store.project import Project
from workbench.store.queries import corpus as queries

AXES = ("case", "code", "source", "informant", "coder", "wave")


def crosstab(
    project: Project, *, rows: str = "case", columns: str = "code", cells: str = "segments", top_level: bool = False
) -> Matrix:
    """A cross-table of two axes (see AXES); codes include their sub-codes, or only top-level codes are shown.

    Raises:
        Refusal: for an axis or a measure there is not.
    """
    for axis in (rows, columns):
        if axis not in AXES:
            raise Refusal(
                _("«{axis}» kan ikke være akse. Velg en av: {known}.").format(axis=axis, known=", ".join(AXES))
            )
    measure = _measure(cells)
    entries = [entry for entry in list_codes(project) if not top_level or not entry.parent]
    every = list_codes(project)
    excerpts = find_excerpts(project)
    units = [
        Unit(
            segment=f"{excerpt.source.id}:{excerpt.coding.start}:{excerpt.coding.end}:{excerpt.coding.id}",
            rows=_values(rows, excerpt, every, top_level=top_level),
            columns=_values(columns, excerpt, every, top_level=top_level),
            source=excerpt.source.id,
            informant=excerpt.informant.number if excerpt.informant else "",
        )
        for excerpt in excerpts
    ]
    return matrix.crosstab(
        units,
        _labels(project, rows, units, entries, "rows"),
        _labels(project, columns, units, entries, "columns"),
        measure,
    )


def _measure(cells: str) -> Measure:
    for measure in MEASURES:
        if measure == cells:
            return measure
    raise Refusal(_("«{cells}» kan ikke telles. Velg en av: {known}.").format(cells=cells, known=", ".join(MEASURES)))


def _values(axis: str, excerpt: Excerpt, entries: list[CodeEntry], *, top_level: bool) -> tuple[str, ...]:
    if axis == "code":
        return _with_parents(excerpt.coding.slug, entries)
    if axis == "case":
        return excerpt.source.cases or (_("(uten case)"),)
    if axis == "source":
        return (excerpt.source.name,)
    if axis == "coder":
        return (excerpt.coding.coder,)
    if axis == "wave":
        return (excerpt.source.wave or _("(uten bølge)"),)
    return (excerpt.informant.number if excerpt.informant else _("(uten informant)"),)


def _with_parents(slug: str, entries: list[CodeEntry]) -> tuple[str, ...]:
    """The code and what it lies under: a sub-code's segment is also its parent's."""
    by_id = {entry.id: entry for entry in entries}
    entry = next((each for each in entries if each.slug == slug), None)
    slugs: list[str] = []
    while entry is not None:
        slugs.append(entry.slug)
        entry = by_id.get(entry.parent)
    return tuple(slugs)


def _labels(project: Project, axis: str, units: list[Unit], entries: list[CodeEntry], side: str) -> list[str]:
    """The axis' labels in their own order; cases and codes with nothing coded are kept, with zeros."""
    met = {value for unit in units for value in (unit.rows if side == "rows" else unit.columns)}
    if axis == "code":
        return [entry.slug for entry in entries if entry.status == "active" or entry.slug in met]
    if axis == "case":
        known = [case.name for case in queries.cases(project.connection)]
    elif axis == "source":
        known = [source.name for source in queries.sources(project.connection)]
    elif axis == "informant":
        known = [informant.number for informant in queries.informants(project.connection)]
    else:
        known = []
    return [*known, *sorted(met - set(known))]

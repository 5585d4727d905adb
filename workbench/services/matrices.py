"""Matrices: case by code and the like, counted from the codings."""

from __future__ import annotations

from gettext import gettext as _

from workbench.core import matrix
from workbench.core.entities import CodeEntry
from workbench.core.matrix import MEASURES, Matrix, Measure, Unit
from workbench.errors import Refusal
from workbench.services.codebook import list_codes
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries.codings import Segment

AXES = ("case", "code", "source", "informant", "coder", "wave")


def crosstab(
    project: Project, *, rows: str = "case", columns: str = "code", cells: str = "segments", top_level: bool = False
) -> Matrix:
    """A cross-table of two axes (see AXES); a code includes its sub-codes, and `top_level` shows only the uppermost.

    The same span with the same code by two coders is one segment, unless coders are an axis.

    Raises:
        Refusal: for an axis or a measure there is not.
    """
    for axis in (rows, columns):
        if axis not in AXES:
            raise Refusal(
                _("«{axis}» kan ikke være akse. Velg en av: {known}.").format(axis=axis, known=", ".join(AXES))
            )
    measure = _measure(cells)
    need_voice = "informant" in (rows, columns) or measure == "informants"
    counter = _Counter(project, need_voice=need_voice)
    units = [
        Unit(counter.values(rows, segment), counter.values(columns, segment), counter.thing(measure, segment), number)
        for segment, number in coding_queries.counted_segments(
            project.connection, by_coder="coder" in (rows, columns), by_place=need_voice
        )
    ]
    return matrix.crosstab(
        units,
        counter.labels(rows, {value for unit in units for value in unit.rows}, top_level=top_level),
        counter.labels(columns, {value for unit in units for value in unit.columns}, top_level=top_level),
        measure,
    )


def _measure(cells: str) -> Measure:
    for measure in MEASURES:
        if measure == cells:
            return measure
    raise Refusal(_("«{cells}» kan ikke telles. Velg en av: {known}.").format(cells=cells, known=", ".join(MEASURES)))


class _Counter:
    """What each segment is called along each axis, looked up once for the whole project."""

    def __init__(self, project: Project, *, need_voice: bool) -> None:
        connection = project.connection
        self._connection = connection
        self._entries = list_codes(project)
        self._sources = {source.id: source for source in queries.sources(connection)}
        self._voices = queries.voices(connection) if need_voice else {}
        self._lines = {entry.id: _line(entry, self._entries) for entry in self._entries}
        self._case = {source.id: source.cases or (_("(uten case)"),) for source in self._sources.values()}

    def values(self, axis: str, segment: Segment) -> tuple[str, ...]:
        """The segment's labels on an axis; a sub-code's segment is also its parents'."""
        if axis == "code":
            return self._lines.get(segment.code, ())
        if axis == "case":
            return self._case[segment.source]
        if axis == "source":
            return (self._sources[segment.source].name,)
        if axis == "coder":
            return (segment.coder,)
        if axis == "wave":
            return (self._sources[segment.source].wave or _("(uten bølge)"),)
        return (self._informant(segment) or _("(uten informant)"),)

    def thing(self, measure: Measure, segment: Segment) -> str:
        """What the measure counts once: a source, an informant, or nothing since segments are counted as they are."""
        if measure == "sources":
            return segment.source
        return self._informant(segment) if measure == "informants" else ""

    def labels(self, axis: str, met: set[str], *, top_level: bool) -> list[str]:
        """The axis' labels in their own order; cases and codes with nothing coded are kept, with zeros."""
        if axis == "code":
            return [
                entry.slug
                for entry in self._entries
                if (entry.status == "active" or entry.slug in met) and not (top_level and entry.parent)
            ]
        known: list[str] = []
        if axis == "case":
            known = [case.name for case in queries.cases(self._connection)]
        elif axis == "source":
            known = [source.name for source in self._sources.values()]
        elif axis == "informant":
            known = [informant.number for informant in queries.informants(self._connection)]
        return [*known, *sorted(met - set(known))]

    def _informant(self, segment: Segment) -> str:
        voices = self._voices.get(segment.source)
        if voices is not None:
            return voices.informant(segment.start, segment.end)
        numbers = self._sources[segment.source].informants
        return numbers[0] if len(numbers) == 1 else ""


def _line(entry: CodeEntry, entries: list[CodeEntry]) -> tuple[str, ...]:
    """Slugs of the code and what it lies under."""
    by_id = {each.id: each for each in entries}
    slugs: list[str] = []
    step: CodeEntry | None = entry
    while step is not None:
        slugs.append(step.slug)
        step = by_id.get(step.parent)
    return tuple(slugs)

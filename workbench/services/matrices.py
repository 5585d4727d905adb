"""Matrices: case by code, code by code and the like, counted from the codings, and the excerpts behind each number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from gettext import gettext as _

from workbench.core import cooccurrence, matrix
from workbench.core.entities import CodeEntry, Source
from workbench.core.matrix import MEASURES, Matrix, Measure, Unit
from workbench.errors import Refusal
from workbench.services.codebook import list_codes
from workbench.services.retrieval import Filter
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus as queries
from workbench.store.queries.codings import Segment
from workbench.store.queries.cooccurrence import places

AXES = ("case", "code", "source", "informant", "coder", "wave")

Place = tuple[str, int, int, str]
"""Source id, start, end and code id: what makes a segment one."""


def crosstab(
    project: Project,
    *,
    rows: str = "case",
    columns: str = "code",
    cells: str = "segments",
    top_level: bool = False,
    within: Collection[Place] | None = None,
) -> Matrix:
    """A cross-table of two axes (see AXES); a code includes its sub-codes, and `top_level` shows only the uppermost.

    The same span with the same code by two coders is one segment, which stands with both where coders are an axis. With
    codes on both axes, a cell counts the row's segments that share text with the column's (see
    `workbench.core.cooccurrence`).

    Args:
        project: whose codings.
        rows: an axis.
        columns: an axis.
        cells: what is counted, one of MEASURES.
        top_level: leave out codes that lie under others; what they hold is counted where they lie.
        within: count these segments only.

    Raises:
        Refusal: for an axis or a measure there is not.
    """
    for axis in (rows, columns):
        if axis not in AXES:
            raise Refusal(
                _("«{axis}» kan ikke være akse. Velg en av: {known}.").format(axis=axis, known=", ".join(AXES))
            )
    measure = _measure(cells)
    counter = _Counter(project, need_voice="informant" in (rows, columns) or measure == "informants")
    if rows == columns == "code":
        # Codes that are not shown need not be met.
        lines = {code: line[-1:] for code, line in counter.lines.items()} if top_level else counter.lines
        units = _meetings(project, counter, lines, measure, within)
    else:
        units = [
            Unit(
                counter.values(rows, segment), counter.values(columns, segment), counter.thing(measure, segment), number
            )
            for segment, number in _segments(project, counter, {rows, columns}, measure, within)
        ]
    return matrix.crosstab(
        units,
        counter.labels(rows, {value for unit in units for value in unit.rows}, top_level=top_level),
        counter.labels(columns, {value for unit in units for value in unit.columns}, top_level=top_level),
        measure,
    )


def behind(project: Project, axes: Iterable[tuple[str, str]]) -> Filter:
    """The excerpts behind a cell: as many distinct segments as the number says.

    Args:
        project: whose matrix it is.
        axes: (axis, label) of the row and the column; only one of them for a total, none for the total of all.
    """
    asked: dict[str, str | bool] = {"standing": True}
    for axis, label in axes:
        if axis == "code":
            asked["with_code" if "code" in asked else "code"] = label
        elif axis == "source":
            asked["source"] = _by_label(queries.sources(project.connection))[label]
        elif axis == "coder":
            asked["coder"] = label
        elif label == _unknown(axis):
            asked[f"no_{axis}"] = True
        else:
            asked |= {axis: label} | ({"own_case": True} if axis == "case" else {})
    return Filter(**asked)  # type: ignore[arg-type]


def _measure(cells: str) -> Measure:
    for measure in MEASURES:
        if measure == cells:
            return measure
    raise Refusal(_("«{cells}» kan ikke telles. Velg en av: {known}.").format(cells=cells, known=", ".join(MEASURES)))


def _unknown(axis: str) -> str:
    """What stands on an axis for sources and voices that have nothing there."""
    if axis == "case":
        return _("(uten case)")
    return _("(uten bølge)") if axis == "wave" else _("(uten informant)")


def _segments(
    project: Project, counter: _Counter, axes: set[str], measure: Measure, within: Collection[Place] | None
) -> list[tuple[Segment, int]]:
    """What is counted, with how many each stands for; the counter is told who coded it when that is asked for."""
    if "coder" in axes:
        for segment in coding_queries.segments(project.connection, by_coder=True):
            counter.coders[segment[:4]] = (*counter.coders.get(segment[:4], ()), segment.coder)
    elif within is None:
        by_place = "informant" in axes or measure == "informants"
        return coding_queries.counted_segments(project.connection, by_coder=False, by_place=by_place)
    chosen = places(project.connection)
    return [(Segment(*place, ""), 1) for place in (chosen if within is None else chosen.intersection(within))]


def _meetings(
    project: Project,
    counter: _Counter,
    lines: Mapping[str, tuple[str, ...]],
    measure: Measure,
    within: Collection[Place] | None,
) -> list[Unit]:
    """The coded segments with the codes they count as and the codes they meet."""
    by_source: dict[str, list[cooccurrence.Span]] = defaultdict(list)
    chosen = places(project.connection)
    for source, start, end, code in chosen if within is None else chosen.intersection(within):
        by_source[source].append((start, end, code))
    if measure in ("segments", "share"):
        together: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for spans in by_source.values():
            rows = (lines.get(code, ()) for _start, _end, code in spans)
            together.update(zip(rows, cooccurrence.met(spans, lines), strict=True))
        return [Unit(row, met, "", number) for (row, met), number in together.items()]
    # A thing is counted once however often, so all that its segments with one code meet goes together.
    reached: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for source, spans in by_source.items():
        for span, met in zip(spans, cooccurrence.met(spans, lines), strict=True):
            thing = source if measure == "sources" else counter.thing(measure, Segment(source, *span, ""))
            reached[lines.get(span[2], ()), thing].update(met)
    return [Unit(row, tuple(met), thing) for (row, thing), met in reached.items()]


class _Counter:
    """What each segment is called along each axis, looked up once for the whole project."""

    def __init__(self, project: Project, *, need_voice: bool) -> None:
        connection = project.connection
        self._connection = connection
        self._entries = list_codes(project)
        self._sources = {source.id: source for source in queries.sources(connection)}
        self._labels = {uid: label for label, uid in _by_label(self._sources.values()).items()}
        self._voices = queries.voices(connection) if need_voice else {}
        self.lines = {entry.id: _line(entry, self._entries) for entry in self._entries}
        self.coders: dict[Place, tuple[str, ...]] = {}
        """Who coded each segment; filled when coders are an axis."""
        self._case = {source.id: source.cases or (_unknown("case"),) for source in self._sources.values()}

    def values(self, axis: str, segment: Segment) -> tuple[str, ...]:
        """The segment's labels on an axis; a sub-code's segment is also its parents'."""
        if axis == "code":
            return self.lines.get(segment.code, ())
        if axis == "case":
            return self._case[segment.source]
        if axis == "source":
            return (self._labels[segment.source],)
        if axis == "coder":
            return self.coders[segment[:4]]
        if axis == "wave":
            return (self._sources[segment.source].wave or _unknown("wave"),)
        return (self._informant(segment) or _unknown("informant"),)

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
            known = list(self._labels.values())
        elif axis == "informant":
            known = [informant.number for informant in queries.informants(self._connection)]
        return [*known, *sorted(met - set(known))]

    def _informant(self, segment: Segment) -> str:
        voices = self._voices.get(segment.source)
        if voices is not None:
            return voices.informant(segment.start, segment.end)
        numbers = self._sources[segment.source].informants
        return numbers[0] if len(numbers) == 1 else ""


def _by_label(sources: Collection[Source]) -> dict[str, str]:
    """What each source is called in a table -> its id: its name, with the id where several have the same name."""
    times = Counter(source.name for source in sources)
    return {source.name if times[source.name] == 1 else f"{source.name} ({source.id})": source.id for source in sources}


def _line(entry: CodeEntry, entries: list[CodeEntry]) -> tuple[str, ...]:
    """Slugs of the code and what it lies under."""
    by_id = {each.id: each for each in entries}
    slugs: list[str] = []
    step: CodeEntry | None = entry
    while step is not None:
        slugs.append(step.slug)
        step = by_id.get(step.parent)
    return tuple(slugs)

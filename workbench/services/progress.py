"""Progress: how far each coder has come in each source, and how many new codes each source brings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from workbench.core import accumulation
from workbench.core.accumulation import RunLength, Saturation
from workbench.core.entities import Source
from workbench.errors import Refusal
from workbench.services.approaches import approach_of
from workbench.store.project import Project
from workbench.store.queries import codings as coding_queries
from workbench.store.queries import corpus
from workbench.store.queries import progress as queries

ORDERS = ("import", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderProgress:
    """One coder in one source."""

    status: str
    """A reading status."""
    passed: float
    """Share of the text (0-1) up to the furthest place of the caret, or the end of the last coding if that is later.

    Only a coder's own copy of the project knows where the caret has been."""
    codings: int
    codes: int
    """Distinct codes used."""

    @property
    def begun(self) -> bool:
        return self.status != "not-read" or self.passed > 0 or self.codings > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProgress:
    source: Source
    coders: Mapping[str, CoderProgress]
    """Coder's name -> progress, for every coder of the project."""
    codings: int
    codes: int
    """Distinct codes used by anyone."""

    @property
    def unread(self) -> bool:
        """Whether nobody has begun on the source."""
        return not any(each.begun for each in self.coders.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one source adds to the codes met so far."""

    source: Source
    new: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    sources: tuple[SourceProgress, ...]
    """In order of import."""
    coders: tuple[str, ...]
    accumulation: tuple[Step, ...]
    """In the order asked for; sources nobody has coded or finished are not counted."""
    saturation: Saturation | None
    """None when not asked for, or when there are too few sources."""


def wants_saturation(project: Project) -> bool:
    """Whether the project's approach reckons with saturation without being asked."""
    return approach_of(project).coefficients


def measure(project: Project, *, order: str = "import", saturation: bool = False) -> Progress:
    """How far the work has come.

    Args:
        project: the open project.
        order: of the sources that bring new codes: as they were imported, or by date (undated ones last).
        saturation: whether to reckon when new codes grow few.

    Raises:
        Refusal: for an order there is not.
    """
    if order not in ORDERS:
        raise Refusal(_("«{order}» er ingen rekkefølge. Velg en av: {known}.").format(
            order=order, known=", ".join(ORDERS)))  # fmt: skip
    connection = project.connection
    sources = corpus.sources(connection)
    statuses = coding_queries.reading_statuses(connection)
    places = queries.furthest_places(connection)
    names = _names(project, {coder for _source, coder in (*statuses, *places)})
    coded: dict[str, list[queries.CodedWith]] = defaultdict(list)
    for each in queries.coded_with(connection):
        coded[each.source].append(each)
    measured = tuple(
        SourceProgress(
            source=source,
            coders={
                name: _in_source(source, coder, coded[source.id], statuses, places) for coder, name in names.items()
            },
            codings=sum(each.codings for each in coded[source.id]),
            codes=len({each.code for each in coded[source.id]}),
        )
        for source in sources
    )
    counted = [each.source for each in measured if each.codings or _finished(each)]
    if order == "date":
        counted.sort(key=lambda source: (not source.date, source.date, source.ordinal))
    new = accumulation.new_in_each({each.code for each in coded[source.id]} for source in counted)
    return Progress(
        sources=measured,
        coders=tuple(names.values()),
        accumulation=_steps(counted, new),
        saturation=accumulation.saturation(new) if saturation else None,
    )


def _names(project: Project, met: set[str]) -> dict[str, str]:
    """Coder id -> name. Who has only read has no name in the project yet; in this copy that can only be oneself."""
    known = queries.coders(project.connection)
    me = project.coder_id()
    return known if me in known or me not in met else {**known, me: project.coder_name}


def _in_source(
    source: Source,
    coder: str,
    coded: list[queries.CodedWith],
    statuses: Mapping[tuple[str, str], str],
    places: Mapping[tuple[str, str], int],
) -> CoderProgress:
    own = [each for each in coded if each.coder == coder]
    reached = max([places.get((source.id, coder), 0), *(each.end for each in own)])
    return CoderProgress(
        status=statuses.get((source.id, coder), "not-read"),
        passed=round(min(reached / source.characters, 1.0), 4) if source.characters else 0.0,
        codings=sum(each.codings for each in own),
        codes=len({each.code for each in own}),
    )


def _finished(progress: SourceProgress) -> bool:
    return any(each.status == "finished" for each in progress.coders.values())


def _steps(sources: list[Source], new: list[int]) -> tuple[Step, ...]:
    steps, total = [], 0
    for source, number in zip(sources, new, strict=True):
        total += number
        steps.append(Step(source=source, new=number, total=total))
    return tuple(steps)


# -- in words, the same on paper and on the screen


def caveat() -> str:
    """What the saturation ratio can be used for, and what not."""
    return _(
        "Forholdstallet er prøvd på induktiv tematisk analyse med en kodebok på ett nivå (Guest, Namey og Chen 2020). "
        "Det sier når nye koder er blitt sjeldne i denne rekkefølgen av kilder, ikke at materialet er uttømt."
    )


def saturation_lines(saturation: Saturation | None) -> list[str]:
    """The base, each run length with where new codes grew few, and the caveat."""
    if saturation is None:
        return [
            _("Metning kan ikke regnes ut ennå. Det trengs kodede kilder: {base} i grunnlaget og {run} til.").format(
                base=accumulation.BASE, run=min(accumulation.RUN_LENGTHS)
            )
        ]
    lines = [
        _("Metning: grunnlaget er {codes} koder i de {base} første kildene; grensen er {threshold}.").format(
            codes=saturation.base_codes, base=saturation.base, threshold=percent(saturation.threshold)
        )
    ]
    return [*lines, *(_run_length_line(each) for each in saturation.lengths), caveat()]


def _run_length_line(each: RunLength) -> str:
    if each.reached is not None:
        return _("{length} kilder på rad: nådd ved {before}+{length} ({new} nye, {ratio}).").format(
            length=each.length, before=each.reached.before, new=each.reached.new, ratio=percent(each.reached.ratio)
        )
    if not each.runs:
        return _("{length} kilder på rad: for få kilder ennå.").format(length=each.length)
    last = each.runs[-1]
    return _("{length} kilder på rad: ikke nådd; de siste ga {new} nye ({ratio}).").format(
        length=each.length, new=last.new, ratio=percent(last.ratio)
    )


def percent(share: float) -> str:
    """«5,4 %»: with a decimal where it is not a whole number, so that a ratio above a limit never looks equal to it."""
    shown = f"{share * 100:.1f}".replace(".", ",").removesuffix(",0")
    return f"{shown} %"


def bars(steps: Sequence[Step], width: int) -> list[str]:
    """A bar for each step: what was known before it is solid, what it adds is shaded. The longest is `width` cells."""
    most = max((step.total for step in steps), default=0)
    drawn = []
    for step in steps:
        before = round((step.total - step.new) / most * width) if most else 0
        after = round(step.total / most * width) if most else 0
        # Something new is always seen, be it ever so little.
        drawn.append("█" * before + "░" * max(after - before, min(step.new, 1)))
    return drawn


def bar_legend() -> str:
    return _("█ kjent fra før  ░ nye")

"""How good suggestions are on the team's own coding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nlp.learning.assess import Figures, figures, interval
from nlp.learning.crossval import judged, trust
from workbench.core.entities import Proposal
from workbench.services.learning import Learner, decisions, finished
from workbench.store.project import Project
from workbench.store.queries import codings as queries

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What people said of places drawn by lot where nothing was proposed."""

    judged: int
    with_code: int
    """How many of them had the code that was asked about after all."""
    low: float
    """A 95 % interval for the share."""
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Figures by code, and what they rest on."""

    codes: list[Figures]
    finished: int
    """Sources somebody has marked as finished. Only there is it known what was left uncoded on purpose."""
    decided_in: int
    """Sources that something has been decided in."""
    drawn: Drawn


def assess(
    project: Project,
    learner: Learner | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Assessment:
    """Judge every code that something has been decided about, each source by what the others teach."""
    learner = learner or Learner()
    learner.read(project, (), progress=progress, cancelled=cancelled)
    assert learner.seen is not None and learner.book is not None
    known, done = decisions(project), finished(project)
    told = {each.code for each in known}
    above = {slug for code in told for slug in (code, *learner.book.ancestors(code))}
    codes = [code.slug for code in learner.book if code.status == "active" and code.slug in above]
    found: list[Figures] = []
    for number, code in enumerate(codes):
        if cancelled():
            break
        if progress is not None:
            progress(number, len(codes), code)
        out_of_fold = judged(learner.seen, known, done, code, cancelled=cancelled)
        found.append(figures(out_of_fold, trust(out_of_fold)))
    return Assessment(
        codes=found,
        finished=len(done),
        decided_in=len({each.document for each in known}),
        drawn=_drawn(list(queries.proposals(project.connection))),
    )


def _drawn(proposals: list[Proposal]) -> Drawn:
    answered = [each for each in proposals if each.method == "random" and each.status != "pending"]
    hits = sum(each.status == "accepted" for each in answered)
    low, high = interval(hits, len(answered))
    return Drawn(judged=len(answered), with_code=hits, low=low, high=high)

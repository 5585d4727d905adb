"""How far suggestions can be trusted: every source judged by what was learnt from the others.

Nothing is judged by a model that has seen it. With one source only, its stretches are judged by each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.learning.columns import LIKELY, usual_threshold
from nlp.learning.decisions import Answers, Decision, answers, by_document
from nlp.learning.rows import Vector
from nlp.learning.teach import CodeModel, Seen, chances, fitted, model_columns

MOST_FOLDS = 5
ENOUGH = 8
"""Fewer units with the code than this, or without it, say nothing."""
FLOOR = 0.3
"""A code is silent where not this share of its suggestions would hold."""
_SHRINK = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One code: what people said of units, and what was believed of them without knowing it."""

    code: str
    applies: Vector
    """Shape (units): 1 or 0."""
    likely: Vector
    """Shape (units): the likelihood that was believed."""
    amounts: Vector
    """Shape (units): how much each answer counts."""
    lengths: Vector
    """Shape (units): code points, for what must be read."""
    sources: int
    """In how many texts somebody has said something of the code."""
    usual: float
    """The threshold while nothing is known; between those of speech and of prose where both are judged."""

    @property
    def is_enough(self) -> bool:
        """Whether figures from it mean anything."""
        yes = float(self.applies.sum())
        return yes >= ENOUGH and len(self.applies) - yes >= ENOUGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a code has earned."""

    threshold: float
    silent: bool
    precision: float | None
    """Of what would be proposed at the threshold; None where too little is known."""


def judged(
    seen: Seen,
    decisions: Sequence[Decision],
    finished: frozenset[str],
    code: str,
    *,
    within: frozenset[str] | None = None,
    before: CodeModel | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Judged:
    """Out-of-fold likelihoods of a code for every unit that something is known of.

    Args:
        seen: the texts.
        decisions: all of them; all of them teach.
        finished: texts that somebody has coded from end to end.
        code: slug.
        within: judge by what is known in these texts alone; by all of them if None. Where only suggestions have been
            decided on, what is known is no fair sample of the text.
        before: a model of the code; where the regressions start from, for speed alone.
        cancelled: asked before each fold.
    """
    grouped = by_document(decisions)
    known: dict[str, Answers] = {}
    for document, evidence in seen.evidence.items():
        if document in grouped or document in finished:
            said = answers(evidence, grouped.get(document, ()), code, seen.codebook, finished=document in finished)
            if len(said.units):
                known[document] = said
    parts: list[tuple[Vector, Vector, Vector, Vector]] = []
    columns = model_columns(seen, known, code)
    for held_out, rest in _folds(known):
        if cancelled():
            break
        model = fitted(seen, columns, rest, before)
        parts += [
            _believed(seen, document, said, model)
            for document, said in held_out.items()
            if within is None or document in within
        ]
    empty = np.zeros(0)
    merged = [np.concatenate([empty, *column]) for column in zip(*parts, strict=True)] if parts else [empty] * 4
    usual = [usual_threshold(seen.evidence[document].document) for document, said in known.items() for _ in said.units]
    sources = len(known if within is None else within.intersection(known))
    return Judged(code, merged[0], merged[1], merged[2], merged[3], sources, float(np.mean(usual or [LIKELY])))


def trust(found: Judged, *, floor: float = FLOOR) -> Trust:
    """The threshold that serves a code best: highest F among those whose precision reaches the floor.

    Drawn towards the usual threshold while little is known. Silent where no threshold reaches the floor.
    """
    if not found.is_enough:
        return Trust(threshold=found.usual, silent=False, precision=None)
    order = np.argsort(-found.likely, kind="stable")
    hits = np.cumsum((found.applies * found.amounts)[order])
    said = np.cumsum(found.amounts[order])
    all_hits = float(hits[-1])
    precision = hits / said
    score = 2 * hits / (said + all_hits)
    last_of_equal = np.append(np.diff(found.likely[order]) != 0, True)
    fit_for = last_of_equal & (precision >= floor) & (hits >= 1)
    if not fit_for.any():
        return Trust(threshold=found.usual, silent=True, precision=float(precision[min(ENOUGH, len(precision)) - 1]))
    best = int(np.argmax(np.where(fit_for, score, -1.0)))
    weight = all_hits / (all_hits + _SHRINK)
    threshold = weight * float(found.likely[order][best]) + (1.0 - weight) * found.usual
    at = found.likely >= threshold
    proposed = float(found.amounts[at].sum())
    return Trust(
        threshold=round(min(max(threshold, 0.05), 0.95), 4),
        silent=False,
        precision=float((found.applies * found.amounts)[at].sum()) / proposed if proposed else None,
    )


def _believed(seen: Seen, document: str, said: Answers, model: CodeModel) -> tuple[Vector, Vector, Vector, Vector]:
    evidence = seen.evidence[document]
    likely = chances(evidence, model, seen.words_of(document))[said.units]
    parsed = evidence.document.parsed
    lengths = np.array([parsed.unit_ends[unit] - parsed.unit_starts[unit] for unit in said.units.tolist()], dtype=float)
    return said.applies, likely, said.amounts, lengths


def _folds(known: Mapping[str, Answers]) -> Iterable[tuple[dict[str, Answers], dict[str, Answers]]]:
    """(held out, the rest), whole texts at a time; stretches of the text where there is only one."""
    if len(known) == 1:
        ((document, said),) = known.items()
        for places in np.array_split(np.arange(len(said.units)), MOST_FOLDS):
            if len(places):
                others = np.setdiff1d(np.arange(len(said.units)), places)
                yield {document: _part(said, places)}, {document: _part(said, others)}
        return
    names = sorted(known, key=lambda name: (-len(known[name].units), name))
    for fold in range(min(MOST_FOLDS, len(names))):
        out = set(names[fold::MOST_FOLDS])
        yield {n: known[n] for n in names if n in out}, {n: known[n] for n in names if n not in out}


def _part(said: Answers, places: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Answers:
    return Answers(said.units[places], said.applies[places], said.amounts[places])

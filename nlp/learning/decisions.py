"""What people have decided, as answers about units: here the code applies, there it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebooks.model import Codebook
from nlp.arrays import numbers
from nlp.evidence import Evidence
from nlp.learning.rows import Places, Vector

SURE, IMPLIED, LEFT_OUT = 1.0, 0.5, 0.6
"""How much an answer counts: said of this code; said of a code below it; a stretch of a finished text left uncoded."""
_SHARED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A coding, an accepted suggestion or a rejected one."""

    document: str
    start: int
    """Code points, half-open."""
    end: int
    code: str
    """Slug."""
    applies: bool


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What is known of one code in one document."""

    units: Places
    applies: Vector
    """Shape (units): 1 or 0."""
    amounts: Vector


def answers(
    evidence: Evidence, decisions: Sequence[Decision], code: str, codebook: Codebook, *, finished: bool
) -> Answers:
    """What decisions in this document say of a code, unit by unit.

    A coding with a sub-code says that the code applies. Rejecting the code or one above it says that it does not;
    rejecting a sub-code only hints at it. A yes outweighs a no.

    Args:
        decisions: those of this document.
        finished: whether somebody has coded the whole text, so that what is left uncoded says no.
    """
    below = {each.slug for each in codebook.descendants(code)}
    above = codebook.ancestors(code)
    said: dict[int, tuple[float, float]] = {}
    if finished:
        said = {int(unit): (0.0, LEFT_OUT) for unit in np.flatnonzero(evidence.codable)}
    for decision in sorted(decisions, key=lambda each: each.applies):
        if decision.applies and decision.code in {code, *below}:
            answer = (1.0, SURE)
        elif not decision.applies and decision.code in {code, *above}:
            answer = (0.0, SURE)
        elif not decision.applies and decision.code in below:
            answer = (0.0, IMPLIED)
        else:
            continue
        for unit in units_of(evidence, decision.start, decision.end):
            if decision.applies or said.get(unit, (0.0, 0.0))[1] < answer[1]:
                said[unit] = answer
    units = sorted(said)
    return Answers(
        np.array(units, dtype=np.int64),
        np.array([said[unit][0] for unit in units]),
        np.array([said[unit][1] for unit in units]),
    )


def thinned(known: Mapping[str, Answers], most: int) -> dict[str, Answers]:
    """At most about `most` answers of each sort (yes, each kind of no): every so many, which count for those left out."""
    sorts = Counter[tuple[float, float]]()
    for said in known.values():
        sorts.update(zip(said.applies.tolist(), said.amounts.tolist(), strict=True))
    steps = {sort: -(-number // most) for sort, number in sorts.items()}
    if all(step == 1 for step in steps.values()):
        return dict(known)
    met = Counter[tuple[float, float]]()
    found: dict[str, Answers] = {}
    for document, said in known.items():
        kept, amounts = [], []
        for place, sort in enumerate(zip(said.applies.tolist(), said.amounts.tolist(), strict=True)):
            if met[sort] % steps[sort] == 0:
                kept.append(place)
                amounts.append(sort[1] * steps[sort])
            met[sort] += 1
        places = np.array(kept, dtype=np.int64)
        found[document] = Answers(said.units[places], said.applies[places], np.array(amounts))
    return {document: said for document, said in found.items() if len(said.units)}


def units_of(evidence: Evidence, start: int, end: int) -> list[int]:
    """Units that a span is about: it covers at least half of the unit, or half of it lies there."""
    starts = numbers(evidence.document.parsed.unit_starts)
    ends = numbers(evidence.document.parsed.unit_ends)
    shared = np.minimum(ends, end) - np.maximum(starts, start)
    enough = (shared > 0) & ((shared >= _SHARED * (ends - starts)) | (shared >= _SHARED * (end - start)))
    return [int(unit) for unit in np.flatnonzero(enough & evidence.codable)]


def by_document(decisions: Iterable[Decision]) -> Mapping[str, list[Decision]]:
    """Document id -> its decisions."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.document, []).append(decision)
    return found

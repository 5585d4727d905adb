"""What the regression of one code sees beside words, and what it believes before anybody has decided anything.

The prior of the weights is the codebook: with no decisions a unit is proposed where the rules would propose it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebooks.model import Codebook, Signal
from nlp.document import Document
from nlp.evidence import AROUND, Evidence, surroundings, told_by_words
from nlp.learning.rows import Rows, Vector, rows_of
from nlp.rules import Finding

Column = tuple[str, ...]
"""What a column is: ("bias",), ("around", name), ("signal", code, signal), ("signal", code, signal, case), ("case", name),
("role", name)."""

UNTOLD = -2.2
"""Log odds of a unit with nothing to go by: about one in ten."""
ANOTHER = 0.3
"""What a signal counts when a stronger one of the same code has fired in the same unit."""
Around = Mapping[str, float]
BY_SIGNALS: Around = {
    "speech": -0.6, "within": 5.7, "before": 3.4, "after": 2.1, "carried": 0.5, "elsewhere": -0.3,
    "prose": -0.5, "sentences before": 0.8, "sentences after": 1.1,
}  # fmt: skip
BY_WORDS: Around = {
    "speech": -2.0, "within": 3.4, "before": 2.0, "after": 1.3, "carried": 0.25, "elsewhere": 0.0,
    "prose": -0.5, "sentences before": 0.8, "sentences after": 1.1,
}  # fmt: skip
"""Prior weights of what is said around a unit, where the code has signals alone and where it has weighted words too: what
speaks for a code is met much oftener then. From a regression over the development interviews, docs/suggestions.md."""

LIKELY, LIKELY_IN_SPEECH = 0.5, 0.33
"""The threshold of a code that nothing has been decided about: about where F is highest on the development texts."""
SPOKEN = 0.57
"""What a signal that fires counts in speech where the code has weighted words too: much of what it says they say already."""
WEIGHED = 0.29
"""What weighted words count beside signals that fire."""

HELD_BIAS, HELD_SIGNAL, HELD_AROUND, HELD_FACT = 3.0, 10.0, 10.0, 10.0
"""Prior precisions."""


def usual_threshold(document: Document) -> float:
    """From what likelihood a code is proposed in a document while nothing has been decided about it."""
    return LIKELY_IN_SPEECH if document.is_speech else LIKELY


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of one code and what is believed of them."""

    code: str
    family: frozenset[str]
    """The code and its descendants."""
    numbers: Mapping[Column, int]
    means: Vector
    precisions: Vector
    words: Mapping[tuple[str, str], Mapping[str, float]]
    """(code, signal) of a signal of weighted words -> its words."""
    spoken: float
    """What a signal that fires counts in speech; in prose it counts 1."""

    @property
    def names(self) -> tuple[Column, ...]:
        return tuple(self.numbers)


def columns_of(codebook: Codebook, slug: str, *, cases: Iterable[str] = (), roles: Iterable[str] = ()) -> Columns:
    """The columns of a code.

    Args:
        codebook: its active codes' signals.
        slug: of the code.
        cases: that decisions have been made in; each gets a say, alone and with each signal.
        roles: likewise.
    """
    family = {slug, *(code.slug for code in codebook.descendants(slug))}
    signals = [
        (code.slug, signal)
        for code in codebook
        if code.slug in family and code.status == "active"
        for signal in code.signals
    ]
    believed: dict[Column, tuple[float, float]] = {("bias",): (UNTOLD, HELD_BIAS)}
    weighs = any(each.weights for _code, each in signals)
    around = BY_WORDS if weighs else BY_SIGNALS
    believed |= {("around", name): (around[name], HELD_AROUND) for name in AROUND}
    believed |= {("signal", code, each.name): (_weight(each), HELD_SIGNAL) for code, each in signals}
    believed |= {("signal", code, each.name, case): (0.0, HELD_SIGNAL) for code, each in signals for case in cases}
    believed |= {("case", name): (0.0, HELD_FACT) for name in cases}
    believed |= {("role", name): (0.0, HELD_FACT) for name in roles}
    return Columns(
        code=slug,
        family=frozenset(family),
        numbers={column: number for number, column in enumerate(believed)},
        means=np.array([mean for mean, _ in believed.values()]),
        precisions=np.array([precision for _, precision in believed.values()]),
        words={(code, each.name): dict(each.weights) for code, each in signals if each.weights},
        spoken=SPOKEN if weighs else 1.0,
    )


def column_rows(evidence: Evidence, columns: Columns, units: Sequence[int]) -> Rows:
    """Shape (units, columns): what each of these units of a document has in each column."""
    around = surroundings(evidence, strength_of(evidence, columns))
    numbers = columns.numbers
    bias, first = numbers[("bias",)], numbers[("around", AROUND[0])]
    about = [numbers[("case", case)] for case in evidence.document.cases if ("case", case) in numbers]
    rows: list[dict[int, float]] = []
    for unit in units:
        row = {bias: 1.0, **dict.fromkeys(about, 1.0)}
        row |= {first + place: value for place, value in enumerate(around[unit].tolist()) if value}
        role = numbers.get(("role", evidence.document.role_of(unit)))
        if role is not None:
            row[role] = 1.0
        for signal, share in told(evidence, columns, unit):
            row |= dict.fromkeys(_of_signal(signal, evidence.document.cases, numbers), share)
        rows.append(row)
    return rows_of(rows, len(numbers))


def log_odds(evidence: Evidence, columns: Columns, weights: Vector) -> Vector:
    """Shape (units): the same rows' product with the weights, for every unit of a document, without making the rows."""
    numbers, document = columns.numbers, evidence.document
    around = surroundings(evidence, strength_of(evidence, columns))
    first = numbers[("around", AROUND[0])]
    sums = around @ weights[first : first + len(AROUND)] + weights[numbers[("bias",)]]
    sums += sum(weights[numbers[("case", case)]] for case in document.cases if ("case", case) in numbers)
    for name in set(document.roles):
        if ("role", name) in numbers:
            sums += weights[numbers[("role", name)]] * document.spoken_by(name)
    for unit, findings in evidence.findings.items():
        for finding, share in ranked(findings, columns, document):
            places = _of_signal((finding.code, finding.signal), document.cases, numbers)
            sums[unit] += share * sum(weights[place] for place in places)
    for signal, leaning in evidence.leaning.items():
        if signal[0] in columns.family:
            sums += leaning * sum(weights[place] for place in _of_signal(signal, document.cases, numbers))
    return np.asarray(sums)


def told(evidence: Evidence, columns: Columns, unit: int) -> list[tuple[tuple[str, str], float]]:
    """((code, signal), value) for the code's signals in one unit: those that fired, and what weighted words add up to."""
    ranking = ranked(evidence.findings.get(unit, ()), columns, evidence.document)
    return [((each.code, each.signal), share) for each, share in ranking] + [
        (signal, float(sums[unit])) for signal, sums in evidence.leaning.items() if signal[0] in columns.family
    ]


def _of_signal(signal: tuple[str, str], cases: Sequence[str], numbers: Mapping[Column, int]) -> list[int]:
    """Columns of a signal: its own, and with each case that has a say."""
    own = ("signal", *signal)
    return [numbers[own], *(numbers[*own, case] for case in cases if (*own, case) in numbers)]


def strength_of(evidence: Evidence, columns: Columns) -> Vector:
    """Shape (units): what speaks for the code or anything below it in each unit itself, from 0 to 1."""
    doubt = np.ones(len(evidence))
    for unit, findings in evidence.findings.items():
        for finding in findings:
            if finding.code in columns.family:
                doubt[unit] *= 1.0 - finding.score
    for (code, _signal), sums in evidence.leaning.items():
        if code in columns.family:
            doubt *= 1.0 - told_by_words(sums)
    return 1.0 - doubt


def ranked(findings: Sequence[Finding], columns: Columns, document: Document) -> list[tuple[Finding, float]]:
    """The code's signals that fired in one unit with what each counts: the strongest fully, others `ANOTHER`."""
    own = sorted((each for each in findings if each.code in columns.family), key=lambda each: -each.score)
    full = columns.spoken if document.is_speech else 1.0
    return [(each, full if place == 0 else full * ANOTHER) for place, each in enumerate(own)]


def _weight(signal: Signal) -> float:
    """What is believed of a signal: a sure one alone makes its code likely; weighted words count as they are."""
    if signal.weights:
        return WEIGHED
    kept = min(max(signal.score, 0.01), 0.99)
    return math.log(kept / (1.0 - kept)) - UNTOLD

"""Why something is proposed: the signals, words and surroundings that weigh most, with their sign."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from nlp.evidence import AROUND, Evidence, surroundings
from nlp.learning.columns import ranked, strength_of
from nlp.learning.rows import Rows
from nlp.learning.teach import CodeModel
from nlp.suggestion import Reason
from nlp.vocabulary import terms_of

MOST_WORDS = 5
_TOO_LITTLE = 0.05
_UNTOLD = ("speech", "prose", "elsewhere")
"""Columns that say nothing of this passage in particular."""


def reasons(
    evidence: Evidence, first: int, last: int, model: CodeModel, words: Rows | None, terms: Mapping[str, int]
) -> tuple[Reason, ...]:
    """What speaks for and against a code in the units from `first` to `last`, the strongest first.

    Args:
        words: the document's word rows, None where no word has a weight.
        terms: the vocabulary's term numbers.
    """
    found = [*_signals(evidence, first, last, model), *_around(evidence, first, last, model)]
    found += _facts(evidence, first, model)
    weighed = [*_weighted(evidence, first, last, model)]
    if words is not None and model.words:
        weighed += _words(evidence, first, last, model, words, terms)
    found += _most_telling(_strongest_reading(weighed))
    return tuple(sorted(found, key=lambda each: (-abs(each.weight), each.start or -1, each.name)))


def _signals(evidence: Evidence, first: int, last: int, model: CodeModel) -> Iterator[Reason]:
    numbers = model.columns.numbers
    for unit in range(first, last + 1):
        for finding, share in ranked(evidence.findings.get(unit, ()), model.columns, evidence.document):
            own = ("signal", finding.code, finding.signal)
            weight = share * sum(
                float(model.weights[numbers[column]])
                for column in (own, *((*own, case) for case in evidence.document.cases))
                if column in numbers
            )
            for start, end in finding.because:
                yield Reason(kind="signal", name=finding.signal, weight=round(weight, 3), start=start, end=end)


def _around(evidence: Evidence, first: int, last: int, model: CodeModel) -> Iterator[Reason]:
    """What is said outside the passage; what its own units lend each other is told by their signals."""
    inside = np.zeros(len(evidence), dtype=np.bool_)
    inside[first : last + 1] = True
    strength = np.where(inside, 0.0, strength_of(evidence, model.columns))
    around = surroundings(evidence, strength)[first : last + 1].max(axis=0, initial=0.0)
    for name, value in zip(AROUND, around.tolist(), strict=True):
        weight = value * float(model.weights[model.columns.numbers[("around", name)]])
        if abs(weight) > _TOO_LITTLE and name not in _UNTOLD:
            yield Reason(kind="around", name=name, weight=round(weight, 3))


def _facts(evidence: Evidence, first: int, model: CodeModel) -> Iterator[Reason]:
    numbers = model.columns.numbers
    of_here = [("case", case) for case in evidence.document.cases] + [("role", evidence.document.role_of(first))]
    for column in of_here:
        if column in numbers and abs(weight := float(model.weights[numbers[column]])) > _TOO_LITTLE:
            yield Reason(kind="fact", name=column[1], weight=round(weight, 3))


def _words(
    evidence: Evidence, first: int, last: int, model: CodeModel, words: Rows, terms: Mapping[str, int]
) -> Iterator[Reason]:
    """Each term once, where it weighs most."""
    best: dict[str, Reason] = {}
    for unit in range(first, last + 1):
        entries = slice(int(words.begins[unit]), int(words.begins[unit + 1]))
        values = dict(zip(words.columns[entries].tolist(), words.values[entries].tolist(), strict=True))
        for token in evidence.document.parsed.unit(unit).tokens:
            for term in terms_of(token.form):
                number = terms.get(term, -1)
                weight = model.words.get(number, 0.0) * values.get(number, 0.0)
                if abs(weight) > _TOO_LITTLE and abs(weight) > abs(best[term].weight if term in best else 0.0):
                    best[term] = Reason(
                        kind="word", name=term, weight=round(weight, 3), start=token.start, end=token.end
                    )
    yield from best.values()


def _weighted(evidence: Evidence, first: int, last: int, model: CodeModel) -> Iterator[Reason]:
    """Words that the codebook has given weight, each where it stands, with what it adds among the words of its sentence."""
    cases = evidence.document.cases
    for signal, weights in model.columns.words.items():
        if signal not in evidence.leaning:
            continue
        own = ("signal", *signal)
        factor = sum(
            float(model.weights[model.columns.numbers[column]])
            for column in (own, *((*own, case) for case in cases))
            if column in model.columns.numbers
        )
        for unit in range(first, last + 1):
            tokens = evidence.document.parsed.unit(unit).tokens
            among = math.sqrt(len({term for token in tokens for term in terms_of(token.form)}) or 1)
            for token in tokens:
                term = max(terms_of(token.form), key=lambda each: (abs(weights.get(each, 0.0)), each), default="")
                weight = factor * weights.get(term, 0.0) / among
                if abs(weight) > _TOO_LITTLE:
                    yield Reason(kind="word", name=term, weight=round(weight, 3), start=token.start, end=token.end)


def _most_telling(found: Sequence[Reason]) -> list[Reason]:
    """The places of the `MOST_WORDS` words that weigh most."""
    weights: dict[str, float] = {}
    for each in found:
        weights[each.name] = max(weights.get(each.name, 0.0), abs(each.weight))
    chosen = set(heapq.nlargest(MOST_WORDS, weights, key=lambda name: (weights[name], name)))
    return [each for each in found if each.name in chosen]


def _strongest_reading(found: Iterable[Reason]) -> list[Reason]:
    """One reason a word: of its readings and parts, and of what says something of it, the one that weighs most."""
    best: dict[int | None, Reason] = {}
    for each in sorted(found, key=lambda reason: (-abs(reason.weight), reason.name)):
        best.setdefault(each.start, each)
    return list(best.values())

"""Precision, recall, F with an interval, agreement between readers, and what is left to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.evaluation.judgements import Judgements
from nlp.evaluation.labels import Label
from nlp.learning.assess import reading

DRAWS = 2000
"""How many times the groups are drawn again for an interval."""
SEED = 1

Counts = NDArray[np.int64]
"""Shape (groups, 3): hits, false, missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one theme, or of several together, over the pairs of a unit and a theme that count."""

    name: str
    hits: int
    false: int
    missed: int
    words: int
    """Of the units looked at."""
    low: float
    """Of the 95 % interval of F; not a number where F is undefined."""
    high: float
    reading: float | None = None
    """Share of the text to be read, the likeliest units first, before nine in ten of the theme's units are found."""

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None

    @property
    def false_in_thousand(self) -> float | None:
        """Wrongly proposed pairs of a unit and a theme for every 1,000 words."""
        return 1000 * self.false / self.words if self.words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two readers on one theme."""

    theme: str
    first: int
    """Units that the first reader gives the theme."""
    second: int
    both: int
    units: int
    kappa: float | None
    """Cohen's; None where neither or both give it everywhere."""

    @property
    def f1(self) -> float | None:
        """F of one reader held against the other: what no program can be asked to exceed."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else None


def score(judgements: Judgements, themes: Sequence[str], name: str = "") -> Score:
    """The score of a theme, or of several summed."""
    counts = counts_of(judgements, themes)
    hits, false, missed = (int(each) for each in counts.sum(axis=0))
    low, high = interval(counts)
    return Score(
        name=name or ", ".join(themes),
        hits=hits,
        false=false,
        missed=missed,
        words=int(judgements.words.sum()),
        low=low,
        high=high,
        reading=_reading(judgements, themes[0]) if len(themes) == 1 else None,
    )


def counts_of(judgements: Judgements, themes: Sequence[str]) -> Counts:
    """Hits, false and missed of these themes together in each group."""
    columns = [judgements.themes.index(theme) for theme in themes]
    meant, found, counted = (each[:, columns] for each in (judgements.meant, judgements.found, judgements.counted))
    outcomes = (meant & found & counted, ~meant & found & counted, meant & ~found & counted)
    per_unit = np.column_stack([each.sum(axis=1) for each in outcomes])
    _, group = np.unique(judgements.groups, return_inverse=True)
    counts = np.zeros((int(group.max(initial=-1)) + 1, 3), dtype=np.int64)
    np.add.at(counts, group, per_unit)
    return counts


def interval(counts: Counts, *, seed: int = SEED) -> tuple[float, float]:
    """The middle 95 % of F when groups are drawn again with replacement (Efron 1979, percentiles)."""
    return _middle(_f(_drawn(len(counts), seed) @ counts))


def gain(before: Judgements, after: Judgements, themes: Sequence[str]) -> tuple[float, float, float]:
    """How much F has risen on the same units, and the 95 % interval with groups drawn alike for both."""
    first, second = counts_of(before, themes), counts_of(after, themes)
    drawn = _drawn(len(first), SEED)
    risen = float(_f(second.sum(axis=0, keepdims=True))[0] - _f(first.sum(axis=0, keepdims=True))[0])
    return (risen, *_middle(_f(drawn @ second) - _f(drawn @ first)))


def agreement(pairs: Sequence[tuple[Label, Label]], theme: str) -> Agreement:
    """Cohen's kappa of two readers on whether units have a theme."""
    answers = np.array([[theme in one.codes, theme in other.codes] for one, other in pairs], dtype=np.float64)
    first, second = (int(each) for each in answers.sum(axis=0)) if pairs else (0, 0)
    both = int(answers.all(axis=1).sum()) if pairs else 0
    units = len(pairs)
    alike = 1 - (first + second - 2 * both) / units if units else 0.0
    by_chance = (first * second + (units - first) * (units - second)) / units**2 if units else 1.0
    kappa = None if by_chance == 1.0 else (alike - by_chance) / (1.0 - by_chance)
    return Agreement(theme=theme, first=first, second=second, both=both, units=units, kappa=kappa)


def _reading(judgements: Judgements, theme: str) -> float | None:
    column = judgements.themes.index(theme)
    counted = judgements.counted[:, column]
    meant = judgements.meant[counted, column].astype(np.float64)
    if not meant.any():
        return None
    return reading(judgements.likely[counted, column], meant, judgements.lengths[counted])


def _drawn(groups: int, seed: int) -> NDArray[np.float64]:
    """Shape (DRAWS, groups): how many times each group is drawn each time."""
    if not groups:
        return np.zeros((DRAWS, 0))
    random = np.random.default_rng(seed)
    return np.asarray(random.multinomial(groups, np.full(groups, 1.0 / groups), size=DRAWS), dtype=np.float64)


def _f(counts: NDArray[np.float64] | Counts) -> NDArray[np.float64]:
    hits, false, missed = np.asarray(counts, dtype=np.float64).T
    whole = 2 * hits + false + missed
    shares: NDArray[np.float64] = np.divide(2 * hits, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return shares


def _middle(values: NDArray[np.float64]) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)

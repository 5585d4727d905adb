"""Figures that say how good suggestions are: precision, recall, F, calibration, and how much reading they save."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nlp.learning.crossval import Judged, Trust
from nlp.learning.rows import Vector

WANTED_SHARE = 0.9
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One code, judged on texts it was not learnt from."""

    code: str
    units: int
    """Sentences that people have said something of, with or without the code."""
    with_code: int
    sources: int
    precision: float | None
    recall: float | None
    f1: float | None
    calibration: float | None
    """Expected calibration error: how far likelihoods are from what happened, on average (Naeini, Cooper and Hauskrecht
    2015), 0 at best."""
    reading: float | None
    """Share of the text to be read, the likeliest first, before nine in ten of the code's places are found."""
    threshold: float
    silent: bool
    """Whether the code's suggestions hold too seldom to be shown."""
    is_enough: bool
    """Whether there is enough to say anything; without it the figures are None."""


def figures(found: Judged, earned: Trust) -> Figures:
    """The figures of a code at the threshold it has earned."""
    known = found.is_enough
    applies = found.applies.astype(np.bool_)
    proposed = found.likely >= earned.threshold
    hits, said, meant = int((proposed & applies).sum()), int(proposed.sum()), int(applies.sum())
    return Figures(
        code=found.code,
        units=len(applies),
        with_code=meant,
        sources=found.sources,
        precision=_share(hits, said) if known else None,
        recall=_share(hits, meant) if known else None,
        f1=_share(2 * hits, said + meant) if known else None,
        calibration=calibration(found.likely, found.applies) if known else None,
        reading=reading(found.likely, found.applies, found.lengths) if known else None,
        threshold=earned.threshold,
        silent=earned.silent,
        is_enough=known,
    )


def calibration(likely: Vector, applies: Vector) -> float:
    """Mean distance between likelihood and outcome over `BINS` bins of equal width, weighted by their size."""
    places = np.minimum((likely * BINS).astype(np.int64), BINS - 1)
    sizes = np.bincount(places, minlength=BINS)
    believed = np.bincount(places, weights=likely, minlength=BINS)
    happened = np.bincount(places, weights=applies, minlength=BINS)
    return float(np.abs(believed - happened).sum() / sizes.sum())


def reading(likely: Vector, applies: Vector, lengths: Vector) -> float:
    """Share of the code points in the likeliest units that together hold `WANTED_SHARE` of the code's units.

    Units of equal likelihood are read together, since nothing says which comes first.
    """
    order = np.argsort(-likely, kind="stable")
    needed = math.ceil(WANTED_SHARE * float(applies.sum()))
    last = int(np.searchsorted(np.cumsum(applies[order]), needed))
    return float(lengths[likely >= likely[order][last]].sum() / lengths.sum())


def interval(hits: int, of: int, *, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927); (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

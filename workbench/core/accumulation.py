"""New codes over sources: how many each source brings, and when they grow few.

The measure is that of Guest, Namey & Chen (2020, PLOS ONE 15(5): e0232076): the codes first met in a *run* of sources, as
a share of those in the *base*, the first sources. The base stays what it was; it does not grow with the codebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

BASE = 4
"""Sources in the base unless told otherwise."""
RUN_LENGTHS = (2, 3)
THRESHOLD = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some sources in a row after the base."""

    before: int
    """How many sources there are before the run."""
    length: int
    new: int
    """Codes first met in the run."""
    ratio: float
    """`new` over the codes of the base, not rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLength:
    """All the runs of one length, each a source further on than the one before."""

    length: int
    runs: tuple[Run, ...]
    reached: Run | None
    """The first run that brought no more than the threshold; written «before+length», as 6+2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saturation:
    base: int
    """How many sources the base has."""
    base_codes: int
    threshold: float
    lengths: tuple[RunLength, ...]


def new_in_each(codes: Iterable[Set[str]]) -> list[int]:
    """How many codes each source has that none before it had, in the order given."""
    met: set[str] = set()
    counts: list[int] = []
    for found in codes:
        counts.append(len(found - met))
        met |= found
    return counts


def saturation(
    new: Sequence[int],
    *,
    base: int = BASE,
    lengths: Sequence[int] = RUN_LENGTHS,
    threshold: float = THRESHOLD,
) -> Saturation | None:
    """When new codes grow few; None where there are too few sources for one run, or the base has no codes.

    Args:
        new: codes first met in each source, in order.
        base: how many sources the base has.
        lengths: how long the runs are.
        threshold: the greatest ratio that counts as few. A ratio is compared as it is: 5.4 % is more than 5 %.
    """
    base_codes = sum(new[:base])
    if not base_codes or len(new) < base + min(lengths):
        return None
    return Saturation(
        base=base,
        base_codes=base_codes,
        threshold=threshold,
        lengths=tuple(_run_length(new, base, base_codes, length, threshold) for length in lengths),
    )


def _run_length(new: Sequence[int], base: int, base_codes: int, length: int, threshold: float) -> RunLength:
    runs = []
    for before in range(base, len(new) - length + 1):
        found = sum(new[before : before + length])
        runs.append(Run(before=before, length=length, new=found, ratio=found / base_codes))
    return RunLength(length=length, runs=tuple(runs), reached=next((r for r in runs if r.ratio <= threshold), None))

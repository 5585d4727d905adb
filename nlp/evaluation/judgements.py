"""What was meant and what was found, unit by unit, in arrays; the same for interviews and for reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nlp.learning.rows import Places, Vector

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """Labelled units of some texts beside what was proposed for them."""

    themes: tuple[str, ...]
    meant: Flags
    """Shape (units, themes): what the readers say."""
    found: Flags
    """Shape (units, themes): what is proposed."""
    likely: NDArray[np.float64]
    """Shape (units, themes): how likely each theme was held to be."""
    counted: Flags
    """Shape (units, themes): False where the answer had been given beforehand."""
    groups: Places
    """Shape (units): units with the same number are drawn together when chance is asked about."""
    lengths: Vector
    """Shape (units): code points."""
    words: Places
    """Shape (units)."""
    by_participant: Flags
    """Shape (units): whether somebody other than an interviewer says it."""
    languages: NDArray[np.str_]
    """Shape (units): language of the turn, else of its speaker, or of the sentence; empty where that cannot be told."""

    def __len__(self) -> int:
        return len(self.groups)

    def where(self, chosen: Flags) -> Judgements:
        """These units alone; `chosen` has the shape (units)."""
        return Judgements(
            self.themes,
            self.meant[chosen],
            self.found[chosen],
            self.likely[chosen],
            self.counted[chosen],
            self.groups[chosen],
            self.lengths[chosen],
            self.words[chosen],
            self.by_participant[chosen],
            self.languages[chosen],
        )

    def without(self, answered: Flags) -> Judgements:
        """The same with what was answered beforehand, shape (units, themes), left out of every count."""
        return replace(self, counted=self.counted & ~answered)


def joined(parts: Sequence[Judgements]) -> Judgements:
    """Units of several texts after each other. Groups are numbered anew, so that no two parts share one."""
    groups, next_free = [], 0
    for part in parts:
        groups.append(part.groups + next_free)
        next_free += int(part.groups.max(initial=-1)) + 1
    return Judgements(
        parts[0].themes,
        np.concatenate([part.meant for part in parts]),
        np.concatenate([part.found for part in parts]),
        np.concatenate([part.likely for part in parts]),
        np.concatenate([part.counted for part in parts]),
        np.concatenate(groups),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.by_participant for part in parts]),
        np.concatenate([part.languages for part in parts]),
    )

"""A few places drawn by lot among those that would not be proposed, so that what suggestions miss does not stay unseen."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from nlp.evidence import Evidence, tops
from nlp.learning.teach import chances
from nlp.suggest import Suggester
from nlp.suggestion import Suggestion

SHORTEST = 30
"""Code points of a unit that says enough to be judged."""


def drawn(
    evidence: Evidence, suggester: Suggester, proposed: Sequence[Suggestion], *, seed: str, number: int = 1
) -> list[Suggestion]:
    """Units where nothing is proposed, each asked about the theme that is likeliest there.

    Only once something has been learnt: before that there is nothing to keep honest.

    Args:
        evidence: of the text.
        suggester: what is believed.
        proposed: what is proposed in the text; none of it is drawn.
        seed: the same lots fall for the same seed.
        number: how many, if there are as many.
    """
    if not any(model.yes or model.no for model in suggester.models.values()):
        return []
    parsed = evidence.document.parsed
    free = [
        unit
        for unit in np.flatnonzero(evidence.codable).tolist()
        if parsed.unit_ends[unit] - parsed.unit_starts[unit] >= SHORTEST
        and not any(each.start < parsed.unit_ends[unit] and parsed.unit_starts[unit] < each.end for each in proposed)
    ]
    words = suggester.word_rows(evidence)
    themes = [theme for theme in dict.fromkeys(tops(suggester.codebook).values()) if theme in suggester.models]
    likely = {theme: chances(evidence, suggester.models[theme], words) for theme in themes}
    chosen = random.Random(seed).sample(free, min(number, len(free)))
    return [
        Suggestion(
            start=parsed.unit_starts[unit],
            end=parsed.unit_ends[unit],
            code=(theme := max(themes, key=lambda each: float(likely[each][unit]))),
            score=round(max(float(likely[theme][unit]), 0.0001), 4),
            method="random",
            rule="",
            pipeline=parsed.pipeline,
            reasons=(),
        )
        for unit in sorted(chosen)
    ]

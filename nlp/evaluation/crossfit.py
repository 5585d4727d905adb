"""Figures for interviews whose words were not weighed: the codebook's weighted words made anew without each set in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codebooks.model import Codebook
from nlp.evaluation.speech import Interview
from nlp.training.everyday import weigh, with_words


def sets_of(interviews: Sequence[Interview]) -> dict[str, list[Interview]]:
    """Name of each set -> its interviews."""
    found: dict[str, list[Interview]] = {}
    for each in interviews:
        found.setdefault(each.set_name, []).append(each)
    return found


def left_out(interviews: Sequence[Interview], codebook: Codebook) -> Iterator[tuple[str, list[Interview], Codebook]]:
    """(set, its interviews, the codebook with words weighed on all the others).

    Signals and their scores are the codebook's own in every fold.
    """
    themes = [code.slug for code in codebook.children(None)]
    for name, held_out in sets_of(interviews).items():
        rest = [each for each in interviews if each.set_name != name]
        weighed = weigh([(each.document, each.labels) for each in rest], themes)
        yield name, held_out, with_words(codebook, weighed)

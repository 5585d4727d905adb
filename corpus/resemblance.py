"""How much of one text stands word for word in another, whatever became of its line breaks."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.!?])\s+|\n")
_SAYS_SOMETHING = 20
"""Shorter passages («Ja.», «Hva da?») stand in every interview."""


def resemblance(one: str, other: str) -> float:
    """From 0 to 1: the share of what the shorter text's sentences say that the other has in the very same words.

    Sentences are compared without regard to blanks and letter case; short ones do not count.
    """
    passages, others = _passages(one), _passages(other)
    if sum(map(len, others)) < sum(map(len, passages)):
        passages, others = others, passages
    known = set(others)
    total = sum(map(len, passages))
    return sum(len(each) for each in passages if each in known) / total if total else 0.0


def _passages(text: str) -> list[str]:
    folded = (" ".join(each.split()).casefold() for each in _ENDS.split(text))
    return [each for each in folded if len(each) >= _SAYS_SOMETHING]

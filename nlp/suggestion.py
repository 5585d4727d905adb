"""A proposal that a stretch of text has something to do with a code. A person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.spans import united

Method = Literal["rule", "exchange", "learned", "random"]
"""How it was found. `rule`: a signal that is sure enough by itself fired in it. `exchange`: weaker signals did, and what is
said around them speaks for it. `learned`: the team's own decisions speak for it more than signals do. `random`: drawn by
lot among what would not be proposed, so that what the suggestions miss can be estimated."""

ReasonKind = Literal["signal", "word", "around", "fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that speaks for a proposal, or against it."""

    kind: ReasonKind
    name: str
    """The signal's name; the word's dictionary form; a column of `nlp.evidence.AROUND`; the case or role."""
    weight: float
    """What it adds to the log odds; below 0 it speaks against."""
    start: int | None = None
    """Where it stands in the text (code points), for a word or a signal's word."""
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Code x span, with the reasons."""

    start: int
    """First code point of the passage or sentence."""
    end: int
    """One past its last code point."""
    code: str
    """Slug of the code."""
    score: float
    """How likely it is that the code applies, above 0 and at most 1."""
    method: Method
    rule: str
    """Name of the strongest signal that fired; empty where none did."""
    pipeline: str
    """Identity of the pipeline that read the text."""
    reasons: tuple[Reason, ...]
    """The strongest first."""

    def __post_init__(self) -> None:
        if not self.reasons and self.method != "random":
            raise ValueError(f"suggestion of {self.code} at {self.start} without a reason")
        if not all(self.start <= start < end <= self.end for start, end in self.because):
            raise ValueError(f"suggestion of {self.code} at {self.start}..{self.end}: a reason lies outside")

    @property
    def because(self) -> tuple[tuple[int, int], ...]:
        """Spans of the words that speak for it, in order, without overlap; each lies inside the suggestion."""
        return united(
            (each.start, each.end)
            for each in self.reasons
            if each.start is not None and each.end is not None and each.weight > 0
        )

"""A proposal that a stretch of text has something to do with a code. A person decides."""

from __future__ import annotations

from dataclasses import dataclass

Method = str
"""How the proposal was found: `rule` or `exchange`; `nlp.suggest` says what they mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Code x span, with the reason."""

    start: int
    """First code point of the unit."""
    end: int
    """One past the last code point of the unit."""
    code: str
    """Slug of the code."""
    score: float
    """Above 0 and at most 1."""
    method: Method
    rule: str
    """Name of the strongest signal that fired."""
    pipeline: str
    """Identity of the pipeline that read the text."""
    because: tuple[tuple[int, int], ...]
    """Spans of the words that triggered it, in order, without overlap; each lies inside the unit."""

    def __post_init__(self) -> None:
        if not self.because:
            raise ValueError(f"suggestion of {self.code} at {self.start} without a reason")
        if not all(self.start <= start < end <= self.end for start, end in self.because):
            raise ValueError(f"suggestion of {self.code} at {self.start}..{self.end}: a reason lies outside")

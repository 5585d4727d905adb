"""What the corpus page is made from: the quote bank, and the texts its excerpts stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from exports.models import QuoteBank


class Stretch(NamedTuple):
    """A turn in a text, as half-open code-point offsets."""

    label_start: int
    start: int
    end: int
    asking: bool
    """It is the interviewer's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A text as it is stored, under a label that may be shown."""

    id: str
    label: str
    language: str
    text: str
    cases: tuple[str, ...] = ()
    turns: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    bank: QuoteBank
    sources: tuple[SourceText, ...]
    """Every source that an excerpt of the bank stands in."""

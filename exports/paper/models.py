"""What is printed to be read and written on by hand: transcripts, the excerpts of one code, and the codebook.

All positions are half-open code-point offsets in the source's stored text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from codebooks.model import Code, Codebook
from corpus.model import SourceKind
from exports.models import Excerpt

Every = Literal[1, 5]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on every page. The same sheet and contents always give the same bytes."""

    project: str
    """Title of the project."""
    date: date
    """The day of printing."""
    stamp: str = ""
    """At the foot of every page: *Inneholder personopplysninger*."""
    language: str = "nb-NO"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTurn:
    """A turn, and whether it is the interviewer's."""

    number: int
    """From 1, as the turns stand in the source."""
    label_start: int
    start: int
    end: int
    asking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCoding:
    """A code on a span, named in the margin."""

    start: int
    end: int
    name: str
    """Name of the code; with the names above it where another code is called the same."""
    quote_id: str
    colour: str = ""
    """`#rrggbb`, or empty."""
    coder: str = ""
    """Empty when all that is printed was coded by one person."""
    star: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNote:
    """A note in the margin: a span without a code."""

    start: int
    end: int
    text: str
    coder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSource:
    """A source with what is to stand beside it."""

    name: str
    kind: SourceKind
    verbatim: bool
    version: int
    """Number of the text version: line numbers are those of one version."""
    text: str
    turns: tuple[PrintedTurn, ...] = ()
    cases: tuple[str, ...] = ()
    date: str = ""
    """ISO 8601 as the researcher wrote it; printed in words when it is a whole date."""
    wave: str = ""
    codings: tuple[PrintedCoding, ...] = ()
    notes: tuple[PrintedNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedExcerpt:
    """An excerpt and the lines it has in the printed transcript."""

    excerpt: Excerpt
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePrint:
    """A code with the excerpts that carry it or a code below it."""

    code: Code
    path: tuple[str, ...]
    """Names from the top-level code down to the code itself."""
    excerpts: tuple[PlacedExcerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a code is given."""

    own: int
    """Codings on the code itself."""
    total: int
    """With all codes below it."""
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookPrint:
    """A codebook, with a tally for each slug that has one."""

    codebook: Codebook
    tallies: Mapping[str, Tally]

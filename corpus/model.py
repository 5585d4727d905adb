"""What was said: a source's text, its turns and its speakers.

All positions are half-open code-point offsets into the stored text, which is NFC with LF line ends. The stored text keeps
speaker labels and time stamps as they stood, so a quotation is always a slice of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from corpus.edits import EditMap

Role = Literal["interviewer", "participant", "other"]
SourceKind = Literal["transcript", "minutes", "notes", "survey", "report", "article"]
SOURCE_KINDS: tuple[SourceKind, ...] = ("transcript", "minutes", "notes", "survey", "report", "article")

RegionKind = Literal["contents", "table", "caption", "footnote", "summary", "references", "other", "doubtful"]
"""`summary` is a summary in another language than the report's own; `doubtful` a stretch the transcriber was unsure of."""
REGION_KINDS: tuple[RegionKind, ...] = (
    "contents", "table", "caption", "footnote", "summary", "references", "other", "doubtful",
)  # fmt: skip


def as_role(value: str) -> Role:
    """The role a stored word says; anything unknown is `other`."""
    return "interviewer" if value == "interviewer" else "participant" if value == "participant" else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stretch by one speaker."""

    speaker: str
    """The label as it stands in the text without colon or time stamp; empty when nobody is named."""
    role: Role
    label_start: int
    """Where the turn's line begins, label and time stamp included; `label_start <= start`."""
    start: int
    """First code point of the spoken text."""
    end: int
    """One past the last code point of the spoken text."""
    start_ms: int | None = None
    end_ms: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.label_start <= self.start <= self.end:
            raise ValueError(f"turn out of order: {self.label_start}, {self.start}, {self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of the stored text that is something else than running text, or that a person should look at."""

    start: int
    end: int
    kind: RegionKind
    note: str = ""
    """Why it is marked, Norwegian; empty where the kind says it all."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"region out of order: {self.start}, {self.end}")

    @property
    def codable(self) -> bool:
        """Whether it is to be coded from the start: what is only doubtful is speech all the same."""
        return self.kind == "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """Something the researcher should know about a reading: what was repaired, lifted out or is doubtful."""

    message: str
    """Norwegian, a whole sentence."""
    start: int | None = None
    """Offset in the stored text it concerns, if it concerns a place."""
    count: int = 1
    doubtful: bool = False
    """True when a person should look at it before trusting the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A source as a reader gives it: nothing is stored yet."""

    text: str
    turns: tuple[Turn, ...] = ()
    kind: SourceKind = "transcript"
    """The reader's guess; the researcher decides."""
    notes: tuple[ImportNote, ...] = ()
    encoding: str = "utf-8"
    raw_text: str | None = None
    """The text as it was before repairs, when `to_raw` leads back to it."""
    to_raw: EditMap | None = None
    """Maps `raw_text` to `text`, when the reader changed the text (the PDF profile does)."""
    lifted: tuple[tuple[str, str], ...] = ()
    """What was taken out of the running text: (what, text), such as footnotes and running headers."""
    regions: tuple[Region, ...] = ()
    """In order, without overlap within a kind."""
    title: str = ""
    """What the file says of itself, as articles and reports do; so `publisher` and `date` (2026-03-14)."""
    publisher: str = ""
    date: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Labels in order of first appearance."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    @property
    def warnings(self) -> tuple[str, ...]:
        """The notes as sentences; one said of several places stands once, with how many."""
        counted = Counter(note.message for note in self.notes)
        return tuple(message if number == 1 else f"{message} (×{number})" for message, number in counted.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the researcher said before a file was read."""

    profile: Literal["", "pdf-text"] = ""
    kind: SourceKind | None = None
    confirmed_labels: frozenset[str] = field(default_factory=frozenset)
    """Labels the researcher has confirmed as speakers, though they occur once."""
    rejected_labels: frozenset[str] = field(default_factory=frozenset)
    """Labels that are no speakers, whatever the grammar says."""
    roles: tuple[tuple[str, Role], ...] = ()
    """(label, role) as decided by the researcher."""

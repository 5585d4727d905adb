"""The things a project holds, as the researcher's acts see them. Values only; the store makes them from rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ReadingStatus = Literal["not-read", "read", "coding", "finished"]
READING_STATUSES: tuple[ReadingStatus, ...] = ("not-read", "read", "coding", "finished")
MemoKind = Literal["memo", "diary", "condensate"]
MEMO_KINDS: tuple[MemoKind, ...] = ("memo", "diary", "condensate")
Choice = Literal["sort", "keep", "skip", "remove"]
Origin = Literal["manual", "suggestion", "autocode", "import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    id: str
    title: str
    created: str
    approach: str = ""
    data_class: str = ""
    approval: str = ""
    """Number of the ethical or data protection approval."""
    end_date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    id: str
    name: str
    type: str
    parent: str
    """Id of the case it lies in, or empty."""
    attributes: Mapping[str, object]
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Informant:
    id: str
    number: str
    role: str
    level: str
    side: str
    cases: tuple[str, ...]
    """Names of cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    source: str
    label: str
    role: str
    """`interviewer`, `participant` or `other`."""
    informant: str
    """Id of the informant, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    name: str
    kind: str
    verbatim: bool
    wave: str
    date: str
    mode: str
    language: str
    folder: str
    ordinal: int
    """Running number of import; prefixes quote ids where no informant is known."""
    version: str
    version_number: int
    characters: int
    file_name: str
    original: str
    """SHA-256 of the original file."""
    cases: tuple[str, ...]
    informants: tuple[str, ...]
    """Numbers of informants."""
    turns: int
    codings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """A turn of a text version with the researcher's word on who speaks."""

    n: int
    label_start: int
    start: int
    end: int
    speaker: str
    role: str
    informant: str
    """Informant number, or empty."""
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """A code in the project, with its counts."""

    id: str
    slug: str
    name: str
    name_en: str
    parent: str
    colour: str
    brief: str
    definition: str
    when: str
    when_not: str
    examples: tuple[str, ...]
    status: str
    position: float
    codings: int
    """On the code itself."""
    codings_total: int
    """With all descendants."""
    cases: int
    """Distinct cases whose sources carry the code or a descendant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A code on a span by a coder."""

    id: str
    source: str
    source_name: str
    start: int
    end: int
    text: str
    code: str
    """Id of the code, merged codes resolved."""
    slug: str
    code_name: str
    coder: str
    """Name of the coder."""
    origin: str
    suggestion: str
    star: bool
    assessment: str
    first_coder: str
    quote: str
    """Stable quote id, such as I03-042."""
    created: str
    decided: str = ""
    """When it was last given its code, or confirmed under a new definition."""
    shown: str = ""
    """How the quotation is printed when that is not word for word: shortened with [...], clarified with [ ]."""

    @property
    def recoded(self) -> bool:
        """Whether somebody else than the one who coded first has given it its code."""
        return bool(self.first_coder) and self.first_coder != self.coder


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNote:
    id: str
    source: str
    start: int
    end: int
    text: str
    coder: str
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    id: str
    target_kind: str
    """`project`, `case`, `informant`, `source`, `span`, `code`, `theme` or `coding`."""
    target: str
    """Id of what it is on; of the source when it is on a span."""
    text: str
    coder: str
    created: str
    updated: str
    kind: MemoKind = "memo"
    day: str = ""
    """The date a diary entry is about, as 2026-03-14."""
    private: bool = False
    """Shown to its writer only."""
    start: int = 0
    end: int = 0
    """The span it is on, in the source's text; both 0 for what is on no span."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a suggestion, or against it."""

    kind: str
    """`signal`, `word`, `around` (what is said nearby) or `fact` (the case, who speaks)."""
    name: str
    weight: float
    """Below 0 it speaks against."""
    start: int | None
    """Where it stands in the source's text, if it stands anywhere."""
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A suggestion as the researcher meets it, with what was decided about it."""

    id: str
    source: str
    source_name: str
    start: int
    end: int
    text: str
    code: str
    slug: str
    code_name: str
    score: float
    method: str
    rule: str
    pipeline: str
    because: tuple[tuple[int, int], ...]
    """Spans of the words that speak for it, in the source's text, without overlap."""
    reasons: tuple[Reason, ...]
    """The strongest first."""
    status: Literal["pending", "accepted", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeEntry:
    id: str
    title: str
    essence: str
    status: str
    codes: tuple[str, ...]
    """Ids of member codes."""
    codings: tuple[str, ...] = ()
    """Ids of codings that belong to the theme by themselves, whatever their codes."""
    position: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """A queue of codings that are to be gone through one by one."""

    id: str
    kind: str
    """`split` (into sub-codes) or `definition` (codings from before the code's present definition)."""
    code: str
    """Id of the code whose codings they are."""
    targets: tuple[str, ...]
    """Ids of the codes they may be given, in the order of their number keys."""
    codings: tuple[str, ...]
    """Ids of the codings, in the order of the queue."""
    coder: str
    """Name of who began it."""
    created: str
    finished: str
    """When its choices were carried out; empty until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortingChoice:
    """What is to become of one coding when the sorting is finished."""

    coding: str
    choice: Choice
    codes: tuple[str, ...]
    """Ids of the codes it is to have, one or several; empty unless the choice is `sort`."""
    note: str
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reader of the coded corpus has said about a coding, a code or a theme."""

    id: str
    target_kind: str
    target: str
    source: str
    start: int
    end: int
    quote: str
    """The quote id the reader saw, which finds the place when the coding is gone."""
    text: str
    reader: str
    created: str
    updated: str
    """When the reader wrote it as it now stands."""
    reply: str
    status: str
    """`open` or `handled`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryCell:
    """A cell of the framework matrix: what a case says about a code, in the researcher's words."""

    case: str
    """Id of the case."""
    code: str
    """Id of the code."""
    wave: str
    text: str
    status: str
    """`draft` or `done`."""
    codings: tuple[str, ...]
    """Ids of the codings it rests on."""
    coder: str
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """A report that was written, as the journal remembers it."""

    id: str
    title: str
    card: Mapping[str, object]
    """What it held and how it was asked for."""
    coder: str
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One gesture in the audit trail."""

    id: str
    gesture: str
    when: str
    coder: str
    kind: str
    summary: str
    undone: bool

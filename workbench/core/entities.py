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
    title: str = ""
    """What an article or a report is called, which its file may not be."""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRegion:
    """A stretch that is no running text (a table, a contents list), or that the transcriber was unsure of."""

    id: str
    source: str
    start: int
    end: int
    kind: str
    """One of `corpus.model.REGION_KINDS`."""
    note: str
    codable: bool
    seen: bool
    """Whether somebody has looked at what was doubtful."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that stood in a text before a newer version of it came, and whose place in that nobody can tell for sure."""

    id: str
    target_kind: str
    """`coding`, `margin_note`, `memo` or `verdict`."""
    target: str
    source: str
    old_version: str
    old_start: int
    old_end: int
    text: str
    """The words it stood on; empty when the older version has been destroyed."""
    candidates: tuple[tuple[int, int], ...]
    """Spans of the present text where it may belong, the likeliest first."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    id: str
    title: str
    file_name: str
    mapping: str
    """Which column is what, as YAML."""
    created: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question of a survey."""

    id: str
    survey: str
    key: str
    wording: str
    base: str
    """Who was asked, in words; empty when everybody was."""
    condition: str
    """The filter the answers were asked under, as column = value."""
    asked: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """A respondent's answer to an open question."""

    id: str
    source: str
    start: int
    end: int
    question: str
    """Id of the question."""
    value: float | None
    """What a number in words amounts to; the words themselves are the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLink:
    """A tie between two things, as other tools know it."""

    id: str
    origin_kind: str
    origin: str
    target_kind: str
    target: str
    name: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignItem:
    """Which of ours a foreign item became, and what it said when it was last taken in."""

    guid: str
    kind: str
    """`code`, `source`, `coding`, `note`, `case`, `person`, `set`, `link`, `variable`."""
    target: str
    seen: Mapping[str, object]
    origin: str = ""


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
    """On the code itself, standing in a text."""
    codings_total: int
    """With all descendants."""
    cases: int
    """Distinct cases whose sources carry the code or a descendant."""
    waiting: int = 0
    """On the code itself, but standing nowhere in a text since it was changed; in none of the other counts."""
    folder: bool = False
    """A heading over other codes that nothing is coded with, as other tools have them."""


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

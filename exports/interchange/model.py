"""A project as plain values, between Kodebenk and any other tool's files.

Readers of foreign formats give a `Bundle`, writers are given one; neither knows the project file. Everything refers to
everything else by GUID. A reader fills what its format has and leaves the rest empty; what it met and could not take along
it lists in `losses`. Offsets are half-open code points into `SourceItem.text` exactly as it stands there (it may have CRLF
and need not be NFC): whoever takes a bundle in normalises the text and carries the offsets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.model import Region, Turn

NoteTarget = Literal["project", "source", "passage", "code", "coding", "case", "set"]
SetKind = Literal["", "theme", "wave"]
CaseKind = Literal["case", "informant"]
NoteKind = Literal["memo", "margin", "diary", "condensate"]
Direction = Literal["Associative", "OneWay", "Bidirectional"]
VariableType = Literal["text", "boolean", "integer", "float", "date", "datetime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A coder, or whoever wrote a note."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeItem:
    """A code; a folder or category of codes that nothing can be coded with is one that is not `codable`."""

    guid: str
    name: str
    parent: str = ""
    """GUID of the code above; empty at the top. Parents stand before their children, siblings in order."""
    colour: str = ""
    """`#rrggbb`, or empty."""
    codable: bool = True
    retired: bool = False
    slug: str = ""
    name_en: str = ""
    brief: str = ""
    definition: str = ""
    """Full definition; a foreign tool's only description or memo stands here."""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    signals: str = ""
    """What makes Kodebenk propose the code, as JSON; no other tool's file has it."""
    silent: frozenset[str] = field(default=frozenset(), compare=False)
    """The fields of these that the file has no place for, so that they are empty without its having said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A respondent's answer to an open question of a survey: where it stands, and what a number in it amounts to."""

    start: int
    end: int
    question: str
    """Key of the question."""
    survey: str = ""
    """GUID of the survey."""
    raw: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionItem:
    """An open question of a survey: who was asked, under what condition, and how many they were."""

    key: str
    wording: str
    base: str = ""
    condition: str = ""
    asked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyItem:
    """A survey that answers come from."""

    guid: str
    title: str
    file_name: str = ""
    mapping: str = ""
    """Which column is what, as YAML."""
    questions: tuple[QuestionItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """A text with what is known about it."""

    guid: str
    name: str
    text: str
    description: str = ""
    kind: str = ""
    """One of `corpus.model.SOURCE_KINDS`; empty where the file does not say."""
    created: str = ""
    """ISO 8601 in UTC with Z; empty where the file does not say. So everywhere here."""
    modified: str = ""
    creator: str = ""
    """GUID of a person."""
    file_name: str = ""
    content: bytes = b""
    """The original file, where it is at hand (a Word document, a PDF)."""
    turns: tuple[Turn, ...] | None = None
    """None where the file knows nothing of turns: they are then looked for in the text."""
    regions: tuple[Region, ...] = ()
    answers: tuple[Answer, ...] = ()
    speakers: Mapping[str, str] = field(default_factory=dict)
    """Label to GUID of the case (of kind `informant`) who speaks under it."""
    title: str = ""
    publisher: str = ""
    date: str = ""
    mode: str = ""
    wave: str = ""
    language: str = ""
    folder: str = ""
    verbatim: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingItem:
    """A code on a span by a coder."""

    guid: str
    source: str
    start: int
    end: int
    code: str
    coder: str = ""
    """GUID of a person; empty where the file does not say."""
    created: str = ""
    passage: str = ""
    """GUID of the passage (selection) it lies on, where the format has such a thing."""
    star: bool = False
    assessment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem:
    """A memo, comment, annotation or journal entry."""

    guid: str
    text: str
    title: str = ""
    kind: NoteKind = "memo"
    target_kind: NoteTarget = "project"
    target: str = ""
    """GUID of what it is on; of the source when it is on a passage; empty for the project."""
    start: int = 0
    end: int = 0
    """The passage, when it is on one."""
    creator: str = ""
    created: str = ""
    modified: str = ""
    day: str = ""
    """The date a diary entry is about, as 2026-03-14."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableItem:
    """What is known about cases under one name."""

    guid: str
    name: str
    type: VariableType = "text"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseItem:
    """A case (municipality, organisation) or an informant, with its sources and values."""

    guid: str
    name: str
    kind: CaseKind = "case"
    description: str = ""
    type: str = ""
    """What kind of case: kommune, bydel."""
    parent: str = ""
    """GUID of the case it lies in."""
    cases: tuple[str, ...] = ()
    """For an informant: GUIDs of the cases the informant belongs to."""
    role: str = ""
    level: str = ""
    side: str = ""
    sources: tuple[str, ...] = ()
    """GUIDs."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Variable GUID to str, bool, int or float; dates as ISO text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetItem:
    """A group: a theme with its codes, a wave with its sources, or whatever the other tool grouped."""

    guid: str
    name: str
    kind: SetKind = ""
    description: str = ""
    status: str = ""
    """For a theme: `candidate` or `final`."""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    codings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkItem:
    """A tie between two things, of whatever kind."""

    guid: str
    origin: str
    target: str
    name: str = ""
    direction: Direction = "Associative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that did not come along, by name, with the reason; or something that was wrong and how it was read."""

    what: str
    """Kind of thing, Norwegian, as it begins a line: `Bilde`, `Kode`, `Kodinger`."""
    name: str
    why: str
    """Norwegian, a whole sentence."""
    count: int = 1
    mended: bool = False
    """True where nothing was lost: the file was wrong there and was read nevertheless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A project, a part of one, or a codebook alone."""

    tool: str
    """Who wrote the file, as it says itself: `NVivo 15.0.0`, `Kodebenk 0.1.0`."""
    guid: str = ""
    """The project's; empty where the format has none."""
    title: str = ""
    description: str = ""
    created: str = ""
    modified: str = ""
    people: tuple[Person, ...] = ()
    codes: tuple[CodeItem, ...] = ()
    sources: tuple[SourceItem, ...] = ()
    codings: tuple[CodingItem, ...] = ()
    notes: tuple[NoteItem, ...] = ()
    variables: tuple[VariableItem, ...] = ()
    cases: tuple[CaseItem, ...] = ()
    sets: tuple[SetItem, ...] = ()
    links: tuple[LinkItem, ...] = ()
    surveys: tuple[SurveyItem, ...] = ()
    losses: tuple[Loss, ...] = ()

"""What an export is made from: values that the services fill, so that this room needs no project file.

Names, labels and texts come ready for print: what must not be shown (a masked case, a role that only one person has) is
masked before it gets here. All positions are half-open code-point offsets in the source's stored text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from codebooks.model import Codebook
from corpus.model import SourceKind

Origin = Literal["manual", "suggestion", "autocode", "import"]
Measure = Literal["segments", "sources", "informants", "share"]
Dimension = Literal["case", "code", "theme", "source", "informant", "role", "side", "level", "wave", "coder"]
Attribute = Literal["case", "informant", "role", "side", "level", "wave"]
Cell: TypeAlias = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One coding with everything a report or a table says about it."""

    id: str
    """Id of the coding."""
    quote_id: str
    """Short and stable, printed after the excerpt so that it can be found again: `I03-042`."""
    source: str
    """Id of the source."""
    source_name: str
    source_kind: SourceKind
    verbatim: bool
    """False for minutes and notes: the words are the writer's, and are never set as a quotation."""
    start: int
    """First code point in the source's stored text."""
    end: int
    """One past the last code point."""
    text: str
    """The stored text from `start` to `end`, untouched."""
    code: str
    """Slug."""
    code_name: str
    code_path: tuple[str, ...]
    """Names from the top-level code down to the code itself."""
    coder: str
    """Name of the person who coded; empty where coders are not to be named."""
    origin: Origin
    created: datetime
    """When it was coded; with time zone."""
    themes: tuple[str, ...] = ()
    """Titles of the themes that the code belongs to."""
    cases: tuple[str, ...] = ()
    informant: str = ""
    """Number or pseudonym: `I03`. Empty when the speaker is nobody in particular."""
    role: str = ""
    side: str = ""
    level: str = ""
    wave: str = ""
    published: str = ""
    """How a report or an article is cited: title, publisher and date; empty for what was not published."""
    language: str = "nb"
    """Language of the source: `nb`, `nn`, or another language tag."""
    star: bool = False
    assessment: str = ""
    question: str | None = None
    """What the interviewer asked just before, as it stands in the text."""
    before: str = ""
    """Text just before the excerpt."""
    after: str = ""
    """Text just after the excerpt."""
    time_ms: int | None = None
    """Where in the recording it begins, in milliseconds."""
    memo: str = ""
    first_coder: str = ""
    """Name of the person who coded it first, when another has recoded it."""
    voice: str = ""
    """Who alone speaks in it: `interviewer`, `participant` or `other`; empty when several do, and where nobody is known to."""
    turn: int | None = None
    """Running number in the source of the first turn the excerpt touches, from 1."""
    shown: str = ""
    """How it is printed when that is not word for word: shortened with [...], clarified with [ ]; empty otherwise."""
    spoken: str = ""
    """The same words with each voice called what the report may call it; empty when that is what stands in the text."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"excerpt out of order: {self.start}, {self.end}")
        if self.created.tzinfo is None:
            raise ValueError("created has no time zone")

    @property
    def printed(self) -> str:
        """The words that stand on paper."""
        return self.shown or self.spoken or self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCounts:
    """How much was said: distinct things with this code, its descendants not included unless the service did so."""

    code: str
    """Slug; empty in a row of totals."""
    name: str
    segments: int
    sources: int
    informants: int
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A code of a theme, and what it means in a sentence or two."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeChapter:
    """One theme: what it says, which codes carry it, how often, and in whose words."""

    title: str
    essence: str = ""
    definitions: tuple[Definition, ...] = ()
    counts: tuple[CodeCounts, ...] = ()
    total: CodeCounts | None = None
    """Distinct over the codes of the theme, so seldom their sum."""
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A crosstab: `cells[row][column]`, zeros kept; a share is between 0 and 1."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | float, ...], ...]
    measure: Measure = "segments"
    row_kind: Dimension = "case"
    column_kind: Dimension = "code"

    def __post_init__(self) -> None:
        if len(self.cells) != len(self.rows) or any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError("cells do not match rows and columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The facts that the method paragraph is computed from; a zero leaves its sentence out."""

    sources: tuple[tuple[SourceKind, int], ...] = ()
    """How many sources of each kind."""
    sources_in_all: int = 0
    """How many sources the project has, where the facts are of a part of them; 0 where they are of all."""
    words: int = 0
    informants: int = 0
    cases: int = 0
    coders: int = 0
    codes: int = 0
    codings: int = 0
    codings_from_suggestions: int = 0
    """How many of the codings are suggestions that a coder accepted."""
    finished_sources: int = 0
    """Sources that a coder has marked as finished."""
    agreement: float | None = None
    """Krippendorff's alpha over all codes."""
    agreement_unit: str = ""
    """The unit that agreement was counted in, as a Norwegian word: `setning`."""
    software_version: str = ""
    approach: str = ""
    """How the material is analysed: `reflexive`, `codebook`, `framework` and so on; empty when nobody has said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMaterial:
    """What the material holds of one case, for the table in the method chapter."""

    case: str
    """Its name; empty for the sources that have no case, and in the row of them all."""
    sources: Mapping[SourceKind, int]
    """How many of each kind; kinds that there are none of may be left out."""
    informants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts as stacked bars: `cells[bar][part]`."""

    bars: tuple[str, ...]
    parts: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...] = ()
    """What each bar counts once, where its parts share some of it; the sum of its parts when nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """A point of a reporting checklist with its answer."""

    number: str
    item: str
    reported: str = ""
    """What the project can answer or has been told; empty when the author must fill it in."""
    where: str = ""
    """The chapter of the report where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A reporting checklist, filled in as far as it can be."""

    name: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report by theme and case, ready to be rendered. The same report always gives the same bytes."""

    title: str
    date: date
    project: str = ""
    """Title of the project, printed under the title when it is another."""
    author: str = ""
    language: str = "nb-NO"
    data_class: str = ""
    """Stamped on every page: `Rød (fortrolig)`."""
    caveat: str = ""
    """What the reader must know about the material, in the researcher's own words."""
    method: Method = Method()
    warnings: tuple[str, ...] = ()
    """Printed as reservations: what is unfinished. What could identify somebody belongs on the screen, not here."""
    chapters: tuple[ThemeChapter, ...] = ()
    matrix: Matrix | None = None
    codebook: Codebook | None = None
    attribution: tuple[Attribute, ...] = ("case", "informant")
    """What may be printed after an excerpt, in this order."""
    show_questions: bool = False
    institution: str = ""
    title_page: bool = False
    """Title, authors and date on a page of their own, with lists of tables and figures after the contents."""
    by_code: bool = False
    """Excerpts of a theme stand under its codes, otherwise under their cases."""
    material: tuple[CaseMaterial, ...] = ()
    material_total: CaseMaterial | None = None
    """Each source and informant once, though it has several cases."""
    bars: Bars | None = None
    """Sources with each theme, by case; drawn as a figure."""
    heat: Matrix | None = None
    """Case x theme, drawn as a figure."""
    checklists: tuple[Checklist, ...] = ()
    update_fields: bool = False
    """Let Word ask, when the report is opened, whether to work out contents and numbers anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBank:
    """Every coded excerpt of a project or a selection, with what is needed to read them without the project."""

    title: str
    date: date
    excerpts: tuple[Excerpt, ...] = ()
    codebook: Codebook | None = None
    counts: tuple[CodeCounts, ...] = ()
    matrix: Matrix | None = None
    data_class: str = ""
    language: str = "nb-NO"
    software_version: str = ""
    attribution: tuple[Attribute, ...] = ("case", "informant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: `key` is what programs read and never changes, `title` is what people read."""

    key: str
    title: str
    width: int = 14
    """Characters; used in Excel."""
    wrap: bool = False
    percent: bool = False
    shown: Callable[[Any], Cell] | None = None
    """Turns a cell's value into what people read in Excel; csv keeps the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns, for csv and Excel."""

    name: str
    """What the sheet is called."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("rows do not match columns")

"""Which column of a survey's table is what, as the researcher has said it, and as a file that can be used again.

Columns go by their names in `corpus.survey.headings.column_names`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any, Literal

import regex
import yaml

from corpus.errors import UnreadableSource
from corpus.grids import Grid, refuse_large
from corpus.survey.columns import ColumnGuess
from corpus.survey.headings import column_names, guess_header_rows

AttributeType = Literal["text", "number", "boolean", "date"]
ATTRIBUTE_TYPES: tuple[AttributeType, ...] = ("text", "number", "boolean", "date")
InformantField = Literal["role", "level", "side"]
INFORMANT_FIELDS: tuple[InformantField, ...] = ("role", "level", "side")

MOST_COLUMNS = 2_000
"""Columns that a mapping may name; no questionnaire comes near it."""
_SHOWN = 10
"""Columns that a refusal names."""
_COMPARED = 500
"""Columns of a table up to which the nearest is looked for, and letters of a heading."""
_BREAKS = regex.compile("[\r\x85\u2028\u2029\ufeff]")
_SHORT_KEY = regex.compile(r"[A-Za-z]{1,4}[_ .-]?\d{1,4}(?:[_.-]\d{1,3}){0,2}[a-z]?")


class _Dumper(yaml.SafeDumper):
    """Writes line breaks other than the line feed as escapes, since YAML would read them as blanks."""


def _written(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _BREAKS.search(text) else None)


_Dumper.add_representer(str, _written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Who was asked a question: those whose cell in a column is one of some values."""

    column: str
    values: tuple[str, ...]
    """Compared without regard to case and surrounding blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question."""

    key: str
    """Short, and no two of a survey alike: `q3`."""
    column: str
    wording: str
    """As it was put to the respondents, on one line."""
    base: str = ""
    """Who was asked, in words; empty when everybody was, or when the filter says it."""
    filter: Filter | None = None
    numeric: bool = False
    """Whether answers are to be read as numbers too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeColumn:
    """A column that says something of the case."""

    column: str
    name: str
    type: AttributeType = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformantColumn:
    """A column that says something of the one who answered."""

    column: str
    field: InformantField


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyMapping:
    """What a table's columns are; those it does not name are left out."""

    title: str
    questions: tuple[Question, ...]
    sheet: str = ""
    """Which sheet of an Excel file; empty for the first."""
    header_rows: int = 1
    respondent: str = ""
    """Column of the respondents' own numbers; empty when they are to be numbered R001, R002, ..."""
    case: str = ""
    """Column of the cases' names; empty when the respondents belong to none."""
    attributes: tuple[AttributeColumn, ...] = ()
    informant: tuple[InformantColumn, ...] = ()
    wave: str = ""

    def columns(self) -> Iterator[str]:
        """Every column it names, in the order of the mapping, those of filters too."""
        yield from (column for column in (self.respondent, self.case) if column)
        yield from (attribute.column for attribute in self.attributes)
        yield from (each.column for each in self.informant)
        for question in self.questions:
            yield question.column
            if question.filter is not None:
                yield question.filter.column


def proposed_mapping(grid: Grid, guesses: Sequence[ColumnGuess], *, title: str) -> SurveyMapping:
    """A mapping made of guesses; closed questions become attributes of the case, unless they ask what the respondent is."""
    attributes = [guess for guess in guesses if guess.role in ("attribute", "closed")]
    questions = [guess for guess in guesses if guess.role == "question"]
    return SurveyMapping(
        title=title,
        sheet=grid.name,
        header_rows=guess_header_rows(grid),
        respondent=next((guess.header for guess in guesses if guess.role == "respondent"), ""),
        case=next((guess.header for guess in guesses if guess.role == "case"), ""),
        attributes=tuple(
            AttributeColumn(column=one.header, name=one.header, type="number" if one.numeric else "text")
            for one in attributes
        ),
        informant=tuple(
            InformantColumn(column=guess.header, field="role") for guess in guesses if guess.role == "position"
        ),
        questions=tuple(
            Question(key=key, column=guess.header, wording=guess.wording, numeric=guess.numeric)
            for key, guess in zip(_keys(questions), questions, strict=True)
        ),
    )


def chosen_sheet(path: Path, grids: Sequence[Grid], mapping: SurveyMapping) -> Grid:
    """The table that a mapping is for: the sheet it names, else the first.

    Raises:
        UnreadableSource: if several sheets have text and none has the name.
    """
    named = next((grid for grid in grids if grid.name == mapping.sheet), None)
    if named is not None:
        return named
    if mapping.sheet and len(grids) > 1:
        reason = _("Filen har ikke arket «{sheet}», men {known}. Rett «sheet» i koblingen.")
        known = ", ".join(f"«{grid.name}»" for grid in grids)
        raise UnreadableSource(path, reason.format(sheet=mapping.sheet, known=known))
    return grids[0]


def check_mapping(path: Path, grid: Grid, mapping: SurveyMapping) -> None:
    """Refuses a mapping that does not fit the table.

    Args:
        path: the table's file, named in the refusal.

    Raises:
        UnreadableSource: if it names columns that the table lacks, which are named with the nearest that it has, or more
            rows of headings than there are rows; or if it names more than `MOST_COLUMNS` columns.
    """
    if not 0 <= mapping.header_rows <= len(grid.rows):
        reason = _("Koblingen sier {n} overskriftsrader, men tabellen har {rows} rader. Rett «header_rows».")
        raise UnreadableSource(path, reason.format(n=mapping.header_rows, rows=len(grid.rows)))
    named = tuple(mapping.columns())
    if len(named) > MOST_COLUMNS:
        reason = _("Koblingen nevner {n} kolonner; grensen er {most}. Del undersøkelsen på flere koblinger.")
        raise UnreadableSource(path, reason.format(n=len(named), most=MOST_COLUMNS))
    refuse_large(path, len(grid.rows), len(named))
    known = column_names(grid, mapping.header_rows)
    lacking = sorted(set(named).difference(known), key=named.index)
    if lacking:
        told = ", ".join(_with_nearest(column, known) for column in lacking[:_SHOWN])
        told += _(" og {n} til").format(n=len(lacking) - _SHOWN) if len(lacking) > _SHOWN else ""
        reason = _(
            "Tabellen mangler kolonner som koblingen nevner: {columns}. Rett navnene i koblingen eller tabellen."
        )
        raise UnreadableSource(path, reason.format(columns=told))


def mapping_to_yaml(mapping: SurveyMapping) -> str:
    """The mapping as YAML, without what is left at its default; `mapping_from_yaml` gives it back."""
    document: dict[str, Any] = {"title": mapping.title}
    document |= {"sheet": mapping.sheet} if mapping.sheet else {}
    document |= {"header_rows": mapping.header_rows} if mapping.header_rows != 1 else {}
    named = {"respondent": mapping.respondent, "case": mapping.case, "wave": mapping.wave}
    document |= {key: value for key, value in named.items() if value}
    if mapping.attributes:
        document["attributes"] = [
            {"column": one.column, "name": one.name, "type": one.type} for one in mapping.attributes
        ]
    if mapping.informant:
        document["informant"] = [{"column": one.column, "field": one.field} for one in mapping.informant]
    document["questions"] = [_question_node(question) for question in mapping.questions]
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000)


def _question_node(question: Question) -> dict[str, Any]:
    node: dict[str, Any] = {"key": question.key, "column": question.column, "wording": question.wording}
    if question.base:
        node["base"] = question.base
    if question.filter is not None:
        node["filter"] = {"column": question.filter.column, "values": list(question.filter.values)}
    if question.numeric:
        node["numeric"] = "ja"
    return node


def _keys(questions: Sequence[ColumnGuess]) -> list[str]:
    """A key for each question: its column's name where that is short and plain (`Q3`), else q1, q2, ..."""
    keys: dict[str, None] = {}
    for number, guess in enumerate(questions, 1):
        own = guess.header.replace(" ", "").casefold()
        key = own if _SHORT_KEY.fullmatch(guess.header) else f"q{number}"
        while key in keys:
            key = f"{key}b"
        keys[key] = None
    return list(keys)


def _with_nearest(column: str, known: Sequence[str]) -> str:
    if len(known) > _COMPARED or len(column) > _COMPARED:
        return f"«{column}»"
    nearest = difflib.get_close_matches(column, known, n=1, cutoff=0.5)
    if not nearest:
        return f"«{column}»"
    return _("«{column}» (kanskje «{nearest}»)").format(column=column, nearest=nearest[0])

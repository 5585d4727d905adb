"""What the rows of a survey say of the cases: typed values, and the cases with what their respondents agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from gettext import ngettext

import regex

from corpus.model import ImportNote
from corpus.survey.mapping import AttributeColumn
from corpus.survey.model import AttributeValue, RespondentAnswers, SurveyCase
from corpus.survey.numbers import normalise_number
from corpus.survey.problems import told

_NOTHING = regex.compile(r"[\p{P}\p{Z}\p{C}\s]*")
_MISSING = frozenset("n/a #n/a #i/t #null! -99 -999 -9999".split())
"""What programs write where nothing was answered: Qualtrics and SPSS -99, LimeSurvey N/A, Excel #I/T."""
_DAY = regex.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?|(\d{1,2})\.(\d{1,2})\.(\d{4})", regex.DOTALL)
_TRUE = frozenset("ja j yes true sann 1 x".split())
_FALSE = frozenset("nei n no false usann 0".split())


def is_empty(cell: str) -> bool:
    """True for a cell that has nothing but blanks and punctuation, or a program's sign that nothing was answered."""
    return _NOTHING.fullmatch(cell) is not None or is_missing(cell)


def is_missing(cell: str) -> bool:
    """True for what programs write where nothing was answered."""
    return cell.strip().casefold() in _MISSING


def attributes_of(
    columns: Iterable[AttributeColumn], cells: Mapping[str, str], unread: Counter[str]
) -> dict[str, AttributeValue]:
    """The values that are there; one that is not of its type stays text and is counted under the attribute's name."""
    values: dict[str, AttributeValue] = {}
    for column in columns:
        cell = " ".join(cells[column.column].split())
        if is_empty(cell):
            continue
        typed = _typed(cell, column.type)
        unread[column.name] += typed is None
        values[column.name] = cell if typed is None else typed
    return values


def _typed(cell: str, kind: str) -> AttributeValue | None:
    """The value of a cell that is not empty, or None when it is not of the type."""
    if kind == "number":
        number = normalise_number(cell)
        return int(number) if number is not None and number.is_integer() else number
    if kind == "boolean":
        folded = cell.casefold()
        return True if folded in _TRUE else False if folded in _FALSE else None
    if kind == "date":
        return _date(cell)
    return cell


def _date(cell: str) -> str | None:
    match = _DAY.fullmatch(cell)
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def cases_of(respondents: Sequence[RespondentAnswers]) -> tuple[tuple[SurveyCase, ...], tuple[ImportNote, ...]]:
    """The cases with what nobody in them contradicts, and a note on the rest."""
    values: dict[str, dict[str, set[AttributeValue]]] = {}
    for respondent in respondents:
        if respondent.case:
            said = values.setdefault(respondent.case, {})
            for name, value in respondent.attributes.items():
                said.setdefault(name, set()).add(value)
    cases = tuple(
        SurveyCase(name=case, attributes={name: next(iter(each)) for name, each in said.items() if len(each) == 1})
        for case, said in values.items()
    )
    unlike = [f"{case} ({name})" for case, said in values.items() for name, each in said.items() if len(each) > 1]
    message = ngettext(
        "{n} opplysning om en case er ulik hos respondentene og er ikke satt på casen: {shown}.",
        "{n} opplysninger om case er ulike hos respondentene og er ikke satt på casene: {shown}.",
        len(unlike),
    )
    return cases, told(unlike, message)

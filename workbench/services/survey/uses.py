"""What a person says about a table's columns: each change gives another mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Literal

from corpus.survey.columns import ColumnGuess
from corpus.survey.mapping import (
    INFORMANT_FIELDS,
    AttributeColumn,
    Filter,
    InformantColumn,
    Question,
    SurveyMapping,
)
from workbench.errors import Refusal
from workbench.services.naming import not_found
from workbench.services.survey.tables import Sheet

Use = Literal["question", "case", "respondent", "attribute", "role", "level", "side", "ignore"]
USES: tuple[Use, ...] = ("question", "case", "respondent", "attribute", "role", "level", "side", "ignore")


def use_words() -> Mapping[Use, str]:
    """What each use is called."""
    return {
        "question": _("åpent spørsmål"),
        "case": _("case"),
        "respondent": _("respondentens nummer"),
        "attribute": _("opplysning om casen"),
        "role": _("informantens rolle"),
        "level": _("informantens nivå"),
        "side": _("informantens side"),
        "ignore": _("tas ikke inn"),
    }


def use_of(mapping: SurveyMapping, column: str) -> Use:
    """What a column is taken in as; a column of several uses has the first of `USES`."""
    if question_in(mapping, column) is not None:
        return "question"
    if column == mapping.case:
        return "case"
    if column == mapping.respondent:
        return "respondent"
    if any(each.column == column for each in mapping.attributes):
        return "attribute"
    return next((each.field for each in mapping.informant if each.column == column), "ignore")


def question_in(mapping: SurveyMapping, column: str) -> Question | None:
    """The question whose answers stand in a column."""
    return next((each for each in mapping.questions if each.column == column), None)


def question_keyed(mapping: SurveyMapping, key: str) -> Question:
    """The question of a key, or of a column, capitals aside.

    Raises:
        NotFound: with the keys there are.
    """
    folded = key.strip().casefold()
    for question in mapping.questions:
        if folded in (question.key.casefold(), question.column.casefold()):
            return question
    raise not_found(
        _("Finner ikke spørsmålet «{key}».").format(key=key), key, [question.key for question in mapping.questions]
    )


def with_use(mapping: SurveyMapping, sheet: Sheet, column: ColumnGuess, use: Use) -> SurveyMapping:
    """A column taken in as something else, and as nothing besides; questions and facts stay in the table's order."""
    if use == use_of(mapping, column.header):
        return mapping
    name = column.header
    mapping = replace(
        mapping,
        questions=tuple(each for each in mapping.questions if each.column != name),
        attributes=tuple(each for each in mapping.attributes if each.column != name),
        informant=tuple(each for each in mapping.informant if each.column != name),
        case="" if mapping.case == name else mapping.case,
        respondent="" if mapping.respondent == name else mapping.respondent,
    )
    if use == "case":
        return replace(mapping, case=name)
    if use == "respondent":
        return replace(mapping, respondent=name)
    place = {each.header: each.index for each in sheet.guesses}
    if use == "attribute":
        kind: Literal["number", "text"] = "number" if column.numeric else "text"
        attributes = (*mapping.attributes, AttributeColumn(column=name, name=name, type=kind))
        return replace(mapping, attributes=tuple(sorted(attributes, key=lambda each: place[each.column])))
    for field in INFORMANT_FIELDS:
        if use == field:
            others = tuple(each for each in mapping.informant if each.field != field)
            return replace(mapping, informant=(*others, InformantColumn(column=name, field=field)))
    if use == "question":
        question = Question(
            key=_free_key(mapping, sheet, column), column=name, wording=column.wording, numeric=column.numeric
        )
        questions = (*mapping.questions, question)
        return replace(mapping, questions=tuple(sorted(questions, key=lambda each: place[each.column])))
    return mapping


def with_question(mapping: SurveyMapping, question: Question) -> SurveyMapping:
    """The question of the same column said anew."""
    return replace(
        mapping, questions=tuple(question if each.column == question.column else each for each in mapping.questions)
    )


def filter_of(mapping: SurveyMapping, sheet: Sheet, written: str) -> Filter | None:
    """A filter as people write it: `q2:Ja|Delvis` or `Har plan = Ja | Delvis`; None for nothing.

    Raises:
        Refusal: if it has no column and values, or the table lacks the column.
    """
    if not written.strip():
        return None
    names = {each.header: each.header for each in sheet.guesses} | {
        each.key: each.column for each in mapping.questions if all(each.key != known.header for known in sheet.guesses)
    }
    # The longest name first, since a heading may be the beginning of another, and may have a colon in it.
    for name in sorted(names, key=len, reverse=True):
        rest = written.strip()[len(name) :].lstrip()
        if written.strip().casefold().startswith(name.casefold()) and rest[:1] in (":", "="):
            values = tuple(each.strip() for each in rest[1:].split("|") if each.strip())
            if values:
                return Filter(column=names[name], values=values)
    raise Refusal(
        _(
            "«{written}» er ikke et filter. Skriv en kolonne i tabellen og svarene, som «Har plan = Ja | Delvis»."
        ).format(written=written)
    )


def filter_written(question: Question) -> str:
    """The filter as `filter_of` reads it; empty without one."""
    return "" if question.filter is None else f"{question.filter.column} = {' | '.join(question.filter.values)}"


def _free_key(mapping: SurveyMapping, sheet: Sheet, column: ColumnGuess) -> str:
    """The key that the proposal gives the column, else the next of q1, q2, ... that is free."""
    taken = {each.key for each in mapping.questions}
    proposed = question_in(sheet.proposed(), column.header)
    if proposed is not None and proposed.key not in taken:
        return proposed.key
    number = len(taken) + 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"

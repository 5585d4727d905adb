"""A survey's answers, respondent by respondent, as its mapping reads the table.

An empty cell and one with nothing but punctuation (`-`, `.`, `?`) is no answer, and neither is what programs write for none
(`-99`, `N/A`), which is told of; *vet ikke* and *ingen* are. A question
that some were not asked has its own base: how many were asked, and how many of them answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from corpus.grids import Grid
from corpus.model import ImportNote
from corpus.survey.attributes import attributes_of, cases_of, is_empty, is_missing
from corpus.survey.headings import column_names, heading_notes
from corpus.survey.mapping import Question, SurveyMapping, check_mapping
from corpus.survey.model import AnswerText, QuestionCount, RespondentAnswers, SkipReason, Survey
from corpus.survey.numbers import normalise_number
from corpus.survey.problems import told
from corpus.text import normalise

_Rows = Sequence[tuple[int, Mapping[str, str]]]
"""(row of the table, counted from 1 with the headings; cell by the name of its column)."""


def read_survey(path: Path, grid: Grid, mapping: SurveyMapping) -> Survey:
    """The answers in a table.

    Args:
        path: the table's file, named in the refusal.

    Raises:
        UnreadableSource: if the mapping does not fit the table (see `check_mapping`).
    """
    check_mapping(path, grid, mapping)
    names = column_names(grid, mapping.header_rows)
    rows = [
        (number, dict(zip(names, row, strict=True)))
        for number, row in enumerate(grid.rows[mapping.header_rows :], mapping.header_rows + 1)
        if any(map(str.strip, row))
    ]
    numbers, problems = _numbers(rows, mapping)
    unread: Counter[str] = Counter()
    filters = ((question.key, question.filter) for question in mapping.questions if question.filter is not None)
    labelled = dict(zip(names, grid.labels, strict=True)) if grid.labels else {}
    accepted = {key: _accepted(chosen.values, labelled.get(chosen.column, ())) for key, chosen in filters}
    respondents = tuple(
        _respondent(number, row, cells, mapping, accepted, unread)
        for number, (row, cells) in zip(numbers, rows, strict=True)
    )
    cases, disagreements = cases_of(respondents)
    counts = _counts(mapping.questions, respondents)
    return Survey(
        title=mapping.title,
        wave=mapping.wave,
        questions=mapping.questions,
        respondents=respondents,
        cases=cases,
        counts=counts,
        problems=(
            *grid.notes,
            *heading_notes(grid, mapping.header_rows),
            *problems,
            *_without_case(respondents, mapping),
            *disagreements,
            *_unread_notes(unread),
            *_missing_notes(rows, mapping),
            *_label_notes(mapping, labelled),
            *_filter_notes(rows, mapping, labelled),
            *_outside_notes(counts),
        ),
    )


def base_text(question: Question) -> str:
    """Who was asked a question, in Norwegian; empty when everybody was."""
    if question.base or question.filter is None:
        return question.base
    values = ", ".join(f"«{value}»" for value in question.filter.values)
    return _("De som svarte {values} på «{column}»").format(values=values, column=question.filter.column)


def condition_text(question: Question) -> str:
    """The filter as it is stored: `Har plan = ja, delvis`; empty without one."""
    return "" if question.filter is None else f"{question.filter.column} = {', '.join(question.filter.values)}"


def _respondent(
    number: str,
    row: int,
    cells: Mapping[str, str],
    mapping: SurveyMapping,
    accepted: Mapping[str, frozenset[str]],
    unread: Counter[str],
) -> RespondentAnswers:
    answers: list[AnswerText] = []
    skipped: list[tuple[str, SkipReason]] = []
    for question in mapping.questions:
        raw = cells[question.column]
        was_asked = question.filter is None or _folded(cells[question.filter.column]) in accepted[question.key]
        if not is_empty(raw):
            value = normalise_number(raw) if question.numeric else None
            answers.append(
                AnswerText(question=question.key, text=normalise(raw).strip(), raw=raw, value=value, asked=was_asked)
            )
        else:
            skipped.append((question.key, "tomt svar" if was_asked else "ikke spurt"))
    said = {each.field: " ".join(cells[each.column].split()) for each in mapping.informant}
    return RespondentAnswers(
        number=number,
        row=row,
        case=" ".join(cells[mapping.case].split()) if mapping.case else "",
        attributes=attributes_of(mapping.attributes, cells, unread),
        role=said.get("role", ""),
        level=said.get("level", ""),
        side=said.get("side", ""),
        answers=tuple(answers),
        skipped=tuple(skipped),
    )


def _numbers(rows: _Rows, mapping: SurveyMapping) -> tuple[list[str], tuple[ImportNote, ...]]:
    """A number for each row, no two alike, and what was wrong with the respondents' own."""
    width = max(3, len(str(len(rows))))
    own = [" ".join(cells[mapping.respondent].split()) if mapping.respondent else "" for _row, cells in rows]
    doubles = [number for number, times in Counter(own).items() if number and times > 1]
    lacking = [str(row) for (row, _cells), number in zip(rows, own, strict=True) if mapping.respondent and not number]
    taken = set(own)
    numbers: list[str] = []
    seen: Counter[str] = Counter()
    for place, number in enumerate(own, 1):
        seen[number] += 1
        if number and seen[number] == 1:
            numbers.append(number)
        else:
            numbers.append(_free(f"{number}-{seen[number]}" if number else f"R{place:0{width}d}", taken))
    problems = told(
        doubles,
        ngettext(
            "{n} respondentnummer står på flere rader: {shown}. Radene er tatt inn hver for seg, med -2, -3 bak.",
            "{n} respondentnumre står på flere rader: {shown}. Radene er tatt inn hver for seg, med -2, -3 bak.",
            len(doubles),
        ),
    ) + told(
        lacking,
        ngettext(
            "{n} rad mangler respondentnummer og har fått et eget: rad {shown}.",
            "{n} rader mangler respondentnummer og har fått egne: rad {shown}.",
            len(lacking),
        ),
    )
    return numbers, problems


def _free(number: str, taken: set[str]) -> str:
    while number in taken:
        number += "b"
    taken.add(number)
    return number


def _counts(questions: Sequence[Question], respondents: Sequence[RespondentAnswers]) -> tuple[QuestionCount, ...]:
    answered: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    empty: Counter[str] = Counter()
    for each in respondents:
        for answer in each.answers:
            (answered if answer.asked else outside)[answer.question] += 1
            numbers[answer.question] += answer.value is not None
        empty.update(key for key, why in each.skipped if why == "tomt svar")
    return tuple(
        QuestionCount(
            key=question.key,
            asked=answered[question.key] + empty[question.key],
            answered=answered[question.key],
            outside=outside[question.key],
            numbers=numbers[question.key],
        )
        for question in questions
    )


def _without_case(respondents: Sequence[RespondentAnswers], mapping: SurveyMapping) -> tuple[ImportNote, ...]:
    lacking = [str(each.row) for each in respondents if not each.case] if mapping.case else []
    message = ngettext(
        "{n} respondent mangler case: rad {shown}.", "{n} respondenter mangler case: rad {shown}.", len(lacking)
    )
    return told(lacking, message)


def _unread_notes(unread: Mapping[str, int]) -> tuple[ImportNote, ...]:
    """Notes on attributes with values that are not of their type, one for each."""
    notes = []
    for name, number in unread.items():
        message = ngettext(
            "{n} verdi av «{name}» er ikke av den typen koblingen sier, og står som tekst.",
            "{n} verdier av «{name}» er ikke av den typen koblingen sier, og står som tekst.",
            number,
        )
        if number:
            notes.append(ImportNote(message=message.format(n=number, name=name), count=number, doubtful=True))
    return tuple(notes)


def _missing_notes(rows: _Rows, mapping: SurveyMapping) -> tuple[ImportNote, ...]:
    """A note on cells that have a program's sign for no answer."""
    columns = [question.column for question in mapping.questions] + [each.column for each in mapping.attributes]
    found = [cells[column].strip() for _row, cells in rows for column in columns if is_missing(cells[column])]
    if not found:
        return ()
    message = ngettext(
        "{n} celle har et tegn for at noe ikke er besvart ({shown}), og er lest som tom.",
        "{n} celler har et tegn for at noe ikke er besvart ({shown}), og er lest som tomme.",
        len(found),
    )
    shown = ", ".join(dict.fromkeys(found))
    return (ImportNote(message=message.format(n=len(found), shown=shown), count=len(found), doubtful=True),)


def _accepted(values: Iterable[str], labels: Iterable[tuple[str, str]]) -> frozenset[str]:
    """A filter's values folded, each with the label that stands for it in the table."""
    chosen = frozenset(map(_folded, values))
    return chosen | {_folded(label) for value, label in labels if _folded(value) in chosen}


def _label_notes(mapping: SurveyMapping, labelled: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[ImportNote, ...]:
    """A note on attributes whose codes stand by the words that the workbook gives them."""
    used = [
        f"{each.column} ({', '.join(f'{value} = {label}' for value, label in labelled[each.column])})"
        for each in mapping.attributes
        if labelled.get(each.column)
    ]
    message = ngettext(
        "{n} kolonne med tallkoder står med ordene fra kodeboken i arbeidsboken: {shown}.",
        "{n} kolonner med tallkoder står med ordene fra kodeboken i arbeidsboken: {shown}.",
        len(used),
    )
    return told(used, message)


def _filter_notes(
    rows: _Rows, mapping: SurveyMapping, labelled: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[ImportNote, ...]:
    """A note on filters with values that nobody has: mistyped, or from another table."""
    unknown: dict[str, None] = {}
    for chosen in (question.filter for question in mapping.questions if question.filter is not None):
        had = {_folded(cells[chosen.column]) for _row, cells in rows}
        had |= {_folded(value) for value, label in labelled.get(chosen.column, ()) if _folded(label) in had}
        unknown |= {f"{chosen.column} = {value}": None for value in chosen.values if _folded(value) not in had}
    message = ngettext(
        "{n} filterverdi finnes ikke i tabellen: {shown}. Sjekk skrivemåten i koblingen.",
        "{n} filterverdier finnes ikke i tabellen: {shown}. Sjekk skrivemåten i koblingen.",
        len(unknown),
    )
    return told(list(unknown), message)


def _outside_notes(counts: Sequence[QuestionCount]) -> tuple[ImportNote, ...]:
    outside = [f"{count.key} ({count.outside})" for count in counts if count.outside]
    message = ngettext(
        "{n} spørsmål har svar fra respondenter som etter filteret ikke var spurt: {shown}. Svarene er tatt inn.",
        "{n} spørsmål har svar fra respondenter som etter filteret ikke var spurt: {shown}. Svarene er tatt inn.",
        len(outside),
    )
    return told(outside, message)


def _folded(cell: str) -> str:
    return " ".join(cell.casefold().split())

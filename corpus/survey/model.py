"""A survey as plain values: its respondents, what they answered, and what each question rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.model import ImportNote
from corpus.survey.mapping import Question

SkipReason = Literal["ikke spurt", "tomt svar"]
AttributeValue = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """A respondent's answer to an open question."""

    question: str
    """Key of the question."""
    text: str
    """The answer without blanks around it."""
    raw: str
    """The cell as it stood."""
    value: float | None = None
    """What it amounts to, where the question is read as a number and the answer is one."""
    asked: bool = True
    """False where the question's filter says that the respondent was not asked, and answered all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentAnswers:
    """What one row of the table says."""

    number: str
    """The respondent's own number, or R001, R002, ...; no two of a survey alike."""
    row: int
    """Row of the table, counted from 1 with the headings, as the file shows it."""
    case: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    """What the row says of the case; names without a value are left out."""
    role: str = ""
    level: str = ""
    side: str = ""
    answers: tuple[AnswerText, ...] = ()
    """In the order of the questions."""
    skipped: tuple[tuple[str, SkipReason], ...] = ()
    """(key of the question, why there is no answer)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCount:
    """How many a question was put to, and how many answered."""

    key: str
    asked: int
    """Respondents in the question's base."""
    answered: int
    """Of those asked."""
    outside: int = 0
    """Answers by respondents who, by the filter, were not asked: taken in, and to be looked at."""
    numbers: int = 0
    """Answers that amount to a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyCase:
    """A case with what all its respondents agree on."""

    name: str
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A table of answers, read."""

    title: str
    wave: str
    questions: tuple[Question, ...]
    respondents: tuple[RespondentAnswers, ...]
    cases: tuple[SurveyCase, ...]
    """In order of first appearance."""
    counts: tuple[QuestionCount, ...]
    """One for each question, in their order."""
    problems: tuple[ImportNote, ...] = ()

    def question(self, key: str) -> Question:
        """The question of that key, which must be one of the survey's."""
        return next(question for question in self.questions if question.key == key)

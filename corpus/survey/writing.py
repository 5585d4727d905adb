"""The text of one respondent: each question as the interviewer's turn, and below it the answer as the respondent's own.

    Spørsmål: Hvordan er samarbeidet med spesialisthelsetjenesten?
    R001: Varierende. Vi får sjelden epikriser.

So the question is in view while its answer is coded, and what a question says is never mistaken for what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Role, Transcript, Turn
from corpus.survey.model import RespondentAnswers, Survey
from corpus.text import normalise

QUESTION_LABEL = "Spørsmål"
"""What the question's turn is called in stored text, whatever the language of the interface."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSpan:
    """Where an answer stands in the respondent's text."""

    start: int
    end: int
    """`text[start:end]` is the answer."""
    question: str
    """Key of the question."""
    raw: str
    """The cell as it stood."""
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A respondent's text with the places of the answers."""

    transcript: Transcript
    """Of kind `survey`; its text is empty for a respondent who answered nothing."""
    answers: tuple[AnswerSpan, ...]


def written(respondent: RespondentAnswers, survey: Survey) -> Written:
    """The respondent's answers as a text, in the order of the questions; what was not answered is not in it."""
    text = ""
    turns: list[Turn] = []
    spans: list[AnswerSpan] = []
    label = normalise(respondent.number)
    for answer in respondent.answers:
        text += "\n" if text else ""
        lines, own = block(survey.question(answer.question).wording, label, answer.text, at=len(text))
        text += lines
        turns += own
        spans.append(
            AnswerSpan(start=own[1].start, end=own[1].end, question=answer.question, raw=answer.raw, value=answer.value)
        )
    return Written(transcript=Transcript(text=text, turns=tuple(turns), kind="survey"), answers=tuple(spans))


def block(wording: str, label: str, answer: str, *, at: int = 0) -> tuple[str, tuple[Turn, Turn]]:
    """A question and its answer as lines, and their turns with places counted from `at`."""
    asked, question = _line(QUESTION_LABEL, "interviewer", _on_one_line(wording), at)
    told, answered = _line(label, "participant", answer, at + len(asked))
    return asked + told, (question, answered)


def _line(label: str, role: Role, words: str, at: int) -> tuple[str, Turn]:
    start = at + len(label) + 2
    turn = Turn(speaker=label, role=role, label_start=at, start=start, end=start + len(words))
    return f"{label}: {words}\n", turn


@lru_cache(maxsize=1024)
def _on_one_line(wording: str) -> str:
    return " ".join(normalise(wording).split())

"""The text of one respondent: each question as the interviewer's turn, and below it the answer as the respondent's own.

    Spørsmål: Hvordan er samarbeidet med spesialisthelsetjenesten?
    R001: Varierende. Vi får sjelden epikriser.

So the question is in view while its answer is coded, and what a question says is never mistaken for what was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Transcript, Turn
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
        text, asked = _with_turn(text, QUESTION_LABEL, _on_one_line(survey.question(answer.question).wording))
        text, told = _with_turn(text, label, answer.text)
        turns += [
            Turn(speaker=QUESTION_LABEL, role="interviewer", label_start=asked[0], start=asked[1], end=asked[2]),
            Turn(speaker=label, role="participant", label_start=told[0], start=told[1], end=told[2]),
        ]
        spans.append(
            AnswerSpan(start=told[1], end=told[2], question=answer.question, raw=answer.raw, value=answer.value)
        )
    return Written(transcript=Transcript(text=text, turns=tuple(turns), kind="survey"), answers=tuple(spans))


@lru_cache(maxsize=1024)
def _on_one_line(wording: str) -> str:
    return " ".join(normalise(wording).split())


def _with_turn(text: str, label: str, words: str) -> tuple[str, tuple[int, int, int]]:
    """The text with one more line, and where its label, its words and its end are."""
    start = len(text) + len(label) + 2
    return f"{text}{label}: {words}\n", (len(text), start, start + len(words))

"""A respondent's text with newer answers is the text that the newer table would have given, and the map to it is exact."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.survey.mapping import Question
from corpus.survey.model import AnswerText, RespondentAnswers, Survey
from corpus.survey.rewriting import Rewriting, rewritten
from corpus.survey.writing import Written, written

QUESTIONS = tuple(Question(key=f"q{n}", column=f"K{n}", wording=f"Hva er {n}?") for n in range(4))
SURVEY = Survey(title="Svar", wave="", questions=QUESTIONS, respondents=(), cases=(), counts=())
ANSWERS = st.dictionaries(
    st.sampled_from([each.key for each in QUESTIONS]),
    st.sampled_from(
        ["Ja", "Nei", "Vet ikke.", "Vi mangler folk.", "Vi mangler boliger og folk.", "Mye\n\nrart: alt\n12"]
    ),
    min_size=1,
)


def text_of(said: dict[str, str]) -> Written:
    answers = tuple(
        AnswerText(question=each.key, text=said[each.key], raw="") for each in QUESTIONS if each.key in said
    )
    return written(RespondentAnswers(number="A1", row=2, answers=answers), SURVEY)


def from_to(old: dict[str, str], new: dict[str, str]) -> tuple[Written, Rewriting]:
    before = text_of(old)
    standing = {span.question: (span.start, span.end) for span in before.answers}
    newer = {key: new.get(key, "") for key in old | new if old.get(key) != new.get(key)}
    return before, rewritten(before.transcript.text, before.transcript.turns, standing, newer, QUESTIONS, "A1")


@settings(max_examples=150)
@given(ANSWERS, ANSWERS)
def test_it_is_the_text_that_the_newer_table_gives(old: dict[str, str], new: dict[str, str]) -> None:
    assume(old.keys() & new.keys())
    before, made = from_to(old, new)
    wanted = text_of(new)
    assert made.text == wanted.transcript.text
    assert made.turns == wanted.transcript.turns
    assert list(made.answers.items()) == [(span.question, (span.start, span.end)) for span in wanted.answers]
    for span in before.answers:
        if old[span.question] == new.get(span.question):
            assert made.edit_map.span(span.start, span.end) == made.answers[span.question]
            assert all(span.end <= start or end <= span.start for start, end in made.touched)


def test_a_question_that_was_worded_anew_here_and_words_between_stay() -> None:
    before = text_of({"q1": "Ja", "q2": "Nei"})
    text = before.transcript.text.replace("Hva er 2?", "Hva er to?")
    standing = {
        "q1": (before.answers[0].start, before.answers[0].end),
        "q2": (text.index("Nei"), text.index("Nei") + 3),
    }
    turns = before.transcript.turns[:2]
    made = rewritten(text, turns, standing, {"q1": "Ja, helt"}, QUESTIONS, "A1")
    assert made.text == text.replace("Ja", "Ja, helt") and [turn.start for turn in made.turns] == [10, 24]
    assert [made.text[slice(*span)] for span in made.answers.values()] == ["Ja, helt", "Nei"]

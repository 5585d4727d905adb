"""A survey's answers, respondent by respondent, and the text that each becomes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.grids import Grid
from corpus.survey.answers import base_text, condition_text, read_survey
from corpus.survey.mapping import AttributeColumn, Filter, InformantColumn, Question, SurveyMapping
from corpus.survey.model import QuestionCount, Survey
from corpus.survey.writing import QUESTION_LABEL, written

HEADER = ("Nr", "Kommune", "Folketall", "Stilling", "Har plan", "Samarbeid", "Planen", "Antall")
ROWS = (
    ("7", "Fjordvik", "1 200", "Ruskonsulent", "Ja", " Godt.\nMen tregt. ", "Den brukes", "70-80"),
    ("8", "Storby", "50 000", "", "nei", "-", "", "vet ikke"),
    ("9", "Fjordvik", "1 300", "Leder", "ja", "fem", " . ", "ca. 5"),
    ("", "", "mange", "", "nei", "", "Likevel et svar", ""),
    ("7", "Storby", "", "", "", "", "", ""),
    ("", "", "", "", "", "", "", ""),
)
QUESTIONS = (
    Question(key="q1", column="Samarbeid", wording="Hvordan er\n samarbeidet?"),
    Question(
        key="q2",
        column="Planen",
        wording="Hvordan brukes planen?",
        filter=Filter(column="Har plan", values=("JA", "vet")),
    ),
    Question(key="q3", column="Antall", wording="Hvor mange?", numeric=True),
)
MAPPING = SurveyMapping(
    title="Kartlegging",
    respondent="Nr",
    case="Kommune",
    attributes=(AttributeColumn(column="Folketall", name="folketall", type="number"),),
    informant=(InformantColumn(column="Stilling", field="role"),),
    questions=QUESTIONS,
    wave="2014",
)


def read(rows: tuple[tuple[str, ...], ...] = ROWS, mapping: SurveyMapping = MAPPING) -> Survey:
    return read_survey(Path("svar.csv"), Grid(name="Svar", rows=(HEADER, *rows)), mapping)


def test_each_row_is_a_respondent_with_a_number_of_its_own() -> None:
    assert [(each.number, each.row) for each in read().respondents] == [
        ("7", 2),
        ("8", 3),
        ("9", 4),
        ("R004", 5),
        ("7-2", 6),
    ]


def test_without_a_column_of_numbers_respondents_are_numbered() -> None:
    mapping = SurveyMapping(title="T", questions=QUESTIONS)
    assert [each.number for each in read(mapping=mapping).respondents] == ["R001", "R002", "R003", "R004", "R005"]


def test_an_answer_keeps_its_cell_and_what_it_amounts_to() -> None:
    first = read().respondents[0]
    assert [(each.question, each.text, each.raw, each.value) for each in first.answers] == [
        ("q1", "Godt.\nMen tregt.", " Godt.\nMen tregt. ", None),
        ("q2", "Den brukes", "Den brukes", None),
        ("q3", "70-80", "70-80", 75),
    ]
    assert (first.case, first.role) == ("Fjordvik", "Ruskonsulent")


def test_only_blanks_and_punctuation_are_no_answer_and_the_reason_is_kept() -> None:
    second, third = read().respondents[1:3]
    assert second.skipped == (("q1", "tomt svar"), ("q2", "ikke spurt"))
    assert third.skipped == (("q2", "tomt svar"),)
    assert [(each.text, each.value) for each in second.answers] == [("vet ikke", None)]
    assert [(each.text, each.value) for each in third.answers] == [("fem", None), ("ca. 5", 5)]


def test_each_question_is_counted_on_its_own_base() -> None:
    assert read().counts == (
        QuestionCount(key="q1", asked=5, answered=2),
        QuestionCount(key="q2", asked=2, answered=1, outside=1),
        QuestionCount(key="q3", asked=5, answered=3, numbers=2),
    )


def test_a_case_has_what_its_respondents_agree_on() -> None:
    assert [(case.name, case.attributes) for case in read().cases] == [
        ("Fjordvik", {}),
        ("Storby", {"folketall": 50_000}),
    ]


def test_what_is_wrong_with_the_table_is_told_with_its_rows() -> None:
    told = [note.message for note in read().problems]
    assert told == [
        "1 respondentnummer står på flere rader: 7. Radene er tatt inn hver for seg, med -2, -3 bak.",
        "1 rad mangler respondentnummer og har fått et eget: rad 5.",
        "1 respondent mangler case: rad 5.",
        "1 opplysning om en case er ulik hos respondentene og er ikke satt på casen: Fjordvik (folketall).",
        "1 verdi av «folketall» er ikke av den typen koblingen sier, og står som tekst.",
        "1 filterverdi finnes ikke i tabellen: Har plan = vet. Sjekk skrivemåten i koblingen.",
        "1 spørsmål har svar fra respondenter som etter filteret ikke var spurt: q2 (1). Svarene er tatt inn.",
    ]


def test_attributes_are_typed() -> None:
    header = ("Sted", "Plan", "Dato", "Svar")
    rows = (
        header,
        ("A", "Ja", "13.05.2014", "x"),
        ("B", "kanskje", "2014-05-13 09:30:00", "y"),
        ("C", "nei", "31.02.2014", "z"),
    )
    mapping = SurveyMapping(
        title="T",
        case="Sted",
        attributes=(
            AttributeColumn(column="Plan", name="plan", type="boolean"),
            AttributeColumn(column="Dato", name="dato", type="date"),
        ),
        questions=(Question(key="q1", column="Svar", wording="?"),),
    )
    survey = read_survey(Path("a.csv"), Grid(name="a", rows=rows), mapping)
    assert [case.attributes for case in survey.cases] == [
        {"plan": True, "dato": "2014-05-13"}, {"plan": "kanskje", "dato": "2014-05-13"}, {"plan": False, "dato": "31.02.2014"},
    ]  # fmt: skip


def test_base_and_condition_are_said_in_words() -> None:
    assert base_text(QUESTIONS[1]) == "De som svarte «JA», «vet» på «Har plan»"
    assert condition_text(QUESTIONS[1]) == "Har plan = JA, vet"
    assert base_text(QUESTIONS[0]) == condition_text(QUESTIONS[0]) == ""


def test_the_text_has_each_question_above_its_answer() -> None:
    survey = read()
    text = written(survey.respondents[0], survey)
    assert text.transcript.text == (
        "Spørsmål: Hvordan er samarbeidet?\n7: Godt.\nMen tregt.\n\n"
        "Spørsmål: Hvordan brukes planen?\n7: Den brukes\n\n"
        "Spørsmål: Hvor mange?\n7: 70-80\n"
    )
    assert text.transcript.kind == "survey"
    assert [(turn.speaker, turn.role) for turn in text.transcript.turns] == [
        ("Spørsmål", "interviewer"), ("7", "participant"),
    ] * 3  # fmt: skip


def test_one_who_answered_nothing_has_no_text() -> None:
    survey = read()
    assert written(survey.respondents[4], survey).transcript.text == ""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=15), st.text(max_size=15)), max_size=5))
def test_answers_are_exact_slices_and_nothing_is_lost(rows: list[tuple[str, str, str]]) -> None:
    grid = Grid(name="a", rows=(("Nr", "A", "B"), *rows))
    questions = (
        Question(key="a", column="A", wording="Ett?"),
        Question(key="b", column="B", wording="To?", numeric=True),
    )
    survey = read_survey(Path("a.csv"), grid, SurveyMapping(title="T", respondent="Nr", questions=questions))
    numbers = [each.number for each in survey.respondents]
    assert len(set(numbers)) == len(numbers) == sum(any(map(str.strip, row)) for row in rows)
    for respondent in survey.respondents:
        text = written(respondent, survey)
        stored = text.transcript.text
        assert [stored[span.start : span.end] for span in text.answers] == [each.text for each in respondent.answers]
        assert len(respondent.answers) + len(respondent.skipped) == 2
        said = [turn for turn in text.transcript.turns if turn.role == "participant"]
        assert [(turn.start, turn.end) for turn in said] == [(span.start, span.end) for span in text.answers]
        for turn in text.transcript.turns:
            label = QUESTION_LABEL if turn.role == "interviewer" else turn.speaker
            assert stored[turn.label_start : turn.start] == f"{label}: "

"""Saved mappings of a survey's columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.grids import Grid
from corpus.survey.mapping import (
    ATTRIBUTE_TYPES,
    INFORMANT_FIELDS,
    AttributeColumn,
    Filter,
    InformantColumn,
    Question,
    SurveyMapping,
    check_mapping,
    chosen_sheet,
    mapping_to_yaml,
)
from corpus.survey.mapping_file import mapping_from_yaml

SOME = Question(key="q1", column="Samarbeid", wording="Hvordan er samarbeidet?")
TABLE = Grid(name="Svar", rows=(("Nr", "Kommune", "Samarbeid"), ("1", "Fjordvik", "godt")))


def refused(text: str) -> str:
    with pytest.raises(UnreadableSource) as caught:
        mapping_from_yaml("kobling.yaml", text)
    return caught.value.reason


WORDS = st.text(min_size=1, max_size=20).filter(lambda word: bool(word.strip()))
FILTERS = st.none() | st.builds(
    Filter, column=WORDS, values=st.lists(st.text(max_size=8), min_size=1, max_size=3).map(tuple)
)
QUESTIONS = st.lists(
    st.builds(
        Question,
        key=WORDS,
        column=WORDS,
        wording=WORDS,
        base=st.text(max_size=9),
        filter=FILTERS,
        numeric=st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda question: question.key,
)
MAPPINGS = st.builds(
    SurveyMapping,
    title=st.text(max_size=9),
    sheet=st.text(max_size=9),
    header_rows=st.integers(0, 20),
    respondent=st.text(max_size=9),
    case=st.text(max_size=9),
    wave=st.text(max_size=9),
    attributes=st.lists(
        st.builds(AttributeColumn, column=WORDS, name=WORDS, type=st.sampled_from(ATTRIBUTE_TYPES)),
        max_size=3,
        unique_by=lambda attribute: attribute.name,
    ).map(tuple),
    informant=st.lists(
        st.builds(InformantColumn, column=WORDS, field=st.sampled_from(INFORMANT_FIELDS)),
        max_size=3,
        unique_by=lambda each: each.field,
    ).map(tuple),
    questions=QUESTIONS.map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(MAPPINGS)
def test_a_saved_mapping_comes_back_as_it_was(mapping: SurveyMapping) -> None:
    assert mapping_from_yaml("kobling.yaml", mapping_to_yaml(mapping)) == mapping


@settings(max_examples=60, deadline=None)
@given(st.text() | st.text(alphabet="questions:key[]{}&*!-\n 'a\"|>?,"))
def test_any_text_is_a_mapping_or_a_refusal(text: str) -> None:
    try:
        mapping_from_yaml("kobling.yaml", text)
    except UnreadableSource as error:
        assert error.reason


def test_words_need_no_quotation_marks() -> None:
    text = """
        title: 2014
        questions:
          - {key: q1, column: 3, numeric: true, filter: {column: Plan, values: [ja, no, 1]}}
    """
    mapping = mapping_from_yaml("kobling.yaml", text)
    assert mapping.title == "2014"
    assert mapping.questions == (
        Question(
            key="q1", column="3", wording="3", numeric=True, filter=Filter(column="Plan", values=("ja", "no", "1"))
        ),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: x", "ingen spørsmål"),
        ("- a", "nøkler og verdier"),
        ("questions: [{key: q1, column: a, colour: red}]", "«colour» er ukjent (questions[1])"),
        ("questions: [{key: q1}]", "«questions[1].column» mangler"),
        ("questions: [{key: q1, column: a}, {key: q1, column: b}]", "to ganger"),
        ("questions: [{key: q1, column: a, numeric: kanskje}]", "ja eller nei"),
        ("questions: [{key: q1, column: a, filter: {column: b, values: []}}]", "liste av verdier"),
        ("questions: [{key: q1, column: a}]\nattributes: [{column: b, type: farge}]", "«farge» er ukjent"),
        ("questions: [{key: q1, column: a}]\nheader_rows: -1", "header_rows"),
        ("title: [a", "Linje 1"),
        pytest.param("[" * 600, "YAML", id="deep"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, words: str) -> None:
    assert words in refused(text)


def test_columns_that_the_table_lacks_are_named_with_the_nearest() -> None:
    mapping = SurveyMapping(title="T", case="Komune", questions=(SOME,), respondent="Løpenummer")
    with pytest.raises(UnreadableSource) as caught:
        check_mapping(Path("svar.csv"), TABLE, mapping)
    assert "«Komune» (kanskje «Kommune»)" in caught.value.reason
    assert "«Løpenummer»" in caught.value.reason


def test_the_sheet_is_the_one_named_else_the_only_one() -> None:
    other = Grid(name="Ark2", rows=(("x",),))
    mapping = SurveyMapping(title="T", sheet="Svar", questions=(SOME,))
    assert chosen_sheet(Path("a.xlsx"), (other, TABLE), mapping) is TABLE
    assert chosen_sheet(Path("a.csv"), (other,), mapping) is other
    with pytest.raises(UnreadableSource, match="Rett «sheet»"):
        chosen_sheet(Path("a.xlsx"), (other, other), mapping)

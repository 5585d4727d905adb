"""Words as what a regression sees: numbered, counted, and weighed by how rare they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.document import Document
from nlp.forms import form_of
from nlp.learning.rows import Rows
from nlp.vocabulary import Vocabulary, shares_of, terms_of, word_rows

Talk = Callable[..., Document]

WORDS = st.lists(
    st.sampled_from(["Boligmangel", "rus- og boligtjenester", "sofa", "7", "å", "–", "😀", "Han."]), max_size=5
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=4).map("\n".join)


def row(rows: Rows, number: int, vocabulary: Vocabulary) -> dict[str, float]:
    """Term -> value in one row."""
    names = {place: term for term, place in vocabulary.numbers.items()}
    entries = slice(int(rows.begins[number]), int(rows.begins[number + 1]))
    return {
        names[column]: value
        for column, value in zip(rows.columns[entries].tolist(), rows.values[entries].tolist(), strict=True)
    }


def test_a_word_stands_for_its_dictionary_forms_and_parts() -> None:
    assert {"boligmangel", "bolig", "mangel"} <= terms_of(form_of("Boligmangelen"))
    assert terms_of(form_of("boligene")) >= {"bolig"}
    assert "å" not in terms_of(form_of("å"))
    assert terms_of(form_of("2024")) == frozenset()


def test_a_term_keeps_its_number_and_counts_units_not_words(prose: Talk) -> None:
    vocabulary = Vocabulary()
    vocabulary.count(prose("Sofa, sofa og sofa. En sofa. Seng.").parsed)
    before = dict(vocabulary.numbers)
    assert vocabulary.counts[before["sofa"]] == 2
    vocabulary.count(prose("Madrass på sofaen.").parsed)
    assert vocabulary.counts[before["sofa"]] == 3
    assert vocabulary.units == 4
    assert before.items() <= vocabulary.numbers.items()
    assert sorted(vocabulary.numbers.values()) == list(range(len(vocabulary.numbers)))


def test_what_is_rarer_weighs_more(prose: Talk) -> None:
    vocabulary = Vocabulary()
    vocabulary.count(prose("Sofa her. Sofa der. Madrass der. Sofa.").parsed)
    rarity = vocabulary.rarity()
    heavy = {term: float(rarity[number]) for term, number in vocabulary.numbers.items()}
    assert heavy["madrass"] > heavy["der"] > heavy["sofa"] > 0
    assert heavy["madrass"] == pytest.approx(np.log((1 + 4) / (1 + 1)))


def test_in_prose_a_unit_has_its_own_words_alone(prose: Talk) -> None:
    vocabulary = Vocabulary()
    shares = shares_of(prose("En sofa. En madrass."), vocabulary)
    assert "sofa" in row(shares, 0, vocabulary)
    assert "madrass" not in row(shares, 0, vocabulary)
    values = list(row(shares, 0, vocabulary).values())
    assert values == [pytest.approx(values[0])] * len(values)


def test_in_speech_the_turn_and_the_question_count_a_little(talk: Talk) -> None:
    document = talk(
        ("participant", "Månen."),
        ("interviewer", "Hva med sofa?"),
        ("participant", "En seng. En madrass."),
        ("participant", "Og dyne."),
    )
    vocabulary = Vocabulary()
    shares = shares_of(document, vocabulary)
    here = row(shares, 2, vocabulary)
    assert here["seng"] > here["sofa"] == here["madrass"] > 0
    assert here["en"] == here["seng"], "what stands in the unit itself counts as that, wherever else it stands"
    assert not here.keys() & {"måne", "dyne"}
    assert not row(shares, 4, vocabulary).keys() & {"sofa", "madrass"}, "only the question just before"
    assert "seng" not in row(shares, 1, vocabulary), "an answer says nothing of its question"


def test_terms_met_after_the_count_are_left_out(prose: Talk) -> None:
    vocabulary = Vocabulary()
    vocabulary.count(prose("En sofa.").parsed)
    rarity = vocabulary.rarity()
    document = prose("Hengekøye. Sofa med hengekøye. Sofa.")
    rows = word_rows(document, vocabulary, rarity)
    assert (len(rows), rows.width) == (3, len(rarity))
    assert row(rows, 0, vocabulary) == {}
    assert set(row(rows, 1, vocabulary)) == set(row(rows, 2, vocabulary)) >= {"sofa"}


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_places_are_the_distinct_terms_of_each_unit(prose: Talk, text: str) -> None:
    parsed = prose(text).parsed
    vocabulary = Vocabulary()
    units, terms = vocabulary.places(parsed)
    names = {number: term for term, number in vocabulary.numbers.items()}
    found = [(unit, names[term]) for unit, term in zip(units.tolist(), terms.tolist(), strict=True)]
    assert len(found) == len(set(found))
    assert units.tolist() == sorted(units.tolist())
    assert set(found) == {
        (number, term)
        for number in range(len(parsed))
        for token in parsed.unit(number).tokens
        for term in terms_of(token.form)
    }


@given(TEXTS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_rows_are_of_length_one_whatever_the_unit_says(talk: Talk, prose: Talk, text: str, spoken: bool) -> None:
    turns = [(("interviewer", "participant")[place % 2], words) for place, words in enumerate(text.split("\n"))]
    document = talk(*turns) if spoken else prose(text)
    vocabulary = Vocabulary()
    shares = shares_of(document, vocabulary)
    assert len(shares) == len(document.parsed)
    for number in range(len(shares)):
        values = np.array(list(row(shares, number, vocabulary).values()))
        assert len(values) == shares.begins[number + 1] - shares.begins[number], "no term twice"
        assert not len(values) or float(values @ values) == pytest.approx(1.0)
        assert (values > 0).all()

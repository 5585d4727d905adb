"""Norwegian order, dates and numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.errors import ExportError
from exports.norwegian import enumeration, long_date, number, percent, sort_key


def in_order(*texts: str) -> bool:
    shuffled = list(texts)[::-1]
    return sorted(shuffled, key=sort_key) == list(texts)


def test_ae_oe_and_aa_end_the_alphabet() -> None:
    assert in_order("Askim", "Zoo", "Ærfugl", "Øya", "Ålesund")


def test_aa_is_sorted_as_aa_with_ring() -> None:
    assert in_order("Zoo", "Øya", "Aasen", "Åsen", "Aasgård")


def test_case_and_accents_do_not_part_words_and_neighbouring_letters_stand_with_ours() -> None:
    assert in_order("Andre", "André", "andreas", "Myller", "Müller", "Mø")
    assert in_order("Ander", "Ära", "Østen", "Öster")
    assert in_order("Kárášjohka", "Karlsøy")


def test_a_ring_written_as_two_characters_is_the_same_letter() -> None:
    assert in_order("Zoo", "A\u030alesund", "Ås")


def test_numbers_count_as_numbers() -> None:
    assert in_order("I2", "I10", "I010b", "Intervju 9", "Intervju 10")


@settings(max_examples=100)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_texts_have_one_order(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=sort_key) == sorted(backwards, key=sort_key)


@pytest.mark.parametrize("language", ["", "xx-YY", "norsk"])
def test_an_unknown_language_is_refused_with_those_to_use(language: str) -> None:
    with pytest.raises(ExportError, match=r"ikke et språk.*nb-NO"):
        long_date(date(2026, 11, 22), language)


def test_dates_numbers_and_lists_are_written_in_norwegian() -> None:
    assert long_date(date(2026, 11, 22)) == "22. november 2026"
    assert long_date(date(2026, 11, 22), "nn-NO") == "22. november 2026"
    assert number(1234567.5, decimals=1) == "1\xa0234\xa0567,5"
    assert percent(0.3519) == "35,2"
    assert number(-0.52, decimals=1) == "\u22120,5"
    assert number(-0.0004, decimals=3) == "0,000"
    assert enumeration(["a", "b", "c"]) == "a, b og c"
    assert enumeration([]) == ""

"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.survey.numbers import normalise_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("70-80", 75), ("70–80 personer", 75), ("mellom 70 og 80", 75), ("fra 70 til 80", 75), ("ca. 5", 5), ("5-6 stk", 5.5),
        ("50 %", 50), ("1 200", 1200), ("1\u00a0200,50", 1200.5), ("1.200.000", 1_200_000), ("1,5 mill", 1_500_000),
        ("2-3 mill.", 2_500_000), ("fem", 5), ("Tjuefem", 25), ("fem-seks", 5.5), ("to hundre", 200), ("Ingen", 0),
        ("0,125", 0.125), ("-5", -5), ("70,-", 70), ("Ca. 40-50 registrerte brukere.", 45), ("~30", 30),
        ("12.5", 12.5), ("500-1000", 750),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_is_a_number(raw: str, value: float) -> None:
    assert normalise_number(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        "1.200", "1,200", "3 av 10", "over 100", "10+", "<5", "6 måneder", "70 80", "7-8 000", "80-70", "01.02.2014", "vet ikke",
        "et par", "mellom 5", "70 og 80", "3-4-5", "", "-", "50?", "20 menn og 5 kvinner", "9" * 16,
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_none(raw: str) -> None:
    assert normalise_number(raw) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_999), st.integers(1, 9_999), st.sampled_from(["-", "–", " - ", " til "]))
def test_an_interval_is_its_midpoint(low: int, more: int, dash: str) -> None:
    high = low + more
    expected = (low + high) / 2 if high <= 100 * low else None
    assert normalise_number(f"ca. {low}{dash}{high} stk") == expected


@settings(max_examples=60, deadline=None)
@given(st.text() | st.text(alphabet="0123456789 .,-–%caøog"))
def test_any_text_is_a_number_or_none(raw: str) -> None:
    value = normalise_number(raw)
    assert value is None or abs(value) < 1e80

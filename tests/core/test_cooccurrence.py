"""Co-occurrence: the sweep finds exactly what comparing every pair would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.cooccurrence import Span, met

LINES = {"a": ("a",), "a1": ("a1", "a"), "a11": ("a11", "a1", "a"), "b": ("b",)} | {each: (each,) for each in "cdefgh"}

_spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 8) | st.integers(1, 40), st.sampled_from([*LINES, "gone"])).map(
        lambda drawn: (drawn[0], drawn[0] + drawn[1], drawn[2])
    ),
    max_size=30,
)


def _one_by_one(spans: list[Span]) -> list[tuple[str, ...]]:
    return [
        tuple(
            sorted({code for low, high, other in spans if low < end and high > start for code in LINES.get(other, ())})
        )
        for start, end, _code in spans
    ]


@given(_spans)
def test_a_span_meets_the_codes_that_comparing_pairs_finds(spans: list[Span]) -> None:
    assert met(spans, LINES) == _one_by_one(spans)


def test_one_character_is_enough_and_none_is_not() -> None:
    assert met([(0, 5, "a"), (4, 6, "b")], LINES) == [("a", "b"), ("a", "b")]
    assert met([(0, 5, "a"), (5, 6, "b")], LINES) == [("a",), ("b",)]


def test_a_sub_codes_span_meets_its_own_code_and_those_above() -> None:
    assert met([(0, 2, "a11")], LINES) == [("a", "a1", "a11")]


def test_a_long_span_over_two_short_ones_is_met_by_both() -> None:
    assert met([(0, 9, "a"), (1, 2, "b"), (4, 5, "b")], LINES) == [("a", "b")] * 3


def test_what_lies_behind_is_let_go_of_but_not_what_reaches_on() -> None:
    behind = [(0, 10, code) for code in ("a11", *"cdefg")]
    assert met([*behind, (20, 25, "b"), (22, 30, "h")], LINES)[-2:] == [("b", "h"), ("b", "h")]
    assert met([*behind, (20, 25, "b"), (5, 30, "h")], LINES)[-1] == ("a", "a1", "a11", *"bcdefgh")

"""Normalising a foreign text: the same text as always, with the exact map of offsets to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import normalise, normalise_mapped

_TRICKY = st.text(st.sampled_from("aåe \n\r\r\u0301\u030a\ufeff\u00ad\u2028\x85\0\U0001f600ㅎ한"), max_size=40)


@given(_TRICKY | st.text(max_size=60))
def test_the_text_is_the_one_that_is_stored(text: str) -> None:
    assert normalise_mapped(text)[0] == normalise(text)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("en\r\nto\r\ntre", "tre", "tre"),
        ("\ufeffHei du", "du", "du"),
        ("Ba\u030asen er na\u030ar", "na\u030ar", "når"),
        ("bolig\u00admangel og bolig", "og bolig", "og bolig"),
        ("😀\r\nJa 😀", "Ja 😀", "Ja 😀"),
    ],
)
def test_a_place_is_found_again(text: str, word: str, expected: str) -> None:
    stored, offsets = normalise_mapped(text)
    start = text.index(word)
    first, last = offsets.span(start, start + len(word))
    assert stored[first:last] == expected


@pytest.mark.parametrize("dropped", ["\ufeff", "\u00ad", "\0", "\ufeff\u00ad"])
def test_what_is_left_out_beside_something_changed_does_not_reach_into_it(dropped: str) -> None:
    text = f"na\u030a{dropped}no{dropped}\u0113\u0301!"
    stored, offsets = normalise_mapped(text)
    start, end = text.index(dropped), text.rindex(dropped) + len(dropped)
    assert stored[slice(*offsets.span(start, len(text)))] == "noḗ!"
    assert stored[slice(*offsets.span(0, end))] == "nåno"


@given(_TRICKY, st.data())
def test_every_place_lands_inside_the_text(text: str, data: st.DataObject) -> None:
    stored, offsets = normalise_mapped(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = offsets.span(start, end)
    assert 0 <= first <= last <= len(stored)

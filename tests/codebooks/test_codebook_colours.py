"""Colours can be told apart and carry text that can be read."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.colours import (
    OKABE_ITO,
    PALETTE,
    TOL_BRIGHT,
    TOL_MUTED,
    child_colour,
    contrast,
    foreground,
    is_colour,
    next_colour,
)
from codebooks.errors import CodebookError

hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_palettes_are_colours_and_none_comes_twice() -> None:
    assert (len(OKABE_ITO), len(TOL_BRIGHT), len(TOL_MUTED)) == (7, 7, 10)
    assert all(is_colour(colour) for colour in PALETTE)
    assert len(set(PALETTE)) == len(PALETTE)


@pytest.mark.parametrize("text", ["", "blå", "#fff", "0072b2", "#0072b", "#0072b2 ", "#0072bg", "#0072b2\n"])
def test_other_texts_are_no_colours(text: str) -> None:
    assert not is_colour(text)
    with pytest.raises(CodebookError, match="er ikke en farge"):
        foreground(text)


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#4477AA", "#ffffff") == pytest.approx(4.7, abs=0.05)
    assert contrast("#0072b2", "#0072b2") == 1


@pytest.mark.parametrize("colour", PALETTE)
def test_palette_colours_carry_readable_text(colour: str) -> None:
    assert contrast(colour, foreground(colour)) >= 4.5


@given(hexes)
@settings(max_examples=100)
def test_any_colour_carries_readable_text(colour: str) -> None:
    assert foreground(colour) in ("#000000", "#ffffff")
    assert contrast(colour, foreground(colour)) >= 4.5


def test_dark_colours_carry_white_and_light_ones_black() -> None:
    assert foreground("#332288") == "#ffffff"
    assert foreground("#f0e442") == "#000000"


def test_new_colours_come_in_order_and_skip_what_is_used() -> None:
    assert next_colour([]) == PALETTE[0]
    assert next_colour([PALETTE[0].upper(), PALETTE[2], "#123456"]) == PALETTE[1]


def test_when_all_are_used_the_least_used_comes_again() -> None:
    assert next_colour(PALETTE) == PALETTE[0]
    assert next_colour([*PALETTE, PALETTE[0]]) == PALETTE[1]


@pytest.mark.parametrize("parent", [colour for colour in PALETTE if colour not in ("#bbbbbb", "#dddddd")])
def test_children_are_shades_that_differ(parent: str) -> None:
    shades = [child_colour(parent, index) for index in range(8)]
    assert len({parent, *shades}) == 9
    for shade in shades:
        assert abs(_hue(shade) - _hue(parent)) < 0.04
        assert contrast(shade, foreground(shade)) >= 4.5


def test_shades_come_round_again() -> None:
    assert child_colour("#0072b2", 8) == child_colour("#0072b2", 0)


@given(hexes, st.integers(0, 20))
@settings(max_examples=60)
def test_a_child_of_any_colour_is_a_colour(parent: str, index: int) -> None:
    assert is_colour(child_colour(parent, index))


def _hue(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)[0]

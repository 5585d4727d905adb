"""Ticks in a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.ticking import Ticks

KEYS = list("abcdef")


def test_a_range_follows_what_was_done_last() -> None:
    ticks = Ticks[str]()
    ticks.toggle("b")
    ticks.to("e", KEYS)
    assert ticks.ticked == set("bcde")
    ticks.toggle("c")
    ticks.to("d", KEYS)
    assert ticks.ticked == set("be")


def test_a_range_without_a_beginning_is_one_tick() -> None:
    ticks = Ticks[str]()
    ticks.to("c", KEYS)
    assert ticks.ticked == {"c"}
    ticks.to("d", ["d", "e"])
    assert ticks.ticked == {"c", "d"}


@given(st.sets(st.sampled_from("abcdefxyz")), st.sets(st.sampled_from(KEYS), min_size=1))
def test_all_means_those_on_show(before: set[str], shown: set[str]) -> None:
    keys = sorted(shown)
    ticks = Ticks(sorted(before))
    assert ticks.hidden(keys) == len(before - shown)
    assert ticks.order(keys)[: len(before & shown)] == sorted(before & shown)
    ticks.toggle_all(keys)
    assert ticks.ticked == (before - shown if shown <= before else before | shown)

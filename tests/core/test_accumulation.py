"""New codes over sources: counted once each, and the published figures of Guest, Namey & Chen (2020) come out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.accumulation import new_in_each, saturation

PUBLISHED = [20, 9, 5, 3, 4, 3, 1, 0, 1, 0]
"""37 codes in a base of four; the fifth is not printed in the paper, and any number above one gives the same answer."""
code_sets = st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=12)


@given(code_sets)
def test_every_code_is_new_once(codes: list[frozenset[str]]) -> None:
    new = new_in_each(codes)
    assert len(new) == len(codes)
    assert sum(new) == len(frozenset().union(*codes))
    for n in range(len(codes)):
        assert sum(new[: n + 1]) == len(frozenset().union(*codes[: n + 1]))


def test_the_published_example() -> None:
    found = saturation(PUBLISHED)
    assert found is not None
    assert found.base_codes == 37
    two, three = found.lengths
    assert [(run.before, run.new) for run in two.runs] == [(4, 7), (5, 4), (6, 1), (7, 1), (8, 1)]
    assert [f"{run.ratio:.0%}" for run in two.runs[1:3]] == ["11%", "3%"]
    assert two.reached is not None and (two.reached.before, two.reached.length) == (6, 2)
    assert three.reached is not None and (three.reached.before, three.reached.length) == (7, 3)


def test_a_ratio_just_above_the_threshold_is_not_rounded_away() -> None:
    found = saturation(PUBLISHED)
    assert found is not None
    run = found.lengths[1].runs[2]
    assert (run.before, run.new) == (6, 2)
    assert 0.05 < run.ratio < 0.055


def test_the_denominator_is_always_the_base() -> None:
    found = saturation([10, 0, 0, 0, 90, 5, 5], threshold=0.06)
    assert found is not None
    assert found.lengths[0].runs[-1].ratio == 1.0
    assert found.lengths[0].reached is None


def test_no_new_codes_at_all_is_the_strictest_threshold() -> None:
    found = saturation([*PUBLISHED, 0, 0], threshold=0.0)
    assert found is not None
    assert found.lengths[0].reached is not None and found.lengths[0].reached.before == 9


@pytest.mark.parametrize("new", [[], [5, 4, 3, 2, 1], [0, 0, 0, 0, 3, 2, 1]])
def test_there_is_no_ratio_without_a_base_and_a_run(new: list[int]) -> None:
    assert saturation(new) is None


def test_a_run_that_is_longer_than_what_is_left_has_no_runs() -> None:
    found = saturation([5, 4, 3, 2, 1, 0])
    assert found is not None
    assert len(found.lengths[0].runs) == 1
    assert found.lengths[1].runs == () and found.lengths[1].reached is None

"""The clock never runs backwards, whatever the machine's clock does."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.core import clock

_moments = st.integers(0, 2**47)


@given(st.lists(_moments | st.integers(1000, 1003), min_size=2, max_size=40))
def test_readings_increase_under_any_wall_clock(moments: list[int]) -> None:
    readings: list[str] = []
    for now in moments:
        readings.append(clock.tick(now, readings[-1] if readings else None))
    assert all(earlier < later for earlier, later in pairwise(readings))
    assert {len(reading) for reading in readings} == {16}


@given(_moments, st.integers(0, 0xFFFF), _moments)
def test_a_tick_is_after_both_what_is_known_and_no_later_than_it_must_be(ms: int, counter: int, now: int) -> None:
    latest = clock.reading(ms, counter)
    ticked = clock.tick(now, latest)
    assert ticked > latest
    assert clock.split(ticked)[0] <= max(now, ms + 1)


def test_a_full_counter_spills_into_the_milliseconds() -> None:
    assert clock.tick(5, clock.reading(10, 0xFFFF)) == clock.reading(11, 0)


@given(_moments, st.integers(0, 0xFFFF))
def test_split_reads_what_reading_wrote(ms: int, counter: int) -> None:
    assert clock.split(clock.reading(ms, counter)) == (ms, counter)


def test_readings_sort_as_text_as_they_do_as_numbers() -> None:
    assert clock.reading(9, 0) < clock.reading(10, 0) < clock.reading(255, 1) < clock.reading(256, 0)


def test_wall_time_is_utc_to_the_second() -> None:
    assert clock.iso(clock.reading(1_700_000_000_999, 7)) == "2023-11-14T22:13:20Z"

"""The index of marks answers as a plain search through all of them would, and lanes never hold two that overlap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Turn
from workbench.tui.transcript import document
from workbench.tui.transcript.document import DocumentModel, Mark

LENGTH = 3000
spans = st.tuples(st.integers(0, LENGTH - 1), st.one_of(st.integers(1, 60), st.integers(1, LENGTH))).map(
    lambda pair: (pair[0], min(LENGTH, pair[0] + pair[1]))
)


def marks_over(chosen: list[tuple[int, int]]) -> list[Mark]:
    return [Mark(id=f"m{number}", start=start, end=end) for number, (start, end) in enumerate(chosen)]


def assert_lanes_hold(model: DocumentModel) -> None:
    marks = model.marks
    for one in marks:
        for other in marks:
            if one.id < other.id and one.start < other.end and other.start < one.end:
                assert model.lane(one.id) != model.lane(other.id)


@settings(max_examples=60)
@given(st.lists(spans, max_size=30), spans)
def test_look_up_finds_exactly_the_marks_that_touch_a_range(
    chosen: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    model = DocumentModel("a" * LENGTH, marks=marks_over(chosen))
    found = model.in_range(*asked)
    assert {mark.id for mark in found} == {
        mark.id for mark in marks_over(chosen) if mark.start < asked[1] and mark.end > asked[0]
    }
    assert found == sorted(found, key=lambda mark: (mark.start, -mark.end, mark.id))


@settings(max_examples=60)
@given(st.lists(spans, max_size=25), st.lists(st.tuples(st.integers(0, 24), spans), max_size=12))
def test_adding_moving_and_removing_keep_index_and_lanes(
    chosen: list[tuple[int, int]], changes: list[tuple[int, tuple[int, int]]]
) -> None:
    model = DocumentModel("a" * LENGTH, marks=marks_over(chosen))
    expected = {mark.id: mark for mark in marks_over(chosen)}
    for number, (start, end) in changes:
        mark = Mark(id=f"m{number}", start=start, end=end)
        if mark.id not in expected:
            model.add(mark)
        elif start % 2:
            assert model.update(mark) == expected[mark.id]
        else:
            assert model.remove(mark.id) == expected.pop(mark.id)
            continue
        expected[mark.id] = mark
    assert {mark.id: mark for mark in model.marks} == expected
    assert {mark.id for mark in model.in_range(0, LENGTH)} == set(expected)
    assert_lanes_hold(model)


@given(st.lists(spans, min_size=1, max_size=30))
def test_loading_takes_no_more_lanes_than_the_deepest_overlap(chosen: list[tuple[int, int]]) -> None:
    model = DocumentModel("a" * LENGTH, marks=marks_over(chosen))
    assert_lanes_hold(model)
    deepest = max(len(model.at(start)) for start, _ in chosen)
    assert 1 + max(model.lane(mark.id) for mark in model.marks) == deepest


def test_a_mark_over_most_of_a_long_text_is_found_without_filling_buckets() -> None:
    length = document.WIDE * 3
    model = DocumentModel("a" * length, marks=[Mark(id="all", start=0, end=length)])
    model.add(Mark(id="other", start=5, end=length - 5))
    assert [mark.id for mark in model.at(length // 2)] == ["all", "other"]
    model.remove("all")
    assert [mark.id for mark in model.at(length // 2)] == ["other"]


def test_marks_that_only_touch_share_a_lane() -> None:
    model = DocumentModel("a" * 100, marks=marks_over([(0, 50), (50, 60)]))
    model.add(Mark(id="next", start=60, end=61))
    assert [model.lane(mark_id) for mark_id in ("m0", "m1", "next")] == [0, 0, 0]


def test_a_moved_mark_keeps_its_lane_when_it_can() -> None:
    model = DocumentModel("a" * 100, marks=marks_over([(0, 50), (10, 20)]))
    model.update(Mark(id="m1", start=60, end=70))
    assert model.lane("m1") == 1


def test_refuses_what_would_break_the_index() -> None:
    with pytest.raises(ValueError, match="covers nothing"):
        Mark(id="x", start=3, end=3)
    model = DocumentModel("abc", marks=[Mark(id="x", start=0, end=1)])
    with pytest.raises(ValueError, match="already"):
        model.add(Mark(id="x", start=1, end=2))
    with pytest.raises(ValueError, match="past the text"):
        model.add(Mark(id="y", start=1, end=4))
    with pytest.raises(KeyError):
        model.update(Mark(id="z", start=1, end=2))
    with pytest.raises(ValueError, match="past the text"):
        model.update(Mark(id="x", start=1, end=4))
    with pytest.raises(ValueError, match="already"):
        model.replace_marks([Mark(id="y", start=0, end=1), Mark(id="y", start=1, end=2)])
    with pytest.raises(ValueError, match="no colour"):
        Mark(id="x", start=0, end=1, colour="rød")
    assert model.at(0) == [Mark(id="x", start=0, end=1)]


def test_other_marks_take_the_place_of_all() -> None:
    model = DocumentModel("a" * 100, marks=marks_over([(0, 50), (10, 20)]))
    model.replace_marks([Mark(id="new", start=10, end=20)])
    assert model.in_range(0, 100) == [Mark(id="new", start=10, end=20)]
    assert model.lane("new") == 0
    assert model.get("m0") is None


def test_lines_and_turns_are_found_by_offset() -> None:
    text = "Tittel\nA: hei\nB: ja"
    turns = [
        Turn(speaker="A", role="interviewer", label_start=7, start=10, end=13),
        Turn(speaker="B", role="participant", label_start=14, start=17, end=19),
    ]
    model = DocumentModel(text, turns)
    assert [model.line_number(offset) for offset in (0, 6, 7, 19)] == [1, 1, 2, 3]
    assert model.line_span(8) == (7, 13)
    assert model.turn_at(6) is None
    assert model.turn_at(7) == model.turn_at(13) == turns[0]
    assert model.turns_in(0, 7) == model.turns_in(13, 14) == []
    assert model.turns_in(12, 15) == turns

"""Edits and the map of places: a span keeps its exact text unless somebody edited that text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.edits import Edit, EditMap, apply_edits


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text whose characters are all different, and edits that do not overlap; letters of replacements are new."""
    length = draw(st.integers(0, 24))
    text = "".join(chr(0x100 + n) for n in range(length))
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and start < edits[-1].end:
            continue
        edits.append(Edit(start, end, draw(st.text("xyz", max_size=4))))
    return text, draw(st.permutations(edits))


_spans = st.tuples(st.integers(0, 24), st.integers(0, 24)).map(sorted)


def _within(text: str, span: list[int]) -> tuple[int, int]:
    return min(span[0], len(text)), min(span[1], len(text))


@given(_edited(), _spans)
def test_an_untouched_span_keeps_its_exact_text(edited: tuple[str, list[Edit]], span: list[int]) -> None:
    text, edits = edited
    new, edit_map = apply_edits(text, edits)
    start, end = _within(text, span)
    if start < end and all(edit.end <= start or edit.start >= end for edit in edits):
        new_start, new_end = edit_map.span(start, end)
        assert new[new_start:new_end] == text[start:end]


@given(_edited(), _spans)
def test_a_carried_span_holds_the_kept_characters_of_the_old_one_and_no_others(
    edited: tuple[str, list[Edit]], span: list[int]
) -> None:
    text, edits = edited
    new, edit_map = apply_edits(text, edits)
    start, end = _within(text, span)
    if start == end:
        return
    new_start, new_end = edit_map.span(start, end)
    assert 0 <= new_start <= new_end <= len(new)
    kept = [char for n, char in enumerate(text[start:end], start) if not any(e.start <= n < e.end for e in edits)]
    assert [char for char in new[new_start:new_end] if char not in "xyz"] == kept


@given(_edited())
def test_a_kept_character_goes_forward_and_back(edited: tuple[str, list[Edit]]) -> None:
    text, edits = edited
    new, edit_map = apply_edits(text, edits)
    for n, char in enumerate(text):
        if not any(edit.start <= n < edit.end for edit in edits):
            place = edit_map.forward(n, sticky="right")
            assert new[place] == char
            assert edit_map.back(place) == n


@given(_edited())
def test_forward_and_back_stay_within_the_text_and_in_order(edited: tuple[str, list[Edit]]) -> None:
    text, edits = edited
    new, edit_map = apply_edits(text, edits)
    for sticky in ("left", "right"):
        places = [edit_map.forward(n, sticky=sticky) for n in range(len(text) + 1)]
        assert places == sorted(places)
        assert all(0 <= place <= len(new) for place in places)
    places = [edit_map.back(n) for n in range(len(new) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(_edited(), st.data())
def test_two_maps_in_a_row_carry_what_both_left_alone(edited: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = edited
    middle, first = apply_edits(text, edits)
    at = data.draw(st.integers(0, len(middle)))
    last, second = apply_edits(middle, [Edit(at, min(at + 2, len(middle)), "zz")])
    for n, char in enumerate(text):
        once = first.span(n, n + 1)
        twice = second.span(*once)
        if char in last and once[1] - once[0] == 1:
            assert last[twice[0] : twice[1]] == char


@given(_edited())
def test_the_order_edits_are_given_in_does_not_matter(edited: tuple[str, list[Edit]]) -> None:
    text, edits = edited
    assert apply_edits(text, edits) == apply_edits(text, sorted(edits))


@pytest.mark.parametrize(
    ("edit", "span", "expected"),
    [
        (Edit(3, 3, "xx"), (3, 6), (5, 8)),  # inserted before the first character
        (Edit(6, 6, "xx"), (3, 6), (3, 6)),  # inserted after the last
        (Edit(4, 4, "xx"), (3, 6), (3, 8)),  # inserted inside
        (Edit(3, 6, ""), (3, 6), (3, 3)),  # deleted whole
        (Edit(2, 7, ""), (3, 6), (2, 2)),  # deleted with what surrounds it
        (Edit(2, 4, ""), (3, 6), (2, 4)),  # beginning deleted
        (Edit(5, 8, "y"), (3, 6), (3, 6)),  # a border inside a replacement takes it in
        (Edit(3, 6, "yyyy"), (3, 6), (3, 7)),  # replaced exactly
        (Edit(0, 3, "y"), (3, 6), (1, 4)),  # replaced just before
        (Edit(6, 8, "yyy"), (3, 6), (3, 6)),  # replaced just after
    ],
)
def test_borders(edit: Edit, span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert EditMap.from_edits([edit]).span(*span) == expected


def test_an_emptied_span_stays_empty() -> None:
    assert EditMap.from_edits([Edit(2, 5, "nye ord")]).span(3, 3) == (2, 2)


def test_insertions_at_a_deletions_borders() -> None:
    new, edit_map = apply_edits("abcdef", [Edit(2, 4, ""), Edit(2, 2, "X"), Edit(4, 4, "Y")])
    assert new == "abXYef"
    assert edit_map.span(0, 2) == (0, 2)
    assert edit_map.span(4, 6) == (4, 6)


def test_edits_that_overlap_or_reach_past_the_text_are_refused() -> None:
    for edits in ([Edit(0, 3, "x"), Edit(2, 4, "y")], [Edit(0, 7, "")]):
        with pytest.raises(ValueError, match="overlap"):
            apply_edits("abcdef", edits)
    with pytest.raises(ValueError, match="out of order"):
        Edit(3, 2, "")
    with pytest.raises(ValueError, match="overlap"):
        EditMap(((0, 3, 1), (2, 4, 1)))

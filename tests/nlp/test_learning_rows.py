"""Sparse rows do what the whole matrix would have done."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.learning.rows import Rows, Vector, beside, dense, rows_of, stacked, taken

WIDTH = 4
VALUES = st.sampled_from([0.0, 0.0, 1.0, -2.5, 0.125, 1e6])
ROWS = st.lists(VALUES, min_size=WIDTH, max_size=WIDTH)
MATRICES = st.lists(ROWS, max_size=5).map(lambda rows: np.array(rows, dtype=np.float64).reshape(-1, WIDTH))
QUICK = settings(max_examples=60, deadline=None)


def matrix(rows: Rows) -> Vector:
    """The whole matrix, by the definition of compressed rows."""
    made = np.zeros((len(rows), rows.width))
    for row in range(len(rows)):
        for entry in range(int(rows.begins[row]), int(rows.begins[row + 1])):
            made[row, rows.columns[entry]] += rows.values[entry]
    return made


def test_rows_by_hand() -> None:
    rows = rows_of([{0: 1.0, 2: 3.0}, {}, {2: -1.0}], 3)
    assert (rows.begins.tolist(), rows.columns.tolist(), rows.values.tolist()) == (
        [0, 2, 2, 3],
        [0, 2, 2],
        [1.0, 3.0, -1.0],
    )
    assert rows.times(np.array([10.0, 100.0, 2.0])).tolist() == [16.0, 0.0, -2.0]
    assert rows.transposed_times(np.array([1.0, 5.0, 2.0])).tolist() == [1.0, 0.0, 1.0]
    assert rows.squared().values.tolist() == [1.0, 9.0, 1.0]


def test_no_rows_and_no_columns_are_rows_too() -> None:
    nothing = rows_of([], 3)
    assert (len(nothing), nothing.times(np.ones(3)).tolist()) == (0, [])
    assert nothing.transposed_times(np.zeros(0)).tolist() == [0.0] * 3
    assert len(stacked([], 3)) == 0
    empty = rows_of([{}, {}], 0)
    assert empty.times(np.zeros(0)).tolist() == [0.0, 0.0]
    assert empty.transposed_times(np.ones(2)).tolist() == []
    assert matrix(taken(rows_of([{0: 1.0}], 1), np.zeros(0, np.int64))).shape == (0, 1)


@given(MATRICES)
@QUICK
def test_nothing_is_lost_in_leaving_zeros_out(whole: Vector) -> None:
    assert matrix(dense(whole)).tolist() == whole.tolist()
    entries = [{place: value for place, value in enumerate(row) if value} for row in whole.tolist()]
    assert matrix(rows_of(entries, WIDTH)).tolist() == whole.tolist()
    assert dense(whole).values.all()


@given(MATRICES, st.data())
@QUICK
def test_products_are_those_of_the_matrix(whole: Vector, data: st.DataObject) -> None:
    weights = np.array(data.draw(ROWS))
    amounts = np.array(data.draw(st.lists(VALUES, min_size=len(whole), max_size=len(whole))), dtype=np.float64)
    rows = dense(whole)
    assert rows.times(weights) == pytest.approx(whole @ weights, rel=1e-9, abs=1e-2)
    assert rows.transposed_times(amounts) == pytest.approx(whole.T @ amounts, rel=1e-9, abs=1e-2)
    assert matrix(rows.squared()).tolist() == (whole**2).tolist()


@given(MATRICES, st.data())
@QUICK
def test_rows_can_be_set_beside_and_under_each_other_and_picked(whole: Vector, data: st.DataObject) -> None:
    other = np.array(data.draw(st.lists(ROWS, min_size=len(whole), max_size=len(whole)))).reshape(-1, WIDTH)
    assert matrix(beside(dense(whole), dense(other))).tolist() == np.hstack((whole, other)).tolist()
    parts: Sequence[Rows] = [dense(whole), dense(other), dense(whole)]
    assert matrix(stacked(parts, WIDTH)).tolist() == np.vstack((whole, other, whole)).tolist()
    places = st.lists(st.integers(0, len(whole) - 1), max_size=6) if len(whole) else st.just([])
    wanted = np.array(data.draw(places), dtype=np.int64)
    assert matrix(taken(dense(whole), wanted)).tolist() == whole[wanted].tolist()


def test_rows_of_different_number_cannot_stand_beside_each_other() -> None:
    with pytest.raises((AssertionError, ValueError)):
        beside(dense(np.ones((2, 1))), dense(np.ones((3, 1))))

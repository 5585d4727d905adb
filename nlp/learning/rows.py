"""Sparse rows of numbers: what is seen in each unit, as far as a regression is concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rows:
    """A matrix by rows, zeros left out (compressed sparse rows)."""

    begins: Places
    """Shape (rows + 1): row n holds the entries `begins[n]:begins[n + 1]`."""
    columns: Places
    """Shape (entries): the column of each entry."""
    values: Vector
    """Shape (entries)."""
    width: int
    """How many columns there are."""

    def __len__(self) -> int:
        return len(self.begins) - 1

    def times(self, weights: Vector) -> Vector:
        """Shape (rows): each row's product with weights of shape (width)."""
        products = self.values * weights[self.columns]
        return np.asarray(np.bincount(self.row_of_entry(), weights=products, minlength=len(self)), dtype=np.float64)

    def transposed_times(self, amounts: Vector) -> Vector:
        """Shape (width): the sum of the rows, each multiplied by its amount, shape (rows)."""
        spread = amounts[self.row_of_entry()]
        return np.asarray(
            np.bincount(self.columns, weights=self.values * spread, minlength=self.width), dtype=np.float64
        )

    def row_of_entry(self) -> Places:
        """Shape (entries): the row each entry lies in."""
        return self._row_of_entry

    @cached_property
    def _row_of_entry(self) -> Places:
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.begins))

    def squared(self) -> Rows:
        """The same places with the values squared."""
        return Rows(self.begins, self.columns, self.values**2, self.width)


def rows_of(entries: Sequence[Mapping[int, float]], width: int) -> Rows:
    """Rows from column -> value."""
    lengths = [len(row) for row in entries]
    columns = np.fromiter((column for row in entries for column in row), np.int64, sum(lengths))
    values = np.fromiter((value for row in entries for value in row.values()), np.float64, sum(lengths))
    return Rows(np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))), columns, values, width)


def beside(left: Rows, right: Rows) -> Rows:
    """The same rows with the columns of `right` after those of `left`."""
    count = len(left)
    place = np.concatenate((left.row_of_entry(), right.row_of_entry()))
    order = np.argsort(place, kind="stable")
    columns = np.concatenate((left.columns, right.columns + left.width))[order]
    values = np.concatenate((left.values, right.values))[order]
    assert count == len(right)
    return Rows(left.begins + right.begins, columns, values, left.width + right.width)


def taken(rows: Rows, wanted: Places) -> Rows:
    """These rows, in this order."""
    lengths = np.diff(rows.begins)[wanted]
    begins = np.concatenate(([0], np.cumsum(lengths)))
    entries = np.repeat(rows.begins[:-1][wanted] - begins[:-1], lengths) + np.arange(begins[-1])
    return Rows(begins, rows.columns[entries], rows.values[entries], rows.width)


def stacked(parts: Sequence[Rows], width: int) -> Rows:
    """Rows under each other; `width` is that of all."""
    lengths = [np.diff(part.begins) for part in parts]
    begins = np.concatenate(([0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *lengths]))))
    columns = np.concatenate([np.zeros(0, np.int64), *(part.columns for part in parts)])
    values = np.concatenate([np.zeros(0), *(part.values for part in parts)])
    return Rows(begins.astype(np.int64), columns, values, width)


def dense(matrix: Vector) -> Rows:
    """Rows from a matrix of shape (rows, columns)."""
    places, columns = np.nonzero(matrix)
    begins = np.concatenate(([0], np.cumsum(np.bincount(places, minlength=len(matrix)))))
    return Rows(begins.astype(np.int64), columns.astype(np.int64), matrix[places, columns], matrix.shape[1])

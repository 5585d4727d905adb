"""A parsed text's arrays as numpy arrays."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from nlp.parsed import Parsed


def numbers(values: array[int]) -> NDArray[np.int64]:
    """The same numbers."""
    return np.asarray(values, dtype=np.int64)


def unit_of_words(parsed: Parsed) -> NDArray[np.int64]:
    """Shape (words): the unit that each word lies in."""
    lengths = np.diff(numbers(parsed.first_words)).astype(np.int64)
    return np.repeat(np.arange(len(parsed), dtype=np.int64), lengths)

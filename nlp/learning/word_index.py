"""Where every term of some texts stands, found once so that many codes can be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.arrays import numbers, unit_of_words
from nlp.evidence import Evidence
from nlp.forms import Form
from nlp.learning.rows import Places
from nlp.vocabulary import terms_of
from nlp.words.stop import is_stop

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """One row a codable unit, term and word that has it, sorted so; words that say nothing are left out."""

    units: Places
    terms: Places
    """Numbers of terms."""
    words: Places
    """Indexes of words in the parsed text."""
    inner: Flags
    """Whether the term is only a part of the word."""

    def taken(self, wanted: Flags) -> Placed:
        """The rows where `wanted` says so."""
        return Placed(self.units[wanted], self.terms[wanted], self.words[wanted], self.inner[wanted])

    def whole_words(self) -> Placed:
        """The rows where the term is the word, not a part of it."""
        return self.taken(~self.inner)

    def first_of_units(self) -> Flags:
        """Shape (rows): true once for each unit and term."""
        first = np.ones(len(self.units), dtype=np.bool_)
        first[1:] = (self.units[1:] != self.units[:-1]) | (self.terms[1:] != self.terms[:-1])
        return first


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """The terms of some texts."""

    terms: tuple[str, ...]
    placed: Mapping[str, Placed]
    """By document id."""


def index_words(evidence: Iterable[Evidence]) -> WordIndex:
    """Finds the terms of the codable units of these texts; stop words and figures are passed over."""
    known: dict[str, int] = {}
    placed = {each.document.id: _placed(each, known) for each in evidence}
    return WordIndex(tuple(known), placed)


def _placed(evidence: Evidence, known: dict[str, int]) -> Placed:
    """The rows of one document; terms met for the first time are numbered."""
    parsed = evidence.document.parsed
    nothing = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    of_form = [nothing if is_stop(form) else _terms(form, known) for form in parsed.forms]
    unit_of_word = unit_of_words(parsed)
    words = np.flatnonzero(evidence.codable[unit_of_word])
    forms = numbers(parsed.words)[words].tolist()
    lengths = np.array([len(of_form[form][0]) for form in forms], dtype=np.int64)
    terms = np.concatenate([nothing[0], *(of_form[form][0] for form in forms)])
    inner = np.concatenate([nothing[1], *(of_form[form][1] for form in forms)])
    words = np.repeat(words, lengths)
    units = unit_of_word[words]
    order = np.lexsort((words, terms, units))
    return Placed(units[order], terms[order], words[order], inner[order])


def _terms(form: Form, known: dict[str, int]) -> tuple[Places, Flags]:
    terms = sorted(terms_of(form))
    placed = np.array([known.setdefault(term, len(known)) for term in terms], dtype=np.int64)
    return placed, np.array([term not in form.lemmas for term in terms], dtype=np.bool_)

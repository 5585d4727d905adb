"""Words as what a regression sees: the dictionary forms and compound parts of a text, numbered and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlp.arrays import numbers, unit_of_words
from nlp.document import Document
from nlp.forms import Form
from nlp.learning.rows import Places, Rows, Vector
from nlp.parsed import Parsed

AROUND_SHARE = 0.3
"""What a word counts that stands elsewhere in the turn or in the question, beside one in the unit itself."""


@dataclass(slots=True)
class Vocabulary:
    """The terms of a project's texts. Grows as texts are counted; a term keeps its number."""

    numbers: dict[str, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    """Term number -> in how many units it stands."""
    units: int = 0
    _of_form: dict[Form, Places] = field(default_factory=dict)

    def count(self, parsed: Parsed) -> None:
        """Takes a text into the counts."""
        _units, terms = self.places(parsed)
        found, times = np.unique(terms, return_counts=True)
        for term, number in zip(found.tolist(), times.tolist(), strict=True):
            self.counts[term] = self.counts.get(term, 0) + number
        self.units += len(parsed)

    def places(self, parsed: Parsed) -> tuple[Places, Places]:
        """(unit, term) of every distinct term of every unit, by unit."""
        of_form = [self._terms(form) for form in parsed.forms]
        lengths = np.array([len(terms) for terms in of_form], dtype=np.int64)
        words = numbers(parsed.words)
        if not len(words):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        flat = np.concatenate(of_form)
        begins = np.concatenate(([0], np.cumsum(lengths)))
        per_word = lengths[words]
        unit_of_word = unit_of_words(parsed)
        starts = np.repeat(begins[words], per_word)
        steps = np.arange(per_word.sum()) - np.repeat(np.cumsum(per_word) - per_word, per_word)
        terms = flat[starts + steps]
        both = np.unique(np.repeat(unit_of_word, per_word) * (len(self.numbers) + 1) + terms)
        return both // (len(self.numbers) + 1), both % (len(self.numbers) + 1)

    def rarity(self) -> Vector:
        """Shape (terms): log((1 + units) / (1 + count)), the inverse document frequency by units."""
        counts = np.zeros(len(self.numbers))
        for term, number in self.counts.items():
            counts[term] = number
        return np.log((1.0 + self.units) / (1.0 + counts))

    def _terms(self, form: Form) -> Places:
        if form not in self._of_form:
            self._of_form[form] = np.array(
                [self.numbers.setdefault(term, len(self.numbers)) for term in sorted(terms_of(form))], dtype=np.int64
            )
        return self._of_form[form]


def terms_of(form: Form) -> frozenset[str]:
    """What a word stands for: its dictionary forms and compound parts of two letters and more."""
    return frozenset(term for term in form.lemmas | form.parts if len(term) > 1 and not term.isdigit())


def shares_of(document: Document, vocabulary: Vocabulary) -> Rows:
    """Shape (units, terms): what each term counts in each unit.

    A unit's own terms count 1, in speech those of the rest of its turn and of the question before it `AROUND_SHARE`; all is
    divided by the length of the row, so that long units are no likelier than short ones.
    """
    units, terms = vocabulary.places(document.parsed)
    values = np.ones(len(units))
    if document.is_speech:
        near_units, near_terms = _around(document, units, terms)
        units, terms = np.concatenate((units, near_units)), np.concatenate((terms, near_terms))
        values = np.concatenate((values, np.full(len(near_units), AROUND_SHARE)))
        order = np.lexsort((-values, terms, units))
        units, terms, values = units[order], terms[order], values[order]
        first = np.ones(len(units), dtype=np.bool_)
        first[1:] = (units[1:] != units[:-1]) | (terms[1:] != terms[:-1])
        units, terms, values = units[first], terms[first], values[first]
    count = len(document.parsed)
    lengths = np.sqrt(np.bincount(units, weights=values**2, minlength=count))
    begins = np.concatenate(([0], np.cumsum(np.bincount(units, minlength=count))))
    return Rows(begins.astype(np.int64), terms, values / lengths[units], len(vocabulary.numbers))


def word_rows(document: Document, vocabulary: Vocabulary, rarity: Vector) -> Rows:
    """Shape (units, terms): the shares, weighed by how rare each term is.

    Args:
        rarity: of the vocabulary, shape (terms); terms met since it was counted are left out.
    """
    shares = shares_of(document, vocabulary)
    known = shares.columns < len(rarity)
    lost = np.concatenate(([0], np.cumsum(~known)))
    columns = shares.columns[known]
    begins = shares.begins - lost[shares.begins]
    return Rows(begins, columns, shares.values[known] * rarity[columns], len(rarity))


def _around(document: Document, units: Places, terms: Places) -> tuple[Places, Places]:
    """(unit, term) for the words of each unit's turn and of the question before it."""
    turns = numbers(document.parsed.unit_turns)
    of_turn: Mapping[int, NDArray[np.int64]] = {
        int(turn): np.unique(terms[turns[units] == turn]) for turn in np.unique(turns) if turn >= 0
    }
    nothing = np.zeros(0, np.int64)
    found_units, found_terms = [nothing], [nothing]
    for unit, turn in enumerate(turns.tolist()):
        if turn < 0:
            continue
        asked = turn - 1 if turn > 0 and document.turns[turn - 1].role == "interviewer" else -1
        near = np.concatenate((of_turn.get(turn, nothing), of_turn.get(asked, nothing)))
        found_units.append(np.full(len(near), unit))
        found_terms.append(near)
    return np.concatenate(found_units), np.concatenate(found_terms)

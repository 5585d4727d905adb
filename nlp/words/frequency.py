"""Word lists: how often each dictionary form occurs, and how evenly the sources share it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.forms import Form
from nlp.words.document import Document
from nlp.words.shown import components, shown
from nlp.words.stop import is_stop

PER = 10_000
"""Relative frequencies are given per this many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCount:
    """One line of a word list."""

    word: str
    """Dictionary form, in lower case."""
    count: int
    per_10000: float
    sources: tuple[str, ...]
    """Ids of the sources that have it, in the order of the documents."""
    dispersion: float | None
    """Gries' DP over the sources: 0 where each has its share, near 1 where one has all; None for a single source."""
    in_compounds: int
    """How often it stands inside longer words, as *bolig* in *boligmangel*; not part of `count`."""
    example: str
    """The commonest of its written forms, as it stands at its first place."""


def word_list(documents: Sequence[Document], *, everything: bool = False) -> list[WordCount]:
    """The words of the documents, the commonest first, equally common ones by the alphabet.

    Args:
        documents: one a source.
        everything: whether to list stop words too. They count as words of the text in any case.
    """
    forms = [document.counted() for document in documents]
    sizes = [counts.total() for counts in forms]
    total = sum(sizes)
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    spelt: Counter[Form] = Counter()
    for number, found in enumerate(forms):
        spelt.update(found)
        for form, count in found.items():
            counts[shown(form)][number] += count
    spellings: defaultdict[str, list[Form]] = defaultdict(list)
    inside: Counter[str] = Counter()
    for form, count in spelt.items():
        lemma = shown(form)
        spellings[lemma].append(form)
        inside.update(dict.fromkeys(components(form) - {lemma}, count))
    examples = _Examples(documents, forms)
    rows = [
        WordCount(
            word=lemma,
            count=shares.total(),
            per_10000=PER * shares.total() / total,
            sources=tuple(documents[number].source for number in sorted(shares)),
            dispersion=deviation_of_proportions(shares, sizes),
            in_compounds=inside[lemma],
            example=examples.of(max(spellings[lemma], key=spelt.__getitem__)),
        )
        for lemma, shares in counts.items()
        if everything or not all(map(is_stop, spellings[lemma]))
    ]
    return sorted(rows, key=lambda row: (-row.count, row.word))


def deviation_of_proportions(counts: Mapping[int, int], sizes: Sequence[int]) -> float | None:
    """How far a word's distribution is from the sizes of the parts: Gries' DP, half the sum of the differences.

    Gries, S. Th. (2008): Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics
    13(4), 403-437.

    Args:
        counts: index of a part -> how often the word occurs in it; parts without it may be left out.
        sizes: words in each part.

    Returns:
        From 0 (spread as the parts are large) to nearly 1 (all in a small part); None when there are not two parts
        with words to compare, or the word does not occur.
    """
    total, frequency = sum(sizes), sum(counts.values())
    if sum(size > 0 for size in sizes) < 2 or not frequency:
        return None
    here = sum(abs(count / frequency - sizes[part] / total) for part, count in counts.items())
    elsewhere = 1.0 - sum(sizes[part] for part in counts) / total
    return (here + elsewhere) / 2


class _Examples:
    """Written forms as they stand at their first place; a document's places are looked up when one is asked for."""

    def __init__(self, documents: Sequence[Document], forms: Sequence[Counter[Form]]) -> None:
        self._documents = documents
        self._forms = forms
        self._places: dict[int, dict[Form, int]] = {}

    def of(self, form: Form) -> str:
        number = next(number for number, found in enumerate(self._forms) if form in found)
        document = self._documents[number]
        if number not in self._places:
            self._places[number] = document.first_places()
        place = self._places[number][form]
        return document.text[document.parsed.starts[place] : document.parsed.ends[place]]

"""Words that keep company: pairs that stand near each other more often than chance would have it, measured by NLTK."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.forms import Form
from nlp.words.document import Document
from nlp.words.shown import is_meant, shown
from nlp.words.stop import is_stop, is_word

_BORDER = ""
WINDOW = 2
"""Side by side. 5 is: at most three words between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two words in the order they stand in. A word that was asked for stands for its compounds too."""

    first: str
    """Dictionary form, in lower case."""
    second: str
    count: int
    g2: float
    """Dunning's log-likelihood ratio, as NLTK computes it: how sure it is that they belong together."""
    pmi: float
    """Pointwise mutual information, in bits: how much more often than chance. Rare pairs have the highest."""
    sources: tuple[str, ...]
    """Ids of the sources that have the pair."""


def pairs(
    documents: Sequence[Document],
    *,
    around: Sequence[str] = (),
    compounds: bool = True,
    window: int = WINDOW,
    at_least: int = 3,
    everything: bool = False,
) -> list[Pair]:
    """Pairs of words that are drawn to each other, by log-likelihood ratio, the strongest first.

    Both words stand in the same unit: a pair never crosses a sentence, a line or a turn. A word said twice is no pair.

    Args:
        documents: one a source.
        around: readings of a word that must be in the pair, counted as one word, the last; empty for all pairs.
        compounds: whether words that have it inside them count as it.
        window: how far apart they may be, both included; 2 is side by side.
        at_least: how often the pair must occur.
        everything: whether stop words may be in it.

    Raises:
        ValueError: if the window is smaller than 2.
    """
    if window < 2:
        raise ValueError("a window holds two words or more")
    words: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    having: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    counted_as = _counted_as(documents, around, compounds=compounds)
    for document in documents:
        row = _in_a_row(document, counted_as, window)
        words.update(row)
        here: Counter[tuple[str, str]] = Counter()
        for distance in range(1, window):
            here.update(zip(row, row[distance:], strict=False))
        together.update(here)
        for pair in here:
            having[pair].append(document.source)
    del words[_BORDER]
    kept = _kept(documents, everything=everything) | set(around)
    candidates = {
        pair: count
        for pair, count in together.items()
        if count >= at_least and pair[0] != pair[1] and kept.issuperset(pair) and (not around or around[-1] in pair)
    }
    return [
        Pair(first=pair[0], second=pair[1], count=count, g2=g2, pmi=pmi, sources=tuple(having[pair]))
        for pair, count, g2, pmi in _scored(words, candidates, window)
    ]


def _scored(
    words: Counter[str], candidates: dict[tuple[str, str], int], window: int
) -> Iterator[tuple[tuple[str, str], int, float, float]]:
    """(pair, count, log-likelihood ratio, mutual information) of the pairs that attract each other, the strongest first."""
    if not candidates:
        return
    # Importing NLTK takes half a second and more; only this question needs it.
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures
    from nltk.probability import FreqDist

    finder = BigramCollocationFinder(FreqDist(words), FreqDist(candidates), window_size=window)
    strength = dict(finder.score_ngrams(BigramAssocMeasures.pmi))
    for pair, g2 in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio):
        if strength[pair] > 0:  # the ratio is as high for words that shun each other
            yield pair, candidates[pair], g2, strength[pair]


def _in_a_row(document: Document, counted_as: Mapping[Form, str], window: int) -> list[str]:
    """The dictionary forms of the document's words, with so many borders after each unit that no pair crosses them."""
    parsed = document.parsed
    lemmas = [counted_as.get(form) or shown(form) for form in parsed.forms]
    border = [_BORDER] * (window - 1)
    row: list[str] = []
    for unit in document.units:
        row += [lemmas[word] for word in parsed.words[parsed.first_words[unit] : parsed.first_words[unit + 1]]]
        row += border
    return row


def _forms(documents: Sequence[Document]) -> set[Form]:
    return {form for document in documents for form in document.parsed.forms}


def _kept(documents: Sequence[Document], *, everything: bool) -> set[str]:
    """Dictionary forms that may stand in a pair."""
    return {shown(form) for form in _forms(documents) if is_word(form) and (everything or not is_stop(form))}


def _counted_as(documents: Sequence[Document], around: Sequence[str], *, compounds: bool) -> dict[Form, str]:
    """The forms that count as the word asked for, each with that word."""
    return {form: around[-1] for form in _forms(documents) if around and is_meant(form, around, compounds=compounds)}

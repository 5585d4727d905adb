"""What one part of a corpus says more often than the rest: measures of difference between two counts of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log2, sqrt

from nlp.words.document import Document, by_lemma
from nlp.words.frequency import PER
from nlp.words.shown import shown
from nlp.words.stop import is_stop

PRIOR_WORDS = 1000
"""How many words the prior is worth: enough that a word met a few times in one place does not lead the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWord:
    """A word that the one part uses more than the rest."""

    word: str
    """Dictionary form, in lower case."""
    count: int
    rest_count: int
    per_10000: float
    rest_per_10000: float
    g2: float
    """Dunning's log-likelihood: how sure it is that there is a difference; above 3.84 at the five per cent level."""
    log_ratio: float
    """Hardie's log ratio: how large the difference is; each step of 1 is twice as often."""
    z: float
    """Monroe's z: the difference in log odds over its standard error, rare words held back by the prior."""
    log_odds: float
    sources: tuple[str, ...]
    """Ids of the sources of the one part that have the word."""
    rest_sources: tuple[str, ...]


def key_words(
    target: Sequence[Document], rest: Sequence[Document], *, at_least: int = 3, everything: bool = False
) -> list[KeyWord]:
    """Words that the target uses more often than the rest does, by z, the most typical first.

    Args:
        target: documents of the part in question; a source may have documents in both.
        rest: what it is compared with.
        at_least: how often a word must occur in the target.
        everything: whether to list stop words too; how somebody speaks may be what is typical.
    """
    here, there = by_lemma(target), by_lemma(rest)
    ours, theirs = _sum(here), _sum(there)
    ours_total, theirs_total = ours.total(), theirs.total()
    if not ours_total or not theirs_total:
        return []
    odds = log_odds(ours, theirs, prior_of(ours, theirs))
    kept = None if everything else _content(target)
    rows = []
    for word, count in ours.items():
        other = theirs[word]
        if count < at_least or count * theirs_total <= other * ours_total or (kept is not None and word not in kept):
            continue
        z, delta = odds[word]
        rows.append(
            KeyWord(
                word=word,
                count=count,
                rest_count=other,
                per_10000=PER * count / ours_total,
                rest_per_10000=PER * other / theirs_total,
                g2=log_likelihood(count, ours_total, other, theirs_total),
                log_ratio=log_ratio(count, ours_total, other, theirs_total),
                z=z,
                log_odds=delta,
                sources=_having(word, target, here),
                rest_sources=_having(word, rest, there),
            )
        )
    return sorted(rows, key=lambda row: (-row.z, row.word))


def log_likelihood(count: int, total: int, rest_count: int, rest_total: int) -> float:
    """Dunning's G2 of the four-cell table of a word and all other words in two corpora; 0 when the shares are equal.

    Dunning, T. (1993): Accurate methods for the statistics of surprise and coincidence. Computational Linguistics
    19(1), 61-74.
    """
    together, everything = count + rest_count, total + rest_total
    cells = (
        (count, together * total),
        (rest_count, together * rest_total),
        (total - count, (everything - together) * total),
        (rest_total - rest_count, (everything - together) * rest_total),
    )
    return max(0.0, 2 * sum(seen * log(seen * everything / expected) for seen, expected in cells if seen))


def log_ratio(count: int, total: int, rest_count: int, rest_total: int) -> float:
    """The binary logarithm of how many times as frequent the word is; half a word stands for none.

    Hardie, A. (2014): Log Ratio - an informal introduction. ESRC Centre for Corpus Approaches to Social Science.
    """
    return log2(((count or 0.5) / total) / ((rest_count or 0.5) / rest_total))


def log_odds(
    counts_a: Mapping[str, int], counts_b: Mapping[str, int], prior: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Term -> (z, delta): the difference in log odds between a and b with an informative Dirichlet prior.

    Delta is positive for terms of a. Z is delta over its standard error, and what to rank by: above 1.96 is more than
    chance at the five per cent level.

    Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008): Fightin' Words: Lexical Feature Selection and Evaluation
    for Identifying the Content of Political Conflict. Political Analysis 16(4), 372-403.

    Args:
        counts_a: how often each term occurs in the one corpus.
        counts_b: in the other.
        prior: pseudo-counts, more than 0, of every term that occurs in either; see `prior_of`. Its terms are the answer's.

    Raises:
        ValueError: if a term has no prior, or one that is not more than 0.
    """
    seen = {term for counts in (counts_a, counts_b) for term, count in counts.items() if count}
    if any(weight <= 0 for weight in prior.values()) or not prior.keys() >= seen:
        raise ValueError("every term needs a prior of more than 0")
    weight = sum(prior.values())
    total_a, total_b = sum(counts_a.values()) + weight, sum(counts_b.values()) + weight
    found = {}
    for term, pseudo in prior.items():
        seen_a, seen_b = counts_a.get(term, 0) + pseudo, counts_b.get(term, 0) + pseudo
        if len(prior) == 1:
            found[term] = (0.0, 0.0)  # with one term there are no odds
            continue
        delta = log(seen_a / (total_a - seen_a)) - log(seen_b / (total_b - seen_b))
        found[term] = (delta / sqrt(1 / seen_a + 1 / seen_b), delta)
    return found


def prior_of(counts_a: Mapping[str, int], counts_b: Mapping[str, int], words: float = PRIOR_WORDS) -> dict[str, float]:
    """Both corpora together, as a prior that is worth `words` words in all."""
    both = Counter(counts_a)
    both.update(counts_b)
    seen = {term: count for term, count in both.items() if count > 0}
    scale = words / sum(seen.values()) if seen else 0.0
    return {term: count * scale for term, count in seen.items()}


def _sum(counts: Sequence[Counter[str]]) -> Counter[str]:
    together: Counter[str] = Counter()
    for each in counts:
        together.update(each)
    return together


def _having(word: str, documents: Sequence[Document], counts: Sequence[Counter[str]]) -> tuple[str, ...]:
    return tuple(document.source for document, found in zip(documents, counts, strict=True) if found[word])


def _content(documents: Sequence[Document]) -> set[str]:
    """Dictionary forms that are no stop words."""
    return {shown(form) for document in documents for form in document.counted() if not is_stop(form)}

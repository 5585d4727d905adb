"""From the team's decisions to what is believed of each code: one small regression a code.

With no decisions the weights are the prior's, that is the codebook's rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebooks.model import Codebook
from nlp.evidence import Evidence
from nlp.learning.columns import Column, Columns, column_rows, columns_of, log_odds
from nlp.learning.decisions import Answers, Decision, answers, by_document, thinned
from nlp.learning.fit import fit, probability
from nlp.learning.rows import Rows, Vector, beside, stacked, taken
from nlp.vocabulary import Vocabulary, word_rows

MOST_ANSWERS = 3000
"""Answers of one sort a code is learnt from, so that a fit takes as long in a large project as in a small one."""
HELD_WORD = 5.0
"""Prior precision of a word's weight; the prior mean is 0."""


@dataclass(frozen=True, slots=True, eq=False)
class CodeModel:
    """What is believed of one code."""

    columns: Columns
    weights: Vector
    """Shape (columns)."""
    words: Mapping[int, float]
    """Term number in the vocabulary -> weight, for the terms that decisions have been made about."""
    yes: int = 0
    """Units that the code is known to apply to."""
    no: int = 0


@dataclass(slots=True)
class Seen:
    """The texts that decisions are about, as rows; kept between decisions so that only what changed is fitted again."""

    codebook: Codebook
    vocabulary: Vocabulary
    evidence: dict[str, Evidence]
    _words: dict[str, Rows]
    _rarity: Vector | None
    """None since a text was taken in."""

    @classmethod
    def of(cls, codebook: Codebook, vocabulary: Vocabulary, evidence: Iterable[Evidence]) -> Seen:
        """The texts, none of them turned into rows yet."""
        return cls(codebook, vocabulary, {each.document.id: each for each in evidence}, {}, vocabulary.rarity())

    @property
    def rarity(self) -> Vector:
        """How rare each term is; counted anew when it is asked for after texts have been taken in."""
        if self._rarity is None:
            self._rarity = self.vocabulary.rarity()
        return self._rarity

    def take(self, evidence: Evidence) -> None:
        """One more text, or a text again after it has changed."""
        if evidence.document.id not in self.evidence:
            self.vocabulary.count(evidence.document.parsed)
        self.evidence[evidence.document.id] = evidence
        self._rarity = None
        self._words.clear()

    def words_of(self, document: str) -> Rows:
        """The word rows of a document, made once."""
        if document not in self._words:
            self._words[document] = word_rows(self.evidence[document].document, self.vocabulary, self.rarity)
        return self._words[document]


def untaught(codebook: Codebook, code: str) -> CodeModel:
    """What the codebook alone says of a code."""
    columns = columns_of(codebook, code)
    return CodeModel(columns, columns.means, {})


def teach(
    seen: Seen,
    decisions: Sequence[Decision],
    finished: frozenset[str] = frozenset(),
    *,
    codes: Iterable[str] | None = None,
    before: Mapping[str, CodeModel] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, CodeModel]:
    """What is believed of each code.

    Args:
        seen: the project's texts; decisions about others are passed over.
        decisions: all of them.
        finished: ids of documents that somebody has coded from end to end.
        codes: slugs to fit; all active ones if None.
        before: what was believed before; where the regression starts from, for speed alone.
        cancelled: asked before each code.
    """
    grouped = by_document(decisions)
    told = [document for document in seen.evidence if document in grouped or document in finished]
    models: dict[str, CodeModel] = {}
    for code in codes if codes is not None else [each.slug for each in seen.codebook if each.status == "active"]:
        if cancelled():
            break
        columns = model_columns(seen, told, code)
        known = {
            document: answers(
                seen.evidence[document], grouped.get(document, ()), code, seen.codebook, finished=document in finished
            )
            for document in told
        }
        models[code] = fitted(seen, columns, known, (before or {}).get(code))
    return models


def chances(evidence: Evidence, model: CodeModel, words: Rows | None) -> Vector:
    """Shape (units): how likely it is that the code applies to each unit of a document.

    Args:
        words: the document's word rows; None where no word has a weight.
    """
    sums = log_odds(evidence, model.columns, model.weights)
    if words is not None and model.words:
        weights = np.zeros(words.width)
        terms = np.fromiter(model.words, np.int64, len(model.words))
        known = terms < words.width
        weights[terms[known]] = np.fromiter(model.words.values(), np.float64, len(terms))[known]
        sums = sums + words.times(weights)
    return probability(sums)


def model_columns(seen: Seen, told: Iterable[str], code: str) -> Columns:
    """The columns of a code where something has been decided in these documents."""
    documents = [seen.evidence[name].document for name in told]
    cases = sorted({case for document in documents for case in document.cases})
    roles = sorted({role for document in documents for role in document.roles} - {""})
    return columns_of(seen.codebook, code, cases=cases, roles=roles)


def fitted(seen: Seen, columns: Columns, known: Mapping[str, Answers], before: CodeModel | None) -> CodeModel:
    """The regression of one code, from answers by document."""
    known = thinned({document: said for document, said in known.items() if len(said.units)}, MOST_ANSWERS)
    if not known:
        return CodeModel(columns, columns.means, {})
    words = stacked([taken(seen.words_of(document), said.units) for document, said in known.items()], len(seen.rarity))
    terms, places = np.unique(words.columns, return_inverse=True)
    words = Rows(words.begins, places.astype(np.int64), words.values, len(terms))
    own = stacked(
        [column_rows(seen.evidence[document], columns, said.units.tolist()) for document, said in known.items()],
        len(columns.numbers),
    )
    applies = np.concatenate([said.applies for said in known.values()])
    amounts = np.concatenate([said.amounts for said in known.values()])
    weights = fit(
        beside(words, own),
        applies,
        amounts,
        np.concatenate((np.zeros(len(terms)), columns.means)),
        np.concatenate((np.full(len(terms), HELD_WORD), columns.precisions)),
        start=_start(columns, terms.tolist(), before),
    )
    return CodeModel(
        columns,
        weights[len(terms) :],
        dict(zip(terms.tolist(), weights[: len(terms)].tolist(), strict=True)),
        yes=int(applies.sum()),
        no=int(len(applies) - applies.sum()),
    )


def _start(columns: Columns, terms: Sequence[int], before: CodeModel | None) -> Vector | None:
    if before is None:
        return None
    earlier: Mapping[Column, float] = dict(zip(before.columns.numbers, before.weights.tolist(), strict=True))
    own = [earlier.get(column, mean) for column, mean in zip(columns.numbers, columns.means.tolist(), strict=True)]
    return np.array([*(before.words.get(term, 0.0) for term in terms), *own])

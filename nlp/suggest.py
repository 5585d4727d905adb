"""Suggestions for one text: where the codebook's signals, what is said around them and the team's decisions point.

Every sentence gets a likelihood for every code. In an interview likely sentences of one exchange become one passage; in
reports, minutes and the like each stands by itself. What an interviewer says is read, since an answer rests on its
question, but nothing is ever suggested there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from codebooks.model import Codebook
from nlp.document import Document
from nlp.evidence import Evidence, tops
from nlp.forms import form_of
from nlp.learning.columns import ranked, usual_threshold
from nlp.learning.rows import Rows, Vector
from nlp.learning.teach import CodeModel, chances, untaught
from nlp.passages import Units, passages, shared_out
from nlp.reasons import reasons
from nlp.suggestion import Method, Reason, Suggestion
from nlp.vocabulary import Vocabulary, word_rows
from nlp.words.stop import is_stop

POSSIBLE = 0.6
"""How much of its threshold a unit must reach to hold two likely ones together."""
BEHIND = 0.3
"""A sub-code speaks for its theme unless the theme is this much likelier."""
SURE = 0.5
"""Score from which a signal is enough by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Suggester:
    """What is believed of every code of a codebook."""

    codebook: Codebook
    models: Mapping[str, CodeModel]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    rarity: Vector = field(default_factory=lambda: np.zeros(0))
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """Slug -> from what likelihood the code is proposed, where decisions have moved it from the usual one."""
    silent: frozenset[str] = frozenset()
    """Codes that are not proposed, since too few of their suggestions would hold."""

    def threshold(self, code: str, document: Document) -> float:
        """From what likelihood the code is proposed in this document."""
        return self.thresholds.get(code, usual_threshold(document))

    def word_rows(self, evidence: Evidence) -> Rows | None:
        """The document's words as rows; None where nothing has been learnt of words."""
        if not any(model.words for model in self.models.values()):
            return None
        return word_rows(evidence.document, self.vocabulary, self.rarity)


def from_codebook(codebook: Codebook) -> Suggester:
    """What the codebook alone gives."""
    return Suggester(
        codebook, {code.slug: untaught(codebook, code.slug) for code in codebook if code.status == "active"}
    )


def suggest(evidence: Evidence, suggester: Suggester) -> Iterator[Suggestion]:
    """Suggestions in text order, at one place in the codebook's order; those of one code never overlap."""
    words = suggester.word_rows(evidence)
    likely = {code: chances(evidence, model, words) for code, model in suggester.models.items()}
    found = [
        suggestion
        for theme in dict.fromkeys(tops(suggester.codebook).values())
        if theme in likely
        for code, units in _of_theme(evidence, suggester, theme, likely)
        if (suggestion := _suggestion(evidence, suggester, code, units, likely[code], words)) is not None
    ]
    order = {code.slug: place for place, code in enumerate(suggester.codebook)}
    yield from sorted(found, key=lambda one: (one.start, one.end, order[one.code]))


def _of_theme(
    evidence: Evidence, suggester: Suggester, theme: str, likely: Mapping[str, Vector]
) -> Iterator[tuple[str, Units]]:
    """(code, units) of every suggestion under one top-level code."""
    family = [
        theme,
        *(code.slug for code in suggester.codebook.descendants(theme) if code.slug in likely),
    ]
    sure_enough = {
        code: (likely[code] >= suggester.threshold(code, evidence.document)) & (likely[code] >= likely[theme] - BEHIND)
        for code in family
        if code not in suggester.silent
    }
    on = {code: where & evidence.codable for code, where in sure_enough.items()}
    if not on:
        return
    anywhere = np.any(np.stack(list(on.values())), axis=0)
    possible = evidence.codable & (likely[theme] >= POSSIBLE * suggester.threshold(theme, evidence.document))
    asking = set(np.flatnonzero(np.any(np.stack(list(sure_enough.values())), axis=0) & ~evidence.codable).tolist())
    for first, last in passages(
        evidence.document,
        np.flatnonzero(anywhere).tolist(),
        frozenset(np.flatnonzero(possible).tolist()),
        frozenset(asking - evidence.document.closed),
    ):
        claims = {
            code: frozenset(unit for unit in range(first, last + 1) if where[unit])
            for code, where in on.items()
            if code != theme
        }
        claims = _without_parents(claims, suggester.codebook)
        if theme in on or claims:
            yield from shared_out((first, last), claims, theme)


def _without_parents(claims: dict[str, frozenset[int]], codebook: Codebook) -> dict[str, frozenset[int]]:
    """A code under the theme leaves to its own sub-codes the units they claim too."""
    return {
        code: claim.difference(*(claims.get(below.slug, frozenset()) for below in codebook.descendants(code)))
        for code, claim in claims.items()
    }


def _suggestion(
    evidence: Evidence, suggester: Suggester, code: str, units: Units, likely: Vector, words: Rows | None
) -> Suggestion | None:
    """The suggestion with its reasons; None where nothing in the text can be pointed to that says what it is about."""
    first, last = units
    model, parsed = suggester.models[code], evidence.document.parsed
    why = reasons(evidence, first, last, model, words, suggester.vocabulary.numbers)
    if not any(_tells(each) for each in why):
        return None
    fired = [
        (share * finding.score, finding)
        for unit in range(first, last + 1)
        for finding, share in ranked(evidence.findings.get(unit, ()), model.columns, evidence.document)
    ]
    strongest = max(fired, key=lambda each: each[0], default=None)
    learnt = sum(each.weight for each in why if each.kind in ("word", "fact"))
    ruled = sum(each.weight for each in why if each.kind in ("signal", "around"))
    method: Method = "rule" if strongest is not None and strongest[1].score >= SURE else "exchange"
    if learnt > ruled or strongest is None:
        method = "learned" if model.yes or model.no else "exchange"
    return Suggestion(
        start=parsed.unit_starts[first],
        end=parsed.unit_ends[last],
        code=code,
        score=round(float(likely[first : last + 1].max()), 4),
        method=method,
        rule=strongest[1].signal if strongest else "",
        pipeline=parsed.pipeline,
        reasons=why,
    )


def _tells(reason: Reason) -> bool:
    """Whether it speaks for the code by what is said; a small word, or who says it and where, is not enough by itself."""
    if reason.weight <= 0 or reason.kind == "fact":
        return False
    return reason.kind != "word" or not is_stop(form_of(reason.name))

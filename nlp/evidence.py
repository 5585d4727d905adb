"""What speaks for a theme in each unit of a text: its own signals, and what is said around it.

People do not repeat what they talk about. So a unit also has evidence from the rest of its turn, the turns before and
after (the question it answers is one of them), and the words that point back (*det*, *der*, *han*), each as a number
that the suggester weighs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codebooks.model import Codebook, Signal
from nlp.arrays import numbers
from nlp.document import Document
from nlp.learning.fit import probability
from nlp.learning.rows import Rows, Vector
from nlp.parsed import Parsed
from nlp.rules import Finding
from nlp.rules import Rules as Signals
from nlp.vocabulary import Vocabulary, shares_of

AROUND = ("speech", "within", "before", "after", "carried", "elsewhere", "prose", "sentences before", "sentences after")
"""Columns of `surroundings`. In speech: a 1, since people seldom name what they talk about; the rest of the turn; the turns
before, the question among them; the turns after; what a word that points back may carry over; what speaks for other themes
in the unit. In prose: a 1; the sentences before; the sentences after."""

REACH_BEFORE, REACH_AFTER = 4, 2
"""How many turns of speech evidence comes from."""
REACH_IN_PROSE = 4
"""How many sentences of prose, on either side."""
FADING = 0.7
UNTOLD_WORDS = -3.0
"""Log odds of a unit by its weighted words, when it has none of them."""
_FADING_IN_TURN = 0.7
_REACH_IN_TURN = 3
_POINTING = frozenset(
    "det der dette den de dei han ho hun henne hennar hans dit deira deres slik sånn da då så".split()
)
_POINTS_AMONG_FIRST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A document that the codebook's signals have been asked of."""

    document: Document
    findings: Mapping[int, tuple[Finding, ...]]
    """Unit -> what fired there; units without are left out."""
    themes: Mapping[str, int]
    """Top-level slug -> column of `strength`."""
    strength: NDArray[np.float64]
    """Shape (units, themes): how much speaks for the theme in the unit itself, from 0 to 1."""
    leaning: Mapping[tuple[str, str], Vector]
    """(code, signal) of a signal of weighted words -> shape (units): what its words add up to, in log odds."""
    codable: NDArray[np.bool_]
    """Shape (units): whether a suggestion may stand there. An interviewer's words and what is closed are read, never
    proposed."""

    def __len__(self) -> int:
        return len(self.document.parsed)


def read_evidence(document: Document, rules: Signals, codebook: Codebook, vocabulary: Vocabulary) -> Evidence:
    """Asks the signals of every unit: those of the document's register that are not switched off in its cases.

    Args:
        document: the text.
        rules: the codebook's signals, compiled.
        codebook: the same codebook.
        vocabulary: numbers the terms of weighted words; new ones are added.
    """
    parsed = document.parsed
    top = tops(codebook)
    themes = {slug: place for place, slug in enumerate(dict.fromkeys(top.values()))}
    signals = [(code.slug, each) for code in codebook if code.status == "active" for each in code.signals]
    silent = {(slug, each.name) for slug, each in signals if not _is_asked(each, document)}
    findings: dict[int, tuple[Finding, ...]] = {}
    doubt = np.ones((len(parsed), len(themes)))
    for number in rules.touched(parsed):
        fired = tuple(
            each for each in rules.findings(parsed.unit(number)) if not silent or (each.code, each.signal) not in silent
        )
        if fired:
            findings[number] = fired
            for each in fired:
                doubt[number, themes[top[each.code]]] *= 1.0 - each.score
    weighted = [(slug, each) for slug, each in signals if each.weights and (slug, each.name) not in silent]
    shares = shares_of(document, vocabulary) if weighted else None
    leaning = {
        (slug, each.name): lean(shares, vocabulary, dict(each.weights)) for slug, each in weighted if shares is not None
    }
    for (slug, _name), sums in leaning.items():
        doubt[:, themes[top[slug]]] *= 1.0 - told_by_words(sums)
    return Evidence(document, findings, themes, 1.0 - doubt, leaning, _codable(document))


def _is_asked(signal: Signal, document: Document) -> bool:
    """Whether a signal is for such a document."""
    other = "prose" if document.is_speech else "speech"
    return signal.register != other and set(signal.not_in).isdisjoint(document.cases)


def told_by_words(sums: Vector) -> Vector:
    """From 0 to 1: what weighted words say by themselves, beyond what is said where none of them stands."""
    untold = probability(np.array([UNTOLD_WORDS]))[0]
    return np.asarray(np.maximum(probability(UNTOLD_WORDS + sums) - untold, 0.0))


def lean(shares: Rows, vocabulary: Vocabulary, weights: Mapping[str, float]) -> Vector:
    """Shape (units): what weighted words add up to in each unit, by the shares its words have (`nlp.vocabulary`)."""
    heavy = np.zeros(shares.width)
    for word, weight in weights.items():
        number = vocabulary.numbers.get(word)
        if number is not None and number < shares.width:
            heavy[number] = weight
    return shares.times(heavy)


def tops(codebook: Codebook) -> dict[str, str]:
    """Slug -> slug of the top-level code above it, itself for a top-level code."""
    return {code.slug: (code.slug, *codebook.ancestors(code.slug))[-1] for code in codebook}


def surroundings(evidence: Evidence, strength: Vector) -> NDArray[np.float64]:
    """Shape (units, len(AROUND)): what is said around each unit about one matter.

    Args:
        evidence: of the document.
        strength: shape (units): what each unit itself says on the matter, from 0 to 1.
    """
    document = evidence.document
    nothing = np.zeros_like(strength)
    if not document.is_speech:
        before, after = _pooled(strength, REACH_IN_PROSE, 1), _pooled(strength, REACH_IN_PROSE, -1)
        return np.column_stack((*(nothing,) * 6, np.ones_like(strength), before, after))
    others = np.max(evidence.strength, axis=1, initial=0.0)
    elsewhere = np.where(others > strength, others, 0.0) * (1.0 - strength)
    turns = numbers(document.parsed.unit_turns)
    of_turn = np.zeros(len(document.turns))
    inside = turns >= 0
    np.maximum.at(of_turn, turns[inside], strength[inside])
    spoken = np.where(inside, turns, 0)
    within = _in_turn(strength, turns)
    before = _pooled(of_turn, REACH_BEFORE, 1)[spoken] * inside
    after = _pooled(of_turn, REACH_AFTER, -1)[spoken] * inside
    carried = _points_back(document.parsed) * np.minimum(within + before, 1.0)
    speech = np.ones_like(strength)
    return np.column_stack((speech, within, before, after, carried, elsewhere, nothing, nothing, nothing))


def _pooled(strength: Vector, reach: int, direction: int) -> Vector:
    """For each turn or sentence the sum of what those in one direction say, less the farther away."""
    pooled = np.zeros_like(strength)
    for step in range(1, reach + 1):
        pooled += FADING ** (step - 1) * _shifted(strength, direction * step)
    return pooled


def _codable(document: Document) -> NDArray[np.bool_]:
    if document.turns:
        allowed = np.array([turn.role != "interviewer" for turn in document.turns] + [False])
        codable = np.asarray(allowed[numbers(document.parsed.unit_turns)])
    else:
        codable = np.ones(len(document.parsed), dtype=np.bool_)
    codable[np.array(sorted(document.closed), dtype=np.int64)] = False
    return codable


def _shifted(values: Vector, steps: int) -> Vector:
    """Each place's value from `steps` places earlier (later when negative); 0 beyond the ends."""
    moved = np.zeros_like(values)
    if steps > 0:
        moved[steps:] = values[:-steps]
    else:
        moved[:steps] = values[-steps:]
    return moved


def _in_turn(strength: Vector, turns: NDArray[np.int64]) -> Vector:
    """The strongest other unit of the same turn, less the farther away."""
    best = np.zeros_like(strength)
    for step in range(1, _REACH_IN_TURN + 1):
        fading = _FADING_IN_TURN ** (step - 1)
        for direction in (step, -step):
            same = _shifted(turns.astype(np.float64) + 1.0, direction) == turns + 1.0
            best = np.maximum(best, fading * _shifted(strength, direction) * same)
    return best * (turns >= 0)


def _points_back(parsed: Parsed) -> Vector:
    """1 for a unit with a word that points back among its first."""
    pointing = np.array([not _POINTING.isdisjoint(form.surfaces) for form in parsed.forms] + [False])
    words = np.append(numbers(parsed.words), len(parsed.forms))
    firsts = numbers(parsed.first_words)
    found = np.zeros(len(parsed), dtype=np.bool_)
    for step in range(_POINTS_AMONG_FIRST):
        places = np.where(firsts[:-1] + step < firsts[1:], firsts[:-1] + step, len(words) - 1)
        found |= pointing[words[places]]
    return found.astype(np.float64)

"""Signals of a codebook, compiled once and asked of many units.

A unit is read once: each word is looked up in one index of every term of the codebook, and only signals whose trigger
was found are looked at further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import numpy as np

from codebooks.model import Codebook, Signal, Terms
from corpus.spans import united
from nlp.arrays import numbers, unit_of_words
from nlp.forms import Form
from nlp.parsed import Parsed
from nlp.pipeline import Pipeline, Token, Unit

Kind = Literal["word", "lemma", "part"]
Atom = tuple[Kind, str, bool]
"""(what of a token is compared, with what, whether the beginning is enough)."""
Span = tuple[int, int]
"""Half-open range of token positions in a unit."""

_CACHED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A signal that fired in a unit."""

    code: str
    signal: str
    score: float
    because: tuple[tuple[int, int], ...]
    """Spans of the trigger words in the text (code points), in order, without overlap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    code: str
    signal: Signal
    trigger: frozenset[int]
    groups: tuple[frozenset[int], ...]
    near: frozenset[int]
    unless: frozenset[int]
    outside: frozenset[int]


@dataclass(slots=True)
class _Index:
    """Terms by their first atom. A term is a sequence of atoms, one a token."""

    terms: list[tuple[Atom, ...]] = field(default_factory=list)
    numbers: dict[tuple[Atom, ...], int] = field(default_factory=dict)
    first: dict[Atom, list[int]] = field(default_factory=dict)
    prefix_lengths: tuple[int, ...] = ()
    of_form: dict[Form, tuple[int, ...]] = field(default_factory=dict)

    def number(self, term: tuple[Atom, ...]) -> int:
        if term not in self.numbers:
            self.numbers[term] = len(self.terms)
            self.terms.append(term)
            self.first.setdefault(term[0], []).append(self.numbers[term])
            if term[0][2]:
                self.prefix_lengths = tuple(sorted({*self.prefix_lengths, len(term[0][1])}))
        return self.numbers[term]

    def beginning_with(self, form: Form) -> tuple[int, ...]:
        """Numbers of the terms whose first atom this form meets."""
        if form not in self.of_form:
            if len(self.of_form) >= _CACHED:
                self.of_form.clear()
            self.of_form[form] = tuple(sorted(self._find(form)))
        return self.of_form[form]

    def _find(self, form: Form) -> set[int]:
        found: set[int] = set()
        for surface in form.surfaces:
            found.update(self.first.get(("word", surface, False), ()))
            for length in self.prefix_lengths:
                if length <= len(surface):
                    found.update(self.first.get(("word", surface[:length], True), ()))
        for lemma in form.lemmas:
            found.update(self.first.get(("lemma", lemma, False), ()))
        for part in form.parts:
            found.update(self.first.get(("part", part, False), ()))
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """A codebook's signals, ready to ask. Made by `compile_rules`."""

    rules: tuple[_Rule, ...]
    index: _Index
    by_trigger: dict[int, tuple[int, ...]]

    def touched(self, parsed: Parsed) -> list[int]:
        """Units with a word that may begin a trigger: in the others no signal can fire."""
        begins = np.array([bool(self.index.beginning_with(form)) for form in parsed.forms] + [False])
        words = numbers(parsed.words)
        unit_of_word = unit_of_words(parsed)
        return [int(unit) for unit in np.unique(unit_of_word[begins[words]])]

    def findings(self, unit: Unit) -> tuple[Finding, ...]:
        """Every signal that fires in the unit, in the codebook's order."""
        hits = self._hits(unit.tokens)
        candidates = sorted({rule for term in hits for rule in self.by_trigger.get(term, ())})
        found = []
        for number in candidates:
            rule = self.rules[number]
            triggers = _triggers(rule, hits)
            if triggers:
                because = _in_text(triggers, unit.tokens)
                found.append(Finding(code=rule.code, signal=rule.signal.name, score=rule.signal.score, because=because))
        return tuple(found)

    def _hits(self, tokens: tuple[Token, ...]) -> dict[int, list[Span]]:
        hits: dict[int, list[Span]] = {}
        for place, token in enumerate(tokens):
            for number in self.index.beginning_with(token.form):
                term = self.index.terms[number]
                end = place + len(term)
                if end <= len(tokens) and all(
                    _meets(later, atom) for later, atom in zip(tokens[place + 1 : end], term[1:], strict=True)
                ):
                    hits.setdefault(number, []).append((place, end))
        return hits


def compile_rules(codebook: Codebook, pipeline: Pipeline) -> Rules:
    """The signals of every active code.

    Args:
        codebook: retired codes are left out.
        pipeline: cuts phrases into words as it cuts texts.
    """
    index = _Index()

    def numbers(terms: Terms) -> frozenset[int]:
        return frozenset(index.number(term) for term in _terms(terms, pipeline))

    rules = tuple(
        _Rule(
            code=code.slug,
            signal=signal,
            trigger=numbers(signal.any),
            groups=tuple(numbers(group) for group in signal.all),
            near=numbers(signal.near),
            unless=numbers(signal.unless),
            outside=numbers(signal.outside),
        )
        for code in codebook
        if code.status == "active"
        for signal in code.signals
    )
    by_trigger: dict[int, list[int]] = {}
    for number, rule in enumerate(rules):
        for term in rule.trigger:
            by_trigger.setdefault(term, []).append(number)
    return Rules(rules, index, {term: tuple(found) for term, found in by_trigger.items()})


def _terms(terms: Terms, pipeline: Pipeline) -> Iterator[tuple[Atom, ...]]:
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("word", terms.words),
        ("lemma", terms.lemmas),
        ("part", terms.parts),
    )
    for kind, phrases in kinds:
        for phrase in phrases:
            if atoms := _atoms(kind, phrase, pipeline):
                yield atoms


def _atoms(kind: Kind, phrase: str, pipeline: Pipeline) -> tuple[Atom, ...]:
    """One atom a word. `*` ends a beginning, in any word of the phrase; punctuation between words is ignored."""
    atoms: list[Atom] = []
    for chunk in phrase.split():
        words = [chunk.rstrip("*")[token.start : token.end] for token in pipeline.tokens(chunk.rstrip("*"))]
        atoms += [(kind, word.lower(), False) for word in words]
        if chunk.endswith("*") and words:
            atoms[-1] = ("word", words[-1].lower(), True)
    return tuple(atoms)


def _meets(token: Token, atom: Atom) -> bool:
    kind, wanted, is_beginning = atom
    if is_beginning:
        return any(surface.startswith(wanted) for surface in token.surfaces)
    if kind == "word":
        return wanted in token.surfaces
    return wanted in (token.lemmas if kind == "lemma" else token.parts)


def _triggers(rule: _Rule, hits: dict[int, list[Span]]) -> list[Span]:
    """Trigger hits that count, or none when the rule does not fire."""
    triggers = sorted({span for term in rule.trigger for span in hits.get(term, ())})
    if any(term in hits for term in rule.unless):
        return []
    if not all(any(term in hits for term in group) for group in rule.groups):
        return []
    barred = [span for term in rule.outside for span in hits.get(term, ())]
    triggers = [span for span in triggers if not any(a <= span[0] and span[1] <= b for a, b in barred)]
    if rule.near:
        neighbours = [span for term in rule.near for span in hits.get(term, ())]
        triggers = [
            span for span in triggers if any(_distance(span, other) <= rule.signal.within for other in neighbours)
        ]
    return triggers


def _distance(one: Span, other: Span) -> int:
    """Tokens from one to the other; 0 when they overlap, 1 when they stand side by side."""
    return max(other[0] - one[1] + 1, one[0] - other[1] + 1, 0)


def _in_text(spans: Iterable[Span], tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    return united((tokens[a].start, max(token.reach for token in tokens[a:b])) for a, b in spans)


@lru_cache(maxsize=8)
def rules_for(codebook: Codebook, pipeline: Pipeline) -> Rules:
    """The compiled rules, kept for the codebooks used last."""
    return compile_rules(codebook, pipeline)

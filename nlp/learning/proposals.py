"""Words that set a code apart in what people have coded, proposed as signals.

Nothing is changed here: a proposal is for a person to agree to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from codebooks.model import Codebook
from nlp.arrays import numbers
from nlp.evidence import Evidence
from nlp.forms import Form, form_of
from nlp.learning.decisions import Answers
from nlp.learning.word_index import Flags, Placed, WordIndex, index_words
from nlp.lexicon.lookup import lemmas
from nlp.words.keyness import log_odds, prior_of
from nlp.words.shown import shown
from nlp.words.stop import is_stop

Kind = Literal["lemma", "part"]
KINDS: tuple[Kind, ...] = ("lemma", "part")

AT_LEAST = 3
"""Units with the code that a term must stand in."""
LEAST_Z = 1.64
"""The least z of a term that is proposed: the five per cent level of a test in one direction. Every term is tested, so some
pass by chance; the prior, which is all that the texts say, holds most of them back."""
SHORTEST_PART = 3
"""Letters; shorter ones stand inside too many words by chance."""
MOST_EXAMPLES = 3
_REST = ""
"""Stands for all terms that are not in question: they weigh in the totals alone."""

Where = Mapping[str, Flags]
"""Document id -> shape (units): where a code is known to apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A place, in code points of its document's text."""

    document: str
    start: int
    """Of the word; of the unit where no one word is meant."""
    end: int
    unit_start: int
    unit_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermProposal:
    """A word or compound part that stands where a code applies more than elsewhere."""

    code: str
    term: str
    kind: Kind
    """`lemma`: the word in any inflection; `part`: compounds with it inside too."""
    z: float
    """Monroe's z, what to rank by."""
    delta: float
    """The difference in log odds."""
    yes: int
    """Units with it that the code is known to apply to."""
    no: int
    """All other codable units with it."""
    sources: tuple[str, ...]
    """Ids of the documents where it stands with the code."""
    examples: tuple[Example, ...]
    """Places with the code, from as many documents as there are."""

    @property
    def is_of_one_source(self) -> bool:
        """Whether it may be one person's way of speaking."""
        return len(self.sources) == 1


@dataclass(frozen=True, slots=True)
class _Triggers:
    """What single words already make a signal of a code or its sub-codes fire."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    lemmas: frozenset[str]
    parts: frozenset[str]

    def hit(self, form: Form) -> bool:
        return not (
            self.words.isdisjoint(form.surfaces)
            and self.lemmas.isdisjoint(form.lemmas)
            and self.parts.isdisjoint(form.parts)
            and not any(surface.startswith(self.beginnings) for surface in form.surfaces)
        )


@dataclass(slots=True)
class _Hits:
    """Where one term stands: document and unit -> words there that have it."""

    yes: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    no: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def places(self) -> Iterator[tuple[str, int]]:
        """(document, word) of each place, those with the code first."""
        for found in (self.yes, self.no):
            yield from ((document, word) for (document, _unit), words in found.items() for word in words)


def propose_terms(
    evidence: Mapping[str, Evidence],
    known: Mapping[str, Answers],
    code: str,
    codebook: Codebook,
    *,
    index: WordIndex | None = None,
) -> list[TermProposal]:
    """Terms that would make good signals of a code, the surest first.

    Words that trigger a signal of the code or its sub-codes already are not looked at, and a name that one document alone
    has is nobody's signal. Where several terms are there in the same words, the one that sets the code apart best stands
    for them.

    Args:
        evidence: the texts by document id. Units of theirs that the code is not known to apply to are what it is compared
            with, so texts that nobody has coded should be left out.
        known: document id -> what is known of this code there.
        code: its slug.
        codebook: which signals there are.
        index: of these texts, if it has been made already.
    """
    where = {document: _applies(each, known.get(document)) for document, each in evidence.items()}
    if not any(units.any() for units in where.values()):
        return []
    index = index or index_words(evidence.values())
    triggers = _triggers_of(codebook, code)
    placed = {document: _untriggered(each, index.placed[document], triggers) for document, each in evidence.items()}
    candidates = [
        (z, delta, kind, index.terms[number], hits)
        for kind in KINDS
        for number, (z, delta), hits in _candidates(placed, where, kind, index.terms)
    ]
    candidates.sort(key=lambda each: (-each[0], each[2], each[3]))
    found: dict[str, TermProposal] = {}
    covered: set[tuple[str, int]] = set()
    for z, delta, kind, term, hits in candidates:
        new = [unit for unit, words in hits.yes.items() if any((unit[0], word) not in covered for word in words)]
        if len(new) < AT_LEAST or term in found or not _is_fit(evidence, hits, term, kind):
            continue
        covered.update(hits.places())
        found[term] = TermProposal(
            code=code,
            term=term,
            kind=kind,
            z=round(z, 4),
            delta=round(delta, 4),
            yes=len(hits.yes),
            no=len(hits.no),
            sources=tuple(dict.fromkeys(document for document, _unit in hits.yes)),
            examples=spread(example(evidence[place[0]], place[1], words[0]) for place, words in hits.yes.items()),
        )
    return list(found.values())


def best_in_line(proposals: Iterable[TermProposal], codebook: Codebook) -> list[TermProposal]:
    """Each term at the code it sets apart best, of that code and those above and below it; the order is kept."""
    found = list(proposals)
    lines = {code.slug: [code.slug, *codebook.ancestors(code.slug)] for code in codebook}

    def is_best(proposal: TermProposal) -> bool:
        mine = (proposal.z, len(lines[proposal.code]))
        return not any(
            other.term == proposal.term
            and (other.code in lines[proposal.code] or proposal.code in lines[other.code])
            and (other.z, len(lines[other.code])) > mine
            for other in found
        )

    return list(filter(is_best, found))


def is_trigger(codebook: Codebook, code: str, term: str, kind: Kind) -> bool:
    """Whether a term makes a signal of the code or its sub-codes fire already."""
    triggers = _triggers_of(codebook, code)
    return term in triggers.parts or (kind == "lemma" and triggers.hit(form_of(term)))


def example(evidence: Evidence, unit: int, word: int | None = None) -> Example:
    """A unit of a document as an example, with one of its words or without."""
    parsed = evidence.document.parsed
    start, end = parsed.unit_starts[unit], parsed.unit_ends[unit]
    return Example(
        document=evidence.document.id,
        start=start if word is None else parsed.starts[word],
        end=end if word is None else parsed.ends[word],
        unit_start=start,
        unit_end=end,
    )


def spread(places: Iterable[Example]) -> tuple[Example, ...]:
    """A few of the places, one from each document before a second from any."""
    seen: Counter[str] = Counter()
    ranked = []
    for order, place in enumerate(places):
        ranked.append((seen[place.document], order, place))
        seen[place.document] += 1
    return tuple(place for _round, _order, place in sorted(ranked, key=lambda each: each[:2])[:MOST_EXAMPLES])


def _applies(evidence: Evidence, said: Answers | None) -> Flags:
    found = np.zeros(len(evidence), dtype=np.bool_)
    if said is not None:
        found[said.units[said.applies > 0]] = True
    return found


def _triggers_of(codebook: Codebook, code: str) -> _Triggers:
    family = {code, *(each.slug for each in codebook.descendants(code))}
    asked = [signal.any for each in codebook if each.slug in family for signal in each.signals]

    def single(phrases: Iterable[str]) -> frozenset[str]:
        return frozenset(phrase.strip().lower() for phrase in phrases if len(phrase.split()) == 1)

    listed = single(phrase for terms in asked for phrase in (*terms.words, *terms.lemmas, *terms.parts))
    return _Triggers(
        words=single(phrase for terms in asked for phrase in terms.words),
        beginnings=tuple(sorted(word.rstrip("*") for word in listed if word.endswith("*") and word.strip("*"))),
        lemmas=single(phrase for terms in asked for phrase in terms.lemmas),
        parts=single(phrase for terms in asked for phrase in terms.parts),
    )


def _untriggered(evidence: Evidence, placed: Placed, triggers: _Triggers) -> Placed:
    """The rows whose word makes no signal fire yet."""
    parsed = evidence.document.parsed
    hit = np.array([triggers.hit(form) for form in parsed.forms] + [False])
    return placed.taken(~hit[numbers(parsed.words)[placed.words]])


def _candidates(
    placed: Mapping[str, Placed], where: Where, kind: Kind, names: tuple[str, ...]
) -> Iterator[tuple[int, tuple[float, float], _Hits]]:
    """(term number, (z, delta), where it stands) of the terms that stand out."""
    rows = {document: each if kind == "part" else each.whole_words() for document, each in placed.items()}
    odds = {number: told for number, told in _odds(rows, where, names).items() if told[0] >= LEAST_Z}
    hits = {number: _Hits() for number in odds}
    asked = np.array(sorted(odds), dtype=np.int64)
    for document, each in rows.items():
        chosen = each.taken(np.isin(each.terms, asked))
        inside = where[document][chosen.units].tolist()
        columns = chosen.terms.tolist(), chosen.units.tolist(), chosen.words.tolist(), inside
        for term, unit, word, applies in zip(*columns, strict=True):
            found = hits[term].yes if applies else hits[term].no
            found.setdefault((document, unit), []).append(word)
    yield from ((number, told, hits[number]) for number, told in odds.items())


def _odds(rows: Mapping[str, Placed], where: Where, names: tuple[str, ...]) -> dict[int, tuple[float, float]]:
    """Term number -> (z, delta), of those that stand in enough units with the code."""
    yes, no = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    for document, each in rows.items():
        once, inside = each.first_of_units(), where[document][each.units]
        yes += np.bincount(each.terms[once & inside], minlength=len(names))
        no += np.bincount(each.terms[once & ~inside], minlength=len(names))
    asked = np.flatnonzero(yes >= AT_LEAST).tolist()
    here = {names[number]: int(yes[number]) for number in asked}
    there = {names[number]: int(no[number]) for number in asked}
    here[_REST], there[_REST] = int(yes.sum()) - sum(here.values()), int(no.sum()) - sum(there.values())
    # A prior as heavy as the texts: with a light one a term that is never met elsewhere would rank below one met once.
    odds = log_odds(here, there, prior_of(here, there, words=int(yes.sum() + no.sum())))
    return {number: odds[names[number]] for number in asked}


def _is_shown(evidence: Mapping[str, Evidence], hits: _Hits, term: str) -> bool:
    """Whether the term is what a list would call one of its words, and no rarer reading."""
    return any(shown(_form(evidence, *place)) == term for place in hits.places())


def _is_fit(evidence: Mapping[str, Evidence], hits: _Hits, term: str, kind: Kind) -> bool:
    """Whether the term means something by itself, and is no name that one document alone has."""
    if is_stop(form_of(term)) or _is_local_name(evidence, hits):
        return False
    if kind == "lemma":
        return _is_shown(evidence, hits, term)
    return len(term) >= SHORTEST_PART and len({shown(_form(evidence, *place)) for place in hits.places()}) > 1


def _is_local_name(evidence: Mapping[str, Evidence], hits: _Hits) -> bool:
    """Whether one document alone has the term, always written as a name. Words in capitals throughout are no names.

    Every word has a capital at the beginning of a sentence; one that stands nowhere else is a name if no list knows it.
    """
    places = list(hits.places())
    if len({document for document, _word in places}) > 1:
        return False
    written = {_written(evidence, *place) for place in places}
    if any(not word[:1].isupper() or (len(word) > 1 and word.isupper()) for word in written):
        return False
    begin = set(evidence[places[0][0]].document.parsed.first_words)
    return any(word not in begin for _document, word in places) or not any(lemmas(word) for word in written)


def _form(evidence: Mapping[str, Evidence], document: str, word: int) -> Form:
    parsed = evidence[document].document.parsed
    return parsed.forms[parsed.words[word]]


def _written(evidence: Mapping[str, Evidence], document: str, word: int) -> str:
    seen = evidence[document].document
    return seen.text[seen.parsed.starts[word] : seen.parsed.ends[word]]

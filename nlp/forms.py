"""What one written word may be: its surfaces, dictionary forms and compound parts, without context."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nlp.compounds import head_readings, parts, split_surface
from nlp.lexicon.lookup import CACHED_FORMS, is_listed_lemma, lemmas

_INFLECTIONS = frozenset(("en", "et", "a", "er", "ene", "ane", "ar", "s", "ens", "ets"))
_SLASHES = re.compile("/")
_HYPHENS = re.compile("[-\u2010\u2011\u2013]")
_QUOTES = "'’`´"


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One written word. Compared by identity: equal words are the same object as long as they stay cached."""

    surfaces: frozenset[str]
    """The word in lower case, and each piece of it between hyphens and slashes."""
    lemmas: frozenset[str]
    """Dictionary forms, the surface among them; for a compound that no list has, the one its head gives."""
    parts: frozenset[str]
    """Compound parts, outer and inner, and all the lemmas."""
    head: tuple[str, ...] = ()
    """Dictionary forms of the compound's head, or of the word itself when it is a simple noun; else empty."""


@lru_cache(maxsize=CACHED_FORMS)
def form_of(word: str, word_class: str = "") -> Form:
    """The form of a word.

    Args:
        word: as it stands in the text, any case; a hyphen at its end is dropped.
        word_class: what a tagger says it is; keeps only the readings of that class, if the word has any.
    """
    surface = word.lower().rstrip("-" + _QUOTES)
    alternatives = [piece for piece in _SLASHES.split(surface) if piece.strip("-")]
    if len(alternatives) > 1:
        return _union(surface, _alternatives(alternatives))
    pieces = [piece for piece in _HYPHENS.split(surface) if piece]
    if len(pieces) > 1:
        return _hyphenated(surface, pieces)
    return _simple(pieces[0] if pieces else surface, word_class)


@lru_cache(maxsize=4096)
def suspended(word: str, head: tuple[str, ...]) -> Form:
    """The form of a word that lends its head from a later one: *rus-* in *rus- og psykiske helseproblemer*.

    Args:
        word: the first half with its hyphen.
        head: dictionary forms of the head that the later word has.
    """
    stem = word.lower().rstrip("-")
    unlinked = stem[:-1] if stem.endswith("s") and not is_listed_lemma(stem) and lemmas(stem[:-1]) else stem
    own = _simple(unlinked, "")
    whole = {stem + lemma for lemma in head}
    lent = frozenset(head).union(*(parts(lemma) for lemma in head))
    return Form(
        surfaces=frozenset((word.lower(), stem, unlinked)),
        lemmas=own.lemmas | whole,
        parts=own.parts | whole | lent,
        head=head,
    )


def _simple(surface: str, word_class: str) -> Form:
    readings = lemmas(surface)
    if word_class and any(entry[1] == word_class for entry in readings):
        readings = tuple(entry for entry in readings if entry[1] == word_class)
    found = {surface, *(lemma for lemma, _ in readings)}
    pieces = split_surface(surface)
    head: tuple[str, ...] = ()
    if pieces:
        head = head_readings(pieces[-1])
        stem = surface.removesuffix(pieces[-1])
        found |= {stem + lemma for lemma in head}
    elif any(entry[1] == "noun" for entry in readings):
        head = tuple(lemma for lemma, reading_class in readings if reading_class == "noun")
    return Form(
        surfaces=frozenset((surface,)),
        lemmas=frozenset(found),
        parts=frozenset(found).union(parts(surface), *(parts(lemma) for lemma in found)),
        head=head,
    )


def _hyphenated(surface: str, pieces: list[str]) -> Form:
    """*FACT-teamet* is a team of kind FACT; *DPS-en* is just DPS."""
    if pieces[-1] in _INFLECTIONS:
        stem = form_of("-".join(pieces[:-1]))
        return Form(
            surfaces=stem.surfaces | {surface},
            lemmas=stem.lemmas | {surface},
            parts=stem.parts | {surface},
            head=stem.head,
        )
    forms = [_simple(piece, "") for piece in pieces]
    beginnings = ("-".join(pieces[:-1]) + "-", "".join(pieces[:-1]))
    whole = {surface, *(beginning + lemma for beginning in beginnings for lemma in forms[-1].lemmas)}
    return Form(
        surfaces=frozenset((surface, *pieces)),
        lemmas=frozenset(whole),
        parts=frozenset(whole).union(*(form.parts for form in forms)),
        head=forms[-1].head or tuple(sorted(forms[-1].lemmas)),
    )


def _alternatives(pieces: list[str]) -> list[Form]:
    """The forms on each side of slashes; *rus-/psykiatritjenester* lends the later one's head to the first."""
    forms: list[Form] = []
    head: tuple[str, ...] = ()
    for piece in reversed(pieces):
        form = suspended(piece, head) if piece.endswith("-") and head else form_of(piece)
        head = form.head or head
        forms.append(form)
    return forms[::-1]


def _union(surface: str, forms: list[Form]) -> Form:
    return Form(
        surfaces=frozenset((surface,)).union(*(form.surfaces for form in forms)),
        lemmas=frozenset((surface,)).union(*(form.lemmas for form in forms)),
        parts=frozenset((surface,)).union(*(form.parts for form in forms)),
        head=forms[-1].head,
    )

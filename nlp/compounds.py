"""Norwegian compounds taken apart, so that *boligmangel* counts as something about *bolig*.

A word is cut where the pieces are dictionary forms, at the lowest cost: every part costs, a linking letter costs, short
and adjectival parts cost more. What is found is taken apart again, so outer and inner parts are both known.
"""

from __future__ import annotations

from functools import lru_cache

from nlp.lexicon.lookup import CACHED_FORMS, is_listed_lemma, lemmas
from nlp.lexicon.wordlists import words

MAX_PARTS = 4
MIN_PIECE = 4
MIN_WORD = 5
MAX_WORD = 60

_PART, _LINK_S, _LINK_E, _ADJECTIVE_HEAD, _UNLIKELY = 1.0, 0.2, 0.6, 1.2, 0.5
_TAKES_S = ("ing", "het", "heit", "sjon", "skap", "dom", "tet", "nad")
_CONTENT = ("noun", "adj")


@lru_cache(maxsize=CACHED_FORMS)
def split(word: str) -> tuple[str, ...]:
    """The outermost parts in dictionary form, head last; empty when the word is not taken apart.

    Args:
        word: a form without hyphen or slash, any case and inflection.
    """
    pieces = split_surface(word.lower())
    if not pieces:
        return ()
    known = tuple(lemma for lemma, _ in lemmas(word))
    heads = head_readings(pieces[-1])
    head = next((lemma for lemma in heads if any(whole.endswith(lemma) for whole in known)), heads[0])
    return (*pieces[:-1], head)


@lru_cache(maxsize=CACHED_FORMS)
def parts(word: str) -> frozenset[str]:
    """Every part of the word, outer and inner, in dictionary form; empty for a simple word.

    Nynorsk parts stand there with their Bokmål counterpart too.
    """
    found: set[str] = set()
    pieces = split_surface(word.lower())
    for place, piece in enumerate(pieces):
        is_head = place == len(pieces) - 1
        if not is_head:
            found.add(piece)
        for lemma, word_class in lemmas(piece):
            if word_class in _CONTENT or (word_class == "verb" and not is_head and lemma == piece):
                found.add(lemma)
                found |= parts(lemma)
    return frozenset(found)


@lru_cache(maxsize=CACHED_FORMS)
def split_surface(word: str) -> tuple[str, ...]:
    """Modifiers as dictionary forms and the head as it is written, without linking letters; empty when simple.

    Args:
        word: in lower case.
    """
    known = tuple(lemma for lemma, _ in lemmas(word))
    if not MIN_WORD <= len(word) <= MAX_WORD or not word.isalpha() or not words("simple").isdisjoint((word, *known)):
        return ()
    begun: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    finished: list[tuple[float, tuple[str, ...]]] = []
    for begin in range(len(word) - 1):
        for count in range(MAX_PARTS):
            if (begin, count) not in begun:
                continue
            cost, pieces = begun[begin, count]
            if count and (head_cost := _head_cost(word[begin:], known)) is not None:
                finished.append((cost + head_cost, (*pieces, word[begin:])))
            for end, modifier_cost, modifier in _modifiers(word, begin):
                state = (cost + modifier_cost, (*pieces, modifier))
                key = (end, count + 1)
                begun[key] = min(state, begun.get(key, state))
    return min(finished)[1] if finished else ()


def _modifiers(word: str, begin: int) -> list[tuple[int, float, str]]:
    """(where the next part begins, cost, dictionary form) of each modifier that may stand at `begin`."""
    found = []
    for end in range(begin + 2, len(word) - 1):
        piece = word[begin:end]
        if len(piece) < MIN_PIECE:
            if piece not in words("short_modifiers"):
                continue
        elif piece in words("fragments") or not is_listed_lemma(piece):
            continue
        cost, takes_s = _PART, piece.endswith(_TAKES_S)
        if len(piece) >= MIN_PIECE and piece.endswith("s") and is_listed_lemma(piece[:-1]):
            cost += _UNLIKELY
        found.append((end, cost + _UNLIKELY if takes_s else cost, piece))
        if word[end] == "s":
            found.append((end + 1, cost if takes_s else cost + _LINK_S, piece))
        elif word[end] == "e":
            found.append((end + 1, cost + _LINK_E, piece))
    return found


def _head_cost(head: str, known: tuple[str, ...]) -> float | None:
    """What this head costs, or None when it cannot be one.

    Args:
        head: the end of the word, inflected.
        known: the word's own dictionary forms; where there are any, the head's must be the end of one.
    """
    torn = words("fragments")
    readings = {lemma: word_class for lemma, word_class in lemmas(head) if word_class in _CONTENT and lemma not in torn}
    if head in torn or not readings:
        return None
    if len(head) < MIN_PIECE and head not in words("short_heads"):
        return None
    if max(map(len, readings)) < MIN_PIECE and words("short_heads").isdisjoint(readings):
        return None
    if known and not any(whole.endswith(lemma) for whole in known for lemma in readings):
        return None
    return _PART if "noun" in readings.values() else _PART + _ADJECTIVE_HEAD


def head_readings(head: str) -> tuple[str, ...]:
    """Dictionary forms of a compound's head, the likeliest first: nouns, the form as it is written, the shortest.

    Args:
        head: the end of a compound, inflected, in lower case.
    """
    readings = ((lemma, word_class) for lemma, word_class in lemmas(head) if word_class in _CONTENT)
    ranked = sorted((word_class != "noun", lemma != head, len(lemma), lemma) for lemma, word_class in readings)
    return tuple(dict.fromkeys(entry[3] for entry in ranked))

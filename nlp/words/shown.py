"""The one dictionary form that stands for a word in a list, and the words it is made of.

A form has every reading that its letters allow. A list needs one of them, the same each time: the reading that Norwegian
treebanks have most often, and where they are silent, the head of the compound and the commoner dictionary form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from nlp.forms import Form, form_of
from nlp.lexicon.lemma import readings
from nlp.lexicon.lookup import CACHED_FORMS, lemmas


@lru_cache(maxsize=CACHED_FORMS)
def written(form: Form) -> str:
    """The word as it is written, in lower case; the whole of it when it has hyphens or slashes."""
    return max(form.surfaces, key=lambda surface: (len(surface), surface))


@lru_cache(maxsize=CACHED_FORMS)
def shown(form: Form) -> str:
    """The dictionary form a list shows, in lower case; alternatives with a slash between stay as they are written.

    *rus-* in *rus- og psykiske problemer* is shown as *rusproblem*.
    """
    surface = written(form)
    if "/" in surface:
        return surface
    bokmal, nynorsk = readings(surface, "nob"), readings(surface, "nno")
    known = lemmas(surface)
    candidates = form.lemmas | set(bokmal)
    if all(word_class == "function" for _, word_class in known):
        candidates |= set(nynorsk)
    listed = {lemma for lemma, _ in known} | set(bokmal)

    def rank(lemma: str) -> tuple[int, int, bool, int, int, int, int, str]:
        return (
            -bokmal.get(lemma, 0),
            -nynorsk.get(lemma, 0),
            lemma == surface and lemma not in listed,
            _head_place(lemma, form.head),
            -readings(lemma, "nob").get(lemma, 0),
            -_shared(lemma, surface),
            len(lemma),
            lemma,
        )

    return min(candidates, key=rank)


@lru_cache(maxsize=CACHED_FORMS)
def components(form: Form) -> frozenset[str]:
    """The words this one is made of, outer and inner, in dictionary form; empty for a simple word."""
    if "/" in written(form) or written(form).endswith("-"):
        return form.parts - {shown(form)}
    return form.parts - form.lemmas


def meant(word: str) -> tuple[str, ...]:
    """The dictionary forms a person means who types a word: the word as it stands, then its commonest reading.

    Args:
        word: one word, any case and inflection.
    """
    form = form_of(word)
    return tuple(dict.fromkeys((written(form), shown(form))))


def is_meant(form: Form, wanted: Sequence[str], *, compounds: bool = True) -> bool:
    """Whether a list counts the form as one of these dictionary forms, or as a compound with one of them inside."""
    if shown(form) in wanted or written(form) in wanted:
        return True
    return compounds and not components(form).isdisjoint(wanted)


def _head_place(lemma: str, head: tuple[str, ...]) -> int:
    """How likely the compound's head is that this dictionary form ends in; the likeliest is 0."""
    return next((place for place, each in enumerate(head) if lemma.endswith(each)), len(head))


def _shared(lemma: str, surface: str) -> int:
    """Letters that the two have in common from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lemma, surface, strict=False)))

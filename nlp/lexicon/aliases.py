"""Words that a search takes for one another: Bokmål and Nynorsk, and spellings of one word (`aliases.toml`)."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from importlib import resources

Row = tuple[str, ...]

_ENDINGS = ("arane", "ane", "ene", "arar", "ar", "er", "en", "et", "ast", "te", "de", "a", "e", "t", "s")
_SHORTEST_STEM = 3


def aliases(lemma: str) -> frozenset[str]:
    """The words that stand in a row with this one, without itself; empty for most words.

    Args:
        lemma: a dictionary form in lower case.
    """
    return _table().get(lemma, frozenset())


def headword(form: str) -> str:
    """The word of the list that a form is an inflection of, the form itself being one; empty if there is none.

    Meant for Nynorsk words that no full-form list has: what is an ending is guessed.

    Args:
        form: in lower case.
    """
    if form in _table():
        return form
    for ending in _ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) >= _SHORTEST_STEM:
            for word in (stem, stem + "e"):
                if word in _table():
                    return word
    return ""


@cache
def rows() -> dict[str, tuple[Row, ...]]:
    """List name -> its rows as they are written."""
    text = resources.files("nlp.lexicon").joinpath("aliases.toml").read_text(encoding="utf-8")
    return {
        name: tuple(tuple(line.split()) for line in value.splitlines() if line)
        for name, value in tomllib.loads(text).items()
    }


@cache
def _table() -> dict[str, frozenset[str]]:
    met: dict[str, set[str]] = defaultdict(set)
    for row in (row for found in rows().values() for row in found):
        for word in row:
            met[word].update(row)
    return {word: frozenset(found - {word}) for word, found in met.items()}

"""The hand-written word lists of `wordlists.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def words(name: str) -> frozenset[str]:
    """The list of this name.

    Raises:
        KeyError: if there is no such list.
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("nlp.lexicon").joinpath("wordlists.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}

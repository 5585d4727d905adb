"""What the shipped pipeline says of a whole text: written standard, words with their dictionary form, sentences, names.

Suggestions do not come this way: they rest on all readings of a word, not on one. spaCy is imported, and each half of
the pipeline loaded, at its first use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from nlp.errors import PipelineMissingError
from nlp.lexicon import lemma, lookup
from nlp.lexicon.lemma import Variety
from nlp.masking import without_endless_runs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_NAMES = "ner"
_LINES_A_DOCUMENT = 40


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a text."""

    start: int
    """Code-point offset in the text."""
    end: int
    lemma: str
    tag: str
    """UD part of speech, such as NOUN."""
    features: str
    """UD features with bars between them; empty for none."""


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch that the pipeline takes for a name. It may be wrong about the label; a person checks."""

    start: int
    end: int
    label: str
    """PER, ORG, GPE_LOC, GPE_ORG, LOC, PROD, EVT, DRV or MISC."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything about one text, in text order."""

    variety: Variety
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[Name, ...]


def is_shipped() -> bool:
    """Whether this copy of the program has the trained pipeline."""
    return _folder().joinpath("meta.json").is_file()


@cache
def identity() -> str:
    """Name, version and digest of all that decides what the pipeline finds.

    Raises:
        PipelineMissingError: if it is not here.
    """
    if not is_shipped():
        raise PipelineMissingError(
            _("Språkmodellen mangler i denne installasjonen. Installer programmet på nytt fra en komplett pakke.")
        )
    meta = json.loads(_folder().joinpath("meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}+{meta['digest']}.{lemma.identity()[:4]}.{lookup.identity()[:4]}"


@cache
def language(names: bool = True) -> Language:
    """The spaCy pipeline itself, the same one each time.

    Args:
        names: whether names are found too, which takes as long again.

    Raises:
        PipelineMissingError: if it is not here.
    """
    identity()
    import spacy

    from nlp.lexicon import component

    assert component.NAME
    with resources.as_file(_folder()) as path:
        return spacy.load(path, exclude=[] if names else [_NAMES])


def read(text: str, *, names: bool = True) -> Reading:
    """The reading of a text. A blank line, and a line break before a capital, always ends a sentence.

    Args:
        text: any length; read in pieces of whole lines.
        names: whether to look for names, which takes as long again.
    """
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    found: list[Name] = []
    pieces = list(_pieces(without_endless_runs(text)))
    docs = language(names).pipe(piece for _, piece in pieces)
    for (offset, _piece), doc in zip(pieces, docs, strict=True):
        words.extend(_words(doc, offset))
        sentences.extend(_sentences(doc, offset))
        found.extend(Name(offset + each.start_char, offset + each.end_char, each.label_) for each in doc.ents)
    variety = lemma.variety_of(text[word.start : word.end] for word in words)
    return Reading(variety, tuple(words), tuple(sentences), tuple(found))

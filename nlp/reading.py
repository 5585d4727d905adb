"""What the shipped pipeline says of a whole text: written standard, words with their dictionary form, sentences, names.

Suggestions do not come this way: they rest on all readings of a word, not on one. spaCy is imported, and each half of
the pipeline loaded, at its first use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from nlp.errors import PipelineMissingError
from nlp.lexicon import lemma
from nlp.lexicon.lemma import Variety, variety_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ENDLESS = re.compile(r"\S{400,}")
"""No word: masked, since the tokenizer needs time that grows with the square of such a run."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"[^\W\d_]+")
_CLEAR_LEAD = 2
_NAMES = "ner"


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
def name_and_version() -> tuple[str, str, str]:
    """Name, version and the digest of the trained files and of the lexicon that lemmas come from.

    Raises:
        PipelineMissingError: if the pipeline is not here.
    """
    if not is_shipped():
        raise PipelineMissingError(
            _("Språkmodellen mangler i denne installasjonen. Installer programmet på nytt fra en komplett pakke.")
        )
    meta = json.loads(_folder().joinpath("meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']}", meta["version"], f"{meta['digest']}{lemma.identity()}"


@cache
def language(names: bool = True) -> Language:
    """The spaCy pipeline itself, the same one each time.

    Args:
        names: whether names are found too, which takes as long again.

    Raises:
        PipelineMissingError: if it is not here.
    """
    name_and_version()
    from nlp import network

    with resources.as_file(_folder()) as path:
        return network.opened(path, without=[] if names else [_NAMES])


def read(text: str, *, names: bool = True) -> Reading:
    """The reading of a text. A line break always ends a sentence, as it does everywhere in the project.

    Args:
        text: any length; each line is read by itself.
        names: whether to look for names, which takes as long again.
    """
    masked = without_endless_runs(text)
    variety = variety_of(_WORD.findall(masked))
    pipeline = language(names)
    lines = list(_LINE.finditer(masked))
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    found: list[Name] = []
    docs = pipeline.pipe(_prepared(pipeline, line.group(), variety) for line in lines)
    for line, doc in zip(lines, docs, strict=True):
        offset = line.start()
        words.extend(_words(doc, offset))
        sentences.extend(_sentences(doc, offset))
        found.extend(Name(offset + each.start_char, offset + each.end_char, each.label_) for each in doc.ents)
    return Reading(variety, tuple(words), tuple(sentences), tuple(found))


def without_endless_runs(text: str) -> str:
    """The text with runs of 400 and more characters without white space blanked out, at the same length."""
    return _ENDLESS.sub(lambda run: " " * len(run.group()), text)


def _prepared(pipeline: Language, line: str, around: Variety) -> Doc:
    """The tokens of a line, with the written standard that its lemmas are taken from."""
    doc = pipeline.make_doc(line)
    doc.user_data["variety"] = variety_of(_WORD.findall(line), otherwise=around, lead=_CLEAR_LEAD)
    return doc


def _words(doc: Doc, offset: int) -> Iterator[Word]:
    for token in doc:
        if not token.is_space:
            start = offset + token.idx
            yield Word(start, start + len(token.text), token.lemma_, token.pos_, str(token.morph))


def _sentences(doc: Doc, offset: int) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        text = sentence.text
        start = offset + sentence.start_char + len(text) - len(text.lstrip())
        if text.strip():
            yield start, start + len(text.strip())


def _folder() -> Traversable:
    return resources.files("nlp").joinpath("model")

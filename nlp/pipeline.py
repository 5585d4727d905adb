"""The door to spaCy: text in, tokens with dictionary forms and compound parts out.

Nothing else in the project imports spaCy, and nothing imports it before a pipeline is loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from nlp import reading
from nlp.errors import PipelineMissingError
from nlp.forms import Form, form_of, suspended
from nlp.lexicon import lookup

if TYPE_CHECKING:
    from spacy.language import Language

    from nlp.reading import Reading

ANALYSIS_VERSION = "1"
"""Raised when forms, compounds, sentences or rules change what they find in the same text."""

BLANK = "nb-blank"
BLANK_NAME = "blank"
_LOOKAHEAD = 6
_JOINERS = frozenset(("og", "eller", "samt", "men", "til"))
_WORD_CLASSES = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text; punctuation has no tokens."""

    start: int
    """Code-point offset in the text."""
    end: int
    form: Form
    reach: int
    """Where what it says ends: the end of the later word for *rus-* in *rus- og psykiske helseproblemer*."""

    @property
    def surfaces(self) -> frozenset[str]:
        return self.form.surfaces

    @property
    def lemmas(self) -> frozenset[str]:
        return self.form.lemmas

    @property
    def parts(self) -> frozenset[str]:
        return self.form.parts


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that suggestions are made for, with its words."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline. Made by `load`."""

    identity: str
    """Name, version and digest of all that decides what it finds; stands on every suggestion."""
    language: Language
    tagged: bool
    """Whether its word classes choose between the readings of a word. Those of the shipped pipeline do not: they changed
    no figure of the suggestions and took ten times as long."""
    shipped: bool = False
    """Whether `read` has the trained parts of the shipped pipeline to ask."""

    def read(self, text: str, *, names: bool = True) -> Reading:
        """Lemmas, word classes, sentences and names of a whole text, from the shipped pipeline's trained parts.

        Raises:
            PipelineMissingError: if this is another pipeline.
        """
        if not self.shipped:
            raise PipelineMissingError(
                _("{name} har ikke delene som finner grunnformer og navn. Bruk språkmodellen som følger med.").format(
                    name=self.identity
                )
            )
        return reading.read(text, names=names)

    def tokens(self, text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
        """The words of `text[start:end]`; offsets count from the beginning of `text`."""
        stretch = reading.without_endless_runs(text[start:end])
        analysed = self.language(stretch) if self.tagged else self.language.tokenizer(stretch)
        words = []
        for token in analysed:
            word = token.text
            if any(map(str.isalnum, word)):
                form = form_of(word, _WORD_CLASSES.get(token.pos_, "")) if self.tagged else form_of(word)
                begin = start + token.idx
                words.append(Token(begin, begin + len(word), form, begin + len(word)))
        return tuple(_with_lent_heads(text, words))

    def analyse(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Unit]:
        """A unit for each span, in the order given."""
        for start, end in spans:
            yield Unit(start, end, self.tokens(text, start, end))


@lru_cache(maxsize=4)
def load(name: str = "") -> Pipeline:
    """A pipeline ready for use, the same one each time; importing spaCy makes the first call take about a second.

    Args:
        name: empty for the shipped pipeline (words and the lexicon alone where it is missing), `blank` for words and
            the lexicon alone, or an installed spaCy pipeline such as `nb_core_news_sm`.

    Raises:
        PipelineMissingError: if no pipeline of that name is installed.
    """
    import spacy
    from spacy.about import __version__ as spacy_version

    if not name and reading.is_shipped():
        return Pipeline(_identity(*reading.name_and_version(), spacy_version), spacy.blank("nb"), False, shipped=True)
    if name in ("", BLANK_NAME):
        return Pipeline(_identity(BLANK, ANALYSIS_VERSION, spacy_version), spacy.blank("nb"), False)
    try:
        language = spacy.load(name, exclude=["ner", "parser", "senter"])
    except OSError as error:
        raise PipelineMissingError(
            _("spaCy-modellen {name} er ikke installert. Installer den, eller kjør uten for å bruke ordlista.").format(
                name=name
            )
        ) from error
    meta = language.meta
    identity = _identity(f"{meta['lang']}_{meta['name']}", str(meta["version"]), spacy_version)
    return Pipeline(identity, language, True)


def _identity(name: str, version: str, *dependencies: str) -> str:
    decisive = "\n".join((ANALYSIS_VERSION, lookup.identity(), *dependencies))
    return f"{name}-{version}+{hashlib.sha256(decisive.encode()).hexdigest()[:8]}"


def _with_lent_heads(text: str, words: list[Token]) -> list[Token]:
    for place in range(len(words) - 2, -1, -1):
        token = words[place]
        if text[token.end - 1] != "-":
            continue
        lender = _lender(text, words, place)
        if lender is not None:
            form = suspended(text[token.start : token.end], lender.form.head)
            words[place] = Token(token.start, token.end, form, lender.reach)
    return words


def _lender(text: str, words: list[Token], place: int) -> Token | None:
    """The later word whose head a suspended one shares, if a joining word leads to it."""
    joined = False
    for token in words[place + 1 : place + 1 + _LOOKAHEAD]:
        if not _JOINERS.isdisjoint(token.surfaces):
            joined = True
        elif text[token.end - 1] == "-":
            if token.form.head and token.reach > token.end:
                return token
        elif not joined:
            return None
        elif token.form.head:
            return token
    return None

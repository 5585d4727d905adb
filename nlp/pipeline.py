"""The door to spaCy: text in, tokens with dictionary forms and compound parts out.

Nothing else in the project imports spaCy. Loading a pipeline does not import it either: it comes with the first text
that is read, so that a project whose texts have been read before never waits for it.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import gettext as _
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING

from nlp import reading
from nlp.errors import PipelineMissingError
from nlp.forms import Form, form_of, suspended
from nlp.lexicon import lookup

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from nlp.reading import Reading

ANALYSIS_VERSION = "1"
"""Raised when forms, compounds, sentences or rules change what they find in the same text."""

BLANK = "nb-blank"
BLANK_NAME = "blank"
_LOOKAHEAD = 6
_JOINERS = frozenset(("og", "eller", "samt", "men", "til"))
_LETTER = "[a-zæøåäöüéèêòóôA-ZÆØÅÄÖÜÉÈÊÒÓÔ]"
_PLAIN = re.compile(
    rf"{_LETTER}+(?:[-–]{_LETTER}+)*-?"  # bolig, FACT-teamet, rus-
    rf"|{_LETTER}+(?:-{_LETTER}+)*(?:/{_LETTER}+(?:-{_LETTER}+)*)+"  # og/eller
    r"|[0-9]+(?:[-/][0-9]+)*"
    r"|[a-zæøå]+(?:\.[a-zæøå]+)+"  # finn.no
)
"""What the tokenizer is known to leave whole, but for slashes between letters: it need not be there to be asked. Most
signals of a codebook are such words, so a codebook can be asked of parsed texts without spaCy."""
_PIECE = re.compile(rf"{_LETTER}[^/]*|[^/]+(?:/[^/]+)*")
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
    """A pipeline that is ready for use; spaCy itself is loaded when it is first needed. Made by `load`."""

    identity: str
    """Name, version and digest of all that decides what it finds; stands on every suggestion."""
    opened: Callable[[], Language]
    """Gives the spaCy pipeline, the same one each time; the first call imports spaCy, which takes about a second."""
    tagged: bool
    """Whether its word classes choose between the readings of a word. Those of the shipped pipeline do not: they changed
    no figure of the suggestions and took ten times as long."""
    shipped: bool = False
    """Whether `read` has the trained parts of the shipped pipeline to ask."""

    @property
    def language(self) -> Language:
        """The spaCy pipeline itself."""
        return self.opened()

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
        stretch = text[start:end]
        if not self.tagged and _PLAIN.fullmatch(stretch):
            pieces = ((start + piece.start(), start + piece.end(), piece.group()) for piece in _PIECE.finditer(stretch))
            return tuple(Token(begin, finish, form_of(word), finish) for begin, finish, word in pieces)
        stretch = reading.without_endless_runs(stretch)
        if not any(map(str.isalnum, stretch)):
            return ()
        language = self.language
        return self._words(text, start, language(stretch) if self.tagged else language.tokenizer(stretch))

    def tokens_of_many(
        self, stretches: Iterable[tuple[str, int, int]], *, workers: int = 1
    ) -> Iterator[tuple[Token, ...]]:
        """The words of each (text, start, end), in the order given.

        Args:
            stretches: may be made while they are read; some are asked for ahead of what has come out.
            workers: processes that read. Each loads the pipeline for itself.
        """
        if workers < 2 and not self.tagged:
            yield from (self.tokens(text, start, end) for text, start, end in stretches)
            return
        places: deque[tuple[str, int]] = deque()

        def pieces() -> Iterator[str]:
            for text, start, end in stretches:
                places.append((text, start))
                yield reading.without_endless_runs(text[start:end])

        for analysed in self.language.pipe(pieces(), n_process=workers):
            yield self._words(*places.popleft(), analysed)

    def analyse(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Unit]:
        """A unit for each span, in the order given."""
        for start, end in spans:
            yield Unit(start, end, self.tokens(text, start, end))

    def _words(self, text: str, start: int, analysed: Doc) -> tuple[Token, ...]:
        words = []
        for token in analysed:
            word = token.text
            if any(map(str.isalnum, word)):
                form = form_of(word, _WORD_CLASSES.get(token.pos_, "")) if self.tagged else form_of(word)
                begin = start + token.idx
                words.append(Token(begin, begin + len(word), form, begin + len(word)))
        return tuple(_with_lent_heads(text, words))


@lru_cache(maxsize=4)
def load(name: str = "") -> Pipeline:
    """A pipeline ready for use, the same one each time.

    Only an installed pipeline imports spaCy here; the two of our own wait until a text is read.

    Args:
        name: empty for the shipped pipeline (words and the lexicon alone where it is missing), `blank` for words and
            the lexicon alone, or an installed spaCy pipeline such as `nb_core_news_sm`.

    Raises:
        PipelineMissingError: if no pipeline of that name is installed.
    """
    spacy_version = installed_version("spacy")
    if not name and reading.is_shipped():
        return Pipeline(_identity(*reading.name_and_version(), spacy_version), _blank, False, shipped=True)
    if name in ("", BLANK_NAME):
        return Pipeline(_identity(BLANK, ANALYSIS_VERSION, spacy_version), _blank, False)
    language = _installed(name)
    meta = language.meta
    identity = _identity(f"{meta['lang']}_{meta['name']}", str(meta["version"]), spacy_version)
    return Pipeline(identity, lambda: language, True)


@cache
def _blank() -> Language:
    import spacy

    return spacy.blank("nb")


def _installed(name: str) -> Language:
    import spacy

    try:
        return spacy.load(name, exclude=["ner", "parser", "senter"])
    except OSError as error:
        raise PipelineMissingError(
            _("spaCy-modellen {name} er ikke installert. Installer den, eller kjør uten for å bruke ordlisten.").format(
                name=name
            )
        ) from error


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

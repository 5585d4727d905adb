"""Search in a text: as it is written, or by every form of a word, inside compounds and across Bokmål and Nynorsk.

A search by forms asks each distinct form of the text once, and then looks through an array of numbers; see `docs/search.md`
for what meets what.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, product
from typing import TYPE_CHECKING

from corpus.text import normalise
from nlp.compounds import split
from nlp.forms import Form, form_of
from nlp.lexicon.aliases import aliases, headword
from nlp.lexicon.lemma import lemma_of
from nlp.lexicon.lookup import CACHED_FORMS, lemmas

if TYPE_CHECKING:
    from nlp.parsed import Parsed

Tokenise = Callable[[str], Sequence[str]]
"""The words of a stretch of text, as they are cut in the texts that are searched."""

_BETWEEN_PHRASES = re.compile(r",(?!\d)")
_PLAIN = str.maketrans({"å": "a", "ø": "o", "æ": "ae"})
_LETTERS_BACK = re.compile("ae|[ao]")
_SPELLINGS_OF = {"ae": ("ae", "æ", "åe"), "a": ("a", "å"), "o": ("o", "ø")}
_MOST_LETTERS_BACK = 8
_ASKERS = 16
_UNLISTED_TAGS = ("NOUN", "VERB", "ADJ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a query stands: half-open code-point offsets in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a query."""

    wanted: frozenset[str]
    """Dictionary forms, any of which a word of the text must have."""
    beginning: str = ""
    """What the written word must begin with; empty unless the query's word ended in `*`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Phrases, any of which is a hit; the words of one stand one after another."""

    phrases: tuple[tuple[Word, ...], ...]
    fold: bool


def exact(text: str, query: str, *, fold: bool = False) -> Iterator[Match]:
    """Every place the query stands as it is written, whatever the case; a blank in it meets any run of blanks.

    Args:
        text: the stored text.
        query: words; their signs are taken as they stand.
        fold: let o meet ø, a meet å and ae meet æ, either way.
    """
    words = normalise(query).split()
    if words:
        letters = _folded_pattern if fold else re.escape
        pattern = re.compile(r"\s+".join(map(letters, words)), re.IGNORECASE)
        yield from (Match(start=hit.start(), end=hit.end()) for hit in pattern.finditer(text))


def read(query: str, tokenise: Tokenise, *, fold: bool = False) -> Query:
    """The query made ready for `matches`. It has no phrases when there is no word in it.

    Args:
        query: phrases with commas between; `*` at a word's end asks for words that begin so, and nothing else of it.
        tokenise: cuts words as the texts that are searched are cut: *rus/psykiatri* is two words, and so a phrase.
        fold: let o meet ø, a meet å and ae meet æ, either way.
    """
    phrases = (tuple(_words(phrase, tokenise, fold=fold)) for phrase in _BETWEEN_PHRASES.split(normalise(query)))
    return Query(phrases=tuple(phrase for phrase in phrases if phrase), fold=fold)


def matches(parsed: Parsed, text: str, query: Query) -> list[Match]:
    """The hits in text order, whole words, none over another; where two begin alike the longer stays.

    Args:
        parsed: what `nlp.parsed.parse` made of the text; what lies outside its units is not searched.
        text: the stored text.
    """
    spans = sorted(
        (span for phrase in query.phrases for span in _spans(parsed, text, phrase, fold=query.fold)),
        key=lambda span: (span[0], -span[1]),
    )
    found: list[Match] = []
    for start, end in spans:
        if not found or start >= found[-1].end:
            found.append(Match(start=start, end=end))
    return found


def _spans(parsed: Parsed, text: str, phrase: Sequence[Word], *, fold: bool) -> Iterator[tuple[int, int]]:
    met = [bytes(map(_asker(word, fold), parsed.forms)) for word in phrase]
    if not all(map(any, met)):
        return
    words, more = parsed.words, len(phrase) - 1
    for n in compress(range(len(words) - more), map(met[0].__getitem__, words)):
        rest = range(1, more + 1)
        if all(met[k][words[n + k]] for k in rest) and all(_in_a_row(parsed, text, n + k - 1) for k in rest):
            yield parsed.starts[n], parsed.ends[n + more]


def _in_a_row(parsed: Parsed, text: str, word: int) -> bool:
    """Whether a word and the next stand in one unit, or in one turn with only a line break between them."""
    here, there = (bisect_right(parsed.first_words, each) - 1 for each in (word, word + 1))
    if here == there:
        return True
    same_turn = parsed.unit_turns[here] == parsed.unit_turns[there]
    return same_turn and text[parsed.ends[word] : parsed.starts[word + 1]].isspace()


@lru_cache(maxsize=_ASKERS)
def _asker(word: Word, fold: bool) -> Callable[[Form], bool]:
    """Whether a form meets a word of a query; what was answered is remembered from text to text."""

    @lru_cache(maxsize=CACHED_FORMS)
    def meets(form: Form) -> bool:
        if word.beginning:
            return any((_fold(each) if fold else each).startswith(word.beginning) for each in form.surfaces)
        return not word.wanted.isdisjoint(_names(form, fold))

    return meets


@lru_cache(maxsize=CACHED_FORMS)
def _names(form: Form, fold: bool) -> frozenset[str]:
    """Everything a form may be asked for by."""
    names = form.surfaces | form.parts | form.lemmas | _unlisted(form)
    return frozenset(map(_fold, names)) if fold else names


def _unlisted(form: Form) -> frozenset[str]:
    """Dictionary forms of a word that the lexicon has no reading of: by the alias list, else as the treebanks have it."""
    if not form.lemmas <= form.surfaces or any(map(lemmas, form.surfaces)):
        return frozenset()
    found = {headword(surface) for surface in form.surfaces}
    if not any(found):
        found = {lemma_of(surface, tag, "nno", "") for surface in form.surfaces for tag in _UNLISTED_TAGS}
    return frozenset(filter(None, found))


# -- reading a query


def _words(phrase: str, tokenise: Tokenise, *, fold: bool) -> Iterator[Word]:
    for chunk in phrase.split():
        bare = chunk.rstrip("*")
        words = tokenise(bare)
        for place, word in enumerate(words):
            if chunk.endswith("*") and place == len(words) - 1:
                beginning = word.lower()
                yield Word(wanted=frozenset(), beginning=_fold(beginning) if fold else beginning)
            else:
                yield Word(wanted=_wanted(word, fold=fold))


def _wanted(word: str, *, fold: bool) -> frozenset[str]:
    forms = [form_of(word)]
    if fold:
        forms += [form_of(spelling) for spelling in _letters_back(word.lower()) if lemmas(spelling)]
    meant = {lemma for form in forms for lemma in form.lemmas | _unlisted(form)}
    wanted = meant.union(*map(aliases, meant), *map(_respelled, meant))
    return frozenset(map(_fold, wanted)) if fold else frozenset(wanted)


def _respelled(lemma: str) -> Iterator[str]:
    """A compound with aliases in the place of its parts: *bustadmangel* for *boligmangel*."""
    choices: list[tuple[str, ...]] = []
    rest = lemma
    for piece in split(lemma):
        before, found, after = rest.partition(piece)
        if found:
            choices += [(before,), (piece, *aliases(piece))]
            rest = after
    yield from ("".join((*chosen, rest)) for chosen in product(*choices))


def _fold(text: str) -> str:
    return text.translate(_PLAIN)


def _letters_back(word: str) -> list[str]:
    """Every word that folds to this one (lower case); only itself when there are too many."""
    plain = _fold(word)
    if len(_LETTERS_BACK.findall(plain)) > _MOST_LETTERS_BACK:
        return [word]
    pieces = re.split("(ae|[ao])", plain)
    return ["".join(chosen) for chosen in product(*(_SPELLINGS_OF.get(piece, (piece,)) for piece in pieces))]


def _folded_pattern(word: str) -> str:
    pieces = re.split("(ae|[ao])", _fold(word.casefold()))
    return "".join(
        f"(?:{'|'.join(_SPELLINGS_OF[piece])})" if piece in _SPELLINGS_OF else re.escape(piece) for piece in pieces
    )

"""Dictionary forms of a Norwegian word form, without context: all readings, Bokmål and Nynorsk.

Nothing is opened before the first look-up; the table is then mapped into memory, not read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

import marisa_trie

from nlp.lexicon.entries import Entry, decode

DATA = ("ordbank.marisa", "frequent.tsv", "nynorsk.tsv", "wordlists.toml")
CACHED_FORMS = 65_536

# Nynorsk and radical endings -> what the dictionary form ends in. Tried in order, only for forms no list knows.
_ENDINGS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ingane", ("ing",), "noun"),
    ("ingar", ("ing",), "noun"),
    ("inga", ("ing",), "noun"),
    ("heitene", ("heit",), "noun"),
    ("heiter", ("heit",), "noun"),
    ("heita", ("heit",), "noun"),
    ("arane", ("ar", "er"), "noun"),
    ("arar", ("ar", "er"), "noun"),
    ("aren", ("ar", "er"), "noun"),
    ("ane", ("", "e", "ar"), "noun"),
    ("ene", ("", "e"), "noun"),
    ("ar", ("", "e"), "noun"),
    ("ar", ("e",), "verb"),
    ("ast", ("e",), "verb"),
    ("er", ("", "e"), "noun"),
    ("en", ("", "e"), "noun"),
    ("et", ("", "e"), "noun"),
    ("a", ("", "e"), "noun"),
    ("a", ("e",), "verb"),
    ("ande", ("e",), "verb"),
    ("e", ("",), "adj"),
    ("t", ("",), "adj"),
    ("", ("",), "noun"),
    ("", ("",), "adj"),
)
# Nynorsk spellings -> Bokmål ones, for words whose stem is otherwise shared.
_SPELLINGS = (
    ("heit", "het"),
    ("leik", "lighet"),
    ("leg", "lig"),
    ("sjuk", "syk"),
    ("heim", "hjem"),
    ("ande", "ende"),
)


@lru_cache(maxsize=CACHED_FORMS)
def lemmas(form: str) -> tuple[Entry, ...]:
    """All (lemma, word class) readings of a form, in no meaningful order but always the same one.

    Args:
        form: one word, any case. Abbreviations and unknown words have no reading: the result is empty.
    """
    word = form.lower()
    frequent, nynorsk = _hand_written()
    if word in frequent:
        listed: tuple[Entry, ...] = frequent[word]
    else:
        listed = tuple(_with_participle(word))
    found = listed + nynorsk.get(word, ())
    if not found:
        found = tuple(_by_ending(word)) or tuple(_by_genitive(word))
    return tuple(dict.fromkeys(_with_bokmal(found)))


def is_listed_lemma(word: str) -> bool:
    """Whether `word` (lower case) is itself a noun, adjective or verb in its dictionary form, of either standard."""
    if any(lemma == word and word_class != "adv" for lemma, word_class in _listed(word)):
        return word not in _hand_written()[0] or any(
            entry[0] == word and entry[1] != "function" for entry in _hand_written()[0][word]
        )
    return any(word_class != "function" for table in _hand_written() for _, word_class in table.get(word, ()))


def listed(form: str) -> tuple[Entry, ...]:
    """The (lemma, word class) readings that Norsk Ordbank itself has of a form, any case; Bokmål only."""
    return tuple(_with_participle(form.lower()))


@cache
def identity() -> str:
    """Digest of everything a look-up depends on, as 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in DATA:
        digest.update(resources.files("nlp.lexicon").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


@cache
def _trie() -> marisa_trie.BytesTrie:
    trie = marisa_trie.BytesTrie()
    with resources.as_file(resources.files("nlp.lexicon").joinpath("ordbank.marisa")) as path:
        return trie.mmap(str(path))


@cache
def _hand_written() -> tuple[dict[str, tuple[Entry, ...]], dict[str, tuple[Entry, ...]]]:
    return _rows("frequent.tsv"), _rows("nynorsk.tsv")


def _rows(name: str) -> dict[str, tuple[Entry, ...]]:
    table: dict[str, tuple[Entry, ...]] = {}
    text = resources.files("nlp.lexicon").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            form, lemma, word_class = line.split("\t")
            table[form] = (*table.get(form, ()), (lemma, word_class))
    return table


def _listed(word: str) -> list[Entry]:
    if not word.isprintable():  # the trie cannot be asked about null characters or lone surrogates
        return []
    return [decode(word, value) for value in _trie().get(word, ())]


def _with_participle(word: str) -> Iterator[Entry]:
    """The list gives participles the infinitive as lemma; a reader looks them up as adjectives."""
    for lemma, word_class in _listed(word):
        if word_class != "adj" or not _is_infinitive(lemma):
            yield lemma, word_class
            continue
        yield lemma, "verb"
        if word.endswith(("ede", "ete")):
            yield word[:-3] + "et", "adj"
        elif word.endswith("te"):
            yield word[:-1], "adj"
        elif word.endswith("a"):
            yield word[:-1] + "et", "adj"
        elif word.endswith(("t", "ende")):
            yield word, "adj"


def _is_infinitive(lemma: str) -> bool:
    return any(entry == (lemma, "verb") for entry in _listed(lemma))


def _with_bokmal(found: tuple[Entry, ...]) -> Iterator[Entry]:
    """The list knows some Nynorsk words as rare Bokmål ones; their everyday counterpart belongs with them."""
    for lemma, word_class in found:
        yield lemma, word_class
        yield from (entry for entry in _hand_written()[1].get(lemma, ()) if entry[1] == word_class)


def _by_ending(word: str) -> Iterator[Entry]:
    for ending, replacements, word_class in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 3:
            continue
        for replacement in replacements:
            yield from _known(word[: len(word) - len(ending)] + replacement, word_class)


def _known(stem: str, word_class: str) -> Iterator[Entry]:
    yield from (entry for entry in _hand_written()[1].get(stem, ()) if entry[1] == word_class)
    respelled = stem
    for nynorsk, bokmal in _SPELLINGS:
        respelled = respelled.replace(nynorsk, bokmal)
    for spelling in (stem, respelled):
        if (spelling, word_class) in _listed(spelling):
            yield spelling, word_class


def _by_genitive(word: str) -> Iterator[Entry]:
    if len(word) > 4 and word.endswith(("s", "s'", "'", "’")):
        yield from lemmas(word.rstrip("'’").removesuffix("s"))

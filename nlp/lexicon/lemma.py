"""The one dictionary form of a tagged word, in the word's own written standard.

Lists come first and a trained guess last: forms that a treebank has with this part of speech, then Norsk Ordbank
(Bokmål only), then the head of a compound, then what the caller proposes.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import takewhile
from pathlib import Path
from typing import Literal

import marisa_trie

from nlp.compounds import split_surface
from nlp.lexicon.lookup import CACHED_FORMS, is_listed_lemma, listed

Variety = Literal["nob", "nno"]

TABLE = "treebank.marisa"
MIN_HEAD = 4
_TAGS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "SCONJ", "VERB")
_VARIETIES: tuple[Variety, ...] = ("nob", "nno")
_CLASSES: Mapping[str, str] = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}
_LINKS = ("", "s", "e")
_HYPHEN = re.compile(r".*[-\u2010\u2011\u2013]")

_NOB_ONLY = frozenset(
    "ikke jeg en et hun noe noen mye hva hvor hvordan hvem hver være blir ble hjem fra nå bare gjøre sier kommer vet "
    "selv samme flere første mer disse".split()
)
_NNO_ONLY = frozenset(
    "ikkje eg ein eit ho dei dykk noko nokon mykje kva kor korleis kven kvar vere vert vart heim frå no berre gjere "
    "seier kjem veit sjølv fleire fyrste meir desse".split()
)


def variety_of(words: Iterable[str], *, otherwise: Variety = "nob", lead: int = 1) -> Variety:
    """The written standard that the small words speak for.

    Args:
        words: of one document, speaker or line, any case.
        otherwise: the answer where they say too little.
        lead: by how many words one standard must be ahead.
    """
    counted = Counter(word.lower() for word in words)
    ahead = sum(counted[word] for word in _NNO_ONLY) - sum(counted[word] for word in _NOB_ONLY)
    if abs(ahead) < lead:
        return otherwise
    return "nno" if ahead > 0 else "nob"


@lru_cache(maxsize=CACHED_FORMS)
def lemma_of(form: str, tag: str, variety: Variety, proposed: str) -> str:
    """The dictionary form.

    Args:
        form: as it stands in the text.
        tag: UD part of speech.
        variety: of the text around it.
        proposed: what a trained model guesses; taken where the lists are silent, and where they leave a choice.
    """
    word = form.lower()
    if tag not in _TAGS or not word.isprintable():
        return proposed
    known = _known(word, tag, variety)
    if known is None and variety == "nob":
        known = _by_ordbank(word, tag, proposed.lower())
    if known is None and tag == "NOUN":
        known = _by_head(word, variety)
    return known or proposed


@lru_cache(maxsize=CACHED_FORMS)
def readings(form: str, variety: Variety) -> Mapping[str, int]:
    """Lemma -> how common it is as a reading of the form, whatever the part of speech.

    Args:
        form: in lower case. A form that no treebank of that written standard has gives nothing.

    Returns:
        Binary orders of magnitude, from 1.
    """
    found: dict[str, int] = {}
    for tag in _TAGS if form.isprintable() else ():
        entry = _entry(form, tag, variety)
        if entry is not None:
            found[entry[1]] = max(entry[0] + 1, found.get(entry[1], 0))
    return found


def compiled(counted: Mapping[tuple[Variety, str, str, str], int]) -> marisa_trie.BytesTrie:
    """The table that `lemma_of` opens first; equal counts give equal bytes.

    Args:
        counted: (variety, tag, form in lower case, lemma) -> how often. The commonest lemma of a form and tag is kept.
            Names are left out.
    """
    lemmas: dict[tuple[Variety, str, str], Counter[str]] = defaultdict(Counter)
    for (variety, tag, form, lemma), count in counted.items():
        if tag in _TAGS and form.isprintable():
            lemmas[variety, tag, form][lemma] += count
    pairs = []
    for (variety, tag, form), found in lemmas.items():
        lemma = min(found, key=lambda each: (-found[each], each))
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False)))
        rank = min(int(math.log2(found.total())), 255)
        pairs.append((_key(form, tag, variety), bytes((rank, len(form) - kept)) + lemma[kept:].encode("utf-8")))
    return marisa_trie.BytesTrie(sorted(pairs), order=marisa_trie.LABEL_ORDER)


@cache
def identity() -> str:
    """Digest of the treebank's table, as 12 hexadecimal digits."""
    return hashlib.sha256(resources.files("nlp.lexicon").joinpath(TABLE).read_bytes()).hexdigest()[:12]


def reopen(path: Path | None = None) -> None:
    """Answers from the table in this file from now on, or from the packaged one again."""
    global _opened
    _opened = marisa_trie.BytesTrie().mmap(str(path)) if path else None
    lemma_of.cache_clear()
    readings.cache_clear()


def _table() -> marisa_trie.BytesTrie:
    global _opened
    if _opened is None:
        with resources.as_file(resources.files("nlp.lexicon").joinpath(TABLE)) as path:
            _opened = marisa_trie.BytesTrie().mmap(str(path))
    return _opened


_opened: marisa_trie.BytesTrie | None = None


def _key(form: str, tag: str, variety: Variety) -> str:
    return f"{_VARIETIES.index(variety)}{chr(ord('A') + _TAGS.index(tag))}{form}"


def _entry(word: str, tag: str, variety: Variety) -> tuple[int, str] | None:
    """(how common, lemma)."""
    found = _table().get(_key(word, tag, variety))
    if not found:
        return None
    rank, cut, *ending = found[0]
    return rank, word[: len(word) - cut] + bytes(ending).decode("utf-8")


def _known(word: str, tag: str, variety: Variety) -> str | None:
    entry = _entry(word, tag, variety)
    return entry[1] if entry else None


def _by_ordbank(word: str, tag: str, proposed: str) -> str | None:
    candidates = sorted({lemma for lemma, word_class in listed(word) if word_class == _CLASSES.get(tag)})
    if not candidates:
        return None
    if proposed in candidates:
        return proposed
    return max(candidates, key=lambda lemma: (_commonness(lemma, tag), -abs(len(word) - len(lemma)), lemma))


def _commonness(lemma: str, tag: str) -> int:
    entry = _entry(lemma, tag, "nob")
    return entry[0] + 1 if entry and entry[1] == lemma else 0


def _by_head(word: str, variety: Variety) -> str | None:
    """*spesialisthelsetjenesten* by its longest known end, where the rest is a word too."""
    hyphenated = _HYPHEN.match(word)
    if hyphenated and hyphenated.end() < len(word):
        head = word[hyphenated.end() :]
        known = _known(head, "NOUN", variety)
        return word[: hyphenated.end()] + known if known else None
    for begin in range(3, len(word) - MIN_HEAD + 1):
        known = _known(word[begin:], "NOUN", variety)
        if known and _is_modifier(word[:begin]):
            return word[:begin] + known
    if variety == "nob" and (pieces := split_surface(word)):
        known = _by_ordbank(pieces[-1], "NOUN", "")
        return word.removesuffix(pieces[-1]) + known if known else None
    return None


def _is_modifier(rest: str) -> bool:
    return any(is_listed_lemma(stem) for stem in _stems(rest))


def _stems(rest: str) -> Iterator[str]:
    for link in _LINKS:
        if rest.endswith(link) and len(rest) - len(link) >= 3:
            yield rest.removesuffix(link)

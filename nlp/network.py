"""What the trained pipeline's network sees of one word, and how the pipeline is opened. Importing this imports spaCy.

spaCy's own `MultiHashEmbed` knows a word by itself, its first letter, its last three and its shape. Norwegian compounds
are mostly unseen, but their ends are in the lexicon; and a word that no list knows is often a name, whatever its case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.strings import get_string_id
from spacy.util import registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    NumpyOps,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    use_ops,
    with_array,
)

from nlp.lexicon import component
from nlp.lexicon.lookup import CACHED_FORMS, lemmas, listed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    Features = np.ndarray[tuple[int, int], np.dtype[np.uint64]]

EMBEDDING = "kodebenk.LexiconEmbed.v1"
"""What a configuration calls `lexicon_embed`."""
COMPONENTS = (component.NAME,)
"""What a pipeline that is opened here may have besides spaCy's own parts."""
TABLES = ("form", "beginning", "last three letters", "shape", "last five letters", "readings", "word classes")
_LEXEME = ("NORM", "SUFFIX", "SHAPE")
_FIRST_SEED = 8
_LONG_END = 5
_BEGINNING = 3
_MIN_TAIL = 4
_MIN_REST = 2


def opened(path: Path, *, without: Iterable[str] = ()) -> Language:
    """The pipeline in this folder, with NumPy's matrix product: three times as fast here as the one spaCy brings.

    Args:
        without: parts that are not loaded.
    """
    with use_ops(NumpyOps.name, use_blis=False):
        return spacy.load(path, exclude=list(without))


@registry.architectures(EMBEDDING)  # type: ignore[untyped-decorator]
def lexicon_embed(width: int, rows: list[int], maxout_pieces: int) -> Model[list[Doc], list[object]]:
    """A vector a token: one hash table for each of `TABLES`, mixed by one layer.

    Args:
        width: of each table and of the result.
        rows: of the tables, in their order.
        maxout_pieces: of the layer that mixes.

    Raises:
        ValueError: if there are not as many row counts as tables.
    """
    if len(rows) != len(TABLES):
        raise ValueError(f"{EMBEDDING}: {len(rows)} row counts for {len(TABLES)} tables")
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, count, column=column, seed=_FIRST_SEED + column, dropout=0.0)
        for column, count in enumerate(rows)
    ]
    seen: Model[list[Doc], list[object]] = Model("lexicon_features", _forward)
    mixed = Maxout(width, width * len(tables), nP=maxout_pieces, dropout=0.0, normalize=True)
    return chain(seen, list2ragged(), with_array(concatenate(*tables)), with_array(mixed), ragged2list())


def _forward(model: object, docs: list[Doc], is_train: bool) -> tuple[list[Features], Callable[[object], list[Doc]]]:
    return [features(doc) for doc in docs], lambda gradient: []


def features(doc: Doc) -> Features:
    """Hashes: one row a token, one column for each of `TABLES`."""
    found = np.zeros((len(doc), len(TABLES)), dtype=np.uint64)
    if len(doc):
        found[:, (0, 2, 3)] = doc.to_array(list(_LEXEME)).reshape(len(doc), len(_LEXEME))
        strings = doc.vocab.strings
        found[:, (1, 4, 5, 6)] = [
            _seen.get(key) or _of_form(key, strings[key]) for key in doc.to_array("LOWER").tolist()
        ]
    return found


_seen: dict[int, tuple[int, int, int, int]] = {}
"""Hashes of forms by the hash of the form itself; asked for every word of every text."""


def _of_form(key: int, word: str) -> tuple[int, int, int, int]:
    readings, classes = readings_of(word)
    beginning, end, of_readings, of_classes = (
        get_string_id(text) for text in (word[:_BEGINNING], word[-_LONG_END:], readings, classes)
    )
    if len(_seen) >= CACHED_FORMS:
        _seen.clear()
    return _seen.setdefault(key, (beginning, end, of_readings, of_classes))


def readings_of(word: str) -> tuple[str, str]:
    """What the lexicon says of a form in lower case: (word classes with endings, word classes alone).

    Both begin with how it is known: `=` listed in Norsk Ordbank, `~` by the other lists or its ending, `+` by its
    longest listed end, `-` not at all.
    """
    tail = word
    found: Iterable[tuple[str, str]] = lemmas(word)
    known = "-" if not found else "=" if listed(word) else "~"
    if not found:
        for begin in range(_MIN_REST, len(word) - _MIN_TAIL + 1):
            if found := listed(word[begin:]):
                known, tail = "+", word[begin:]
                break
    endings = {f"{word_class} {_ending(tail, lemma)}" for lemma, word_class in found}
    classes = {word_class for _, word_class in found}
    return known + ",".join(sorted(endings)), known + ",".join(sorted(classes))


def _ending(form: str, lemma: str) -> str:
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False)))
    return f"{form[kept:]}>{lemma[kept:]}"

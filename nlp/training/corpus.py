"""Treebank sentences as spaCy documents with plausible spacing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.training.treebank import Sentence, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SENTENCES_A_DOCUMENT = 10
_CLOSES = frozenset(".,;:!?)]»…’”")
_OPENS = frozenset("([«“")
_JOINS = frozenset("/")
_PAIRED = frozenset("\"'")


def spaced(sentence: Sentence) -> Sentence:
    """The sentence with white space where an editor would put it; NDT does not say where it was."""
    open_quotes: set[str] = set()
    words = []
    for word, after in zip(sentence, (*(other.form for other in sentence[1:]), ""), strict=True):
        if word.form in _PAIRED:
            closing = word.form in open_quotes
            open_quotes ^= {word.form}
            glue_next = not closing
        else:
            glue_next = word.form in _OPENS or word.form in _JOINS
        glued = glue_next or after in _CLOSES or after in _JOINS or (after in _PAIRED and after in open_quotes)
        words.append(replace(word, space=not glued))
    return tuple(words)


def documents(sentences: Sequence[Sentence], vocab: Vocab) -> Iterator[Doc]:
    """Documents of ten sentences with every annotation that is learned."""
    remaining = iter(sentences)
    while some := tuple(islice(remaining, SENTENCES_A_DOCUMENT)):
        yield document(some, vocab)


def document(sentences: Iterable[Sentence], vocab: Vocab) -> Doc:
    """One document of these sentences; a sentence always has white space after it."""
    from spacy.tokens import Doc

    words: list[Word] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        for place, word in enumerate(sentence):
            words.append(word)
            spaces.append(word.space or place == len(sentence) - 1)
            starts.append(place == 0)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        pos=[word.tag for word in words],
        morphs=[word.features for word in words],
        lemmas=[word.lemma for word in words],
        sent_starts=starts,
        ents=[word.entity for word in words],
    )


def write(path: Path, documents: Iterable[Doc]) -> int:
    """Saves the documents for `spacy train`; returns how many."""
    from spacy.tokens import DocBin

    saved = DocBin(store_user_data=False)
    count = 0
    for doc in documents:
        saved.add(doc)
        count += 1
    saved.to_disk(path)
    return count

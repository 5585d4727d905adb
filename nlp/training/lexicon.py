"""The forms of the training material with their dictionary forms, for `nlp.lexicon.lemma`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from nlp.lexicon.lemma import compiled
from nlp.training.treebank import Sentence, Variety


def counted(train: Mapping[Variety, Iterable[Sentence]]) -> Counter[tuple[Variety, str, str, str]]:
    """How often each form has each lemma, by written standard and tag; names are left out."""
    return Counter(
        (variety, word.tag, word.form.lower(), word.lemma.lower())
        for variety, sentences in train.items()
        for sentence in sentences
        for word in sentence
        if word.tag != "PROPN" and word.entity == "O"
    )


def write_lexicon(train: Mapping[Variety, Iterable[Sentence]], path: Path) -> int:
    """Saves the table; returns how many form and tag pairs it has."""
    table = compiled(counted(train))
    table.save(str(path))
    return len(table)

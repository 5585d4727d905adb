"""What one entry of the compiled lexicon says, and how it lies in bytes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

Entry = tuple[str, str]
"""(lemma, word class). Classes: noun, verb, adj, adv, and `function` for words that carry no theme."""

CLASS_BYTES: Mapping[str, int] = {"noun": 0, "verb": 1, "adj": 2, "adv": 3}
_CLASSES = tuple(CLASS_BYTES)


def encode(form: str, entry: Entry) -> bytes:
    """The entry as class, letters to cut from the form's end, letters to add (UTF-8).

    Raises:
        ValueError: if the form is longer than a byte can say (255 letters).
    """
    lemma, word_class = entry
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False)))
    cut = len(form) - kept
    if cut > 255:
        raise ValueError(f"form too long: {form[:40]}")
    return bytes((CLASS_BYTES[word_class], cut)) + lemma[kept:].encode("utf-8")


def decode(form: str, value: bytes) -> Entry:
    """The entry that `encode` wrote for this form."""
    return form[: len(form) - value[1]] + value[2:].decode("utf-8"), _CLASSES[value[0]]

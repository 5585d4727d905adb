"""Where sentences begin and end in Norwegian text: NLTK's Punkt with abbreviations of our own, nothing downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from nlp.lexicon.wordlists import words

_LAST_WORD = re.compile(r"([\w.]+)\.[\"»”')\]]*\s*\Z")
_LONGEST_ENDING = 24
_FIRST_LETTER = re.compile(r"\w")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, in order, without the white space around them.

    A line break is always a border, so a heading, a bullet or a turn is never joined with what follows. Text in print
    lines must have its lines joined first.
    """
    position = start
    for line in text[start:end].split("\n"):
        yield from _spans_of_line(line, position)
        position += len(line) + 1


def _spans_of_line(line: str, offset: int) -> Iterator[tuple[int, int]]:
    pending: tuple[int, int] | None = None
    for begin, finish in _punkt().span_tokenize(line):
        if pending is not None:
            if _continues(line[pending[0] : pending[1]], line[begin:finish]):
                pending = (pending[0], finish)
                continue
            yield _trimmed(line, pending, offset)
        pending = (begin, finish)
    if pending is not None and line[pending[0] : pending[1]].strip():
        yield _trimmed(line, pending, offset)


def _trimmed(line: str, span: tuple[int, int], offset: int) -> tuple[int, int]:
    piece = line[span[0] : span[1]]
    begin = span[0] + len(piece) - len(piece.lstrip())
    return offset + begin, offset + begin + len(piece.strip())


def _continues(before: str, after: str) -> bool:
    """Whether the full stop between the two belongs to an abbreviation like *osv.* that may also end a sentence."""
    last = _LAST_WORD.search(before[-_LONGEST_ENDING:])
    first = _FIRST_LETTER.search(after)
    if last is None or first is None or first.group().isupper():
        return False
    return last.group(1).lower() in words("often_last")


@cache
def _punkt() -> Any:
    """Loaded at the first sentence: importing NLTK takes about half a second."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(words("abbreviations"))
    return PunktSentenceTokenizer(parameters)

"""Weighs everyday words for the themes of a codebook, from labelled interviews.

    python -m nlp.training.everyday INTERVIEW.txt ... [--codebook FILE] [--out FILE]

Beside each interview lies `NAME.reader1.tsv` (and more readers): a line a turn with start, end and the themes it is about.
The words come out as a signal of weighted words for each top-level code, in YAML, to stand in the codebook. Interviews that
suggestions are to be measured on must not be among these.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from codebooks.model import Codebook, Signal, Terms
from codebooks.yaml_io import write_codebook
from nlp.arrays import numbers
from nlp.document import Document
from nlp.evaluation.codebook import codebook_of
from nlp.evaluation.labels import Label
from nlp.evaluation.speech import read_interview
from nlp.evidence import UNTOLD_WORDS
from nlp.learning.fit import fit
from nlp.learning.rows import Rows, Vector, beside, dense, stacked
from nlp.lexicon.lookup import is_listed_lemma
from nlp.pipeline import load
from nlp.vocabulary import Vocabulary, shares_of

NAME = "hverdagsord"
MOST = 600
"""Words kept for each code: those that decide most."""
FEWEST, FEWEST_UNLISTED = 2, 4
"""Interviews that a word of the lexicon, and one that is not in it, must be met in: the others are names and chance."""
STEP = 0.25
"""Weights are rounded to this."""
_HELD = 2.0
_FIXED = 1e6


def weigh(interviews: Sequence[tuple[Document, Sequence[Label]]], codes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Code -> word -> weight.

    A logistic regression for each code over the words of each sentence (and, less, of its turn and question), every sentence
    answering as its turn was labelled. The log odds of a sentence without any of the words are fixed at `UNTOLD_WORDS`.
    """
    vocabulary = Vocabulary()
    for document, _labels in interviews:
        vocabulary.count(document.parsed)
    rarity = vocabulary.rarity()
    words = stacked([shares_of(document, vocabulary) for document, _labels in interviews], len(rarity))
    scaled = Rows(words.begins, words.columns, words.values * rarity[words.columns], words.width)
    often = np.sqrt(np.bincount(words.columns, minlength=words.width))
    spread = _interviews_with(words, [len(document.parsed) for document, _labels in interviews])
    terms = {number: term for term, number in vocabulary.numbers.items()}
    known = np.array([is_listed_lemma(terms[number]) for number in range(words.width)])
    common = (spread >= FEWEST_UNLISTED) | (known & (spread >= FEWEST))
    rows = beside(scaled, dense(np.ones((len(words), 1))))
    means = np.append(np.zeros(words.width), UNTOLD_WORDS)
    precisions = np.append(np.full(words.width, _HELD), _FIXED)
    weighed: dict[str, dict[str, float]] = {}
    for code in codes:
        answers = np.concatenate([_answers(document, labels, code) for document, labels in interviews])
        found = fit(rows, answers, np.ones(len(answers)), means, precisions)[:-1] * rarity
        kept = np.argsort(-np.abs(found) * often * common)[:MOST]
        rounded = {terms[int(number)]: _rounded(float(found[number])) for number in kept if common[number]}
        weighed[code] = {term: weight for term, weight in sorted(rounded.items()) if weight}
    return weighed


def with_words(codebook: Codebook, weighed: Mapping[str, Mapping[str, float]]) -> Codebook:
    """The codebook with these weighted words in place of earlier ones."""
    codes = []
    for code in codebook:
        others = tuple(signal for signal in code.signals if signal.name != NAME)
        words = weighed.get(code.slug)
        own = (
            (Signal(name=NAME, any=Terms(), weights=tuple(sorted(words.items())), register="speech"),) if words else ()
        )
        codes.append(replace(code, signals=others + own))
    return replace(codebook, codes=tuple(codes))


def _interviews_with(words: Rows, lengths: Sequence[int]) -> Vector:
    """Shape (terms): in how many interviews each term is met."""
    interview = np.repeat(np.arange(len(lengths)), lengths)[words.row_of_entry()]
    met = np.unique(words.columns * len(lengths) + interview)
    return np.bincount(met // len(lengths), minlength=words.width).astype(np.float64)


def _answers(document: Document, labels: Sequence[Label], code: str) -> Vector:
    """Shape (units): whether the turn of each sentence is about the code."""
    of_turn = np.array([code in label.codes for label in labels], dtype=np.float64)
    return of_turn[numbers(document.parsed.unit_turns)]


def _rounded(weight: float) -> float:
    return round(weight / STEP) * STEP


def main(argv: list[str] | None = None) -> int:
    """Prints the signals, or writes the whole codebook with them in."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training.everyday")
    parser.add_argument("interviews", type=Path, nargs="+")
    parser.add_argument("--codebook", type=Path, help="instead of the packaged one")
    parser.add_argument("--out", type=Path, help="the codebook with the words in it")
    arguments = parser.parse_args(argv)
    pipeline, codebook = load(), codebook_of(arguments.codebook)
    tops = [code.slug for code in codebook.children(None)]
    interviews = [read_interview(file, pipeline) for file in arguments.interviews]
    weighed = weigh([(each.document, each.labels) for each in interviews], tops)
    changed = with_words(codebook, weighed)
    text = write_codebook(changed)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

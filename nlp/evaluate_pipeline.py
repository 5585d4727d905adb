"""Measures the shipped pipeline on the UD and NorNE test files.

    python -m nlp.evaluate_pipeline --treebanks DIR [--model FOLDER] [--split dev]

Tokens are the pipeline's own. Nynorsk is measured with Bokmål's features, since that is what the pipeline gives it.
Lemmas are compared without regard to case, and punctuation counts as right. A name is covered when every letter of it
lies in something that was flagged, whatever the label.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.training.corpus import SENTENCES_A_DOCUMENT, document
from nlp.training.prepare import read_material
from nlp.training.treebank import VARIETIES, Sentence, Variety

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

FLOORS = {
    "nob": {"pos": 0.959, "lemma": 0.967, "ner": 0.705},
    "nno": {"pos": 0.957, "ner": 0.72},
}
TARGETS = {
    "nob": {"pos": 0.965, "lemma": 0.972, "sents": 0.93, "ner": 0.74, "per": 0.86},
    "nno": {"pos": 0.962, "lemma": 0.96},
}
_SHOWN = ("pos", "morph", "lemma", "sents", "ner", "per", "org", "place")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one test file gave."""

    scores: dict[str, float]
    lower_ner: float
    """F of names when the text is in lower case."""
    covered: float
    """Share of person names that are wholly flagged as some name."""
    covered_lower: float
    """The same in lower case."""
    covered_with_tags: float
    """The same as `covered`, with everything tagged as a proper noun flagged too."""
    covered_lower_with_tags: float


def main(argv: list[str] | None = None) -> int:
    """Prints a table for each written standard, then speed, load time and size; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(prog="python -m nlp.evaluate_pipeline")
    parser.add_argument("--treebanks", type=Path, required=True, help="the folder with the treebank archives")
    parser.add_argument("--model", type=Path, help="a spaCy pipeline's folder or name instead of the shipped one")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    arguments = parser.parse_args(argv)
    begun = time.perf_counter()
    language = opened(arguments.model)
    loaded = time.perf_counter() - begun
    print(f"{language.meta['lang']}_{language.meta['name']}-{language.meta['version']}  {arguments.split}")
    missed = 0
    texts: list[str] = []
    material = read_material(arguments.treebanks)
    for variety in VARIETIES:
        docs = gold((material.dev if arguments.split == "dev" else material.test)[variety], language)
        texts += [doc.text for doc in docs]
        figures = measured(language, docs)
        _print(variety, figures)
        floors = FLOORS[variety].items() if arguments.split == "test" else ()
        missed += sum(round(figures.scores[name], 3) < floor for name, floor in floors)
    words = sum(len(text.split()) for text in texts)
    for title, without in (("all", []), ("without names", ["ner"])):
        print(f"{title + ':':<16}{words / _seconds(language, texts, without):>8,.0f} words a CPU second")
    print(f"load: {loaded:.2f} s after start (with the import of spaCy)")
    if language.path is not None:
        files = [path.read_bytes() for path in Path(language.path).rglob("*") if path.is_file()]
        disk, packed = sum(map(len, files)), sum(len(zlib.compress(file)) for file in files)
        print(f"size: {disk / 1e6:.1f} MB on disk, {packed / 1e6:.1f} MB packed")
    print("floors: " + ("all reached" if not missed else f"{missed} missed"))
    return 1 if missed else 0


def opened(model: Path | None) -> Language:
    """The shipped pipeline, or the one in a folder or of a name."""
    if model is None:
        from nlp import reading

        return reading.language()
    from nlp import network

    return network.opened(model)


def gold(sentences: Sequence[Sentence], language: Language) -> list[Doc]:
    """Documents of ten sentences with the right answers."""
    return [
        document(sentences[begin : begin + SENTENCES_A_DOCUMENT], language.vocab)
        for begin in range(0, len(sentences), SENTENCES_A_DOCUMENT)
    ]


def measured(language: Language, docs: Sequence[Doc]) -> Figures:
    """The pipeline against the right answers, in ordinary and in lower case."""
    predicted = list(language.pipe(doc.text for doc in docs))
    lowered = list(language.pipe(lower(doc.text) for doc in docs))
    return Figures(
        scores=scores(predicted, docs),
        lower_ner=_names_f(lowered, docs),
        covered=coverage(predicted, docs),
        covered_lower=coverage(lowered, docs),
        covered_with_tags=coverage(predicted, docs, tags=True),
        covered_lower_with_tags=coverage(lowered, docs, tags=True),
    )


def lower(text: str) -> str:
    """The text in lower case at the same length; letters whose small form is longer stay as they are."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def scores(predicted: Sequence[Doc], docs: Sequence[Doc]) -> dict[str, float]:
    """Share of right answers (pos, morph, lemma) and F (sents, ner and some of its labels)."""
    from spacy.scorer import Scorer
    from spacy.training import Example

    examples = [Example(found, right) for found, right in zip(predicted, docs, strict=True)]
    tags = Scorer.score_token_attr(examples, "pos")
    features = Scorer.score_token_attr(
        examples, "morph", getter=lambda token, attribute: token.vocab.strings[str(token.morph) or "_"]
    )
    sentences = Scorer.score_spans(examples, "sents", getter=lambda doc, attribute: doc.sents, has_annotation=None)
    found: dict[str, float] = {
        "pos": tags["pos_acc"],
        "morph": features["morph_acc"],
        "lemma": _lemma_share(examples),
        "sents": sentences["sents_f"],
        "ner": _names_f(predicted, docs),
    }
    for name, labels in (("per", ("PER",)), ("org", ("ORG",)), ("place", ("GPE_LOC", "LOC", "GPE_ORG"))):
        found[name] = _names_f(predicted, docs, labels)
    return found


def coverage(predicted: Sequence[Doc], docs: Sequence[Doc], *, tags: bool = False) -> float:
    """Share of person names that are flagged from the first letter to the last.

    Args:
        tags: whether proper nouns count as flagged too.
    """
    whole = covered = 0
    for found, right in zip(predicted, docs, strict=True):
        flagged = {place for name in found.ents for place in range(name.start_char, name.end_char)}
        if tags:
            flagged |= {
                at for token in found if token.pos_ == "PROPN" for at in range(token.idx, token.idx + len(token))
            }
        for name in right.ents:
            if name.label_ == "PER":
                whole += 1
                letters = (at for token in name for at in range(token.idx, token.idx + len(token)))
                covered += flagged.issuperset(letters)
    return covered / whole if whole else 0.0


def _names_f(predicted: Sequence[Doc], docs: Sequence[Doc], labels: Sequence[str] = ()) -> float:
    hits = false = missed = 0
    for found, right in zip(predicted, docs, strict=True):
        ours, theirs = (
            {(name.start_char, name.end_char, name.label_) for name in doc.ents if not labels or name.label_ in labels}
            for doc in (found, right)
        )
        hits, false, missed = hits + len(ours & theirs), false + len(ours - theirs), missed + len(theirs - ours)
    return 2 * hits / (2 * hits + false + missed) if hits else 0.0


def _lemma_share(examples: Sequence[object]) -> float:
    right = total = 0
    for example in examples:
        aligned = example.get_aligned("LEMMA", as_string=True)  # type: ignore[attr-defined]
        tags = example.get_aligned("POS", as_string=True)  # type: ignore[attr-defined]
        for token, lemma, tag in zip(example.predicted, aligned, tags, strict=True):  # type: ignore[attr-defined]
            if lemma is not None:
                total += 1
                right += tag == "PUNCT" or token.lemma_.lower() == lemma.lower()
    return right / total if total else 0.0


def _seconds(language: Language, texts: Sequence[str], without: Sequence[str]) -> float:
    with language.select_pipes(disable=list(without)):
        begun = time.process_time()
        for _ in language.pipe(texts):
            pass
        return time.process_time() - begun


def _print(variety: Variety, figures: Figures) -> None:
    print(f"{variety}  " + "  ".join(f"{name} {figures.scores[name]:.4f}" for name in _SHOWN))
    print(
        f"{'':<5}person names covered {figures.covered:.3f} (with proper nouns {figures.covered_with_tags:.3f}); "
        f"in lower case: ner {figures.lower_ner:.4f}, covered {figures.covered_lower:.3f} "
        f"(with proper nouns {figures.covered_lower_with_tags:.3f})"
    )
    for kind, bars in (("floor", FLOORS), ("target", TARGETS)):
        short = [f"{n} {figures.scores[n]:.4f} < {bar}" for n, bar in bars[variety].items() if figures.scores[n] < bar]
        if short:
            print(f"{'':<5}under the {kind}: " + ", ".join(short))


if __name__ == "__main__":
    raise SystemExit(main())

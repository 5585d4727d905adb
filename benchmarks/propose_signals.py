"""How well proposed signals hold: terms proposed from half of the labelled interviews, met in the other half.

    python benchmarks/propose_signals.py [--codebook none]

The codebook is the starter codebook unless `none` leaves it without signals. Labels are those of whole turns in
`tests/data/speech/development`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import numpy as np

from codebooks.model import Code, Codebook
from codebooks.yaml_io import read_codebook
from nlp.evaluation.speech import read_interview
from nlp.evidence import Evidence, read_evidence
from nlp.learning.decisions import Answers, Decision, answers
from nlp.learning.proposals import TermProposal, propose_terms
from nlp.learning.word_index import index_words
from nlp.pipeline import load
from nlp.rules import rules_for
from nlp.vocabulary import Vocabulary

CODES = ("bolig", "rop", "spesialisthelse", "okonomi", "brukerokonomi")
INTERVIEWS = Path(__file__).parents[1] / "tests" / "data" / "speech" / "development"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", choices=("starter", "none"), default="starter")
    book = _codebook(parser.parse_args().codebook)
    evidence, known = _read(book)
    units = sum(len(said.units) for said in known[CODES[0]].values())
    print(f"{len(evidence)} interviews, {units} sentences")
    total = np.zeros(5)
    for half in (0, 1):
        told = {name: each for place, (name, each) in enumerate(evidence.items()) if place % 2 == half}
        rest = {name: each for name, each in evidence.items() if name not in told}
        started = time.process_time()
        index = index_words(told.values())
        print(f"half {half}: words found in {time.process_time() - started:.2f} s")
        for code in CODES:
            started = time.process_time()
            found = propose_terms(told, {name: known[code][name] for name in told}, code, book, index=index)
            took = time.process_time() - started
            row = _met(found, rest, known[code])
            total += row
            print(f"  {code:16s} {_told(row)}  ({took:.2f} s)")
    print(f"all                {_told(total)}")


def _codebook(name: str) -> Codebook:
    if name == "none":
        return Codebook(name="none", codes=tuple(Code(slug=slug, name=slug) for slug in CODES))
    with resources.as_file(resources.files("codebooks") / "starter" / "rusfeltet.yaml") as path:
        return read_codebook(path)


def _read(book: Codebook) -> tuple[dict[str, Evidence], dict[str, dict[str, Answers]]]:
    pipeline = load()
    rules, vocabulary = rules_for(book, pipeline), Vocabulary()
    evidence: dict[str, Evidence] = {}
    known: dict[str, dict[str, Answers]] = {code: {} for code in CODES}
    for file in sorted(INTERVIEWS.glob("*.txt")):
        interview = read_interview(file, pipeline)
        document = interview.document
        evidence[document.id] = read_evidence(document, rules, book, vocabulary)
        decisions = [
            Decision(document=document.id, start=label.start, end=label.end, code=code, applies=True)
            for label in interview.labels
            for code in label.codes
        ]
        for code in CODES:
            known[code][document.id] = answers(evidence[document.id], decisions, code, book, finished=True)
    return evidence, known


def _met(found: list[TermProposal], rest: Mapping[str, Evidence], known: Mapping[str, Answers]) -> np.ndarray:
    """(terms, terms met in the rest, of these more often with the code than a sentence has it, sentences, with the code)."""
    share = sum(known[name].applies.sum() for name in rest) / sum(len(known[name].units) for name in rest)
    row = np.array([len(found), 0, 0, 0, 0], dtype=float)
    for proposal in found:
        fired = [
            bool(applies)
            for name, each in rest.items()
            for unit, applies in zip(known[name].units.tolist(), known[name].applies.tolist(), strict=True)
            if _has(each, unit, proposal)
        ]
        row += (0, bool(fired), bool(fired) and sum(fired) / len(fired) > share, len(fired), sum(fired))
    return row


def _has(evidence: Evidence, unit: int, proposal: TermProposal) -> bool:
    tokens = evidence.document.parsed.unit(unit).tokens
    return any(proposal.term in (each.lemmas if proposal.kind == "lemma" else each.parts) for each in tokens)


def _told(row: np.ndarray) -> str:
    terms, met, above, fired, hits = row
    return f"{terms:3.0f} terms, {met:3.0f} met, {above:3.0f} above the code's share, {hits / max(fired, 1):.2f} of {fired:.0f}"


if __name__ == "__main__":
    main()

"""How fast suggestions come on real reports.

    python benchmarks/suggest_reports.py REPORT.txt [REPORT.txt ...] [--codebook FILE]

Prints, for each text, its words, sentences and suggestions, wall time and words a second. The first line is what loading
costs. The first pass parses the text and meets every word for the first time; the second has it parsed.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from nlp.document import Document
from nlp.evaluation.codebook import codebook_of
from nlp.evaluation.reports import read_report
from nlp.evidence import read_evidence
from nlp.parsed import Parsed, parse
from nlp.pipeline import load
from nlp.rules import rules_for
from nlp.suggest import from_codebook, suggest
from nlp.vocabulary import Vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--codebook", type=Path)
    arguments = parser.parse_args()
    codebook = codebook_of(arguments.codebook)
    begun = time.perf_counter()
    pipeline = load()
    rules, suggester = rules_for(codebook, pipeline), from_codebook(codebook)
    parse("Egnet bolig (nå).", (), pipeline)
    print(f"load spaCy, NLTK, lexicon and rules: {time.perf_counter() - begun:.2f} s")
    parsed: dict[Path, Parsed] = {}
    for label in ("first", "second"):
        for path in arguments.reports:
            text, _moved = read_report(path)
            words = len(text.split())
            begun = time.perf_counter()
            if path not in parsed:
                parsed[path] = parse(text, (), pipeline)
            document = Document(path.stem, text, (), "report", parsed[path])
            found = sum(1 for _ in suggest(read_evidence(document, rules, codebook, Vocabulary()), suggester))
            seconds = time.perf_counter() - begun
            print(
                f"{label:<7}{path.name:<32}{words:>8} words {len(parsed[path]):>6} sentences "
                f"{found:>6} suggestions {seconds:>6.2f} s {words / seconds:>9.0f} words/s"
            )


if __name__ == "__main__":
    main()

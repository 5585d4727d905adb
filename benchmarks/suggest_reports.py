"""How fast suggestions come on real reports.

    python benchmarks/suggest_reports.py REPORT.txt [REPORT.txt ...] [--codebook FILE]

Prints, for each text, its words, units and suggestions, wall time and words a second; the first line is what loading
costs. The first pass meets every word for the first time, the second finds them analysed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.text import normalise
from nlp.evaluate import codebook_of, join_print_lines
from nlp.pipeline import load
from nlp.suggest import suggest, units


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--codebook", type=Path)
    arguments = parser.parse_args()
    codebook = codebook_of(arguments.codebook)
    begun = time.perf_counter()
    pipeline = load()
    next(suggest("Egnet bolig.", (), "report", codebook, pipeline), None)
    print(f"load spaCy, NLTK, lexicon and rules: {time.perf_counter() - begun:.2f} s")
    for label in ("first", "second"):
        for path in arguments.reports:
            text, _ = join_print_lines(normalise(path.read_text(encoding="utf-8")))
            words = len(text.split())
            begun = time.perf_counter()
            found = sum(1 for _ in suggest(text, (), "report", codebook, pipeline))
            seconds = time.perf_counter() - begun
            print(
                f"{label:<7}{path.name:<24}{words:>8} words {sum(1 for _ in units(text, ())):>6} units "
                f"{found:>6} suggestions {seconds:>6.2f} s {words / seconds:>9.0f} words/s"
            )


if __name__ == "__main__":
    main()

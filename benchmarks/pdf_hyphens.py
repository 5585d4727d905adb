"""How many line-end hyphens of a labelled report the PDF profile gets right.

Usage: python benchmarks/pdf_hyphens.py [REPORT]

REPORT is the text the labels were made on; without it, ../shared/texts/fafo-2019-33.txt beside the repository.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.pdf_text.profile import hyphens, repair  # noqa: E402
from corpus.text import digest, normalise  # noqa: E402

LABELS = ROOT / "tests" / "corpus" / "pdf_labels.tsv"
REPORT = ROOT.parent / "shared" / "texts" / "fafo-2019-33.txt"


def read_labels(path: Path = LABELS) -> tuple[str, list[tuple[int, str, frozenset[str]]]]:
    """The digest of the labelled text, and (offset, label, sets) of every label."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sha256 = next(line.split()[-1] for line in lines if line.startswith("# sha256"))
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "offset"))]
    return sha256, [(int(offset), label, frozenset(sets.split(","))) for offset, label, sets in rows]


def main(report: Path) -> int:
    raw = normalise(report.read_text(encoding="utf-8"))
    sha256, labels = read_labels()
    if digest(raw) != sha256:
        print(f"{report}: not the text the labels were made on", file=sys.stderr)
        return 1
    started = time.perf_counter()
    transcript = repair(raw)
    seconds = time.perf_counter() - started
    decided = {hyphen.offset: hyphen.verdict for hyphen in hyphens(raw)}
    for name in ("draw", "hard", "percent"):
        chosen = [(offset, label) for offset, label, sets in labels if name in sets]
        wrong = [(offset, label, decided[offset].kind) for offset, label in chosen if decided[offset].kind != label]
        print(f"{name:8} {len(chosen) - len(wrong)}/{len(chosen)} right", *wrong, sep="  ")
    print("verdicts", dict(Counter(verdict.kind for verdict in decided.values())))
    print("uncertain", sum(not verdict.certain for verdict in decided.values()), "of", len(decided))
    print(f"repair of {len(raw)} characters: {seconds:.2f} s; {len(transcript.text)} left")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT))

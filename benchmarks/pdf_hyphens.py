"""How many line-end hyphens the PDF profile gets right, on a labelled report and on a text set anew in narrow lines.

Usage: python benchmarks/pdf_hyphens.py [TEXTS]

TEXTS is the folder with the texts; without it, ../shared/texts beside the repository. The labelled report has been read
while the rules were made; the other text, whose lines are unbroken, has not: it is broken here, and so its truth is known.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.pdf_text.profile import hyphens, repair  # noqa: E402
from corpus.text import digest, normalise  # noqa: E402

LABELS = ROOT / "tests" / "corpus" / "pdf_labels.tsv"
TEXTS = ROOT.parent / "shared" / "texts"
REPORT, UNBROKEN = "fafo-2019-33.txt", "sintef-a26099.txt"
WIDTHS = (70, 78, 85, 92)
VOWELS = frozenset("aeiouyæøå")


def read_labels(path: Path = LABELS) -> tuple[str, list[tuple[int, str, frozenset[str]]]]:
    """The digest of the labelled text, and (offset, label, sets) of every label."""
    lines = path.read_text(encoding="utf-8").splitlines()
    sha256 = next(line.split()[-1] for line in lines if line.startswith("# sha256"))
    rows = [line.split("\t") for line in lines if line[0].isdigit()]
    return sha256, [(int(offset), label, frozenset(sets.split(","))) for offset, label, sets in rows]


def measure_labelled(raw: str) -> None:
    """Prints what share of the labels the profile agrees with, and how long the repair takes."""
    labels = read_labels()[1]
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


def syllable_breaks(piece: str) -> list[int]:
    """Where a typesetter might break the word: before a consonant with a vowel after it, vowels on both sides."""
    return [
        place
        for place in range(2, len(piece) - 2)
        if piece[place - 1].isalpha()
        and piece[place : place + 2].isalpha()
        and piece[place : place + 2].islower()
        and piece[place] not in VOWELS
        and piece[place + 1] in VOWELS
        and VOWELS & set(piece[:place].lower())
    ]


def set_in_lines(text: str, width: int, rng: random.Random) -> tuple[str, list[bool]]:
    """The text in narrow lines, and for each line-end hyphen whether it was put there."""
    lines: list[str] = []
    added: list[bool] = []
    for paragraph in text.split("\n"):
        line = ""
        for token in re.findall(r"\S+", paragraph):
            for number, piece in enumerate(re.findall(r"[^-]*-+|[^-]+", token)):
                lead = " " if line and not number else ""
                room = width - len(line) - len(lead)
                if len(piece) <= room:
                    line += lead + piece
                    continue
                breaks = [] if "://" in token else [place for place in syllable_breaks(piece) if place < room]
                if breaks and rng.random() < 0.8:
                    lines.append(f"{line}{lead}{piece[: breaks[-1]]}-")
                    added.append(True)
                    line = piece[breaks[-1] :]
                else:
                    added += [False] if line.endswith("-") else []
                    lines.append(line)
                    line = piece
        added += [False] if line.endswith("-") else []
        lines.append(line)
    return "\n".join(lines), added


def measure_set_anew(raw: str) -> None:
    """Prints how many hyphens the profile joins that were put there, and keeps that were not."""
    right: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for seed, width in enumerate(WIDTHS):
        text, added = set_in_lines(raw, width, random.Random(seed))
        joined = {hyphen.offset for hyphen in hyphens(text) if hyphen.verdict.kind == "join"}
        offsets = [match.start() for match in re.finditer(r"-(?=\n|\Z)", text)]
        for offset, put_there in zip(offsets, added, strict=True):
            total[put_there] += 1
            right[put_there] += (offset in joined) == put_there
    print(f"set anew: {right[True]}/{total[True]} added hyphens joined, {right[False]}/{total[False]} own hyphens kept")


def main(folder: Path) -> int:
    raw = normalise((folder / REPORT).read_text(encoding="utf-8"))
    if digest(raw) != read_labels()[0]:
        print(f"{REPORT}: not the text the labels were made on", file=sys.stderr)
        return 1
    measure_labelled(raw)
    measure_set_anew(normalise((folder / UNBROKEN).read_text(encoding="utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS))

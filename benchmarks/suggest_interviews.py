"""How well suggestions meet the reference codings of the sample interviews: precision and recall per top-level code.

    python benchmarks/suggest_interviews.py

The unit is a participant's sentence. It has a code when a reference coding of the code's theme covers more than half of it.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from codebooks.starters import read_starter
from codebooks.tree import path as code_path
from corpus.reading import read_source
from corpus.samples import place_of, reference_codings, samples
from nlp.pipeline import load
from nlp.suggest import suggest, units


def main() -> None:
    book, pipeline = read_starter("rusfeltet"), load()
    top = {code.slug: code_path(book, code.slug)[0].slug for code in book}
    themes = [code.slug for code in book.children(None)]
    hit, said, meant = (dict.fromkeys(themes, 0) for _ in range(3))
    for sample in samples():
        codings = reference_codings(sample)
        if not codings:
            continue
        with as_file(files("corpus") / "sample" / "interviews" / sample.file) as file:
            transcript = read_source(file)
        spans = [(*place_of(coding, transcript.text), top[coding.code]) for coding in codings]
        proposed: dict[tuple[int, int], set[str]] = {}
        for each in suggest(transcript.text, transcript.turns, transcript.kind, book, pipeline):
            proposed.setdefault((each.start, each.end), set()).add(top[each.code])
        for start, end, codable in units(transcript.text, transcript.turns):
            if not codable:
                continue
            coded = {theme for a, b, theme in spans if min(b, end) - max(a, start) > (end - start) / 2}
            found = proposed.get((start, end), set())
            for theme in themes:
                meant[theme] += theme in coded
                said[theme] += theme in found
                hit[theme] += theme in coded & found
    for theme in themes:
        print(
            f"{theme:18} n {meant[theme]:4}  P {hit[theme] / max(said[theme], 1):.2f}  R {hit[theme] / max(meant[theme], 1):.2f}"
        )
    total = sum(hit.values())
    print(
        f"{'all':18} n {sum(meant.values()):4}  P {total / sum(said.values()):.2f}  R {total / sum(meant.values()):.2f}"
    )


if __name__ == "__main__":
    main()

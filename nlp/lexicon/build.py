"""Compiles Norsk Ordbank's full-form list into the table that `nlp.lexicon.lookup` opens.

Run by a developer, never at run time:

    python -m nlp.lexicon.build --lookups PATH [--out FILE]

PATH is `nb_lemma_exc.json.gz` (or the folder that holds it) of the package spacy-lookups-data 1.0.5. The same input
gives the same bytes. See NOTICE.md for the licence.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import marisa_trie

from nlp.lexicon.entries import CLASS_BYTES, Entry, encode

SOURCE_NAME = "nb_lemma_exc.json.gz"
SOURCE_CLASSES: Mapping[str, str] = {"noun": "noun", "verb": "verb", "adj": "adj", "adv": "adv"}
NOUN_ENDINGS = ("ene", "ens", "en", "et", "er", "a")

Table = Mapping[str, Mapping[str, list[str]]]


def read_source(path: Path) -> Table:
    """The full-form list: word class -> form -> lemmas.

    Args:
        path: the gzipped JSON file, or a folder that holds it (searched downwards).

    Raises:
        FileNotFoundError: if no such file is there.
    """
    if path.is_dir():
        found = sorted(path.rglob(SOURCE_NAME))
        if not found:
            raise FileNotFoundError(f"{path}: no {SOURCE_NAME} in this folder or below it")
        path = found[0]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table: Table = json.load(file)
    return table


def entries(table: Table) -> Iterator[tuple[str, Entry]]:
    """Every (form, entry) pair of the list, in lower case, with the readings that the list has lost put back.

    The list keeps one lemma a form and class, and where two words share a form the rarer one may have won: *saken* is
    only *sake* there, *plager* only the one who torments, *bor* only *bore*. Phrases are left out, since a look-up is
    one word.
    """
    for source_class, word_class in SOURCE_CLASSES.items():
        forms = table[source_class]
        for form, lemmas in forms.items():
            if " " in form:
                continue
            for lemma in (*lemmas, *_lost(form, lemmas, word_class, forms)):
                yield form.lower(), (lemma.lower(), word_class)


def _lost(form: str, lemmas: list[str], word_class: str, forms: Mapping[str, list[str]]) -> Iterator[str]:
    if word_class == "noun":
        for ending in NOUN_ENDINGS:
            stem = form.removesuffix(ending)
            for kept, lost in ((stem + "e", stem), (stem, stem + "e")):
                if stem != form and lemmas == [kept] and lost in forms.get(lost, ()):
                    yield lost
        if form.endswith("er") and lemmas == [form] and form[:-1] in forms.get(form[:-1], ()):
            yield form[:-1]
    if word_class == "verb" and form.endswith("r"):
        infinitive = form[:-1]
        if infinitive not in lemmas and infinitive in forms.get(infinitive, ()):
            yield infinitive


def compile_trie(pairs: Iterable[tuple[str, Entry]]) -> marisa_trie.BytesTrie:
    """A trie of the pairs; equal sets of pairs give equal bytes."""
    return marisa_trie.BytesTrie(
        sorted({(form, encode(form, entry)) for form, entry in pairs}), order=marisa_trie.LABEL_ORDER
    )


def main(argv: list[str] | None = None) -> int:
    """Writes the table; returns 0, or 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="python -m nlp.lexicon.build", description="Compiles the full-form list.")
    parser.add_argument("--lookups", type=Path, required=True, help=f"{SOURCE_NAME} or a folder that holds it")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("ordbank.marisa"))
    arguments = parser.parse_args(argv)
    try:
        table = read_source(arguments.lookups)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    trie = compile_trie(entries(table))
    trie.save(str(arguments.out))
    sys.stderr.write(
        f"{arguments.out.name}: {len(trie)} entries of {len(CLASS_BYTES)} classes, "
        f"{arguments.out.stat().st_size} bytes\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

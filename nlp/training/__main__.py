"""Trains the shipped pipeline from the treebanks: one command, the same result each time.

    python -m nlp.training --treebanks DIR [--out nlp/model] [--scratch DIR]

Reads the archives, puts NDT's tags into UD's, restores spacing, trains words and then names, measures both written
standards and writes the pipeline, its notices and the lexicon of forms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.evaluate_pipeline import gold, measured
from nlp.lexicon import lemma
from nlp.training import package
from nlp.training.lexicon import write_lexicon
from nlp.training.prepare import Material, read_material, write_documents
from nlp.training.train import TrainingError, train
from nlp.training.treebank import VARIETIES, TreebankError

if TYPE_CHECKING:
    from spacy.language import Language

_NLP = Path(__file__).resolve().parents[1]


def main(argv: list[str] | None = None) -> int:
    """Writes the pipeline; returns 0, or 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description="Trains the shipped pipeline.")
    parser.add_argument("--treebanks", type=Path, required=True, help="the folder with the treebank archives")
    parser.add_argument("--out", type=Path, default=_NLP / "model", help="replaced when all is done")
    parser.add_argument("--lexicon", type=Path, default=_NLP / "lexicon" / lemma.TABLE, help="the table of forms")
    parser.add_argument("--scratch", type=Path, help="keeps documents, logs and checkpoints here")
    parser.add_argument("--steps", type=int, help="stops each run after so many steps, for a trial")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="kodebenk-training-") as temporary:
        scratch = arguments.scratch or Path(temporary)
        try:
            material = read_material(arguments.treebanks)
            files = write_documents(material, scratch)
            _say(f"{sum(map(len, material.train.values()))} training sentences; training words and names")
            words, names = train(scratch, *files, steps=arguments.steps)
        except (TreebankError, TrainingError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
        _say(f"{write_lexicon(material.train, arguments.lexicon)} forms in {arguments.lexicon.name}")
        lemma.reopen(arguments.lexicon)
        language = package.assemble(words, names)
        digest = package.write(language, arguments.out, _performance(material, language))
        _say(f"{arguments.out.name}: {package.NAME} {package.VERSION}, digest {digest}")
    return 0


def _performance(material: Material, language: Language) -> Mapping[str, object]:
    return {variety: asdict(measured(language, gold(material.test[variety], language))) for variety in VARIETIES}


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    raise SystemExit(main())

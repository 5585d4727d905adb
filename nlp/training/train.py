"""Runs spaCy's own training twice: words (tags, lemmas, sentence borders), then names on top of what words taught.

The second run starts from the first one's tok2vec and changes its own copy of it. Names have few examples, and a network
that already tells word classes apart needs fewer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

SEED = 0
_BEST = "model-best"
_BEFORE = "before.py"
_ONE_THREAD: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


class TrainingError(Exception):
    """A training run ended badly: says which, and where its log is."""


def train(scratch: Path, train_file: Path, dev_file: Path, *, steps: int | None = None) -> tuple[Path, Path]:
    """The best checkpoints: (words, names). One thread in all.

    Args:
        scratch: where logs and checkpoints go.
        train_file: documents to learn from.
        dev_file: documents that choose the checkpoint.
        steps: stops each run after so many steps, instead of as its configuration says.

    Raises:
        TrainingError: if a run fails.
    """
    common = ["--paths.train", str(train_file), "--paths.dev", str(dev_file), "--system.seed", str(SEED)]
    if steps is not None:
        common += ["--training.max_steps", str(steps), "--training.eval_frequency", str(steps)]
    words = _run("tagger", scratch, common)
    return words, _run("ner", scratch, [*common, "--paths.words", str(words)])


def _run(name: str, scratch: Path, settings: Sequence[str]) -> Path:
    log_file = scratch / f"{name}.log"
    here = resources.files("nlp.training")
    with (
        resources.as_file(here.joinpath(f"{name}.cfg")) as config,
        resources.as_file(here.joinpath(_BEFORE)) as before,
        log_file.open("wb") as log,
    ):
        command = [sys.executable, "-m", "spacy", "train", str(config), "--code", str(before)]
        command += ["--output", str(scratch / name), *settings]
        done = subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **_ONE_THREAD}, check=False
        )
    if done.returncode != 0:
        raise TrainingError(f"training of {name} failed; see {log_file}")
    return scratch / name / _BEST

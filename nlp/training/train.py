"""Runs spaCy's own training twice: words (tags, lemmas, sentence borders) and names."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

SEED = 0
CONFIGS = ("tagger", "ner")
_ONE_THREAD: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


class TrainingError(Exception):
    """A training run ended badly: says which, and where its log is."""


def train(scratch: Path, train_file: Path, dev_file: Path, *, steps: int | None = None) -> dict[str, Path]:
    """The best checkpoint of each run, by the name of its configuration. Both run side by side, a thread each.

    Args:
        scratch: where logs and checkpoints go.
        train_file: documents to learn from.
        dev_file: documents that choose the checkpoint.
        steps: stops each run after so many steps, instead of as its configuration says.

    Raises:
        TrainingError: if a run fails.
    """
    running = {name: _started(name, scratch, train_file, dev_file, steps) for name in CONFIGS}
    failed = [name for name, process in running.items() if process.wait() != 0]
    if failed:
        raise TrainingError(f"training failed: {', '.join(str(scratch / name) + '.log' for name in failed)}")
    return {name: scratch / name / "model-best" for name in CONFIGS}


def _started(name: str, scratch: Path, train_file: Path, dev_file: Path, steps: int | None) -> subprocess.Popen[bytes]:
    with (
        resources.as_file(resources.files("nlp.training").joinpath(f"{name}.cfg")) as config,
        (scratch / f"{name}.log").open("wb") as log,
    ):
        command = [sys.executable, "-m", "spacy", "train", str(config.resolve()), "--output", str(scratch / name)]
        settings = ["--paths.train", str(train_file), "--paths.dev", str(dev_file), "--system.seed", str(SEED)]
        if steps is not None:
            settings += ["--training.max_steps", str(steps), "--training.eval_frequency", str(steps)]
        return subprocess.Popen(
            [*command, *settings], stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **_ONE_THREAD}
        )

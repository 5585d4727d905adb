"""The command line as a person or a script meets it: a real process each time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

INTERVIEW = """Intervjuer: Hvordan er boligsituasjonen?

Informant 1: Vi har akuttovernatting for ni personer, og botilbudet er fullt. Folk blir boende i flere måneder.

Intervjuer: Og økonomien?

Informant 1: Tilskuddet er øremerket i to år. Så vet ingen noe.
"""
NOTES = """Intervjuer: Hvem ringer dere?

Anne: Poliklinikken. De svarer ikke på fredager, og ventetiden er lang.

Intervjuer: Og så?

Anne: Da venter vi.
"""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def kodebenk() -> Callable[..., Result]:
    """A function that runs one command, without a terminal; fails on a traceback whatever else is expected."""

    def run(*words: object, coder: str | None = "Kari", cwd: Path | None = None, **variables: str) -> Result:
        environment = {**os.environ, "COLUMNS": "120", **variables}
        if coder is not None:
            environment["KODEBENK_CODER"] = coder
        done = subprocess.run(
            [sys.executable, "-m", "workbench", *map(str, words)],
            capture_output=True, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, timeout=60, check=False,
        )  # fmt: skip
        result = Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in result.err, result.err
        return result

    return run


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory, kodebenk: Callable[..., Result]) -> Path:
    """A project with the starter codebook, two sources and two codings, for reading only."""
    folder = tmp_path_factory.mktemp("studie")
    (folder / "Intervju åtte.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "Samtale.txt").write_text(NOTES, encoding="utf-8")
    file = folder / "studie.kodebenk"
    for words in (
        ("new", file, "--codebook", "rusfeltet", "--title", "Studie"),
        ("import", file, folder / "Intervju åtte.txt", "--case", "Elvestrand", "--wave", "1",
         "--speaker", "Informant 1=I01:leder"),
        ("import", file, folder / "Samtale.txt", "--case", "Storhamn"),
        ("code", file, "Intervju åtte", 55, 90, "bolig"),
        ("code", file, "Samtale", 40, 60, "spesialisthelse"),
    ):  # fmt: skip
        done = kodebenk(*words)
        assert done.code == 0, done.err
    return file


@pytest.fixture
def file(study: Path, tmp_path: Path) -> Path:
    """A copy of the study to write in."""
    return Path(shutil.copy(study, tmp_path / "min.kodebenk"))

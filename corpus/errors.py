"""What can be wrong with a source file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Remedy = Literal["", "kind", "split"]
"""What lets a refused file come in all the same: being said to be no transcript, or being split into its articles."""


class CorpusError(Exception):
    """Base of all refusals in this room."""


class UnreadableSource(CorpusError):
    """A file cannot be taken in: says which file, why, and what to do with the file next (Norwegian).

    How to do what `remedy` names is for each surface to say, since a screen has keys and a command line options.
    """

    def __init__(self, path: Path | str, reason: str, *, remedy: Remedy = "") -> None:
        super().__init__(f"{Path(path).name}: {reason}")
        self.path = Path(path)
        self.reason = reason
        self.remedy = remedy

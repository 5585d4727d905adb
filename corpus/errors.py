"""What can be wrong with a source file."""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Base of all refusals in this room."""


class UnreadableSource(CorpusError):
    """A file cannot be taken in: says which file, why, and what to do next (Norwegian)."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{Path(path).name}: {reason}")
        self.path = Path(path)
        self.reason = reason

"""What can be wrong with another tool's file."""

from __future__ import annotations

from pathlib import Path


class UnreadableProject(Exception):
    """A file of another tool cannot be taken in: says which file, why, and what to do next (Norwegian)."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{Path(path).name}: {reason}")
        self.path = Path(path)
        self.reason = reason

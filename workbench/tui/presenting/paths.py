"""Paths as people type, paste and drag them into a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path


def typed_path(text: str) -> Path:
    """The path that a text means: quotes taken off, `~` resolved."""
    return Path(_bare(text)).expanduser()


def typed_paths(text: str) -> list[Path]:
    """One path or several: parted by semicolons or line breaks, or as a terminal writes files dragged into it."""
    whole = typed_path(text)
    if not text.strip():
        return []
    if whole.exists():
        return [whole]
    parts: Sequence[str] = [part for line in text.splitlines() for part in line.split(";")]
    if len(parts) == 1 and ("\\ " in text or "'" in text or '"' in text or _all_exist(text.split())):
        try:
            parts = shlex.split(text)
        except ValueError:
            parts = [text]
    return [typed_path(part) for part in parts if part.strip()]


def _bare(text: str) -> str:
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "'\"":
        bare = bare[1:-1]
    return bare.removeprefix("file://")


def _all_exist(words: Sequence[str]) -> bool:
    return len(words) > 1 and all(typed_path(word).exists() for word in words)

"""The log: what went wrong in the programme, in the user's state folder. Never words from a transcript, a name or a memo."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from platformdirs import user_state_path

SIZE = 500_000
"""Bytes after which a new log is begun; one older is kept."""


def log_file() -> Path:
    folder = os.environ.get("KODEBENK_STATE")
    return (Path(folder) if folder else user_state_path("kodebenk", appauthor=False)) / "kodebenk.log"


def begin() -> None:
    """Write warnings and errors to the log file; where that cannot be made, there is no log."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > SIZE:
            path.replace(path.with_suffix(".log.1"))
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)

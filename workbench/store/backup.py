"""A whole copy of a project through SQLite's backup API; copying the file alone would leave the newest work behind."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy that lies in memory alone and is gone when it is closed; nobody who writes in the file waits for it.

    It takes as much memory as the file is large.
    """
    copied = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(copied)
    copied.execute("PRAGMA temp_store = MEMORY")
    copied.execute("PRAGMA foreign_keys = ON")
    return copied


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy everything to `target`, which must not exist; an unfinished copy is removed."""
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))
    try:
        with sqlite3.connect(partial) as copied:
            connection.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")
        copied.close()
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)

"""Opening a project for reading only, so that not a byte of it, and nothing in its folder, is touched.

SQLite's plain read-only mode leaves a log and a memory file beside a project with a write-ahead log, and cannot work at
all in a folder that may not be written in. A file that nobody has open is therefore read as if it could not change; a
file that somebody writes in is read together with the writer, through the files the writer has made. A file of an older
schema is read as a copy in memory that has been brought up to date.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from workbench.core.ids import new_id
from workbench.errors import CannotOpen
from workbench.store import schema
from workbench.store.connection import prepare, require_project_file

Connect = Callable[[], sqlite3.Connection]


def open_untouched(path: Path) -> Connect:
    """What gives each thread its own connection for reading; the first call has shown that the file can be read.

    Raises:
        CannotOpen: if there is no such file, it is not a project, a newer Kodebenk wrote it, or somebody writes in it in a
            folder where reading beside the writer is not allowed.
    """
    require_project_file(path)
    first = _connect(path)
    try:
        (version,) = first.execute("PRAGMA user_version").fetchone()
        if version < schema.SCHEMA_VERSION:
            return _migrated_copy(first)
    finally:
        first.close()
    return lambda: _connect(path)


def is_written_in(path: Path) -> bool:
    """Whether somebody has the project open for writing, or a program that had it was killed."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def fingerprint(path: Path) -> tuple[int, int, bool]:
    """Changes when somebody writes in the file or begins to; cheap enough to ask each second."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, is_written_in(path)


def may_write(path: Path) -> bool:
    """Whether the file and its folder, where SQLite keeps its log, can be written in."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def _connect(path: Path) -> sqlite3.Connection:
    beside = is_written_in(path)
    uri = f"{path.resolve().as_uri()}?mode=ro" + ("" if beside else "&immutable=1")
    try:
        return prepare(uri, path)
    except CannotOpen:
        if beside and not may_write(path):
            raise CannotOpen(
                _(
                    "{file} er åpen hos noen, eller ble ikke lukket ordentlig, og ligger i en mappe du ikke kan skrive i. "
                    "Be om en hel kopi (kodebenk copy), eller prøv igjen når den er lukket."
                ).format(file=path)
            ) from None
        raise


@dataclass(frozen=True, slots=True)
class _InMemory:
    """Connections to a database in memory, which lasts as long as `kept` is open."""

    uri: str
    kept: sqlite3.Connection

    def __call__(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        return connection


def _migrated_copy(old: sqlite3.Connection) -> Connect:
    """A copy in memory with this version's schema."""
    uri = f"file:kodebenk-{new_id()}?mode=memory&cache=shared"
    kept = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    old.backup(kept)
    schema.migrate(kept)
    return _InMemory(uri, kept)

"""Which copy of the project this file is.

Each copy has a replica id of its own. A file that has been copied (another inode, device or machine) or restored from a
backup (it knows less than this machine has seen it write) is a new copy and gets a new id before it writes anything, so
that two copies never write under one name.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import uuid
from pathlib import Path

from platformdirs import user_state_path

from workbench.core.ids import new_id

_log = logging.getLogger(__name__)


def replica_of(connection: sqlite3.Connection, path: Path) -> str:
    """The replica id to write under, renewed if the file turns out to be another copy. Call inside a transaction."""
    fingerprint = _fingerprint(path)
    row = connection.execute("SELECT value FROM local WHERE key = 'replica'").fetchone()
    if row is not None:
        known = json.loads(row[0])
        if known["fingerprint"] == fingerprint and not _restored(connection, known["id"]):
            return str(known["id"])
    replica = new_id()
    connection.execute(
        "INSERT OR REPLACE INTO local VALUES ('replica', ?)",
        (json.dumps({"id": replica, "fingerprint": fingerprint}),),
    )
    return replica


def remember(replica: str, clock: str) -> None:
    """Note outside the file what this copy wrote last, so that a restored backup is recognised.

    Where that cannot be noted (a state folder that is full or closed), the work goes on: it is in the file already, and
    only the recognition of a backup put back in the same place is lost. The log says so once.
    """
    place = _memory_file(replica)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(clock, encoding="ascii")
    except OSError as error:
        if not _complained:
            _complained.append(replica)
            _log.warning("the state folder cannot be written: %s", error.strerror)


_complained: list[str] = []


def _restored(connection: sqlite3.Connection, replica: str) -> bool:
    try:
        seen = _memory_file(replica).read_text(encoding="ascii")
    except OSError:
        return False
    (newest,) = connection.execute("SELECT MAX(clock) FROM change WHERE replica = ?", (replica,)).fetchone()
    return (newest or "") < seen


def _memory_file(replica: str) -> Path:
    folder = os.environ.get("KODEBENK_STATE")
    return (Path(folder) if folder else user_state_path("kodebenk", appauthor=False)) / "copies" / replica


def _fingerprint(path: Path) -> list[int]:
    status = path.stat()
    return [uuid.getnode(), status.st_dev, status.st_ino]

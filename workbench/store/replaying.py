"""The state made again from the journal alone: what proves that nothing lives in the state tables only."""

from __future__ import annotations

import sqlite3

from workbench.store import journal
from workbench.store.applying.apply import apply
from workbench.store.schema import STATE

_APPLIED = (*STATE, "image", "conflict", "text_version", "turn")


def rebuild(connection: sqlite3.Connection) -> None:
    """Clear all that changes have written and apply every change again in total order (inside the caller's transaction).

    Texts, originals, tombstones and what is local stay. Raises a refusal if the journal holds a newer kind of change.
    """
    for table in _APPLIED:
        connection.execute(f"DELETE FROM {table}")
    for change in journal.changes(connection):
        apply(connection, change)

"""The life of a coding, a code or another thing, from the journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from workbench.core.changes import Change
from workbench.store import journal


def changes_of(connection: sqlite3.Connection, table: str, key: str) -> list[Change]:
    """Every change that has written a row, the oldest first."""
    ids = [
        uid
        for (uid,) in connection.execute(
            "SELECT DISTINCT i.change FROM image i JOIN change c ON c.id = i.change WHERE i.tbl = ? AND i.key = ? "
            "ORDER BY c.clock, c.id",
            (table, key),
        )
    ]
    return list(journal.some(connection, ids))


def row_after(connection: sqlite3.Connection, table: str, key: str, clock: str) -> dict[str, object]:
    """What a row held when the journal's clock stood at `clock`; empty if it was not there."""
    found = connection.execute(
        "SELECT i.after FROM image i JOIN change c ON c.id = i.change "
        "WHERE i.tbl = ? AND i.key = ? AND c.clock <= ? ORDER BY i.seq DESC LIMIT 1",
        (table, key, clock),
    ).fetchone()
    return dict(json.loads(found[0])) if found and found[0] else {}


def decided_at(connection: sqlite3.Connection, codings: Iterable[str]) -> dict[str, str]:
    """Coding id -> clock reading of when it was last given its code or confirmed."""
    listed = json.dumps(list(codings))
    query = "SELECT id, decided FROM coding WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (listed,)).fetchall())

"""What rows were before a change, from the images that changes leave."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from workbench.store.state import Row


def row_before(connection: sqlite3.Connection, change: str, tables: Iterable[str], key: str) -> Row | None:
    """A row of one of the tables as it was before a change; None where the change made it, or left it alone."""
    for table in tables:
        found = connection.execute(
            "SELECT before FROM image WHERE change = ? AND tbl = ? AND key = ? ORDER BY seq LIMIT 1",
            (change, table, key),
        ).fetchone()
        if found is not None and found[0] is not None:
            return dict(json.loads(found[0]))
    return None

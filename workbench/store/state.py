"""The state tables and the one way they are written.

Every row that a change writes leaves an image of the row before and after. Images make undo exact, and show when a later
change has touched the same row. They are derived: replaying the journal makes them again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from workbench.store.schema import REFERENCES, STATE

Row = dict[str, Any]

_LINKED = frozenset({"source", "code", "coding", "memo", "margin_note", "case_unit", "informant", "theme"})
"""Tables whose rows may be tied together; a tie goes with either of its ends."""


class State:
    """The state tables as one change sees them; `change_id` and `clock` are those of the change being applied."""

    def __init__(self, connection: sqlite3.Connection, change_id: str, clock: str, coder: str) -> None:
        self.connection = connection
        self.change_id = change_id
        self.clock = clock
        self.coder = coder

    def get(self, table: str, key: str) -> Row | None:
        found = self.connection.execute(_select(table), (key,)).fetchone()
        return None if found is None else dict(zip(STATE[table], found, strict=True))

    def put(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert or replace a row. Columns that are left out become empty."""
        full = {column: row.get(column, kind()) for column, kind in STATE[table].items()}
        self._image(table, full["id"], self.get(table, full["id"]), full)
        self.connection.execute(_replace(table), tuple(full.values()))

    def update(self, table: str, key: str, **values: Any) -> bool:
        """Change some columns of a row; False when there is no such row (it was removed elsewhere)."""
        row = self.get(table, key)
        if row is None:
            return False
        self.put(table, row | values)
        return True

    def delete(self, table: str, key: str) -> None:
        before = self.get(table, key)
        if before is None:
            return
        if table in _LINKED:
            for column in ("origin", "target"):
                for link in self.rows("entity_link", **{column: key}):
                    self.delete("entity_link", link["id"])
        self._image(table, key, before, None)
        self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (key,))

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Rows whose columns equal `where`, in id order."""
        # The plus keeps SQLite from walking the whole table in id order when an index on `where` is at hand.
        clause = " AND ".join(f'"{column}" = ?' for column in where) or "1"
        query = f"SELECT {_columns(table)} FROM {table} WHERE {clause} ORDER BY +id"
        return [
            dict(zip(STATE[table], found, strict=True)) for found in self.connection.execute(query, (*where.values(),))
        ]

    def text(self, digest: str) -> str:
        """A content-addressed text; empty when it has been destroyed."""
        found = self.connection.execute("SELECT body FROM text_blob WHERE digest = ?", (digest,)).fetchone()
        return "" if found is None else str(found[0])

    def card(self, digest: str) -> Row:
        """A content-addressed JSON object."""
        return dict(json.loads(self.text(digest) or "{}"))

    def referrers(self, table: str, key: str) -> dict[str, int]:
        """How many rows of each table point at a row."""
        counts: dict[str, int] = {}
        for other, column in REFERENCES.get(table, ()):
            (number,) = self.connection.execute(f'SELECT COUNT(*) FROM {other} WHERE "{column}" = ?', (key,)).fetchone()
            if number:
                counts[other] = counts.get(other, 0) + number
        return counts

    def note_conflict(self, kind: str, field: str, ours: str, theirs: str, resolved: str) -> None:
        """List something that two copies did at once, and what became of it."""
        self.connection.execute(
            "INSERT OR REPLACE INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?)",
            (f"{self.change_id}:{field}", self.change_id, kind, field, ours, theirs, resolved),
        )

    def _image(self, table: str, key: str, before: Row | None, after: Row | None) -> None:
        self.connection.execute(
            "INSERT INTO image (change, tbl, key, before, after) VALUES (?, ?, ?, ?, ?)",
            (self.change_id, table, key, _dump(before), _dump(after)),
        )


Apply = Callable[[State, Mapping[str, Any]], None]


def _dump(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


@cache
def _columns(table: str) -> str:
    return ", ".join(f'"{column}"' for column in STATE[table])


@cache
def _select(table: str) -> str:
    return f"SELECT {_columns(table)} FROM {table} WHERE id = ?"


@cache
def _replace(table: str) -> str:
    return f"INSERT OR REPLACE INTO {table} ({_columns(table)}) VALUES ({', '.join('?' * len(STATE[table]))})"

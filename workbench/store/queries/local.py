"""What is kept for this copy only: places, pins and switches. Never journaled, never merged."""

from __future__ import annotations

import sqlite3


def get(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row[0])


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO local VALUES (?, ?)", (key, value))


def place(connection: sqlite3.Connection, source: str, coder: str) -> tuple[int, int]:
    """(caret, top) as offsets; (0, 0) in a source that was never opened."""
    row = connection.execute("SELECT caret, top FROM place WHERE source = ? AND coder = ?", (source, coder)).fetchone()
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def put_place(connection: sqlite3.Connection, source: str, coder: str, caret: int, top: int) -> None:
    connection.execute(
        "INSERT INTO place (source, coder, caret, top, furthest) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (source, coder) DO UPDATE SET caret = excluded.caret, top = excluded.top, "
        "furthest = MAX(furthest, excluded.furthest)",
        (source, coder, caret, top, caret),
    )


def furthest(connection: sqlite3.Connection, source: str, coder: str) -> int:
    """The furthest offset a coder's caret has been at in this copy; 0 when never there."""
    row = connection.execute("SELECT furthest FROM place WHERE source = ? AND coder = ?", (source, coder)).fetchone()
    return 0 if row is None else int(row[0])

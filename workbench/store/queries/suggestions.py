"""Writing and reading what the machine proposes. Derived: it can be computed again and is never journaled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def replace(connection: sqlite3.Connection, source: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Put these suggestions in place of the source's earlier ones.

    A row is (id, source, version, start, end, code, score, method, rule, pipeline, because).
    """
    connection.execute("DELETE FROM suggestion WHERE source = ?", (source,))
    connection.executemany("INSERT OR REPLACE INTO suggestion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def put_run(connection: sqlite3.Connection, source: str, version: str, pipeline: str, codebook: str) -> None:
    """Note what a source was last read with."""
    connection.execute(
        "INSERT INTO suggestion_run VALUES (?, ?, ?, ?, 0) ON CONFLICT (source) DO UPDATE SET "
        "version = excluded.version, pipeline = excluded.pipeline, codebook = excluded.codebook",
        (source, version, pipeline, codebook),
    )


def run_of(connection: sqlite3.Connection, source: str) -> tuple[str, str, str] | None:
    """(version, pipeline, codebook digest) of the last run, or None."""
    row = connection.execute(
        "SELECT version, pipeline, codebook FROM suggestion_run WHERE source = ?", (source,)
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def how_many(connection: sqlite3.Connection, source: str) -> int:
    """How many suggestions stand in a source, decided ones among them."""
    (number,) = connection.execute("SELECT COUNT(*) FROM suggestion WHERE source = ?", (source,)).fetchone()
    return int(number)


def shown(connection: sqlite3.Connection, source: str) -> bool:
    """Whether suggestions are switched on in a source."""
    row = connection.execute("SELECT shown FROM suggestion_run WHERE source = ?", (source,)).fetchone()
    return bool(row and row[0])


def set_shown(connection: sqlite3.Connection, source: str, *, value: bool) -> None:
    connection.execute(
        "INSERT INTO suggestion_run VALUES (?, '', '', '', ?) ON CONFLICT (source) DO UPDATE SET shown = excluded.shown",
        (source, int(value)),
    )


def ids(connection: sqlite3.Connection) -> list[str]:
    """Ids of every suggestion, pending or decided."""
    return [uid for (uid,) in connection.execute("SELECT id FROM suggestion UNION SELECT id FROM verdict")]

"""The language of each turn. Derived: told from the text again when missing, never journaled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from workbench.store.schema import has_table


def of_turns(connection: sqlite3.Connection, version: str) -> list[str]:
    """The languages of a version's turns, in order; empty for one that says too little, and no list where none is kept."""
    if not has_table(connection, "turn_language"):
        return []
    rows = connection.execute("SELECT language FROM turn_language WHERE version = ? ORDER BY n", (version,))
    return [language for (language,) in rows]


def keep(connection: sqlite3.Connection, version: str, languages: Iterable[str]) -> None:
    """Keep the languages of a version's turns, which are in order and all of them."""
    connection.executemany(
        "INSERT OR REPLACE INTO turn_language VALUES (?, ?, ?)",
        [(version, n, language) for n, language in enumerate(languages)],
    )

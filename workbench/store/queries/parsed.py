"""Keeping parsed texts, which hold the words of what was said. Derived: parsed again when missing, never journaled.

A key begins with the digest of the text that was parsed and a hyphen; what follows is not the store's business.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from workbench.store.schema import has_table

_DIGEST = "substr(key, 1, instr(key, '-') - 1)"


def text_digest(connection: sqlite3.Connection, version: str) -> str:
    """Digest of a version's text."""
    return str(connection.execute("SELECT digest FROM text_version WHERE id = ?", (version,)).fetchone()[0])


def spans(connection: sqlite3.Connection, version: str) -> list[tuple[int, int]]:
    """(start, end) of what is said in each turn of a version, in order."""
    return connection.execute('SELECT start, "end" FROM turn WHERE version = ? ORDER BY n', (version,)).fetchall()


def kept(connection: sqlite3.Connection, key: str, pipeline: str) -> bytes | None:
    """The packed text kept under a key, or None. A file of before parsed texts were kept has none."""
    if not has_table(connection, "parsed"):
        return None
    found = connection.execute("SELECT body FROM parsed WHERE key = ? AND pipeline = ?", (key, pipeline)).fetchone()
    return None if found is None else bytes(found[0])


def is_kept(connection: sqlite3.Connection, key: str, pipeline: str) -> bool:
    """Whether a packed text is kept under a key."""
    if not has_table(connection, "parsed"):
        return False
    found = connection.execute("SELECT 1 FROM parsed WHERE key = ? AND pipeline = ?", (key, pipeline))
    return found.fetchone() is not None


def keep(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, bytes]]) -> None:
    """Keep (key, pipeline, packed text), each in place of what other pipelines made of the same text.

    A text whose words were destroyed while it was parsed is not kept, nor are texts that no source has any more.
    """
    for key, pipeline, body in rows:
        connection.execute("DELETE FROM parsed WHERE key = ?", (key,))
        connection.execute("INSERT INTO parsed VALUES (?, ?, ?)", (key, pipeline, body))
    drop_unused(connection)


_UNUSED = f"""{_DIGEST} NOT IN (
    SELECT v.digest FROM source s JOIN text_version v ON v.id = s.version JOIN text_blob b ON b.digest = v.digest)"""


def has_unused(connection: sqlite3.Connection) -> bool:
    """Whether texts are kept that no source has as its present one."""
    return connection.execute(f"SELECT 1 FROM parsed WHERE {_UNUSED} LIMIT 1").fetchone() is not None


def drop_unused(connection: sqlite3.Connection) -> None:
    """Let go of texts that no source has as its present one, or whose words are destroyed."""
    connection.execute(f"DELETE FROM parsed WHERE {_UNUSED}")


def drop_destroyed(connection: sqlite3.Connection) -> None:
    """Destroy what was parsed of texts whose words are destroyed."""
    connection.execute(f"DELETE FROM parsed WHERE {_DIGEST} NOT IN (SELECT digest FROM text_blob)")

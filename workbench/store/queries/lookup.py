"""Reading what a code has been put on, the newest first, without the texts: a code may have thousands of excerpts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from workbench.store.queries.codes import aliases


class Listed(NamedTuple):
    """A coding as a list needs it; its words are read when they are seen."""

    id: str
    source: str
    """Id of the source."""
    version: str
    """The text version its offsets are of."""
    start: int
    end: int
    """Half-open code-point offsets."""
    coder: str
    created: str
    star: int
    """1 for a selected quote."""
    quote: str


def coded_with(connection: sqlite3.Connection, code: str) -> list[Listed]:
    """Codings with a code (an id) and with what has been merged into it, the newest first; not those that stand nowhere."""
    wanted = [code, *(old for old, new in aliases(connection).items() if new == code)]
    rows = connection.execute(
        "SELECT c.id, c.source, c.version, c.start, c.\"end\", COALESCE(k.name, ''), c.created, c.star, c.quote "
        f"FROM coding c LEFT JOIN coder k ON k.id = c.coder WHERE c.code IN ({', '.join('?' * len(wanted))}) "
        'AND c."end" > c.start '
        "ORDER BY c.created DESC, c.decided DESC, c.source, c.start, c.id",
        wanted,
    )
    return [Listed(*row) for row in rows]


def words(connection: sqlite3.Connection, listed: Sequence[Listed]) -> dict[str, str]:
    """Coding id -> the words it stands on."""
    query = "SELECT substr(b.body, ?, ?) FROM text_version v JOIN text_blob b ON b.digest = v.digest WHERE v.id = ?"
    found = {}
    for each in listed:
        row = connection.execute(query, (each.start + 1, each.end - each.start, each.version)).fetchone()
        found[each.id] = "" if row is None else str(row[0])
    return found


def coders(connection: sqlite3.Connection) -> list[str]:
    """Names of everybody who has a coding, in order of name."""
    rows = connection.execute("SELECT name FROM coder WHERE id IN (SELECT DISTINCT coder FROM coding) ORDER BY name")
    return [name for (name,) in rows]

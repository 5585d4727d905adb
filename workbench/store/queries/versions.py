"""Where the versions of a source's text came from, as the journal tells it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.core.entities import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A text version with the change that made it."""

    id: str
    number: int
    parent: str
    length: int
    pieces: tuple[tuple[int, int, int], ...]
    """The edit map from the version before: (start, end, new length) of what was replaced."""
    kind: str
    """Of the change: `source.add`, `text.revise` or `text.replace`."""
    clock: str
    coder: str
    """Name of who made it."""
    card: Mapping[str, Any]
    """The facts that came with it; empty when they have been destroyed."""
    destroyed: bool


def version_rows(connection: sqlite3.Connection, source: str) -> list[VersionRow]:
    """Every version of a source's text, oldest first, also those that were undone."""
    rows = connection.execute(
        "SELECT v.id, v.number, v.parent, v.length, v.edit_map, c.kind, c.clock, "
        "COALESCE(k.name, ''), COALESCE(b.body, '{}'), EXISTS (SELECT 1 FROM destroyed d WHERE d.kind = 'version' "
        "AND d.id = v.id) FROM text_version v JOIN change c ON c.id = v.change LEFT JOIN coder k ON k.id = c.coder "
        "LEFT JOIN payload p ON p.change = c.id LEFT JOIN text_blob b ON b.digest = json_extract(p.body, '$.card') "
        "WHERE v.source = ? ORDER BY v.number, v.id",
        (source,),
    )
    return [
        VersionRow(
            id=row[0],
            number=row[1],
            parent=row[2],
            length=row[3],
            pieces=tuple((start, end, length) for start, end, length in json.loads(row[4])),
            kind=row[5],
            clock=row[6],
            coder=row[7],
            card=json.loads(row[8]),
            destroyed=bool(row[9]),
        )
        for row in rows
    ]


def line_of(connection: sqlite3.Connection, source: Source) -> list[VersionRow]:
    """The versions that led to the source's present text, oldest first."""
    rows = {row.id: row for row in version_rows(connection, source.id)}
    line = []
    at = source.version
    while at in rows:
        line.append(rows[at])
        at = rows[at].parent
    return line[::-1]


def replacement_cards(connection: sqlite3.Connection, source: str) -> list[tuple[str, Mapping[str, Any]]]:
    """(digest, facts) of the cards that came with texts that took this source's text's place, but for destroyed ones."""
    rows = connection.execute(
        "SELECT DISTINCT b.digest, b.body FROM change c JOIN payload p ON p.change = c.id "
        "JOIN text_blob b ON b.digest = json_extract(p.body, '$.card') "
        "WHERE c.kind = 'text.replace' AND json_extract(p.body, '$.source') = ?",
        (source,),
    )
    return [(digest, json.loads(body)) for digest, body in rows.fetchall()]


def regions_taken_away(connection: sqlite3.Connection, source: str) -> list[tuple[str, str, int, int]]:
    """(kind, version, start, end) of the marked stretches of a source that somebody has taken the mark away from."""
    rows = connection.execute(
        "SELECT i.before FROM image i JOIN change c ON c.id = i.change JOIN gesture g ON g.id = c.gesture "
        "WHERE i.tbl = 'region' AND i.after IS NULL AND c.kind = 'region.remove' AND g.undone = '' "
        "AND json_extract(i.before, '$.source') = ? ORDER BY i.seq",
        (source,),
    )
    found = (json.loads(before) for (before,) in rows.fetchall())
    return [(row["kind"], row["version"], row["start"], row["end"]) for row in found]


def waiting_by_source(connection: sqlite3.Connection, *, reader: str) -> dict[str, int]:
    """Source id -> how much in it waits for a place, where anything does; not what is private to others than the reader."""
    query = (
        "SELECT source, COUNT(*) FROM waiting WHERE target NOT IN "
        "(SELECT id FROM memo WHERE private = 1 AND coder <> ?) GROUP BY source"
    )
    return dict(connection.execute(query, (reader,)).fetchall())


def others_private(connection: sqlite3.Connection, *, reader: str) -> set[str]:
    """Ids of the memos that are private to others than the reader (a coder's id)."""
    rows = connection.execute("SELECT id FROM memo WHERE private = 1 AND coder <> ?", (reader,))
    return {uid for (uid,) in rows}


def waiting_targets(connection: sqlite3.Connection) -> dict[str, tuple[str, int, int]]:
    """Id of what waits -> the older version it stands in, and where there."""
    rows = connection.execute("SELECT target, old_version, old_start, old_end FROM waiting").fetchall()
    return {target: (version, start, end) for target, version, start, end in rows}

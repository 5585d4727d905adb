"""The journal: append a change, read changes back, and the heads they leave."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from workbench.core import clock
from workbench.core.changes import KIND_VERSIONS, Change, Payload, canonical, payload_digest, seal_of

_COLUMNS = "c.id, c.replica, c.clock, c.coder, c.kind, c.version, c.gesture, c.digest, c.seal, p.body"


def append(
    connection: sqlite3.Connection, *, replica: str, coder: str, kind: str, gesture: str, payload: Payload
) -> Change:
    """Write one change into the journal (inside the caller's transaction); it is not yet applied to the state."""
    from uuid6 import uuid7  # asks for its own version when imported, which costs more than opening a project

    parents = heads(connection)
    salt = secrets.token_hex(16)
    body = canonical(payload)
    change = Change(
        id=str(uuid7()),
        replica=replica,
        clock=clock.tick(time.time_ns() // 1_000_000, latest_clock(connection)),
        coder=coder,
        kind=kind,
        version=KIND_VERSIONS[kind],
        gesture=gesture,
        parents=parents,
        digest=payload_digest(salt, body),
        seal="",
        payload=payload,
    )
    change = replace(change, seal=seal_of(change, seals(connection, parents)))
    insert(connection, change, salt=salt, body=body)
    return change


def insert(connection: sqlite3.Connection, change: Change, *, salt: str, body: str | None) -> None:
    """Store a change as it is, its payload only if it still has one."""
    connection.execute(
        "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            change.id,
            change.replica,
            change.clock,
            change.coder,
            change.kind,
            change.version,
            change.gesture,
            change.digest,
            change.seal,
        ),
    )
    connection.executemany(
        "INSERT INTO change_parent VALUES (?, ?)", [(change.id, parent) for parent in change.parents]
    )
    if body is not None:
        connection.execute("INSERT INTO payload VALUES (?, ?, ?)", (change.id, salt, body))


def heads(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Changes that no other change has as a parent, sorted; more than one after a merge of copies."""
    last = connection.execute("SELECT id FROM change ORDER BY clock DESC, id DESC LIMIT 1").fetchone()
    if last is None:
        return ()
    # The journal is a chain but for merges; only then is the whole graph asked.
    (forked,) = connection.execute("SELECT EXISTS (SELECT 1 FROM local WHERE key = 'merged')").fetchone()
    if not forked:
        return (last[0],)
    rows = connection.execute(
        "SELECT id FROM change WHERE NOT EXISTS (SELECT 1 FROM change_parent WHERE parent = change.id) ORDER BY id"
    )
    return tuple(row[0] for row in rows)


def seals(connection: sqlite3.Connection, ids: Iterable[str]) -> list[str]:
    """The seals of these changes, in the order asked; an unknown change gives an empty seal."""
    found = []
    for change_id in ids:
        row = connection.execute("SELECT seal FROM change WHERE id = ?", (change_id,)).fetchone()
        found.append("" if row is None else str(row[0]))
    return found


def latest_clock(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT MAX(clock) FROM change").fetchone()
    return None if row[0] is None else str(row[0])


def changes(connection: sqlite3.Connection, *, gesture: str | None = None, newest_first: bool = False,
            limit: int = -1) -> Iterator[Change]:  # fmt: skip
    """Changes in total order (clock, then id), those of one gesture if named."""
    direction = "DESC" if newest_first else "ASC"
    where, values = ("WHERE c.gesture = ?", [gesture]) if gesture else ("", [])
    query = (
        f"SELECT {_COLUMNS} FROM change c LEFT JOIN payload p ON p.change = c.id {where} "
        f"ORDER BY c.clock {direction}, c.id {direction} LIMIT ?"
    )
    for row in connection.execute(query, (*values, limit)).fetchall():
        yield _change(connection, row)


def some(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Change]:
    """The changes with these ids, in the order asked; unknown ones are left out."""
    query = f"SELECT {_COLUMNS} FROM change c LEFT JOIN payload p ON p.change = c.id WHERE c.id = ?"
    for uid in ids:
        row = connection.execute(query, (uid,)).fetchone()
        if row is not None:
            yield _change(connection, row)


def _change(connection: sqlite3.Connection, row: Sequence[Any]) -> Change:
    *envelope, body = row
    change_id, replica, reading, coder, kind, version, its_gesture, digest, seal = envelope
    parents = connection.execute("SELECT parent FROM change_parent WHERE change = ? ORDER BY parent", (change_id,))
    return Change(
        id=change_id,
        replica=replica,
        clock=reading,
        coder=coder,
        kind=kind,
        version=version,
        gesture=its_gesture,
        parents=tuple(parent for (parent,) in parents),
        digest=digest,
        seal=seal,
        payload=None if body is None else json.loads(body),
    )

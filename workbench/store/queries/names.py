"""Names of what changes point at, for the history and for messages."""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property
from gettext import gettext as _
from typing import Any


class Names:
    """Names of what changes point at, looked up once a listing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def _codes(self) -> dict[str, str]:
        return _labels(self._connection, "code", "name")

    @cached_property
    def _sources(self) -> dict[str, str]:
        return _labels(self._connection, "source", "name")

    @cached_property
    def _coders(self) -> dict[str, str]:
        return _labels(self._connection, "coder", "name")

    @cached_property
    def _codes_before(self) -> dict[str, str]:
        return _code_before_changes(self._connection)

    def code(self, uid: str) -> str:
        return self._codes.get(uid) or _("(fjernet kode)")

    def source(self, uid: str) -> str:
        return self._sources.get(uid) or _("(slettet kilde)")

    def coder(self, uid: str) -> str:
        return self._coders.get(uid, uid)

    def code_before(self, change: str) -> str:
        """The code that the coding a change is about had until then."""
        return self.code(self._codes_before.get(change, ""))

    def card(self, digest: str) -> dict[str, Any]:
        return dict(json.loads(_text(self._connection, digest) or "{}"))

    def text(self, digest: str) -> str:
        return _text(self._connection, digest)


def _labels(connection: sqlite3.Connection, table: str, column: str) -> dict[str, str]:
    """Id -> name of the rows of a state table, for summaries."""
    return dict(connection.execute(f"SELECT id, {column} FROM {table}"))


def _code_before_changes(connection: sqlite3.Connection) -> dict[str, str]:
    """Change id -> id of the code its coding had just before, for every change the journal holds of a coding."""
    query = (
        "SELECT c.id, c.kind, json_extract(p.body, '$.id'), json_extract(p.body, '$.code'), "
        "json_extract(p.body, '$.changes') FROM change c JOIN payload p ON p.change = c.id "
        "WHERE c.kind LIKE 'coding.%' OR c.kind IN ('undo', 'redo') ORDER BY c.clock, c.id"
    )
    before: dict[str, str] = {}
    given: dict[str, list[tuple[str, str]]] = {}  # coding -> (change, code), oldest first
    undone: set[str] = set()
    taken_back: dict[str, set[str]] = {}
    for change, kind, coding, code, changes in connection.execute(query):
        if kind == "undo":
            taken_back[change] = set(json.loads(changes))
            undone |= taken_back[change]
        elif kind == "redo":
            for undoing in json.loads(changes):
                undone -= taken_back.get(undoing, set())
        else:
            steps = given.setdefault(coding, [])
            before[change] = next((had for step, had in reversed(steps) if step not in undone), "")
            if code:
                steps.append((change, code))
    return before


def _text(connection: sqlite3.Connection, digest: str) -> str:
    row = connection.execute("SELECT body FROM text_blob WHERE digest = ?", (digest,)).fetchone()
    return "" if row is None else str(row[0])

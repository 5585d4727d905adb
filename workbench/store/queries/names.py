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
    def _coding_codes(self) -> dict[str, str]:
        return _code_of_codings(self._connection)

    def code(self, uid: str) -> str:
        return self._codes.get(uid) or _("(fjernet kode)")

    def source(self, uid: str) -> str:
        return self._sources.get(uid) or _("(slettet kilde)")

    def coder(self, uid: str) -> str:
        return self._coders.get(uid, uid)

    def coded(self, coding: str) -> str:
        """The code a coding was made with."""
        return self.code(self._coding_codes.get(coding, ""))

    def card(self, digest: str) -> dict[str, Any]:
        return dict(json.loads(_text(self._connection, digest) or "{}"))

    def text(self, digest: str) -> str:
        return _text(self._connection, digest)


def _labels(connection: sqlite3.Connection, table: str, column: str) -> dict[str, str]:
    """Id -> name of the rows of a state table, for summaries."""
    return dict(connection.execute(f"SELECT id, {column} FROM {table}"))


def _code_of_codings(connection: sqlite3.Connection) -> dict[str, str]:
    """Coding id -> code id for every coding the journal has ever held, removed ones too."""
    query = (
        "SELECT json_extract(p.body, '$.id'), json_extract(p.body, '$.code') FROM change c JOIN payload p "
        "ON p.change = c.id WHERE c.kind = 'coding.add'"
    )
    return dict(connection.execute(query))


def _text(connection: sqlite3.Connection, digest: str) -> str:
    row = connection.execute("SELECT body FROM text_blob WHERE digest = ?", (digest,)).fetchone()
    return "" if row is None else str(row[0])

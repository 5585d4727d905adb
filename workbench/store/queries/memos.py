"""Reading memos, finding what their links lead to, and the drafts that have not yet become memos."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from workbench.core.entities import MEMO_KINDS, Memo
from workbench.store.queries.codes import aliases

_MEMOS = """
SELECT m.id, m.target_kind, m.target, m.text, c.name, m.created, m.updated, m.kind, m.day, m.private, m.start, m."end"
FROM memo m LEFT JOIN coder c ON c.id = m.coder
WHERE (m.private = 0 OR m.coder = ?)
ORDER BY m.created, (SELECT MIN(i.seq) FROM image i WHERE i.tbl = 'memo' AND i.key = m.id), m.id
"""
_AT_ONCE = 400
"""How many quote ids are asked for in one statement."""


def memos(connection: sqlite3.Connection, *, reader: str, target: str | None = None) -> list[Memo]:
    """Memos that a coder (an id) may see, oldest first; only those on `target` (an id) when given.

    Another coder's private memos are never among them; nor are anybody's when `reader` is empty. A memo on a code that
    was merged counts as one on the code it ended in.
    """
    merged = aliases(connection)
    found = [
        Memo(
            id=row[0],
            target_kind=row[1],
            target=merged.get(row[2], row[2]) if row[1] == "code" else row[2],
            text=row[3],
            coder=row[4] or "",
            created=row[5],
            updated=row[6],
            kind=next((kind for kind in MEMO_KINDS if kind == row[7]), "memo"),
            day=row[8],
            private=bool(row[9]),
            start=row[10],
            end=row[11],
        )
        for row in connection.execute(_MEMOS, (reader,))
    ]
    return found if target is None else [memo for memo in found if memo.target == target]


class Quoted(NamedTuple):
    """Where a quote id leads."""

    coding: str
    source: str
    start: int
    end: int


def quoted(connection: sqlite3.Connection, quotes: Iterable[str]) -> dict[str, Quoted]:
    """Quote id as it was asked for -> one of its codings; ids that nothing carries are absent.

    An id is found as it is written, and in upper case.
    """
    asked = {each: (each, each.upper()) for each in quotes}
    forms = list(dict.fromkeys(form for both in asked.values() for form in both))
    known: dict[str, Quoted] = {}
    for first in range(0, len(forms), _AT_ONCE):
        some = forms[first : first + _AT_ONCE]
        rows = connection.execute(
            f'SELECT quote, id, source, start, "end" FROM coding WHERE quote IN ({", ".join("?" * len(some))}) ORDER BY id',
            some,
        )
        for quote, *place in rows:
            known.setdefault(quote, Quoted(*place))
    return {each: known[form] for each, forms in asked.items() for form in reversed(forms) if form in known}


# -- drafts: what is being written, kept in this copy until it is journaled


def drafts(connection: sqlite3.Connection, coder: str) -> list[dict[str, Any]]:
    """What a coder (an id) was writing when the program ended."""
    prefix = _draft_key(coder, "")
    rows = connection.execute("SELECT value FROM local WHERE substr(key, 1, ?) = ? ORDER BY key", (len(prefix), prefix))
    return [dict(json.loads(value)) for (value,) in rows]


def put_draft(connection: sqlite3.Connection, coder: str, memo: str, fields: Mapping[str, Any]) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO local VALUES (?, ?)", (_draft_key(coder, memo), json.dumps(fields, ensure_ascii=False))
    )


def drop_draft(connection: sqlite3.Connection, coder: str, memo: str) -> None:
    connection.execute("DELETE FROM local WHERE key = ?", (_draft_key(coder, memo),))


def _draft_key(coder: str, memo: str) -> str:
    return f"draft:{coder}:{memo}"

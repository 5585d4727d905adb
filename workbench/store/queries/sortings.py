"""Reading sortings and the choices made in them, and which codings rest on an older definition of their code."""

from __future__ import annotations

import json
import sqlite3

from workbench.core.entities import Choice, Sorting, SortingChoice
from workbench.store.queries.codes import aliases

DEFINING = ("brief", "definition", "when_used", "when_not")
"""The fields of a code that say what it means."""
_CHOICES: tuple[Choice, ...] = ("sort", "keep", "skip", "remove")


def sortings(connection: sqlite3.Connection) -> list[Sorting]:
    """All sortings, the newest first."""
    rows = connection.execute(
        "SELECT s.id, s.kind, s.code, s.targets, s.codings, c.name, s.created, s.finished FROM sorting s "
        "LEFT JOIN coder c ON c.id = s.coder ORDER BY s.created DESC, s.id"
    )
    return [
        Sorting(
            id=row[0],
            kind=row[1],
            code=row[2],
            targets=tuple(json.loads(row[3])),
            codings=tuple(json.loads(row[4])),
            coder=row[5] or "",
            created=row[6],
            finished=row[7],
        )
        for row in rows
    ]


def choices(connection: sqlite3.Connection, sorting: str) -> dict[str, SortingChoice]:
    """Coding id -> what has been chosen for it."""
    rows = connection.execute(
        "SELECT s.coding, s.choice, s.codes, s.note, c.name FROM sorting_choice s LEFT JOIN coder c ON c.id = s.coder "
        "WHERE s.sorting = ?",
        (sorting,),
    )
    return {
        row[0]: SortingChoice(
            coding=row[0],
            choice=next((choice for choice in _CHOICES if choice == row[1]), "skip"),
            codes=tuple(json.loads(row[2])),
            note=row[3],
            coder=row[4] or "",
        )
        for row in rows
    }


def defined(connection: sqlite3.Connection) -> dict[str, str]:
    """Code id -> clock reading of the last change to what it means; codes whose meaning never changed are absent."""
    rows = connection.execute(
        "SELECT json_extract(p.body, '$.id'), b.body, c.clock FROM change c JOIN payload p ON p.change = c.id "
        "JOIN gesture g ON g.id = c.gesture AND g.undone = '' "
        "JOIN text_blob b ON b.digest = json_extract(p.body, '$.card') WHERE c.kind = 'code.set' ORDER BY c.clock"
    )
    return {code: reading for code, card, reading in rows if any(field in json.loads(card) for field in DEFINING)}


def older_than_definition(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Code id -> ids of its codings that were last decided before the code got its present definition."""
    changed, merged = defined(connection), aliases(connection)
    stale: dict[str, list[str]] = {}
    for uid, code, decided in connection.execute(
        'SELECT c.id, c.code, c.decided FROM coding c JOIN source s ON s.id = c.source ORDER BY s.ordinal, c.start, c."end"'
    ):
        current = merged.get(code, code)
        if current in changed and decided < changed[current]:
            stale.setdefault(current, []).append(uid)
    return stale

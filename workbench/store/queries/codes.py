"""Reading codes, themes and their counts."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from typing import Any

from workbench.core.entities import CodeEntry, ThemeEntry

_CODES = """
SELECT id, slug, name, name_en, parent, colour, brief, definition, when_used, when_not, examples, status, position,
       merged_into, folder FROM code ORDER BY position, slug
"""


def aliases(connection: sqlite3.Connection) -> dict[str, str]:
    """Merged code -> the code it ended in, merges of merges followed; a circle of merges ends at its smallest id."""
    direct = dict(connection.execute("SELECT id, merged_into FROM code WHERE status = 'merged'").fetchall())
    resolved: dict[str, str] = {}
    for code in direct:
        seen, target = {code}, direct[code]
        while target in direct and target not in seen:
            seen.add(target)
            target = direct[target]
        resolved[code] = min(seen) if target in seen else target
    return resolved


def codes(connection: sqlite3.Connection, *, retired: bool = True) -> list[CodeEntry]:
    """The codebook in tree order with counts; merged codes are not listed, their codings count where they ended.

    What stands nowhere in its text is in no count but `waiting`.
    """
    merged = aliases(connection)
    rows = [row for row in connection.execute(_CODES) if row[0] not in merged]
    own, cases, waiting = _counts(connection, merged)
    known = {row[0] for row in rows}
    children: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        parent = merged.get(row[4], row[4])
        children[parent if parent in known else ""].append(row)
    ordered: list[CodeEntry] = []

    def walk(parent: str) -> tuple[int, set[str]]:
        total, all_cases = 0, set[str]()
        for row in children[parent]:
            place = len(ordered)
            below, cases_below = walk_after(row)
            subtotal, its_cases = own[row[0]] + below, cases[row[0]] | cases_below
            ordered.insert(place, _entry(row, parent, own[row[0]], subtotal, len(its_cases), waiting[row[0]]))
            total, all_cases = total + subtotal, all_cases | its_cases
        return total, all_cases

    def walk_after(row: Any) -> tuple[int, set[str]]:
        return walk(row[0])

    walk("")
    return [code for code in ordered if retired or code.status == "active"]


def _counts(
    connection: sqlite3.Connection, merged: dict[str, str]
) -> tuple[dict[str, int], dict[str, set[str]], dict[str, int]]:
    """By code: how many codings stand in a text, the cases they are in, and how many stand nowhere."""
    # Each question is answered by an index alone; one that asked both would read every coding.
    empty = Counter(
        connection.execute(
            'SELECT code, source FROM coding WHERE rowid IN (SELECT rowid FROM coding WHERE "end" <= start)'
        ).fetchall()
    )
    cases_of: dict[str, set[str]] = defaultdict(set)
    for source, case in connection.execute("SELECT source, case_unit FROM source_case"):
        cases_of[source].add(case)
    own: dict[str, int] = defaultdict(int)
    waiting: dict[str, int] = defaultdict(int)
    cases: dict[str, set[str]] = defaultdict(set)
    for code, source, number in connection.execute("SELECT code, source, COUNT(*) FROM coding GROUP BY code, source"):
        ended, nowhere = merged.get(code, code), empty[code, source]
        own[ended] += number - nowhere
        waiting[ended] += nowhere
        if number > nowhere:
            cases[ended] |= cases_of[source]
    return own, cases, waiting


def signals_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Slug -> signals as JSON, of active codes."""
    return dict(
        connection.execute("SELECT slug, signals FROM code WHERE status = 'active' ORDER BY position").fetchall()
    )


def themes(connection: sqlite3.Connection) -> list[ThemeEntry]:
    members: dict[str, list[str]] = defaultdict(list)
    for theme, code in connection.execute(
        "SELECT l.theme, l.code FROM theme_code l JOIN code c ON c.id = l.code ORDER BY c.position"
    ):
        members[theme].append(code)
    excerpts: dict[str, list[str]] = defaultdict(list)
    for theme, coding in connection.execute("SELECT theme, coding FROM theme_coding ORDER BY coding"):
        excerpts[theme].append(coding)
    rows = connection.execute("SELECT id, title, essence, status, position FROM theme ORDER BY position, title")
    return [
        ThemeEntry(
            id=uid,
            title=title,
            essence=essence,
            status=status,
            codes=tuple(members[uid]),
            codings=tuple(excerpts[uid]),
            position=position,
        )
        for uid, title, essence, status, position in rows
    ]


def _entry(row: Any, parent: str, own: int, total: int, cases: int, waiting: int) -> CodeEntry:
    return CodeEntry(
        id=row[0],
        slug=row[1],
        name=row[2],
        name_en=row[3],
        parent=parent,
        colour=row[5],
        brief=row[6],
        definition=row[7],
        when=row[8],
        when_not=row[9],
        examples=tuple(json.loads(row[10] or "[]")),
        status=row[11],
        position=row[12],
        codings=own,
        codings_total=total,
        cases=cases,
        waiting=waiting,
        folder=bool(row[14]),
    )

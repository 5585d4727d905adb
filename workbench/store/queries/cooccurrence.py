"""Reading coded places for what they share: each span with its code once, source by source."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from corpus.spans import united
from workbench.store.queries.codes import aliases


def places(connection: sqlite3.Connection) -> set[tuple[str, int, int, str]]:
    """(source, start, end, code id) of every coded span that is not empty; aliases followed."""
    # A set makes each of them one in a fifth of the time that SELECT DISTINCT takes.
    rows = set(connection.execute('SELECT source, start, "end", code FROM coding WHERE "end" > start').fetchall())
    merged = aliases(connection)
    return {(row[0], row[1], row[2], merged.get(row[3], row[3])) for row in rows} if merged else rows


def covered(connection: sqlite3.Connection, codes: Iterable[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Source -> the stretches that any of these codes covers, in order and without overlap; aliases followed."""
    wanted = set(codes)
    wanted |= {old for old, new in aliases(connection).items() if new in wanted}
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        f'SELECT source, start, "end" FROM coding WHERE "end" > start AND code IN ({marks}) ORDER BY source, start',
        list(wanted),
    )
    spans: dict[str, list[tuple[int, int]]] = {}
    for source, start, end in rows:
        spans.setdefault(source, []).append((start, end))
    return {source: united(found) for source, found in spans.items()}

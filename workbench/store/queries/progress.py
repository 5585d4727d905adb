"""Reading how far each coder has come in each source."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from workbench.store.queries.codes import aliases


class CodedWith(NamedTuple):
    """What one coder has done in one source with one code."""

    source: str
    coder: str
    """Id of the coder."""
    code: str
    """Id of the code, merged codes resolved."""
    codings: int
    end: int
    """Where the last of the codings ends, an offset in the source's text."""


def coded_with(connection: sqlite3.Connection) -> list[CodedWith]:
    """What each coder has done in each source with each code, in no order; not what stands nowhere in the text."""
    merged = aliases(connection)
    counted: dict[tuple[str, str, str], list[int]] = {}
    # Counted here: SQLite would sort all the codings to group them, which takes four times as long.
    for source, coder, code, end in connection.execute(
        'SELECT source, coder, code, "end" FROM coding WHERE "end" > start'
    ):
        known = counted.get((source, coder, code))
        if known is None:
            counted[source, coder, code] = [1, end]
        else:
            known[0] += 1
            if end > known[1]:
                known[1] = end
    return [
        CodedWith(source, coder, merged.get(code, code), number, end)
        for (source, coder, code), (number, end) in counted.items()
    ]


def furthest_places(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """(source id, coder id) -> the furthest offset the caret has been at, in this copy of the project."""
    return {
        (source, coder): furthest
        for source, coder, furthest in connection.execute(
            "SELECT source, coder, furthest FROM place WHERE furthest > 0"
        )
    }


def coders(connection: sqlite3.Connection) -> dict[str, str]:
    """Coder id -> name, by name."""
    return dict(connection.execute("SELECT id, name FROM coder ORDER BY name, id").fetchall())

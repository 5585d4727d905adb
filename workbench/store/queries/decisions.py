"""Reading what people have decided, as suggestions learn from it: places and codes alone, no texts."""

from __future__ import annotations

import sqlite3

from workbench.store.queries.codes import aliases

Decided = tuple[str, int, int, str, bool]
"""Source id, start, end (code points of its present version), slug, whether the code applies."""


def decided(connection: sqlite3.Connection) -> list[Decided]:
    """Every coding, and every rejected suggestion of a text's present version; each once, in a fixed order."""
    merged = aliases(connection)
    slugs = dict(connection.execute("SELECT id, slug FROM code").fetchall())
    rows = connection.execute('SELECT source, start, "end", code, 1 FROM coding').fetchall()
    rows += connection.execute(
        'SELECT v.source, v.start, v."end", v.code, 0 FROM verdict v JOIN source s ON s.id = v.source '
        "WHERE v.verdict = 'rejected' AND v.version = s.version"
    ).fetchall()
    named = (
        (source, start, end, slugs.get(merged.get(code, code), ""), bool(yes)) for source, start, end, code, yes in rows
    )
    return sorted({each for each in named if each[3]})


def census(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Counts and sums that change whenever `decided` does, without listing it."""
    coded = connection.execute(
        'SELECT source, code, COUNT(*), SUM(start), SUM("end") FROM coding GROUP BY source, code ORDER BY source, code'
    ).fetchall()
    judged = connection.execute(
        'SELECT source, code, verdict, COUNT(*), SUM(start), SUM("end"), MAX(version) FROM verdict '
        "GROUP BY source, code, verdict ORDER BY source, code, verdict"
    ).fetchall()
    return [*coded, *judged, *sorted(aliases(connection).items())]


def verdicts(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """(slug, accepted or rejected) -> how many suggestions, those drawn by lot left out: nobody had proposed them."""
    merged = aliases(connection)
    slugs = dict(connection.execute("SELECT id, slug FROM code").fetchall())
    counted: dict[tuple[str, str], int] = {}
    for code, verdict, number in connection.execute(
        "SELECT code, verdict, COUNT(*) FROM verdict WHERE CASE WHEN json_valid(evidence) "
        "THEN coalesce(json_extract(evidence, '$.method'), '') ELSE '' END <> 'random' GROUP BY code, verdict"
    ):
        key = (slugs.get(merged.get(code, code), ""), verdict)
        counted[key] = counted.get(key, 0) + number
    return counted

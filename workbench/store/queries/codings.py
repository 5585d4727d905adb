"""Reading codings, margin notes, reading status, suggestions and verdicts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

from corpus.spans import united
from workbench.core import clock
from workbench.core.entities import Coding, MarginNote, Proposal, Reason
from workbench.store.queries.codes import aliases
from workbench.store.queries.corpus import text_of, texts

_CODINGS = """
SELECT c.id, c.source, s.name, c.start, c."end", c.code, k.name, c.origin, c.suggestion, c.star, c.assessment, f.name,
       c.quote, c.created, c.decided, c.shown
FROM coding c JOIN source s ON s.id = c.source LEFT JOIN coder k ON k.id = c.coder LEFT JOIN coder f ON f.id = c.first_coder
"""


def codings(
    connection: sqlite3.Connection,
    *,
    source: str | None = None,
    codes: Iterable[str] | None = None,
    coder: str | None = None,
    ids: Iterable[str] | None = None,
    keep: Callable[[str], bool] | None = None,
) -> list[Coding]:
    """Codings in reading order, filtered by source id, code ids (aliases followed), coder id and coding ids.

    `keep` is asked of each coded text before anything is made of it.
    """
    merged = aliases(connection)
    names = {uid: (slug, name) for uid, slug, name in connection.execute("SELECT id, slug, name FROM code")}
    where, values = ["1"], list[str]()
    if source is not None:
        where.append("c.source = ?")
        values.append(source)
    if coder is not None:
        where.append("c.coder = ?")
        values.append(coder)
    for column, wanted in (("c.code", _with_aliases(codes, merged)), ("c.id", ids)):
        if wanted is not None:
            # One variable however many: SQLite has a limit.
            where.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(wanted)))
    query = f'{_CODINGS} WHERE {" AND ".join(where)} ORDER BY s.ordinal, c.source, c.start, c."end", c.id'
    rows = connection.execute(query, values).fetchall()
    bodies = _bodies(connection, {row[1] for row in rows})
    found = []
    for row in rows:
        text = bodies[row[1]][row[3] : row[4]]
        if keep is not None and not keep(text):
            continue
        code = merged.get(row[5], row[5])
        found.append(_coding(row, text, code, *names.get(code, ("", ""))))
    return found


def _coding(row: tuple[Any, ...], text: str, code: str, slug: str, name: str) -> Coding:
    """A row of `_CODINGS` as a value; `code` is what it was merged into, if it was."""
    return Coding(
        id=row[0],
        source=row[1],
        source_name=row[2],
        start=row[3],
        end=row[4],
        text=text,
        code=code,
        slug=slug,
        code_name=name,
        coder=row[6] or "",
        origin=row[7],
        suggestion=row[8],
        star=bool(row[9]),
        assessment=row[10],
        first_coder=row[11] or "",
        quote=row[12],
        created=row[13],
        decided=clock.iso(row[14]) if row[14] else row[13],
        shown=row[15],
    )


class Segment(NamedTuple):
    """A coded span as it is counted."""

    source: str
    start: int
    end: int
    code: str
    """Id of the code, merged codes resolved."""
    coder: str
    """Name of the coder; empty when coders are not told apart."""


def segments(connection: sqlite3.Connection, *, by_coder: bool = False) -> list[Segment]:
    """Every coded span with its code, once however many coders agree on it (unless `by_coder`)."""
    merged = aliases(connection)
    names = dict(connection.execute("SELECT id, name FROM coder").fetchall())
    coder = "coder" if by_coder else "''"
    rows = connection.execute(f'SELECT DISTINCT source, start, "end", code, {coder} FROM coding WHERE "end" > start')
    found = [Segment(row[0], row[1], row[2], merged.get(row[3], row[3]), names.get(row[4], "")) for row in rows]
    return list(dict.fromkeys(found)) if merged else found


def counted_segments(connection: sqlite3.Connection, *, by_coder: bool, by_place: bool) -> list[tuple[Segment, int]]:
    """Segments with how many they stand for; those of one source and code go together unless their place matters."""
    if by_place or aliases(connection):
        return [(segment, 1) for segment in segments(connection, by_coder=by_coder)]
    names = dict(connection.execute("SELECT id, name FROM coder").fetchall())
    coder = "coder" if by_coder else "''"
    rows = connection.execute(
        f'SELECT source, code, who, COUNT(*) FROM (SELECT DISTINCT source, start, "end", code, {coder} AS who '
        'FROM coding WHERE "end" > start) GROUP BY source, code, who'
    )
    return [(Segment(row[0], 0, 0, row[1], names.get(row[2], "")), row[3]) for row in rows]


class Decided(NamedTuple):
    """A coding as it is weighed against what was written of it; its words are not read."""

    source: str
    code: str
    """Id of the code, merged codes resolved."""
    decided: str
    created: str

    @property
    def when(self) -> str:
        """When it was last given its code or confirmed, UTC ISO 8601, as `Coding.decided`."""
        return clock.iso(self.decided) if self.decided else self.created


def standing(connection: sqlite3.Connection, codes: Iterable[str]) -> list[Decided]:
    """Codings with these codes (aliases followed) that an edit has not left empty, in no order."""
    merged = aliases(connection)
    wanted = _with_aliases(codes, merged) or []
    rows = connection.execute(
        f'SELECT source, code, decided, created FROM coding WHERE "end" > start AND code IN ({", ".join("?" * len(wanted))})',
        wanted,
    )
    return [Decided(source, merged.get(code, code), decided, created) for source, code, decided, created in rows]


def coding_ids(connection: sqlite3.Connection) -> list[str]:
    return [uid for (uid,) in connection.execute("SELECT id FROM coding")]


def by_quote(connection: sqlite3.Connection, quote: str) -> list[str]:
    """Ids of the codings that carry a quote id, upper and lower case not distinguished."""
    return [uid for (uid,) in connection.execute("SELECT id FROM coding WHERE upper(quote) = upper(?)", (quote,))]


def highest_quote(connection: sqlite3.Connection, prefix: str) -> int:
    """The highest running number given to a quote under a prefix in this copy, also to codings since removed.

    A number another copy has given to another quote is met when the copies are merged.
    """
    row = connection.execute("SELECT value FROM local WHERE key = ?", (f"quote:{prefix}",)).fetchone()
    if row is not None:
        return int(row[0])
    quotes = connection.execute("SELECT quote FROM coding WHERE quote LIKE ?", (f"{prefix}-%",))
    return max((int(quote.rpartition("-")[2]) for (quote,) in quotes), default=0)


def remember_quote(connection: sqlite3.Connection, prefix: str, number: int) -> None:
    """A number once printed is never given to another quote."""
    connection.execute("INSERT OR REPLACE INTO local VALUES (?, ?)", (f"quote:{prefix}", str(number)))


def notes(connection: sqlite3.Connection, source: str | None = None) -> list[MarginNote]:
    query = (
        'SELECT n.id, n.source, n.start, n."end", n.text, c.name, n.created FROM margin_note n '
        "LEFT JOIN coder c ON c.id = n.coder WHERE ? IS NULL OR n.source = ? ORDER BY n.source, n.start"
    )
    return [
        MarginNote(
            id=row[0],
            source=row[1],
            start=row[2],
            end=row[3],
            text=row[4],
            coder=row[5] or "",
            created=row[6],
        )
        for row in connection.execute(query, (source, source))
    ]


def reading_statuses(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """(source id, coder id) -> status; a pair that is absent has not been read."""
    return {
        (source, coder): status
        for source, coder, status in connection.execute("SELECT source, coder, status FROM reading")
    }


def proposals(
    connection: sqlite3.Connection, *, source: str | None = None, status: str | None = None
) -> Iterator[Proposal]:
    """Suggestions in reading order. Those decided upon come from the verdicts, since suggestions are computed again."""
    merged = aliases(connection)
    names = {uid: (slug, name) for uid, slug, name in connection.execute("SELECT id, slug, name FROM code")}
    source_names = dict(connection.execute("SELECT id, name FROM source").fetchall())
    # What was proposed before a code was retired or removed, or a source deleted, is no longer asked about.
    active = {uid for (uid,) in connection.execute("SELECT id FROM code WHERE status = 'active' AND folder = 0")}
    rows = []
    if status in (None, "pending"):
        rows += connection.execute(
            'SELECT g.id, g.source, g.start, g."end", g.code, g.score, g.method, g.rule, g.pipeline, g.because, '
            "'pending' FROM suggestion g JOIN source s ON s.id = g.source AND s.version = g.version "
            "WHERE (? IS NULL OR g.source = ?) AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.source = g.source "
            'AND v.code = g.code AND v.version = g.version AND v.start < g."end" AND v."end" > g.start) '
            # Somebody has coded the place so already.
            "AND NOT EXISTS (SELECT 1 FROM coding c WHERE c.source = g.source AND c.code = g.code "
            'AND c.start < g."end" AND c."end" > g.start)',
            (source, source),
        ).fetchall()
        rows = [row for row in rows if merged.get(row[4], row[4]) in active]
    for row in connection.execute(
        'SELECT id, source, start, "end", code, evidence, verdict FROM verdict WHERE ? IS NULL OR source = ?',
        (source, source),
    ).fetchall():
        if status in (None, row[6]):
            evidence = json.loads(row[5] or "{}")
            shown = [evidence.get(key, "") for key in ("score", "method", "rule", "pipeline")]
            rows.append((*row[:5], *shown, json.dumps(evidence.get("because", [])), row[6]))
    bodies = _bodies(connection, {row[1] for row in rows})
    order = {uid: n for n, (uid,) in enumerate(connection.execute("SELECT id FROM source ORDER BY ordinal, id"))}
    for row in sorted(rows, key=lambda each: (order[each[1]], each[2], each[3], each[4], each[0])):
        code = merged.get(row[4], row[4])
        slug, name = names.get(code, ("", ""))
        reasons = tuple(_reason(*each) for each in json.loads(row[9]))
        yield Proposal(
            id=row[0],
            source=row[1],
            source_name=source_names[row[1]],
            start=row[2],
            end=row[3],
            text=bodies[row[1]][row[2] : row[3]],
            code=code,
            slug=slug,
            code_name=name,
            score=float(row[5] or 0),
            method=row[6],
            rule=row[7],
            pipeline=row[8],
            because=_spans(reasons),
            reasons=reasons,
            status=_status(row[10]),
        )


def _reason(*stored: Any) -> Reason:
    """A reason as it was written; verdicts from before reasons had names hold the span alone."""
    return Reason("word", "", 1.0, *stored) if len(stored) == 2 else Reason(*stored)


def _spans(reasons: Iterable[Reason]) -> tuple[tuple[int, int], ...]:
    """Where what speaks for a suggestion stands, in order, without overlap."""
    return united(
        (each.start, each.end)
        for each in reasons
        if each.weight > 0 and each.start is not None and each.end is not None
    )


def _status(value: str) -> Literal["pending", "accepted", "rejected"]:
    if value == "accepted":
        return "accepted"
    return "rejected" if value == "rejected" else "pending"


def _with_aliases(codes: Iterable[str] | None, merged: dict[str, str]) -> list[str] | None:
    if codes is None:
        return None
    wanted = set(codes)
    return [*wanted, *(old for old, new in merged.items() if new in wanted)]


def _bodies(connection: sqlite3.Connection, sources: set[str]) -> dict[str, str]:
    if len(sources) > 3:
        return texts(connection)
    versions = dict(connection.execute("SELECT id, version FROM source").fetchall())
    return {source: text_of(connection, versions[source]) for source in sources}

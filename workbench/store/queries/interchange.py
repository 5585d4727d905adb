"""Reading what came from others: regions, anchors that wait for a place, surveys, links and foreign identities."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from corpus.spans import joined
from workbench.core.entities import (
    EntityLink,
    ForeignItem,
    Question,
    StoredAnswer,
    StoredRegion,
    Survey,
    Waiting,
)
from workbench.store.queries.corpus import text_of


def regions(connection: sqlite3.Connection, source: str = "") -> list[StoredRegion]:
    """The marked stretches of a source, or of all, in order; what has lost its text to an edit is left out."""
    within = ("source = ? AND ", (source,)) if source else ("", ())
    rows = connection.execute(
        f'SELECT id, source, start, "end", kind, note, codable, seen FROM region WHERE {within[0]}"end" > start '
        'ORDER BY source, start, "end" DESC, id',
        within[1],
    )
    return [
        StoredRegion(
            id=row[0],
            source=row[1],
            start=row[2],
            end=row[3],
            kind=row[4],
            note=row[5],
            codable=bool(row[6]),
            seen=bool(row[7]),
        )
        for row in rows
    ]


def closed_spans(connection: sqlite3.Connection, source: str = "") -> dict[str, list[tuple[int, int]]]:
    """Source id -> the spans that are not to be coded, of all sources or one, in order and without overlap."""
    spans: dict[str, list[tuple[int, int]]] = {}
    within = ("source = ? AND ", (source,)) if source else ("", ())
    rows = connection.execute(
        f'SELECT source, start, "end" FROM region WHERE {within[0]}codable = 0 AND "end" > start '
        'ORDER BY source, start, "end"',
        within[1],
    )
    for uid, start, end in rows:
        spans.setdefault(uid, []).append((start, end))
    return {uid: joined(own) for uid, own in spans.items()}


def closed_within(connection: sqlite3.Connection, source: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """(id, start, end) of the stretches closed to coding that touch a span, in order."""
    rows = connection.execute(
        'SELECT id, start, "end" FROM region WHERE source = ? AND start < ? AND "end" > ? AND codable = 0 '
        'ORDER BY start, "end"',
        (source, end, start),
    )
    return rows.fetchall()


def doubtful_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Source id -> how many stretches are doubtful and have not been looked at."""
    rows = connection.execute(
        "SELECT source, COUNT(*) FROM region WHERE kind = 'doubtful' AND seen = 0 AND \"end\" > start GROUP BY source"
    )
    return dict(rows.fetchall())


def waiting(connection: sqlite3.Connection, source: str = "") -> list[Waiting]:
    """What waits for a place, by source and by where it stood."""
    rows = connection.execute(
        "SELECT id, target_kind, target, source, old_version, old_start, old_end, candidates, reason FROM waiting "
        "WHERE (? = '' OR source = ?) ORDER BY source, old_start, old_end, id",
        (source, source),
    ).fetchall()
    texts = {version: text_of(connection, version) for version in {row[4] for row in rows}}
    return [
        Waiting(
            id=row[0],
            target_kind=row[1],
            target=row[2],
            source=row[3],
            old_version=row[4],
            old_start=row[5],
            old_end=row[6],
            text=texts[row[4]][row[5] : row[6]],
            candidates=tuple((start, end) for start, end in json.loads(row[7] or "[]")),
            reason=row[8],
        )
        for row in rows
    ]


def anchors(connection: sqlite3.Connection, source: str, version: str) -> list[tuple[str, str, int, int]]:
    """(table, id, start, end) of everything a person has put on a span of a source's text."""
    found: list[tuple[str, str, int, int]] = []
    for table in ("coding", "margin_note", "memo", "verdict"):
        rows = connection.execute(
            f'SELECT id, start, "end" FROM {table} WHERE source = ? AND version = ? ORDER BY start, "end", id',
            (source, version),
        )
        found += [(table, *row) for row in rows]
    return found


def coding_places(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Coding id -> the span it stands on."""
    return {row[0]: (row[1], row[2]) for row in connection.execute('SELECT id, start, "end" FROM coding')}


def note_places(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Id of a memo or a note in the margin -> the span it stands on; an empty one where it is on no passage."""
    return {
        row[0]: (row[1], row[2])
        for table in ("margin_note", "memo")
        for row in connection.execute(f'SELECT id, start, "end" FROM {table}')
    }


def surveys(connection: sqlite3.Connection) -> list[Survey]:
    rows = connection.execute("SELECT id, title, file_name, mapping, created FROM survey ORDER BY created, id")
    return [Survey(id=row[0], title=row[1], file_name=row[2], mapping=row[3], created=row[4]) for row in rows]


def questions(connection: sqlite3.Connection, survey: str = "") -> list[Question]:
    """The open questions of a survey, or of all, in the order they were asked."""
    rows = connection.execute(
        "SELECT q.id, q.survey, q.key, q.wording, q.base, q.condition, q.asked, "
        'COUNT(CASE WHEN a."end" > a.start THEN 1 END) FROM question q LEFT JOIN answer a ON a.question = q.id '
        "WHERE (? = '' OR q.survey = ?) GROUP BY q.id ORDER BY q.survey, q.position, q.id",
        (survey, survey),
    )
    return [
        Question(
            id=row[0],
            survey=row[1],
            key=row[2],
            wording=row[3],
            base=row[4],
            condition=row[5],
            asked=row[6],
            answered=row[7],
        )
        for row in rows
    ]


def answers(connection: sqlite3.Connection, *, question: str = "", source: str = "") -> list[StoredAnswer]:
    """Answers to a question, of a source, or all, in the order of the sources."""
    rows = connection.execute(
        'SELECT a.id, a.source, a.start, a."end", a.question, a.value FROM answer a JOIN source s ON s.id = a.source '
        "WHERE (? = '' OR a.question = ?) AND (? = '' OR a.source = ?) AND a.\"end\" > a.start "
        "ORDER BY s.ordinal, a.start, a.id",
        (question, question, source, source),
    )
    return [
        StoredAnswer(
            id=row[0],
            source=row[1],
            start=row[2],
            end=row[3],
            question=row[4],
            value=float(row[5]) if row[5] else None,
        )
        for row in rows
    ]


def links(connection: sqlite3.Connection) -> list[EntityLink]:
    rows = connection.execute(
        "SELECT id, origin_kind, origin, target_kind, target, name, direction FROM entity_link ORDER BY created, id"
    )
    return [
        EntityLink(
            id=row[0],
            origin_kind=row[1],
            origin=row[2],
            target_kind=row[3],
            target=row[4],
            name=row[5],
            direction=row[6],
        )
        for row in rows
    ]


def source_with_text(connection: sqlite3.Connection, text_digest: str) -> str:
    """Id of the source whose present text is exactly this, or empty."""
    row = connection.execute(
        "SELECT s.id FROM source s JOIN text_version v ON v.id = s.version WHERE v.digest = ? ORDER BY s.ordinal",
        (text_digest,),
    ).fetchone()
    return "" if row is None else str(row[0])


def source_with_any_text(connection: sqlite3.Connection, text_digest: str) -> str:
    """Id of the source whose present text, or one that led to it, is exactly this, or empty; undone texts led to none."""
    found = connection.execute(
        "SELECT v.id, v.source FROM text_version v JOIN source s ON s.id = v.source WHERE v.digest = ? ORDER BY s.ordinal",
        (text_digest,),
    ).fetchall()
    line = (
        "WITH RECURSIVE line(id) AS (SELECT version FROM source WHERE id = ? UNION SELECT v.parent FROM line "
        "JOIN text_version v ON v.id = line.id WHERE v.parent <> '') SELECT 1 FROM line WHERE id = ?"
    )
    return next((source for version, source in found if connection.execute(line, (source, version)).fetchone()), "")


def foreign_items(connection: sqlite3.Connection, origin: str = "") -> list[ForeignItem]:
    """What has been taken in from one foreign project before, or from all of them, the newest last."""
    rows = connection.execute(
        "SELECT guid, kind, target, seen, origin FROM foreign_item WHERE (? = '' OR origin = ?) "
        "ORDER BY updated, kind, guid, id",
        (origin, origin),
    )
    return [_foreign(row) for row in rows]


def foreign_of(connection: sqlite3.Connection, targets: Iterable[str] | None = None) -> dict[str, ForeignItem]:
    """Our id -> the foreign item it came from: the first where there are several, so that it is called the same for good."""
    rows = connection.execute(
        "SELECT guid, kind, target, seen, origin FROM foreign_item ORDER BY updated DESC, rowid DESC"
    )
    wanted = None if targets is None else set(targets)
    return {row[2]: _foreign(row) for row in rows if wanted is None or row[2] in wanted}


def _foreign(row: tuple[str, str, str, str, str]) -> ForeignItem:
    return ForeignItem(guid=row[0], kind=row[1], target=row[2], seen=json.loads(row[3] or "{}"), origin=row[4])


def identities(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """(kind, id) of everything that other tools' files have a name for."""
    tables = (
        ("person", "coder"), ("code", "code"), ("source", "source"), ("coding", "coding"), ("note", "memo"),
        ("note", "margin_note"), ("case", "case_unit"), ("case", "informant"), ("set", "theme"), ("link", "entity_link"),
        ("survey", "survey"),
    )  # fmt: skip
    return [
        (kind, row[0]) for kind, table in tables for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")
    ]


def private_memos(connection: sqlite3.Connection, *, but: str) -> int:
    """How many memos are private to somebody else than `but` (a coder's id)."""
    row = connection.execute("SELECT COUNT(*) FROM memo WHERE private = 1 AND coder <> ?", (but,)).fetchone()
    return int(row[0])


def number_of_changes(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COUNT(*) FROM change").fetchone()[0])


def kept_originals(connection: sqlite3.Connection) -> set[str]:
    """Digests of the original files whose bytes are in the project."""
    return {row[0] for row in connection.execute("SELECT digest FROM original")}

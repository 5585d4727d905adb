"""Reading cases, informants, sources, their texts and turns."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from workbench.core.entities import Case, Informant, ProjectFacts, Source, Speaker, StoredTurn
from workbench.core.voices import Voices

_SOURCES = """
SELECT s.id, s.name, s.kind, s.verbatim, s.wave, s.date, s.mode, s.language, s.folder, s.ordinal, s.version, v.number,
       v.length, s.file_name, s.original,
       (SELECT COUNT(*) FROM turn t WHERE t.version = s.version),
       (SELECT COUNT(*) FROM coding c WHERE c.source = s.id AND c."end" > c.start), s.title, s.publisher
FROM source s JOIN text_version v ON v.id = s.version
"""


def project_facts(connection: sqlite3.Connection) -> ProjectFacts:
    row = connection.execute(
        "SELECT id, title, created, approach, data_class, approval, end_date FROM project"
    ).fetchone()
    return ProjectFacts(
        id=row[0],
        title=row[1],
        created=row[2],
        approach=row[3],
        data_class=row[4],
        approval=row[5],
        end_date=row[6],
    )


def cases(connection: sqlite3.Connection) -> list[Case]:
    """All cases, a parent before its children, each level by name."""
    rows = connection.execute(
        "SELECT id, name, type, parent, attributes, withdrawn FROM case_unit ORDER BY name"
    ).fetchall()
    children: dict[str, list[Case]] = defaultdict(list)
    known = {row[0] for row in rows}
    for uid, name, kind, parent, attributes, withdrawn in rows:
        case = Case(
            id=uid,
            name=name,
            type=kind,
            parent=parent if parent in known else "",
            attributes=json.loads(attributes or "{}"),
            withdrawn=bool(withdrawn),
        )
        children[case.parent].append(case)
    ordered: list[Case] = []

    def walk(parent: str) -> None:
        for case in children[parent]:
            ordered.append(case)
            walk(case.id)

    walk("")
    return ordered


def informants(connection: sqlite3.Connection) -> list[Informant]:
    linked = _grouped(
        connection,
        "SELECT l.informant, c.name FROM informant_case l JOIN case_unit c ON c.id = l.case_unit ORDER BY c.name",
    )
    rows = connection.execute("SELECT id, number, role, level, side FROM informant ORDER BY number")
    return [
        Informant(id=uid, number=number, role=role, level=level, side=side, cases=linked.get(uid, ()))
        for uid, number, role, level, side in rows
    ]


def sources(connection: sqlite3.Connection, ids: Iterable[str] | None = None) -> list[Source]:
    """Sources in order of import; only those named when `ids` is given."""
    wanted = () if ids is None else tuple(ids)
    chosen = "" if ids is None else f"IN ({', '.join('?' * len(wanted))})"
    linked = f"WHERE l.source {chosen}" if chosen else ""
    case_names = _grouped(
        connection,
        f"SELECT l.source, c.name FROM source_case l JOIN case_unit c ON c.id = l.case_unit {linked} ORDER BY c.name",
        wanted,
    )
    numbers = _grouped(
        connection,
        "SELECT l.source, i.number FROM source_informant l JOIN informant i ON i.id = l.informant "
        f"{linked} ORDER BY i.number",
        wanted,
    )
    only = f"WHERE s.id {chosen}" if chosen else ""
    rows = connection.execute(f"{_SOURCES} {only} ORDER BY s.ordinal, s.id", wanted).fetchall()
    return [
        Source(
            id=row[0],
            name=row[1],
            kind=row[2],
            verbatim=bool(row[3]),
            wave=row[4],
            date=row[5],
            mode=row[6],
            language=row[7],
            folder=row[8],
            ordinal=row[9],
            version=row[10],
            version_number=row[11],
            characters=row[12],
            file_name=row[13],
            original=row[14],
            turns=row[15],
            codings=row[16],
            title=row[17],
            publisher=row[18],
            cases=case_names.get(row[0], ()),
            informants=numbers.get(row[0], ()),
        )
        for row in rows
    ]


def text_of(connection: sqlite3.Connection, version: str) -> str:
    """The text of a version; empty if its words have been destroyed."""
    row = connection.execute(
        "SELECT b.body FROM text_version v JOIN text_blob b ON b.digest = v.digest WHERE v.id = ?", (version,)
    ).fetchone()
    return "" if row is None else str(row[0])


def name_of_imported(connection: sqlite3.Connection, text_digest: str) -> str | None:
    """The name of the source that was imported with exactly this text, if any."""
    row = connection.execute(
        "SELECT s.name FROM source s JOIN text_version v ON v.source = s.id WHERE v.number = 1 AND v.digest = ?",
        (text_digest,),
    ).fetchone()
    return None if row is None else str(row[0])


def versions(connection: sqlite3.Connection, source: str) -> list[tuple[str, int, str, str, bool]]:
    """(id, number, text digest, raw digest, destroyed) of a source's text versions, oldest first."""
    query = (
        "SELECT v.id, v.number, v.digest, v.raw_digest, EXISTS (SELECT 1 FROM destroyed d WHERE d.kind = 'version' "
        "AND d.id = v.id) FROM text_version v WHERE v.source = ? ORDER BY v.number"
    )
    return [(*row[:4], bool(row[4])) for row in connection.execute(query, (source,))]


def cards_naming_other_speakers(connection: sqlite3.Connection, source: str) -> list[str]:
    """Digests of the cards that name a speaker of the source by a label its present text does not have."""
    current = {
        label
        for (label,) in connection.execute(
            "SELECT DISTINCT t.speaker FROM turn t JOIN source s ON s.version = t.version WHERE s.id = ?", (source,)
        )
    }
    query = """
        SELECT DISTINCT b.digest, b.body FROM change c JOIN payload p ON p.change = c.id
        JOIN text_blob b ON b.digest = json_extract(p.body, '$.card')
        WHERE (c.kind = 'source.add' AND json_extract(p.body, '$.id') = :source)
           OR (c.kind IN ('speaker.set', 'text.purge') AND json_extract(p.body, '$.source') = :source)
    """
    outdated = []
    for digest, body in connection.execute(query, {"source": source}).fetchall():
        card = json.loads(body)
        named = {speaker["label"] for speaker in card.get("speakers", [card]) if "label" in speaker}
        if named - current:
            outdated.append(digest)
    return outdated


def hanging_on(connection: sqlite3.Connection, source: str) -> dict[str, int]:
    """How many codings, margin notes, verdicts and memos would go with a source."""
    counts = {
        table: connection.execute(f"SELECT COUNT(*) FROM {table} WHERE source = ?", (source,)).fetchone()[0]
        for table in ("coding", "margin_note", "verdict")
    }
    counts["memo"] = connection.execute(
        "SELECT COUNT(*) FROM memo WHERE target = ? OR target IN (SELECT id FROM coding WHERE source = ?)",
        (source, source),
    ).fetchone()[0]
    return counts


def texts(connection: sqlite3.Connection) -> dict[str, str]:
    """The current text of every source, by source id."""
    query = "SELECT s.id, b.body FROM source s JOIN text_version v ON v.id = s.version JOIN text_blob b ON b.digest = v.digest"
    return dict(connection.execute(query))


def speakers(connection: sqlite3.Connection, source: str) -> list[Speaker]:
    rows = connection.execute(
        "SELECT source, label, role, informant FROM speaker WHERE source = ? ORDER BY label", (source,)
    )
    return [Speaker(source=uid, label=label, role=role, informant=informant) for uid, label, role, informant in rows]


def turns(connection: sqlite3.Connection, source: Source) -> list[StoredTurn]:
    """The turns of a source's current text; the speaker table outranks what the reader guessed."""
    return [stored_turn(row) for row in turn_rows(connection, source)]


TurnRow = tuple[int, int, int, int, str, str, str, int | None, int | None]
"""n, label_start, start, end, speaker, role, informant number, start_ms, end_ms."""


def turn_rows(connection: sqlite3.Connection, source: Source) -> list[TurnRow]:
    """The turns as they come from the table, for who needs few of many."""
    query = """
        SELECT t.n, t.label_start, t.start, t."end", t.speaker, COALESCE(NULLIF(p.role, ''), t.role),
               COALESCE(i.number, ''), t.start_ms, t.end_ms
        FROM turn t LEFT JOIN speaker p ON p.source = ? AND p.label = t.speaker LEFT JOIN informant i ON i.id = p.informant
        WHERE t.version = ? ORDER BY t.n
    """
    return connection.execute(query, (source.id, source.version)).fetchall()


def stored_turn(row: TurnRow) -> StoredTurn:
    return StoredTurn(
        n=row[0],
        label_start=row[1],
        start=row[2],
        end=row[3],
        speaker=row[4],
        role=row[5],
        informant=row[6],
        start_ms=row[7],
        end_ms=row[8],
    )


def voices_within(connection: sqlite3.Connection, source: Source, start: int, end: int) -> Voices:
    """Who speaks in the turns that a span of a source touches."""
    rows = connection.execute(
        """
        SELECT t.start, t."end", COALESCE(NULLIF(p.role, ''), t.role) = 'interviewer', COALESCE(i.number, '')
        FROM turn t LEFT JOIN speaker p ON p.source = ? AND p.label = t.speaker LEFT JOIN informant i ON i.id = p.informant
        WHERE t.version = ? AND t."end" > ? AND t.start < ? ORDER BY t.n
        """,
        (source.id, source.version, start, end),
    ).fetchall()
    return (
        Voices(*zip(*((first, last, bool(asks), who) for first, last, asks, who in rows), strict=True))
        if rows
        else NOBODY
    )


NOBODY = Voices((), (), (), ())


def voices(connection: sqlite3.Connection) -> dict[str, Voices]:
    """Who speaks where in every source that has turns, by source id."""
    query = """
        SELECT s.id, t.start, t."end", COALESCE(NULLIF(p.role, ''), t.role) = 'interviewer', COALESCE(i.number, '')
        FROM source s JOIN turn t ON t.version = s.version LEFT JOIN speaker p ON p.source = s.id AND p.label = t.speaker
        LEFT JOIN informant i ON i.id = p.informant ORDER BY s.id, t.n
    """
    grouped: dict[str, list[tuple[int, int, bool, str]]] = defaultdict(list)
    for source, *turn in connection.execute(query):
        grouped[source].append((turn[0], turn[1], bool(turn[2]), turn[3]))
    return {source: Voices(*zip(*found, strict=True)) for source, found in grouped.items()}


def _grouped(connection: sqlite3.Connection, query: str, wanted: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, value in connection.execute(query, wanted):
        grouped[key].append(value)
    return {key: tuple(values) for key, values in grouped.items()}


def original(connection: sqlite3.Connection, name: str) -> bytes:
    """An original file by its digest; empty when it was never kept or has been destroyed."""
    row = connection.execute("SELECT body FROM original WHERE digest = ?", (name,)).fetchone()
    return b"" if row is None else bytes(row[0])


def created(connection: sqlite3.Connection, source: str) -> str:
    """When a source was taken in, or made in the tool it came from."""
    row = connection.execute("SELECT created FROM source WHERE id = ?", (source,)).fetchone()
    return "" if row is None else str(row[0])

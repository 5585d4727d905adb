"""The tables of a project file.

Three kinds of table: the journal (permanent), the state (written only by applying changes, and recomputable from the
journal) and what is local or derived (never journaled, never merged).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

FORMAT = "kodebenk"
SCHEMA_VERSION = 4
"""`PRAGMA user_version` of a file this version of Kodebenk writes."""
APPLICATION_ID = 0x4B424E4B
"""`PRAGMA application_id`: the letters KBNK."""

STATE: Mapping[str, Mapping[str, type]] = {
    "project": {
        "id": str, "title": str, "approach": str, "data_class": str, "end_date": str, "approval": str, "created": str,
    },
    "coder": {"id": str, "name": str},
    "case_unit": {"id": str, "name": str, "type": str, "parent": str, "attributes": str, "withdrawn": int},
    "informant": {"id": str, "number": str, "role": str, "level": str, "side": str, "attributes": str},
    "informant_case": {"id": str, "informant": str, "case_unit": str},
    "source": {
        "id": str, "name": str, "kind": str, "verbatim": int, "wave": str, "date": str, "mode": str, "language": str,
        "ordinal": int, "version": str, "file_name": str, "original": str, "folder": str, "created": str, "title": str,
        "publisher": str,
    },
    "region": {
        "id": str, "source": str, "version": str, "start": int, "end": int, "kind": str, "note": str, "codable": int,
        "seen": int, "coder": str,
    },
    "waiting": {
        "id": str, "target_kind": str, "target": str, "source": str, "old_version": str, "old_start": int, "old_end": int,
        "candidates": str, "reason": str,
    },
    "survey": {"id": str, "title": str, "file_name": str, "mapping": str, "created": str},
    "question": {
        "id": str, "survey": str, "key": str, "wording": str, "base": str, "condition": str, "asked": int,
        "position": float,
    },
    "answer": {
        "id": str, "source": str, "version": str, "start": int, "end": int, "question": str, "value": str,
    },
    "entity_link": {
        "id": str, "origin_kind": str, "origin": str, "target_kind": str, "target": str, "name": str, "direction": str,
        "coder": str, "created": str,
    },
    "foreign_item": {
        "id": str, "origin": str, "guid": str, "kind": str, "target": str, "seen": str, "updated": str,
    },
    "source_case": {"id": str, "source": str, "case_unit": str},
    "source_informant": {"id": str, "source": str, "informant": str},
    "speaker": {"id": str, "source": str, "label": str, "role": str, "informant": str},
    "code": {
        "id": str, "slug": str, "name": str, "name_en": str, "parent": str, "colour": str, "brief": str,
        "definition": str, "when_used": str, "when_not": str, "examples": str, "signals": str, "status": str,
        "merged_into": str, "position": float, "folder": int,
    },
    "theme": {"id": str, "title": str, "essence": str, "status": str, "position": float},
    "theme_code": {"id": str, "theme": str, "code": str},
    "theme_coding": {"id": str, "theme": str, "coding": str},
    "coding": {
        "id": str, "source": str, "version": str, "start": int, "end": int, "code": str, "coder": str, "origin": str,
        "suggestion": str, "star": int, "assessment": str, "first_coder": str, "quote": str, "created": str,
        "decided": str, "shown": str,
    },
    "margin_note": {
        "id": str, "source": str, "version": str, "start": int, "end": int, "text": str, "coder": str, "created": str,
    },
    "memo": {
        "id": str, "target_kind": str, "target": str, "text": str, "coder": str, "private": int, "created": str,
        "updated": str, "kind": str, "day": str, "source": str, "version": str, "start": int, "end": int,
    },
    "reading": {"id": str, "source": str, "coder": str, "status": str},
    "verdict": {
        "id": str, "source": str, "version": str, "start": int, "end": int, "code": str, "verdict": str, "coder": str,
        "coding": str, "evidence": str, "created": str,
    },
    "sorting": {
        "id": str, "kind": str, "code": str, "targets": str, "codings": str, "coder": str, "created": str,
        "finished": str,
    },
    "sorting_choice": {
        "id": str, "sorting": str, "coding": str, "choice": str, "codes": str, "note": str, "coder": str, "created": str,
    },
    "comment": {
        "id": str, "target_kind": str, "target": str, "source": str, "start": int, "end": int, "quote": str, "text": str,
        "reader": str, "created": str, "updated": str, "reply": str, "status": str, "coder": str,
    },
    "summary_cell": {
        "id": str, "case_unit": str, "code": str, "wave": str, "text": str, "status": str, "codings": str, "coder": str,
        "updated": str,
    },
    "project_fact": {"id": str, "value": str, "updated": str},
    "report": {"id": str, "title": str, "card": str, "coder": str, "created": str},
    "gesture": {"id": str, "coder": str, "replica": str, "clock": str, "undone": str},
}  # fmt: skip
"""State tables and their columns; `id` is always the primary key."""

REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "case_unit": (("informant_case", "case_unit"), ("source_case", "case_unit"), ("case_unit", "parent"),
                  ("summary_cell", "case_unit")),
    "informant": (("informant_case", "informant"), ("source_informant", "informant"), ("speaker", "informant")),
    "source": (("coding", "source"), ("margin_note", "source"), ("source_case", "source"), ("source_informant", "source"),
               ("speaker", "source"), ("reading", "source"), ("verdict", "source"), ("memo", "source"), ("region", "source"),
               ("waiting", "source"), ("answer", "source")),
    "survey": (("question", "survey"),),
    "question": (("answer", "question"),),
    "code": (("coding", "code"), ("code", "parent"), ("code", "merged_into"), ("theme_code", "code"), ("verdict", "code"),
             ("summary_cell", "code")),
    "theme": (("theme_code", "theme"), ("theme_coding", "theme")),
    "coding": (("verdict", "coding"), ("theme_coding", "coding")),
    "sorting": (("sorting_choice", "sorting"),),
}  # fmt: skip
"""For each table: the (table, column) pairs that may point at its rows."""

_INDEXES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "coding": (("source", "start", "end"), ("code", "source"), ("quote",)),
    "margin_note": (("source", "start"),),
    "memo": (("target_kind", "target"), ("source", "start")),
    "code": (("slug",), ("parent",)),
    "source_case": (("source",), ("case_unit",)),
    "source_informant": (("source",), ("informant",)),
    "informant_case": (("informant",), ("case_unit",)),
    "speaker": (("source",),),
    "verdict": (("source", "start"), ("coding",)),
    "theme_code": (("theme",), ("code",)),
    "theme_coding": (("theme",), ("coding",)),
    "sorting_choice": (("sorting",),),
    "comment": (("target",),),
    "summary_cell": (("case_unit",), ("code",)),
    "gesture": (("clock",),),
    "region": (("source", "start"),),
    "waiting": (("source",), ("target",)),
    "question": (("survey",),),
    "answer": (("source", "start"), ("question",)),
    "foreign_item": (("target",), ("origin",)),
    "entity_link": (("origin",), ("target",)),
    "reading": (("source",),),
}

_JOURNAL_SQL = """
CREATE TABLE change (
    id TEXT PRIMARY KEY, replica TEXT NOT NULL, clock TEXT NOT NULL, coder TEXT NOT NULL, kind TEXT NOT NULL,
    version INTEGER NOT NULL, gesture TEXT NOT NULL, digest TEXT NOT NULL, seal TEXT NOT NULL
) STRICT;
CREATE INDEX change_order ON change (clock, id);
CREATE INDEX change_gesture ON change (gesture);
CREATE TABLE change_parent (change TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (change, parent)) STRICT, WITHOUT ROWID;
CREATE INDEX change_child ON change_parent (parent);
CREATE TABLE payload (change TEXT PRIMARY KEY, salt TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE destroyed (
    kind TEXT NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE text_blob (digest TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE original (digest TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;

CREATE TABLE text_version (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, length INTEGER NOT NULL,
    parent TEXT NOT NULL, edit_map TEXT NOT NULL, raw_digest TEXT NOT NULL, raw_map TEXT NOT NULL, change TEXT NOT NULL
) STRICT;
CREATE INDEX text_version_source ON text_version (source);
CREATE TABLE turn (
    version TEXT NOT NULL, n INTEGER NOT NULL, label_start INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    speaker TEXT NOT NULL, role TEXT NOT NULL, start_ms INTEGER, end_ms INTEGER, PRIMARY KEY (version, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_place ON turn (version, start, end);

CREATE TABLE image (
    seq INTEGER PRIMARY KEY, change TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, before TEXT, after TEXT
) STRICT;
CREATE INDEX image_change ON image (change);
CREATE INDEX image_row ON image (tbl, key);
CREATE TABLE conflict (
    id TEXT PRIMARY KEY, change TEXT NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL, ours TEXT NOT NULL,
    theirs TEXT NOT NULL, resolved TEXT NOT NULL
) STRICT;

CREATE TABLE suggestion (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, version TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    code TEXT NOT NULL, score REAL NOT NULL, method TEXT NOT NULL, rule TEXT NOT NULL, pipeline TEXT NOT NULL,
    because TEXT NOT NULL
) STRICT;
CREATE INDEX suggestion_source ON suggestion (source, start);
CREATE TABLE suggestion_run (
    source TEXT PRIMARY KEY, version TEXT NOT NULL, pipeline TEXT NOT NULL, codebook TEXT NOT NULL, shown INTEGER NOT NULL
) STRICT;

CREATE TABLE local (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE place (
    source TEXT NOT NULL, coder TEXT NOT NULL, caret INTEGER NOT NULL, top INTEGER NOT NULL,
    furthest INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (source, coder)
) STRICT, WITHOUT ROWID;
"""


_PARSED_SQL = """
CREATE TABLE parsed (
    key TEXT NOT NULL, pipeline TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (key, pipeline)
) STRICT;
CREATE TABLE turn_language (
    version TEXT NOT NULL, n INTEGER NOT NULL, language TEXT NOT NULL, PRIMARY KEY (version, n)
) STRICT, WITHOUT ROWID;
"""


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the file has a table: one that is opened for reading only is not migrated."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    return found.fetchone() is not None


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to this version's schema; one transaction a step, none when nothing is to be done."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("kodebenk")

    @steps()
    def journal_and_state(database: Database) -> None:
        _execute_all(database, _JOURNAL_SQL)
        for table, columns in STATE.items():
            database.create_table(table, dict(columns), pk="id", strict=True)
        for table, indexes in _INDEXES.items():
            for columns_of_index in indexes:
                database.table(table).create_index(columns_of_index)

    @steps()
    def parsed_texts_and_languages(database: Database) -> None:
        _execute_all(database, _PARSED_SQL)

    @steps()
    def long_work_and_readers(database: Database) -> None:
        _add_what_is_missing(database)
        _date_decisions(database)

    @steps()
    def what_others_have_made(database: Database) -> None:
        _add_what_is_missing(database)

    database = Database(connection, execute_plugins=False)
    steps.apply(database)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _execute_all(database: Database, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        database.execute(statement)


_SQLITE_TYPES: Mapping[type, str] = {str: "TEXT NOT NULL DEFAULT ''", int: "INTEGER NOT NULL DEFAULT 0"}


def _add_what_is_missing(database: Database) -> None:
    """Give an older file the state tables, columns and indexes that `STATE` has grown since it was made."""
    for table, columns in STATE.items():
        if not database.table(table).exists():
            database.create_table(table, dict(columns), pk="id", strict=True)
        held = {column.name for column in database.table(table).columns}
        for column, kind in columns.items():
            if column not in held:
                database.execute(f'ALTER TABLE {table} ADD COLUMN "{column}" {_SQLITE_TYPES[kind]}')
    for table, indexes in _INDEXES.items():
        for columns_of_index in indexes:
            database.table(table).create_index(columns_of_index, if_not_exists=True)
    if "furthest" not in {column.name for column in database.table("place").columns}:
        database.execute("ALTER TABLE place ADD COLUMN furthest INTEGER NOT NULL DEFAULT 0")


def _date_decisions(database: Database) -> None:
    """When each coding was last given its code, from the journal: files from before did not say so."""
    database.execute(
        "UPDATE coding SET decided = COALESCE((SELECT MAX(c.clock) FROM image i JOIN change c ON c.id = i.change "
        "WHERE i.tbl = 'coding' AND i.key = coding.id AND c.kind IN ('coding.add', 'coding.recode')), '')"
    )
    database.execute("UPDATE memo SET kind = 'memo' WHERE kind = ''")

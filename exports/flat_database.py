"""Tables as a plain SQLite file for R, pandas and SQL: one table each, what the columns mean, and views that join them.

The file is for reading and is no project: nothing in Kodebenk opens it. Names of tables and columns are the tables' keys
and never change. Truth is 0 and 1, moments are ISO 8601 in UTC with Z, what is unknown is NULL, and an offset counts code
points, so that `substr(text, start_offset + 1, end_offset - start_offset)` of a source is the words of a coding.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

from exports.models import Cell, Table

DESCRIPTIONS = "column_descriptions"
"""The table that says what each column is."""
_LARGEST = 2**63


def render_sqlite(tables: Sequence[Table], views: Mapping[str, str] | None = None) -> bytes:
    """The tables as a database file; the same tables give the same bytes.

    A column `id` whose values are all there and all different is the primary key; columns that end in `_id` are indexed.

    Args:
        tables: a table's name and its columns' keys are the names in SQL; no two tables are called the same.
        views: name to the SELECT it stands for; each may use the tables and the views before it.

    Raises:
        ValueError: two tables have one name, or two columns of a table one key.
    """
    names = [table.name.casefold() for table in tables]
    if len(set(names)) < len(names) or DESCRIPTIONS in names:
        raise ValueError("two tables have the same name")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size = 4096")
        for table in tables:
            _write(connection, table)
        _describe(connection, tables)
        for name, select in (views or {}).items():
            connection.execute(f"CREATE VIEW {_quoted(name)} AS {select}")
        connection.commit()
        return connection.serialize()


def _write(connection: sqlite3.Connection, table: Table) -> None:
    keys = [column.key for column in table.columns]
    if len({key.casefold() for key in keys}) < len(keys):
        raise ValueError(f"two columns of {table.name} have the same key")
    rows = [tuple(_stored(cell) for cell in row) for row in table.rows]
    key = _primary_key(keys, rows)
    columns = [
        f"{_quoted(name)} {_type([row[index] for row in rows])}{' PRIMARY KEY' if index == key else ''}"
        for index, name in enumerate(keys)
    ]
    connection.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(columns)})")
    if rows:
        holes = ", ".join("?" * len(keys))
        connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({holes})", rows)
    for index, name in enumerate(keys):
        if name.endswith("_id") and index != key:
            index_name = _quoted(f"{table.name}_{name}")
            connection.execute(f"CREATE INDEX {index_name} ON {_quoted(table.name)} ({_quoted(name)})")


def _describe(connection: sqlite3.Connection, tables: Sequence[Table]) -> None:
    connection.execute(f"CREATE TABLE {DESCRIPTIONS} (table_name TEXT, column_name TEXT, description TEXT)")
    rows = [tuple(map(_stored, (table.name, each.key, each.title))) for table in tables for each in table.columns]
    connection.executemany(f"INSERT INTO {DESCRIPTIONS} VALUES (?, ?, ?)", rows)


def _primary_key(keys: Sequence[str], rows: Sequence[tuple[str | int | float | None, ...]]) -> int | None:
    if "id" not in keys:
        return None
    index = keys.index("id")
    values = [row[index] for row in rows]
    return index if None not in values and len(set(values)) == len(values) else None


def _type(values: Sequence[str | int | float | None]) -> str:
    """The type of a column with these values; texts where they differ."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return "INTEGER"
    return "REAL" if kinds and kinds <= {int, float} else "TEXT"


def _stored(cell: Cell) -> str | int | float | None:
    match cell:
        case bool():
            return int(cell)
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case int() if not -_LARGEST <= cell < _LARGEST:
            return str(cell)
        case str():
            return cell.encode("utf-8", "replace").decode("utf-8")
        case _:
            return cell


def _quoted(name: str) -> str:
    plain = name.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return '"' + plain.replace('"', '""') + '"'

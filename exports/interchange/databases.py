"""SQLite files of other tools, opened with suspicion: in memory, read only, nothing in them is run.

The bytes are all that is read; the file on disk is not touched again, nor any journal beside it. Only ordinary tables are
read: no views, no virtual tables, no computed columns, so that nothing the file's author wrote is ever evaluated.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from exports.interchange.errors import UnreadableProject

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_VERSIONS = slice(18, 20)
_WAL = b"\2\2"
_ROLLBACK = b"\1\1"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 128_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 10,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_STRIDE = 10_000
_STEPS = 20_000_000
_STEPS_PER_BYTE = 30
"""Steps of SQLite's machine a byte of the file may cost; reading and checking every table once stays far below."""
_MOST_ROWS = 3_000_000
_PRAGMAS = frozenset({"table_xinfo", "quick_check"})
_HARMLESS_FAULTS = re.compile(r"(NULL value|CHECK constraint|NUMERIC value|TEXT value|non-\w+ value|row \d+ missing)")
"""What an integrity check says of values that a later version of the schema would not have let in."""
_INTEGER = re.compile(r"[+-]?\d{1,18}(\.0*)?")

Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row whose cells may hold anything, whatever the schema says of them."""

    values: Mapping[str, Value]

    def text(self, column: str) -> str:
        """The cell as text; empty where there is none."""
        value = self.values.get(column)
        return "" if value is None else value if isinstance(value, str) else f"{value:.15g}"

    def words(self, column: str) -> str:
        """The cell as one line without control characters, as names are."""
        return one_line(self.text(column))

    def whole(self, column: str) -> int | None:
        """The cell as a whole number; None where it is none."""
        value = self.values.get(column)
        if isinstance(value, int):
            return value
        if isinstance(value, float):
            return int(value) if value.is_integer() and abs(value) < 2**53 else None
        return int(value.partition(".")[0]) if value is not None and _INTEGER.fullmatch(value.strip()) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Another tool's database, open for reading as long as `open_database` lasts."""

    path: Path
    size: int
    """Bytes."""
    unfinished: bool
    """Whether the tool keeps its latest changes in a file beside this one (write-ahead log)."""
    connection: sqlite3.Connection
    tables: Mapping[str, str]
    """Names of the ordinary tables, by their names in lower case."""
    absent: list[str] = field(default_factory=list)
    """Tables and columns that were asked for and are not there: `code_text.avid`."""
    foreign: list[str] = field(default_factory=list)
    """Columns where text was found that is not UTF-8."""


def one_line(text: str) -> str:
    """Text as names are: one line, single blanks, nothing that cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@contextmanager
def open_database(path: Path, data: bytes, *, required: Mapping[str, Sequence[str]], tool: str) -> Iterator[Database]:
    """The database for reading.

    Args:
        path: named in refusals.
        data: the whole file.
        required: table to columns without which the file is not the tool's.
        tool: whose file it should be, as refusals name it.

    Raises:
        UnreadableProject: if it is damaged, encrypted, hostile, or not the tool's. So does reading from it.
    """
    if len(data) < _HEADER or not data.startswith(_MAGIC):
        reason = _("Filen er ingen SQLite-database (eller den er kryptert). Velg prosjektfilen slik {tool} lagret den.")
        raise UnreadableProject(path, reason.format(tool=tool))
    connection = sqlite3.connect(":memory:")
    try:
        with _refusing(path):
            _load(connection, data)
            tables = _ordinary_tables(connection)
        database = Database(
            path=path, size=len(data), unfinished=data[_VERSIONS] == _WAL, connection=connection, tables=tables
        )
        _check_shape(database, required, tool)
        yield database
    finally:
        connection.close()


def rows(database: Database, table: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """All rows of a table in the order they were written; none where the table is missing.

    Columns the file's version does not have are left out of the rows and noted in `database.absent`.

    Raises:
        UnreadableProject: if the table is damaged or is not what a program would have written.
    """
    name = database.tables.get(table.lower())
    if name is None:
        database.absent.append(table)
        return ()
    with _refusing(database.path):
        there = _columns(database, name)
        database.absent.extend(f"{table}.{column}" for column in columns if column.lower() not in there)
        _check_pages(database, name)
        asked = [column for column in columns if column.lower() in there]
        return tuple(_fetched(database, name, asked)) if asked else ()


def numbered(found: Sequence[Row], column: str) -> list[tuple[Row, int]]:
    """Rows with their numbers, in the order of these, each number once."""
    by_number = {number: row for row in found if (number := row.whole(column)) is not None}
    return [(by_number[number], number) for number in sorted(by_number)]


def distinct(found: Sequence[Row], key: Sequence[str]) -> tuple[Row, ...]:
    """Rows, each key once: in a database that is slightly damaged even a primary key may come twice."""
    return tuple({tuple(row.text(column) for column in key): row for row in reversed(found)}.values())[::-1]


def has_rows(database: Database, table: str) -> bool:
    """Whether the file has the table with something in it.

    Raises:
        UnreadableProject: if the table is damaged.
    """
    name = database.tables.get(table.lower())
    if name is None:
        return False
    with _refusing(database.path):
        return next(_selected(database.connection, name, _columns(database, name)[:1]), None) is not None


def columns_with_values(database: Database, table: str, heard: Collection[str]) -> dict[str, int]:
    """The columns of a table beyond those in `heard` (lower case) to how many rows say something in them.

    Raises:
        UnreadableProject: if the table is damaged.
    """
    name = database.tables.get(table.lower())
    if name is None:
        return {}
    with _refusing(database.path):
        others = [column for column in _columns(database, name) if column not in heard]
        if not others:
            return {}
        found = Counter[str]()
        for cells in _selected(database.connection, name, others):
            found.update(column for column, cell in zip(others, cells, strict=True) if cell not in (None, b"", 0))
    return {column: found[column] for column in others if found[column]}


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError) as error:
        reason = _(
            "Databasen er skadet eller ikke skrevet av et vanlig program ({cause}). Lag en ny kopi og prøv igjen."
        )
        cause = getattr(error, "sqlite_errorname", type(error).__name__)
        raise UnreadableProject(path, reason.format(cause=cause)) from error


def _load(connection: sqlite3.Connection, data: bytes) -> None:
    """The bytes become the database, with every limit set before SQLite looks at what the file says of itself."""
    connection.text_factory = bytes
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    if data[_VERSIONS] == _WAL:  # a database in memory can have no log
        data = data[: _VERSIONS.start] + _ROLLBACK + data[_VERSIONS.stop :]
    connection.deserialize(data)
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    left = [(_STEPS + _STEPS_PER_BYTE * len(data)) // _STRIDE]

    def spent() -> bool:
        left[0] -= 1
        return left[0] < 0

    connection.set_progress_handler(spent, _STRIDE)
    connection.set_authorizer(_allowed)


def _allowed(action: int, first: str | None, second: str | None, database: str | None, within: str | None) -> int:
    reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) and within is None
    asking = action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS
    return sqlite3.SQLITE_OK if reading or asking else sqlite3.SQLITE_DENY


def _ordinary_tables(connection: sqlite3.Connection) -> dict[str, str]:
    """Tables that are trees of pages: neither views nor virtual tables, whose root page is 0."""
    tables = {}
    for kind, name, root in _selected(connection, "sqlite_master", ("type", "name", "rootpage")):
        if kind == b"table" and isinstance(name, bytes) and isinstance(root, int) and root > 0:
            tables[name.decode("utf-8").lower()] = name.decode("utf-8")
    return tables


def _check_shape(database: Database, required: Mapping[str, Sequence[str]], tool: str) -> None:
    for table, columns in required.items():
        name = database.tables.get(table.lower())
        with _refusing(database.path):
            there = _columns(database, name) if name is not None else []
        lacking = (
            [table] if name is None else [f"{table}.{column}" for column in columns if column.lower() not in there]
        )
        if lacking:
            reason = _(
                "Databasen er ikke fra {tool}: den mangler {lacking}. Velg prosjektfilen slik {tool} lagret den."
            )
            raise UnreadableProject(database.path, reason.format(tool=tool, lacking=", ".join(lacking)))


def _columns(database: Database, table: str) -> list[str]:
    """The table's columns in lower case, all of them stored ones.

    Raises:
        UnreadableProject: if some are computed: no tool that is read here has any, and they are code.
    """
    found = []
    for row in database.connection.execute(f"PRAGMA table_xinfo({_quoted(table)})"):
        if row[6]:
            reason = _("Tabellen {table} har beregnede felter. Slike databaser blir ikke lest.")
            raise UnreadableProject(database.path, reason.format(table=table))
        found.append(row[1].decode("utf-8").lower())
    return found


def _check_pages(database: Database, table: str) -> None:
    for (said,) in database.connection.execute(f"PRAGMA quick_check({_quoted(table)})"):
        fault = said.decode("utf-8", "replace")
        if fault != "ok" and not _HARMLESS_FAULTS.match(fault):
            reason = _(
                "Databasen er skadet i tabellen {table}. Åpne prosjektet i programmet det kom fra, og lag en ny kopi."
            )
            raise UnreadableProject(database.path, reason.format(table=table))


def _selected(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The one question that is ever asked of a foreign file."""
    return iter(connection.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}"))


def _fetched(database: Database, table: str, columns: Sequence[str]) -> Iterator[Row]:
    """Rows, as long as they amount to no more than the file could hold."""
    left = 3 * database.size
    for number, cells in enumerate(_selected(database.connection, table, columns)):
        left -= sum(len(cell) for cell in cells if isinstance(cell, bytes))
        if left < 0 or number >= _MOST_ROWS:
            reason = _("Tabellen {table} gir urimelig mye data. Databasen blir ikke lest.")
            raise UnreadableProject(database.path, reason.format(table=table))
        values = {}
        for column, cell in zip(columns, cells, strict=True):
            values[column] = _value(database, f"{table}.{column}", cell)
        yield Row(values=values)


def _value(database: Database, place: str, cell: object) -> Value:
    if isinstance(cell, bytes):
        try:
            return cell.decode("utf-8")
        except UnicodeDecodeError:
            if place not in database.foreign:
                database.foreign.append(place)
            return cell.decode("cp1252", "replace")
    return cell if isinstance(cell, int | float) else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

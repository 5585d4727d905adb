"""From a whole file to a damaged or hostile one: the same chance gives the same bytes.

Packed formats are mutated inside as well, and packed again, so that the damage reaches the reader behind the archive; so
are databases, whose values are changed by SQL.
"""

from __future__ import annotations

import io
import random
import re
import sqlite3
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Literal

Form = Literal["plain", "archive", "database"]
"""How a format is wrapped: not at all, zipped, or in SQLite's pages."""

_MOST = 60_000
"""Bytes that a mutated file may grow to."""
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"-9223372036854775809",
    b"18446744073709551616",
    b"1e309",
    b"NaN",
    b"0.0000001",
    b"9" * 400,
    b"",
)
_LETTERS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\0", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\ufffe", "\ue000", "\ud800", "\U0001f600", "e\u0301", "\u0130",
        "ﬁ", "\u202e", "½", "٣", "²", "ß" * 50, "\r", "\r\n", "\t", "\n\n\n", "æøå", "-->", "<!--", "]]>", "&#0;", "&#x10ffff;",
        "&x;", '"', "'", "\\", "{", "}", "%", "=1+1", "../x",
    )
)  # fmt: skip
_FIGURES = re.compile(rb"\d+")

Mutation = Callable[[random.Random, bytes, Sequence[bytes], Sequence[bytes]], bytes]


def mutated(chance: random.Random, form: Form, data: bytes, others: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """The file with some damage.

    Args:
        chance: what decides.
        form: how the format is wrapped.
        data: a whole file.
        others: other whole files of the format, for splices.
        tokens: words of the format.
    """
    if form == "archive" and chance.random() < 0.85:
        return _archive(chance, data, others, tokens)
    if form == "database" and chance.random() < 0.6:
        return _database(chance, data)
    return _several(chance, data, others, tokens)


def _several(chance: random.Random, data: bytes, others: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    for _time in range(1 + min(7, int(chance.expovariate(0.7)))):
        data = chance.choice(_MUTATIONS)(chance, data, others, tokens)[:_MOST]
    return data


def _place(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def _stretch(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(chance, data)
    return start, min(len(data), start + int(chance.expovariate(1 / 40)))


def _flip(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 8))):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _byte(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    place = _place(chance, data)
    return data[:place] + bytes([chance.choice((0, 1, 0x7F, 0x80, 0xC3, 0xFE, 0xFF))]) + data[place + 1 :]


def _cut(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    return data[: _place(chance, data)] if chance.random() < 0.8 else data[_place(chance, data) :]


def _without(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    start, end = _stretch(chance, data)
    return data[:start] + data[end:]


def _again(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    start, end = _stretch(chance, data)
    times = chance.choice((1, 1, 1, 3, 50, 3000))
    return data[:end] + data[start:end] * times + data[end:]


def _moved(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    start, end = _stretch(chance, data)
    rest = data[:start] + data[end:]
    place = _place(chance, rest)
    return rest[:place] + data[start:end] + rest[place:]


def _spliced(chance: random.Random, data: bytes, others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    other = chance.choice(others) if others else data
    return data[: _place(chance, data)] + other[_place(chance, other) :]


def _token(chance: random.Random, data: bytes, _others: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    start, end = _stretch(chance, data) if chance.random() < 0.3 else (_place(chance, data),) * 2
    token = chance.choice(tokens or _LETTERS) * chance.choice((1, 1, 1, 2, 300, 3000))
    return data[:start] + token + data[end:]


def _letter(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    place = _place(chance, data)
    return data[:place] + chance.choice(_LETTERS) + data[place:]


def _number(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    found = list(_FIGURES.finditer(data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]


def _recoded(chance: random.Random, data: bytes, _others: Sequence[bytes], _tokens: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "utf-7")), "replace")


_MUTATIONS: tuple[Mutation, ...] = (
    *(_flip, _byte, _cut, _without, _again, _moved, _spliced),
    *(_token, _token, _letter, _letter, _number, _number, _number, _recoded),
)


def _archive(chance: random.Random, data: bytes, others: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """The archive with damage in its members, packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    other_parts = _members(chance.choice(others)) if others else []
    for _time in range(chance.choice((1, 1, 2))):
        place = chance.randrange(len(parts))
        name, content = parts[place]
        act = chance.random()
        if act < 0.85:
            same = [other for other_name, other in other_parts if other_name == name]
            parts[place] = name, _several(chance, content, same, tokens)
        elif act < 0.9:
            parts[place] = chance.choice((name.upper(), name.replace("/", "\\"), "../x", "", name + "\0")), content
        elif act < 0.95 and len(parts) > 1:
            del parts[place]
        else:
            parts.append(chance.choice([*parts, ("mimetype", b"x"), ("a/" * 500, b"")]))
    return _packed(parts)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _database(chance: random.Random, data: bytes) -> bytes:
    """The database with cells, rows, columns or tables changed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(data)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for _time in range(chance.choice((1, 1, 2, 5))):
            _change(chance, connection)
        return connection.serialize()
    finally:
        connection.close()


def _change(chance: random.Random, connection: sqlite3.Connection) -> None:
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    ]
    if not tables:
        return
    table = f'"{chance.choice(tables)}"'
    column = '"' + chance.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")]) + '"'
    act = chance.random()
    some = f"rowid IN (SELECT rowid FROM {table} ORDER BY rowid LIMIT {chance.choice((1, 2, 100))})"
    try:
        if act < 0.75:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {some}", (_cell(chance),))
        elif act < 0.8:
            connection.execute(f"INSERT INTO {table} SELECT * FROM {table}")
        elif act < 0.85:
            connection.execute(f"DELETE FROM {table} WHERE {some}")
        elif act < 0.88:
            connection.execute(f"DROP TABLE {table}")
        elif act < 0.91:
            connection.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO annet")
        elif act < 0.94:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        else:
            connection.execute(f"ALTER TABLE {table} RENAME TO ekte")
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM ekte")
    except (sqlite3.OperationalError, sqlite3.IntegrityError):
        # What the schema forbids to change stays as it is.
        return


def _cell(chance: random.Random) -> str | bytes | int | float | None:
    text = b"".join(chance.choices(_LETTERS + _NUMBERS, k=chance.randrange(1, 6)))
    return chance.choice(
        (
            None,
            text,
            text.decode("utf-8", "replace"),
            "x" * 20_000,
            chance.choice((-1, 0, 1, 2, 3, 2**31, 2**63 - 1, -(2**63))),
            chance.choice((1.5, -0.0, 1e308, float("inf"))),
        )
    )

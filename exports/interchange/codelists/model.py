"""What passes between the shapes of code lists: a table with its headings understood, codes read, bytes written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from exports.interchange.descriptions import PARTS
from exports.interchange.model import CodeItem, Loss, SetItem

MOST_LEVELS = 50
"""Levels that a list may have; no researcher's codebook comes near it, and a hostile file cannot make paths explode."""

UNSAID = frozenset((*PARTS, "colour", "codable"))
"""The fields of `CodeItem` that a list is silent on for a code without a row of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file ready to be saved, and what it could not hold."""

    content: bytes
    suffix: str
    """With its dot: `.xlsx`."""
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table: what is said of a code, and where it says that it belongs."""

    number: int
    """Row in the file, from 1."""
    code: CodeItem
    """Without GUID, unless the list has one; without parent. The name stands as in the cell."""
    indent: int = 0
    """How far in the name stands: blanks, a tab counting as two."""
    parent: str = ""
    """What stands in the column for the parent."""
    path: str = ""
    """What stands in the column for the path."""
    ordinal: str = ""
    """What stands in the column for ids or numbers."""
    groups: tuple[str, ...] = ()
    stands: str = ""
    """All that stands in the row, on one line; for telling of a row that names no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table that has a column of code names."""

    name: str
    """Of the sheet or the file."""
    headings: frozenset[str]
    """All its headings, folded."""
    roles: frozenset[str]
    """What its columns are, of those that are understood."""
    lines: tuple[Line, ...]
    stands: str = ""
    """What stands in the row of headings, on one line; for telling of a table that is not read."""
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCodes:
    """Codes as they were read: parents before their children, depth first, siblings in order."""

    codes: tuple[CodeItem, ...]
    sets: tuple[SetItem, ...] = ()
    losses: tuple[Loss, ...] = field(default=())


def speaking(codes: tuple[CodeItem, ...], held: Collection[str] = ()) -> tuple[CodeItem, ...]:
    """The codes, each silent on every field that none of them says anything of.

    Such a field has no column in the list, or one that nobody has filled in. Where nothing lies under anything, the list
    says nothing of places.

    Args:
        codes: all of the list.
        held: fields that it speaks of whatever stands there; `codable` and `parent` are told by their columns alone.
    """
    unsaid = {part for part in PARTS if not any(getattr(code, part) for code in codes)}
    unsaid |= {"codable"} - set(held)
    if not any(code.parent for code in codes):
        unsaid |= {"parent"} - set(held)
    return tuple(replace(code, silent=code.silent | unsaid) for code in codes)

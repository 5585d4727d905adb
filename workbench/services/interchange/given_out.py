"""What our things said when they went out, so that a file that comes home the first time shows what was changed there.

It lies in this copy of the project alone and is never journaled. Several exports may be on their way at once: of each thing
it is remembered what it said at every export where that was something new, and which of them a file is from is told by what
has not been changed in it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from exports.interchange.model import Bundle
from workbench.core.entities import ForeignItem
from workbench.services.interchange import export_memory
from workbench.services.interchange.marks import REFERRING, marked
from workbench.services.interchange.saying import said_of
from workbench.store.project import Project
from workbench.store.state import State

if TYPE_CHECKING:
    from sqlite3 import Connection

Fields = Mapping[str, Any]
Thing = tuple[str, str]
"""(kind, GUID)."""


def remember_given(project: Project, bundle: Bundle, stamp: datetime) -> None:
    """Remember what went out, in a project that can be written in.

    Args:
        project: where it went out from.
        bundle: what went out.
        stamp: when the file says that it was written; one without a time zone is in UTC.

    Raises:
        Busy: if the project is open for reading only, or another process writes for longer than the waiting time.
    """
    before = export_memory.read(project.connection)
    number = len(before["exports"])
    things: dict[Thing, list[list[Any]]] = {(kind, guid): entries for kind, guid, entries in before["things"]}
    for kind, guid, fields in said_of(bundle):
        said = marked(fields)
        entries = things.setdefault((kind, guid), [])
        if not entries or entries[-1][1] != said:
            entries.append([number, said])
    memory = {
        "exports": [*before["exports"], _moment(stamp)],
        "taken_in": _taken_in(project.connection),
        "things": [[kind, guid, entries] for (kind, guid), entries in things.items()],
    }
    with project.derive() as connection:
        export_memory.keep(connection, memory)


def went_out(
    connection: Connection,
    bundle: Bundle,
    origin: str,
    known: Mapping[Thing, ForeignItem],
    own: Mapping[str, tuple[str, str]],
) -> dict[Thing, ForeignItem]:
    """Those of our things that a file that comes home is to be compared with as they went out, with what they said then.

    Nothing where the file is from no export that is remembered, or from what has come in from the same place since.

    Args:
        connection: the project.
        bundle: what comes home.
        origin: its identity.
        known: what is known of its things, with what was said when they last came in from there.
        own: GUID -> (kind, our id), of all that is ours.
    """
    memory = export_memory.read(connection)
    things: dict[Thing, list[list[Any]]] = {(kind, guid): entries for kind, guid, entries in memory["things"]}
    newest = len(memory["exports"]) - 1
    came = newest - 0.5 if memory["taken_in"].get(origin) == _taken_in(connection).get(origin) else newest + 0.5
    export = _export_of(bundle, memory["exports"], things, known, came)
    if export is None:
        return {}
    found: dict[Thing, ForeignItem] = {}
    for key, entries in things.items():
        item = known.get(key)
        said = _at(entries, min(export, newest))
        if item is not None and said is not None and not (item.seen and export == came):
            # What a thing refers to was ours when it went out, so that what was made of it is our id of it.
            ours = {field: own.get(str(said[field]), ("", ""))[1] for field in REFERRING if field in said}
            found[key] = replace(item, origin="", seen={"said": said, "taken": {**said, **ours}})
    return found


def _export_of(
    bundle: Bundle,
    exports: Iterable[str],
    things: Mapping[Thing, list[list[Any]]],
    known: Mapping[Thing, ForeignItem],
    came: float,
) -> float | None:
    """The number of the export a file is from: of those it can be from, the newest that most in it agrees with.

    It cannot be from one that was written after the file was, nor from before something in it first went out. It may also
    continue what last came in from the same place: that has a number (`came`) between those of the exports.
    """
    latest: list[float] = [n for n, at in enumerate(exports) if not bundle.modified or at <= bundle.modified[: len(at)]]
    if not latest:
        return None
    agreed: Counter[float] = Counter()
    first = 0.0
    met = False
    for kind, guid, fields in said_of(bundle):
        entries, item = things.get((kind, guid), []), known.get((kind, guid))
        seen = None if item is None else item.seen.get("said")
        if entries:
            first = max(first, entries[0][0])
        if len(entries) > 1 or seen:
            met = met or bool(seen)
            said = marked(fields)
            for number in latest:
                agreed[number] += _agreement(said, _at(entries, number))
            agreed[came] += _agreement(said, seen if isinstance(seen, dict) else _at(entries, latest[-1]))
    possible = [number for number in latest if number >= first] + ([came] if met else [])
    return max(possible, key=lambda number: (agreed[number], number), default=None)


def _agreement(said: Fields, then: Fields | None) -> int:
    """How many fields say what they said then."""
    return 0 if then is None else sum(said.get(key) == value for key, value in then.items())


def _at(entries: Iterable[list[Any]], export: float) -> Fields | None:
    """What a thing said in an export: the newest entry that is not after it."""
    found: Fields | None = None
    for number, said in entries:
        if number <= export:
            found = said
    return found


def _taken_in(connection: Connection) -> dict[str, str]:
    """Origin -> a digest of all that is remembered of what came in from there."""
    marks: dict[str, Any] = {}
    for row in State(connection, "", "", "").rows("foreign_item"):
        marks.setdefault(row["origin"], hashlib.sha256()).update(f"{row['id']} {row['target']} {row['seen']}".encode())
    return {origin: mark.hexdigest() for origin, mark in marks.items()}


def _moment(stamp: datetime) -> str:
    """As a file says when it was changed, to the second: `2026-11-22T12:00:00`."""
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")

"""GUIDs: what ours are called in other tools' files, the same at every export, and which of ours a GUID is.

A thing that came from another tool keeps the GUID it had there, so that it is itself when it goes back.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.core.ids import derived_id
from workbench.services.interchange.export_memory import guids_given
from workbench.store.queries.interchange import foreign_of, identities

if TYPE_CHECKING:
    from sqlite3 import Connection

_HOUSE = uuid.UUID("6b6f6465-6265-5e6b-8000-6b6f64656265")
"""The name space of every Kodebenk project's GUIDs."""
_GUID = re.compile(r"\{?([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?")

NAMED = ("variable", "wave")
"""Kinds that have no rows of their own."""


def guid_of(project_uid: str, kind: str, key: str) -> str:
    """The GUID of one of ours, in the upper case that the REFI standard's examples have."""
    return str(uuid.uuid5(_HOUSE, f"{project_uid}/{kind}/{key}")).upper()


def canonical(guid: str) -> str:
    """A GUID as we write it, in upper case and without braces; anything else that tells things apart stays as it is."""
    found = _GUID.fullmatch(guid.strip())
    return found[1].upper() if found else guid


def is_guid(text: str) -> bool:
    return _GUID.fullmatch(text) is not None


def guids(connection: Connection, project_uid: str) -> dict[tuple[str, str], str]:
    """(kind, our id) -> GUID, of everything in the project that has one; no two have the same."""
    foreign = foreign_of(connection)
    found: dict[tuple[str, str], str] = {}
    taken = set[str]()
    given = guids_given(connection)
    named = [(item.kind, item.target) for item in foreign.values() if item.kind in NAMED]
    for kind, key in (*identities(connection), *named):
        item = foreign.get(key)
        ours = guid_of(project_uid, kind, key)
        theirs = item.guid if item is not None and item.kind == kind and is_guid(item.guid) else ""
        # What was called ours before it came home under another GUID is called so still. Two copies of one project may
        # both have been taken in; what they share by GUID went out as one thing only.
        found[kind, key] = theirs if theirs and theirs not in taken and (kind, ours) not in given else ours
        taken.add(found[kind, key])
    return found


def named_id(project_uid: str, kind: str, name: str) -> str:
    """What a variable or a wave, which are names alone here, is remembered under."""
    return derived_id(project_uid, kind, name)


def named_guid(known: Mapping[tuple[str, str], str], project_uid: str, kind: str, name: str) -> str:
    """The GUID of a variable or a wave: the one it came with, or its own."""
    return known.get((kind, named_id(project_uid, kind, name))) or guid_of(project_uid, kind, name)


def own_guids(connection: Connection, project_uid: str) -> Mapping[str, tuple[str, str]]:
    """GUID -> (kind, our id): what files that went out from this project call our things when they come home."""
    called = [(thing, guid) for thing, guid in guids(connection, project_uid).items() if thing[0] not in NAMED]
    before = {guid_of(project_uid, *thing): thing for thing, _guid in called}
    return before | {guid: thing for thing, guid in called}

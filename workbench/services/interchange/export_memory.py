"""What is remembered of exports, as it is kept in this copy of the project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.store.queries import local

if TYPE_CHECKING:
    from sqlite3 import Connection

_KEY = "given-out"
_NOTHING: Mapping[str, Any] = {"exports": [], "taken_in": {}, "things": []}


def read(connection: Connection) -> Mapping[str, Any]:
    """The moments of the exports, what had come in by then, and what each thing said: (kind, GUID, entries)."""
    kept = local.get(connection, _KEY)
    return dict(json.loads(kept)) if kept else _NOTHING


def keep(connection: Connection, memory: Mapping[str, Any]) -> None:
    local.put(connection, _KEY, json.dumps(memory, ensure_ascii=False, separators=(",", ":")))


def guids_given(connection: Connection) -> set[tuple[str, str]]:
    """(kind, GUID) of everything that has gone out from this copy."""
    return {(kind, guid) for kind, guid, _entries in read(connection)["things"]}

"""The one function that applies a change to the state, and the table of what each kind does."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from gettext import gettext as _

from workbench.core.changes import KIND_VERSIONS, Change
from workbench.errors import Refusal
from workbench.store.applying import (
    codebook,
    codings,
    interchange,
    project,
    readers,
    reverting,
    sorting,
    sources,
    writing,
)
from workbench.store.state import Apply, State

_APPLY: Mapping[str, Apply] = {
    **project.KINDS,
    **sources.KINDS,
    **codebook.KINDS,
    **codings.KINDS,
    **sorting.KINDS,
    **readers.KINDS,
    **writing.KINDS,
    **interchange.KINDS,
    **reverting.KINDS,
}


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Apply one change; a change whose payload has been destroyed leaves no trace in the state.

    Raises:
        Refusal: if the kind or its version is newer than this Kodebenk.
    """
    if change.version > KIND_VERSIONS.get(change.kind, 0):
        raise Refusal(
            _("Prosjektet inneholder en endring av typen «{kind}» fra en nyere Kodebenk. Oppgrader først.").format(
                kind=change.kind
            )
        )
    state = State(connection, change.id, change.clock, change.coder)
    if change.kind not in ("undo", "redo") and state.get("gesture", change.gesture) is None:
        connection.execute(
            "INSERT INTO gesture (id, coder, replica, clock, undone) VALUES (?, ?, ?, ?, '')",
            (change.gesture, change.coder, change.replica, change.clock),
        )
    if change.payload is not None:
        _APPLY[change.kind](state, change.payload)

"""Reading: how far a coder has come in a source, and where the caret was left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from gettext import gettext as _

from workbench.core.entities import READING_STATUSES, ReadingStatus, Source
from workbench.core.ids import derived_id
from workbench.errors import Refusal
from workbench.store.project import Gesture, Project
from workbench.store.queries import codings as queries
from workbench.store.queries import local


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coder was in a source."""

    caret: int
    top: int


def statuses(project: Project) -> dict[str, ReadingStatus]:
    """This coder's reading status by source id; sources that are absent have not been read."""
    me = project.coder_id()
    return {
        source: _status(status)
        for (source, coder), status in queries.reading_statuses(project.connection).items()
        if coder == me
    }


def set_status(project: Project, source: Source, status: str) -> None:
    """Say how far one has come.

    Raises:
        Refusal: for a word that is no status.
    """
    if status not in READING_STATUSES:
        raise Refusal(
            _("«{status}» er ingen lesestatus. Velg en av: {known}.").format(
                status=status, known=", ".join(READING_STATUSES)
            )
        )
    with project.write() as act:
        act.record("reading.set", {"source": source.id, "status": status})


def mark_coding(act: Gesture, source: str) -> None:
    """The first coding in a source says that one is coding it; later statuses are the coder's own word."""
    row = act.state.get("reading", derived_id(source, act.coder))
    if row is None or row["status"] in ("not-read", "read"):
        act.record("reading.set", {"source": source, "status": "coding"})


def remember_place(project: Project, source: Source, place: Place) -> None:
    """Keep the caret for next time; local to this copy, not a decision, so not journaled."""
    if project.readonly:
        return
    with project.derive() as connection:
        local.put_place(connection, source.id, project.coder_id(), place.caret, place.top)


def last_place(project: Project, source: Source) -> Place:
    caret, top = local.place(project.connection, source.id, project.coder_id())
    return Place(min(caret, source.characters), min(top, source.characters))


def remember_open_source(project: Project, source: str) -> None:
    if not project.readonly:
        with project.derive() as connection:
            local.put(connection, f"open:{project.coder_id()}", source)


def last_open_source(project: Project) -> str:
    """Id of the source this coder had open, or empty."""
    return local.get(project.connection, f"open:{project.coder_id()}")


def pinned_codes(project: Project) -> dict[int, str]:
    """Number key -> code id, as this coder has pinned them in this copy."""
    stored = local.get(project.connection, f"pins:{project.coder_id()}")
    return {int(key): code for key, code in json.loads(stored or "{}").items()}


def pin_code(project: Project, key: int, code: str) -> None:
    """Put a code on a number key (1-9); an empty code frees the key."""
    if not 1 <= key <= 9:
        raise Refusal(_("Koder kan festes til tastene 1–9."))
    pins = {number: pinned for number, pinned in pinned_codes(project).items() if pinned != code}
    if code:
        pins[key] = code
    else:
        pins.pop(key, None)
    with project.derive() as connection:
        local.put(connection, f"pins:{project.coder_id()}", json.dumps(pins))


def _status(value: str) -> ReadingStatus:
    return next((status for status in READING_STATUSES if status == value), "not-read")

"""History: what was done, by whom; undo and redo."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Any

from workbench.core import clock
from workbench.core.changes import Change
from workbench.core.entities import HistoryEntry
from workbench.errors import Refusal
from workbench.services.summaries import summarise
from workbench.store import journal
from workbench.store.applying.reverting import Obstacle, back_to_destroyed, obstacle
from workbench.store.project import Gesture, Project
from workbench.store.queries import gestures, local
from workbench.store.queries.names import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverted:
    """What an undo or redo did, in words, and where it happened."""

    summary: str
    source: str
    """Id of the source it happened in, or empty."""
    offset: int | None
    entry: HistoryEntry
    """The undo or redo itself, as the audit trail has it, with the same summary."""


def history(project: Project, *, limit: int = -1) -> list[HistoryEntry]:
    """The audit trail, newest first: one entry a change."""
    connection = project.connection
    names = Names(connection)
    undone = gestures.undone(connection)
    return [
        HistoryEntry(
            id=change.id,
            gesture=change.gesture,
            when=clock.iso(change.clock),
            coder=names.coder(change.coder),
            kind=change.kind,
            summary=summarise(change, names),
            undone=change.gesture in undone,
        )
        for change in journal.changes(connection, newest_first=True, limit=limit)
    ]


def undo(project: Project) -> Reverted:
    """Undo this coder's newest gesture made in this copy.

    Raises:
        Refusal: if there is nothing to undo, or later changes rest on it (says which).
    """
    with project.write() as act:
        gesture = gestures.newest(act.connection, coder=act.coder, replica=act.replica)
        if gesture is None:
            raise Refusal(_("Du har ingenting å angre i denne kopien."))
        changes = list(journal.changes(act.connection, gesture=gesture))
        summary = _summary(act, changes)
        made = _revert(act, "undo", gesture, [change.id for change in changes], summary)
    return _done(_("Angret: {what}").format(what=summary), changes, made, project.coder_name)


def redo(project: Project) -> Reverted:
    """Do again what this coder last undid, as long as nothing new has been done since.

    Raises:
        Refusal: if there is nothing to do again, or later changes stand in the way.
    """
    with project.write() as act:
        found = gestures.newest_undone(act.connection, coder=act.coder, replica=act.replica)
        if found is None:
            raise Refusal(_("Du har ingenting å gjøre om."))
        gesture, undoing = found
        changes = list(journal.changes(act.connection, gesture=gesture))
        summary = _summary(act, changes)
        made = _revert(act, "redo", gesture, [undoing], summary)
    return _done(_("Gjort om: {what}").format(what=summary), changes, made, project.coder_name)


def reach(project: Project, *, redone: bool = False, most: int) -> int:
    """How many things the next undo (or redo, `redone`) is about, counted to `most`; 0 when there is nothing to revert."""
    connection, coder = project.connection, project.coder_id()
    kept = local.get(connection, "replica")
    replica = json.loads(kept)["id"] if kept else ""
    if redone:
        found = gestures.newest_undone(connection, coder=coder, replica=replica)
        gesture = found[0] if found else None
    else:
        gesture = gestures.newest(connection, coder=coder, replica=replica)
    if gesture is None:
        return 0
    return sum(_weight(change) for change in journal.changes(connection, gesture=gesture, limit=most))


def _weight(change: Change) -> int:
    """How many things one change is about: what a newer text moves is all in one."""
    payload = change.payload or {}
    return 1 + sum(len(payload.get(key, ())) for key in ("placed", "waiting"))


def _revert(act: Gesture, kind: str, gesture: str, changes: list[str], summary: str) -> Change:
    if back_to_destroyed(act.state, changes):
        raise Refusal(_("Kan ikke angre «{what}»: den eldre teksten er destruert.").format(what=summary))
    blocked = obstacle(act.state, changes)
    if blocked is not None:
        raise Refusal(
            _("Kan ikke angre «{what}»: {why} Angre det nyere først.").format(what=summary, why=_why(blocked))
        )
    return act.record(kind, {"gesture": gesture, "changes": changes})


def _why(blocked: Obstacle) -> str:
    if blocked.lost == "source":
        return _("Teksten det står på, er endret eller slettet senere.")
    if blocked.lost == "slug":
        return _("En annen kode har fått kortnavnet senere.")
    if blocked.lost:
        return _("Det bygger på noe som er fjernet senere.")
    if not blocked.users:
        return _("Det er endret senere.")
    return _("Senere {users} bygger på det.").format(users=", ".join(in_words(blocked.users)))


def in_words(tables: Iterable[str]) -> list[str]:
    """What lies in tables of the state that may rest on something, each named once."""
    words: Mapping[str, str] = {
        "coding": _("kodinger"),
        "code": _("underkoder"),
        "verdict": _("vurderte forslag"),
        "memo": _("memoer"),
        "margin_note": _("merknader"),
        "source_case": _("kilder"),
        "source_informant": _("kilder"),
        "informant_case": _("informanter"),
        "theme_code": _("temaer"),
        "theme_coding": _("temaer"),
        "speaker": _("talere"),
        "reading": _("lesestatus"),
        "case_unit": _("underliggende caser"),
        "summary_cell": _("celler i rammematrisen"),
        "sorting_choice": _("valg i sorteringer"),
        "region": _("merkede felt"),
        "waiting": _("kodinger som venter på plass"),
        "answer": _("svar"),
        "question": _("spørsmål"),
    }
    return list(dict.fromkeys(words[table] for table in tables))


def _summary(act: Gesture, changes: list[Change]) -> str:
    """The gesture in words: its main change, not the bookkeeping that came with it."""
    names = Names(act.connection)
    main = [
        change for change in changes if change.kind not in ("coder.add", "reading.set", "theme.add", "anchor.place")
    ] or changes
    summary = summarise(main[-1], names)
    more = sum(change.kind == main[-1].kind for change in main) - 1
    return ngettext("{what}, og {n} til", "{what}, og {n} til", more).format(what=summary, n=more) if more else summary


def _done(summary: str, changes: list[Change], made: Change, coder: str) -> Reverted:
    source, offset = "", None
    for change in changes:
        payload: Mapping[str, Any] = change.payload or {}
        if "start" in payload and "source" in payload:
            source, offset = payload["source"], int(payload["start"])
            break
    entry = HistoryEntry(
        id=made.id,
        gesture=made.gesture,
        when=clock.iso(made.clock),
        coder=coder,
        kind=made.kind,
        summary=summary,
        undone=False,
    )
    return Reverted(summary=summary, source=source, offset=offset, entry=entry)

"""Undo and redo: give rows back what they held before a gesture, exactly, and only when nothing later rests on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.store.schema import REFERENCES
from workbench.store.state import Apply, Row, State

Payload = Mapping[str, Any]


_LOOSE = {("verdict", "coding"), ("speaker", "informant")}
"""References that may point at what is gone: a verdict outlives its coding."""

_STANDS_ON: dict[str, tuple[tuple[str, str], ...]] = {
    user: tuple(
        (table, column)
        for table, pointing in REFERENCES.items()
        for other, column in pointing
        if other == user and (other, column) not in _LOOSE
    )
    for user in {other for pointing in REFERENCES.values() for other, _column in pointing}
}
"""For each table: (table, column) of what its rows stand on."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a gesture cannot be reverted: a row that later changes rest on."""

    table: str
    key: str
    users: tuple[str, ...]
    """Tables whose rows use this one; empty when the row itself was changed later."""
    lost: str = ""
    """Table of the row that this one stood on and that is gone or has another text now; `slug` when that is taken."""


@dataclass(frozen=True, slots=True)
class _Row:
    table: str
    key: str
    before: Row | None
    after: Row | None


def obstacle(state: State, change_ids: list[str]) -> Obstacle | None:
    """The first reason against reverting these changes, or None."""
    if _forgotten(state, change_ids):
        return Obstacle("speaker", "", (), lost="source")
    touched = _touched(state, change_ids)
    within = {(row.table, row.key) for row in touched}
    removed = {(row.table, row.key) for row in touched if row.before is None}
    for row in touched:
        if not _stands(state.get(row.table, row.key), row.after):
            return Obstacle(row.table, row.key, ())
        if row.table == "source" and _rests_on_version(state, row, within):
            return Obstacle("source", row.key, ("coding",))
    lost = _lost_ground(state, touched)
    if lost is not None:
        return lost
    for table, key in removed:
        users = _users_outside(state, table, key, within)
        if users:
            return Obstacle(table, key, users)
    return None


def _forgotten(state: State, change_ids: list[str]) -> bool:
    """Whether a purge has destroyed what these changes would need to be reverted."""
    query = (
        "SELECT 1 FROM change c WHERE c.id IN (SELECT value FROM json_each(?)) AND c.kind = 'speaker.set' "
        "AND NOT EXISTS (SELECT 1 FROM image i WHERE i.change = c.id)"
    )
    return state.connection.execute(query, (json.dumps(change_ids),)).fetchone() is not None


def back_to_destroyed(state: State, change_ids: list[str]) -> bool:
    """Whether reverting would put a source back on a text whose words have been destroyed.

    Asked before an undo is recorded, not when it is applied: a replay knows of destructions that came later.
    """
    query = "SELECT 1 FROM destroyed WHERE kind = 'version' AND id = ?"
    return any(
        row.table == "source" and row.before and state.connection.execute(query, (row.before["version"],)).fetchone()
        for row in _touched(state, change_ids)
    )


def _lost_ground(state: State, touched: list[_Row]) -> Obstacle | None:
    """A row that would come back onto something another coder has since removed, or onto a text that has been left."""
    coming = {(row.table, row.key): row.before for row in touched}

    def then(table: str, key: str) -> Row | None:
        return coming[table, key] if (table, key) in coming else state.get(table, key)

    for row in touched:
        if row.before is None:
            continue
        for table, column in _STANDS_ON.get(row.table, ()):
            target = row.before[column]
            if target and (row.after is None or row.after[column] != target) and then(table, target) is None:
                return Obstacle(row.table, row.key, (), lost=table)
        if row.table == "code" and (row.after is None or row.after["slug"] != row.before["slug"]):
            holders = {each["id"] for each in state.rows("code", slug=row.before["slug"])} - {row.key}
            if any(then("code", holder) for holder in holders):
                return Obstacle(row.table, row.key, (), lost="slug")
        if row.before.get("version") and row.table != "source":
            source = then("source", row.before["source"])
            if source is None or source["version"] != row.before["version"]:
                return Obstacle(row.table, row.key, (), lost="source")
    return None


def _rests_on_version(state: State, row: _Row, within: set[tuple[str, str]]) -> bool:
    """Whether something was placed on the text version that would go away with this row."""
    if not row.before or not row.after or row.before["version"] == row.after["version"]:
        return False
    return any(
        (table, placed["id"]) not in within
        for table in ("coding", "margin_note", "memo", "verdict", "region")
        for placed in state.rows(table, source=row.key, version=row.after["version"])
    )


def _users_outside(state: State, table: str, key: str, within: set[tuple[str, str]]) -> tuple[str, ...]:
    pointing = (*REFERENCES.get(table, ()), ("memo", "target"))
    return tuple(
        other
        for other, column in pointing
        if (other, column) != ("verdict", "coding")
        and any((other, row["id"]) not in within for row in state.rows(other, **{column: key}))
    )


def _touched(state: State, change_ids: list[str]) -> list[_Row]:
    """Rows the changes wrote, newest first: what each held before the first of them and after the last."""
    first: dict[tuple[str, str], str | None] = {}
    last: dict[tuple[str, str], str | None] = {}
    for table, key, before, after in state.connection.execute(
        "SELECT tbl, key, before, after FROM image WHERE change IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (json.dumps(change_ids),),  # one variable however many: SQLite has a limit
    ):
        first.setdefault((table, key), before)
        last[(table, key)] = after
    return [_Row(table, key, _load(first[table, key]), _load(after)) for (table, key), after in reversed(last.items())]


def _stands(current: Row | None, after: Row | None) -> bool:
    """Whether a row is as an image has it; columns that a newer schema gave the table were not there to change."""
    if current is None or after is None:
        return current is after
    return all(current[column] == value for column, value in after.items())


def _load(body: str | None) -> Row | None:
    return None if body is None else dict(json.loads(body))


def _revert(state: State, payload: Payload, *, undone: str) -> None:
    changes = list(payload["changes"])
    if obstacle(state, changes) is not None:
        state.note_conflict("undo", "gesture", payload["gesture"], "", "void")
        return
    for row in _touched(state, changes):
        if row.before is None:
            state.delete(row.table, row.key)
        else:
            state.put(row.table, row.before)
    state.connection.execute("UPDATE gesture SET undone = ? WHERE id = ?", (undone, payload["gesture"]))


def _undo(state: State, payload: Payload) -> None:
    _revert(state, payload, undone=state.change_id)


def _redo(state: State, payload: Payload) -> None:
    _revert(state, payload, undone="")


KINDS: Mapping[str, Apply] = {"undo": _undo, "redo": _redo}

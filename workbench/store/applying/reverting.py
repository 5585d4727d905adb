"""Undo and redo: give rows back what they held before a gesture, exactly, and only when nothing later rests on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.store.schema import REFERENCES
from workbench.store.state import Apply, Row, State

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a gesture cannot be reverted: a row that later changes rest on."""

    table: str
    key: str
    users: tuple[str, ...]
    """Tables whose rows use this one; empty when the row itself was changed later."""


@dataclass(frozen=True, slots=True)
class _Row:
    table: str
    key: str
    before: Row | None
    after: Row | None


def obstacle(state: State, change_ids: list[str]) -> Obstacle | None:
    """The first reason against reverting these changes, or None."""
    touched = _touched(state, change_ids)
    removed = {(row.table, row.key) for row in touched if row.before is None}
    for row in touched:
        if state.get(row.table, row.key) != row.after:
            return Obstacle(row.table, row.key, ())
        if row.table == "source" and _rests_on_version(state, row, touched):
            return Obstacle("source", row.key, ("coding",))
    for table, key in removed:
        users = _users_outside(state, table, key, {(row.table, row.key) for row in touched})
        if users:
            return Obstacle(table, key, users)
    return None


def _rests_on_version(state: State, row: _Row, touched: list[_Row]) -> bool:
    """Whether something was placed on the text version that would go away with this row."""
    if not row.before or not row.after or row.before["version"] == row.after["version"]:
        return False
    within = {(each.table, each.key) for each in touched}
    return any(
        (table, placed["id"]) not in within
        for table in ("coding", "margin_note", "verdict")
        for placed in state.rows(table, source=row.key, version=row.after["version"])
    )


def _users_outside(state: State, table: str, key: str, within: set[tuple[str, str]]) -> tuple[str, ...]:
    pointing = (*REFERENCES.get(table, ()), ("memo", "target"))
    return tuple(
        other
        for other, column in pointing
        if any((other, row["id"]) not in within for row in state.rows(other, **{column: key}))
    )


def _touched(state: State, change_ids: list[str]) -> list[_Row]:
    """Rows the changes wrote, newest first: what each held before the first of them and after the last."""
    marks = ", ".join("?" * len(change_ids))
    first: dict[tuple[str, str], str | None] = {}
    last: dict[tuple[str, str], str | None] = {}
    for table, key, before, after in state.connection.execute(
        f"SELECT tbl, key, before, after FROM image WHERE change IN ({marks}) ORDER BY seq", change_ids
    ):
        first.setdefault((table, key), before)
        last[(table, key)] = after
    return [_Row(table, key, _load(first[table, key]), _load(after)) for (table, key), after in reversed(last.items())]


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

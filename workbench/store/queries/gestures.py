"""Which gestures can be undone or done again."""

from __future__ import annotations

import sqlite3

_NO_STEP = ("project.create", "coder.add", "text.purge", "report.write")
"""Kinds of change that are no step of undo: they cannot be taken back, or tell what has left the house."""


def _no_step(gesture: str) -> str:
    kinds = ", ".join(f"'{kind}'" for kind in _NO_STEP)
    return f"SELECT 1 FROM change c WHERE c.gesture = {gesture}.id AND c.kind IN ({kinds})"


def undone(connection: sqlite3.Connection) -> set[str]:
    """Gestures that are undone now."""
    return {gesture for (gesture,) in connection.execute("SELECT id FROM gesture WHERE undone <> ''")}


def newest(connection: sqlite3.Connection, *, coder: str, replica: str) -> str | None:
    """The coder's newest gesture of this copy that is not undone and is a step of undo at all."""
    row = connection.execute(
        "SELECT g.id FROM gesture g WHERE g.coder = ? AND g.replica = ? AND g.undone = '' "
        f"AND NOT EXISTS ({_no_step('g')}) ORDER BY g.clock DESC, g.id DESC LIMIT 1",
        (coder, replica),
    ).fetchone()
    return None if row is None else str(row[0])


def newest_undone(connection: sqlite3.Connection, *, coder: str, replica: str) -> tuple[str, str] | None:
    """(gesture, the undo change) last undone by the coder, unless something new has been done since."""
    row = connection.execute(
        "SELECT g.id, g.undone FROM gesture g JOIN change u ON u.id = g.undone WHERE g.coder = ? AND g.replica = ? "
        "AND g.undone <> '' AND NOT EXISTS (SELECT 1 FROM gesture n WHERE n.coder = g.coder AND n.replica = g.replica "
        f"AND n.undone = '' AND n.clock > g.clock AND NOT EXISTS ({_no_step('n')})) ORDER BY u.clock DESC, u.id DESC LIMIT 1",
        (coder, replica),
    ).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))

"""Reading what writing up keeps: comments from readers, framework cells, facts about the study, written reports."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from workbench.core.entities import Comment, SummaryCell, WrittenReport
from workbench.store.queries.codes import aliases


def comments(connection: sqlite3.Connection) -> list[Comment]:
    """Comments taken in from readers, the oldest first."""
    rows = connection.execute(
        'SELECT id, target_kind, target, source, start, "end", quote, text, reader, created, reply, status, updated FROM comment '
        "ORDER BY created, id"
    )
    return [
        Comment(
            id=row[0],
            target_kind=row[1],
            target=row[2],
            source=row[3],
            start=row[4],
            end=row[5],
            quote=row[6],
            text=row[7],
            reader=row[8],
            created=row[9],
            reply=row[10],
            status=row[11],
            updated=row[12],
        )
        for row in rows
    ]


def cells(connection: sqlite3.Connection) -> list[SummaryCell]:
    """Every framework cell with words in it, on the code its code was merged into, if it was.

    Where both codes of a merge have a summary of one case and wave, the two are one cell, the older's words first.
    """
    merged = aliases(connection)
    rows = connection.execute(
        "SELECT s.case_unit, s.code, s.wave, s.text, s.status, s.codings, c.name, s.updated FROM summary_cell s "
        "LEFT JOIN coder c ON c.id = s.coder ORDER BY s.case_unit, s.code, s.wave"
    )
    found: dict[tuple[str, str, str], SummaryCell] = {}
    for row in sorted(rows, key=lambda each: str(each[7])):
        cell = SummaryCell(
            case=row[0],
            code=merged.get(row[1], row[1]),
            wave=row[2],
            text=row[3],
            status=row[4],
            codings=tuple(json.loads(row[5])),
            coder=row[6] or "",
            updated=row[7],
        )
        key = (cell.case, cell.code, cell.wave)
        found[key] = _together(found[key], cell) if key in found else cell
    return list(found.values())


def _together(one: SummaryCell, other: SummaryCell) -> SummaryCell:
    """Two summaries of the same as one, a draft until somebody has read them together."""
    codings = (*one.codings, *(coding for coding in other.codings if coding not in one.codings))
    return replace(other, text=f"{one.text}\n\n{other.text}", status="draft", codings=codings)


def facts(connection: sqlite3.Connection) -> dict[str, str]:
    """What has been said about the study, by key."""
    return dict(connection.execute("SELECT id, value FROM project_fact ORDER BY id").fetchall())


def reports(connection: sqlite3.Connection) -> list[WrittenReport]:
    """Reports that were written, the newest first."""
    rows = connection.execute(
        "SELECT r.id, r.title, r.card, c.name, r.created FROM report r LEFT JOIN coder c ON c.id = r.coder "
        "ORDER BY r.created DESC, r.id DESC"
    )
    return [
        WrittenReport(id=row[0], title=row[1], card=json.loads(row[2]), coder=row[3] or "", created=row[4])
        for row in rows
    ]

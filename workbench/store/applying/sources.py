"""What changes to sources, their texts and speakers do to the state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from corpus.edits import EditMap
from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.applying.project import links
from workbench.store.queries import parsed
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]
_HANGING_ON = (
    "coding", "margin_note", "memo", "verdict", "reading", "speaker", "source_case", "source_informant", "region",
    "waiting", "answer",
)  # fmt: skip
_ANCHORED = ("coding", "margin_note", "memo", "verdict")
_CARRIED = (*_ANCHORED, "region", "answer")


def write_version(state: State, source: str, version: Mapping[str, Any]) -> None:
    """Store an immutable text version with its turns; the same version twice is one.

    `version` has id, number, text (digest), length, parent, map (pieces), turns (digest of JSON), raw, raw_map.
    """
    connection = state.connection
    connection.execute(
        "INSERT OR IGNORE INTO text_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            version["id"],
            source,
            version["number"],
            version["text"],
            version["length"],
            version.get("parent", ""),
            json.dumps(version.get("map", [])),
            version.get("raw", ""),
            version.get("raw_map", ""),
            state.change_id,
        ),
    )
    turns = json.loads(state.text(version["turns"]) or "[]")
    connection.executemany(
        "INSERT OR IGNORE INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(version["id"], n, *turn) for n, turn in enumerate(turns)],
    )


def _write_layers(state: State, source: str, version: Mapping[str, Any]) -> None:
    """The regions and the survey answers that a version came with."""
    for start, end, kind, note, codable, *seen in json.loads(state.text(version.get("regions", "")) or "[]"):
        key = derived_id(version["id"], "region", kind, str(start), str(end))
        place = {"source": source, "version": version["id"], "start": start, "end": end}
        marks = {"codable": int(codable), "seen": int(any(seen))}
        state.put("region", place | {"id": key, "kind": kind, "note": note} | marks)
    for start, end, question, value in json.loads(state.text(version.get("answers", "")) or "[]"):
        key = derived_id(version["id"], "answer", question, str(start))
        place = {"source": source, "version": version["id"], "start": start, "end": end}
        state.put("answer", place | {"id": key, "question": question, "value": value})


def _add(state: State, payload: Payload) -> None:
    card = state.card(payload["card"])
    cases, informants, speakers = card.pop("cases", []), card.pop("informants", []), card.pop("speakers", [])
    write_version(state, payload["id"], payload["version"])
    if state.get("source", payload["id"]) is not None:
        return  # the same file, taken in by another copy too: what has been done with it here since stands
    state.put(
        "source",
        {"created": clock.iso(state.clock)}
        | card
        | {"id": payload["id"], "version": payload["version"]["id"], "ordinal": payload["ordinal"]},
    )
    links(state, "source_case", ("source", payload["id"]), "case_unit", cases)
    links(state, "source_informant", ("source", payload["id"]), "informant", informants)
    for speaker in speakers:
        _put_speaker(state, payload["id"], speaker)
    _write_layers(state, payload["id"], payload["version"])


def _set(state: State, payload: Payload) -> None:
    row = state.get("source", payload["id"])
    if row is None:
        return
    card = state.card(payload["card"])
    cases, informants = card.pop("cases", None), card.pop("informants", None)
    state.put("source", row | card)
    if cases is not None:
        links(state, "source_case", ("source", payload["id"]), "case_unit", cases)
    if informants is not None:
        links(state, "source_informant", ("source", payload["id"]), "informant", informants)


def _remove(state: State, payload: Payload) -> None:
    codings = [row["id"] for row in state.rows("coding", source=payload["id"])]
    for target_kind, targets in (("coding", codings), ("source", [payload["id"]])):
        for target in targets:
            for memo in state.rows("memo", target_kind=target_kind, target=target):
                state.delete("memo", memo["id"])
    for coding in codings:
        for link in state.rows("theme_coding", coding=coding):
            state.delete("theme_coding", link["id"])
    for table in _HANGING_ON:
        for row in state.rows(table, source=payload["id"]):
            state.delete(table, row["id"])
    state.delete("source", payload["id"])


def _speaker(state: State, payload: Payload) -> None:
    _put_speaker(state, payload["source"], state.card(payload["card"]))


def _put_speaker(state: State, source: str, card: Mapping[str, Any]) -> None:
    if not card:
        # Destroyed by a purge, which says later how the speakers stand.
        return
    key = derived_id(source, card["label"])
    state.put("speaker", {**(state.get("speaker", key) or {}), **card, "id": key, "source": source})


def _revise(state: State, payload: Payload) -> None:
    """A new text version; every coding, note and verdict on the one before moves by the exact edit map."""
    version = payload["version"]
    write_version(state, payload["source"], version)
    edit_map = EditMap(tuple((start, end, length) for start, end, length in version["map"]))
    for table in _CARRIED:
        for row in state.rows(table, source=payload["source"], version=version["parent"]):
            start, end = edit_map.span(row["start"], row["end"])
            state.put(table, row | {"start": start, "end": end, "version": version["id"]})
    state.update("source", payload["source"], version=version["id"])
    connection = state.connection
    connection.execute(
        "DELETE FROM suggestion WHERE source = ? AND version = ?", (payload["source"], version["parent"])
    )


def _replace(state: State, payload: Payload) -> None:
    """A version that was made elsewhere takes the text's place. Each anchor goes where the plan put it, or waits for a person.

    `placed` has [table, id, start, end]; `waiting` has [table, id, candidates, reason]: such an anchor keeps its old place in
    the queue and stands meanwhile as an empty span where the alignment thinks it was. Anchors that the plan does not know
    (another copy made them) are carried by the alignment. Regions that a person marked are carried, the reader's are new;
    answers are carried unless the version brings its own.
    """
    source, version = payload["source"], payload["version"]
    write_version(state, source, version)
    edit_map = EditMap(tuple((start, end, length) for start, end, length in version["map"]))
    placed = {(table, key): (start, end) for table, key, start, end in payload["placed"]}
    waiting = {(table, key): (candidates, reason) for table, key, candidates, reason in payload["waiting"]}
    for table in _ANCHORED:
        for row in state.rows(table, source=source, version=version["parent"]):
            start, end = placed.get((table, row["id"])) or edit_map.span(row["start"], row["end"])
            if (table, row["id"]) in waiting:
                candidates, reason = waiting[table, row["id"]]
                _queue(state, table, row, candidates, state.text(reason))
                end = start
            state.put(table, row | {"start": start, "end": end, "version": version["id"]})
    for table in ("region", "answer"):
        for row in state.rows(table, source=source, version=version["parent"]):
            start, end = edit_map.span(row["start"], row["end"])
            stays = row["coder"] if table == "region" else "answers" not in version
            if stays and end > start:
                state.put(table, row | {"start": start, "end": end, "version": version["id"]})
            else:
                state.delete(table, row["id"])
    _write_layers(state, source, version)
    card = state.card(payload["card"])
    for speaker in card.pop("speakers", []):
        _put_speaker(state, source, speaker)
    state.update("source", source, version=version["id"], **card)
    state.connection.execute("DELETE FROM suggestion WHERE source = ? AND version = ?", (source, version["parent"]))


def _queue(state: State, table: str, row: Mapping[str, Any], candidates: list[list[int]], reason: str) -> None:
    key = derived_id(table, row["id"])
    if state.get("waiting", key) is not None:
        # It has waited since an earlier version; the place it was last seen for certain is still that one.
        state.update("waiting", key, candidates=json.dumps(candidates), reason=reason)
        return
    state.put(
        "waiting",
        {
            "id": key,
            "target_kind": table,
            "target": row["id"],
            "source": row["source"],
            "old_version": row["version"],
            "old_start": row["start"],
            "old_end": row["end"],
            "candidates": json.dumps(candidates),
            "reason": reason,
        },
    )


def _place(state: State, payload: Payload) -> None:
    """Somebody has found where a waiting anchor belongs in the text as it was then; in another text it goes on waiting."""
    row = state.get("waiting", payload["id"])
    if row is None:
        return
    source = state.get("source", row["source"])
    if source is None or payload["version"] != source["version"]:
        state.note_conflict("anchor.place", "version", source["version"] if source else "", payload["version"], "void")
        return
    changed = {key: payload[key] for key in ("start", "end", "quote") if key in payload}
    state.update(row["target_kind"], row["target"], **changed)
    state.delete("waiting", row["id"])


def _region(state: State, payload: Payload) -> None:
    """Mark a stretch, or say of one that is marked whether it may be coded and whether it has been looked at."""
    row = state.get("region", payload["id"])
    if row is None:
        source = state.get("source", payload.get("source", ""))
        if source is None or source["version"] != payload["version"]:
            return  # a region that has been removed, or a text that has been left, in another copy
        row = {"coder": state.coder}
    note = {"note": state.text(payload["note"])} if payload.get("note") else {}
    state.put("region", {**row, **payload, **note})


def _region_remove(state: State, payload: Payload) -> None:
    state.delete("region", payload["id"])


_STANDING = (
    "SELECT v.id FROM text_version v WHERE NOT EXISTS "
    "(SELECT 1 FROM destroyed d WHERE d.kind = 'version' AND d.id = v.id)"
)


def _turns_of(state: State, version: str) -> str:
    """Digest of the list of turns a version came with; the list has the speakers' labels."""
    found = state.connection.execute(
        "SELECT json_extract(p.body, '$.version.turns') FROM text_version v JOIN payload p ON p.change = v.change "
        "WHERE v.id = ?",
        (version,),
    ).fetchone()
    return str(found[0]) if found else ""


def _purge(state: State, payload: Payload) -> None:
    """Destroy the words of an older version for good; its number and digest stay.

    `version` is empty when only the original file goes. `cards` are digests of facts that name a speaker by a label no
    longer used; `card` says how the source stands instead, so that a replay of the journal ends in the same place.
    """
    connection = state.connection
    for digest, raw, version in connection.execute(
        "SELECT digest, raw_digest, id FROM text_version WHERE id = ?", (payload["version"],)
    ).fetchall():
        turns = _turns_of(state, version)
        connection.execute("INSERT OR IGNORE INTO destroyed VALUES ('version', ?, ?)", (version, state.change_id))
        connection.execute("UPDATE turn SET speaker = '' WHERE version = ?", (version,))
        for text in filter(None, (digest, raw, *payload.get("texts", ()))):
            kept = connection.execute(
                "SELECT 1 FROM text_version v WHERE (v.digest = ? OR v.raw_digest = ?) AND NOT EXISTS "
                "(SELECT 1 FROM destroyed d WHERE d.kind = 'version' AND d.id = v.id)",
                (text, text),
            ).fetchone()
            if kept is None:
                connection.execute("DELETE FROM text_blob WHERE digest = ?", (text,))
        if all(_turns_of(state, other) != turns for (other,) in connection.execute(_STANDING)):
            connection.execute("DELETE FROM text_blob WHERE digest = ?", (turns,))
    parsed.drop_destroyed(connection)
    for original in payload.get("originals", ()):
        connection.execute("DELETE FROM original WHERE digest = ?", (original,))
    if payload.get("card"):
        _restate(state, payload["source"], state.card(payload["card"]))
    for card in payload.get("cards", ()):
        connection.execute("DELETE FROM text_blob WHERE digest = ?", (card,))


def _restate(state: State, source: str, card: dict[str, Any]) -> None:
    """Say anew what a source is; speakers by other labels, and what undo remembers of any speaker here, are destroyed."""
    cases, informants, speakers = card.pop("cases"), card.pop("informants"), card.pop("speakers")
    row = state.get("source", source)
    if row is None:
        return
    state.put("source", row | card)
    links(state, "source_case", ("source", source), "case_unit", cases)
    links(state, "source_informant", ("source", source), "informant", informants)
    connection = state.connection
    connection.execute(
        "DELETE FROM image WHERE tbl = 'speaker' AND json_extract(COALESCE(after, before), '$.source') = ?", (source,)
    )
    connection.execute("DELETE FROM speaker WHERE source = ?", (source,))
    for speaker in speakers:
        _put_speaker(state, source, speaker)


KINDS: Mapping[str, Apply] = {
    "source.add": _add,
    "source.set": _set,
    "source.remove": _remove,
    "speaker.set": _speaker,
    "text.revise": _revise,
    "text.replace": _replace,
    "anchor.place": _place,
    "region.set": _region,
    "region.remove": _region_remove,
    "text.purge": _purge,
}

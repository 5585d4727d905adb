"""What changes to codes and themes do to the state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core.ids import derived_id
from workbench.store.applying.project import links
from workbench.store.state import Apply, Row, State

Payload = Mapping[str, Any]
_JSON_FIELDS = ("examples", "signals")


def _columns(card: Row) -> Row:
    return {key: json.dumps(value, ensure_ascii=False) if key in _JSON_FIELDS else value for key, value in card.items()}


def _add(state: State, payload: Payload) -> None:
    card = _columns(state.card(payload["card"]))
    slug = _free_slug(state, card["slug"], payload["id"])
    state.put(
        "code",
        {"examples": "[]", "signals": "[]", "status": "active"} | card | {"slug": slug, "id": payload["id"]},
    )


def _free_slug(state: State, slug: str, code: str) -> str:
    """The slug, or `slug-2` and on when another code took it in a copy that was merged in."""
    if not _is_taken(state, slug, code):
        return slug
    number = 2
    while _is_taken(state, f"{slug}-{number}", code):
        number += 1
    state.note_conflict("code.add", "slug", slug, slug, f"{slug}-{number}")
    return f"{slug}-{number}"


def _is_taken(state: State, slug: str, code: str) -> bool:
    return any(row["id"] != code for row in state.rows("code", slug=slug))


def _set(state: State, payload: Payload) -> None:
    row = state.get("code", payload["id"])
    if row is not None:
        card = _columns(state.card(payload["card"]))
        if "slug" in card:
            card["slug"] = _free_slug(state, card["slug"], payload["id"])
        state.put("code", row | card)


def _move(state: State, payload: Payload) -> None:
    """Move a code; a move that would close a circle (two copies moved at once) is void and listed."""
    ancestor = payload["parent"]
    while ancestor:
        if ancestor == payload["id"]:
            state.note_conflict("code.move", "parent", "", payload["parent"], "void")
            return
        row = state.get("code", ancestor)
        ancestor = row["parent"] if row else ""
    state.update("code", payload["id"], parent=payload["parent"], position=float(payload["position"]))


def _merge(state: State, payload: Payload) -> None:
    """Merge a code into another: an alias at read, so that a coding made elsewhere on the old code finds the new one."""
    target = state.get("code", payload["into"])
    if target is None or payload["into"] == payload["id"]:
        return
    for child in state.rows("code", parent=payload["id"]):
        state.put("code", child | {"parent": payload["into"]})
    for link in state.rows("theme_code", code=payload["id"]):
        state.delete("theme_code", link["id"])
    state.update("code", payload["id"], status="merged", merged_into=payload["into"], parent="")


def _status(status: str) -> Apply:
    def apply(state: State, payload: Payload) -> None:
        state.update("code", payload["id"], status=status)

    return apply


def _remove(state: State, payload: Payload) -> None:
    """Remove a code nobody uses; in use by a coding from another copy, it stays, retired, and is listed."""
    used = state.referrers("code", payload["id"])
    used.pop("theme_code", None)
    if used:
        state.note_conflict("code.remove", "code", payload["id"], ",".join(used), "retired")
        state.update("code", payload["id"], status="retired")
        return
    for link in state.rows("theme_code", code=payload["id"]):
        state.delete("theme_code", link["id"])
    state.delete("code", payload["id"])


def _theme(state: State, payload: Payload) -> None:
    card = state.card(payload["card"])
    codes, codings = card.pop("codes", None), card.pop("codings", None)
    state.put(
        "theme",
        {"status": "candidate"} | (state.get("theme", payload["id"]) or {}) | card | {"id": payload["id"]},
    )
    if codes is not None:
        links(state, "theme_code", ("theme", payload["id"]), "code", codes)
    if codings is not None:
        links(state, "theme_coding", ("theme", payload["id"]), "coding", codings)


def _theme_excerpts(state: State, payload: Payload) -> None:
    """Put codings in a theme or take them out, one by one, so that two copies can both add."""
    if state.get("theme", payload["id"]) is None:
        return
    for coding in payload.get("add", ()):
        key = derived_id(payload["id"], coding)
        if state.get("theme_coding", key) is None and state.get("coding", coding) is not None:
            state.put("theme_coding", {"id": key, "theme": payload["id"], "coding": coding})
    for coding in payload.get("remove", ()):
        state.delete("theme_coding", derived_id(payload["id"], coding))


def _theme_remove(state: State, payload: Payload) -> None:
    links(state, "theme_code", ("theme", payload["id"]), "code", ())
    links(state, "theme_coding", ("theme", payload["id"]), "coding", ())
    state.delete("theme", payload["id"])


KINDS: Mapping[str, Apply] = {
    "code.add": _add,
    "code.set": _set,
    "code.move": _move,
    "code.merge": _merge,
    "code.retire": _status("retired"),
    "code.restore": _status("active"),
    "code.remove": _remove,
    "theme.add": _theme,
    "theme.set": _theme,
    "theme.remove": _theme_remove,
    "theme.excerpts": _theme_excerpts,
}

"""What taking in others' material does to the state: surveys, links, and which foreign item became which of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def _survey(state: State, payload: Payload) -> None:
    """A survey with its open questions; the same one again gives new words and counts to the questions."""
    card = state.card(payload["card"])
    questions = card.pop("questions", [])
    row = state.get("survey", payload["id"]) or {"created": clock.iso(state.clock)}
    state.put("survey", row | card | {"id": payload["id"]})
    for position, question in enumerate(questions):
        key = derived_id(payload["id"], "question", question["key"])
        state.put("question", question | {"id": key, "survey": payload["id"], "position": float(position)})


def _link(state: State, payload: Payload) -> None:
    card = state.card(payload["card"])
    row = {"coder": state.coder, "created": clock.iso(state.clock)}
    state.put("entity_link", row | card | {"id": payload["id"]})


def _link_remove(state: State, payload: Payload) -> None:
    state.delete("entity_link", payload["id"])


def _foreign(state: State, payload: Payload) -> None:
    """Remember for each foreign GUID which of ours it is, and what it said when it was last taken in."""
    origin = payload["origin"]
    for guid, kind, target, seen in json.loads(state.text(payload["items"]) or "[]"):
        state.put(
            "foreign_item",
            {
                "id": derived_id(origin, kind, guid),
                "origin": origin,
                "guid": guid,
                "kind": kind,
                "target": target,
                "seen": json.dumps(seen, ensure_ascii=False, sort_keys=True),
                "updated": clock.iso(state.clock),
            },
        )


KINDS: Mapping[str, Apply] = {
    "survey.add": _survey,
    "link.add": _link,
    "link.remove": _link_remove,
    "foreign.set": _foreign,
}

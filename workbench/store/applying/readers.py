"""What comments handed back by readers do to the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def _add(state: State, payload: Payload) -> None:
    """A reader's comment is taken in; the same one again gives new words but keeps reply and status."""
    card = state.card(payload["card"])
    row = state.get("comment", payload["id"]) or {"status": "open", "coder": state.coder}
    state.put("comment", row | card | {"id": payload["id"]})


def _set(state: State, payload: Payload) -> None:
    changed = {"status": payload["status"]} if "status" in payload else {}
    if "reply" in payload:
        changed["reply"] = state.text(payload["reply"]) if payload["reply"] else ""
    state.update("comment", payload["id"], **changed, coder=state.coder)


def _remove(state: State, payload: Payload) -> None:
    state.delete("comment", payload["id"])


KINDS: Mapping[str, Apply] = {"comment.add": _add, "comment.set": _set, "comment.remove": _remove}

"""What sortings of a code's codings do to the state: a queue, one choice a coding, and an end.

Choices are kept beside the codings and change none of them before the sorting is finished.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def _add(state: State, payload: Payload) -> None:
    """`card` has kind, code, targets (ids of codes, in the order of their keys) and codings (ids, in queue order)."""
    card = state.card(payload["card"])
    row = {"kind": card["kind"], "code": card["code"]}
    listed = {key: json.dumps(card[key]) for key in ("targets", "codings")}
    state.put(
        "sorting",
        row | listed | {"id": payload["id"], "coder": state.coder, "created": clock.iso(state.clock)},
    )


def _set(state: State, payload: Payload) -> None:
    """Other targets, or more codings; what the card does not name stays."""
    card = state.card(payload["card"])
    state.update("sorting", payload["id"], **{key: json.dumps(value) for key, value in card.items()})


def _choose(state: State, payload: Payload) -> None:
    """What is to become of one coding; an empty choice takes the earlier one back."""
    if state.get("sorting", payload["sorting"]) is None:
        return
    key = derived_id(payload["sorting"], payload["coding"])
    if not payload["choice"]:
        state.delete("sorting_choice", key)
        return
    state.put(
        "sorting_choice",
        {
            "id": key,
            "sorting": payload["sorting"],
            "coding": payload["coding"],
            "choice": payload["choice"],
            "codes": json.dumps(list(payload.get("codes", ()))),
            "note": state.text(payload["note"]) if payload.get("note") else "",
            "coder": state.coder,
            "created": clock.iso(state.clock),
        },
    )


def _finish(state: State, payload: Payload) -> None:
    state.update("sorting", payload["id"], finished=clock.iso(state.clock))


def _remove(state: State, payload: Payload) -> None:
    for row in state.rows("sorting_choice", sorting=payload["id"]):
        state.delete("sorting_choice", row["id"])
    state.delete("sorting", payload["id"])


KINDS: Mapping[str, Apply] = {
    "sorting.add": _add,
    "sorting.set": _set,
    "sorting.choose": _choose,
    "sorting.finish": _finish,
    "sorting.remove": _remove,
}

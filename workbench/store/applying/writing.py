"""What writing up does to the state: framework cells, facts about the study, and reports that were written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def _cell(state: State, payload: Payload) -> None:
    """The summary of a case on a code in a wave; without words the cell is empty again."""
    key = derived_id("cell", payload["case"], payload["code"], payload["wave"])
    if not payload["text"]:
        state.delete("summary_cell", key)
        return
    state.put(
        "summary_cell",
        {
            "id": key,
            "case_unit": payload["case"],
            "code": payload["code"],
            "wave": payload["wave"],
            "text": state.text(payload["text"]),
            "status": payload["status"],
            "codings": json.dumps(list(payload["codings"])),
            "coder": state.coder,
            "updated": clock.iso(state.clock),
        },
    )


def _fact(state: State, payload: Payload) -> None:
    if payload["value"]:
        now = clock.iso(state.clock)
        state.put("project_fact", {"id": payload["key"], "value": state.text(payload["value"]), "updated": now})
    else:
        state.delete("project_fact", payload["key"])


def _report(state: State, payload: Payload) -> None:
    """That a report was written, with what it held and what was known to be risky when it was."""
    card = state.card(payload["card"])
    state.put(
        "report",
        {
            "id": payload["id"],
            "title": card.get("title", ""),
            "card": json.dumps(card, ensure_ascii=False, sort_keys=True),
            "coder": state.coder,
            "created": clock.iso(state.clock),
        },
    )


KINDS: Mapping[str, Apply] = {"cell.set": _cell, "fact.set": _fact, "report.write": _report}

"""What changes to the project, its coders, cases and informants do to the state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def links(state: State, table: str, owner: tuple[str, str], column: str, targets: Iterable[str]) -> None:
    """Make exactly these rows of a link table: `owner` is (column, id); what is no longer named is removed."""
    owner_column, owner_id = owner
    wanted = {derived_id(owner_id, target): target for target in targets}
    for row in state.rows(table, **{owner_column: owner_id}):
        if row["id"] not in wanted:
            state.delete(table, row["id"])
    for key, target in wanted.items():
        if state.get(table, key) is None:
            state.put(table, {"id": key, owner_column: owner_id, column: target})


def _create(state: State, payload: Payload) -> None:
    state.put("project", {"created": clock.iso(state.clock), **state.card(payload["card"]), "id": payload["id"]})


def _set(state: State, payload: Payload) -> None:
    for row in state.rows("project"):
        state.put("project", row | state.card(payload["card"]))


def _coder(state: State, payload: Payload) -> None:
    state.put("coder", {"id": payload["id"], "name": state.text(payload["name"])})


def _case_add(state: State, payload: Payload) -> None:
    card = state.card(payload["card"])
    card["attributes"] = json.dumps(card.get("attributes") or {}, ensure_ascii=False)
    state.put("case_unit", card | {"id": payload["id"]})


def _case_set(state: State, payload: Payload) -> None:
    row = state.get("case_unit", payload["id"])
    if row is not None:
        card = state.card(payload["card"])
        if "attributes" in card:
            card["attributes"] = json.dumps(card["attributes"], ensure_ascii=False)
        state.put("case_unit", row | card)


def _remove(table: str, *link_tables: tuple[str, str]) -> Apply:
    def apply(state: State, payload: Payload) -> None:
        for link_table, column in link_tables:
            for row in state.rows(link_table, **{column: payload["id"]}):
                state.delete(link_table, row["id"])
        state.delete(table, payload["id"])

    return apply


def _informant(state: State, payload: Payload) -> None:
    """Add an informant or change the fields that the card names; `cases` replaces the links when present."""
    card = state.card(payload["card"])
    cases = card.pop("cases", None)
    if "attributes" in card:
        card["attributes"] = json.dumps(card["attributes"], ensure_ascii=False)
    row = state.get("informant", payload["id"]) or {"attributes": "{}"}
    state.put("informant", row | card | {"id": payload["id"]})
    if cases is not None:
        links(state, "informant_case", ("informant", payload["id"]), "case_unit", cases)


KINDS: Mapping[str, Apply] = {
    "project.create": _create,
    "project.set": _set,
    "coder.add": _coder,
    "coder.rename": _coder,
    "case.add": _case_add,
    "case.set": _case_set,
    "case.remove": _remove(
        "case_unit", ("informant_case", "case_unit"), ("source_case", "case_unit"), ("summary_cell", "case_unit")
    ),
    "informant.add": _informant,
    "informant.set": _informant,
    "informant.remove": _remove("informant", ("informant_case", "informant"), ("source_informant", "informant")),
}

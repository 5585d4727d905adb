"""What codings, margin notes, memos, reading status and verdicts on suggestions do to the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.core import clock
from workbench.core.ids import derived_id
from workbench.store.state import Apply, State

Payload = Mapping[str, Any]


def _add(state: State, payload: Payload) -> None:
    source = state.get("source", payload["source"])
    if source is None or payload["version"] != source["version"]:
        # Made in another copy on a version of the text this copy has left, or on a source removed here.
        state.note_conflict("coding.add", "version", source["version"] if source else "", payload["version"], "void")
        return
    state.put(
        "coding",
        {
            "origin": "manual",
            "coder": state.coder,
            "first_coder": state.coder,
            "created": clock.iso(state.clock),
            "decided": state.clock,
            **payload,
            "quote": _free_quote(state, payload),
        },
    )


def _free_quote(state: State, payload: Payload) -> str:
    """The quote id, or the next free one under the same prefix when another copy used it for another span."""
    quote = str(payload["quote"])
    prefix, _dash, number = quote.rpartition("-")
    place = (payload["source"], payload["start"], payload["end"])
    while any((row["source"], row["start"], row["end"]) != place for row in state.rows("coding", quote=quote)):
        number = f"{int(number) + 1:03d}"
        quote = f"{prefix}-{number}"
    if quote != payload["quote"]:
        state.note_conflict("coding.add", "quote", str(payload["quote"]), str(payload["quote"]), quote)
    return quote


def _wait_no_more(state: State, table: str, key: str) -> None:
    """What is removed, or has been given bounds by hand, needs no place any more."""
    state.delete("waiting", derived_id(table, key))


def _remove(state: State, payload: Payload) -> None:
    _wait_no_more(state, "coding", payload["id"])
    for memo in state.rows("memo", target_kind="coding", target=payload["id"]):
        state.delete("memo", memo["id"])
    for link in state.rows("theme_coding", coding=payload["id"]):
        state.delete("theme_coding", link["id"])
    state.delete("coding", payload["id"])


def _bound(state: State, payload: Payload) -> None:
    changed = {key: payload[key] for key in ("start", "end", "quote") if key in payload}
    _wait_no_more(state, "coding", payload["id"])
    state.update("coding", payload["id"], **changed)


def _recode(state: State, payload: Payload) -> None:
    coder = payload.get("coder", state.coder)  # another's decision, taken in with a file, stays the other's
    state.update("coding", payload["id"], code=payload["code"], coder=coder, decided=state.clock)


def _star(state: State, payload: Payload) -> None:
    state.update("coding", payload["id"], star=payload["star"])


def _confirm(state: State, payload: Payload) -> None:
    """Somebody has looked at the coding again and lets the code stand."""
    state.update("coding", payload["id"], decided=state.clock)


def _shown(state: State, payload: Payload) -> None:
    """How the quotation is printed, shortened or clarified in brackets; without words it is printed as it was said."""
    state.update("coding", payload["id"], shown=state.text(payload["text"]) if payload["text"] else "")


def _note(state: State, payload: Payload) -> None:
    place = {key: value for key, value in payload.items() if key not in ("id", "text")}
    row = state.get("margin_note", payload["id"])
    if row is None:
        if not place:
            return  # new words for a note that has been removed elsewhere
        row = {"coder": state.coder, "created": clock.iso(state.clock)}
    state.put("margin_note", row | place | {"id": payload["id"], "text": state.text(payload["text"])})


def _note_remove(state: State, payload: Payload) -> None:
    _wait_no_more(state, "margin_note", payload["id"])
    state.delete("margin_note", payload["id"])


def _memo(state: State, payload: Payload) -> None:
    now = clock.iso(state.clock)
    given = {key: value for key, value in payload.items() if key not in ("id", "text")}
    row = state.get("memo", payload["id"])
    if row is None:
        if "target_kind" not in given:
            return  # new words for a memo that has been removed elsewhere
        row = {"coder": state.coder, "created": now, "kind": "memo"}
        place = state.get("source", given.get("source", ""))
        if given.get("version") and (place is None or place["version"] != given["version"]):
            state.note_conflict("memo.add", "version", place["version"] if place else "", given["version"], "void")
            return
    state.put("memo", row | {"updated": now} | given | {"id": payload["id"], "text": state.text(payload["text"])})


def _memo_remove(state: State, payload: Payload) -> None:
    _wait_no_more(state, "memo", payload["id"])
    state.delete("memo", payload["id"])


def _reading(state: State, payload: Payload) -> None:
    key = derived_id(payload["source"], state.coder)
    state.put("reading", {"id": key, "source": payload["source"], "coder": state.coder, "status": payload["status"]})


def _verdict(verdict: str) -> Apply:
    def apply(state: State, payload: Payload) -> None:
        row = {key: value for key, value in payload.items() if key != "card"}
        state.put(
            "verdict",
            row
            | {
                "verdict": verdict,
                "coder": state.coder,
                "created": clock.iso(state.clock),
                "evidence": state.text(payload["card"]),
            },
        )

    return apply


def _reopen(state: State, payload: Payload) -> None:
    _wait_no_more(state, "verdict", payload["id"])
    state.delete("verdict", payload["id"])


KINDS: Mapping[str, Apply] = {
    "coding.add": _add,
    "coding.remove": _remove,
    "coding.bound": _bound,
    "coding.recode": _recode,
    "coding.star": _star,
    "coding.confirm": _confirm,
    "coding.shown": _shown,
    "note.add": _note,
    "note.set": _note,
    "note.remove": _note_remove,
    "memo.add": _memo,
    "memo.set": _memo,
    "memo.remove": _memo_remove,
    "reading.set": _reading,
    "suggestion.accept": _verdict("accepted"),
    "suggestion.reject": _verdict("rejected"),
    "suggestion.reopen": _reopen,
}

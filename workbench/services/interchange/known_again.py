"""Things known by what they are, in files of tools that give everything new GUIDs at every export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.text import normalise
from exports.interchange.model import SourceItem
from workbench.services.interchange.ledger import Ledger
from workbench.services.interchange.marks import marked
from workbench.store.project import Gesture

Words = tuple[object, ...]
"""What makes two notes the same: where they stand, what they say and who wrote them."""


class NotesHere:
    """The notes that stood here before a file came; each of them is one of the file's at the most."""

    def __init__(self, act: Gesture) -> None:
        self._free: dict[Words, list[str]] = defaultdict(list)
        for table in ("memo", "margin_note"):
            for row in act.state.rows(table):
                self._free[_words(row, row["text"], row["coder"], margin=table == "margin_note")].append(row["id"])

    def same(self, place: Mapping[str, Any], text: str, coder: str, *, margin: bool) -> str:
        """Our id of a note that stands there, says just that and is by the same coder; empty for none. It is taken then."""
        found = self._free.get(_words(place, text, coder, margin=margin))
        return found.pop(0) if found else ""


def _words(place: Mapping[str, Any], text: str, coder: str, *, margin: bool) -> Words:
    on = () if margin else (place["target_kind"], place.get("target", ""))
    span = (place.get("source", ""), place.get("start", 0), place.get("end", 0)) if place.get("source") else ()
    return margin, on, span, text.strip(), coder


def sources_by_name(act: Gesture, items: Iterable[SourceItem], ledger: Ledger) -> None:
    """Lets a source with a new GUID be the one that came from the same project under its name, and is not there any more.

    A text that somebody has corrected in the other tool is then a newer version of ours, and no second source.
    """
    there = {item.guid for item in items}
    earlier = ledger.earlier("source", there)
    named: dict[str, list[str]] = defaultdict(list)
    for target, known in earlier.items():
        if act.state.get("source", target) is not None:
            named[str(ledger.said_before("source", known.guid).get("name", ""))].append(target)
    new = [item for item in items if ("source", item.guid) not in ledger.known]
    for item in new:
        mark = marked({"name": normalise(item.name).strip()})["name"]
        candidates = named.get(mark, [])
        twins = [other for other in new if normalise(other.name).strip() == normalise(item.name).strip()]
        if item.name.strip() and len(candidates) == len(twins) == 1:
            ledger.recognise("source", item.guid, candidates[0], earlier)

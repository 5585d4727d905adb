"""Things known by what they are, in files of tools that give everything new GUIDs at every export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from gettext import gettext as _
from typing import Any

from corpus.alignment import align
from corpus.text import normalise
from exports.interchange.model import SourceItem
from workbench.core.succession import kept_characters
from workbench.services.interchange.ledger import Ledger
from workbench.services.interchange.marks import marked
from workbench.store.project import Gesture
from workbench.store.queries.corpus import text_of

Words = tuple[object, ...]
"""What makes two notes the same: where they stand, what they say and who wrote them."""
_KEPT = 0.5
"""So much of the shorter of two texts stands in the other when they are versions of one; strangers share up to a fourth."""


class NotesHere:
    """The notes that stood here before a file came; each of them is one of the file's at the most.

    Args:
        act: the gesture.
        known: ids of those that the file has under a GUID that is known: nothing else in it is one of them.
    """

    def __init__(self, act: Gesture, known: Container[str]) -> None:
        self._free: dict[Words, list[str]] = defaultdict(list)
        self._on: dict[Words, dict[str, str]] = defaultdict(dict)
        """What memos are on -> their ids and words."""
        for row in act.state.rows("memo"):
            self._on[row["target_kind"], row["target"]][row["id"]] = row["text"].strip()
        for table in ("memo", "margin_note"):
            for row in act.state.rows(table):
                if row["id"] not in known:
                    self._free[_words(row, row["text"], row["coder"], margin=table == "margin_note")].append(row["id"])

    def same(self, place: Mapping[str, Any], text: str, coder: str, *, margin: bool) -> str:
        """Our id of a note that stands there, says just that and is by the same coder; empty for none. It is taken then."""
        found = self._free.get(_words(place, text, coder, margin=margin))
        return found.pop(0) if found else ""

    def together(self, place: Mapping[str, Any], text: str) -> list[str]:
        """Our ids of the memos on a thing that say all of a text between them, whoever wrote them; none where they do not.

        Tools that know only a description of it have them all in that.
        """
        rest, found = text, []
        for uid, words in sorted(self._on[place["target_kind"], place.get("target", "")].items(), key=_longest_first):
            if words and words in rest:
                rest = rest.replace(words, "", 1)
                found.append(uid)
        return [] if rest.strip() else found


def _longest_first(memo: tuple[str, str]) -> tuple[int, str]:
    return -len(memo[1]), memo[0]


def _words(place: Mapping[str, Any], text: str, coder: str, *, margin: bool) -> Words:
    on = () if margin else (place["target_kind"], place.get("target", ""))
    span = (place.get("source", ""), place.get("start", 0), place.get("end", 0)) if place.get("source") else ()
    return margin, on, span, text.strip(), coder


def sources_by_name(act: Gesture, items: Iterable[SourceItem], ledger: Ledger) -> None:
    """Lets a source with a new GUID be the one that came from the same project under its name, and is not there any more.

    A text that somebody has corrected in the other tool is then a newer version of ours, and no second source. Another text
    under an old name is another source, and is told of.
    """
    there = {item.guid for item in items}
    earlier = ledger.earlier("source", there)
    named: dict[str, list[str]] = defaultdict(list)
    for target, known in earlier.items():
        if act.state.get("source", target) is not None:
            named[str(ledger.said_before("source", known.guid).get("name", ""))].append(target)
    new: dict[str, list[SourceItem]] = defaultdict(list)
    for item in items:
        if ("source", item.guid) not in ledger.known:
            new[marked({"name": normalise(item.name).strip()})["name"]].append(item)
    for mark, alike in new.items():
        candidates = named.get(mark, [])
        if not (mark and len(alike) == len(candidates) == 1):
            continue
        (item,), (target,) = alike, candidates
        row = act.state.get("source", target) or {}
        if _is_version_of(text_of(act.connection, row["version"]), normalise(item.text)):
            ledger.recognise("source", item.guid, target, earlier)
        elif item.text.strip():
            why = _("Teksten er en annen enn i kilden med samme navn fra sist; den er tatt inn som en ny kilde.")
            ledger.lose(_("Kilde"), item.name, why, mended=True)


def _is_version_of(ours: str, theirs: str) -> bool:
    """Whether a text came of another; a text whose words have been destroyed here may be anything."""
    if not ours.strip() or ours == theirs:
        return True
    return kept_characters(ours, align(ours, theirs).edit_map) >= _KEPT * min(len(ours), len(theirs)) > 0

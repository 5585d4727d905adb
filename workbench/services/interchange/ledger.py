"""What became of each foreign thing while a bundle is taken in, and what it said when it was last taken in.

A thing that comes again is compared in three ways: what the foreign file said last time, what it says now, and what we have.
Only what changed there and not here is updated; what changed on both sides stays ours and is listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import Any

from exports.interchange.model import Loss
from workbench.core.entities import ForeignItem
from workbench.services.interchange.field_names import words
from workbench.services.interchange.identity import is_guid
from workbench.services.interchange.marks import marked
from workbench.store.project import Gesture
from workbench.store.queries import interchange as queries
from workbench.store.queries.codes import aliases
from workbench.store.state import Row

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a comparison came to."""

    changes: dict[str, Any]
    """The fields of ours that are to get a new value."""
    stood: tuple[str, ...]
    """The fields in which ours stands, though the file has something else that is new."""
    first: bool
    """Whether the file has not spoken of any of them before: nobody can say who has changed them."""

    def why(self) -> str:
        """Why ours stands, Norwegian."""
        if self.first:
            return _("Står annerledes her enn i filen ({fields}); vårt står.").format(fields=words(self.stood))
        return _("Endret både her og der ({fields}); vårt står.").format(fields=words(self.stood))


@dataclass(slots=True)
class Ledger:
    """The book that is kept during one taking in. Kinds are those of `ForeignItem`."""

    origin: str
    """Identity of the foreign project."""
    title: str
    known: dict[tuple[str, str], ForeignItem]
    """(kind, GUID) of what was taken in before, or went out from here."""
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, GUID) -> our id, for everything that is met this time."""
    said: dict[tuple[str, str], tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """What is to be remembered: our id, and what the thing says now."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Our id of a code that is merged into another -> the other's."""
    replaced: set[str] = field(default_factory=set)
    """Our ids of the sources that got a newer text from the file."""
    case_kinds: dict[str, str] = field(default_factory=dict)
    """GUID -> `case` or `informant`, for everything the other tool calls a case."""
    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: list[Loss] = field(default_factory=list)
    """Changed on both sides, or gone here: ours stands."""
    losses: list[Loss] = field(default_factory=list)

    def id_of(self, kind: str, guid: str) -> str:
        """Our id of something met this time, or empty."""
        return self.ids.get((kind, guid), "")

    def met(self, kind: str, guid: str, target: str, said: Fields, taken: Fields) -> None:
        """Note which of ours a foreign thing is, what it says now, and what we made of that."""
        self.ids[kind, guid] = target
        made = {key: taken[key] for key in said if key not in MEMBERS}
        self.said[kind, guid] = (target, {"said": marked(said), "taken": marked(made)})

    def add(self, kind: str, guid: str, target: str, said: Fields, taken: Fields) -> None:
        self.met(kind, guid, target, said, taken)
        self.added[kind] += 1

    def compare(
        self, kind: str, guid: str, said: Fields, taken: Fields, ours: Fields, *, moving: bool = False
    ) -> Outcome:
        """What is to become of a thing that was taken in before, field by field.

        Args:
            kind: kind of thing.
            guid: its GUID; it must be known.
            said: what the file says.
            taken: what we would make of that.
            ours: what we have.
            moving: whether the fields are places in a text of ours that may have been edited, so that what is remembered
                of a field the file has not changed is where it lies now.
        """
        item = self.known[kind, guid]
        said_before, taken_before = _fields(item.seen, "said"), _fields(item.seen, "taken")
        changes: dict[str, Any] = {}
        stood: list[str] = []
        fields = {key: value for key, value in said.items() if key not in MEMBERS}
        ours_now, taken_now = marked({key: ours[key] for key in fields}), marked(taken)
        remembered = dict(taken_now)
        for key, value in marked(fields).items():
            before = self._now(taken_before.get(key, _NEVER))
            if value == said_before.get(key, _NEVER):
                remembered[key] = taken_now[key] if moving else taken_before.get(key, taken_now[key])
            elif self._now(ours_now[key]) == self._now(taken_now[key]):
                continue
            elif self._now(ours_now[key]) == before or (key not in said_before and ours[key] in _EMPTY):
                changes[key] = taken[key]
            else:
                stood.append(key)
                remembered[key] = taken_before.get(key, ours_now[key])
        # What the file is silent about this time stands as it was said; another list of the same codes may speak of it again.
        unsaid = {key for key in said_before if key not in said and key in taken_before}
        self.met(
            kind,
            guid,
            item.target,
            {**said, **{key: said_before[key] for key in unsaid}},
            {**remembered, **{key: taken_before[key] for key in unsaid}},
        )
        self.updated[kind] += bool(changes)
        self.unchanged[kind] += not changes
        return Outcome(changes=changes, stood=tuple(stood), first=not any(key in said_before for key in stood))

    def newly_in(self, kind: str, guid: str, field: str, members: Iterable[str]) -> list[str]:
        """Those members of a thing that the file did not say last time, or that were not here then.

        What belonged to it last time and has been taken out of it here, stays out.
        """
        item = self.known.get((kind, guid))
        before = set() if item is None else set(_fields(item.seen, "said").get(field, ()))
        wanted = list(members)
        marks: list[str] = marked({field: wanted})[field]
        return [
            each
            for each, mark in zip(wanted, marks, strict=True)
            if mark not in before or (MEMBERS[field], each) not in self.known
        ]

    def says_the_same(self, kind: str, guid: str, said: Fields) -> bool:
        """Whether a thing says what it said when it was last taken in, in these fields."""
        item = self.known.get((kind, guid))
        before = {} if item is None else _fields(item.seen, "said")
        return item is not None and all(before.get(key, _NEVER) == value for key, value in marked(said).items())

    def remembered(self, kind: str, guid: str) -> Fields:
        """What was made of a thing when it was last taken in; nothing when it never was."""
        item = self.known.get((kind, guid))
        return {} if item is None else _fields(item.seen, "taken")

    def earlier(self, kind: str, in_file: Container[str]) -> dict[str, ForeignItem]:
        """Our id -> what came from this project under a GUID that its file does not have any more."""
        return {
            item.target: item
            for (each, guid), item in self.known.items()
            if each == kind and item.origin == self.origin and item.seen and guid not in in_file
        }

    def recognise(self, kind: str, guid: str, target: str, earlier: Mapping[str, ForeignItem]) -> None:
        """Note that a GUID which is new stands for one of ours; what it said under an `earlier` GUID is remembered."""
        seen = earlier[target].seen if target in earlier else {}
        self.known[kind, guid] = ForeignItem(guid=guid, kind=kind, target=target, seen=seen)

    def said_before(self, kind: str, guid: str) -> Fields:
        """What a thing said when it was last taken in, texts as marks; nothing when it never was."""
        item = self.known.get((kind, guid))
        return {} if item is None else _fields(item.seen, "said")

    def _now(self, value: object) -> object:
        """A code that has been merged into another here is the other."""
        return self.merged.get(value, value) if isinstance(value, str) else value

    def refrain(self, kind: str) -> None:
        """Nothing came of what was to be changed in the thing that was compared last."""
        self.updated[kind] -= 1
        self.unchanged[kind] += 1

    def lose(self, what: str, name: str, why: str, *, count: int = 1, mended: bool = False) -> None:
        self.losses.append(Loss(what=what, name=name, why=why, count=count, mended=mended))

    def keep(self, what: str, name: str, why: str, *, count: int = 1) -> None:
        self.kept.append(Loss(what=what, name=name, why=why, count=count))

    def remember(self, act: Gesture) -> None:
        """Write down what is new, as the last change of the gesture; nothing when all is as it was remembered."""
        items = [
            [guid, kind, target, seen]
            for (kind, guid), (target, seen) in self.said.items()
            if (kind, guid) not in self.known
            or self.known[kind, guid].origin != self.origin
            or self.known[kind, guid].target != target
            or dict(self.known[kind, guid].seen) != seen
        ]
        if items:
            text = json.dumps(items, ensure_ascii=False, sort_keys=True)
            act.record("foreign.set", {"origin": self.origin, "title": self.title, "items": act.text(text)})


TABLES: Mapping[str, tuple[str, ...]] = {
    "code": ("code",),
    "source": ("source",),
    "coding": ("coding",),
    "note": ("memo", "margin_note"),
    "case": ("case_unit", "informant"),
    "set": ("theme",),
    "link": ("entity_link",),
    "survey": ("survey",),
}
"""Kind -> the tables a thing of that kind may be a row of."""


def row_of(act: Gesture, kind: str, target: str) -> Row | None:
    """The row that one of ours is, or None where it has been removed."""
    return next((row for table in TABLES.get(kind, ()) if (row := act.state.get(table, target)) is not None), None)


def open_ledger(
    act: Gesture, origin: str, title: str, own: Mapping[str, tuple[str, str]], *, lists: bool = False
) -> Ledger:
    """A new book for a bundle from `origin`; `own` are GUIDs that went out from this project, with (kind, id).

    A GUID that came with another project before is the same thing here too as long as it is here, but what that file said
    is nothing to compare with: it may be another version, or a codebook that has its names in another shape. Lists of codes
    have no identity but their file's name, so that one list under two names is one list (`lists`).
    """
    known = {
        (kind, guid): ForeignItem(guid=guid, kind=kind, target=target, seen={}) for guid, (kind, target) in own.items()
    }
    everything = queries.foreign_items(act.connection)
    known |= {
        (item.kind, item.guid): item if lists and not is_guid(item.origin) else replace(item, seen={})
        for item in everything
        if item.origin != origin and item.kind in TABLES and row_of(act, item.kind, item.target) is not None
    }
    known |= {(item.kind, item.guid): item for item in everything if item.origin == origin}
    return Ledger(origin=origin, title=title, known=known, merged=aliases(act.connection))


MEMBERS: Mapping[str, str] = {
    "cases": "case",
    "codes": "code",
    "codings": "coding",
    "sources": "source",
    "speakers": "case",
}
"""Fields that say what belongs to a thing, by GUID -> the kind of what belongs to it. They are only added to."""
_NEVER = object()
_EMPTY: tuple[object, ...] = (None, "", [])
"""What may be filled in by a file that has not spoken of it before."""


def _fields(seen: Mapping[str, object], key: str) -> Fields:
    found = seen.get(key)
    return marked(found) if isinstance(found, dict) else {}

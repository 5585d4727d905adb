"""What taking a project in would do, by name, with nothing kept: it is done in full, on a copy of the project in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import Any, Protocol

from exports.interchange.model import Bundle
from workbench.core.changes import Change
from workbench.core.ids import derived_id
from workbench.services.interchange import losses
from workbench.services.interchange.field_names import words
from workbench.services.interchange.identity import guid_of
from workbench.services.interchange.receiving import Received, identity_of
from workbench.services.interchange.telling import outcome
from workbench.store.project import Gesture, Project, rehearsed
from workbench.store.queries import interchange as queries
from workbench.store.queries.images import row_before
from workbench.store.queries.names import Names as NamesInWords

_KINDS: Mapping[str, tuple[str, ...]] = {
    "source": ("source",),
    "code": ("code",),
    "case": ("case_unit",),
    "informant": ("informant",),
    "set": ("theme",),
    "note": ("memo", "margin_note"),
    "coding": ("coding",),
    "link": ("entity_link",),
    "survey": ("survey",),
}
"""Kind, as `Received` counts it -> the tables its things are rows of, in the order they are told of."""
_KIND_OF_CHANGE: Mapping[str, str] = {
    "source": "source",
    "text": "source",
    "code": "code",
    "case": "case",
    "informant": "informant",
    "theme": "set",
    "memo": "note",
    "note": "note",
    "coding": "coding",
    "link": "link",
    "survey": "survey",
}
"""What the name of a change begins with -> the kind of thing it is about."""
_SHOWN = 12
"""Names of one kind that are told; the rest are counted."""
_WORDS = 60
"""Characters of a note without a title, or of a value, that are told."""

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A thing that is here and would be changed; codings are called by their source."""

    name: str
    fields: tuple[str, ...]
    emptied: tuple[str, ...]
    """Those of the fields that would be left empty."""

    def told(self) -> str:
        """«Bolig (navn; blir tomt: definisjon)»."""
        filled = words(field for field in self.fields if field not in self.emptied)
        emptied = _("blir tomt: {fields}").format(fields=words(self.emptied)) if self.emptied else ""
        said = "; ".join(filter(None, (filled, emptied)))
        return f"{self.name} ({said})" if said else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What would come of a file."""

    received: tuple[Received, ...]
    new: Names
    """Kind -> names of what is not here yet; codings are called by their source."""
    changed: Mapping[str, tuple[Touched, ...]]
    """Kind -> what is here and would be as it is in the file."""


def seen_before(project: Project, bundles: Iterable[Bundle], file: str) -> bool:
    """Whether a file is from a project that something was taken in from before, or from this one itself."""
    known = {item.origin for item in queries.foreign_items(project.connection)}
    known.add(guid_of(project.uid, "project", project.uid))
    return any(identity_of(bundle, file) in known for bundle in bundles)


class Taking(Protocol):
    """`receive_all` with everything said but the project; what `last` raises leaves nothing behind."""

    def __call__(self, project: Project, *, last: Callable[[Gesture, list[Received]], None]) -> object: ...


def plan(project: Project, taking: Taking) -> Coming:
    """What `taking` would do in the project; not a byte of it is kept, and nobody who writes meanwhile waits for it.

    Raises:
        Refusal: as `taking` does, such as when it is cancelled.
    """
    found: list[Coming] = []

    def look(act: Gesture, received: list[Received]) -> None:
        new, changed = _names(act)
        found.append(Coming(received=tuple(received), new=new, changed=changed))
        raise _Seen

    with rehearsed(project) as copy, suppress(_Seen):
        taking(copy, last=look)
    return found[0]


class _Seen(Exception):
    """Ends the rehearsal once all that would be done has been seen."""


def nothing_new(coming: Coming) -> bool:
    """Whether the project would be as it is."""
    return not (
        any(coming.new.values())
        or any(coming.changed.values())
        or any(each.added or each.updated for each in coming.received)
    )


def lines(coming: Coming) -> Iterator[str]:
    """What would come, be changed, stand and be left out, each by name."""
    for received in coming.received:
        yield outcome(received)
    if nothing_new(coming):
        yield _("Alt i filen er her fra før.")
    changed = {kind: tuple(each.told() for each in things) for kind, things in coming.changed.items()}
    for heading, names in ((_("Nytt:"), coming.new), (_("Blir endret:"), changed)):
        if any(names.values()):
            yield ""
            yield heading
            yield from (f"  {line}" for line in _told(names))
    for received in coming.received:
        told = list(losses.lines(received))
        if told:
            yield ""
            yield from told


def _told(names: Names) -> Iterator[str]:
    kinds = {
        "source": _("kilder"),
        "code": _("koder"),
        "case": _("caser"),
        "informant": _("informanter"),
        "set": _("temaer"),
        "note": _("notater"),
        "coding": _("kodinger"),
        "link": _("koblinger"),
        "survey": _("spørreundersøkelser"),
    }
    for kind in _KINDS:
        counted = Counter(names.get(kind, ()))
        if not counted:
            continue
        shown = [f"{name} (×{n})" if n > 1 else name for name, n in list(counted.items())[:_SHOWN]]
        if len(counted) > _SHOWN:
            more = len(counted) - _SHOWN
            shown.append(ngettext("og {n} til", "og {n} til", more).format(n=more))
        yield _("{kind}: {names}").format(kind=kinds[kind], names=", ".join(shown))


def _names(act: Gesture) -> tuple[Names, Mapping[str, tuple[Touched, ...]]]:
    """The names of what the gesture has made, and of what it has changed of what was there."""
    made: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
    touched: dict[str, dict[str, dict[str, bool]]] = {kind: {} for kind in _KINDS}
    of_codes = {derived_id(row["id"], "theme") for row in act.state.rows("code")}
    """The themes that top-level codes have from the start."""
    cards = NamesInWords(act.connection)
    for change in act.changes:
        about = _about(act, change)
        if about is None:
            continue
        kind, thing, new = about
        if thing in of_codes:
            continue
        if new:
            made[kind].setdefault(thing)
        elif thing not in made[kind]:
            touched[kind].setdefault(thing, {}).update(_fields(act, change, cards))
    calls = _Calling(act)
    new_names = {kind: tuple(calls.name(kind, uid) for uid in uids) for kind, uids in made.items()}
    changed = {
        kind: tuple(
            Touched(
                name=calls.name(kind, uid),
                fields=tuple(fields),
                emptied=tuple(field for field, empty in fields.items() if empty),
            )
            for uid, fields in things.items()
        )
        for kind, things in touched.items()
    }
    return new_names, changed


def _about(act: Gesture, change: Change) -> tuple[str, str, bool] | None:
    """(kind, id, whether it is new) of what a change is about; None for what has no name of its own."""
    payload = change.payload or {}
    thing, _dot, verb = change.kind.partition(".")
    kind = _KIND_OF_CHANGE.get(thing)
    uid = payload.get("id") or payload.get("source")
    if kind is None or not isinstance(uid, str):
        return None
    return kind, uid, verb == "add" and row_before(act.connection, change.id, _KINDS[kind], uid) is None


def _fields(act: Gesture, change: Change, cards: NamesInWords) -> dict[str, bool]:
    """What a change sets of its thing -> whether it is emptied; each attribute of a case with what it was and becomes."""
    payload = change.payload or {}
    if "card" in payload and change.kind.endswith(".set"):
        card = cards.card(payload["card"])
        told = {field: value in ("", [], None) for field, value in card.items() if field != "attributes"}
        if "attributes" in card:
            row = row_before(act.connection, change.id, ("case_unit", "informant"), str(payload["id"])) or {}
            told |= dict.fromkeys(_attributes(json.loads(row.get("attributes") or "{}"), card["attributes"]), False)
        return told
    of_kind = {
        "text.replace": "text",
        "note.set": "text",
        "memo.set": "text",
        "code.move": "parent",
        "code.retire": "retired",
        "coding.bound": "span",
        "coding.recode": "code",
        "coding.star": "star",
        "theme.excerpts": "codings",
    }
    return {of_kind[change.kind]: False} if change.kind in of_kind else {}


def _attributes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """«Folketall: 41000 → 42000» for every attribute that becomes another."""
    for name in {**before, **after}:
        was, becomes = before.get(name, ""), after.get(name, "")
        if was != becomes:
            empty = _("(tom)")
            yield _("{name}: {was} → {becomes}").format(
                name=name, was=_short(was) or empty, becomes=_short(becomes) or empty
            )


class _Calling:
    """What things are called in the plan."""

    def __init__(self, act: Gesture) -> None:
        self._state = act.state
        self._sources: dict[str, str] = {row["id"]: row["name"] for row in act.state.rows("source")}

    def name(self, kind: str, uid: str) -> str:
        """A coding is called by its source, and a link by what it ties together."""
        row = next((row for table in _KINDS[kind] if (row := self._state.get(table, uid)) is not None), None) or {}
        if kind == "coding":
            return self._sources.get(row.get("source", ""), "")
        if kind == "link":
            ends = [self._end(str(row.get(end, ""))) for end in ("origin", "target")]
            return " – ".join(ends) + (f" ({row['name']})" if row.get("name") else "")
        said = str(row.get("name") or row.get("number") or row.get("title") or _short(row.get("text", "")))
        return " ".join(said.split()) or _("(uten navn)")

    def _end(self, uid: str) -> str:
        """What one end of a link is called, whatever it is."""
        for kind, tables in _KINDS.items():
            if kind != "link" and any(self._state.get(table, uid) for table in tables):
                return self.name(kind, uid)
        return _("(uten navn)")


def _short(said: object) -> str:
    """On one line, and cut where it is long."""
    words = " ".join(str(said).split())
    return words if len(words) <= _WORDS else words[:_WORDS].rstrip() + "…"

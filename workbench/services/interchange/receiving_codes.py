"""Codes of another tool: which are ours already, which are new, and what has been changed in them since last time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from codebooks import slugs
from codebooks.colours import child_colour, is_colour, next_colour
from corpus.text import normalise
from exports.interchange.model import Bundle, CodeItem
from workbench.core.ids import derived_id
from workbench.services.codebook import record_theme_of_code, rename_theme_of_code
from workbench.services.interchange.ledger import Ledger
from workbench.store.project import Gesture
from workbench.store.state import Row

_TEXTS = ("name_en", "brief", "definition", "when_used", "when_not")


def receive_codes(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Every code of the bundle, parents first. A code with the name of one of ours under the same parent is that one."""
    rows = {row["id"]: row for row in act.state.rows("code")}
    themes = not any(each.kind == "theme" for each in bundle.sets)
    last = max((row["position"] for row in rows.values()), default=-1.0)
    used = {coding.code for coding in bundle.codings}
    for position, given in enumerate(parents_first(bundle.codes), 1):
        code = _codable(given, used, ledger)
        parent = ledger.id_of("code", code.parent)
        standing = ledger.known.get(("code", code.guid))
        if standing is not None and standing.target in rows:
            _again(act, rows, code, parent, ledger)
            continue
        if standing is not None:
            ledger.keep(_("Kode"), code.name, _("Koden er slettet her siden sist, og tas ikke inn igjen."))
            continue
        same = _same(rows, code, parent)
        if same is not None:
            ledger.met("code", code.guid, same["id"], _said(code), _ours(same))
            ledger.unchanged["code"] += 1
            continue
        uid = derived_id(project_uid, "code", ledger.origin, code.guid)
        row = _new_row(rows, code, parent, ledger) | {"position": last + position}
        act.record("code.add", {"id": uid, "card": act.card(row)})
        if code.retired:
            act.record("code.retire", {"id": uid})
        if themes and not parent:
            record_theme_of_code(act, uid, row["name"], row["position"])
        rows[uid] = {"merged_into": "", "id": uid, "status": "retired" if code.retired else "active"} | row
        ledger.add("code", code.guid, uid, _said(code), _ours(rows[uid]))


def _codable(code: CodeItem, used: set[str], ledger: Ledger) -> CodeItem:
    """The code; a folder that something is coded with in the file all the same is read as a code."""
    if code.codable or code.guid not in used:
        return code
    ledger.lose(_("Mappe"), code.name, _("Mappen er kodet med i fila, og er lest som en kode."), mended=True)
    return replace(code, codable=True)


def parents_first(codes: tuple[CodeItem, ...]) -> list[CodeItem]:
    """The codes so that each stands after the one above it; what lies in a circle, or under nothing, comes to the top."""
    by_guid = {code.guid: code for code in codes}
    placed: dict[str, CodeItem] = {}
    for code in codes:
        chain: list[CodeItem] = []
        above: CodeItem | None = code
        while above is not None and above.guid not in placed and above not in chain:
            chain.append(above)
            above = by_guid.get(above.parent)
        placed |= {each.guid: each for each in reversed(chain)}
    return list(placed.values())


def clean_name(name: str) -> str:
    """A code's name on one line, never empty."""
    return " ".join(normalise(name).split()) or _("(uten navn)")


def _same(rows: Mapping[str, Row], code: CodeItem, parent: str) -> Row | None:
    name = clean_name(code.name).casefold()
    return next(
        (
            row
            for row in rows.values()
            if row["name"].casefold() == name and row["parent"] == parent and row["status"] != "merged"
        ),
        None,
    )


def _new_row(rows: Mapping[str, Row], code: CodeItem, parent: str, ledger: Ledger) -> dict[str, Any]:
    """The card of a code that is new here, under a name and a slug that nobody has."""
    name = _free_name(rows, code, parent)
    if name != clean_name(code.name):
        why = _("En annen kode her heter det samme; denne heter «{name}» hos oss.").format(name=name)
        ledger.lose(_("Kode"), code.name, why, mended=True)
    taken = {row["slug"] for row in rows.values()}
    slug = code.slug if slugs.is_slug(code.slug) and code.slug not in taken else slugs.unique_slug(name, taken)
    return _said(code) | {
        "name": name,
        "slug": slug,
        "parent": parent,
        "colour": code.colour if is_colour(code.colour) else _colour(rows, parent),
    }


def _free_name(rows: Mapping[str, Row], code: CodeItem, parent: str) -> str:
    """The code's name, told from others of that name by the code above it: «Annet (Bolig)»."""
    taken = {row["name"].casefold() for row in rows.values() if row["status"] != "merged"}
    wanted = name = clean_name(code.name)
    if name.casefold() in taken and parent:
        name = wanted = f"{name} ({rows[parent]['name']})"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def _colour(rows: Mapping[str, Row], parent: str) -> str:
    above = rows[parent]["colour"] if parent else ""
    if above:
        return child_colour(above, sum(row["parent"] == parent for row in rows.values()))
    return next_colour(row["colour"] for row in rows.values())


def _said(code: CodeItem) -> dict[str, Any]:
    """What the file says of a code, in our fields. Signals are ours alone: a file without them says nothing of them."""
    said = {
        "name": clean_name(code.name),
        "name_en": normalise(code.name_en).strip(),
        "brief": normalise(code.brief).strip(),
        "definition": normalise(code.definition).strip(),
        "when_used": normalise(code.when).strip(),
        "when_not": normalise(code.when_not).strip(),
        "examples": [normalise(example) for example in code.examples],
        "colour": code.colour,
        "folder": int(not code.codable),
        "parent": code.parent,
    }
    return said | ({"signals": json.loads(code.signals)} if code.signals else {})


def _ours(row: Row) -> dict[str, Any]:
    """What we have of a code, in the same fields."""
    fields = {key: row.get(key, "") for key in ("name", *_TEXTS, "colour", "parent")}
    for key in ("examples", "signals"):
        value = row.get(key) or []
        fields[key] = json.loads(value) if isinstance(value, str) else list(value)
    fields["folder"] = int(row.get("folder", 0))
    return fields


def _again(act: Gesture, rows: dict[str, Row], code: CodeItem, parent: str, ledger: Ledger) -> None:
    """Give our code what has been changed in theirs since last time, where ours has not been changed too."""
    row = rows[ledger.known["code", code.guid].target]
    said, ours = _said(code), _ours(row)
    # An empty or impossible colour is no wish, and a parent that is not taken in cannot be one.
    colour = code.colour if is_colour(code.colour) else ours["colour"]
    taken = said | {"colour": colour, "parent": parent if parent or not code.parent else ours["parent"]}
    outcome = ledger.compare("code", code.guid, said, taken, ours)
    if row["status"] == "merged":
        ledger.ids["code", code.guid] = ledger.merged.get(row["id"], row["id"])
        if outcome.changes or outcome.stood:
            ledger.keep(
                _("Kode"), row["name"], _("Koden er slått sammen med en annen her; det nye om den er ikke tatt inn.")
            )
        return
    if outcome.stood:
        ledger.keep(_("Kode"), row["name"], outcome.why())
    _change(act, rows, row, outcome.changes, ledger)


def _change(act: Gesture, rows: dict[str, Row], row: Row, changes: dict[str, Any], ledger: Ledger) -> None:
    if "name" in changes and not _name_is_free(rows, row["id"], changes["name"]):
        why = _("Heter «{name}» der; det navnet er opptatt her.").format(name=changes.pop("name"))
        ledger.keep(_("Kode"), row["name"], why)
    if "parent" in changes:
        new_parent = changes.pop("parent")
        if _below(rows, new_parent, row["id"]):
            ledger.keep(_("Kode"), row["name"], _("Ligger under en av sine egne underkoder der; blir liggende her."))
        else:
            act.record("code.move", {"id": row["id"], "parent": new_parent, "position": row["position"]})
            row["parent"] = new_parent
    if changes:
        act.record("code.set", {"id": row["id"], "card": act.card(changes)})
        if "name" in changes:
            rename_theme_of_code(act, row["id"], changes["name"])
        row |= changes


def _name_is_free(rows: Mapping[str, Row], code: str, name: str) -> bool:
    folded = name.casefold()
    return all(
        each["id"] == code or each["status"] == "merged" or each["name"].casefold() != folded for each in rows.values()
    )


def _below(rows: Mapping[str, Row], code: str, above: str) -> bool:
    """Whether a code is, or lies under, another."""
    seen = set[str]()
    while code and code not in seen:
        if code == above:
            return True
        seen.add(code)
        code = rows[code]["parent"] if code in rows else ""
    return False

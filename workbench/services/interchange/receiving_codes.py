"""Codes of another tool: which are ours already, which are new, and what has been changed in them since last time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import Any

from codebooks import slugs
from codebooks.colours import child_colour, is_colour, next_colour
from corpus.text import normalise
from exports.interchange.model import Bundle, CodeItem
from workbench.core.entities import ForeignItem
from workbench.core.ids import derived_id
from workbench.services.codebook import record_theme_of_code, rename_theme_of_code
from workbench.services.interchange.ledger import Ledger
from workbench.services.interchange.marks import marked
from workbench.services.interchange.spelling import lies_in, one_line
from workbench.store.project import Gesture
from workbench.store.state import Row


@dataclass(slots=True)
class _Ours:
    """The codes of the project while codes come in, found by name and place without looking at each."""

    rows: dict[str, Row] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    """Name in lower case -> ids of the codes that are called so and are not merged into others."""
    slugs: set[str] = field(default_factory=set)
    below: Counter[str] = field(default_factory=Counter)
    """Id -> how many codes lie right under it."""
    colours: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        self.rows[row["id"]] = row
        self.slugs.add(row["slug"])
        self.below[row["parent"]] += 1
        self.colours[row["colour"].lower()] += 1
        if row["status"] != "merged":
            self.names.setdefault(row["name"].casefold(), set()).add(row["id"])

    def rename(self, row: Row, name: str) -> None:
        self.names[row["name"].casefold()].discard(row["id"])
        self.names.setdefault(name.casefold(), set()).add(row["id"])
        row["name"] = name

    def move(self, row: Row, parent: str) -> None:
        self.below[row["parent"]] -= 1
        self.below[parent] += 1
        row["parent"] = parent

    def named(self, name: str, *, but: str = "") -> list[str]:
        """Ids of the codes of a name, `but` one."""
        return sorted(self.names.get(name.casefold(), set()) - {but})

    def parent_of(self, code: str) -> str:
        return str(self.rows[code]["parent"]) if code in self.rows else ""


_OUR_NAMES = {"when": "when_used", "codable": "folder"}
"""Fields of `CodeItem` that are called something else here."""
_TEXTS = ("name_en", "brief", "definition", "when_used", "when_not")


def receive_codes(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Every code of the bundle, parents first. A code with the name of one of ours under the same parent is that one."""
    ours = _Ours()
    for row in act.state.rows("code"):
        ours.add(row)
    themes = not any(each.kind == "theme" for each in bundle.sets)
    last = max((row["position"] for row in ours.rows.values()), default=-1.0)
    used = {coding.code for coding in bundle.codings}
    in_file = {code.guid for code in bundle.codes}
    earlier = ledger.earlier("code", in_file)
    before = _by_name_before(earlier, ours, ledger)
    taken = {item.target for (kind, guid), item in ledger.known.items() if kind == "code" and guid in in_file}
    for position, given in enumerate(parents_first(bundle.codes), 1):
        code = _codable(given, used, ledger)
        parent = ledger.id_of("code", code.parent)
        standing = ledger.known.get(("code", code.guid))
        if standing is not None and standing.target in ours.rows:
            _again(act, ours, code, parent, ledger)
            continue
        if standing is not None:
            ledger.keep(_("Kode"), code.name, _("Koden er slettet her siden sist, og tas ikke inn igjen."))
            continue
        same = _same(ours, code, parent, before, taken)
        if same:
            taken.add(same)
            ledger.recognise("code", code.guid, same, earlier)
            _again(act, ours, code, parent, ledger)
            continue
        uid = derived_id(project_uid, "code", ledger.origin, code.guid)
        card = _new_row(ours, code, parent, ledger) | {"position": last + position}
        act.record("code.add", {"id": uid, "card": act.card(card)})
        if code.retired:
            act.record("code.retire", {"id": uid})
        if themes and not parent:
            record_theme_of_code(act, uid, card["name"], card["position"])
        taken.add(uid)
        ours.add({"merged_into": "", "id": uid, "status": "retired" if code.retired else "active"} | card)
        ledger.add("code", code.guid, uid, said_of_code(code), _ours(ours.rows[uid]))


def _by_name_before(earlier: Mapping[str, ForeignItem], ours: _Ours, ledger: Ledger) -> dict[str, list[str]]:
    """What codes were called in the file when it last came, as a mark -> our ids of those that are still here."""
    found: dict[str, list[str]] = {}
    for target, item in earlier.items():
        if target in ours.rows:
            found.setdefault(str(ledger.said_before("code", item.guid).get("name")), []).append(target)
    return found


def _same(ours: _Ours, code: CodeItem, parent: str, before: Mapping[str, list[str]], taken: Container[str]) -> str:
    """Our id of the code that a new one is, by its name and place; empty for none, or when another of the file is that one."""
    name = one_line(code.name)
    here = [*before.get(marked({"name": name})["name"], ()), *ours.named(name)]
    if "parent" in code.silent:
        return next((each for each in here if each not in taken), "")
    return next((each for each in here if ours.rows[each]["parent"] == parent and each not in taken), "")


def _codable(code: CodeItem, used: set[str], ledger: Ledger) -> CodeItem:
    """The code; a folder that something is coded with in the file all the same is read as a code."""
    read = _as_coded(code, used)
    if read is not code:
        ledger.lose(_("Mappe"), code.name, _("Mappen er kodet med i filen, og er lest som en kode."), mended=True)
    return read


def _as_coded(code: CodeItem, used: set[str]) -> CodeItem:
    return code if code.codable or code.guid not in used else replace(code, codable=True)


def said_of_codes(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    """The GUID of each code and what the bundle says of it."""
    used = {coding.code for coding in bundle.codings}
    for code in bundle.codes:
        yield code.guid, said_of_code(_as_coded(code, used))


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


def _new_row(ours: _Ours, code: CodeItem, parent: str, ledger: Ledger) -> dict[str, Any]:
    """The card of a code that is new here, under a name and a slug that nobody has."""
    name = _free_name(ours, code, parent)
    if name != one_line(code.name):
        why = _("En annen kode her heter det samme; denne heter «{name}» hos oss.").format(name=name)
        ledger.lose(_("Kode"), code.name, why, mended=True)
    free = slugs.is_slug(code.slug) and code.slug not in ours.slugs
    slug = code.slug if free else slugs.unique_slug(name, ours.slugs)
    said = {key: value for key, value in _fields_of(code).items() if key != "retired"}
    return said | {
        "name": name,
        "slug": slug,
        "parent": parent,
        "colour": code.colour if is_colour(code.colour) else _colour(ours, parent),
    }


def _free_name(ours: _Ours, code: CodeItem, parent: str) -> str:
    """The code's name, told from others of that name by the code above it: «Annet (Bolig)»."""
    wanted = name = one_line(code.name)
    if ours.named(name) and parent:
        name = wanted = f"{name} ({ours.rows[parent]['name']})"
    number = 1
    while ours.named(name):
        number += 1
        name = f"{wanted} {number}"
    return name


def _colour(ours: _Ours, parent: str) -> str:
    above = ours.rows[parent]["colour"] if parent else ""
    return child_colour(above, ours.below[parent]) if above else next_colour(ours.colours.elements())


def said_of_code(code: CodeItem) -> dict[str, Any]:
    """What the file says of a code, in our fields; nothing of those that it has no place for.

    Signals are ours alone, and few tools know of codes out of use: a file without them says nothing of them.
    """
    unsaid = {_OUR_NAMES.get(each, each) for each in code.silent}
    return {key: value for key, value in _fields_of(code).items() if key not in unsaid}


def _fields_of(code: CodeItem) -> dict[str, Any]:
    """The code as the file has it, in our fields."""
    said = {
        "name": one_line(code.name),
        "name_en": normalise(code.name_en).strip(),
        "brief": normalise(code.brief).strip(),
        "definition": normalise(code.definition).strip(),
        "when_used": normalise(code.when).strip(),
        "when_not": normalise(code.when_not).strip(),
        "examples": [normalise(example) for example in code.examples],
        "colour": code.colour,
        "folder": int(not code.codable),
        "parent": code.parent,
    } | ({"retired": 1} if code.retired else {})
    return said | ({"signals": json.loads(code.signals)} if code.signals else {})


def _ours(row: Row) -> dict[str, Any]:
    """What we have of a code, in the same fields."""
    fields = {key: row.get(key, "") for key in ("name", *_TEXTS, "colour", "parent")}
    for key in ("examples", "signals"):
        value = row.get(key) or []
        fields[key] = json.loads(value) if isinstance(value, str) else list(value)
    fields["folder"] = int(row.get("folder", 0))
    fields["retired"] = 1 if row.get("status") == "retired" else None
    return fields


def _again(act: Gesture, here: _Ours, code: CodeItem, parent: str, ledger: Ledger) -> None:
    """Give our code what has been changed in theirs since last time, where ours has not been changed too."""
    row = here.rows[ledger.known["code", code.guid].target]
    said, ours = said_of_code(code), _ours(row)
    # An empty or impossible colour is no wish, and a parent that is not taken in cannot be one.
    colour = code.colour if is_colour(code.colour) else ours["colour"]
    if not code.colour and "colour" in ledger.said_before("code", code.guid):
        said.pop("colour", None)
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
    _change(act, here, row, outcome.changes, ledger)


def _change(act: Gesture, here: _Ours, row: Row, changes: dict[str, Any], ledger: Ledger) -> None:
    if "name" in changes and here.named(changes["name"], but=row["id"]):
        why = _("Heter «{name}» der; det navnet er opptatt her.").format(name=changes.pop("name"))
        ledger.keep(_("Kode"), row["name"], why)
    if changes.get("folder") and act.state.rows("coding", code=row["id"]):
        del changes["folder"]
        ledger.keep(_("Kode"), row["name"], _("Er en mappe der, men er kodet med her; den er fortsatt en kode."))
        if not changes:
            ledger.refrain("code")
    if changes.pop("retired", None):
        act.record("code.retire", {"id": row["id"]})
    if "parent" in changes:
        new_parent = changes.pop("parent")
        if lies_in(new_parent, row["id"], here.parent_of):
            ledger.keep(_("Kode"), row["name"], _("Ligger under en av sine egne underkoder der; blir liggende her."))
        else:
            act.record("code.move", {"id": row["id"], "parent": new_parent, "position": row["position"]})
            here.move(row, new_parent)
    if changes:
        act.record("code.set", {"id": row["id"], "card": act.card(changes)})
        if "name" in changes:
            rename_theme_of_code(act, row["id"], changes["name"])
            here.rename(row, changes["name"])
        row |= changes

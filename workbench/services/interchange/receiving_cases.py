"""People, cases and informants of another tool's project."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from corpus.text import normalise
from exports.interchange.model import Bundle, CaseItem
from workbench.core.ids import derived_id
from workbench.services.cases import record_case, record_informant
from workbench.services.interchange.identity import named_id
from workbench.services.interchange.ledger import Ledger
from workbench.services.interchange.spelling import lies_in, one_line
from workbench.store.project import Gesture
from workbench.store.state import Row

_NOT_IN_NUMBER = re.compile(r"[^\w.-]+")
_LONGEST_NUMBER = 12
_INFORMANT = ("role", "level", "side")


def receive_people(act: Gesture, bundle: Bundle, ledger: Ledger) -> None:
    """Coders by name: one of the same name here is the same person, and so is one who has changed names since last time.

    Who somebody is, is said in a gesture of its own, which undo leaves alone.
    """
    introduction = Gesture(act.connection, replica=act.replica, coder=act.coder)
    rows = {row["id"]: row["name"].casefold() for row in act.state.rows("coder")}
    by_name = {name: uid for uid, name in rows.items()}
    for person in bundle.people:
        name = " ".join(normalise(person.name).split()) or _("Ukjent koder")
        standing = ledger.known.get(("person", person.guid))
        uid = standing.target if standing is not None and standing.target in rows else by_name.get(name.casefold(), "")
        if not uid:
            uid = derived_id("coder", name.casefold())
            introduction.record("coder.add", {"id": uid, "name": act.text(name)})
            rows[uid] = name.casefold()
            by_name[name.casefold()] = uid
        ledger.met("person", person.guid, uid, {"name": name}, {"name": name})


def receive_cases(act: Gesture, project_uid: str, bundle: Bundle, ledger: Ledger) -> None:
    """Cases, those they lie in first, then informants."""
    names = {variable.guid: variable.name for variable in bundle.variables}
    for variable in bundle.variables:
        said = {"name": variable.name}
        ledger.met("variable", variable.guid, named_id(project_uid, "variable", variable.name), said, said)
        if variable.description.strip():
            ledger.lose(_("Variabel"), variable.name, _("Beskrivelsen av variabelen har ingen plass her."))
    _tell_of_twins(bundle, ledger)
    used = {guid for case in bundle.cases if case.kind == "case" for guid in case.values}
    for variable in bundle.variables:
        if variable.guid not in used:
            ledger.lose(_("Variabel"), variable.name, _("Ingen case har en verdi for den, så den blir ikke tatt inn."))
    waiting = [each for each in bundle.cases if each.kind == "case"]
    below = {each.guid for each in waiting}
    here = {row["name"].casefold(): row["id"] for row in act.state.rows("case_unit")}
    earlier = ledger.earlier("case", {each.guid for each in bundle.cases})
    for case in waiting:
        same = here.get(one_line(case.name).casefold(), "")
        if ("case", case.guid) not in ledger.known and same in earlier:
            ledger.recognise("case", case.guid, same, earlier)
    while waiting:
        ready = [each for each in waiting if each.parent not in below]
        for case in ready or waiting:  # a circle of cases has no first one: they are all taken as they come
            _case(act, project_uid, case, names, ledger, here)
            below.discard(case.guid)
        waiting = [each for each in waiting if each.guid in below] if ready else []
    numbers: dict[str, Row | None] = {row["number"].casefold(): row for row in act.state.rows("informant")}
    for informant in bundle.cases:
        if informant.kind == "informant":
            _informant(act, project_uid, informant, ledger, numbers)


def _tell_of_twins(bundle: Bundle, ledger: Ledger) -> None:
    """What has one name in the file is one thing here: coders, cases and variables."""
    for what, why, named in (
        (_("Koder"), _("To kodere i filen har samme navn; de er én koder her."), bundle.people),
        (_("Case"), _("To caser i filen har samme navn; de er én case her."), _only(bundle.cases, "case")),
        (_("Variabel"), _("To variabler i filen har samme navn; de er én her, og én verdi gjelder."), bundle.variables),
    ):
        counted = Counter(one_line(each.name).casefold() for each in named)
        for name, count in counted.items():
            if count > 1:
                ledger.lose(what, name, why, count=count - 1, mended=True)


def _only(cases: Iterable[CaseItem], kind: str) -> list[CaseItem]:
    return [each for each in cases if each.kind == kind]


def _case(
    act: Gesture, project_uid: str, case: CaseItem, names: Mapping[str, str], ledger: Ledger, here: dict[str, str]
) -> None:
    """A case; `here` has our ids by name in lower case, and is kept up to date."""
    attributes = _named(case, names)
    name = one_line(case.name)
    said = said_of_case(case, names)
    parent = ledger.id_of("case", case.parent)
    standing = ledger.known.get(("case", case.guid))
    if standing is not None:
        row = act.state.get("case_unit", standing.target)
        if row is None:
            ledger.keep(_("Case"), name, _("Casen er slettet her siden sist, og tas ikke inn igjen."))
        else:
            _case_again(act, row, case, said, parent, ledger, here)
        return
    row = act.state.get("case_unit", here.get(name.casefold(), ""))
    if row is not None:
        ledger.met("case", case.guid, row["id"], said, {key: _of_case(row).get(key, "") for key in said})
        ledger.unchanged["case"] += 1
        _complete(act, row, attributes, ledger)
        return
    uid = record_case(act, project_uid, name, type=case.type or "kommune", parent=parent, attributes=attributes)
    here[name.casefold()] = uid
    ledger.add("case", case.guid, uid, said, said | {"type": case.type or "kommune", "parent": parent})


def said_of_case(case: CaseItem, names: Mapping[str, str]) -> dict[str, Any]:
    """What the file says of a case, in our fields; `names` are those of the variables, by GUID."""
    fields = {"name": one_line(case.name), "type": case.type, "parent": case.parent, "sources": sorted(case.sources)}
    return fields | _prefixed(_named(case, names))


def said_of_informant(informant: CaseItem) -> dict[str, Any]:
    """What the file says of an informant, in our fields."""
    fields = {key: getattr(informant, key) for key in _INFORMANT}
    return fields | {"cases": sorted(informant.cases), "sources": sorted(informant.sources)}


def _named(case: CaseItem, names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(guid, guid): value for guid, value in case.values.items()}


def _case_again(
    act: Gesture,
    row: Mapping[str, Any],
    case: CaseItem,
    said: Mapping[str, Any],
    parent: str,
    ledger: Ledger,
    here: dict[str, str],
) -> None:
    """Give our case what has been changed in theirs since last time, where ours has not been changed too."""
    ours = _of_case(row)
    ours = {key: ours.get(key) for key in said}
    taken = dict(said) | {
        "type": case.type or ours["type"],
        "parent": parent if parent or not case.parent else ours["parent"],
    }
    outcome = ledger.compare("case", case.guid, said, taken, ours)
    changes = outcome.changes
    stood = outcome.stood
    if stood:
        ledger.keep(_("Case"), row["name"], replace(outcome, stood=_bare(stood)).why())
    if "name" in changes and here.get(changes["name"].casefold(), row["id"]) != row["id"]:
        why = _("Heter «{name}» der; det navnet er opptatt her.").format(name=changes.pop("name"))
        ledger.keep(_("Case"), row["name"], why)
    if "parent" in changes and lies_in(changes["parent"], row["id"], lambda each: _parent(act, each)):
        del changes["parent"]
        ledger.keep(_("Case"), row["name"], _("Ligger i en av sine egne caser der; blir liggende her."))
    fields: dict[str, Any] = {key: value for key, value in changes.items() if not key.startswith(_PREFIX)}
    values = {key.removeprefix(_PREFIX): value for key, value in changes.items() if key.startswith(_PREFIX)}
    if values:
        fields["attributes"] = _attributes(row) | values
    if "name" in fields:
        here.pop(row["name"].casefold(), None)
        here[fields["name"].casefold()] = row["id"]
    if fields:
        act.record("case.set", {"id": row["id"], "card": act.card(fields)})


def _parent(act: Gesture, case: str) -> str:
    return str((act.state.get("case_unit", case) or {}).get("parent", ""))


_PREFIX = "attribute "


def _prefixed(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Each attribute as a field of its own, so that each can be compared."""
    return {f"{_PREFIX}{key}": value for key, value in attributes.items()}


def _bare(fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(field.removeprefix(_PREFIX) for field in fields)


def _of_case(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("name", "type", "parent")} | _prefixed(_attributes(row))


def _attributes(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(json.loads(row["attributes"] or "{}"))


def _complete(act: Gesture, row: Mapping[str, Any], attributes: Mapping[str, Any], ledger: Ledger) -> None:
    """A case that was here by its name gets what it lacks; what it has, it keeps."""
    own = _attributes(row)
    lacking = {key: value for key, value in attributes.items() if key not in own}
    differing = [key for key, value in attributes.items() if key in own and own[key] != value]
    if lacking:
        act.record("case.set", {"id": row["id"], "card": act.card({"attributes": own | lacking})})
    if differing:
        why = _("Har andre verdier her ({fields}); våre står.").format(fields=", ".join(differing))
        ledger.keep(_("Case"), row["name"], why)


def _informant(
    act: Gesture, project_uid: str, informant: CaseItem, ledger: Ledger, numbers: dict[str, Row | None]
) -> None:
    """An informant that is here gets what is newer; another person's number is nobody else's.

    `numbers` has the informants here by number in lower case, None for those who have been met.
    """
    said = said_of_informant(informant)
    if informant.values:
        why = _("Informanter har bare rolle, nivå og side her; de andre verdiene er ikke tatt inn.")
        ledger.lose(_("Variabelverdier"), informant.name, why, count=len(informant.values))
    wanted = ledger.newly_in("case", informant.guid, "cases", informant.cases)
    cases = [found for guid in wanted if (found := ledger.id_of("case", guid))]
    standing = ledger.known.get(("case", informant.guid))
    if standing is not None:
        row = act.state.get("informant", standing.target)
        if row is None:
            why = _("Informanten er slettet her siden sist, og tas ikke inn igjen.")
            ledger.keep(_("Informant"), informant.name, why)
            return
        ours = {key: row[key] for key in _INFORMANT}
        outcome = ledger.compare("case", informant.guid, said, {key: said[key] or ours[key] for key in ours}, ours)
        numbers[row["number"].casefold()] = None
        _count_as_informant(ledger, changed=bool(outcome.changes))
        if outcome.stood:
            ledger.keep(_("Informant"), row["number"], outcome.why())
        record_informant(act, project_uid, row["number"], also_in=cases, **outcome.changes)
        return
    row, number = _same_informant(act, informant, cases, ledger, numbers)
    numbers[number.casefold()] = None
    # A role that stands here is not overwritten by another's.
    given = {key: said[key] for key in _INFORMANT if said[key] and not (row or {}).get(key)}
    uid = record_informant(act, project_uid, number, also_in=cases, **given)
    now = act.state.get("informant", uid) or {}
    ledger.met("case", informant.guid, uid, said, {key: now.get(key, "") for key in said})
    (ledger.added if row is None else ledger.unchanged)["informant"] += 1


def _same_informant(
    act: Gesture, informant: CaseItem, cases: list[str], ledger: Ledger, numbers: Mapping[str, Row | None]
) -> tuple[Row | None, str]:
    """The informant here who is plainly the same person, of the same number, role and cases, and the number; None when new.

    Another of that number is another person: two studies both begin at I01. So is another of this file whose name is cut
    to the same number.
    """
    number = _NOT_IN_NUMBER.sub("-", normalise(informant.name).strip()).strip("-")[:_LONGEST_NUMBER]
    number = number or f"I{len(numbers) + 1:02d}"
    row = numbers.get(number.casefold())
    if row is not None:
        linked = {link["case_unit"] for link in act.state.rows("informant_case", informant=row["id"])}
        if row["role"].casefold() == informant.role.casefold() and linked == set(cases):
            return row, row["number"]
    free, count = number, 1
    while free.casefold() in numbers:
        count += 1
        ending = f"-{count}"
        free = number[: _LONGEST_NUMBER - len(ending)].rstrip("-") + ending
    if free != number:
        why = _("En annen informant her har nummeret «{taken}»; denne heter «{name}» her.")
        ledger.lose(_("Informant"), informant.name, why.format(taken=number, name=free), mended=True)
    elif number != informant.name:
        why = _("Kan ikke være informantnummer; heter «{number}» her.").format(number=number)
        ledger.lose(_("Informant"), informant.name, why, mended=True)
    return None, free


def _count_as_informant(ledger: Ledger, *, changed: bool) -> None:
    """Informants are counted by themselves, though other tools know them as cases."""
    counts = ledger.updated if changed else ledger.unchanged
    counts["case"] -= 1
    counts["informant"] += 1

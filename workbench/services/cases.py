"""Cases and informants: who and where the material comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path
from typing import Any

from corpus.text import normalise
from workbench.core.entities import Case, Informant
from workbench.core.ids import derived_id
from workbench.errors import NotFound, Refusal
from workbench.services.naming import not_found
from workbench.store.project import Gesture, Project
from workbench.store.queries import corpus as queries

_NUMBER = re.compile(r"[\w.-]{1,12}")


def list_cases(project: Project) -> list[Case]:
    """Cases, a parent before its children."""
    return queries.cases(project.connection)


def list_informants(project: Project) -> list[Informant]:
    return queries.informants(project.connection)


def find_case(project: Project, named: str) -> Case:
    """The case with this name, or the only one that begins so.

    Raises:
        NotFound: with the nearest names.
    """
    known = list_cases(project)
    folded = named.casefold()
    exact = [case for case in known if case.name.casefold() == folded or case.id == named]
    begins = exact or [case for case in known if case.name.casefold().startswith(folded)]
    if len(begins) == 1:
        return begins[0]
    if begins:
        names = tuple(case.name for case in begins)
        raise NotFound(_("«{named}» kan være flere caser: {names}.").format(named=named, names=", ".join(names)), names)
    raise not_found(
        _("Finner ingen case som heter «{named}».").format(named=named), named, [case.name for case in known]
    )


def below(cases: Iterable[Case], case: str) -> set[str]:
    """Ids of the case and the cases that lie in it."""
    wanted = {case}
    for each in cases:
        if each.parent in wanted:
            wanted.add(each.id)
    return wanted


def add_case(
    project: Project,
    name: str,
    *,
    type: str = "kommune",
    parent: str = "",
    attributes: dict[str, Any] | None = None,
) -> Case:
    """A new case; one with the same name is returned as it is."""
    with project.write() as act:
        uid = record_case(act, project.uid, name, type=type, parent=parent, attributes=attributes)
    return next(case for case in list_cases(project) if case.id == uid)


def record_case(
    act: Gesture,
    project_uid: str,
    name: str,
    *,
    type: str = "kommune",
    parent: str = "",
    attributes: dict[str, Any] | None = None,
) -> str:
    """A case as part of a gesture; its id follows from its name, so that copies of a project agree."""
    name = " ".join(normalise(name).split())
    if not name:
        raise Refusal(_("En case må ha et navn."))
    for row in act.state.rows("case_unit"):
        if row["name"].casefold() == name.casefold():
            return str(row["id"])
    uid, number = derived_id(project_uid, "case", name.casefold()), 1
    while act.state.get("case_unit", uid) is not None:
        # A case that has been given another name keeps the id its first name gave it.
        number += 1
        uid = derived_id(project_uid, "case", name.casefold(), str(number))
    card = {"name": name, "type": type, "parent": parent, "attributes": attributes or {}}
    act.record("case.add", {"id": uid, "card": act.card(card)})
    return uid


def import_cases(project: Project, path: Path) -> int:
    """Take in a case register (YAML with a list `cases`); the number of cases that were new.

    Raises:
        Refusal: if the file is no case register, naming what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            _("{file} kan ikke leses: {why}. Lagre registeret som UTF-8.").format(file=path, why=error)
        ) from None
    with project.write() as act:
        return record_case_register(act, project.uid, text, path.name)


def record_case_register(act: Gesture, project_uid: str, text: str, file: str) -> int:
    """The cases of a register as part of a gesture."""
    import yaml  # only a register is YAML; opening a project must not wait for it

    try:
        entries = yaml.safe_load(text)["cases"]
        named = {entry["name"]: entry for entry in entries}
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise Refusal(_("{file} er ikke et caseregister: {why}.").format(file=file, why=error)) from None
    before = len(act.state.rows("case_unit"))
    for name, entry in named.items():
        parent = ""
        if entry.get("parent"):
            if entry["parent"] not in named:
                raise Refusal(_("{file}: «{name}» ligger i «{parent}», som ikke står i registeret.").format(
                    file=file, name=name, parent=entry["parent"]))  # fmt: skip
            parent = record_case(act, project_uid, entry["parent"])
        attributes = {key: value for key, value in entry.items() if key not in ("name", "type", "parent")}
        record_case(act, project_uid, name, type=entry.get("type", "kommune"), parent=parent, attributes=attributes)
    return len(act.state.rows("case_unit")) - before


def set_case(project: Project, case: str, **fields: Any) -> None:
    """Change a case's name, type, parent, attributes or whether it has withdrawn.

    Raises:
        Refusal: for an empty name or one that another case has.
    """
    with project.write() as act:
        if "name" in fields:
            fields["name"] = " ".join(normalise(fields["name"]).split())
            if not fields["name"]:
                raise Refusal(_("En case må ha et navn."))
            if any(
                row["name"].casefold() == fields["name"].casefold() and row["id"] != case
                for row in act.state.rows("case_unit")
            ):
                raise Refusal(_("En annen case heter «{name}».").format(name=fields["name"]))
        act.record("case.set", {"id": case, "card": act.card(fields)})


def set_informant(
    project: Project,
    number: str,
    *,
    role: str | None = None,
    level: str | None = None,
    side: str | None = None,
    cases: Iterable[str] | None = None,
) -> Informant:
    """Make an informant with this number, or change what is given; cases are ids.

    Raises:
        Refusal: if the number is empty or longer than twelve characters.
    """
    with project.write() as act:
        uid = record_informant(act, project.uid, number, role=role, level=level, side=side, cases=cases)
    return next(each for each in list_informants(project) if each.id == uid)


def record_informant(
    act: Gesture,
    project_uid: str,
    number: str,
    *,
    role: str | None = None,
    level: str | None = None,
    side: str | None = None,
    cases: Iterable[str] | None = None,
    also_in: Iterable[str] = (),
) -> str:
    """An informant as part of a gesture; the id. Nothing is recorded when nothing changes.

    `cases` replaces the cases known, `also_in` adds to them: an informant met again in another case is in both.
    """
    number = number.strip()
    if not _NUMBER.fullmatch(number):
        raise Refusal(
            _("«{number}» kan ikke være informantnummer. Bruk bokstaver og tall, som I03.").format(number=number)
        )
    given = {"role": role, "level": level, "side": side, "cases": None if cases is None else list(cases)}
    fields = {key: value for key, value in given.items() if value is not None}
    for row in act.state.rows("informant", number=number):
        linked = [link["case_unit"] for link in act.state.rows("informant_case", informant=row["id"])]
        if cases is None and set(also_in) - set(linked):
            fields["cases"] = [*linked, *(case for case in also_in if case not in linked)]
        known = row | {"cases": linked}
        if any(known[key] != value for key, value in fields.items()):
            act.record("informant.set", {"id": row["id"], "card": act.card(fields)})
        return str(row["id"])
    uid = derived_id(project_uid, "informant", number.casefold())
    if cases is None and also_in:
        fields["cases"] = list(also_in)
    act.record("informant.add", {"id": uid, "card": act.card({"number": number, **fields})})
    return uid

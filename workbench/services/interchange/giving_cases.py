"""Cases and informants of the project as another tool has them, with the variables of what is known about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exports.interchange.model import CaseItem, VariableItem, VariableType
from workbench.core.entities import Case, Source
from workbench.services.interchange.ground import Ground, Guids
from workbench.services.interchange.identity import named_guid
from workbench.store.queries import corpus as queries


def cases_of(ground: Ground) -> tuple[tuple[VariableItem, ...], tuple[CaseItem, ...]]:
    """Variables of every attribute that has a value, and cases and informants with their values and sources."""
    connection, known, sources = ground.project.connection, ground.known, ground.sources
    cases = queries.cases(connection)
    told = (name for case in cases for name, value in case.attributes.items() if value is not None)
    keys = {name: named_guid(known, ground.project.uid, "variable", name) for name in dict.fromkeys(told)}
    variables = tuple(VariableItem(guid=keys[name], name=name, type=_type(cases, name)) for name in keys)
    texts = {variable.guid for variable in variables if variable.type == "text"}
    by_name = {case.name: known["case", case.id] for case in cases}
    of_case, of_informant = (
        _having(sources, lambda each: each.cases, known),
        _having(sources, lambda each: each.informants, known),
    )
    items = [
        CaseItem(
            guid=known["case", case.id],
            name=case.name,
            type=case.type,
            parent=known.get(("case", case.parent), ""),
            sources=tuple(of_case.get(case.name, ())),
            values={
                keys[name]: str(value) if keys[name] in texts else value
                for name, value in case.attributes.items()
                if value is not None
            },
        )
        for case in cases
    ]
    items += [
        CaseItem(
            guid=known["case", informant.id],
            name=informant.number,
            kind="informant",
            role=informant.role,
            level=informant.level,
            side=informant.side,
            cases=tuple(by_name[name] for name in informant.cases if name in by_name),
            sources=tuple(of_informant.get(informant.number, ())),
        )
        for informant in queries.informants(connection)
    ]
    return variables, tuple(items)


def _having(sources: Iterable[Source], names: Callable[[Source], Iterable[str]], known: Guids) -> dict[str, list[str]]:
    """What sources are marked with -> the GUIDs of those that are."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for name in names(source):
            found.setdefault(name, []).append(known["source", source.id])
    return found


def _type(cases: Iterable[Case], name: str) -> VariableType:
    """The type all values of an attribute share; text where they share none."""
    kinds = {type(case.attributes[name]) for case in cases if case.attributes.get(name) is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "float" if kinds and kinds <= {int, float} else "text"

"""Variables, cases, sets and links, with the links that stand for fields the format does not have."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from math import isfinite

from lxml import etree

from exports.interchange.model import CaseItem, LinkItem, SetItem, VariableType
from exports.interchange.refi.names import (
    ABOUT_LINK,
    BELONGS_LINK,
    CASE_VARIABLES,
    MEMBER_LINK,
    PARENT_LINK,
    SET_PREFIXES,
    SPEAKER_LINK,
    protect,
)
from exports.interchange.refi.sources_writing import Placed
from exports.interchange.refi.values import decimal_text, is_day, is_moment, made_guid
from exports.interchange.refi.written import Writing

_TYPES: dict[VariableType, str] = {
    "text": "Text",
    "boolean": "Boolean",
    "integer": "Integer",
    "float": "Float",
    "date": "Date",
    "datetime": "DateTime",
}
_MOST = 10**18
"""Whole numbers from here on are written as text: other programs hold them in 64 bits."""
Tie = tuple[str, str, str]
"""(GUID of the origin, GUID of the target, name)."""


def case_fields(case: CaseItem) -> dict[str, str]:
    """The fields of a case that variables of Kodebenk's own hold, where they say anything."""
    fields = {
        "kind": "informant" if case.kind == "informant" else "",
        "type": case.type,
        "role": case.role,
        "level": case.level,
        "side": case.side,
    }
    return {field: text for field, text in fields.items() if text}


def write_variables(writing: Writing) -> etree._Element:
    """The variables, and those of Kodebenk's own that some case needs."""
    variables = writing.element("Variables")
    for variable in writing.bundle.variables:
        element = writing.add(
            variables,
            "Variable",
            guid=writing.numbering.of("variable", variable.guid),
            name=protect(variable.name),
            typeOfVariable=_TYPES[variable.type],
        )
        writing.describe(element, variable.description)
    needed = {field for case in writing.bundle.cases for field in case_fields(case)}
    for field, name in CASE_VARIABLES.items():
        if field in needed:
            writing.add(variables, "Variable", guid=_own_variable(field), name=name, typeOfVariable="Text")
    return variables


def write_cases(writing: Writing) -> etree._Element:
    """The cases and informants with their values and sources."""
    cases = writing.element("Cases")
    types = {variable.guid: variable.type for variable in writing.bundle.variables}
    for case in writing.bundle.cases:
        element = writing.add(cases, "Case", guid=writing.numbering.of("case", case.guid), name=case.name)
        writing.describe(element, case.description)
        for variable, value in case.values.items():
            if variable in types:
                _write_value(writing, element, writing.numbering.of("variable", variable), value, types[variable])
            else:
                why = _("Variabelen finnes ikke i prosjektet.")
                writing.ledger.lost(_("Variabelverdi"), case.name, why)
        for field, text in case_fields(case).items():
            _write_value(writing, element, _own_variable(field), text, "text")
        _write_members(writing, element, "SourceRef", "source", case.sources, case.name)
    return cases


def write_sets(writing: Writing) -> etree._Element:
    """The sets, with what kind they are in the beginning of their names."""
    sets = writing.element("Sets")
    for each in writing.bundle.sets:
        element = writing.add(sets, "Set", guid=writing.numbering.of("set", each.guid), name=_set_name(writing, each))
        writing.describe(element, each.description)
        _write_members(writing, element, "MemberCode", "code", each.codes, each.name)
        _write_members(writing, element, "MemberSource", "source", each.sources, each.name)
        _write_members(writing, element, "MemberNote", "note", each.notes, each.name)
    return sets


def write_links(writing: Writing, where: Placed) -> etree._Element:
    """The links, those of Kodebenk's own first."""
    links = writing.element("Links")
    for origin, target, name in _ties(writing, where):
        guid = made_guid("tie", origin, target, name)
        writing.add(links, "Link", guid=guid, name=name, direction="OneWay", originGUID=origin, targetGUID=target)
    for link in writing.bundle.links:
        _write_link(writing, links, link)
    return links


def _own_variable(field: str) -> str:
    return made_guid("variable", CASE_VARIABLES[field])


def _write_value(writing: Writing, case: etree._Element, variable: str, value: object, kind: VariableType) -> None:
    if value is None:
        return
    element = writing.add(case, "VariableValue")
    writing.refer(element, "VariableRef", variable)
    writing.say(element, *_typed(value, kind))


def value_text(value: object) -> str | None:
    """The value as text; None for one that is a truth or a number in the format as well."""
    if isinstance(value, int):
        return None if abs(value) < _MOST else str(value)
    if isinstance(value, float):
        return None if isfinite(value) else str(value)
    return str(value)


def _typed(value: object, kind: VariableType) -> tuple[str, str]:
    """(element, text) of a value: by what it is, and as text where no other element can hold it."""
    text = value_text(value)
    if text is None and isinstance(value, bool):
        return "BooleanValue", "true" if value else "false"
    if text is None and isinstance(value, int):
        return ("FloatValue" if kind == "float" else "IntegerValue"), str(value)
    if text is None and isinstance(value, float):
        return "FloatValue", decimal_text(value)
    said = text or ""
    if kind == "date" and is_day(said):
        return "DateValue", said
    if kind == "datetime" and is_moment(said):
        return "DateTimeValue", said
    return "TextValue", said


def _write_members(
    writing: Writing, element: etree._Element, ref: str, kind: str, members: Iterable[str], name: str
) -> None:
    for member in members:
        if writing.numbering.known(kind, member):
            writing.refer(element, ref, writing.numbering.of(kind, member))
        else:
            writing.ledger.lost(_("Medlem"), name, _("Det som hører til her finnes ikke i prosjektet."))


def _set_name(writing: Writing, each: SetItem) -> str:
    if not each.kind:
        return protect(each.name)
    prefix = SET_PREFIXES.get((each.kind, each.status))
    if prefix is None:
        writing.ledger.lost(_("Status"), each.name, _("Statusen har ingen plass i formatet."))
        prefix = SET_PREFIXES[each.kind, ""]
    return f"{prefix}{each.name}"


def _ties(writing: Writing, where: Placed) -> list[Tie]:
    """The links that stand for fields, between things that are there."""
    of = writing.numbering.of
    found: list[tuple[str, str, str, str, str]] = []
    for case in writing.bundle.cases:
        found += [("case", case.guid, "case", case.parent, PARENT_LINK)] if case.parent else []
        found += [("case", case.guid, "case", above, BELONGS_LINK) for above in case.cases]
    for source in writing.bundle.sources:
        found += [
            ("source", source.guid, "case", who, f"{SPEAKER_LINK}{label}") for label, who in source.speakers.items()
        ]
    for (kind, target), notes in where.notes.items():
        if kind in ("case", "set"):
            found += [("note", note.guid, kind, target, ABOUT_LINK) for note in notes]
    for each in writing.bundle.sets:
        found += [("set", each.guid, "coding", coding, MEMBER_LINK) for coding in each.codings]
    ties = []
    for kind, origin, other, target, name in found:
        if writing.numbering.known(other, target):
            ties.append((of(kind, origin), of(other, target), name))
        else:
            writing.ledger.lost(_("Henvisning"), name, _("Det vises til noe som ikke finnes i prosjektet."))
    return ties


def _write_link(writing: Writing, links: etree._Element, link: LinkItem) -> None:
    origin, target = writing.numbering.any(link.origin), writing.numbering.any(link.target)
    if not origin or not target:
        writing.ledger.lost(_("Lenke"), link.name, _("Det vises til noe som ikke finnes i prosjektet."))
        return
    writing.add(
        links,
        "Link",
        guid=writing.numbering.of("link", link.guid),
        name=protect(link.name),
        direction=link.direction,
        originGUID=origin,
        targetGUID=target,
    )

"""Variables, cases, sets, links and graphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from lxml import etree

from exports.interchange.model import CaseItem, LinkItem, SetItem, SetKind, VariableItem, VariableType
from exports.interchange.refi.context import Reading, known, own_guid, reference
from exports.interchange.refi.names import CASE_VARIABLES, SET_PREFIXES, unprotect
from exports.interchange.refi.structure import child, children, content, local
from exports.interchange.refi.values import as_float, as_integer, as_truth, made_guid

_TYPES: dict[str, VariableType] = {
    "Text": "text",
    "Boolean": "boolean",
    "Integer": "integer",
    "Float": "float",
    "Date": "date",
    "DateTime": "datetime",
}
_FIELDS = {name: field for field, name in CASE_VARIABLES.items()}
_THINGS = ("code", "source", "coding", "note", "case", "set", "variable")


def read_variables(
    reading: Reading, variables: etree._Element | None
) -> tuple[tuple[VariableItem, ...], dict[str, str]]:
    """(the variables, GUID to the field of a case for those that Kodebenk made for its own fields)."""
    found, fields = [], {}
    for element in children(variables, "Variable"):
        guid = own_guid(reading, element, "variable")
        name = element.get("name") or ""
        if name in _FIELDS:
            fields[guid] = _FIELDS[name]
            continue
        kind = _TYPES.get(element.get("typeOfVariable") or "")
        if kind is None:
            reading.ledger.mended(_("Variabel"), name, _("Typen er ukjent; variabelen er lest som tekst."))
        found.append(
            VariableItem(
                guid=guid,
                name=unprotect(name),
                type=kind or "text",
                description=content(child(element, "Description")),
            )
        )
    return tuple(found), fields


def read_cases(reading: Reading, cases: etree._Element | None, fields: dict[str, str]) -> list[CaseItem]:
    """The cases, and one for each source that variables stand on directly."""
    found = [_read_case(reading, element, fields) for element in children(cases, "Case")]
    for source, elements in reading.values.items():
        if not elements or source not in reading.sources:
            continue
        name = reading.sources[source].name
        values = _read_values(reading, elements, name)
        if values:
            guid = made_guid(source, "case")
            reading.taken.setdefault("case", set()).add(guid)
            found.append(CaseItem(guid=guid, name=name, sources=(source,), values=values))
            why = _("Variablene står på kilden selv; de er lagt på en case med kildens navn.")
            reading.ledger.mended(_("Variabler"), name, why, len(values))
    return found


def read_sets(reading: Reading, sets: etree._Element | None) -> list[SetItem]:
    """The sets, with themes and waves told apart by the beginning of their names."""
    found = []
    for element in children(sets, "Set"):
        guid = own_guid(reading, element, "set")
        kind, status, name = _set_name(element.get("name") or "")
        found.append(
            SetItem(
                guid=guid,
                name=name,
                kind=kind,
                status=status,
                description=content(child(element, "Description")),
                codes=_members(reading, element, "MemberCode", "code", name),
                sources=_members(reading, element, "MemberSource", "source", name),
                notes=_members(reading, element, "MemberNote", "note", name),
            )
        )
    return found


def read_links(reading: Reading, links: etree._Element | None) -> None:
    """The links between things that came along; the others are listed."""
    for element in children(links, "Link"):
        guid = own_guid(reading, element, "link")
        name = element.get("name") or ""
        notes = sum(1 for _ref in children(element, "NoteRef"))
        reading.ledger.lost(_("Memo på lenke"), name, _("Memoet står på prosjektet; lenker har ikke memoer."), notes)
        origins, targets = (
            known(reading, reference(element.get(end)), *_THINGS) for end in ("originGUID", "targetGUID")
        )
        if not origins or not targets:
            why = _("Lenken går til noe som ikke kom med.")
            reading.ledger.lost(_("Lenke"), name, why)
            continue
        if element.get("color"):
            reading.ledger.lost(_("Farge"), name, _("Lenker har ikke farge i Kodebenk."))
        raw = element.get("direction") or ""
        link = LinkItem(guid=guid, origin=origins[0], target=targets[0], name=name)
        if raw == "OneWay":
            link = replace(link, direction="OneWay")
        elif raw == "Bidirectional":
            link = replace(link, direction="Bidirectional")
        reading.links.append(link)


def list_graphs(reading: Reading, graphs: etree._Element | None) -> None:
    """Lists graphs by name, with how many things were drawn in each."""
    for element in children(graphs, "Graph"):
        drawn = sum(1 for each in element if local(each) in ("Vertex", "Edge"))
        why = _("Kodebenk tegner ikke grafer.")
        reading.ledger.lost(_("Graf"), element.get("name") or "", why, max(1, drawn))


def _source_name(reading: Reading, case: etree._Element) -> str:
    """The name of the one source of a case without a name: so MAXQDA and Quirkos write variables of a document."""
    guids = {reference(ref.get("targetGUID")) for ref in children(case, "SourceRef")}
    source = reading.sources.get(guids.pop()) if len(guids) == 1 and not reading.own else None
    if source is None:
        return ""
    reading.ledger.mended(_("Case"), source.name, _("Casen har ikke navn i filen; den har fått kildens navn."))
    return source.name


def _read_case(reading: Reading, element: etree._Element, fields: dict[str, str]) -> CaseItem:
    guid = own_guid(reading, element, "case")
    name = element.get("name") or _source_name(reading, element)
    values = _read_values(reading, children(element, "VariableValue"), name)
    said = {field: str(values.pop(each)) for each, field in fields.items() if each in values}
    for ref in children(element, "CodeRef"):
        code = reference(ref.get("targetGUID"))
        if known(reading, code, "code"):
            reading.links.append(LinkItem(guid=made_guid("link", guid, code), origin=guid, target=code))
            reading.ledger.mended(_("Kode på case"), name, _("Koden er lenket til casen."))
        else:
            reading.ledger.lost(_("Kode på case"), name, _("Koden det vises til finnes ikke i filen."))
    parts = sum(1 for _ref in children(element, "SelectionRef"))
    why = _("Markeringer hører ikke til caser i Kodebenk; bare hele kilder gjør det.")
    reading.ledger.lost(_("Markeringer på case"), name, why, parts)
    case = CaseItem(
        guid=guid,
        name=name,
        kind="informant" if said.get("kind") == "informant" else "case",
        type=said.get("type", ""),
        role=said.get("role", ""),
        level=said.get("level", ""),
        side=said.get("side", ""),
        description=content(child(element, "Description")),
        values=values,
    )
    return replace(case, sources=_members(reading, element, "SourceRef", "source", name))


def _members(reading: Reading, element: etree._Element, ref: str, kind: str, name: str) -> tuple[str, ...]:
    found: list[str] = []
    missing = 0
    for each in children(element, ref):
        members = known(reading, reference(each.get("targetGUID") or each.get("guid")), kind)
        found += members
        missing += not members
    why = _("Noe som hørte til her kom ikke med eller finnes ikke i filen.")
    reading.ledger.lost(_("Medlemmer"), name, why, missing)
    return tuple(dict.fromkeys(found))


def _read_values(reading: Reading, elements: Iterable[etree._Element], name: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for element in elements:
        variable = reference(next((ref.get("targetGUID") for ref in children(element, "VariableRef")), ""))
        if variable not in reading.taken.get("variable", ()):
            why = _("Variabelen det vises til finnes ikke i filen.")
            reading.ledger.lost(_("Variabelverdi"), name, why)
            continue
        given = [each for each in element if local(each).endswith("Value")]
        why = _("Variabelen har flere verdier her; den siste gjelder.")
        reading.ledger.lost(_("Variabelverdi"), name, why, len(given) - 1 + (bool(given) and variable in values))
        for each in given[-1:]:
            values[variable] = _read_value(reading, each, name)
    return values


def _read_value(reading: Reading, element: etree._Element, name: str) -> object:
    """The value in its own type; as text where it is not what its element says."""
    text = content(element)
    value: object = None
    match local(element):
        case "BooleanValue":
            value = as_truth(text)
        case "IntegerValue":
            value = as_integer(text)
        case "FloatValue":
            value = as_float(text)
        case "DateValue" | "DateTimeValue":
            value = text.strip()
        case _:
            return text
    if value is None:
        reading.ledger.mended(
            _("Variabelverdi"), name, _("Verdien er ikke av typen den oppgir; den er lest som tekst.")
        )
        return text
    return value


def _set_name(name: str) -> tuple[SetKind, str, str]:
    for (kind, status), prefix in SET_PREFIXES.items():
        if name.startswith(prefix):
            return ("theme" if kind == "theme" else "wave"), status, name.removeprefix(prefix)
    return "", "", unprotect(name)

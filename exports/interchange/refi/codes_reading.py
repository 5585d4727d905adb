"""The tree of codes, in a project and in a codebook alike."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from lxml import etree

from exports.interchange.descriptions import PARTS, described
from exports.interchange.model import CodeItem
from exports.interchange.refi.context import Pin, Reading, own_guid, pin_notes
from exports.interchange.refi.structure import child, children, content
from exports.interchange.refi.values import as_colour, as_truth


def read_codes(reading: Reading, codebook: etree._Element | None) -> tuple[CodeItem, ...]:
    """The codes with parents before their children and siblings in order, however deep the tree is."""
    tops = [code for codes in children(codebook, "Codes") for code in children(codes, "Code")]
    loose = list(children(codebook, "Code"))
    if loose:
        why = _("Kodene står rett i kodeboken, uten elementet Codes; de er lest likevel.")
        reading.ledger.mended(_("XML-element"), "CodeBook/Code", why, len(loose))
    tops += loose
    waiting = [(element, "") for element in reversed(tops)]
    found = []
    while waiting:
        element, parent = waiting.pop()
        code = _read_code(reading, element, parent)
        found.append(code)
        waiting += [(inner, code.guid) for inner in reversed(list(children(element, "Code")))]
    # Some tools write no descriptions at all, which is not to say that there are none.
    silent = frozenset[str]() if any(getattr(code, part) for code in found for part in PARTS) else frozenset(PARTS)
    return tuple(replace(code, silent=silent) for code in found)


def _read_code(reading: Reading, element: etree._Element, parent: str) -> CodeItem:
    guid = own_guid(reading, element, "code")
    name = element.get("name") or ""
    if not name:
        reading.ledger.mended(_("Kode"), guid, _("Koden har ikke noe navn."))
    codable = as_truth(element.get("isCodable") or "")
    if codable is None:
        why = _("Det står ikke om koden kan brukes (isCodable); den er lest som brukbar.")
        reading.ledger.mended(_("Kode"), name, why)
    pin_notes(reading, element, Pin(kind="code", target=guid))
    code = CodeItem(
        guid=guid, name=name, parent=parent, colour=_colour(reading, element, name), codable=codable is not False
    )
    return described(code, content(child(element, "Description")))


def _colour(reading: Reading, element: etree._Element, name: str) -> str:
    raw = element.get("color") or ""
    colour, standard = as_colour(raw)
    if raw and not colour:
        reading.ledger.lost(_("Farge"), name, _("Fargen kan ikke leses og er utelatt."))
    elif raw and not standard:
        reading.ledger.mended(_("Farge"), name, _("Fargen er ikke skrevet slik standarden krever (#rrggbb)."))
    return colour

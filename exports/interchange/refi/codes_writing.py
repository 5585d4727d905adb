"""The tree of codes, in a project and in a codebook alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from gettext import gettext as _

from lxml import etree

from exports.interchange.descriptions import compose
from exports.interchange.model import CodeItem
from exports.interchange.refi.written import Writing

_DEEPEST = 100
"""Levels: XML parsers refuse what is nested deeper than 256."""


def in_tree_order(codes: tuple[CodeItem, ...]) -> list[tuple[CodeItem, int, str]]:
    """(code, its level from 0, GUID of the code above or empty) with parents before children and siblings in order.

    A code whose parent is not there stands at the top, and so does one in a circle.
    """
    guids = {code.guid for code in codes}
    below: defaultdict[str, list[int]] = defaultdict(list)
    for index, code in enumerate(codes):
        below[code.parent if code.parent in guids else ""].append(index)
    found: list[tuple[CodeItem, int, str]] = []
    placed: set[int] = set()
    for start in (below.pop("", []), range(len(codes))):
        for top in start:
            waiting = [(top, 0, "")]
            while waiting:
                index, level, above = waiting.pop()
                if index not in placed:
                    placed.add(index)
                    found.append((codes[index], level, above))
                    children = below.pop(codes[index].guid, [])
                    waiting += [(child, level + 1, codes[index].guid) for child in reversed(children)]
    return found


def write_codes(writing: Writing, parent: etree._Element, notes_on: Callable[[etree._Element, CodeItem], None]) -> None:
    """Writes every code below the parent element.

    Args:
        notes_on: Makes the element of a code refer to its notes, where the format can.
    """
    elements: list[etree._Element] = [parent]
    for code, level, above in in_tree_order(writing.bundle.codes):
        if above != code.parent:
            why = _("Koden over finnes ikke, eller koder ligger i ring; koden står øverst.")
            writing.ledger.mended(_("Kode"), code.name, why)
        if level >= _DEEPEST:
            why = _("Koden ligger for dypt til at andre programmer kan lese det; den er flyttet opp.")
            writing.ledger.lost(_("Plass i kodetreet"), code.name, why)
        del elements[min(level, _DEEPEST) + 1 :]
        element = writing.add(
            elements[-1],
            "Code",
            guid=writing.numbering.of("code", code.guid),
            name=code.name,
            isCodable="true" if code.codable else "false",
            **writing.colour(code.colour, code.name),
        )
        writing.describe(element, compose(code))
        notes_on(element, code)
        elements.append(element)

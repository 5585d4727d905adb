"""Codes of other tools put in order: parents before children, folders first, otherwise by name as those tools show them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.model import CodeItem, Loss

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def colour(text: str) -> str:
    """`#rrggbb` in lower case, or empty where the text is no such colour."""
    return text.strip().lower() if _COLOUR.fullmatch(text.strip()) else ""


def in_tree_order(codes: Iterable[CodeItem]) -> tuple[tuple[CodeItem, ...], tuple[Loss, ...]]:
    """The codes as a tree, and what was wrong with it: a code above that is not there, or codes that lie in each other."""
    by_guid = {code.guid: code for code in codes}
    losses = []
    for code in list(by_guid.values()):
        if code.parent and code.parent not in by_guid:
            by_guid[code.guid] = replace(code, parent="")
            why = _("Koden eller kategorien over finnes ikke i filen; koden er lagt øverst.")
            losses.append(Loss(what=_("Kode"), name=code.name, why=why, mended=True))
    for code in _closing_rings(by_guid):
        by_guid[code.guid] = replace(code, parent="")
        why = _("Koden lå under seg selv; den er lagt øverst.")
        losses.append(Loss(what=_("Kode"), name=code.name, why=why, mended=True))
    below: dict[str, list[CodeItem]] = defaultdict(list)
    for code in sorted(
        by_guid.values(), key=lambda code: (code.codable, code.name.casefold(), code.guid), reverse=True
    ):
        below[code.parent].append(code)
    ordered, waiting = [], below[""]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(below[code.guid])
    return tuple(ordered), tuple(losses)


def _closing_rings(by_guid: dict[str, CodeItem]) -> list[CodeItem]:
    """One code of every ring of codes that lie in each other."""
    found: list[CodeItem] = []
    settled: set[str] = set()
    for guid in by_guid:
        walked: dict[str, None] = {}
        while guid and guid not in settled and guid not in walked:
            walked[guid] = None
            guid = by_guid[guid].parent
        if guid in walked:
            found.append(by_guid[guid])
        settled.update(walked)
    return found

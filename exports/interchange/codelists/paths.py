"""Codes put together from paths of names: parents that are no rows, codes that stand twice, lists that go too deep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from exports.interchange.codelists.identity import path_guid
from exports.interchange.codelists.model import MOST_LEVELS, UNSAID, Line, ReadCodes
from exports.interchange.model import CodeItem, Loss

Path = tuple[str, ...]
_TOLD = 80
"""Letters of a row that names no code, by which it is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row with the names from the top down to the code's own."""

    number: int
    path: Path
    code: CodeItem
    codable_above: tuple[bool, ...] = ()
    """Whether each name above is a code, should it be no row itself; empty where the list does not say."""


def assembled(
    rows: Iterable[Placed], *, parents_codable: bool, guid_of: Callable[[Sequence[str]], str] = path_guid
) -> ReadCodes:
    """The codes of a list that knows them by their paths.

    Args:
        rows: in the order of the file. A path that comes again adds to the code that has it.
        parents_codable: whether a parent that is no row itself is a code rather than a folder.
        guid_of: the GUID for a path, for codes that bring none.
    """
    found: dict[Path, CodeItem] = {}
    implied: set[Path] = set()
    losses: list[Loss] = []
    code, twice = _("Kode"), _("Koden står også i rad {n}; radene er lest som én kode.")
    too_deep = _("Koden ligger mer enn {n} nivåer ned og er flyttet opp til nivå {n}.").format(n=MOST_LEVELS)
    for row in rows:
        path = row.path
        if len(path) > MOST_LEVELS:
            path = (*path[: MOST_LEVELS - 1], path[-1])
            losses.append(Loss(what=code, name=path[-1], why=too_deep, mended=True))
        for depth in range(1, len(path)):
            above = path[:depth]
            codable = row.codable_above[depth - 1] if depth <= len(row.codable_above) else parents_codable
            if above not in found:
                found[above] = CodeItem(guid="", name=above[-1], codable=codable, silent=_unsaid(row))
                implied.add(above)
            elif above in implied and codable:
                found[above] = replace(found[above], codable=True)
        if path not in found or path in implied:
            implied.discard(path)
            found[path] = replace(row.code, name=path[-1])
        else:
            found[path] = united(found[path], row.code)
            losses.append(Loss(what=code, name=" > ".join(path), why=twice.format(n=row.number), mended=True))
    return ReadCodes(codes=_identified(found, guid_of), losses=tuple(losses))


def _unsaid(row: Placed) -> frozenset[str]:
    """What is not said of a code that only stands above a row: all but what it is, where the row tells that."""
    return UNSAID - {"codable"} if row.codable_above else UNSAID


def by_indentation(lines: Iterable[Line], names: Sequence[str]) -> list[Placed]:
    """The rows with their paths, where a name that stands further in than the one above lies under it."""
    placed = []
    above: list[tuple[int, str]] = []
    for line, name in zip(lines, names, strict=True):
        while above and above[-1][0] >= line.indent:
            above.pop()
        path = (*(each for _indent, each in above), name)
        placed.append(Placed(number=line.number, path=path, code=line.code))
        if len(above) < MOST_LEVELS:
            above.append((line.indent, name))
    return placed


def united(first: CodeItem, again: CodeItem) -> CodeItem:
    """The first code with what the second says besides; where both say something, both stand."""
    return replace(
        first,
        colour=first.colour or again.colour,
        slug=first.slug or again.slug,
        name_en=first.name_en or again.name_en,
        codable=first.codable or again.codable,
        brief=_both(first.brief, again.brief),
        definition=_both(first.definition, again.definition),
        when=_both(first.when, again.when),
        when_not=_both(first.when_not, again.when_not),
        examples=tuple(dict.fromkeys((*first.examples, *again.examples))),
    )


def located(codes: Iterable[CodeItem]) -> list[tuple[Path, CodeItem]]:
    """Each code with its path; parents stand before their children."""
    paths: dict[str, Path] = {}
    found = []
    for code in codes:
        paths[code.guid] = (*paths.get(code.parent, ()), code.name)
        found.append((paths[code.guid], code))
    return found


def nameless(rows: Iterable[tuple[int, str]]) -> tuple[Loss, ...]:
    """That rows, each with its number and what stands in it, say something but name no code."""
    row, why = _("Rad"), _("Raden har ikke noe navn på koden.")
    named = _("{n}: «{text}»")
    return tuple(
        Loss(what=row, name=named.format(n=number, text=shorten(text)) if text else str(number), why=why)
        for number, text in rows
    )


def shorten(text: str) -> str:
    """As much of a text as is told of what stands there."""
    return text if len(text) <= _TOLD else text[: _TOLD - 1].rstrip() + "…"


def _both(first: str, second: str) -> str:
    return first if not second or second == first else f"{first}\n\n{second}" if first else second


def _identified(found: dict[Path, CodeItem], guid_of: Callable[[Sequence[str]], str]) -> tuple[CodeItem, ...]:
    """The codes depth first, with their GUIDs and their parents'."""
    under: dict[Path, list[Path]] = {}
    for path in found:
        under.setdefault(path[:-1], []).append(path)
    guids: dict[Path, str] = {}
    taken: set[str] = set()
    for path, code in found.items():
        guids[path] = code.guid if code.guid and code.guid not in taken else guid_of(path)
        taken.add(guids[path])
    codes = []
    waiting = list(reversed(under.get((), [])))
    while waiting:
        path = waiting.pop()
        codes.append(replace(found[path], guid=guids[path], parent=guids.get(path[:-1], "")))
        waiting.extend(reversed(under.get(path, [])))
    return tuple(codes)

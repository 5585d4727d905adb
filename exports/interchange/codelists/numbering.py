"""Numbers that say what lies under what: `1 Bolig`, `1.1 Venteliste`, `2 Helse`, before the names or in a column of their own.

They are believed only where they are in order all through the list; else a figure before a name is a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.codelists.listing import plain
from exports.interchange.codelists.model import Line, ReadCodes
from exports.interchange.codelists.paths import Path, Placed, assembled, by_indentation
from exports.interchange.model import Loss

Number = tuple[int, ...]

_BEFORE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})*)(?: ?[.):–-] |[.)](?=[^\W\d])| )(?=\S)")
_ALONE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})*)\.?")


def in_place(lines: Sequence[Line], names: Sequence[str]) -> ReadCodes:
    """The codes of a list without a column for places: by how far in the names stand, or else by their numbers.

    Args:
        lines: all rows that name a code.
        names: their names as they stand, on one line each.
    """
    found = by_numbers(lines, names) if len({line.indent for line in lines}) == 1 else None
    if found is None:
        return assembled(by_indentation(lines, names), parents_codable=True)
    rows, told = found
    read = assembled(rows, parents_codable=True)
    return replace(read, losses=(told, *read.losses))


def by_numbers(lines: Sequence[Line], names: Sequence[str]) -> tuple[list[Placed], Loss] | None:
    """The rows with their paths, and that numbers were read so; None where numbers do not say what lies under what.

    Args:
        lines: all rows that name a code.
        names: their names as they stand, on one line each.
    """
    found = _in_names(names) or _in_a_column(lines, names)
    if found is None:
        return None
    numbers, bare = found
    named = dict(zip(numbers, bare, strict=True))
    paths: list[Path] = [tuple(named[number[:depth]] for depth in range(1, len(number) + 1)) for number in numbers]
    if len(set(paths)) < len(paths):
        return None
    rows = [Placed(number=line.number, path=path, code=line.code) for line, path in zip(lines, paths, strict=True)]
    return rows, told_of_numbers(_written(numbers[0]), _written(numbers[-1]), len(rows))


def told_of_numbers(first: str, last: str, count: int) -> Loss:
    """That the numbers of so many codes are no part of their names."""
    why = _("Numrene er lest som rekkefølge og som hva som ligger under hva, og er ikke en del av navnene.")
    return Loss(what=_("Nummerering"), name=f"{first}–{last}", why=why, count=count, mended=True)


def _in_names(names: Sequence[str]) -> tuple[list[Number], list[str]] | None:
    """The numbers before the names and the names without them, where all have one and they are in order."""
    matches = [_BEFORE.match(name) for name in names]
    found = [each for each in matches if each is not None]
    if len(found) < len(names):
        return None
    numbers = [_number(each[1]) for each in found]
    bare = [plain(name[each.end() :]) for name, each in zip(names, found, strict=True)]
    return (numbers, bare) if _in_order(numbers) else None


def _in_a_column(lines: Sequence[Line], names: Sequence[str]) -> tuple[list[Number], list[str]] | None:
    """The numbers of a column and the names; a column that only counts the rows says nothing of places."""
    found = [each for line in lines if (each := _ALONE.fullmatch(plain(line.ordinal))) is not None]
    numbers = [_number(each[1]) for each in found]
    if len(found) < len(lines) or not _in_order(numbers) or not any(len(each) > 1 for each in numbers):
        return None
    return numbers, list(names)


def _in_order(numbers: Sequence[Number]) -> bool:
    """Whether they begin at 1, rise, and each lies under one above it; numbers of one level have none left out."""
    last: dict[Number, int] = {}
    seen: set[Number] = set()
    nested = any(len(number) > 1 for number in numbers)
    for number in numbers:
        above, own = number[:-1], number[-1]
        before = last.get(above, 0)
        if own <= before or (above and above not in seen) or (own > before + 1 and not nested):
            return False
        last[above] = own
        seen.add(number)
    return len(numbers) > 1 and numbers[0] == (1,)


def _number(text: str) -> Number:
    return tuple(map(int, text.split(".")))


def _written(number: Number) -> str:
    return ".".join(map(str, number))

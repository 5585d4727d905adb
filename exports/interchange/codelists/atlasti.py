"""ATLAS.ti's list of codes: `Code`, `Comment`, `Code Group(s)`; a sub-code is called `category: code`.

A colon makes a sub-code only where what stands before it is itself a row, since many write prefixes of their own.
"""

from __future__ import annotations

import re

from corpus.text import normalise
from exports.interchange.codelists.identity import group_guid
from exports.interchange.codelists.listing import described_line, plain
from exports.interchange.codelists.model import Listing, ReadCodes, Written
from exports.interchange.codelists.outgoing import described_rows, fitting, not_held, outgoing, workbook
from exports.interchange.codelists.paths import Placed, assembled, located, nameless
from exports.interchange.model import Bundle, SetItem
from exports.packaging import printable

_BETWEEN = ": "
_ONLY_HERE = {"grounded", "density", "groundedness"}
_NUMBERED = re.compile(r"\w+ ?\w* \d+")
_LONGEST = 2000
"""Letters of a name that is looked through for colons."""


def recognises(listing: Listing) -> bool:
    """Whether the headings are ATLAS.ti's: a code with a comment, groups, groundedness or density."""
    if not listing.headings & {"code", "codes", "name", "kode"}:
        return False
    commented = bool(listing.headings & {"comment", "kommentar"}) and "code" in listing.headings
    return commented or "groups" in listing.roles or bool(listing.headings & _ONLY_HERE)


def read(listing: Listing) -> ReadCodes:
    """The codes with their groups as sets."""
    named = [line for line in listing.lines if plain(line.code.name)]
    without_name = nameless((line.number, line.stands) for line in listing.lines if not plain(line.code.name))
    names = {plain(line.code.name) for line in named}
    paths: dict[str, tuple[str, ...]] = {}
    rows = []
    for line in named:
        name = plain(line.code.name)
        paths[name] = _path(name, names)
        rows.append(Placed(number=line.number, path=paths[name], code=described_line(line.code)))
    found = assembled(rows, parents_codable=True)
    return ReadCodes(codes=found.codes, sets=_sets(listing, found, paths), losses=(*without_name, *found.losses))


def write(bundle: Bundle) -> Written:
    """The codes as an Excel sheet that ATLAS.ti imports, each theme or other group in a column of its own."""
    rows, losses = outgoing(bundle)
    names = [_BETWEEN.join(row.path) for row in rows]
    if [_path(name, set(names)) for name in names] != [row.path for row in rows]:
        rows, losses = outgoing(bundle, _without_colons)
        names = [_BETWEEN.join(row.path) for row in rows]
    comments, cut = fitting(rows, described_rows(rows))
    groups = _groups_of_codes(bundle)
    most = max(map(len, groups.values()), default=0)
    table = []
    for row, name, comment in zip(rows, names, comments, strict=True):
        own = groups.get(row.code.guid, [])
        table.append((name, comment, *own, *[""] * (most - len(own))))
    columns = (("Code", 50), ("Comment", 80), *((f"Code Group {number}", 24) for number in range(1, most + 1)))
    content = workbook("Codes", columns, table, bundle)
    return Written(content=content, suffix=".xlsx", losses=(*losses, *cut, *not_held(bundle, groups=True)))


def _path(name: str, names: set[str]) -> tuple[str, ...]:
    """The name cut at each colon that has the name of a row before it."""
    steps = []
    rest = name
    while len(rest) < _LONGEST:
        place = rest.rfind(_BETWEEN)
        while place > 0 and rest[:place] not in names:
            place = rest.rfind(_BETWEEN, 0, place)
        if place <= 0:
            break
        steps.append(rest[place + len(_BETWEEN) :])
        rest = rest[:place]
    return (rest, *reversed(steps))


def _without_colons(name: str) -> str:
    return plain(name.replace(_BETWEEN, " – "))


def _groups_of_codes(bundle: Bundle) -> dict[str, list[str]]:
    """Names of the groups that each code, by GUID, is in; two groups are never called the same."""
    groups: dict[str, list[str]] = {}
    taken: set[str] = set()
    for each in bundle.sets:
        name, number = plain(normalise(printable(each.name))) or "?", 1
        single = name
        while single in taken:
            number += 1
            single = f"{name} ({number})"
        taken.add(single)
        for guid in dict.fromkeys(each.codes):
            groups.setdefault(guid, []).append(single)
    return groups


def _sets(listing: Listing, found: ReadCodes, paths: dict[str, tuple[str, ...]]) -> tuple[SetItem, ...]:
    numbered = any(
        heading.startswith(("code gr", "group")) and _NUMBERED.fullmatch(heading) for heading in listing.headings
    )
    between = "\n" if numbered else "[\n;|]"
    by_path = {path: code.guid for path, code in located(found.codes)}
    members: dict[str, list[str]] = {}
    for line in listing.lines:
        path = paths.get(plain(line.code.name))
        for group in (plain(each) for cell in line.groups for each in re.split(between, cell)):
            if group and path in by_path:
                members.setdefault(group, []).append(by_path[path])
    return tuple(
        SetItem(guid=group_guid(name), name=name, codes=tuple(dict.fromkeys(codes))) for name, codes in members.items()
    )

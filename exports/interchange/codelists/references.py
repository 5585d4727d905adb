"""Codes put together from rows that name their parents: by id, by name or by path, existing or not, in circles or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from gettext import gettext as _

from exports.interchange.codelists.cells import path_in
from exports.interchange.codelists.identity import id_guid, path_guid
from exports.interchange.codelists.listing import plain
from exports.interchange.codelists.model import MOST_LEVELS, UNSAID, Line, ReadCodes
from exports.interchange.codelists.paths import nameless, united
from exports.interchange.model import CodeItem, Loss

_TOP = -1


@dataclass(slots=True, kw_only=True)
class _Tree:
    """Rows as they find their places: for each code the number of its parent, or -1 at the top."""

    codes: list[CodeItem] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """GUIDs that codes have."""
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How far the codes of a path have been counted, for GUIDs of their own."""
    told: set[str] = field(default_factory=set)
    """Parents without a row that have been told of."""
    code: str = field(default_factory=lambda: _("Kode"))
    folder: str = field(default_factory=lambda: _("Overkoden har ingen egen rad, og er laget som en mappe."))
    new_guid: str = field(default_factory=lambda: _("GUID-en står på flere koder; denne har fått en ny."))


def resolved(lines: Sequence[Line]) -> ReadCodes:
    """The codes of a list in which each row says what it lies under."""
    tree = _Tree()
    named = [_named(line) for line in lines]
    tree.losses.extend(nameless((line.number, line.stands) for line in named if not line.code.name.strip()))
    kept = [line for line in named if line.code.name.strip()]
    kept = _without_doubles(kept, tree.losses)
    tree.codes = [line.code for line in kept]
    tree.parents = [_TOP] * len(kept)
    places = _places(kept)
    implied: dict[tuple[int, str], int] = {}
    for index, line in enumerate(kept):
        tree.parents[index] = _parent_of(line, tree, places, implied)
    _open_circles(tree)
    return ReadCodes(codes=_in_order(tree), losses=tuple(tree.losses))


def _named(line: Line) -> Line:
    """The row with a name on its code: that of its cell, else the last of its path."""
    if line.code.name.strip():
        return line
    path = path_in(line.path)
    return replace(line, code=replace(line.code, name=path[-1] if path else line.code.slug))


def _without_doubles(lines: Sequence[Line], losses: list[Loss]) -> list[Line]:
    """The rows, those united that have neither GUID nor id and agree in name and parent."""
    kept: list[Line] = []
    first: dict[tuple[str, str, str], int] = {}
    code, why = _("Kode"), _("Koden står også i rad {n}; radene er lest som én kode.")
    for line in lines:
        key = (plain(line.code.name), line.parent.strip(), line.path.strip())
        if line.code.guid or line.code.slug:
            kept.append(line)
        elif key in first:
            place = first[key]
            kept[place] = replace(kept[place], code=united(kept[place].code, line.code))
            losses.append(Loss(what=code, name=key[0], why=why.format(n=line.number), mended=True))
        else:
            first[key] = len(kept)
            kept.append(line)
    return kept


def _places(lines: Sequence[Line]) -> dict[str, int]:
    """Which row a text in the column for parents means: the row with that GUID, id, path or name, in this order."""
    places: dict[str, int] = {}
    times = Counter(plain(line.code.name) for line in lines)
    keys = (
        [(line.code.guid, index) for index, line in enumerate(lines)],
        [(line.code.slug, index) for index, line in enumerate(lines)],
        [(_path_key(_whole_path(line)), index) for index, line in enumerate(lines)],
        [(plain(line.code.name), index) for index, line in enumerate(lines) if times[plain(line.code.name)] == 1],
        [(plain(line.code.name), index) for index, line in enumerate(lines)],
    )
    for kind in keys:
        for key, index in kind:
            if key:
                places.setdefault(key, index)
    return places


def _parent_of(line: Line, tree: _Tree, places: dict[str, int], implied: dict[tuple[int, str], int]) -> int:
    named = line.parent.strip()
    if named:
        found = places.get(named, places.get(plain(named)))
        if found is not None:
            return found
        above = path_in(named)[:MOST_LEVELS]
        if plain(named) not in tree.told:
            tree.told.add(plain(named))
            tree.losses.append(Loss(what=tree.code, name=plain(named), why=tree.folder, mended=True))
    else:
        above = _whole_path(line)[:-1][:MOST_LEVELS]
    parent = _TOP
    for depth in range(1, len(above) + 1):
        known = places.get(_path_key(above[:depth]))
        if known is None:
            known = _folder(above[depth - 1], parent, tree, implied)
        parent = known
    return parent


def _folder(name: str, parent: int, tree: _Tree, implied: dict[tuple[int, str], int]) -> int:
    key = (parent, plain(name))
    if key not in implied:
        implied[key] = len(tree.codes)
        tree.codes.append(CodeItem(guid="", name=plain(name), codable=False, silent=UNSAID))
        tree.parents.append(parent)
    return implied[key]


def _whole_path(line: Line) -> tuple[str, ...]:
    """The row's path with its own name last, whether or not the column has that too."""
    path = path_in(line.path)
    if not path or plain(path[-1]) == plain(line.code.name):
        return path
    return (*path, line.code.name)


def _path_key(path: Sequence[str]) -> str:
    """A path as a key that no name and no id can be."""
    return "\0".join(map(plain, path)) + "\0" if path else ""


def _open_circles(tree: _Tree) -> None:
    """Puts one code of each circle at the top, and says which."""
    settled = [False] * len(tree.codes)
    why = _("Koden lå i ring under seg selv og er flyttet til øverste nivå.")
    for start in range(len(tree.codes)):
        walked: set[int] = set()
        step = start
        while step != _TOP and not settled[step] and step not in walked:
            walked.add(step)
            step = tree.parents[step]
        if step in walked:
            tree.parents[step] = _TOP
            tree.losses.append(Loss(what=tree.code, name=plain(tree.codes[step].name), why=why, mended=True))
        for each in walked:
            settled[each] = True


def _in_order(tree: _Tree) -> tuple[CodeItem, ...]:
    """The codes depth first, with their GUIDs and their parents'."""
    under: dict[int, list[int]] = {}
    for index, parent in enumerate(tree.parents):
        under.setdefault(parent, []).append(index)
    guids: dict[int, str] = {}
    paths: dict[int, tuple[str, ...]] = {_TOP: ()}
    codes = []
    waiting = list(reversed(under.get(_TOP, [])))
    while waiting:
        index = waiting.pop()
        code = tree.codes[index]
        above = paths[tree.parents[index]][: MOST_LEVELS - 1]
        paths[index] = (*above, plain(code.name))
        guids[index] = _guid(code, paths[index], tree)
        codes.append(replace(code, guid=guids[index], parent=guids.get(tree.parents[index], "")))
        waiting.extend(reversed(under.get(index, [])))
    return tuple(codes)


def _guid(code: CodeItem, path: tuple[str, ...], tree: _Tree) -> str:
    wanted = code.guid or (id_guid(code.slug) if code.slug else path_guid(path))
    guid = wanted
    while guid in tree.taken:
        tree.times[path] += 1
        guid = path_guid((*path, str(tree.times[path] + 1)))
    if guid != wanted and code.guid:
        tree.losses.append(Loss(what=tree.code, name=plain(code.name), why=tree.new_guid, mended=True))
    tree.taken.add(guid)
    return guid

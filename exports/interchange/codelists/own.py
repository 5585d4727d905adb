"""Kodebenk's own lists: every field of every code, one row a code, as csv or as a sheet of Excel; and lists by hand.

The headings are part of the format and do not follow the language of the interface. A row's parent is named by its id
(kortnavn) or GUID; in a row somebody has added by hand, the path or the parent's name is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from corpus.text import normalise
from exports.interchange.codelists.cells import examples_as_text, guarded, path_as_text, path_in
from exports.interchange.codelists.levels import STEP
from exports.interchange.codelists.listing import described_line, plain
from exports.interchange.codelists.model import Line, Listing, ReadCodes, Written
from exports.interchange.codelists.numbering import in_place
from exports.interchange.codelists.outgoing import day_of, not_held, outgoing
from exports.interchange.codelists.paths import Placed, assembled, nameless
from exports.interchange.codelists.references import resolved
from exports.interchange.descriptions import RETIRED
from exports.interchange.model import Bundle, CodeItem, Loss
from exports.models import Cell, Column, Table
from exports.packaging import printable
from exports.workbook import render_workbook

_SHEET = "Kodebok"
_COLUMNS = (
    ("path", "Kodesti", 34),
    ("name", "Kode", 24),
    ("id", "Kortnavn", 22),
    ("parent", "Overkode", 22),
    ("name_en", "Navn på engelsk", 24),
    ("brief", "Kort definisjon", 36),
    ("definition", "Definisjon", 50),
    ("when", "Når", 36),
    ("when_not", "Når ikke", 36),
    ("examples", "Eksempler", 40),
    ("colour", "Farge", 10),
    ("status", "Status", 12),
    ("codable", "Kodbar", 10),
    ("guid", "GUID", 38),
)
_BETWEEN = (">>", ">", "\\", "/")
"""What a list may have between the names of a path, in the order that it is believed."""


def recognises(listing: Listing) -> bool:
    """Whether Kodebenk wrote it: ids beside the parts of a definition that no other tool keeps apart."""
    return {"name", "id", "when", "when_not"} <= listing.roles and bool(listing.roles & {"guid", "parent"})


def read(listing: Listing) -> ReadCodes:
    """The codes of a list that Kodebenk wrote, edited by hand or not."""
    return resolved(listing.lines)


def read_by_hand(listing: Listing) -> ReadCodes:
    """The codes of a list of no known tool: by parents, paths, or how its names stand."""
    lines = [replace(line, code=described_line(line.code)) for line in listing.lines]
    if STEP in listing.roles:
        return _by_levels(lines)
    if listing.roles & {"parent", "path"}:
        return resolved(_own_paths(lines))
    if len({line.indent for line in lines}) == 1 and any(" > " in line.code.name for line in lines):
        return resolved([replace(line, path=line.code.name, code=replace(line.code, name="")) for line in lines])
    named = [line for line in lines if plain(line.code.name)]
    read_so = in_place(named, [plain(line.code.name) for line in named])
    without_name = nameless((line.number, line.stands) for line in lines if not plain(line.code.name))
    return replace(read_so, losses=(*without_name, *read_so.losses))


def write_csv(bundle: Bundle) -> Written:
    """The codes as csv for Excel, with a byte-order mark and nothing that Excel takes for a formula."""
    from exports.frames import render_csv  # pandas is slow to load

    table = _table(bundle)
    cells = tuple(tuple(guarded(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    return Written(content=render_csv(replace(table, rows=cells)), suffix=".csv", losses=_lost(bundle))


def write_xlsx(bundle: Bundle) -> Written:
    """The codes as a sheet of Excel."""
    table = _table(bundle)
    titled = replace(table, columns=tuple(replace(each, key=each.title) for each in table.columns))
    odd = [row[1] for row in table.rows if any(isinstance(cell, str) and printable(cell) != cell for cell in row)]
    why = _("Tegn som Excel ikke kan lagre, er byttet ut med «\ufffd».")
    code = _("Kode")
    losses = [Loss(what=code, name=str(name), why=why) for name in odd]
    content = render_workbook([titled], day_of(bundle), bundle.title)
    return Written(content=content, suffix=".xlsx", losses=(*_lost(bundle), *losses))


def _by_levels(lines: Sequence[Line]) -> ReadCodes:
    """The codes of rows that have their paths; one that only stands beside its sub-codes is a folder, and is told once."""
    named = [(line, path_in(line.path)) for line in lines if line.path]
    found = assembled(
        (Placed(number=line.number, path=path, code=line.code) for line, path in named), parents_codable=False
    )
    without_name = nameless((line.number, line.stands) for line in lines if not line.path)
    paths = [path for _line, path in named]
    rows = set(paths)
    above = dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path)))
    code, why = _("Kode"), _("Overkoden har ingen egen rad, og er laget som en mappe.")
    folders = [Loss(what=code, name=path[-1], why=why, mended=True) for path in above if path not in rows]
    return replace(found, losses=(*without_name, *folders, *found.losses))


def _own_paths(lines: Sequence[Line]) -> list[Line]:
    """The rows with their paths written as Kodebenk writes them, whatever the list has between the names."""
    paths = [line.path for line in lines]
    between = next((each for each in _BETWEEN if any(each in path for path in paths)), ">")
    if between == ">":
        return list(lines)
    return [replace(line, path=path_as_text([plain(each) for each in line.path.split(between)])) for line in lines]


def _table(bundle: Bundle) -> Table:
    columns = tuple(Column(key=key, title=title, width=width, wrap=width > 30) for key, title, width in _COLUMNS)
    slugs = Counter(code.slug for code in bundle.codes)
    by_guid = {code.guid: code for code in bundle.codes if code.guid}
    rows = []
    for row in outgoing(bundle)[0]:
        above = by_guid.get(row.code.parent)
        named = "" if above is None else above.slug if slugs[above.slug] == 1 and above.slug else above.guid
        rows.append(_row(row.code, path_as_text([plain(each.name) for each in row.chain]), named))
    return Table(name=_SHEET, columns=columns, rows=tuple(rows))


def _row(code: CodeItem, path: str, parent: str) -> tuple[Cell, ...]:
    texts = (
        path,
        code.name,
        code.slug,
        parent,
        code.name_en,
        code.brief,
        code.definition,
        code.when,
        code.when_not,
        examples_as_text(code.examples),
        code.colour,
        RETIRED if code.retired else "",
    )
    return (*map(normalise, texts), "ja" if code.codable else "nei", code.guid)


def _lost(bundle: Bundle) -> tuple[Loss, ...]:
    return tuple(not_held(bundle, colours=True, folders=True))

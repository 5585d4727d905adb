"""Codebooks as lists: which shape a file has, read or written.

Every shape holds names, their order and what lies under what. Kodebenk's own hold every field; the others have one text
for all that is said of a code, and no colours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.grids import Grid, read_grids
from exports.errors import ExportError
from exports.interchange.codelists import atlasti, maxqda, nvivo, own, plain_text, qualcoder, taguette, word
from exports.interchange.codelists.cells import unguarded
from exports.interchange.codelists.headings import folded, role_of
from exports.interchange.codelists.levels import STEP
from exports.interchange.codelists.listing import heading_row, holds_segments, listing_of
from exports.interchange.codelists.model import Listing, ReadCodes, Written, speaking
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle, Loss

SHAPES: Mapping[str, Callable[[Bundle], Written]] = MappingProxyType(
    {
        "csv": own.write_csv,
        "xlsx": own.write_xlsx,
        "maxqda": maxqda.write,
        "nvivo": nvivo.write,
        "atlasti": atlasti.write,
        "qualcoder": qualcoder.write,
        "taguette": taguette.write,
    }
)
"""What a codebook can be written as; `csv` and `xlsx` are Kodebenk's own."""

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".docx")
"""What a code list can be read from."""

_DELIMITED = (".csv", ".tsv", ".txt")
_TOOLS: tuple[tuple[str, Callable[[Listing], bool], Callable[[Listing], ReadCodes]], ...] = (
    ("Kodebenk", own.recognises, own.read),
    ("Taguette", taguette.recognises, taguette.read),
    ("NVivo", nvivo.recognises, nvivo.read),
    ("MAXQDA", maxqda.recognises, maxqda.read),
    ("ATLAS.ti", atlasti.recognises, atlasti.read),
)
_HELD: Mapping[str, str] = MappingProxyType({"codable": "codable", "path": "parent"})
"""The role of a column -> the field of `CodeItem` that a list with one speaks of in every row."""
_FOLDERS = ("codable",)
_LONGEST = 120
"""Letters of a name in a table without headings."""


def read_codelist(path: Path, data: bytes) -> Bundle:
    """The codes of a list, whichever tool made it; `Bundle.tool` says which.

    Args:
        path: its suffix says the format; named in the refusal.
        data: the whole file.

    Raises:
        UnreadableProject: if the file is damaged, or is no code list; says what one would have been.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        reason = _("En kodeliste kan leses fra {known}. Lagre listen som en av dem.")
        raise UnreadableProject(path, reason.format(known=", ".join(SUFFIXES)))
    try:
        if suffix == ".docx":
            return _from_word(path, data)
        return _from_table(path, data) if suffix != ".txt" else _from_text(path, data)
    except UnreadableSource as error:
        raise UnreadableProject(path, error.reason) from error


def write_codelist(bundle: Bundle, shape: str) -> Written:
    """The codes of the bundle in one of `SHAPES`, and by name what the shape cannot hold.

    Raises:
        ExportError: if there is no such shape.
    """
    if shape not in SHAPES:
        reason = _("«{shape}» er ikke en form for kodeliste. Velg en av: {known}.")
        raise ExportError(reason.format(shape=shape, known=", ".join(SHAPES)))
    return SHAPES[shape](bundle)


def _from_text(path: Path, data: bytes) -> Bundle:
    text = decode(path, data).text
    rows = [line.split("\t") for line in text.split("\n")]
    used = [row for row in rows if any(map(str.strip, row))]
    if any(heading_row([_cut(used[0], each)]) is not None for each in "\t;,") if used else False:
        return _from_table(path, data)
    if qualcoder.recognises(rows):
        return _bundle("QualCoder", qualcoder.read([(row[0], "\t".join(row[1:])) for row in rows]), held=_FOLDERS)
    return _bundle(_by_hand(), plain_text.read(path, text))


def _cut(row: Sequence[str], delimiter: str) -> list[str]:
    """The cells of a first line; none when the delimiter does not cut it, since one word is a code and no heading."""
    cells = "\t".join(row).split(delimiter)
    return cells if len(cells) > 1 else [""]


def _from_table(path: Path, data: bytes) -> Bundle:
    if path.suffix.lower() == ".csv":
        rows = qualcoder.rows_of(decode(path, data).text)
        if rows is not None and not _has_headings(rows):
            return _bundle("QualCoder", qualcoder.read(_plain_rows(path, rows)), held=_FOLDERS)
    grids = [replace(grid, rows=_plain_rows(path, grid.rows)) for grid in read_grids(path, data)]
    found = [(grid, listing) for grid in grids if (listing := _listing(grid)) is not None]
    if not found:
        return _without_headings(path, grids)
    grid, listing = max(found, key=lambda pair: len(pair[1].roles - {"count"}))
    read = _read(listing)
    left = [other for other in grids if other is not grid]
    return replace(read, losses=(*_notes(grid), *read.losses, *map(_left_out, left)))


def _has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is headings, all of which are known; a code can be called what a heading is."""
    first = rows[0] if rows else ()
    return heading_row([first]) == 0 and all(role_of(folded(cell)) for cell in first)


def _plain_rows(path: Path, rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The rows without the apostrophes that keep spreadsheets from running a cell, which only delimited text has."""
    if path.suffix.lower() not in _DELIMITED:
        return tuple(map(tuple, rows))
    return tuple(tuple(unguarded(cell) for cell in row) for row in rows)


def _listing(grid: Grid) -> Listing | None:
    return None if holds_segments(grid.rows) else listing_of(grid.name, grid.rows)


def _read(listing: Listing) -> Bundle:
    held = {_HELD[role] for role in listing.roles & _HELD.keys()}
    if STEP not in listing.roles:
        for tool, recognises, read in _TOOLS:
            if recognises(listing):
                return _bundle(tool, read(listing), listing.losses, held=held)
    return _bundle(_by_hand(), own.read_by_hand(listing), listing.losses, held=held)


def _without_headings(path: Path, grids: Sequence[Grid]) -> Bundle:
    """A list with a code and a memo a row and no headings, as QualCoder's are.

    Raises:
        UnreadableProject: if no table is one.
    """
    if any(holds_segments(grid.rows) for grid in grids):
        reason = _(
            "Tabellen er kodede utdrag og ikke en kodeliste. Eksporter kodeboken fra programmet, og importer den."
        )
        raise UnreadableProject(path, reason)
    for grid in grids:
        names = [row[0].strip() for row in grid.rows]
        short = all(len(name) <= _LONGEST and not name.isdigit() for name in names)
        if qualcoder.recognises(grid.rows) or (len(grid.rows[0]) <= 2 and short and path.suffix.lower() in _DELIMITED):
            theirs = qualcoder.recognises(grid.rows)
            tool, held = ("QualCoder", _FOLDERS) if theirs else (_by_hand(), ())
            read = _bundle(tool, qualcoder.read(grid.rows), held=held)
            return replace(read, losses=(*_notes(grid), *read.losses))
    reason = _(
        "Filen er ingen kodeliste: ingen kolonne har en overskrift som Kode, Navn, Code, Name eller Tag. Gi kolonnen med "
        "kodenes navn en slik overskrift, og kolonnen med forklaringer Definisjon eller Memo."
    )
    raise UnreadableProject(path, reason)


def _from_word(path: Path, data: bytes) -> Bundle:
    document = word.read(path, data)
    if document.listings:
        listing = max(document.listings, key=lambda each: (len(each.roles - {"count"}), len(each.lines)))
        bundle = _read(listing)
        found = word.with_memos(bundle.codes, document)
        others = [each.stands for each in document.listings if each is not listing]
        tables = map(_table_left_out, (*others, *document.others))
        return replace(bundle, codes=found.codes, losses=(*bundle.losses, *tables, *found.losses))
    if document.named and document.sections.codes:
        return _bundle(_by_hand(), document.sections, [*map(_table_left_out, document.others)])
    reason = _(
        "Dokumentet er ingen kodebok: det har verken en tabell med en overskrift som Kode eller Name, eller overskrifter "
        "under tittelen Kodebok. Lagre kodeboken som tabell, eller som .xlsx."
    )
    raise UnreadableProject(path, reason)


def _bundle(tool: str, read: ReadCodes, losses: Sequence[Loss] = (), *, held: Collection[str] = ()) -> Bundle:
    return Bundle(tool=tool, codes=speaking(read.codes, held), sets=read.sets, losses=(*losses, *read.losses))


def _by_hand() -> str:
    return _("en kodeliste")


def _notes(grid: Grid) -> list[Loss]:
    return [Loss(what=_("Tabell"), name=grid.name, why=note.message, mended=True) for note in grid.notes]


def _table_left_out(first_row: str) -> Loss:
    return Loss(what=_("Tabell"), name=first_row, why=_("Tabellen er ikke lest; kodelisten er i en annen tabell."))


def _left_out(grid: Grid) -> Loss:
    return Loss(what=_("Ark"), name=grid.name, why=_("Arket er ikke lest; kodelisten er i et annet ark."))

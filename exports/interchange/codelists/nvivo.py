"""NVivo's codebook: `Name`, `Description`, `Files`, `References`; sub-codes stand further in, or after `\\\\` in a path."""

from __future__ import annotations

import re
from dataclasses import replace

from exports.interchange.codelists.listing import described_line, plain
from exports.interchange.codelists.model import Line, Listing, ReadCodes, Written
from exports.interchange.codelists.outgoing import described_rows, fitting, not_held, outgoing, workbook
from exports.interchange.codelists.paths import Placed, assembled, by_indentation, nameless
from exports.interchange.model import Bundle

_COUNTED = {"files", "references", "sources", "dateien", "referenzen", "quellen"}
_ONLY_HERE = {"hierarchical name", "nickname", "aggregate"}
_STEP = re.compile(r"\\+")
_TOP = re.compile(r"(?:codes?|nodes?|coding|knoten|koder|noder)\\\\", re.IGNORECASE)
_STEP_IN = "  "


def recognises(listing: Listing) -> bool:
    """Whether the headings are NVivo's: a name with counts of files or references."""
    return bool(listing.headings & {"name", "hierarchical name"}) and bool(listing.headings & (_COUNTED | _ONLY_HERE))


def read(listing: Listing) -> ReadCodes:
    """The codes; a parent without a row is a folder."""
    named = [line for line in map(_with_name, listing.lines) if plain(line.code.name)]
    without_name = nameless(
        (line.number, line.stands) for line in listing.lines if not plain(line.code.name or line.path)
    )
    lines = [replace(line, code=described_line(line.code)) for line in named]
    indented = len({line.indent for line in lines}) > 1
    if not indented and any("\\\\" in line.code.name for line in lines):
        rows = [Placed(number=line.number, path=_path(line.code.name), code=line.code) for line in lines]
        rows = [row for row in rows if row.path]
    else:
        rows = by_indentation(lines, [plain(line.code.name) for line in lines])
    found = assembled(rows, parents_codable=False)
    return replace(found, losses=(*without_name, *found.losses))


def write(bundle: Bundle) -> Written:
    """The codes as an Excel sheet of the headings that NVivo gives its codebook, the counts left empty."""
    rows, losses = outgoing(bundle, _acceptable)
    texts, cut = fitting(rows, described_rows(rows))
    table = [
        (_STEP_IN * (len(row.path) - 1) + row.path[-1], text, "", "") for row, text in zip(rows, texts, strict=True)
    ]
    columns = (("Name", 50), ("Description", 80), ("Files", 10), ("References", 12))
    content = workbook("Codebook", columns, table, bundle)
    return Written(content=content, suffix=".xlsx", losses=(*losses, *cut, *not_held(bundle)))


def _with_name(line: Line) -> Line:
    """The row under its hierarchical name, where it has one."""
    return replace(line, code=replace(line.code, name=line.path)) if line.path.strip() else line


def _path(name: str) -> tuple[str, ...]:
    return tuple(filter(None, map(plain, _STEP.split(_TOP.sub("", name.strip(), count=1)))))


def _acceptable(name: str) -> str:
    return plain(_STEP.sub("/", name)) if "\\\\" in name else name

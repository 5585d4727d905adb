"""QualCoder's list of codes: no headings, a path and a memo. `>>` comes after a category, `>>>` after a code.

QualCoder knows every code and every category by its name alone, so two codes are never called the same in what is written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.codelists.cells import guarded
from exports.interchange.codelists.listing import Rows, described_line, plain
from exports.interchange.codelists.model import ReadCodes, Written
from exports.interchange.codelists.outgoing import Outgoing, apostrophes, described_rows, not_held, outgoing
from exports.interchange.codelists.paths import Placed, assembled, nameless
from exports.interchange.model import Bundle, CodeItem, Loss

_STEP = re.compile(r"(>>>|>>)")
_IN_NAME = re.compile(r">>+|^>+|>+$")
_WRITTEN = re.compile(r'(?:"(?:[^"]|"")*","(?:[^"]|"")*"\n)+')


def recognises(rows: Rows) -> bool:
    """Whether the table is of one or two columns and has QualCoder's paths in the first."""
    used = [row for row in rows if any(cell.strip() for cell in row)]
    return all(not cell.strip() for row in used for cell in row[2:]) and any(">>" in row[0] for row in used)


def rows_of(text: str) -> list[tuple[str, ...]] | None:
    """The rows of a csv list as QualCoder reads it, which never asks what stands between the columns; None for other text.

    What `write` gave is always such a list; any other text is when it has QualCoder's paths and no row of three cells.
    """
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        return None
    if _WRITTEN.fullmatch(text) is not None:
        return rows
    return rows if all(len(row) < 3 for row in rows) and recognises([row for row in rows if row]) else None


def read(rows: Rows) -> ReadCodes:
    """The codes; a category that has no row of its own is a folder."""
    placed, without_name = [], []
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row):
            continue  # between the codes there may be lines
        pieces = _STEP.split(row[0])
        names = [plain(each) for each in pieces[::2]]
        kept = [index for index, name in enumerate(names) if name]
        if not kept or not names[-1]:
            without_name.append((number, " | ".join(filter(None, map(plain, row)))))
            continue
        memo = row[1] if len(row) > 1 else ""
        code = described_line(CodeItem(guid="", name=names[-1], definition=memo))
        above = tuple(pieces[2 * index + 1] == ">>>" for index in kept[:-1])
        path = tuple(names[index] for index in kept)
        placed.append(Placed(number=number, path=path, code=code, codable_above=above))
    found = assembled(placed, parents_codable=False)
    return replace(found, losses=(*nameless(without_name), *found.losses))


def write(bundle: Bundle) -> Written:
    """The codes as csv, without a byte-order mark, which QualCoder would take for a part of the first name."""
    rows, losses = outgoing(bundle, _acceptable, everywhere=True)
    memos = described_rows(rows)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    named = [(row.code.name, (_path(row), memo)) for row, memo in zip(rows, memos, strict=True) if row.code.codable]
    writer.writerows(map(guarded, cells) for _name, cells in named)
    losses += [*apostrophes(named), *_folders(rows, memos), *not_held(bundle, folders=True)]
    return Written(content=buffer.getvalue().encode("utf-8", "replace"), suffix=".csv", losses=tuple(losses))


def _path(row: Outgoing) -> str:
    steps = (">>>" if code.codable else ">>" for code in row.chain[:-1])
    return "".join(name + step for name, step in zip(row.path, (*steps, ""), strict=True))


def _folders(rows: Sequence[Outgoing], memos: Sequence[str]) -> list[Loss]:
    """Folders that no code lies in, and what is said of folders: the list has rows for codes alone."""
    used = {code.guid for row in rows if row.code.codable for code in row.chain}
    folder, empty = _("Mappe"), _("Mappen har ingen koder, og listen har bare rader for koder.")
    said, why = _("Beskrivelse av mappe"), _("Listen har bare plass til beskrivelser av koder, ikke av mapper.")
    losses = []
    for row, memo in zip(rows, memos, strict=True):
        if row.code.codable:
            continue
        if row.code.guid not in used:
            losses.append(Loss(what=folder, name=row.code.name, why=empty))
        elif memo:
            losses.append(Loss(what=said, name=row.code.name, why=why))
    return losses


def _acceptable(name: str) -> str:
    return plain(_IN_NAME.sub(lambda found: "›" * len(found[0]), name))

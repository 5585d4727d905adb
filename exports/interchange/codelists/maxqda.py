"""MAXQDA's table of codes: `Code` and `Memo`, sub-codes after `>` or a backslash. A memo holds all that is said of a code.

MAXQDA makes codes of parents that have no row, and cuts names at 63 characters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from gettext import gettext as _

from exports.interchange.codelists.listing import described_line, plain
from exports.interchange.codelists.model import Line, Listing, ReadCodes, Written
from exports.interchange.codelists.outgoing import described_rows, fitting, not_held, outgoing, workbook
from exports.interchange.codelists.own import read_by_hand
from exports.interchange.codelists.paths import Placed, assembled, nameless
from exports.interchange.model import Bundle, Loss

NAME_LENGTH = 63
_STEP = re.compile(r"[>\\]")
_ONLY_HERE = {"obercode", "parent code", "codesystem", "code system"}


def recognises(listing: Listing) -> bool:
    """Whether the headings are MAXQDA's: a code with a memo, or counts of coded segments."""
    if {"code", "memo"} <= listing.headings:
        return True
    counted = any(heading.startswith(("cod seg", "coded seg", "codierte seg")) for heading in listing.headings)
    return counted or bool(listing.headings & _ONLY_HERE)


def read(listing: Listing) -> ReadCodes:
    """The codes, a parent without a row made a code as MAXQDA does."""
    if len({line.indent for line in listing.lines}) > 1 and not any(
        _STEP.search(_written(line)) for line in listing.lines
    ):
        return read_by_hand(listing)  # a document has the codes further in, not their paths
    rows, without_name = [], []
    for line in listing.lines:
        path = tuple(filter(None, map(plain, [*_STEP.split(line.parent), *_STEP.split(line.code.name)])))
        if path and plain(line.code.name):
            rows.append(Placed(number=line.number, path=path, code=described_line(line.code)))
        else:
            without_name.append((line.number, line.stands))
    found = assembled(rows, parents_codable=True)
    return replace(found, losses=(*nameless(without_name), *found.losses))


def write(bundle: Bundle) -> Written:
    """The codes as an Excel sheet that MAXQDA imports."""
    rows, losses = outgoing(bundle, _acceptable)
    memos, cut = fitting(rows, described_rows(rows))
    table = [(" > ".join(row.path), memo) for row, memo in zip(rows, memos, strict=True)]
    why = _("Navnet er lengre enn {n} tegn; MAXQDA kutter det.").format(n=NAME_LENGTH)
    code = _("Kode")
    long = [Loss(what=code, name=row.code.name, why=why) for row in rows if len(row.path[-1]) > NAME_LENGTH]
    content = workbook("Codes", (("Code", 50), ("Memo", 80)), table, bundle)
    return Written(content=content, suffix=".xlsx", losses=(*losses, *long, *cut, *not_held(bundle)))


def _written(line: Line) -> str:
    return line.parent + line.code.name


def _acceptable(name: str) -> str:
    return plain(name.replace(">", "›").replace("\\", "/"))

"""Tables as text: .csv, .tsv and .txt, with whatever stands between the columns.

Norwegian Excel writes `;`, since the comma is its decimal mark; others write a comma, a tab or `|`. Which it is the file
may say itself (`sep=;` on its first line); else it is the one that cuts the rows most evenly.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from itertools import islice
from pathlib import Path

import regex

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.grids import Grid, squared
from corpus.model import ImportNote

_DELIMITERS = ";\t,|"
"""In the order in which they are believed when they cut equally well."""
_SAID = regex.compile(r'\A"?sep=(?P<delimiter>[^\n"])"?(?:\n|\Z)', regex.IGNORECASE)
_SAMPLED = 200
"""Rows looked at when the delimiter is sought."""
_EVEN = 0.5
"""Share of rows that must have one and the same number of columns; below it the text has one column."""


def read(path: Path, data: bytes) -> tuple[Grid, ...]:
    """The file as one table.

    Raises:
        UnreadableSource: if it is no text, or its quotation marks do not close.
    """
    decoded = decode(path, data)
    text = decoded.text
    said = _SAID.match(text)
    if said is not None:
        text = text[said.end() :]
    delimiter = said.group("delimiter") if said is not None else _sniffed(text, path.suffix.lower())
    rows, notes = _rows(path, text, delimiter)
    grid = Grid(name=path.stem, rows=squared(path, rows), notes=(*decoded.notes, *notes, *_uneven(rows)))
    return (grid,)


def _sniffed(text: str, suffix: str) -> str:
    """The delimiter; a tab for text of one column, where it cuts nothing."""
    found: list[tuple[float, int, str]] = []
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(_parsed(text, delimiter), _SAMPLED))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if any(map(str.strip, row))] or [len(row) for row in rows]
        width, even = Counter(widths).most_common(1)[0] if widths else (0, 0)
        if width > 1 and even >= _EVEN * len(widths):
            found.append((even / len(widths), width, delimiter))
    if suffix == ".tsv" and any(delimiter == "\t" for _share, _width, delimiter in found):
        return "\t"
    return max(found, key=lambda one: one[:2], default=(0.0, 0, "\t"))[2]


def _parsed(text: str, delimiter: str, *, quoted: bool = True) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    if quoted:
        return csv.reader(lines, delimiter=delimiter)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _rows(path: Path, text: str, delimiter: str) -> tuple[list[list[str]], tuple[ImportNote, ...]]:
    """The rows that are not empty lines; quotation marks are marks of quoting where that works out, else letters."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [row for row in reader if row], ()
    except csv.Error as error:
        if len(text) > csv.field_size_limit() and "field larger" in str(error):
            reason = _("Linje {line}: en celle er lengre enn {most} tegn. Sjekk at anførselstegnene er lukket.")
            raise UnreadableSource(path, reason.format(line=reader.line_num, most=csv.field_size_limit())) from error
        plain = [row for row in _parsed(text, delimiter, quoted=False) if row]
        if len({len(row) for row in plain}) == 1:
            message = _("Anførselstegnene i tabellen er lest som vanlige tegn, siden de ikke omslutter hele celler.")
            return plain, (ImportNote(message=message, doubtful=True),)
        reason = _(
            "Anførselstegnene går ikke opp ved linje {line}: et tegn mangler eller er til overs. Rett linjen, eller "
            "åpne tabellen i Excel og lagre den som .xlsx."
        )
        raise UnreadableSource(path, reason.format(line=reader.line_num)) from error


def _uneven(rows: list[list[str]]) -> tuple[ImportNote, ...]:
    """A note on rows with more columns than the first; shorter ones are usual, since programs leave the end out."""
    width = len(rows[0]) if rows else 0
    longer = [number for number, row in enumerate(rows, 1) if len(row) > width and any(map(str.strip, row[width:]))]
    if not longer:
        return ()
    message = ngettext(
        "{n} rad har flere kolonner enn den første raden (rad {row}); sjekk at skilletegnet er riktig.",
        "{n} rader har flere kolonner enn den første raden (den første er rad {row}); sjekk at skilletegnet er riktig.",
        len(longer),
    )
    text = message.format(n=len(longer), row=longer[0])
    return (ImportNote(message=text, count=len(longer), doubtful=True),)

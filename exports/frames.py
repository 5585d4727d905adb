"""Tables as pandas frames and as csv.

A csv file for a spreadsheet starts with a byte-order mark, without which Excel reads æ, ø and å wrongly. A spreadsheet
also runs a cell that begins with =, +, -, @, tab or carriage return as a formula, and transcripts are full of lines
that begin with a dash: such a cell gets an apostrophe in front. Programs that read the file should ask for the plain
kind, or for JSON, where every text stands as it is stored.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from exports.models import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def frame(table: Table) -> pd.DataFrame:
    """The table with its keys as column names; whole numbers stay whole and what is unknown is None."""
    columns = pd.Index([column.key for column in table.columns], dtype=object)
    return pd.DataFrame(list(table.rows), columns=columns, dtype=object)


def render_csv(table: Table, *, delimiter: str = ",", spreadsheet: bool = True) -> bytes:
    """The table as csv with its keys as header, rows ended by CR LF, and times in ISO 8601 with Z.

    Args:
        table: What to write.
        delimiter: With a semicolon, which Norwegian Excel expects, numbers get a decimal comma.
        spreadsheet: Write for a spreadsheet: a byte-order mark, and no cell that it could take for a formula.
    """
    decimal = "," if delimiter == ";" else "."
    cells = frame(table).map(lambda cell: _as_text(cell, decimal, spreadsheet))
    if spreadsheet:
        cells.columns = pd.Index([_guarded(str(key)) for key in cells.columns], dtype=object)
    text = cells.to_csv(index=False, sep=delimiter, lineterminator="\r\n")
    return text.encode("utf-8-sig" if spreadsheet else "utf-8")


def _as_text(cell: Cell, decimal: str, spreadsheet: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case float():
            return repr(cell).replace(".", decimal)
        case int():
            return str(cell)
        case str():
            return _guarded(cell) if spreadsheet else cell


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text

"""Tables as an Excel workbook: one sheet each, a real table with filters, and no cell that is read as a formula.

A cell holds at most 32,767 characters; a longer text goes on in columns of its own to the right, so nothing is lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from gettext import gettext as _
from typing import Any

import xlsxwriter

from exports.errors import ExportError
from exports.models import Cell, Column, Table
from exports.packaging import printable, repack

MAX_CELL = 32_767
"""Excel's bound for one cell, in UTF-16 units."""
MAX_ROWS = 1_048_575
"""Excel's bound for one sheet, the header row not counted."""
MAX_COLUMNS = 16_384

_LINE_HEIGHT = 15
_TALLEST = 405
"""Points; Excel allows 409."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def render_workbook(tables: Sequence[Table], created: date, title: str = "") -> bytes:
    """The tables as an .xlsx file; the same tables and date always give the same bytes.

    Raises:
        ExportError: A table is larger than a sheet can be.
    """
    for table in tables:
        _check_size(table)
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": printable(title)[:255], "created": datetime.combine(created, time())})
    formats = {
        "header": workbook.add_format({"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#E8EDF2"}),
        "plain": workbook.add_format({"valign": "top"}),
        "wrap": workbook.add_format({"valign": "top", "text_wrap": True}),
        "percent": workbook.add_format({"valign": "top", "num_format": "0.0%"}),
        "time": workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"}),
    }
    names: list[str] = []
    for number, table in enumerate(tables, start=1):
        names.append(_sheet_name(table.name, names))
        _write_sheet(workbook.add_worksheet(names[-1]), _widened(_people_read(table)), formats, number)
    workbook.close()
    return repack(buffer.getvalue())


def split_text(text: str) -> tuple[str, ...]:
    """The text in pieces that each fit in a cell; joined they are the text, and no character is cut in two."""
    if len(text) * 2 <= MAX_CELL:
        return (text,)
    pieces, first, used = [], 0, 0
    for index, character in enumerate(text):
        units = 2 if character > "\uffff" else 1
        if used + units > MAX_CELL:
            pieces.append(text[first:index])
            first, used = index, 0
        used += units
    return (*pieces, text[first:])


def _widened(table: Table) -> Table:
    """The table with a column more for each further piece of a column's longest text."""
    split = [[split_text(cell) if isinstance(cell, str) else (cell,) for cell in row] for row in table.rows]
    pieces = [max((len(row[index]) for row in split), default=1) for index in range(len(table.columns))]
    if max(pieces, default=1) == 1:
        return table
    columns: list[Column] = []
    for column, count in zip(table.columns, pieces, strict=True):
        columns.append(column)
        for number in range(2, count + 1):
            title = _("{column} (fortsettelse {n})").format(column=column.title, n=number)
            columns.append(Column(key=f"{column.key}_{number}", title=title, width=column.width, wrap=True))
    rows = []
    for row in split:
        cells: list[Cell] = []
        for piece, count in zip(row, pieces, strict=True):
            cells += [*piece, *[None] * (count - len(piece))]
        rows.append(tuple(cells))
    return Table(name=table.name, columns=tuple(columns), rows=tuple(rows))


def _people_read(table: Table) -> Table:
    """The table with every value as people read it, each different value looked up once."""
    words = {True: _("ja"), False: _("nei")}
    known: list[dict[Cell, Cell]] = [{} for _column in table.columns]
    rows = []
    for row in table.rows:
        cells: list[Cell] = []
        for cell, column, seen in zip(row, table.columns, known, strict=True):
            shown = words[cell] if isinstance(cell, bool) else cell
            if column.shown is not None and cell is not None:
                if cell not in seen:
                    seen[cell] = column.shown(cell)
                shown = seen[cell]
            cells.append(shown)
        rows.append(tuple(cells))
    return Table(name=table.name, columns=table.columns, rows=tuple(rows))


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any], number: int) -> None:
    titles = _unique([printable(column.title) for column in table.columns])
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, min(column.width, 100))
    header = max((_lines(title, column.width) for title, column in zip(titles, table.columns, strict=True)), default=1)
    if header > 1:
        sheet.set_row(0, min(header * _LINE_HEIGHT, _TALLEST))
    for row, cells in enumerate(table.rows, start=1):
        # Excel finds the height of wrapped text itself; LibreOffice does not, and would print rows over each other.
        if (needed := _lines_needed(cells, table.columns)) > 1:
            sheet.set_row(row, min(needed * _LINE_HEIGHT, _TALLEST))
        for index, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write_cell(sheet, row, index, cell, column, formats)
    # A table needs a row below its header, also when there is nothing to show.
    last = max(len(table.rows), 1)
    sheet.add_table(
        0,
        0,
        last,
        len(titles) - 1,
        {
            "name": f"Tabell{number}",
            "style": "Table Style Light 1",
            "columns": [{"header": title, "header_format": formats["header"]} for title in titles],
        },
    )
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(0)


def _lines_needed(cells: Sequence[Cell], columns: Sequence[Column]) -> int:
    needed = 1
    for cell, column in zip(cells, columns, strict=True):
        if column.wrap and isinstance(cell, str):
            needed = max(needed, _lines(cell, column.width))
    return needed


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))


def _write_cell(sheet: Any, row: int, index: int, cell: Cell, column: Column, formats: dict[str, Any]) -> None:
    match cell:
        case None | "":
            pass
        case datetime():
            moment = cell.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(row, index, moment, formats["time"])
        case int() | float():
            sheet.write_number(row, index, cell, formats["percent" if column.percent else "plain"])
        case str():
            sheet.write_string(row, index, _as_string(cell), formats["wrap" if column.wrap else "plain"])


def _as_string(text: str) -> str:
    """The text, with a space after it if it runs from <r> to </r>: xlsxwriter takes that for its own markup."""
    text = printable(text)
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    base = _FORBIDDEN_IN_SHEET_NAME.sub(" ", printable(name)).strip(" '")[:31] or _("Ark")
    lower = {other.casefold() for other in taken}
    candidate, number = base, 1
    while candidate.casefold() in lower:
        number += 1
        ending = f" {number}"
        candidate = base[: 31 - len(ending)] + ending
    return candidate


def _unique(titles: Sequence[str]) -> list[str]:
    """The titles, none twice and none empty, since Excel repairs a table whose headers are not unique."""
    found: list[str] = []
    seen: set[str] = set()
    for title in titles:
        base = " ".join(title.split())[:240] or _("Kolonne")
        candidate, number = base, 1
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{base} ({number})"
        seen.add(candidate.casefold())
        found.append(candidate)
    return found


def _check_size(table: Table) -> None:
    if len(table.rows) > MAX_ROWS or len(table.columns) > MAX_COLUMNS:
        raise ExportError(
            _(
                "Arket «{name}» får {rows} rader og {columns} kolonner, og det er mer enn Excel kan holde. "
                "Gjør utvalget mindre, eller eksporter som csv eller json."
            ).format(name=table.name, rows=len(table.rows), columns=len(table.columns))
        )

"""Excel workbooks (.xlsx), read from their XML as it goes by: each visible sheet is a table.

Formulas stand as their text and are never worked out. Hidden sheets are left out, hidden rows and columns are not (a
filter hides rows that belong to the study); both are said. Merged cells have their text in the first of them. Nothing in
the file is followed out of it. The look of cells counts only where it says what a number is: a date or a share.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from corpus.archives import open_container
from corpus.cell_values import (
    FALSE,
    TRUE,
    ValueKind,
    column_name,
    kind_of_format,
    number_text,
    place_of,
    shifted,
    text_of,
)
from corpus.errors import UnreadableSource
from corpus.grids import MOST_CELLS, Grid, refuse_large, squared
from corpus.model import ImportNote
from corpus.safe_xml import damaged_reason
from corpus.text import normalise
from corpus.workbook_parts import RefusedPart, SharedStrings, feed, main_part, relations, tags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What holds for all sheets."""

    strings: list[str]
    kinds: list[ValueKind]
    """What each cell style makes of a number."""
    since_1904: bool


@dataclass(slots=True)
class _Sheet:
    """Gathers a sheet's cells as text."""

    book: _Book
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = -1
    column: int = -1
    kind: str = ""
    style: str = ""
    parts: dict[str, list[str]] = field(default_factory=dict)
    taking: str = ""
    aside: bool = False
    shared_by: str | None = None
    formulas: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """Id of a shared formula to row, column and text of its owner."""
    formula_places: list[tuple[int, int]] = field(default_factory=list)
    errors: int = 0
    merged: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.taking = ""
        if tag == "c":
            self._begin(attributes)
        elif tag in ("v", "f") or (tag == "t" and not self.aside):
            self.taking = tag
            if tag == "f":
                self.parts["f"] = []
                self.shared_by = attributes.get("si") if attributes.get("t") == "shared" else None
        elif tag == "rPh":
            self.aside = True
        elif tag == "row":
            said = attributes.get("r", "")
            self.row = int(said) - 1 if said.isdecimal() and len(said) < 8 else self.row + 1
            self.column = -1
            self.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif tag == "col":
            self.hidden_columns += attributes.get("hidden") in ("1", "true")
        elif tag == "mergeCell":
            self.merged += 1

    def end(self, tag: str) -> None:
        self.taking = ""
        if tag == "rPh":
            self.aside = False
        elif tag == "c":
            text = self._text()
            if text:
                self.cells[self.row, self.column] = text
                if len(self.cells) > MOST_CELLS:
                    raise RefusedPart(_("Regnearket har flere enn {n} celler med tekst.").format(n=MOST_CELLS))

    def data(self, text: str) -> None:
        if self.taking:
            self.parts.setdefault(self.taking, []).append(text)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        self.row, self.column = place or (max(self.row, 0), self.column + 1)
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.parts = {}
        self.shared_by = None

    def _text(self) -> str:
        formula = self._formula() if "f" in self.parts else ""
        if formula:
            self.formula_places.append((self.row, self.column))
            return normalise(f"={formula}")
        raw = "".join(self.parts.get("v", ()))
        match self.kind:
            case "s":
                return self._shared(raw)
            case "inlineStr":
                return normalise(text_of("".join(self.parts.get("t", ()))))
            case "b":
                return TRUE if raw.strip() in ("1", "true") else FALSE if raw else ""
            case "n":
                return number_text(raw.strip(), self._value_kind(), since_1904=self.book.since_1904)
            case "e":
                self.errors += 1
                return normalise(raw)
            case "d":
                return normalise(raw.replace("T00:00:00", "").replace("T", " "))
            case _:
                return normalise(text_of(raw))

    def _formula(self) -> str:
        text = "".join(self.parts["f"])
        if self.shared_by is None:
            return text
        if text:
            self.formulas[self.shared_by] = (self.row, self.column, text)
            return text
        row, column, owned = self.formulas.get(self.shared_by, (self.row, self.column, ""))
        return shifted(owned, self.row - row, self.column - column)

    def _shared(self, raw: str) -> str:
        number = int(raw) if raw.isdecimal() and len(raw) < 9 else -1
        if not 0 <= number < len(self.book.strings):
            raise RefusedPart(
                _("Filen er skadet: en celle viser til en tekst som ikke finnes. Lagre den på nytt fra Excel.")
            )
        return self.book.strings[number]

    def _value_kind(self) -> ValueKind:
        number = int(self.style) if self.style.isdecimal() and len(self.style) < 7 else 0
        return self.book.kinds[number] if number < len(self.book.kinds) else ""


def read(path: Path, data: bytes) -> tuple[Grid, ...]:
    """The visible sheets, empty ones too.

    Raises:
        UnreadableSource: if the file is damaged, behind a password, unreasonably large, or has no visible sheet.
    """
    with open_container(path, data) as archive:
        main = main_part(path, archive)
        parts = relations(path, archive, main)
        declared = tags(path, archive, main, "sheet", "workbookPr")
        sheets = [attributes for tag, attributes in declared if tag == "sheet"]
        shown = [one for one in sheets if one.get("state", "visible") == "visible" and _is(parts, one, "worksheet")]
        if not shown:
            raise UnreadableSource(path, _("Filen er ikke et Excel-regneark, eller alle arkene er skjult."))
        book = _Book(
            strings=_strings(path, archive, parts),
            kinds=_kinds(path, archive, parts),
            since_1904=any(one.get("date1904") in ("1", "true") for tag, one in declared if tag == "workbookPr"),
        )
        grids = [_sheet(path, archive, parts[one["id"]][1], one.get("name", ""), book) for one in shown]
    hidden = [one.get("name", "") for one in sheets if one.get("state", "visible") != "visible"]
    first = grids[0]
    notes = _hidden_note(hidden) + first.notes
    return (Grid(name=first.name, rows=first.rows, notes=notes), *grids[1:])


def _is(parts: Mapping[str, tuple[str, str]], sheet: Mapping[str, str], kind: str) -> bool:
    return parts.get(sheet.get("id", ""), ("", ""))[0] == kind


def _part_of(parts: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((target for name, target in parts.values() if name == kind), "")


def _strings(path: Path, archive: zipfile.ZipFile, parts: Mapping[str, tuple[str, str]]) -> list[str]:
    target = SharedStrings()
    feed(path, archive, _part_of(parts, "sharedStrings"), target)
    return target.texts


def _kinds(path: Path, archive: zipfile.ZipFile, parts: Mapping[str, tuple[str, str]]) -> list[ValueKind]:
    codes: dict[str, str] = {}
    kinds: list[ValueKind] = []
    cells = False
    for tag, attributes in tags(path, archive, _part_of(parts, "styles"), "numFmt", "cellXfs", "cellStyleXfs", "xf"):
        if tag == "numFmt":
            codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif tag != "xf":
            cells = tag == "cellXfs"
        elif cells:
            said = attributes.get("numFmtId", "")
            kinds.append(kind_of_format(int(said) if said.isdecimal() and len(said) < 7 else 0, codes.get(said)))
    return kinds


def _sheet(path: Path, archive: zipfile.ZipFile, part: str, name: str, book: _Book) -> Grid:
    sheet = _Sheet(book=book)
    if not feed(path, archive, part, sheet):
        raise UnreadableSource(path, damaged_reason(part))
    height = max((row for row, _column in sheet.cells), default=-1) + 1
    width = max((column for _row, column in sheet.cells), default=-1) + 1
    refuse_large(path, height, width)
    rows = [[""] * width for _number in range(height)]
    for (row, column), text in sheet.cells.items():
        rows[row][column] = text
    return Grid(name=normalise(name), rows=squared(path, rows), notes=_notes(sheet, name))


def _notes(sheet: _Sheet, name: str) -> tuple[ImportNote, ...]:
    notes = []
    if sheet.formula_places:
        row, column = sheet.formula_places[0]
        message = ngettext(
            "Arket «{sheet}» har {n} celle med formel ({cell}); formelen står som tekst og er ikke regnet ut. Lim inn "
            "som verdier i Excel om resultatet skal med.",
            "Arket «{sheet}» har {n} celler med formler (den første i {cell}); formlene står som tekst og er ikke regnet "
            "ut. Lim inn som verdier i Excel om resultatene skal med.",
            len(sheet.formula_places),
        )
        text = message.format(sheet=name, n=len(sheet.formula_places), cell=f"{column_name(column)}{row + 1}")
        notes.append(ImportNote(message=text, count=len(sheet.formula_places), doubtful=True))
    counted = (
        (sheet.merged, _("Arket «{sheet}» har sammenslåtte celler ({n}); teksten står i den første av dem.")),
        (sheet.errors, _("Arket «{sheet}» har celler med feilverdier ({n}); de står som i Excel.")),
        (sheet.hidden_rows, _("Arket «{sheet}» har skjulte rader ({n}); de er tatt med.")),
        (sheet.hidden_columns, _("Arket «{sheet}» har skjulte kolonner ({n} grupper); de er tatt med.")),
    )
    notes += [
        ImportNote(message=message.format(sheet=name, n=n), count=n, doubtful=True) for n, message in counted if n
    ]
    return tuple(notes)


def _hidden_note(names: list[str]) -> tuple[ImportNote, ...]:
    if not names:
        return ()
    message = ngettext(
        "{n} skjult ark er ikke tatt med: {names}.", "{n} skjulte ark er ikke tatt med: {names}.", len(names)
    )
    return (ImportNote(message=message.format(n=len(names), names=", ".join(names)), count=len(names)),)

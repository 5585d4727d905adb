"""The Excel workbook, read back from its XML: only strings and numbers, nothing cut, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from codebooks.model import Code, Codebook
from exports import workbook
from exports.errors import ExportError
from exports.models import Column, Excerpt, Matrix, QuoteBank, Table
from exports.tables import code_titles, excerpt_table, tables_of
from exports.workbook import MAX_CELL, render_workbook, split_text

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
DAY = date(2026, 11, 22)
ESCAPED = re.compile(r"_x([0-9A-F]{4})_")


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def sheet(data: bytes, number: int = 1) -> list[list[str]]:
    """The cells of a sheet as texts, by row; empty cells inside a row are empty texts."""
    package = parts(data)
    strings = []
    if "xl/sharedStrings.xml" in package:
        for item in package["xl/sharedStrings.xml"].iterfind("m:si", NS):
            text = "".join(t.text or "" for t in item.iter(f"{{{NS['m']}}}t"))
            strings.append(ESCAPED.sub(lambda m: chr(int(m[1], 16)), text))
    rows = []
    for row in package[f"xl/worksheets/sheet{number}.xml"].iterfind(".//m:row", NS):
        cells: list[str] = []
        for cell in row.iterfind("m:c", NS):
            letters = re.sub(r"\d", "", str(cell.get("r")))
            index = sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(letters))) - 1
            cells += [""] * (index - len(cells))
            value = cell.findtext("m:v", "", NS)
            cells.append(strings[int(value)] if cell.get("t") == "s" else value)
        rows.append(cells)
    return rows


def texts(*values: str, name: str = "T", title: str = "Tekst") -> Table:
    return Table(name=name, columns=(Column(key="text", title=title),), rows=tuple((value,) for value in values))


def test_there_is_a_sheet_for_each_table_with_filters_and_a_frozen_header(bank: QuoteBank) -> None:
    package = parts(render_workbook(tables_of(bank), DAY, "Oppdiktet"))
    sheets = package["xl/workbook.xml"].findall(".//m:sheet", NS)
    assert [each.get("name") for each in sheets] == ["Sitatbank", "Case x kode", "Kodebok"]
    for number in (1, 2, 3):
        pane = package[f"xl/worksheets/sheet{number}.xml"].find(".//m:pane", NS)
        assert pane is not None
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
        assert package[f"xl/tables/table{number}.xml"].find("m:autoFilter", NS) is not None


def test_codes_by_codes_have_a_sheet_of_their_own_and_codes_their_names(bank: QuoteBank) -> None:
    both = Matrix(
        rows=("bolig-tilgang", "løs"), columns=("bolig-tilgang", "løs"), cells=((3, 1), (2, 4)), row_kind="code"
    )
    data = render_workbook(tables_of(bank, both), DAY)
    names = [each.get("name") for each in parts(data)["xl/workbook.xml"].findall(".//m:sheet", NS)]
    assert names == ["Sitatbank", "Case x kode", "Kode x kode", "Kodebok"]
    assert sheet(data, 3) == [["Kode", "Tilgang", "løs"], ["Tilgang", "3", "1"], ["løs", "2", "4"]]


def test_codes_of_the_same_name_are_told_apart_by_what_is_above_them() -> None:
    book = Codebook(
        name="b",
        codes=(
            Code(slug="bolig", name="Bolig"),
            Code(slug="bolig-annet", name="Annet", parent="bolig"),
            Code(slug="annet", name="annet"),
        ),
    )
    assert code_titles(book) == {"bolig": "Bolig", "bolig-annet": "Bolig > Annet", "annet": "annet"}


def test_the_first_coder_and_the_turn_are_told(excerpt: Callable[..., Excerpt]) -> None:
    table = excerpt_table([excerpt(coder="Ole", first_coder="Åse", turn=12), excerpt()])
    keys = [column.key for column in table.columns]
    told = [tuple(row[keys.index(key)] for key in ("coder", "first_coder", "turn")) for row in table.rows]
    assert told == [("Ole", "Åse", 12), ("Åse", "", None)]


def test_a_header_of_several_lines_gets_the_height_it_needs() -> None:
    table = Table(name="T", columns=(Column(key="x", title="Et navn som er for langt", width=10),), rows=())
    xml = parts(render_workbook([table], DAY))["xl/worksheets/sheet1.xml"]
    assert next(row.get("ht") for row in xml.iterfind(".//m:row", NS)) == "45"


def test_people_read_norwegian_words_and_real_dates(bank: QuoteBank) -> None:
    rows = sheet(render_workbook(tables_of(bank), DAY))
    header, second = rows[0], rows[2]
    values = dict(zip(header, second, strict=False))
    assert (values["Ordrett"], values["Utvalgt"], values["Opphav"]) == ("ja", "ja", "forslag")
    assert (values["Kildetype"], values["Tid i opptaket"]) == ("transkripsjon", "0:12:34")
    assert float(values["Kodet (UTC)"]) == pytest.approx(46329.395833)
    assert values["Fra tegn"] == "900"


def test_rows_are_tall_enough_for_their_text_and_no_taller_than_excel_allows() -> None:
    columns = (Column(key="text", title="Tekst", width=20, wrap=True), Column(key="name", title="Navn", width=5))
    rows = (("kort", "et navn som ikke brytes"), ("to\nlinjer", ""), ("ord " * 25, ""), ("ord " * 5000, ""))
    xml = parts(render_workbook([Table(name="T", columns=columns, rows=rows)], DAY))["xl/worksheets/sheet1.xml"]
    heights = [row.get("ht") for row in xml.iterfind(".//m:row", NS)]
    assert heights == [None, None, "30", "90", "405"]


def test_no_cell_is_a_formula_a_link_or_a_number_in_disguise() -> None:
    values = ("=1+1", "+47", "-2", "@x", "{=1}", "https://example.org", "mailto:a@b.no", "internal:A!A1", "007", "1e5")
    data = render_workbook([texts(*values, title="=HYPERLINK(1)")], DAY)
    xml = parts(data)["xl/worksheets/sheet1.xml"]
    assert xml.findall(".//m:f", NS) == []
    assert xml.findall(".//m:hyperlink", NS) == []
    assert all(cell.get("t") == "s" for cell in xml.iterfind(".//m:c", NS))
    assert [row[0] for row in sheet(data)] == ["=HYPERLINK(1)", *values]


def test_the_quote_bank_holds_no_formula(bank: QuoteBank) -> None:
    package = parts(render_workbook(tables_of(bank), DAY))
    assert not any(xml.findall(".//m:f", NS) for name, xml in package.items() if "worksheets/sheet" in name)


def test_a_text_longer_than_a_cell_goes_on_to_the_right() -> None:
    long = "å" * (2 * MAX_CELL + 5)
    rows = sheet(render_workbook([texts("kort", long)], DAY))
    assert rows[0] == ["Tekst", "Tekst (fortsettelse 2)", "Tekst (fortsettelse 3)"]
    assert rows[1] == ["kort"]
    assert [len(piece) for piece in rows[2]] == [MAX_CELL, MAX_CELL, 5]
    assert "".join(rows[2]) == long


def test_a_cell_is_counted_as_excel_counts_it() -> None:
    pieces = split_text("a" + "😀" * MAX_CELL)
    assert "".join(pieces) == "a" + "😀" * MAX_CELL
    assert [len(piece.encode("utf-16-le")) // 2 for piece in pieces] == [MAX_CELL, MAX_CELL - 1, 1 * 2][: len(pieces)]


def test_markup_of_the_library_is_not_taken_from_the_text() -> None:
    assert sheet(render_workbook([texts("<r>a & b</r>")], DAY))[1] == ["<r>a & b</r> "]


def test_an_empty_table_is_a_header_with_an_empty_row() -> None:
    data = render_workbook([texts()], DAY)
    assert sheet(data)[0] == ["Tekst"]
    assert parts(data)["xl/tables/table1.xml"].get("ref") == "A1:A2"


def test_names_of_sheets_and_columns_are_made_acceptable() -> None:
    long = "Et navn som er alt for langt til et ark i Excel"
    twice = Table(
        name="a/b:c?",
        columns=(Column(key="x", title="x"), Column(key="y", title="X"), Column(key="z", title="")),
        rows=(),
    )
    data = render_workbook([texts(name=long), texts(name=long.upper()), twice, texts(name="'")], DAY)
    names = [str(each.get("name")) for each in parts(data)["xl/workbook.xml"].iterfind(".//m:sheet", NS)]
    assert names == [long[:31], long.upper()[:29] + " 2", "a b c", "Ark"]
    assert sheet(data, 3)[0] == ["x", "X (2)", "Kolonne"]


def test_more_rows_than_a_sheet_holds_is_refused_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(ExportError, match=r"«T» får 3 rader.*csv eller json"):
        render_workbook([texts("a", "b", "c")], DAY)


def test_the_same_tables_give_the_same_bytes(bank: QuoteBank) -> None:
    first, second = render_workbook(tables_of(bank), DAY, "T"), render_workbook(tables_of(bank), DAY, "T")
    assert first == second
    created = parts(first)["docProps/core.xml"].findtext("{http://purl.org/dc/terms/}created")
    assert created == "2026-11-22T00:00:00Z"


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_is_read_back_as_it_was(values: list[str]) -> None:
    rows = sheet(render_workbook([texts("x", *values, "x")], DAY))
    shown = [row[0] if row else "" for row in rows[1:]]
    legal = [re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", value) for value in values]
    assert [text for text in shown if text] == ["x", *[text for text in legal if text], "x"]

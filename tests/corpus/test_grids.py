"""Tables: delimited text and Excel sheets, as rows of text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import workbook_parts
from corpus.cell_values import kind_of_format, number_text, place_of, shifted
from corpus.errors import UnreadableSource
from corpus.grids import GRID_SUFFIXES, Grid, read_grids

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_grid(text: str | bytes, name: str = "svar.csv") -> Grid:
    (grid,) = read_grids(Path(name), text if isinstance(text, bytes) else text.encode())
    return grid


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_grids(Path(name), data)
    return caught.value.reason


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook(sheet: str, *, strings: str = "", shape: str = "", before: str = "") -> bytes:
    """A workbook of one sheet, from its XML."""
    relation = f'<Relationship Id="r{{n}}" Type="{OFFICE}/{{kind}}" Target="{{target}}"/>'
    links = relation.format(n=1, kind="worksheet", target="worksheets/sheet1.xml")
    links += relation.format(n=2, kind="sharedStrings", target="/xl/sharedStrings.xml")
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{shape}<sheets><sheet name="Ark1" r:id="r1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>",
        }
    )


def sheet_rows(sheet: str, **parts: str) -> tuple[tuple[str, ...], ...]:
    (grid,) = read_grids(Path("a.xlsx"), workbook(sheet, **parts))
    return grid.rows


@pytest.mark.parametrize("delimiter", list(";,\t|"))
def test_the_delimiter_is_the_one_that_cuts_the_rows_evenly(delimiter: str) -> None:
    text = f"id{delimiter}tall\n1{delimiter}1.5\n2{delimiter}2.5\n"
    assert text_grid(text).rows == (("id", "tall"), ("1", "1.5"), ("2", "2.5"))


def test_a_semicolon_beats_the_decimal_comma() -> None:
    assert text_grid("id;tall\n1,5;2,5\n3,5;4,5\n").rows[1] == ("1,5", "2,5")


def test_the_file_may_say_its_delimiter() -> None:
    assert text_grid("sep=|\na;b|c\n").rows == (("a;b", "c"),)


def test_text_of_one_column_is_not_cut_at_its_commas() -> None:
    assert text_grid("Kode\nBolig, lokal\nØkonomi\n").rows == (("Kode",), ("Bolig, lokal",), ("Økonomi",))
    uneven = ("Hva mener du, helt kort, om dette", "Lite, dyrt", "Bra", "Boliger, folk, penger, tid")
    assert text_grid("\n".join(uneven)).rows == tuple((line,) for line in uneven)


def test_a_tab_is_believed_in_a_tsv() -> None:
    assert text_grid("a;b\tc;d\ne;f\tg;h\n", "a.tsv").rows == (("a;b", "c;d"), ("e;f", "g;h"))


def test_quoted_cells_keep_line_feeds_delimiters_and_quotation_marks() -> None:
    grid = text_grid('id;svar\r\n1;"To\r\nlinjer; og ""sitat"""\r\n')
    assert grid.rows[1] == ("1", 'To\nlinjer; og "sitat"')


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_norwegian_letters_come_through_in_every_encoding(encoding: str) -> None:
    assert text_grid("id;sted\n1;Tromsø på Sørøya\n".encode(encoding)).rows[1] == ("1", "Tromsø på Sørøya")


def test_rows_are_filled_up_and_empty_edges_are_dropped() -> None:
    grid = text_grid("a;b;;\n1\n2;x;;\n;;;\n")
    assert grid.rows == (("a", "b"), ("1", ""), ("2", "x"))
    assert grid.notes == ()


def test_a_row_longer_than_the_first_is_told() -> None:
    grid = text_grid("a;b\n1;2\n3;4;5\n")
    assert grid.rows[2] == ("3", "4", "5")
    assert [note.message for note in grid.notes if note.doubtful] == [
        "1 rad har flere kolonner enn den første raden (rad 3); sjekk at skilletegnet er riktig."
    ]


def test_quotation_marks_that_are_only_letters_are_kept_and_told() -> None:
    grid = text_grid('id\tsvar\n1\t"Bra" sa han\n2\tgreit\n', "a.tsv")
    assert grid.rows[1] == ("1", '"Bra" sa han')
    assert "Anførselstegnene" in grid.notes[0].message


def test_quotation_marks_that_do_not_close_are_refused_with_the_line() -> None:
    assert "linje 4" in refusal("a.csv", b'a;b\n1;"x\n2;y\n3;z;w\n')


def test_a_formula_in_a_text_file_is_text() -> None:
    assert text_grid("a;b\n=1+1;@SUM(A1)\n").rows[1] == ("=1+1", "@SUM(A1)")


@pytest.fixture(scope="module")
def excel() -> tuple[Grid, ...]:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Svar")
    sheet.write_row(0, 0, ["id", "dato", "tall", "formel", "sann", "andel", "tid"])
    sheet.write_row(1, 0, [1, None, 1.5, None, True])
    sheet.write_datetime(1, 1, datetime(2014, 5, 13, 9, 30), book.add_format({"num_format": "dd.mm.yyyy hh:mm"}))
    sheet.write_formula(1, 3, "=A2&C2", value="11.5")
    sheet.write_number(1, 5, 0.5, book.add_format({"num_format": 9}))
    sheet.write_datetime(1, 6, time(9, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_row(2, 0, [70.0, None, "To\nlinjer _x000D_", 0.1 + 0.2, False])
    sheet.write_datetime(2, 1, date(2014, 5, 13), book.add_format({"num_format": 14}))
    sheet.merge_range("A5:B5", "slått sammen")
    sheet.set_row(2, None, None, {"hidden": True})
    book.add_worksheet("Gjemt").write(0, 0, "x")
    book.worksheets()[1].hide()
    book.add_worksheet("Tomt")
    book.add_worksheet("Mer").write(0, 0, "y")
    book.close()
    return read_grids(Path("a.xlsx"), buffer.getvalue())


def test_each_visible_sheet_with_text_is_a_table(excel: tuple[Grid, ...]) -> None:
    assert [grid.name for grid in excel] == ["Svar", "Mer"]


def test_cells_of_every_kind_become_text(excel: tuple[Grid, ...]) -> None:
    assert excel[0].rows[1] == ("1", "2014-05-13 09:30:00", "1.5", "=A2&C2", "ja", "50 %", "09:30:00")
    assert excel[0].rows[2] == ("70", "2014-05-13", "To\nlinjer _x000D_", "0.3", "nei", "", "")
    assert excel[0].rows[3:] == (("",) * 7, ("slått sammen", *[""] * 6))


def test_formulas_hidden_and_merged_cells_are_told(excel: tuple[Grid, ...]) -> None:
    told = " ".join(note.message for note in excel[0].notes)
    for part in ("Gjemt", "1 celle med formel (D2)", "sammenslåtte celler (1)", "skjulte rader (1)"):
        assert part in told


def test_texts_in_runs_are_one_and_readings_of_signs_are_left_out() -> None:
    strings = "<si><r><t>Bo</t></r><r><t>lig</t></r></si><si><t>漢</t><rPh><t>kan</t></rPh></si>"
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c t="s"><v>1</v></c>'
    sheet += '<c t="inlineStr"><is><t>inni</t><rPh><t>x</t></rPh></is></c></row>'
    assert sheet_rows(sheet, strings=strings) == (("Bolig", "漢", "inni"),)


def test_a_shared_formula_is_told_as_it_stands_in_each_cell() -> None:
    sheet = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1&amp;$A$1&amp;"A1"</f><v>x</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>x</v></c></row>'
    )
    assert sheet_rows(sheet) == (("", '=A1&$A$1&"A1"'), ("", '=A2&$A$1&"A1"'))


def test_numbers_have_the_figures_that_excel_shows() -> None:
    stored = ("0.30000000000000004", "12345678901234567890", "1E-2", "70.0", "x")
    assert [number_text(raw, "", since_1904=False) for raw in stored] == ["0.3", stored[1], "0.01", "70", "x"]


def test_dates_counted_from_1904_are_read_so() -> None:
    assert number_text("40310", "date", since_1904=True) == "2014-05-13"
    assert number_text("41772", "date", since_1904=False) == "2014-05-13"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", ""), ("0.00", ""), ("yyyy-mm-dd", "date"), ("[$-414]d. mmmm", "date"), ("mmm", "date"), ("hh:mm", "time"),
        ("[h]:mm", "duration"), ('0 "dager"', ""), ("0.0%", "percent"), ("[Red]0", ""), (r"0\d", ""),
    ],
)  # fmt: skip
def test_a_number_format_says_what_a_number_is(code: str, kind: str) -> None:
    assert kind_of_format(164, code) == kind


def test_places_of_cells_are_those_of_a_sheet() -> None:
    assert place_of("AA10") == (9, 26)
    assert [place_of(other) for other in ("A0", "XFE1", "1A", "A1048577", "")] == [None] * 5


def test_a_moved_reference_off_the_sheet_is_none() -> None:
    assert shifted("A1+$B$1+LOG10(C1)", 0, -1) == "#REF!+$B$1+LOG10(B1)"


def test_a_document_type_in_a_sheet_is_refused() -> None:
    bomb = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert "XML" in refusal("a.xlsx", workbook("<row/>", before=bomb))


def test_a_cell_far_away_does_not_make_a_huge_table() -> None:
    sheet = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "1048576 rader" in refusal("a.xlsx", workbook(sheet))


def test_a_text_that_is_not_there_is_damage() -> None:
    assert "skadet" in refusal("a.xlsx", workbook('<row><c t="s"><v>7</v></c></row>'))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Gammelt Excel-format"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Gammelt Excel-format"),
        ("a.ods", b"PK", ".xlsx"),
        ("a.xlsx", b"a;b\n1;2\n", "noe annet"),
        ("a.csv", b"%PDF-1.4\n", "et PDF-dokument"),
        ("a.csv", b"", "tom"),
        ("a.csv", b" ;\n;\n", "ingen celler"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 99, "skadet"),
        ("a", b"x", "endelse"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(name: str, data: bytes, words: str) -> None:
    assert words in refusal(name, data)


SMALL = workbook(
    '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1"><f>A1</f><v>1.5</v></c></row>', strings="<si><t>a</t></si>"
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A workbook with bytes of its parts changed after unpacking, so that damage reaches the XML."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    name = draw(st.sampled_from(sorted(parts)))
    data = bytearray(parts[name])
    for _change in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data) - 1))
        data[place : place + draw(st.integers(0, 3))] = draw(st.sampled_from(b'0 9 < > " / & a \xff'.split(b" ")))
    parts[name] = bytes(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def is_read_or_refused(path: Path, data: bytes) -> None:
    try:
        grids = read_grids(path, data)
    except UnreadableSource as error:
        assert error.reason
        return
    assert grids
    for grid in grids:
        assert grid.rows
        assert len({len(row) for row in grid.rows}) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(set(GRID_SUFFIXES) - {".sav", ".zsav"})), st.binary(max_size=200) | st.text().map(str.encode)
)
def test_any_bytes_are_a_table_or_a_refusal(suffix: str, data: bytes) -> None:
    is_read_or_refused(Path(f"a{suffix}"), data)


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_a_damaged_workbook_is_a_table_or_a_refusal(data: bytes) -> None:
    is_read_or_refused(Path("a.xlsx"), data)


@pytest.mark.parametrize("encoding", ["UTF-7", "EBCDIC-CP-US", "UTF-32"])
def test_parts_in_an_encoding_that_documents_do_not_have_are_refused(encoding: str) -> None:
    sheet = workbook("<row/>", before=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert f"tegnkodingen {encoding}" in refusal("a.xlsx", sheet)


def test_parts_with_far_more_elements_than_cells_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "_MOST_MARKS", 200)
    cell = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    assert sheet_rows(cell + "<row/>" * 150) == (("x",),)
    assert "for mange til å leses" in refusal("a.xlsx", workbook(cell + "<row/>" * 200))

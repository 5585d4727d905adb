"""Lists of codes as other tools and people write them: recognised, mended where they are wrong, or refused with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Twips
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook
from exports.interchange.codelists import listing, outgoing, paths, qualcoder, references
from exports.interchange.codelists.headings import folded, roles_of
from exports.interchange.codelists.identity import path_guid
from exports.interchange.codelists.model import Written
from exports.interchange.codelists.shapes import read_codelist, write_codelist
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle, CodeItem
from exports.models import Column, QuoteBank, Table
from exports.paper.codebook import render_codebook
from exports.paper.models import CodebookPrint, Sheet
from exports.tables import tables_of
from exports.workbook import render_workbook

DAY = date(2026, 3, 14)


def read(text: str, name: str = "liste.csv") -> Bundle:
    return read_codelist(Path(name), text.encode())


def tree(bundle: Bundle) -> list[str]:
    """The codes by name, further in for each level, folders in brackets."""
    depths = {"": -1}
    shown = []
    for code in bundle.codes:
        depths[code.guid] = depths[code.parent] + 1
        shown.append("  " * depths[code.guid] + (code.name if code.codable else f"[{code.name}]"))
    return shown


def told(bundle: Bundle) -> list[tuple[str, str, bool]]:
    return [(loss.what, loss.name, loss.mended) for loss in bundle.losses]


def workbook(*rows: Sequence[str], name: str = "Ark") -> bytes:
    columns = tuple(Column(key=title, title=title) for title in rows[0])
    return render_workbook([Table(name=name, columns=columns, rows=tuple(map(tuple, rows[1:])))], DAY)


def test_maxqda_makes_codes_of_parents_without_rows() -> None:
    data = workbook(
        ("Code", "Memo"), ("Bolig", "Tak"), ("Bolig > Tilgang", ""), ("Helse\\Rus\\Behandling", "TSB"), ("", "løs")
    )
    bundle = read_codelist(Path("koder.xlsx"), data)
    assert bundle.tool == "MAXQDA"
    assert tree(bundle) == ["Bolig", "  Tilgang", "Helse", "  Rus", "    Behandling"]
    assert [code.definition for code in bundle.codes] == ["Tak", "", "", "", "TSB"]
    assert told(bundle) == [("Rad", "5: «løs»", False)]


def test_maxqda_in_german_with_parents_in_a_column() -> None:
    bundle = read("Farbe;Obercode;Code;Cod. Seg. (alle Dokumente)\n#FF0000;;Wohnen;3\n#00f;Wohnen;Zugang;1\n")
    assert bundle.tool == "MAXQDA"
    assert tree(bundle) == ["Wohnen", "  Zugang"]
    assert [code.colour for code in bundle.codes] == ["#ff0000", "#0000ff"]
    assert bundle.losses == ()


def test_nvivo_by_indentation_and_by_path() -> None:
    columns = "Name,Description,Files,References\n"
    indented = read(columns + "Bolig,Tak,2,5\n  Tilgang,,1,1\n     Kø,,1,1\n  Pris,,0,0\nHelse,,1,1\n")
    assert indented.tool == "NVivo"
    assert tree(indented) == ["Bolig", "  Tilgang", "    Kø", "  Pris", "Helse"]
    path = read(columns + "Codes\\\\Bolig\\Tilgang,,1,1\nCodes\\\\Helse,Kropp,1,1\n")
    assert tree(path) == ["[Bolig]", "  Tilgang", "Helse"]
    assert path.codes[2].definition == "Kropp"


def test_atlasti_nests_only_under_what_is_a_row() -> None:
    bundle = read(
        "Code,Comment,Code Group 1,Grounded,Density\nBolig,Tak,Hverdag,3,0\nBolig: Tilgang,,Hverdag,1,0\nNB: viktig,,,1,0\n"
    )
    assert bundle.tool == "ATLAS.ti"
    assert tree(bundle) == ["Bolig", "  Tilgang", "NB: viktig"]
    assert [(each.name, len(each.codes)) for each in bundle.sets] == [("Hverdag", 2)]


def test_taguette_with_folders_and_counts() -> None:
    bundle = read("tag,description,number of highlights\r\nhelse/tillit,Å stole på,3\r\ninteressant,,1\r\n")
    assert bundle.tool == "Taguette"
    assert tree(bundle) == ["[helse]", "  tillit", "interessant"]
    assert bundle.losses == ()


@pytest.mark.parametrize("name", ["koder.csv", "koder.txt"])
def test_qualcoder_without_headings(name: str) -> None:
    memo = "\tom noe" if name == "koder.txt" else ",om noe"
    bundle = read(f"kode1\n\nkat1>>kat2>>kode2{memo}\n\nkat1>>kode3\n\nkode5>>>kode6>>>kode7\n", name)
    assert bundle.tool == "QualCoder"
    assert tree(bundle) == ["kode1", "[kat1]", "  [kat2]", "    kode2", "  kode3", "kode5", "  kode6", "    kode7"]
    assert bundle.codes[3].definition == "om noe"


def test_plain_lines_with_tabs_or_blanks() -> None:
    text = "Bolig\tEt sted å bo\n\tTilgang\n\t\tKø\n\tPris\n\n- Helse\n  - Rus\n"
    bundle = read(text, "koder.txt")
    assert tree(bundle) == ["Bolig", "  Tilgang", "    Kø", "  Pris", "Helse", "  Rus"]
    assert bundle.codes[0].definition == "Et sted å bo"


def test_lists_by_hand_in_norwegian() -> None:
    bundle = read(
        "Prosjekt Fjellvik;;;;\nKategori;Kode;Definisjon;Når ikke;Ansvarlig\n"
        "Bolig;Tilgang;Å få et sted;Pris;Åse\nBolig;Pris;;;Åse\n;Helse;Kropp;;\n"
    )
    assert tree(bundle) == ["Helse", "[Bolig]", "  Tilgang", "  Pris"]
    assert (bundle.codes[2].definition, bundle.codes[2].when_not) == ("Å få et sted", "Pris")
    assert ("Kolonne", "Ansvarlig", False) in told(bundle)
    assert ("Kode", "Bolig", True) in told(bundle)


LEVELS = (
    # the main code in a row of its own, sub-codes below an empty cell
    "Hovedkode;Underkode;Definisjon\nBolig;;Tak\n;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
    # the main code in every row, an empty sub-code being the main code itself
    "Kategori;Underkategori;Beskrivelse\nBolig;;Tak\nBolig;Tilgang;Å få et sted\nBolig;Pris;Leie\nHelse;;Kropp\nHelse;Rus;TSB\n",
    "Kategori;Kode;Definisjon\nBolig;;Tak\n;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
    "Tema;Koder;Definisjon\nBolig;;Tak\n;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
    "Kode (nivå 1);Underkode, nivå 2;Memo\nBolig;;Tak\n;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
    "Kode;Underkode;Definisjon\nBolig;;Tak\n;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
    "Kodebok;;\n;;\nNivå 1;Nivå 2;Beskrivelse\nBolig;;Tak\nBolig;Tilgang;Å få et sted\n;Pris;Leie\nHelse;;Kropp\n;Rus;TSB\n",
)


@pytest.mark.parametrize("text", LEVELS)
def test_a_column_for_each_level_is_a_tree(text: str) -> None:
    bundle = read(text)
    assert tree(bundle) == ["Bolig", "  Tilgang", "  Pris", "Helse", "  Rus"]
    assert [code.definition for code in bundle.codes] == ["Tak", "Å få et sted", "Leie", "Kropp", "TSB"]
    assert bundle.losses == ()


def test_three_levels_in_excel_with_main_codes_that_have_no_row() -> None:
    data = workbook(
        ("Kodebok", "", "", ""), ("Nivå 1", "Nivå 2", "Nivå 3", "Beskrivelse"),
        ("Bolig", "Tilgang", "Kø", "Å vente"), ("", "", "Avslag", ""), ("", "Og/eller > pris", "", "Leie"),
        ("", "", "", "løs setning"), ("Helse", "Rus", "", ""), ("Helse", "Rus", "Behandling", "TSB"),
    )  # fmt: skip
    bundle = read_codelist(Path("kodebok.xlsx"), data)
    assert tree(bundle) == [
        "[Bolig]", "  [Tilgang]", "    Kø", "    Avslag", "  Og/eller > pris", "[Helse]", "  Rus", "    Behandling",
    ]  # fmt: skip
    assert told(bundle) == [
        ("Rad", "6: «løs setning»", False), ("Kode", "Bolig", True), ("Kode", "Tilgang", True), ("Kode", "Helse", True),
    ]  # fmt: skip


def test_a_parent_without_a_row_is_told_of_once() -> None:
    bundle = read("Kode;Overkode\nTilgang;Bolig\nPris;Bolig\n")
    assert told(bundle) == [("Kode", "Bolig", True)]


def test_paths_levels_and_numbers_by_hand() -> None:
    assert tree(read("Sti,Beskrivelse\nBolig/Tilgang,a\nBolig,b\n")) == ["Bolig", "  Tilgang"]
    assert tree(read("Nivå,Kode\n1,Bolig\n2,Tilgang\n1,Helse\n")) == ["Bolig", "  Tilgang", "Helse"]
    assert tree(read("Kode,Definisjon\nBolig > Tilgang,a\nBolig,b\n")) == ["Bolig", "  Tilgang"]
    numbered = read("Nr,Navn\n1,Bolig\n2,Helse\n")
    assert [code.guid for code in numbered.codes] == [path_guid(["Bolig"]), path_guid(["Helse"])]


def test_rows_of_the_same_code_become_one_and_are_told() -> None:
    bundle = read("Code,Memo\nBolig,Tak\nBolig,Vegger\nBolig,Tak\n")
    assert [(code.name, code.definition) for code in bundle.codes] == [("Bolig", "Tak\n\nVegger\n\nTak")]
    assert told(bundle) == [("Kode", "Bolig", True), ("Kode", "Bolig", True)]
    by_hand = read("Kode,Overkode,Definisjon\nBolig,,Tak\nBolig,,Vegger\n")
    assert [code.definition for code in by_hand.codes] == ["Tak\n\nVegger"]


def test_paths_deeper_than_any_codebook_are_cut_and_told() -> None:
    bundle = read("Code,Memo\n" + ">".join(map(str, range(5000))) + ",x\n")
    assert [code.name for code in bundle.codes] == [*map(str, range(49)), "4999"]
    assert told(bundle) == [("Kode", "4999", True)]


def test_circles_are_opened() -> None:
    bundle = read("Kode,Overkode\nA,B\nB,C\nC,A\nD,D\nE,B\n")
    assert sorted(code.name for code in bundle.codes) == ["A", "B", "C", "D", "E"]
    assert [(what, mended) for what, _name, mended in told(bundle)] == [("Kode", True), ("Kode", True)]


def test_own_lists_edited_by_hand() -> None:
    codes = (
        CodeItem(guid="g1", name="Bolig", slug="bolig"),
        CodeItem(guid="g2", name="Tilgang", parent="g1", slug="t"),
    )
    text = write_codelist(Bundle(tool="", codes=codes), "csv").content.decode("utf-8-sig")
    added = text + "Bolig > Pris,Pris\r\n" + ",Kø,,Tilgang\r\n" + "Helse > Rus\r\n" + ",Løs,,,,,,,,,,,,g1\r\n"
    bundle = read(added)
    assert tree(bundle) == ["Bolig", "  Tilgang", "    Kø", "  Pris", "Løs", "[Helse]", "  Rus"]
    assert [code.guid for code in bundle.codes[:2]] == ["g1", "g2"]
    assert told(bundle) == [("Kode", "Løs", True)]


def test_the_codebook_sheet_of_an_exported_workbook(bank: QuoteBank) -> None:
    bundle = read_codelist(Path("sitatbank.xlsx"), render_workbook(tables_of(bank), DAY))
    assert bundle.tool == "Kodebenk"
    assert tree(bundle) == ["Bolig", "  Tilgang", "Økonomi", "Tom"]
    assert bundle.codes[1].when_not == "Pris: bruk økonomi."
    assert bundle.codes[2].retired
    assert told(bundle) == [("Ark", "Sitatbank", False), ("Ark", "Case x kode", False)]


def word(*rows: tuple[int, Sequence[str]], title: str = "") -> tuple[bytes, object]:
    document = Document()
    if title:
        document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(rows[0][1]))
    for indent, texts in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
        cells[0].paragraphs[0].paragraph_format.left_indent = Twips(indent)
    return saved(document), document


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_nvivo_in_word() -> None:
    data, _document = word(
        (0, ("Name", "Description", "Files", "References")),
        (0, ("Bolig", "Et sted", "1", "2")),
        (360, ("Tilgang", "Kø\nog venting", "1", "2")),
        (0, ("Helse", "", "0", "0")),
    )
    bundle = read_codelist(Path("codebook.docx"), data)
    assert bundle.tool == "NVivo"
    assert tree(bundle) == ["Bolig", "  Tilgang", "Helse"]
    assert bundle.codes[1].definition == "Kø\nog venting"


def test_maxqda_in_word_with_memos_below() -> None:
    _data, document = word((0, ("Code System", "#")), (0, ("Bolig", "4")), (360, ("Tilgang", "2")), title="Codebook")
    document.add_heading("1 Bolig", 1)  # type: ignore[attr-defined]
    document.add_paragraph("Et sted å bo.")  # type: ignore[attr-defined]
    document.add_heading("1.1 Bolig > Tilgang", 2)  # type: ignore[attr-defined]
    document.add_paragraph("Å få et sted.")  # type: ignore[attr-defined]
    bundle = read_codelist(Path("codebook.docx"), saved(document))
    assert bundle.tool == "MAXQDA"
    assert tree(bundle) == ["Bolig", "  Tilgang"]
    assert [code.definition for code in bundle.codes] == ["Et sted å bo.", "Å få et sted."]


def test_headings_of_a_codebook_are_codes_and_a_report_is_none() -> None:
    document = Document()
    document.add_heading("Kodebok", 1)
    document.add_heading("Bolig", 1)
    document.add_paragraph("Et sted å bo.")
    document.add_heading("Tilgang", 2)
    bundle = read_codelist(Path("kodebok.docx"), saved(document))
    assert tree(bundle) == ["Bolig", "  Tilgang"]
    assert bundle.codes[0].definition == "Et sted å bo."
    report = Document()
    report.add_heading("Innledning", 1)
    with pytest.raises(UnreadableProject, match="ingen kodebok"):
        read_codelist(Path("rapport.docx"), saved(report))


def test_the_printed_codebook_comes_back_as_far_as_it_was_printed() -> None:
    codes = (
        Code(slug="bolig", name="Bolig", definition="Der folk bor.", when="Om tak."),
        Code(slug="bolig-ko", name="Kø", parent="bolig", when_not="Pris.", status="retired"),
    )
    printed = CodebookPrint(codebook=Codebook(name="b", codes=codes), tallies={})
    bundle = read_codelist(Path("kodebok.docx"), render_codebook(Sheet(project="P", date=DAY), printed))
    assert tree(bundle) == ["Bolig", "  Kø"]
    assert [(code.slug, code.retired) for code in bundle.codes] == [("bolig", False), ("bolig-ko", True)]
    assert (bundle.codes[0].definition, bundle.codes[1].when_not) == ("Der folk bor.", "Pris.")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("koder.pdf", "x", r"\.csv, \.tsv, \.txt, \.xlsx, \.docx"),
        ("koder.csv", "", "tom"),
        ("koder.txt", "  \n", "tom"),
        ("koder.csv", "Alder,Kommune,By\n12,Ås,Y\n", "overskrift som Kode"),
        ("koder.csv", "Document,Code,Segment\nI01,Bolig,De sa det.\n", "kodede utdrag"),
        ("koder.txt", "Intervjuer: " + "ord " * 60 + "\n", "løpende tekst"),
        ("koder.xlsx", "Kode,Memo\n", "noe annet eller skadet"),
        ("koder.docx", "Kode", "skadet"),
    ],
)
def test_what_is_no_list_is_refused_with_what_was_expected(name: str, text: str, reason: str) -> None:
    with pytest.raises(UnreadableProject, match=reason):
        read(text, name)


def test_a_document_type_in_word_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    with pytest.raises(UnreadableProject, match="ikke hører hjemme"):
        read_codelist(Path("kodebok.docx"), buffer.getvalue())


def test_one_column_is_for_names_and_what_is_unknown_is_so() -> None:
    assert roles_of(map(folded, ("Code", "Name", "Memo", "Annet"))) == ("id", "name", "definition", "")
    assert roles_of(map(folded, ("Kode", "Code Group(s)", "Code Group 2"))) == ("name", "groups", "groups")


SAMPLES: tuple[Written, ...] = tuple(
    write_codelist(Bundle(tool="", codes=(CodeItem(guid="a", name="Bolig > så", definition="Tak"),)), shape)
    for shape in ("csv", "xlsx", "qualcoder")
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 10_000), st.binary(max_size=4), st.booleans())
def test_damaged_lists_are_read_or_refused(written: Written, place: int, put: bytes, cut: bool) -> None:
    at = place % len(written.content)
    data = written.content[:at] + put + (b"" if cut else written.content[at + len(put) :])
    try:
        assert read_codelist(Path(f"liste{written.suffix}"), data).tool
    except UnreadableProject as refusal:
        assert refusal.reason


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(
        ["Kode,Overkode\n", "Code,Memo\n", "tag,description\n", "Name,Files\n", "Code,Comment\n", "", "Sti,Memo\n"]
    ),
    st.lists(st.text("ab>\\/: \t\n,\"'=;1", max_size=12), max_size=8),
    st.sampled_from([".csv", ".txt", ".tsv"]),
)
def test_any_rows_give_a_tree_or_a_refusal(head: str, rows: list[str], suffix: str) -> None:
    try:
        bundle = read(head + "\n".join(rows), f"liste{suffix}")
    except UnreadableProject as refusal:
        assert refusal.reason
        return
    known = {""}
    for code in bundle.codes:
        assert code.parent in known
        assert code.guid not in known
        assert code.name.strip()
        known.add(code.guid)


def test_columns_that_carry_nothing_on_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(heading: str) -> str:
        asked.append(heading)
        return folded(heading)

    monkeypatch.setattr(listing, "folded", counted)
    titles = ["Memo", *(f"Notat {number} (fortsettelse 2)" for number in range(400)), "Memo (fortsettelse 2)"]
    joined, rows = listing._rejoined(titles, [["a", *["x"] * 400, "b"]])
    assert joined == titles[:-1] and rows == [["ab", *["x"] * 400]]
    assert len(asked) <= 2 * len(titles)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Tag;Description", "Bolig;Om å bo"),
        ("Tag;Description", ";Uten navn"),
        ("Kode;Overkode", "Bolig;Ukjent {n}"),
        ("Kode;Overkode", "Bolig;"),
        ("Kode;Overkode;GUID", "Bolig;;en"),
        ("Kode;Kolonne {n}", "Bolig;x"),
    ],
)
def test_what_is_said_of_rows_is_looked_up_once_for_all_of_them(
    monkeypatch: pytest.MonkeyPatch, head: str, row: str
) -> None:
    asked: list[str] = []

    def counted(words: str) -> str:
        asked.append(words)
        return words

    for module in (listing, paths, references):
        monkeypatch.setattr(module, "_", counted)
    bundle = read(f"{head}\n" + "\n".join(row.format(n=number) for number in range(200)))
    assert bundle.losses and len(asked) < 40


def test_what_is_said_of_names_is_looked_up_once_for_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(words: str) -> str:
        asked.append(words)
        return words

    for module in (outgoing, qualcoder):
        monkeypatch.setattr(module, "_", counted)
    codes = tuple(CodeItem(guid=str(number), name="=Bo>>lig", codable=number % 2 == 0) for number in range(400))
    for shape in ("qualcoder", "taguette", "atlasti"):
        assert len(write_codelist(Bundle(tool="Kodebenk", codes=codes), shape).losses) > 300
    assert len(asked) < 60


def test_thousands_of_codes_with_one_guid_and_one_name_are_counted_up_once() -> None:
    bundle = read("Kode;Overkode;GUID\n" + "Bolig;;en\n" * 3_000)
    assert len({code.guid for code in bundle.codes}) == 3_000
    assert len(write_codelist(bundle, "taguette").losses) == 2_999

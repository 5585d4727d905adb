"""Prints, opened again: numbered lines beside codes, excerpts with room to write, the codebook, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

from codebooks.model import Code, Codebook
from exports.models import Excerpt, Report
from exports.paper.codebook import render_codebook
from exports.paper.excerpts import render_code
from exports.paper.models import (
    CodebookPrint,
    CodePrint,
    PlacedExcerpt,
    PrintedCoding,
    PrintedNote,
    PrintedSource,
    PrintedTurn,
    Sheet,
    Tally,
)
from exports.paper.transcript import render_transcripts

SHEET = Sheet(project="Oppdiktet studie", date=date(2026, 11, 22), stamp="Inneholder personopplysninger")
SAID = "Vi har for få boliger, og køen er lang. " * 9
TEXT = f"Intervjuer: Hvordan går det?\n\nKari: {SAID}\n"
AT = TEXT.index("Vi har")
SOURCE = PrintedSource(
    name="03 Fjellvik",
    kind="transcript",
    verbatim=True,
    version=2,
    text=TEXT,
    turns=(
        PrintedTurn(number=1, label_start=0, start=12, end=28, asking=True),
        PrintedTurn(number=2, label_start=30, start=AT, end=len(TEXT) - 1),
    ),
    cases=("Fjellvik",),
    date="2026-03-04",
    wave="1",
    codings=(
        PrintedCoding(start=AT, end=AT + 22, name="Bolig", quote_id="I03-001", colour="#e69f00", star=True),
        PrintedCoding(start=AT + 11, end=AT + 200, name="Økonomi", quote_id="I03-002"),
    ),
    notes=(PrintedNote(start=12, end=19, text="Godt spørsmål"),),
)


def opened(document: bytes) -> Document:
    return docx.Document(io.BytesIO(document))


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def everything(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = [
            archive.read(name) for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")
        ]
    return " ".join("".join(map(str, etree.fromstring(part).itertext())) for part in parts)


def print_of(**changes: object) -> Document:
    return opened(render_transcripts(SHEET, [SOURCE], **changes))  # type: ignore[arg-type]


def test_a_transcript_has_turn_line_text_and_margin_side_by_side() -> None:
    (table,) = print_of(every=1).tables
    header, question, first, *rest = rows(table)
    assert header == ["Replikk", "Linje", "03 Fjellvik", "Koder og notater"]
    assert question == ["1", "1", "Intervjuer: Hvordan går det?", "✎ Godt spørsmål"]
    assert first[:2] == ["2", "2"]
    assert first[2].startswith("Kari: [aVi har for [bfå boliger,a] og køen er lang.")
    assert first[3] == "a \u00a0Bolig\u00a0 ★ 2\u00a0· I03-001"
    assert rest[0][3].startswith("b Økonomi 2–")
    assert rest[0][3].endswith("· I03-002")
    assert [row[1] for row in rest] == [str(number) for number in range(3, 3 + len(rest))]


def test_every_fifth_line_number_is_shown_unless_all_are_asked_for() -> None:
    (table,) = print_of().tables
    assert [row[1] for row in rows(table)[1:8]] == ["", "", "", "", "5", "", ""]


def test_a_blind_print_says_nothing_of_coding_and_has_the_same_lines() -> None:
    coded, blind = print_of(every=1).tables[0], print_of(every=1, blind=True).tables[0]
    marks = re.compile(r"\[[a-z]|[a-z]\]")
    assert [marks.sub("", row[2]) for row in rows(coded)] == [row[2] for row in rows(blind)]
    assert [row[:2] for row in rows(coded)] == [row[:2] for row in rows(blind)]
    assert {row[3] for row in rows(blind)[1:]} == {""}
    told = everything(render_transcripts(SHEET, [SOURCE], blind=True))
    assert not re.search("Bolig|Økonomi|I03-00|Godt spørsmål|kode[rn]", told.replace("med og uten koder", ""))
    assert "Kodet av: ____" in told


def test_the_heading_says_kind_case_date_wave_and_version() -> None:
    texts = [paragraph.text for paragraph in print_of().paragraphs]
    assert texts[0] == "03 Fjellvik"
    assert texts[1] == "Transkripsjon · case: Fjellvik · dato: 4. mars 2026 · bølge: 1 · tekstversjon 2"


@pytest.mark.parametrize(
    ("kind", "verbatim", "warned"), [("minutes", True, True), ("report", False, False), ("transcript", True, False)]
)
def test_what_is_not_verbatim_says_so(kind: str, verbatim: bool, warned: bool) -> None:
    source = replace(SOURCE, kind=kind, verbatim=verbatim)  # type: ignore[arg-type]
    assert ("ikke ordrett" in everything(render_transcripts(SHEET, [source]))) is warned


def test_every_page_has_project_date_stamp_and_number_and_the_header_row_is_repeated() -> None:
    document = print_of()
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Oppdiktet studie – 03 Fjellvik – skrevet ut 22. november 2026"
    assert section.footer.paragraphs[0].text.startswith("Inneholder personopplysninger – Side ")
    fields = [field.get(qn("w:instr")).strip() for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in document.tables[0].rows]
    assert repeated[0] and not any(repeated[1:])


def test_several_sources_begin_on_pages_and_line_numbers_of_their_own() -> None:
    document = opened(render_transcripts(SHEET, [SOURCE, replace(SOURCE, name="04 Ås")], every=1))
    assert [rows(table)[1][1] for table in document.tables] == ["1", "1"]
    headings = [each for each in document.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    broken = [each._p.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None for each in headings]
    assert broken == [False, True]


def test_colour_is_never_the_only_sign_of_a_code() -> None:
    colourless = tuple(replace(each, colour="") for each in SOURCE.codings)
    plain = opened(render_transcripts(SHEET, [replace(SOURCE, codings=colourless)], every=1)).tables[0]
    assert [[cell.replace("\u00a0", " ").replace("  ", " ") for cell in row] for row in rows(plain)] == [
        [cell.replace("\u00a0", " ").replace("  ", " ") for cell in row] for row in rows(print_of(every=1).tables[0])
    ]


def test_letters_that_xml_cannot_hold_are_shown_as_such() -> None:
    source = replace(SOURCE, text="Kari: Ja\x0bnei\x00!", turns=(), codings=(), notes=())
    assert "�" in everything(render_transcripts(SHEET, [source]))


# -- excerpts of a code


@pytest.fixture
def code_print(report: Report) -> CodePrint:
    code = Code(slug="bolig", name="Bolig", definition="Der folk bor.", when="Et sted å bo.", when_not="Pris.")
    placed = tuple(
        PlacedExcerpt(excerpt=each, first_line=number, last_line=number + 2)
        for number, each in enumerate(report.chapters[0].excerpts, start=1)
    )
    return CodePrint(code=code, path=("Tjenester", "Bolig"), excerpts=placed)


def test_excerpts_stand_by_case_with_ids_question_coder_and_room(code_print: CodePrint) -> None:
    document = opened(render_code(SHEET, code_print))
    headings = [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 2"]
    assert headings == ["Fjellvik (3 utdrag)", "Fjellvik og Ås (1 utdrag)", "Ås (3 utdrag)"]
    fjellvik = rows(document.tables[0])
    assert fjellvik[0] == ["Utdrag, Fjellvik", "Notater"]
    star, short = fjellvik[1], fjellvik[2]
    assert star[0].startswith("★ I03-002 · I03, boligkonsulent · 03-fjellvik-marit-hansen.docx · linje 2–4\n")
    assert "Kodet av Åse (Tilgang, forslag)" in star[0]
    lines = short[0].split("\n")
    assert lines[1:] == [
        "Spørsmål: Hvordan er det med boliger her hos dere?",
        "«Det er kø på kommunale boliger, og køen står stille.»",
        "Kodet av Åse (Tilgang, manuell)",
    ]
    assert {row[1] for row in fjellvik[1:]} == {""}


def test_minutes_are_never_set_as_a_quotation(code_print: CodePrint) -> None:
    text = everything(render_code(SHEET, code_print))
    assert "Fra referat (ikke ordrett): Leder mener at tilbudet er bedre enn i fjor. Flere er enige." in text


def test_one_place_by_two_coders_stands_once_with_both_and_their_memos(excerpt: Callable[..., Excerpt]) -> None:
    both = [
        excerpt(id="a", quote_id="I03-001", coder="Åse", code="bolig", memo="Se nøye.\nEn gang til."),
        excerpt(id="b", quote_id="I03-007", coder="Berit", code="bolig-kjøp", code_name="Kjøp", origin="suggestion"),
    ]
    placed = tuple(PlacedExcerpt(excerpt=each, first_line=3, last_line=3) for each in both)
    code = Code(slug="bolig", name="Bolig")
    (table,) = opened(render_code(SHEET, CodePrint(code=code, path=("Bolig",), excerpts=placed))).tables
    (cell,) = [row[0] for row in rows(table)[1:]]
    assert cell.split("\n")[0].startswith("I03-001, I03-007 · ")
    assert "linje 3" in cell
    assert "Kodet av Berit (Kjøp, forslag), Åse (manuell)" in cell
    assert cell.endswith("Memo: Se nøye.\nEn gang til.")


def test_a_code_that_nothing_is_coded_with_still_prints_its_meaning() -> None:
    text = everything(
        render_code(SHEET, CodePrint(code=Code(slug="tom", name="Tom", definition="Ingenting."), path=("Tom",)))
    )
    assert "Ingenting." in text
    assert "Ingenting er kodet med denne koden." in text


# -- the codebook


def test_the_codebook_is_one_table_with_a_row_for_each_code_in_tree_order(report: Report) -> None:
    assert report.codebook is not None
    tallies = {"bolig": Tally(own=1, total=3, cases=2), "bolig-tilgang": Tally(own=2, total=2, cases=0)}
    document = opened(render_codebook(SHEET, CodebookPrint(codebook=report.codebook, tallies=tallies)))
    (table,) = document.tables
    found = rows(table)
    assert found[0] == ["Kode", "Definisjon", "Når", "Når ikke", "Eksempel", "Antall"]
    assert [row[0] for row in found[1:]] == [
        "Bolig\nbolig",
        "Tilgang\nbolig-tilgang",
        "Økonomi (ute av bruk)\nokonomi",
        "Tom\ntom",
    ]
    assert found[1][1:] == [
        "Der folk bor.",
        "Når det handler om et sted å bo.",
        "",
        "",
        "1 koding\n3 med underkoder\n2 caser",
    ]
    assert found[2][1:] == [
        "Om det finnes en bolig å få.",
        "Ventetid og kø.",
        "Pris: bruk økonomi.",
        "Vi står i kø.",
        "2 kodinger",
    ]
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height


def test_the_columns_of_the_codebook_fill_the_page_and_the_fullest_is_the_widest(report: Report) -> None:
    codes = tuple(Code(slug=f"k{n}", name=f"Kode {n}", definition="a " * 200, when="kort") for n in range(3))
    book = CodebookPrint(codebook=Codebook(name="x", codes=codes), tallies={})
    document = opened(render_codebook(SHEET, book))
    widths = [column.width for column in document.tables[0].columns]
    section = document.sections[0]
    assert section.page_width is not None and section.left_margin is not None and section.right_margin is not None
    assert sum(each or 0 for each in widths) == section.page_width - section.left_margin - section.right_margin
    assert widths[1] == max(each or 0 for each in widths)


def test_an_empty_codebook_says_so() -> None:
    assert "Kodeboken er tom." in everything(
        render_codebook(SHEET, CodebookPrint(codebook=Codebook(name="x"), tallies={}))
    )


# -- all of them


def test_the_same_contents_give_the_same_bytes(code_print: CodePrint, report: Report) -> None:
    assert report.codebook is not None
    book = CodebookPrint(codebook=report.codebook, tallies={})
    assert render_transcripts(SHEET, [SOURCE]) == render_transcripts(SHEET, [SOURCE])
    assert render_code(SHEET, code_print) == render_code(SHEET, code_print)
    assert render_codebook(SHEET, book) == render_codebook(SHEET, book)
    assert render_codebook(replace(SHEET, date=date(2026, 11, 23)), book) != render_codebook(SHEET, book)


def test_the_file_ends_with_a_paragraph_as_word_demands() -> None:
    body = print_of().element.body
    assert [child.tag for child in list(body)[-2:]] == [qn("w:p"), qn("w:sectPr")]

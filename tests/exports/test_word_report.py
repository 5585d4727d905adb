"""The Word report, opened again: styles, order, quotations, tables, language, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exports.models import CodeCounts, Excerpt, Matrix, Method, Report, ThemeChapter
from exports.word import render_report

WHITESPACE = re.compile(r"\s+")


def opened(report: Report, template: bytes | None = None) -> Document:
    return docx.Document(io.BytesIO(render_report(report, template)))


def styled(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def outline(document: Document) -> list[tuple[str, str]]:
    names = ("Title", "Heading 1", "Heading 2", "Heading 3")
    return [(p.style.name, p.text) for p in document.paragraphs if p.style is not None and p.style.name in names]


def one_chapter(*excerpts: Excerpt, **changes: Any) -> Report:
    return Report(
        title="Prøve", date=date(2026, 11, 22), chapters=(ThemeChapter(title="Tema", excerpts=excerpts),), **changes
    )


def test_headings_lead_from_method_by_theme_and_case_to_the_codebook(report: Report) -> None:
    assert outline(opened(report)) == [
        ("Title", "Boligtilbud i to oppdiktede kommuner"),
        ("Heading 1", "Materiale og metode"),
        ("Heading 2", "Forbehold"),
        ("Heading 1", "Oversikt"),
        ("Heading 1", "Bolig"),
        ("Heading 2", "Fjellvik"),
        ("Heading 2", "Fjellvik og Ås"),
        ("Heading 2", "Ås"),
        ("Heading 1", "Samarbeid"),
        ("Heading 1", "Vedlegg: Kodebok"),
    ]


def test_quotations_stand_in_quote_style_selected_first_with_who_and_where_after(report: Report) -> None:
    quotes = styled(opened(report), "Quote")
    assert quotes[0].startswith("Vi har prøvd å få til et fast møte")
    assert quotes[0].endswith("etter. (Fjellvik, I03) [I03-002]")
    assert quotes[1] == "«Det er kø på kommunale boliger, og køen står stille.» (Fjellvik, I03) [I03-001]"
    assert quotes[2:5] == [
        "Det var ingen plan.",
        "Intervjuer: Ingen plan?",
        "Marit: Nei, ikke skriftlig. (Fjellvik, I03) [I03-003]",
    ]
    assert quotes[5] == ("«Ti nye boliger skal stå klare i løpet av året.» (Fjellvik/Ås, Boligplan for Ås) [P02-001]")
    assert quotes[6] == "De kaller det «lavterskel», men døra er låst. (Ås, I11) [I11-001]"
    assert len(quotes) == 8


def test_minutes_are_never_a_quotation(report: Report) -> None:
    document = opened(report)
    assert not any("bedre enn i fjor" in text for text in styled(document, "Quote"))
    assert styled(document, "List Paragraph") == [
        "Fra referat (ikke ordrett): Leder mener at tilbudet er bedre enn i fjor. Flere er enige. (Ås) [R01-001]"
    ]


@pytest.mark.parametrize("kind", ["transcript", "minutes", "notes", "survey", "report", "article"])
def test_what_is_not_verbatim_has_no_quotation_marks_whatever_its_kind(
    excerpt: Callable[..., Excerpt], kind: str
) -> None:
    document = opened(one_chapter(excerpt(source_kind=kind, verbatim=False, text="Ingen sa dette.")))
    assert styled(document, "Quote") == []
    mark = ":" if kind in ("report", "article") else " (ikke ordrett):"
    assert re.match(rf"Fra \w+{re.escape(mark)} Ingen sa dette\. ", styled(document, "List Paragraph")[0])
    assert "«" not in document.element.body.xpath("string(.)")


def test_a_question_is_shown_only_when_asked_for(report: Report) -> None:
    asked = "Spørsmål: Hvordan er det med boliger her hos dere?"
    assert asked in [p.text for p in opened(report).paragraphs]
    assert asked not in [p.text for p in opened(replace(report, show_questions=False)).paragraphs]


def test_the_attribution_shows_only_what_the_project_allows(excerpt: Callable[..., Excerpt]) -> None:
    one = excerpt(wave="2")
    shown = opened(one_chapter(one, attribution=("role", "level", "wave")))
    assert styled(shown, "Quote")[0].endswith("» (boligkonsulent, operativt, 2) [I03-001]")
    hidden = opened(one_chapter(one, attribution=()))
    assert styled(hidden, "Quote")[0].endswith("» [I03-001]")


def test_a_transcript_is_never_named_by_its_file(excerpt: Callable[..., Excerpt]) -> None:
    document = opened(one_chapter(excerpt(informant=""), show_questions=True))
    assert "marit" not in document.element.body.xpath("string(.)")


def test_one_place_with_two_codes_is_printed_once_with_both_ids(excerpt: Callable[..., Excerpt]) -> None:
    document = opened(one_chapter(excerpt(), excerpt(id="zz", quote_id="I03-009", code="bolig", star=True)))
    assert [text[-20:] for text in styled(document, "Quote")] == [") [I03-001, I03-009]"]


def test_the_method_paragraph_says_what_is_counted(report: Report) -> None:
    texts = [p.text.replace("\xa0", " ") for p in opened(report).paragraphs]
    assert (
        "Materialet består av 11 kilder: 8 transkripsjoner, 1 referat og 2 rapporter. "
        "Til sammen er det 84 312 ord. Det omfatter 14 informanter i 2 caser."
    ) in texts
    coding = next(text for text in texts if text.startswith("Materialet er kodet"))
    assert "145 (35,2 prosent)" in coding
    assert "0,743 (Krippendorffs alfa, enhet: setning)" in coding


def test_tables_repeat_their_header_and_carry_a_numbered_caption(report: Report) -> None:
    document = opened(report)
    assert len(document.tables) == 3
    for table in document.tables:
        first, *rest = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
    body = document.element.body
    captions = [p for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    assert [p._p.xpath("string(.)") for p in captions] == [
        "Tabell 1. Antall segmenter, etter case og kode",
        "Tabell 2. Kodene i temaet «Bolig»",
        "Tabell 3. Kodeboken",
    ]
    fields = body.findall(f".//{qn('w:fldSimple')}")
    assert [field.get(qn("w:instr")) for field in fields] == [r" SEQ Tabell \* ARABIC "] * 3
    for caption in captions:
        assert caption._p.getnext().tag == qn("w:tbl")


def test_the_overview_has_thousands_apart_and_zeros_kept(report: Report) -> None:
    table = opened(report).tables[0]
    cells = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    assert cells == [["Case", "Bolig", "Samarbeid"], ["Fjellvik", "4", "0"], ["Ås", "3", "1 200"]]


def test_a_share_is_shown_in_per_cent_with_decimal_comma() -> None:
    shares = Matrix(rows=("A",), columns=("X", "Y"), cells=((0.125, 0.875),), measure="share")
    table = opened(Report(title="T", date=date(2026, 1, 2), matrix=shares)).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["A", "12,5", "87,5"]


def test_a_matrix_too_wide_for_the_page_is_turned_about() -> None:
    codes = tuple(f"Kode nummer {n}" for n in range(30))
    wide = Matrix(rows=("A", "B"), columns=codes, cells=(tuple(range(30)), tuple(range(30, 60))))
    (table,) = opened(Report(title="T", date=date(2026, 1, 2), matrix=wide)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Kode", "A", "B"]
    assert [cell.text for cell in table.rows[7].cells] == ["Kode nummer 6", "6", "36"]


def test_shares_keep_their_rows_however_wide() -> None:
    codes = tuple(f"Kode{n}" for n in range(30))
    shares = Matrix(rows=("A", "B"), columns=codes, cells=((1 / 30,) * 30,) * 2, measure="share")
    tables = opened(Report(title="T", date=date(2026, 1, 2), matrix=shares)).tables
    assert len(tables) > 1
    assert {table.rows[0].cells[0].text for table in tables} == {"Case"}


def test_four_themes_with_long_names_fit_across_the_page() -> None:
    themes = ("Bolig", "Samtidig rusmisbruk og psykisk lidelse", "Samarbeid med spesialisthelsetjenesten", "Økonomi")
    cases = ("Elvestrand", "Lunden", "Storhamn", "Skarvøy", "Furnesund", "Øvre Ås bydel")
    matrix = Matrix(rows=cases, columns=themes, cells=tuple((1, 2, 3, 4) for _case in cases), column_kind="theme")
    (table,) = opened(Report(title="T", date=date(2026, 1, 2), matrix=matrix)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Case", *themes]
    widths = [int(str(column.get(qn("w:w")))) for column in table._tbl.tblGrid.iterchildren(qn("w:gridCol"))]
    assert sum(widths) == 11906 - 2 * 1418


def test_a_matrix_too_wide_both_ways_becomes_several_tables_that_hold_every_cell() -> None:
    names = tuple(f"Navn{n}" for n in range(20))
    cells = tuple(tuple(20 * row + column for column in range(20)) for row in range(20))
    document = opened(Report(title="T", date=date(2026, 1, 2), matrix=Matrix(rows=names, columns=names, cells=cells)))
    assert len(document.tables) > 1
    widths = [len(table.columns) for table in document.tables]
    assert max(widths) - min(widths) <= 1
    for row in range(20):
        printed = [cell.text for table in document.tables for cell in table.rows[row + 1].cells[1:]]
        assert printed == [str(n) for n in cells[row]]


def test_the_language_is_set_in_the_styles_and_only_another_language_is_marked(report: Report) -> None:
    document = opened(report)
    default = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "nb-NO"
    marked = [run for run in document.element.body.iter(qn("w:r")) if run.find(f".//{qn('w:lang')}") is not None]
    assert [run.xpath("string(.)") for run in marked] == ["Eg veit ikkje kven som har ansvaret."]


def test_there_are_no_empty_paragraphs(report: Report) -> None:
    assert [p for p in opened(report).paragraphs if not p._p.xpath("string(.)").strip()] == []


def test_no_heading_level_is_skipped(report: Report) -> None:
    levels = [int(name[-1]) for name, _text in outline(opened(report)) if name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_is_a4_with_title_date_class_and_page_number(report: Report) -> None:
    section = opened(report).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Boligtilbud i to oppdiktede kommuner – 22. november 2026"
    footer = section.footer.paragraphs[0]._p
    assert footer.xpath("string(.)") == "Rød (fortrolig) – Side 1 av 1"
    assert [f.get(qn("w:instr")).strip() for f in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_contents_are_filled_in_and_point_at_the_chapters(report: Report) -> None:
    body = opened(report).element.body
    links = {link.get(qn("w:anchor")): link.xpath("string(.)") for link in body.iter(qn("w:hyperlink"))}
    headings = {
        mark.get(qn("w:name")): mark.getparent().xpath("string(.)")
        for mark in body.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")).startswith("_Toc")
    }
    assert links == headings
    marks = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_properties_come_from_the_report_and_not_from_the_clock(report: Report) -> None:
    properties = opened(report).core_properties
    assert properties.title == report.title
    assert properties.author == "Åse Oppdiktet"
    assert properties.created == properties.modified == datetime(2026, 11, 22, tzinfo=properties.created.tzinfo)
    assert "python-docx" not in (properties.comments or "")


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    first, second = render_report(report), render_report(report)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_an_empty_report_is_still_a_document() -> None:
    document = opened(Report(title="Tom", date=date(2026, 1, 2)))
    assert "Ingenting i materialet er kodet ennå." in [p.text for p in document.paragraphs]
    assert document.tables == []


def test_a_single_code_needs_no_table(report: Report) -> None:
    total = CodeCounts(code="", name="", segments=1, sources=1, informants=1, cases=1)
    chapter = ThemeChapter(title="Liten", counts=report.chapters[0].counts[:1], total=total)
    document = opened(Report(title="T", date=date(2026, 1, 2), chapters=(chapter,), method=Method()))
    assert document.tables == []
    assert "Temaet har 1 segment, fordelt på 1 kilde, 1 informant og 1 case." in [p.text for p in document.paragraphs]


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, verbatim=st.booleans())
def test_every_excerpt_stands_in_the_report_letter_by_letter(text: str, verbatim: bool) -> None:
    one = Excerpt(
        id="x", quote_id="I01-001", source="s", source_name="s", source_kind="transcript", verbatim=verbatim, start=0,
        end=len(text), text=text, code="c", code_name="C", code_path=("C",), coder="k", origin="manual",
        created=datetime(2026, 1, 1, tzinfo=UTC), informant="I01",
    )  # fmt: skip
    package = render_report(one_chapter(one))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    style = "Quote" if verbatim else "List Paragraph"
    printed = "".join(styled(docx.Document(io.BytesIO(package)), style))
    body = printed.removeprefix("Fra transkripsjon (ikke ordrett): ")
    body = body.removesuffix(" (I01) [I01-001]")
    if body.startswith("«") and body.endswith("»") and verbatim and not re.search("[«»]", text):
        body = body[1:-1]
    legal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", re.sub(r"[\x0b\x0c\x1c-\x1f]", " ", text))
    assert WHITESPACE.sub("", body.replace("\ufffd", "")) == WHITESPACE.sub("", legal.replace("\ufffd", ""))

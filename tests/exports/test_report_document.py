"""The lead's report on paper: title page, lists, figures, checklists, and an institute's template used as it is."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from exports.checklists.answers import Study, filled
from exports.figures import draw_bars, draw_heat
from exports.models import Bars, CaseMaterial, Excerpt, Matrix, Method, Report, ThemeChapter
from exports.packaging import unpack
from exports.report.masking import masks
from exports.word import render_report
from exports.word_template import default_template, find_styles, open_template

BARS = Bars(bars=("Bolig", "Økonomi"), parts=("Fjellvik", "Ås"), cells=((2, 1), (0, 3)))
HEAT = Matrix(rows=("Fjellvik", "Ås"), columns=("Bolig", "Økonomi"), cells=((4, 0), (3, 12)), column_kind="theme")


def study_module() -> ModuleType:
    path = Path(__file__).parents[1] / "data" / "deliverable" / "study.py"
    spec = importlib.util.spec_from_file_location("deliverable_study", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def template() -> bytes:
    made: bytes = study_module().template()
    return made


@pytest.fixture(scope="module")
def whole(report: Report) -> Report:
    """The invented report with everything that the lead can ask for."""
    facts = Study(method=replace(report.method, approach="reflexive"), title="Prøve", minutes=(30, 50), quotations=8)
    return replace(
        report, title_page=True, institution="Oppdiktet institutt", bars=BARS, heat=HEAT,
        material=(CaseMaterial(case="Ås", sources={"transcript": 2, "minutes": 1}, informants=3),),
        checklists=tuple(filled(name, facts, {"coreq.10": "Strategisk."}, "nb-NO") for name in ("coreq", "srqr")),
    )  # fmt: skip


def opened(report: Report, template: bytes | None = None) -> Document:
    return docx.Document(io.BytesIO(render_report(report, template)))


def texts_in(document: Document, style: str) -> list[str]:
    return [p._p.xpath("string(.)") for p in document.paragraphs if p.style is not None and p.style.name == style]


def test_the_title_page_is_a_page_of_its_own_and_contents_and_lists_follow(whole: Report) -> None:
    document = opened(whole)
    assert texts_in(document, "Subtitle")[:3] == ["Oppdiktet evaluering", "Åse Oppdiktet", "Oppdiktet institutt"]
    headings = texts_in(document, "TOC Heading")
    assert headings == ["Innhold", "Tabeller", "Figurer"]
    breaking = [
        p.text for p in document.paragraphs if p._p.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    ]
    assert breaking == ["Innhold", "Materiale og metode"]
    linked = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert len(linked) > 10
    assert set(linked) <= marks
    fields = "".join(document.element.body.itertext(qn("w:instrText")))
    assert all(each in fields for each in ('TOC \\o "1-1"', 'TOC \\h \\z \\c "Tabell"', 'TOC \\h \\z \\c "Figur"'))


def test_figures_have_numbered_captions_and_say_their_numbers_in_words(whole: Report) -> None:
    document = opened(whole)
    described = [each.get("descr") for each in document.element.body.iter(qn("wp:docPr"))]
    assert len(described) == 2
    assert "Økonomi: Fjellvik 0 og Ås 3" in described[0]
    assert "Ås: Bolig 3 og Økonomi 12" in described[1]
    captions = texts_in(document, "Caption")
    assert "Figur 1. Antall kilder med temaet, etter case" in captions
    assert "Figur 2. Antall segmenter, etter case og tema" in captions


def test_figures_are_the_same_each_time_and_hold_no_clock() -> None:
    first, again = draw_bars(BARS, "nb-NO"), draw_bars(BARS, "nb-NO")
    assert first is not None
    assert first == again
    heat = draw_heat(HEAT, "nb-NO")
    assert heat is not None
    for each in (first, heat):
        assert each.png[:4] == b"\x89PNG"
        assert b"tEXt" not in each.png
        assert b"tIME" not in each.png


def test_a_figure_of_nothing_is_not_drawn() -> None:
    assert draw_bars(replace(BARS, cells=((0, 0), (0, 0))), "nb-NO") is None
    assert draw_heat(replace(HEAT, cells=((0, 0), (0, 0))), "nb-NO") is None


def test_checklists_are_filled_in_as_far_as_is_known_and_the_rest_is_marked(whole: Report) -> None:
    document = opened(whole)
    coreq, srqr = document.tables[-2:]
    assert [len(table.rows) for table in (coreq, srqr)] == [33, 22]
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in coreq.rows}
    assert rows["9"][2] == "Analysen følger refleksiv tematisk analyse."
    assert rows["10"][2:] == ["Strategisk.", "her"]
    assert rows["21"][2] == "30–50 minutter, i snitt 40 (ut fra tidskodene i 2 av kildene)."
    assert rows["4"][2:] == ["fylles ut", ""]
    assert rows["29"][2].startswith("8 utdrag, hvert med en id. Id-en etter hvert utdrag begynner med")


def test_saturation_is_reckoned_against_the_first_four() -> None:
    facts = Study(method=Method(), new_codes=(10, 5, 3, 2, 1, 1, 0))
    answers = {item.number: item.reported for item in filled("coreq", facts, {}, "nb-NO").items}
    assert answers["22"] == "De 2 siste kildene etter dato ga 1 ny kode mot 20 i de 4 første (5,0 prosent)."
    more = filled("coreq", Study(method=Method(), new_codes=(10, 5, 3, 2, 1, 1, 1)), {}, "nb-NO")
    assert "ga 2 nye koder mot 20" in more.items[21].reported
    assert {item.number: item.reported for item in filled("coreq", Study(method=Method()), {}, "nb-NO").items}[
        "22"
    ] == ""


def test_a_shortened_quotation_is_printed_with_its_id_and_explained(
    excerpt: Callable[..., Excerpt], report: Report
) -> None:
    one = excerpt(shown="Det er kø på [kommunale] boliger [...]")
    document = opened(replace(report, chapters=(ThemeChapter(title="T", excerpts=(one,)),)))
    assert texts_in(document, "Quote") == ["«Det er kø på [kommunale] boliger [...]» (Fjellvik, I03) [I03-001]"]
    assert any("forkortet, merket [...]" in p.text for p in document.paragraphs)


def test_excerpts_can_stand_under_their_codes(report: Report) -> None:
    headings = texts_in(opened(replace(report, by_code=True)), "Heading 2")
    assert "Tilgang" in headings
    assert "Fjellvik" not in headings


def test_masks_are_letters_as_long_as_they_last() -> None:
    assert masks(["Ås", "Berg", "Ås"]) == {"Ås": "Case A", "Berg": "Case B"}
    assert masks([f"c{n}" for n in range(27)])["c26"] == "Case 27"


def test_the_institutes_styles_are_used_as_they_are(whole: Report, template: bytes) -> None:
    before = open_template(template)
    own = {style.get(qn("w:styleId")) for style in before.styles.element.iterfind(qn("w:style"))}
    look = {s.style_id: s.element.xml for s in before.styles}
    document = opened(whole, template)
    used = {style.get(qn("w:val")) for style in document.element.body.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used - own <= {"TOC1"}  # brought along, since the template has none
    assert {"Heading1", "Heading2", "Quote", "Caption", "Institutttabell"} <= used
    assert {table._tbl.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) for table in document.tables} == {
        "Institutttabell"
    }
    for key in ("Heading1", "Heading2", "Quote"):
        made = next(s for s in document.styles if s.style_id == key).element.xml
        assert made == look[key]


def test_the_institutes_cover_is_filled_in_and_no_second_title_is_written(whole: Report, template: bytes) -> None:
    document = opened(whole, template)
    texts = [p.text for p in document.paragraphs]
    assert texts[:4] == ["Rapport 2026:7", whole.title, "Åse Oppdiktet", "22. november 2026"]
    assert texts[-1].startswith("Institutt for oppdiktet forskning, Postboks")
    assert texts.count(whole.title) == 1
    section = document.sections[0]
    assert section.header.paragraphs[0].text == f"{whole.title} · Institutt for oppdiktet forskning"
    assert section.footer.paragraphs[0].text == "Rød (fortrolig)"
    assert "{{" not in document.element.body.xpath("string(.)")


def test_the_contents_of_a_template_with_numbered_headings_are_not_number_one(whole: Report, template: bytes) -> None:
    document = opened(whole, template)
    (heading,) = (p for p in document.paragraphs if p.text == "Innhold")
    assert heading._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val")) == "0"


def test_a_content_control_of_the_cover_is_filled_in(whole: Report) -> None:
    template = docx.Document()
    control = template.element.body.makeelement(qn("w:sdt"), {})
    for xml in (
        '<w:sdtPr %s><w:alias w:val="Tittel"/></w:sdtPr>',
        "<w:sdtContent %s><w:p><w:r><w:t>[Dokumenttittel]</w:t></w:r></w:p></w:sdtContent>",
    ):
        control.append(docx.oxml.parse_xml(xml % docx.oxml.ns.nsdecls("w")))
    template.element.body.insert(0, control)
    template.add_paragraph("{{rapport}}")
    buffer = io.BytesIO()
    template.save(buffer)
    document = opened(whole, buffer.getvalue())
    said = document.element.body.xpath("string(./w:sdt)")
    assert said == whole.title
    assert texts_in(document, "Title") == []


def test_headings_are_found_by_outline_level_when_they_have_a_name_of_their_own() -> None:
    parts = unpack(default_template())
    styles = parts["word/styles.xml"].decode("utf-8")
    styles = styles.replace('w:styleId="Heading2"', 'w:styleId="Delkapittel"').replace(
        'w:val="heading 2"', 'w:val="Delkapittel"'
    )
    from exports.packaging import pack

    parts["word/styles.xml"] = styles.encode("utf-8")
    assert find_styles(open_template(pack(parts)))["heading 2"] == "Delkapittel"


@pytest.mark.parametrize("asked", [True, False])
def test_word_is_asked_to_update_fields_only_when_the_lead_wants_it(whole: Report, asked: bool) -> None:
    settings = opened(replace(whole, update_fields=asked)).settings.element
    assert (settings.find(qn("w:updateFields")) is not None) is asked


def test_the_whole_report_is_the_same_bytes_each_time(whole: Report, template: bytes) -> None:
    assert render_report(whole, template) == render_report(whole, template)


def test_a_report_of_any_kind_of_source_keeps_minutes_out_of_quotation_marks(whole: Report, template: bytes) -> None:
    document: Any = opened(whole, template)
    for paragraph in document.paragraphs:
        if "(ikke ordrett):" in paragraph.text:
            assert "«" not in paragraph.text
            assert paragraph.style.name == "List Paragraph"

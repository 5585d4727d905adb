"""An institution's template: its styles by any name, its margins, its headers, and templates that cannot be used."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from exports.errors import ExportError
from exports.models import Report
from exports.packaging import pack, unpack
from exports.word import render_report
from exports.word_template import default_template, find_styles, open_template


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rewritten(package: bytes, part: str, change: Callable[[str], str]) -> bytes:
    parts = unpack(package)
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    return pack(parts)


def opened(report: Report, template: bytes) -> Document:
    return docx.Document(io.BytesIO(render_report(report, template)))


def test_the_default_template_is_a_document_with_every_style_and_no_text() -> None:
    document = open_template(None)
    assert len(find_styles(document)) == 16
    assert document.paragraphs == []
    assert open_template(default_template()).styles["Quote"].style_id == "Quote"


def test_the_page_and_the_fonts_of_the_template_are_kept_and_its_sample_text_is_not(report: Report) -> None:
    template = docx.Document()
    template.add_paragraph("Eksempeltekst fra malen")
    template.styles["Heading 1"].font.name = "Comic Sans MS"
    document = opened(report, saved(template))
    assert "Eksempeltekst fra malen" not in [p.text for p in document.paragraphs]
    assert round(document.sections[0].page_width.mm) == 216
    assert document.styles["Heading 1"].font.name == "Comic Sans MS"
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Title"


def test_the_header_of_the_template_stays_and_a_missing_footer_is_made(report: Report) -> None:
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Oppdiktet institutt"
    section = opened(report, saved(template)).sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Oppdiktet institutt"]
    assert "Side " in section.footer.paragraphs[0].text


def test_a_footer_on_the_first_page_alone_is_left_alone(report: Report) -> None:
    template = docx.Document()
    section = template.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_footer.paragraphs[0].text = "Oppdiktet adresse"
    made = opened(report, saved(template)).sections[0]
    assert made.first_page_footer.paragraphs[0].text == "Oppdiktet adresse"
    assert made.footer.is_linked_to_previous


def test_the_report_goes_where_the_template_says(report: Report) -> None:
    template = docx.Document()
    template.add_paragraph("Forside")
    template.add_paragraph("{{rapport}}")
    template.add_paragraph("Kolofon")
    texts = [p.text for p in opened(report, saved(template)).paragraphs]
    assert texts[:2] == ["Forside", report.title]
    assert texts[-1] == "Kolofon"
    assert "{{rapport}}" not in texts


def test_styles_are_found_by_norwegian_id(report: Report) -> None:
    norwegian = {"Heading1": "Overskrift1", "Quote": "Sitat", "Title": "Tittel", "TableGrid": "Tabellrutenett"}

    def change(styles: str) -> str:
        for english, own in norwegian.items():
            styles = styles.replace(f'w:styleId="{english}"', f'w:styleId="{own}"')
        return styles

    template = rewritten(default_template(), "word/styles.xml", change)
    styles = find_styles(open_template(template))
    assert (styles["heading 1"], styles["quote"], styles["title"]) == ("Overskrift1", "Sitat", "Tittel")
    body = opened(report, template).element.body
    used = {style.get(qn("w:val")) for style in body.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert {"Overskrift1", "Sitat", "Tittel", "Tabellrutenett"} <= used
    assert not used & norwegian.keys()


def test_styles_are_found_by_id_when_their_name_is_another() -> None:
    def change(styles: str) -> str:
        styles = styles.replace('w:styleId="Quote"', 'w:styleId="Sitat"').replace('w:val="Quote"', 'w:val="Zitat"')
        return styles.replace('<w:name w:val="heading 2"/>', '<w:name w:val="Rubrik 2"/>')

    styles = find_styles(open_template(rewritten(default_template(), "word/styles.xml", change)))
    assert (styles["quote"], styles["heading 2"]) == ("Sitat", "Heading2")


def test_styles_are_found_by_norwegian_name_and_by_alias() -> None:
    def change(styles: str) -> str:
        styles = styles.replace('w:styleId="Quote"', 'w:styleId="a7"').replace('w:val="Quote"', 'w:val="Sitat"')
        styles = styles.replace('w:styleId="Caption"', 'w:styleId="a8"')
        return styles.replace('<w:name w:val="caption"/>', '<w:name w:val="X"/><w:aliases w:val="A,Bildetekst"/>')

    styles = find_styles(open_template(rewritten(default_template(), "word/styles.xml", change)))
    assert (styles["quote"], styles["caption"]) == ("a7", "a8")


def test_a_style_the_template_lacks_is_brought_along(report: Report) -> None:
    template = docx.Document()
    for name in ("Quote", "Caption", "List Bullet", "Title"):
        style = template.styles[name].element
        style.getparent().remove(style)
    document = opened(report, saved(template))
    assert document.styles["Quote"].base_style is not None
    assert document.styles["Quote"].base_style.name == "Normal"
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Title"
    bullets = [p for p in document.paragraphs if p.text == "To kilder er ikke ferdig kodet."]
    assert bullets[0].style is not None
    assert bullets[0].style.name == "List Paragraph"


def test_a_template_in_another_language_gets_the_language_of_the_report(report: Report) -> None:
    template = docx.Document()
    properties = template.styles["Quote"].element.get_or_add_rPr()
    properties.append(properties.makeelement(qn("w:lang"), {qn("w:val"): "en-GB"}))
    styles = opened(report, saved(template)).styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {"nb-NO"}


def test_a_dotx_counts_as_a_document(report: Report) -> None:
    template = rewritten(
        default_template(),
        "[Content_Types].xml",
        lambda types: types.replace("wordprocessingml.document.main", "wordprocessingml.template.main"),
    )
    with pytest.raises(ValueError, match="not a Word file"):
        docx.Document(io.BytesIO(template))
    made = render_report(report, template)
    assert b"template.main" not in unpack(made)["[Content_Types].xml"]


def test_bookmarks_of_the_template_keep_their_numbers(report: Report) -> None:
    template = docx.Document()
    paragraph = template.add_paragraph("Forside")._p
    mark = paragraph.makeelement(qn("w:bookmarkStart"), {qn("w:id"): "7", qn("w:name"): "forside"})
    paragraph.append(mark)
    template.add_paragraph("{{rapport}}")
    body = opened(report, saved(template)).element.body
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def _zip_of(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "template",
    [b"", b"ikke en zip-fil", _zip_of(hei="du"), _zip_of(**{"[Content_Types].xml": "<ikke"}), default_template()[:900]],
)
def test_what_is_no_word_document_is_refused_with_the_next_step(report: Report, template: bytes) -> None:
    with pytest.raises(ExportError, match=r"Malen er ikke et Word-dokument\. Oppgi en mal"):
        render_report(report, template)


def test_a_template_with_macros_is_refused(report: Report) -> None:
    parts = unpack(default_template())
    parts["word/vbaProject.bin"] = b"x"
    with pytest.raises(ExportError, match="makroer"):
        render_report(report, pack(parts))

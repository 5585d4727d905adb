"""Regions that documents tell of by their own styles and elements: Word and web pages."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.model import ReadOptions, Transcript
from corpus.readers import docx as word
from corpus.readers import html
from corpus.readers.word_styles import style_kinds
from corpus.text import normalise

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def marked(transcript: Transcript) -> list[tuple[str, str]]:
    return [(region.kind, transcript.text[region.start : region.end]) for region in transcript.regions]


def page(body: str) -> Transcript:
    return html.read(Path("a.html"), f"<html><body>{body}</body></html>".encode(), ReadOptions())


def test_a_report_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style("INNH1", 1)
    style.element.get_or_add_name().val = "toc 1"
    document.add_paragraph("Boliger i\u00adStorvik e\u0301n", style="Title")
    for line in ("Innledning\t3", "Funn\t7"):
        document.add_paragraph(line, style=style)
    document.add_paragraph("Løpende tekst.")
    document.add_paragraph("Tabell 1 Boliger", style="Caption")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), ("", "2018", "Vik", "12"), strict=True):
        cell.text = words
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "En ramme med løpende tekst."
    document.save(str(tmp_path / "a.docx"))
    transcript = word.read(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes(), ReadOptions())
    assert marked(transcript) == [
        ("contents", "Innledning\t3\nFunn\t7"),
        ("caption", "Tabell 1 Boliger"),
        ("table", "\t2018\nVik\t12"),
    ]
    assert transcript.title == "Boliger iStorvik én"


def test_a_content_control_of_word_is_a_list_of_contents(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    control = (
        f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>Innhold</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Funn 7</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    body.insert(0, parse_xml(control))
    document.add_paragraph("Løpende tekst.")
    document.save(str(tmp_path / "a.docx"))
    transcript = word.read(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes(), ReadOptions())
    assert marked(transcript) == [("contents", "Innhold\n\nFunn 7")]


def test_a_style_is_what_it_is_based_on() -> None:
    styles = etree.fromstring(
        f'<w:styles {W}><w:style w:styleId="Bildetekst"><w:name w:val="Caption"/></w:style>'
        '<w:style w:styleId="Egen"><w:name w:val="Rapport figur"/><w:basedOn w:val="Bildetekst"/></w:style>'
        '<w:style w:styleId="Rundt"><w:name w:val="x"/><w:basedOn w:val="Rundt"/></w:style></w:styles>'
    )
    assert style_kinds(styles) == {"Bildetekst": "caption", "Egen": "caption"}
    assert style_kinds(None) == {}


def test_menus_captions_and_tables_of_a_page() -> None:
    transcript = page(
        "<nav>Hjem <a>Om</a></nav><h1>Nytt hus</h1>Ingress<figure><img><figcaption>Foto: Bo Ek</figcaption></figure><p>Tekst.</p>"
        "<table><tr><td></td><th>2018</th></tr><tr><td>Vik</td><td>12</td></tr></table><table><tr><td>Ramme</td></tr></table>"
        "<footer><p>Kontakt</p><p>oss</p></footer>"
    )
    assert transcript.text.startswith("Hjem Om\nNytt hus\nIngress\n")
    assert marked(transcript) == [
        ("other", "Hjem Om"),
        ("caption", "Foto: Bo Ek"),
        ("table", "\t2018\nVik\t12"),
        ("other", "Kontakt\noss"),
    ]


def test_what_a_page_says_by_its_roles_is_no_part_of_its_text() -> None:
    transcript = page(
        "<div role='dialog'><p>Godta</p></div><header><ul><li>Sport</li></ul></header><main role='main'><article>"
        "<header><h1>Nytt hus</h1></header><p>Tekst.</p></article></main><div role='contentinfo'>Kontakt</div>"
    )
    assert marked(transcript) == [("other", "Godta"), ("other", "Sport"), ("other", "Kontakt")]


def test_rows_with_empty_cells_stay_rows() -> None:
    transcript = page(
        "<p>Før</p><table><tr><td></td><td>1</td><td></td></tr><tr><td></td><td><p>2</p></td></tr></table>Etter"
    )
    assert transcript.text == "Før\n\t1\t\n\t2\nEtter\n"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td></tr></table>",
        "<script><nav>x</nav></script><p>Tekst</p>",
        "<p>Tekst</p><nav></nav>",
    ],
)
def test_what_is_no_region_of_a_page(body: str) -> None:
    assert marked(page(f"<p>Før</p>{body}<p>Etter</p>")) == []


TAGS = st.sampled_from(
    [
        "<nav>", "</nav>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<p>", "</p>", "<br>", "<pre>", "</pre>", "<footer>",
        "</footer>", "<figcaption>", "</figcaption>", " a ", "\n", "e\u0301", "\u0301", "&shy;", "\ue000", "<script>",
        "</script>", "<caption>", "b",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(TAGS, max_size=40).map("".join))
def test_any_page_gives_regions_of_whole_lines(body: str) -> None:
    transcript = page(f"x{body}y")
    text = transcript.text
    assert text == normalise(text)
    for region in transcript.regions:
        assert region.end <= len(text)
        assert region.start == 0 or text[region.start - 1] == "\n"
        assert text[region.end] == "\n"

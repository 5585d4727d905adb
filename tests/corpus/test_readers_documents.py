"""Word, OpenDocument and Rich Text, from files built here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from corpus.errors import UnreadableSource
from corpus.model import Transcript
from corpus.reading import read_source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
ODT_SPACES = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}" xmlns:table="{TABLE}" xmlns:draw="{DRAW}"'


def pack(path: Path, parts: dict[str, str | bytes]) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path


def word(tmp_path: Path, body: str, **parts: str) -> Transcript:
    main = f'<?xml version="1.0"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'
    others: dict[str, str | bytes] = {f"word/{name}.xml": f"<w:x {W}>{data}</w:x>" for name, data in parts.items()}
    return read_source(
        pack(tmp_path / "a.docx", {"[Content_Types].xml": "<Types/>", "word/document.xml": main} | others)
    )


def open_document(tmp_path: Path, body: str) -> Transcript:
    content = (
        f"<office:document-content {ODT_SPACES}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.text"
    return read_source(pack(tmp_path / "a.odt", {"mimetype": media, "content.xml": content}))


def rich_text(tmp_path: Path, source: str | bytes) -> Transcript:
    path = tmp_path / "a.rtf"
    path.write_bytes(source if isinstance(source, bytes) else source.encode("latin-1"))
    return read_source(path)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def doubtful(transcript: Transcript) -> list[str]:
    return [note.message for note in transcript.notes if note.doubtful]


def test_a_document_of_python_docx_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Intervju 3", 1)
    document.add_paragraph("Intervjuer: Hva gjør du?")
    document.add_paragraph("Informant 1: Jeg er lærer.").add_run().add_break()
    table = document.add_table(rows=2, cols=2)
    for index, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"celle {index}"
    document.sections[0].header.paragraphs[0].text = "Topptekst"
    document.save(str(tmp_path / "a.docx"))
    transcript = read_source(tmp_path / "a.docx")
    assert transcript.text == (
        "Intervju 3\nIntervjuer: Hva gjør du?\nInformant 1: Jeg er lærer.\n\ncelle 0\tcelle 1\ncelle 2\tcelle 3\n"
    )
    assert transcript.speakers == ("Intervjuer", "Informant 1")


def test_breaks_tabs_and_hyphens_of_word(tmp_path: Path) -> None:
    body = paragraph(
        "<w:r><w:t>en</w:t><w:br/><w:t>to</w:t><w:tab/><w:t>tre</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>"
    )
    assert word(tmp_path, body).text == "en\nto\ttre\u2011\n"


def test_tracked_changes_keep_insertions_and_drop_deletions(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>borte</w:delText></w:r></w:del>"
    body = (
        paragraph(run("Vi "), deleted, f"<w:ins>{run('er ')}</w:ins>", run("her"))
        + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('sammen')}</w:p>"
        + paragraph(run("slått"))
        + paragraph(f"<w:moveFrom>{run('flyttet')}</w:moveFrom><w:moveTo>{run('hit')}</w:moveTo>")
    )
    transcript = word(tmp_path, body)
    assert transcript.text == "Vi er her\nsammenslått\nhit\n"
    assert any("sporede endringer" in message for message in doubtful(transcript))


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc>{paragraph(run(text))}{paragraph(run('mer'))}</w:tc></w:tr>"

    body = f"<w:tbl>{row('a')}{row('b', '<w:trPr><w:del/></w:trPr>')}</w:tbl>"
    assert word(tmp_path, body).text == "a\nmer\n"


def test_footnotes_are_lifted_in_the_order_of_the_text(tmp_path: Path) -> None:
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:{0}Ref/><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    body = paragraph(
        run("Først"),
        '<w:r><w:footnoteReference w:id="3"/></w:r>',
        run(" så"),
        '<w:r><w:endnoteReference w:id="2"/><w:footnoteReference w:id="1"/></w:r>',
    )
    transcript = word(
        tmp_path,
        body,
        footnotes=note.format("footnote", -1, "skille")
        + note.format("footnote", 1, "en")
        + note.format("footnote", 3, "tre"),
        endnotes=note.format("endnote", 2, "slutt"),
    )
    assert transcript.text == "Først så\n"
    assert transcript.lifted == (("fotnote", "tre"), ("sluttnote", "slutt"), ("fotnote", "en"))
    assert any("3 fotnoter" in warning for warning in transcript.warnings)


def test_comments_are_counted_and_not_read(tmp_path: Path) -> None:
    body = paragraph("<w:commentRangeStart/>", run("ja"), '<w:r><w:commentReference w:id="0"/></w:r>')
    comment = f"<w:comment>{paragraph(run('hemmelig'))}</w:comment>"
    transcript = word(tmp_path, body, comments=comment * 2)
    assert transcript.text == "ja\n"
    assert any("2 kommentarer" in warning for warning in transcript.warnings)


def test_fields_give_their_results(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
    body = (
        paragraph(mark("begin"), code, mark("separate"), run("lenke"), mark("end"), run(" og"))
        + paragraph(
            f'<w:hyperlink>{run("direkte")}</w:hyperlink><w:fldSimple w:instr="DATE">{run("i dag")}</w:fldSimple>'
        )
        + paragraph(mark("begin"), code, run("uten slutt"))
    )
    assert word(tmp_path, body).text == "lenke og\ndirektei dag\nuten slutt\n"


def test_content_controls_symbols_and_hidden_text(tmp_path: Path) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph(run('felt'))}</w:sdtContent></w:sdt>"
        + paragraph('<w:r><w:sym w:font="Arial" w:char="00E6"/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>')
        + paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>")
    )
    transcript = word(tmp_path, body)
    assert transcript.text == "felt\næ\ufffd\nskjult\n"
    assert len(doubtful(transcript)) == 2


def test_text_boxes_are_lifted_once(tmp_path: Path) -> None:
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph(run('boks'))}</w:txbxContent>"
    body = paragraph(
        run("før "),
        f'<w:r><mc:AlternateContent xmlns:mc="{compatibility}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box.replace('boks', 'eldre')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        run("etter"),
    )
    transcript = word(tmp_path, body)
    assert transcript.text == "før etter\n"
    assert transcript.lifted == (("tekstboks", "boks"),)


def test_teams_turns_are_paragraphs_with_breaks(tmp_path: Path) -> None:
    def turn(header: str, *lines: str) -> str:
        return paragraph(run(header), *(f"<w:r><w:br/></w:r>{run(line)}" for line in lines))

    body = (
        paragraph(run("Intervju med Ola-20260815_200732-Meeting Recording"))
        + paragraph(run("Kari Nordmann started transcription"))
        + turn("Kari Nordmann   0:04", "Da starter vi.", "Kan du si litt om rollen din?")
        + turn("Ola Nordmann   0:31", "Ja, jeg er lærer.")
        + paragraph(run("Kari Nordmann stopped transcription"))
    )
    transcript = word(tmp_path, body)
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns] == [
        "Da starter vi.\nKan du si litt om rollen din?",
        "Ja, jeg er lærer.",
    ]


def test_strict_word_documents_are_read(tmp_path: Path) -> None:
    space = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/doc.xml"/></Relationships>'
    main = f"<w:document {space}><w:body>{paragraph(run('hei'))}</w:body></w:document>"
    path = pack(tmp_path / "a.docx", {"[Content_Types].xml": "", "_rels/.rels": relations, "word/doc.xml": main})
    assert read_source(path).text == "hei\n"


@pytest.mark.parametrize(
    ("main", "told"),
    [
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "hører ikke hjemme"),
        ("<w:document", "skadet"),
        ("<w:document xmlns:w='x'/>", "ikke et Word-dokument"),
        (f"<w:document {W}><w:body><w:p/></w:body></w:document>", "ingen tekst"),
    ],
)
def test_hostile_and_broken_word_documents_are_refused(tmp_path: Path, main: str, told: str) -> None:
    path = pack(tmp_path / "a.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": main})
    with pytest.raises(UnreadableSource, match=told.replace("hører ikke hjemme", "ikke hører hjemme")):
        read_source(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": b" " * 30_000_000})
    with pytest.raises(UnreadableSource, match="urimelig mye"):
        read_source(path)


def test_a_cut_off_document_is_refused(tmp_path: Path) -> None:
    whole = pack(tmp_path / "a.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}).read_bytes()
    (tmp_path / "a.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableSource, match="skadet"):
        read_source(tmp_path / "a.docx")


def test_encrypted_zips_are_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.docx", {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableSource, match="passordbeskyttet"):
        read_source(path)


def test_open_document_text(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>slettet</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:h>Intervju</text:h>"
        "<text:p>\n  Intervjuer:  Hva <text:span>gjør</text:span><text:s text:c='2'/>du?"
        "<text:line-break/>Nå<text:tab/>.</text:p>"
        "<text:list><text:list-item><text:p>Informant 1: Jeg<text:note text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>en note</text:p></text:note-body></text:note>"
        " er her.</text:p></text:list-item></text:list>"
        "<table:table><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>slutt<office:annotation><text:p>kommentar</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>boks</text:p></draw:text-box></draw:frame></text:p>"
    )
    transcript = open_document(tmp_path, body)
    assert transcript.text == ("Intervju\nIntervjuer: Hva gjør  du?\nNå\t.\nInformant 1: Jeg er her.\na\tb\nslutt\n")
    assert transcript.lifted == (("fotnote", "en note"), ("tekstboks", "boks"))
    assert transcript.speakers == ("Intervjuer", "Informant 1")
    assert any("sporede" in w for w in transcript.warnings) and any("1 kommentar " in w for w in transcript.warnings)


def test_an_encrypted_open_document_is_refused(tmp_path: Path) -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    media = "application/vnd.oasis.opendocument.text"
    path = pack(tmp_path / "a.odt", {"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": "\x01"})
    with pytest.raises(UnreadableSource, match="passordbeskyttet"):
        read_source(path)


def test_rich_text_in_norwegian_from_f4(tmp_path: Path) -> None:
    transcript = rich_text(
        tmp_path,
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0 I: Hva gj\'f8r du? #00:00:05-2#\par "
        r"B: Jeg er l\u230?rer\u8217\'92s. \u-10179?\u-8704? #00:00:09-8#\par}",
    )
    assert transcript.text == "I: Hva gjør du? #00:00:05-2#\nB: Jeg er lærer’s. 😀 #00:00:09-8#\n"
    assert [(turn.speaker, turn.end_ms) for turn in transcript.turns] == [("I", 5200), ("B", 9800)]


def test_rich_text_lifts_and_leaves_out_as_word_does(tmp_path: Path) -> None:
    transcript = rich_text(
        tmp_path,
        r"{\rtf1\ansi{\header topp}Tekst{\footnote \pard {\super\chftn} En n\'f8tt.} videre"
        r"{\rtlch\fcs1 \deleted\revauthdel1 borte} her\par "
        r'{\field{\*\fldinst{HYPERLINK "http://x.no"}}{\fldrslt lenke}} | ok\par'
        r"\trowd\cellx1 a\cell b\cell\row {\shp{\*\shpinst{\shptxt boks}}}\par{\*\annotation nei}}",
    )
    assert transcript.text == "Tekst videre her\nlenke | ok\na\tb\n\n"
    assert transcript.lifted == (("fotnote", "En nøtt."), ("tekstboks", "boks"))
    assert any("sporede" in message for message in doubtful(transcript))


def test_rich_text_with_raw_letters_that_is_cut_off(tmp_path: Path) -> None:
    transcript = rich_text(tmp_path, b"{\\rtf1\\ansi\\ansicpg1252 r\xe5 bl\xe5b\xe6r\\par")
    assert transcript.text == "rå blåbær\n"
    assert any("avkuttet" in message for message in doubtful(transcript))


@pytest.mark.parametrize("words", [r"\u9999999999 x", r"\u-9999999999 x", r"\u1114112 x"])
def test_a_character_that_no_letter_has_is_refused_as_damage(tmp_path: Path, words: str) -> None:
    with pytest.raises(UnreadableSource, match="RTF-koden er skadet"):
        rich_text(tmp_path, rf"{{\rtf1\ansi {words}\par}}".encode())


def test_a_count_of_bytes_beyond_all_files_leaves_nothing(tmp_path: Path) -> None:
    source = rf"{{\rtf1\ansi Hei.\par \bin{'9' * 6_000} rest}}"
    assert rich_text(tmp_path, source.encode()).text.startswith("Hei.")


@pytest.mark.parametrize(
    ("count", "blanks"),
    [("3", 3), ("", 1), ("²", 1), ("-2", 1), ("5000", 100), ("999999999", 100), ("9" * 5_000, 1)],
    ids=lambda value: str(value)[:9],
)
def test_blanks_are_as_many_as_an_element_says_and_never_a_flood(tmp_path: Path, count: str, blanks: int) -> None:
    body = f'<text:p>a<text:s text:c="{count}"/>b</text:p>'
    assert open_document(tmp_path, body).text.rstrip("\n") == f"a{' ' * blanks}b"


@pytest.mark.parametrize(
    "damage",
    [
        r"{\fonttbl" + r"{\f0\fcharset0 Arial" * 300 + "}" * 300 + "}",
        r"{\fonttbl" + r"{\f0\fcharset0 Arial" * 300,
        r'{\field{\*\fldinst{ HYPERLINK "a"' * 1_000 + '{x{y HYPERLINK "a"}} {b c d',
        r'{\field{\*\FLDINST{ HYPERLINK "a"' * 1_000 + '{x{y HYPERLINK "a"}} {b c d',
    ],
    ids=["fonts in fonts", "fonts left open", "fields left open", "fields in capitals"],
)
def test_groups_that_do_not_end_are_searched_once(tmp_path: Path, damage: str) -> None:
    assert rich_text(tmp_path, r"{\rtf1\ansi Hei.\par " + damage).text.startswith("Hei.")


def test_letters_are_those_of_the_font_they_stand_in(tmp_path: Path) -> None:
    fonts = r"{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset238 Arial CE;}{\f22\fcharset204 Arial CYR;}}"
    words = r"\f0 bl\'e5 \f1 \'b3 \f22 \'e9 \\fldinst{\footnote \f1 \'b3}"
    transcript = rich_text(tmp_path, r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + words + "}")
    assert transcript.text.strip() == "blå ł й \\fldinst"
    assert transcript.lifted == (("fotnote", "ł"),)

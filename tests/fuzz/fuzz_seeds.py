"""Small whole files of every format that is read, invented here; what is mutated must first be right."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
INTERVIEW = (
    "Intervjuer: Kan du fortelle om jobben?\nInformant 1: Jo, altså [pause] jeg er lærer. 😀\n"
    "  (fortsetter på ny linje)\nIntervjuer: Merk: det er 10:30 nå?\nInformant 1: Nei – «snart».\n"
)
STAMPED = "I: Hva gjør du? #00:00:05-2#\nB: Jeg er lærer. #00:00:09-8#\nI: Fint. #00:00:12-0#\n"
SPEAKING = "[00:01:02] Informant 1: Ja.\n[00:01:09] Intervjuer: Nei?\n[00:02:00] Informant 1: Vel.\n"
ARTICLE = (
    "Kommunen kutter\n\nAv Kari Nordmann, NTB, 3. mars 2026\n\nDette er en sak.\n– Vi har ikke råd, sier Ola Hansen.\n"
    "Innhold\n1 Innledning ........ 3\n2 Funn ....... 7\nTabell 1: Tall\nKommune\t2024\nOslo\t4\nSummary\nThis is in English.\n"
)
TEAMS = (
    "WEBVTT\n\n7f3a2c9e-4b1d-4e8a-9c5f-1a2b3c4d5e6f/12-0\n00:00:03.120 --> 00:00:06.480\n<v Kari Nordmann>Da starter "
    "vi, og s&#248;rger.</v>\n\n7f3a2c9e-4b1d-4e8a-9c5f-1a2b3c4d5e6f/13-0\n00:00:09.000 --> 00:00:11.000\n<v Nordmann, Ola "
    "(Gjest)>Ja &amp; nei.</v> <v Kari>Jo\n"
)
ZOOM = (
    "WEBVTT\n\n1\n00:00:02.656 --> 00:00:03.230\nKari Nordmann: Hei.\n\n2\n00:00:03.500 --> 00:00:07.100\nOla N.: Jo: "
    "10:30-møtet.\n\nNOTE x\n"
)
WHISPER_VTT = "WEBVTT\n\n00:00.000 --> 00:04.280\nJa, jeg tenker at det er krevende.\n"
SRT = (
    "1\n00:00:00,000 --> 00:00:04,280\nJa, jeg tenker\n\n2\n00:00:04.280 --> 00:00:06,000\nKari: <i>at</i>\n\n"
    "3\n00:00:06,000 --> 00:00:08,000\nOla: det\n"
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Sak</title><meta property='og:site_name' content='NRK'></head><body><article>"
    "<h1>Sak</h1><p>Av Kari, <time datetime='2026-03-03'>i dag</time><br>– Vi &aelig; her, sier Ola.</p><table><tr><td>a"
    "<td>b</table><pre>x\n y</pre><ul><li>en<li>to</ul></article><script>x</script></body></html>"
)
RICH = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}\f0 I: Hva gj\'f8r du? #00:00:05-2#\par "
    r"B: Jeg er l\u230?rer\u8217\'92s. \u-10179?\u-8704?{\footnote \pard En n\'f8tt.} {\field{\*\fldinst{HYPERLINK "
    r'"http://x.no"}}{\fldrslt lenke}}{\deleted borte} #00:00:09-8#\par\trowd\cellx1 a\cell b\cell\row'
    r"{\shp{\*\shpinst{\shptxt boks}}}{\*\annotation nei}\bin3 abc\par}"
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    others = {f"word/{name}.xml": f"<w:x xmlns:w='{WORD}'>{inner}</w:x>" for name, inner in parts.items()}
    main = f"<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='{WORD}'><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": main, **others})


def paragraph(text: str, properties: str = "") -> str:
    lines = "<w:br/>".join(f"<w:t xml:space='preserve'>{line}</w:t>" for line in text.split("\n"))
    return f"<w:p>{properties}<w:r>{lines}</w:r></w:p>"


def _heading(text: str) -> str:
    return paragraph(text, "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>")


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def _word_full() -> bytes:
    note = "<w:{0} w:id='2'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:{0}>"
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    return word(
        _heading("Intervju")
        + "".join(map(paragraph, INTERVIEW.splitlines()))
        + "<w:p><w:r><w:footnoteReference w:id='2'/></w:r><w:del><w:r><w:delText>borte</w:delText></w:r></w:del><w:ins><w:r>"
        "<w:t>ny</w:t><w:tab/><w:sym w:char='00E6'/></w:r></w:ins>"
        f"{mark.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>{mark.format('separate')}<w:r><w:t>i dag</w:t></w:r>"
        f"{mark.format('end')}<w:hyperlink><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{table(('a', 'b'), ('c', 'd'))}</w:sdtContent></w:sdt><w:p><w:r><w:drawing><w:txbxContent>"
        f"{paragraph('boks')}</w:txbxContent></w:drawing><w:rPr><w:vanish/></w:rPr></w:r></w:p>",
        footnotes=note.format("footnote"),
        endnotes=note.format("endnote"),
        comments=f"<w:comment>{paragraph('hemmelig')}</w:comment>",
        styles="<w:style w:type='paragraph' w:styleId='Heading1'><w:name w:val='heading 1'/></w:style>",
    )


def word_documents() -> tuple[bytes, ...]:
    teams = (
        "Intervju-20260815_200732-Meeting Recording",
        "15 August 2026, 06:07pm",
        "Kari Nordmann started transcription",
        "Kari Nordmann   0:04\nDa starter vi.\nKan du si litt?",
        "Ola Nordmann   0:31\nJa, jeg er lærer.",
    )
    meet = ("Sammendrag", "00:03:12", "Kari Nordmann: Hei.", "Ola Nordmann: Ja.", "00:04:12", "Kari Nordmann: Nei.")
    online = ("Transkripsjon", "00:00:04 Taler 1", "Hei.", "00:00:09 Taler 2", "Ja.")
    older = ("0:0:5.100 --> 0:0:8.250", "Kari Nordmann", "Hei.", "0:0:9.0 --> 0:0:10.250", "Ola", "Nei.")
    nvivo = table(("Timespan", "Content", "Speaker"), ("0:00.0 - 0:05.2", "Hva?", "I"), ("0:05.2 - 0:09.8", "Ja.", "B"))
    headings = "".join(_heading(name) + paragraph("Noe som ble sagt.") for name in ("Kari", "Ola") * 3)
    turns = ("".join(map(paragraph, lines)) for lines in (teams, meet, online, older))
    return (_word_full(), *map(word, turns), word(nvivo), word(headings))


def word_codebooks() -> tuple[bytes, ...]:
    listed = table(
        ("Name", "Description", "Files", "References"), ("Bolig", "Om å bo", "1", "2"), ("Leie", "", "0", "0")
    )
    codes = table(("Code", "Memo"), ("Bolig > Leie", "Om"))
    return word(_heading("Codebook") + listed), word(_heading("Kodebok") + codes + _heading("Bolig") + paragraph("Om"))


def open_documents() -> tuple[bytes, ...]:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>slettet</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h text:outline-level='1'>Intervju</text:h>"
        "<text:p>Intervjuer:  Hva <text:span>gjør</text:span><text:s text:c='2'/>du?<text:line-break/>Nå<text:tab/>.</text:p>"
        "<text:p>Informant 1: Jeg<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>en note</text:p></text:note-body></text:note></text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table><text:p><office:annotation><text:p>k</text:p></office:annotation><draw:frame>"
        "<draw:text-box><text:p>boks</text:p></draw:text-box></draw:frame></text:p>"
    )
    spaces = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{space}:1.0'"
        for name, space in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    content = f"<o:d xmlns:o='o' {spaces}><office:body><office:text>{body}</office:text></office:body></o:d>"
    media = "application/vnd.oasis.opendocument.text"
    manifest = "<manifest><file-entry/></manifest>"
    return (packed({"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content}),)


def pdf_documents() -> tuple[bytes, ...]:
    def page(lines: Sequence[str]) -> bytes:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        return f"BT /F1 12 Tf 72 720 Td {shown} ET".encode("latin-1")

    first = page(
        ("Kommunen har ikke r\\345d til bo-", "liger.", "Intervjuer: Hva?", "Informant 1: Ja.", "1 En fotnote.")
    )
    return (pdf_of(first, page(("Side to.",))),)


def pdf_of(*contents: bytes) -> bytes:
    """A file with a page for each stretch of drawing."""
    pages = range(3, 3 + len(contents))
    font = 3 + 2 * len(contents)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % page for page in pages), len(contents)),
    ]
    objects += [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 %d 0 R>>>>>>"
        % (page + len(contents), font)
        for page in pages
    ]
    objects += [b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn) for drawn in contents]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, body)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + listed + end


def workbooks(*tables: Sequence[Sequence[object]]) -> tuple[bytes, ...]:
    """One workbook a table."""
    found = []
    for table in tables:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Ark 1")
            date = book.add_format({"num_format": "yyyy-mm-dd"})
            for row, cells in enumerate(table):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell)
            sheet.write_number(len(table), 0, 45_000, date)
            book.add_worksheet("Skjult").hide()
        found.append(buffer.getvalue())
    return tuple(found)


SURVEY = (
    ("Respondent", "Kommune", "E-post", "Hva er vanskelig?", "Antall"),
    ("R1", "Oslo", "a@b.no", "Det er få boliger, og økonomien er dårlig.", "70-80"),
    ("R2", "Horten", "c@d.no", "Vet ikke\nhelt", "ca. 5"),
    ("R3", "Karmøy", "", "", "=1+1"),
)
SPANS = (
    ("Timespan", "Content", "Speaker"),
    ("0:00.0 - 0:05.2", "Kan du fortelle om jobben?", "Intervjuer"),
    ("0:05.2 - 0:09.8", "Jeg er lærer.", "Informant 1"),
)
CODES = (
    ("Code", "Parent", "Memo", "Color"),
    ("Bolig", "", "Om å bo", "#ff0000"),
    ("Bolig > Leie", "Bolig", "=1+1", "rgb(1,2,3)"),
    ("Økonomi", "Bolig", "", ""),
)


def delimited(table: Sequence[Sequence[str]], sign: str) -> bytes:
    lines = (
        sign.join('"' + cell.replace('"', '""') + '"' if set(cell) & set('"\n' + sign) else cell for cell in row)
        for row in table
    )
    return "\n".join(lines).encode()


def spss() -> tuple[bytes, ...]:
    import pandas
    import pyreadstat

    answers = pandas.DataFrame({"q1": [1.0, 2.0, None], "q2": ["Oslo", "æøå", ""], "q3": [1.5e9, 0.0, -1.0]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "svar.sav")
        pyreadstat.write_sav(
            answers, path, column_labels=["Hvor?", "Hva?", ""], variable_value_labels={"q1": {1: "ja"}}
        )
        return (path.read_bytes(),)


def whisper_json() -> tuple[bytes, ...]:
    words = [{"word": " Ja,", "start": 0.0, "end": 0.4, "score": 0.2, "speaker": "SPEAKER_00"}]
    segment = {
        "id": 0,
        "start": 0.0,
        "end": 4.28,
        "text": " Ja, jeg",
        "avg_logprob": -1.21,
        "no_speech_prob": 0.7,
        "words": words,
    }
    shapes: tuple[object, ...] = (
        {
            "task": "transcribe",
            "language": "no",
            "text": " Ja",
            "segments": [segment, segment | {"start": 5.0, "end": 6.0}],
        },
        {"segments": [segment | {"speaker": "SPEAKER_00"}, segment | {"speaker": "SPEAKER_01", "start": 5, "end": 7}]},
        {
            "text": " Ja",
            "chunks": [{"timestamp": [0.0, 3.2], "text": " Ja"}, {"timestamp": [3.2, None], "text": " og"}],
        },
        [{"timestamp": [0.0, 3.2], "text": " Ja"}],
        {
            "result": {"language": "no"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,000", "to": "00:00:04,280"},
                    "offsets": {"from": 0, "to": 4280},
                    "text": " Ja",
                }
            ],
        },
    )
    return tuple(json.dumps(shape, ensure_ascii=False).encode() for shape in shapes)


def otranscribe() -> tuple[bytes, ...]:
    span = "<span class='timestamp' contenteditable='false' data-timestamp='10.000'>0:10</span>"
    pages = (
        f"<p>{span}&nbsp;I: Hva?</p><p>{span}B: Ja.<br/>Og nei.</p>",
        "<p><span class='timestamp'>0:10</span> Hei</p>",
    )
    shapes = ({"text": page, "media": "x.mp3", "media-source": "", "media-time": 20.0} for page in pages)
    return tuple(json.dumps(shape).encode() for shape in shapes)


def database(script: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript("PRAGMA page_size = 512;" + script)
        return bytes(connection.serialize())
    finally:
        connection.close()

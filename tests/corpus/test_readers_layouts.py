"""Speakers by the layout of a document: NVivo's tables and headings in every format, names in cells, questions in bold."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.reading import read_source

Rows = Sequence[Sequence[str]]
Build = Callable[[Path, Rows, Rows], Path]
"""A document with a paragraph, a table, and headings with a paragraph below each."""

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
STYLES = (
    r"{\stylesheet{\ql\fs24 \snext0 Normal;}{\s1\ql\keepn \b\fs32 \sbasedon0 \snext0 heading 1;}"
    r"{\s17\sbasedon0\snext0\outlinelevel1 Taler;}{\*\cs10 \additive Default Paragraph Font;}}"
)


def word(folder: Path, rows: Rows, headed: Rows) -> Path:
    document = docx.Document()
    document.add_paragraph("Intervju")
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    for heading, said in headed:
        document.add_heading(heading, 2)
        document.add_paragraph(said)
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def open_document(folder: Path, rows: Rows, headed: Rows) -> Path:
    def cell(text: str) -> str:
        return (
            f"<table:table-cell>{''.join(f'<text:p>{part}</text:p>' for part in text.splitlines())}</table:table-cell>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    table = f"<table:table><table:table-column/>{lines}</table:table>" if rows else ""
    below = "".join(f'<text:h text:outline-level="2">{name}</text:h><text:p>{said}</text:p>' for name, said in headed)
    body = f"<text:p>Intervju</text:p>{table}{below}"
    with zipfile.ZipFile(folder / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return folder / "a.odt"


def rich_text(folder: Path, rows: Rows, headed: Rows, style: str = r"\s1") -> Path:
    def escaped(text: str) -> str:
        return "".join(f"\\'{ord(sign):02x}" if ord(sign) > 127 else sign for sign in text)

    def row(cells: Sequence[str]) -> str:
        paragraphs = (r"\par ".join(map(escaped, cell.splitlines())) for cell in cells)
        inside = "".join(rf"\pard\plain \intbl {words}\cell " for words in paragraphs)
        return rf"\trowd\trgaph108\cellx3000 {inside}\pard\intbl \trowd\trgaph108\cellx3000 \row "

    below = "".join(
        rf"\pard\plain {style}\ql {escaped(name)}\par \pard\plain \ql {escaped(said)}\par " for name, said in headed
    )
    body = r"\pard\plain Intervju\par " + "".join(map(row, rows)) + below
    path = folder / "a.rtf"
    path.write_text(r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}" + STYLES + body + "}", encoding="ascii")
    return path


def turns_of(transcript: Transcript) -> list[tuple[str, str, int | None]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end], turn.start_ms) for turn in transcript.turns]


NVIVO = [
    ("Timespan", "Content", "Speaker"),
    ("0:00.0 - 0:05.2", "Hva gjør du?", "Intervjuer"),
    ("0:05.2 - 0:09.8", "Jeg er lærer.\nOg far.", "Informant 1"),
    ("0:09.8 - 0:12.0", "Fint.", "Intervjuer"),
]
HEADED = [
    ("Intervjuer", "Hva gjør du?"),
    ("Informant", "Jeg er lærer."),
    ("Intervjuer", "Og så?"),
    ("Informant", "Nei."),
]
FORMATS = [word, open_document, rich_text]


@pytest.mark.parametrize("build", FORMATS)
def test_the_table_of_nvivo(tmp_path: Path, build: Build) -> None:
    transcript = read_source(build(tmp_path, NVIVO, []))
    assert turns_of(transcript) == [
        ("Intervjuer", "Hva gjør du?", 0),
        ("Informant 1", "Jeg er lærer.\nOg far.", 5_200),
        ("Intervjuer", "Fint.", 9_800),
    ]
    assert transcript.text.startswith(
        "Intervju\nTimespan\tContent\tSpeaker\n0:00.0 - 0:05.2\tHva gjør du?\tIntervjuer\n"
    )


@pytest.mark.parametrize("build", FORMATS)
def test_a_table_of_nvivo_with_a_time_that_is_none_is_refused(tmp_path: Path, build: Build) -> None:
    with pytest.raises(UnreadableSource, match="rad 3"):
        read_source(build(tmp_path, [*NVIVO[:2], ("0:05 - 0:75", "Jeg.", "Informant 1")], []))


@pytest.mark.parametrize("build", FORMATS)
def test_speakers_in_headings(tmp_path: Path, build: Build) -> None:
    transcript = read_source(build(tmp_path, [], HEADED))
    assert [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns] == HEADED
    assert any("Overskriftene" in note.message for note in transcript.notes)


def test_a_style_of_rich_text_is_a_heading_by_its_outline_level(tmp_path: Path) -> None:
    headed = [(f"{name} Moe", said) for name, said in HEADED]
    transcript = read_source(rich_text(tmp_path, [], headed, r"\s17"))
    assert [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns] == headed


@pytest.mark.parametrize("build", FORMATS)
def test_names_in_cells_beside_what_they_say(tmp_path: Path, build: Build) -> None:
    rows: list[tuple[str, ...]] = [("Nr", "Hvem", "Samtale")]
    rows += [(str(n), f"{who}:", said) for n, (who, said) in enumerate(HEADED)]
    rows = [tuple(cell.replace("Intervjuer", "Ola").replace("Informant", "Kari") for cell in row) for row in rows]
    transcript = read_source(build(tmp_path, rows, []))
    assert [turn.speaker for turn in transcript.turns] == ["Ola", "Kari", "Ola", "Kari"]
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns] == [said for _who, said in HEADED]


def questions(folder: Path, *, marked: str, asks: str = "?") -> Path:
    document = docx.Document()
    document.add_paragraph("Intervju med en lærer")
    for number in range(3):
        run = document.add_paragraph().add_run(f"Hva tenker du om sak {number}{asks}")
        run.bold, run.italic = marked == "bold", marked == "italic"
        document.add_paragraph("Jeg tenker mye.")
        document.add_paragraph("Det er det.")
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


@pytest.mark.parametrize("marked", ["bold", "italic"])
def test_questions_in_bold_or_italics(tmp_path: Path, marked: str) -> None:
    transcript = read_source(questions(tmp_path, marked=marked))
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 3
    assert turns_of(transcript)[:2] == [
        ("Intervjuer", "Hva tenker du om sak 0?", None),
        ("Informant", "Jeg tenker mye.\nDet er det.", None),
    ]
    assert any("fet skrift" in note.message and note.doubtful for note in transcript.notes)


def test_bold_headings_and_plain_questions_are_no_interview(tmp_path: Path) -> None:
    assert read_source(questions(tmp_path, marked="bold", asks="")).turns == ()
    assert read_source(questions(tmp_path, marked="")).turns == ()
    assert read_source(questions(tmp_path, marked="bold"), ReadOptions(kind="report")).turns == ()

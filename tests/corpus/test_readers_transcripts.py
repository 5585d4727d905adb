"""Transcripts as Word documents and tables: Teams, Google Meet, Word on the web, f4 and NVivo; all people are invented."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers import docx as word_reader
from corpus.readers import timed_table
from corpus.reading import read_source
from corpus.timed_rows import columns_of, read_rows

Paragraph = str | tuple[str, str]
"""Text, or (style, text)."""


def word(tmp_path: Path, paragraphs: list[Paragraph], rows: list[list[str]] | None = None) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        style, text = paragraph if isinstance(paragraph, tuple) else ("Normal", paragraph)
        document.add_paragraph(text, style=style)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def workbook(tmp_path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Prosjekt", "Evaluering"])
    sheet = book.create_sheet("Transkripsjon")
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def text_file(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def times(transcript: Transcript) -> list[tuple[int | None, int | None]]:
    return [(turn.start_ms, turn.end_ms) for turn in transcript.turns]


def refusal(path: Path, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_source(path, options or ReadOptions())
    return caught.value.reason


TEAMS: list[Paragraph] = [
    "Intervju med Ola-20260815_200732-Meeting Recording",
    "15 August 2026, 06:07pm",
    "Kari Nordmann started transcription",
    "Kari Nordmann   0:04\nDa starter vi.\nKan du si litt om rollen din?",
    "Nordmann, Ola (Gjest)   1:00:31\nJa, jeg er lærer.",
    "Kari Nordmann stopped transcription",
]


def test_teams_document_since_2023(tmp_path: Path) -> None:
    transcript = read_source(word(tmp_path, TEAMS))
    assert said(transcript) == [
        ("Kari Nordmann", "Da starter vi.\nKan du si litt om rollen din?"),
        ("Nordmann, Ola (Gjest)", "Ja, jeg er lærer."),
    ]
    assert [turn.start_ms for turn in transcript.turns] == [4_000, 3_631_000]


def test_older_teams_document(tmp_path: Path) -> None:
    cues = ["0:0:5.100 --> 0:0:8.250\nKari Nordmann\nHei du.", "0:0:9.0 --> 0:1:0.5\nOla Nordmann\nHei."]
    transcript = read_source(word(tmp_path, [*cues]))
    assert said(transcript) == [("Kari Nordmann", "Hei du."), ("Ola Nordmann", "Hei.")]
    assert times(transcript) == [(5_100, 8_250), (9_000, 60_500)]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [*TEAMS, "Kari Nordmann   0:75\nTakk."],
        ["0:0:5.1 --> 0:0:8.2\nKari\nHei.", "0:0:9.0 --> 0:0:1.5\nOla\nHei.", "0:1:0.0 --> 0:1:1.0\nKari\nJa."],
    ],
)
def test_a_time_of_teams_that_is_none_refuses_the_file(tmp_path: Path, paragraphs: list[Paragraph]) -> None:
    path = word(tmp_path, paragraphs)
    assert "ikke et gyldig tidspunkt" in refusal(path)
    assert read_source(path, ReadOptions(kind="report")).kind == "report"


def test_google_meet_after_gemini_summary(tmp_path: Path) -> None:
    paragraphs: list[Paragraph] = [
        ("Heading 1", "Sammendrag"),
        "Kari Nordmann: fortalte om bolig (00:03:12).",
        "Ola Nordmann: ville vite mer.",
        ("Heading 1", "Møte – Transkripsjon"),
        ("Heading 3", "00:00:00"),
        "Kari Nordmann: Hei, hvordan går det?",
        "Ola Nordmann: Bra.",
        ("Heading 3", "00:03:12"),
        "Kari Nordmann: Fint.",
        "Transkripsjonen ble avsluttet etter 00:04:33",
        "Denne teksten er laget av en maskin og kan ha feil.",
    ]
    transcript = read_source(word(tmp_path, paragraphs))
    assert said(transcript) == [
        ("Kari Nordmann", "Hei, hvordan går det?"),
        ("Ola Nordmann", "Bra."),
        ("Kari Nordmann", "Fint."),
    ]
    assert [turn.start_ms for turn in transcript.turns] == [0, None, 192_000]
    assert "fortalte om bolig" in transcript.text


def test_a_short_google_meeting_has_one_time_code(tmp_path: Path) -> None:
    paragraphs: list[Paragraph] = ["Kari Nordmann: snakket om alt.", "00:00:00", "Kari Nordmann: Hei.", "Ola Dahl: Ja."]
    assert said(read_source(word(tmp_path, paragraphs))) == [("Kari Nordmann", "Hei."), ("Ola Dahl", "Ja.")]


def test_word_on_the_web_in_norwegian(tmp_path: Path) -> None:
    paragraphs: list[Paragraph] = [
        ("Heading 2", "Lydfil"),
        "Opptak 4.wav",
        ("Heading 2", "Transkripsjon"),
        "00:00:04 Taler 1\nHvordan går det?",
        "00:00:09 Taler 2\nBare bra.",
        "01:00:12 Kari Nordmann\nTakk.",
    ]
    transcript = read_source(word(tmp_path, paragraphs))
    assert said(transcript) == [
        ("Taler 1", "Hvordan går det?"),
        ("Taler 2", "Bare bra."),
        ("Kari Nordmann", "Takk."),
    ]
    assert [turn.start_ms for turn in transcript.turns] == [4_000, 9_000, 3_612_000]


F4 = "I: Hva gjør du til daglig? #00:00:05-2#\nB: Jeg er lærer.\nOg far. #00:00:09-800#\nI: Fint. #01:00:12#\n"


def test_f4_in_text_and_word(tmp_path: Path) -> None:
    paths = (text_file(tmp_path, "a.txt", F4), word(tmp_path, [*F4.strip().split("\n")]))
    for path in paths:
        transcript = read_source(path)
        assert said(transcript) == [("I", "Hva gjør du til daglig?"), ("B", "Jeg er lærer.\nOg far."), ("I", "Fint.")]
        assert times(transcript) == [(None, 5_200), (5_200, 9_800), (9_800, 3_612_000)]


def test_a_stray_wrong_stamp_in_typed_text_is_doubtful_and_mostly_wrong_ones_refuse(tmp_path: Path) -> None:
    transcript = read_source(text_file(tmp_path, "a.txt", F4.replace("#00:00:09-800#", "#00:75:09-8#")))
    assert times(transcript) == [(None, 5_200), (5_200, None), (None, 3_612_000)]
    assert any(note.doubtful and "gyldig tidspunkt" in note.message for note in transcript.notes)
    wrong = text_file(tmp_path, "b.txt", F4.replace(":00:0", ":75:0"))
    assert "linje 1 " in refusal(wrong)
    assert read_source(wrong, ReadOptions(kind="notes")).kind == "notes"


NVIVO = [
    ["Timespan", "Content", "Speaker"],
    ["0:00.0 - 0:05.2", "Kan du fortelle om jobben?", "Intervjuer"],
    ["0:05.2 - 0:09.8", "Jeg er lærer.\nOg far.", "Informant 1"],
    ["0:09.8 - 1:06:00", "Mer.", "Informant 1"],
]
NVIVO_SAID = [
    ("Intervjuer", "Kan du fortelle om jobben?"),
    ("Informant 1", "Jeg er lærer. Og far."),
    ("Informant 1", "Mer."),
]
NVIVO_TIMES = [(0, 5_200), (5_200, 9_800), (9_800, 3_960_000)]


def test_nvivo_table_as_text_in_any_order_of_columns(tmp_path: Path) -> None:
    swapped = "\n".join(
        "\t".join(f'"{cell}"' for cell in (str(number), *row[::-1])) for number, row in enumerate(NVIVO)
    )
    tabbed = "\n".join("\t".join(row) for row in NVIVO).replace("lærer.\nOg", "lærer. Og")
    norwegian = "\n".join(
        ";".join(f'"{cell}"' for cell in row) for row in [["Tidsrom", "Innhold", "Taler"], *NVIVO[1:]]
    )
    paths = (
        text_file(tmp_path, "a.tsv", swapped),
        text_file(tmp_path, "b.txt", tabbed),
        text_file(tmp_path, "c.csv", norwegian),
        text_file(tmp_path, "d.csv", norwegian.partition("\n")[2]),
    )
    for path in paths:
        transcript = read_source(path)
        assert said(transcript) == NVIVO_SAID, path.name
        assert times(transcript) == NVIVO_TIMES


def test_nvivo_table_in_a_workbook_with_shorthand_times(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Tidskode", "Taler", "Tekst"],
        [5, "I", "Hva?"],
        [75, "R", "=1+1 er to."],
        ["1:16", "I", "Ja."],
        [9203, "R", "Nei."],
        ["14532", "I", "Så."],
        ["2:5:3", "R", "Takk."],
    ]
    transcript = read_source(workbook(tmp_path, rows))
    assert [turn.start_ms for turn in transcript.turns] == [5_000, 75_000, 76_000, 5_523_000, 6_332_000, 7_503_000]
    assert said(transcript)[:2] == [("I", "Hva?"), ("R", "=1+1 er to.")]


def test_nvivo_table_in_word_keeps_the_documents_text(tmp_path: Path) -> None:
    transcript = read_source(word(tmp_path, ["Intervju 3"], NVIVO))
    assert transcript.text.startswith("Intervju 3\nTimespan\tContent\tSpeaker\n0:00.0 - 0:05.2\tKan du")
    assert said(transcript) == [(speaker, text.replace(". Og", ".\nOg")) for speaker, text in NVIVO_SAID]
    assert times(transcript) == NVIVO_TIMES
    assert transcript.text[transcript.turns[1].label_start :].startswith("0:05.2 - 0:09.8\tJeg")


def test_the_researchers_word_on_labels_and_roles_holds_for_tables(tmp_path: Path) -> None:
    options = ReadOptions(rejected_labels=frozenset({"Informant 1"}), roles=(("Intervjuer", "participant"),))
    for path in (
        text_file(tmp_path, "a.tsv", "\n".join("\t".join(row) for row in NVIVO[:2])),
        word(tmp_path, [], NVIVO),
    ):
        transcript = read_source(path, options)
        assert transcript.speakers == ("Intervjuer",)
        assert transcript.turns[0].role == "participant"


def test_a_table_of_speakers_without_times(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a.csv", "ID;Speaker;Content\n1;Intervjuer;Hva?\n2;Informant;Ja.\n")
    assert said(read_source(path)) == [("Intervjuer", "Hva?"), ("Informant", "Ja.")]
    assert times(read_source(path)) == [(None, None), (None, None)]


@pytest.mark.parametrize("cell", ["", "snart", "0:09 - 0:05", "0:75"])
def test_a_time_span_that_cannot_be_read_refuses_the_file(tmp_path: Path, cell: str) -> None:
    rows = [*NVIVO[:2], [cell, "Ja.", "Informant 1"], NVIVO[3]]
    assert "rad 3" in refusal(word(tmp_path, [], rows))
    assert "rad 3" in refusal(text_file(tmp_path, "a.csv", "\n".join(";".join(row) for row in rows)))


@pytest.mark.parametrize(
    "table",
    [
        "Respondent;Kommune;Hva er viktigst?\n1;Elvestrand;Bolig.\n2;Furuvik;Økonomi.\n",
        "navn;definisjon\nbolig;Alt om bolig\nøkonomi;Alt om penger\n",
        "Tidspunkt;Tekst\n2026-03-14 10:00;Svar\n2026-03-15 11:00;Svar to\n",
        "10:00;Åpning\n12:00;Lunsj\n09:00;Ny dag\n",
        "Person;Tekst\nKari;Hei\n",
        "1;Bolig er viktig\n2;Penger er viktig\n3;Alt annet\n",
    ],
)
def test_other_tables_are_refused_with_advice(tmp_path: Path, table: str) -> None:
    told = refusal(text_file(tmp_path, "a.csv", table))
    assert "kodebenk survey" in told and "kodebenk codebook load" in told
    path = word(tmp_path, ["Notat"], [line.split(";") for line in table.strip().split("\n")])
    assert read_source(path).turns == ()


def test_old_excel_and_a_workbook_that_is_none_are_refused(tmp_path: Path) -> None:
    assert ".xlsx" in refusal(text_file(tmp_path, "a.xls", "x"))
    assert "noe annet" in refusal(text_file(tmp_path, "a.xlsx", "tekst"))


def test_nvivo_paragraphs_with_stamps(tmp_path: Path) -> None:
    for shape in ("[{0}]", "#{0}#", "{0}"):
        text = f"{shape.format('0:00.0')} Intervjuer: Hva?\n{shape.format('1:05.2')} Informant 1: Ja.\n"
        transcript = read_source(text_file(tmp_path, "a.txt", text))
        assert said(transcript) == [("Intervjuer", "Hva?"), ("Informant 1", "Ja.")], shape
        assert [turn.start_ms for turn in transcript.turns] == [0, 65_200]
    unnamed = read_source(text_file(tmp_path, "b.txt", "#0:00.0# Hva?\n#1:05.2# Ja.\n"))
    assert times(unnamed) == [(0, None), (65_200, None)]


HEADED: list[Paragraph] = [
    ("Title", "Intervju 4"),
    ("Heading 1", "Bakgrunn"),
    ("Heading 2", "Kari Nordmann"),
    "Hva gjør du?",
    ("Heading 2", "Åse Dahl"),
    "Jeg er lærer.",
    "Og mor.",
    ("Heading 1", "Avslutning"),
    ("Heading 2", "Kari Nordmann"),
    "Noe mer?",
    ("Heading 2", "Åse Dahl"),
    "Nei.",
]


def test_speakers_in_headings(tmp_path: Path) -> None:
    transcript = read_source(word(tmp_path, HEADED))
    assert said(transcript) == [
        ("Kari Nordmann", "Hva gjør du?"),
        ("Åse Dahl", "Jeg er lærer.\nOg mor."),
        ("Kari Nordmann", "Noe mer?"),
        ("Åse Dahl", "Nei."),
    ]
    assert any(note.doubtful and "«Kari Nordmann», «Åse Dahl»" in note.message for note in transcript.notes)
    rejected = read_source(word(tmp_path, HEADED), ReadOptions(rejected_labels=frozenset({"Åse Dahl"})))
    assert rejected.speakers == ("Kari Nordmann",)


def test_numbered_voices_in_headings_need_no_question(tmp_path: Path) -> None:
    paragraphs: list[Paragraph] = [("Heading 3", "Person 1"), "Fortell.", ("Heading 3", "Person 2"), "Ja."] * 2
    transcript = read_source(word(tmp_path, paragraphs))
    assert transcript.speakers == ("Person 1", "Person 2") and len(transcript.turns) == 4


def test_recurring_headings_of_a_report_are_no_speakers(tmp_path: Path) -> None:
    report: list[Paragraph] = []
    for place in ("Elvestrand", "Furuvik", "Lunden"):
        report += [
            ("Heading 1", place),
            ("Heading 2", "Botilbud"),
            "Det mangler.",
            ("Heading 2", "Naboene"),
            "Stramt.",
        ]
    assert read_source(word(tmp_path, report)).turns == ()
    labelled: list[Paragraph] = []
    for place in ("Elvestrand", "Furuvik"):
        labelled += [("Heading 1", place), "Intervjuer: Hva?", "Informant: Ja?", "Intervjuer: Så?", "Informant: Nei."]
    assert read_source(word(tmp_path, labelled * 2)).speakers == ("Intervjuer", "Informant")


def test_offsets_hold_where_letters_are_composed(tmp_path: Path) -> None:
    rows = [NVIVO[0], ["0:01", "Pa\u030a øya", "A\u030ase"], ["0:02", "ja\u00ad da", "Kari"]]
    assert said(read_source(word(tmp_path, ["Sa\u030a"], rows))) == [("Åse", "På øya"), ("Kari", "ja da")]


CELLS = st.sampled_from(
    [
        "Timespan",
        "Content",
        "Speaker",
        "start",
        "end",
        "text",
        "0:01",
        "0:02 - 0:05",
        "75",
        "1",
        "2.5",
        "Ja",
        "I",
        "",
        "x\ny",
    ]
)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6)


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_any_table_has_columns_or_none(rows: list[list[str]]) -> None:
    columns = columns_of(rows)
    if columns is None:
        return
    found, unread = read_rows(rows, columns)
    assert all(row.content.strip() for row in found)
    assert unread is None or columns.first_row <= unread < len(rows)
    assert all(row.end_ms is None or (row.start_ms or 0) <= row.end_ms for row in found)


@given(TABLES, st.sampled_from(["a.csv", "a.tsv"]))
@settings(max_examples=60, deadline=None)
def test_any_table_file_is_a_transcript_or_a_refusal(rows: list[list[str]], name: str) -> None:
    data = "\n".join("\t".join(row) for row in rows).encode()
    check(lambda: timed_table.read(Path(name), data, ReadOptions()))


@given(st.binary(max_size=80), st.sampled_from(["a.csv", "a.tsv", "a.xlsx"]))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_a_table_or_a_refusal(data: bytes, name: str) -> None:
    check(lambda: timed_table.read(Path(name), data, ReadOptions()))


def check(read: object) -> None:
    assert callable(read)
    try:
        transcript = read()
    except UnreadableSource:
        return
    reached = 0
    for turn in transcript.turns:
        assert reached <= turn.label_start <= turn.start < turn.end <= len(transcript.text)
        reached = turn.end


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return word(tmp_path_factory.mktemp("hel"), HEADED[:6], NVIVO).read_bytes()


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_a_damaged_document_is_a_transcript_or_a_refusal(whole: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=4)) + whole[place + data.draw(st.integers(0, 4)) :]
    check(lambda: word_reader.read(Path("a.docx"), damaged, ReadOptions()))

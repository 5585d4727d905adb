"""The door, plain text and the gathering of files."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from corpus.reading import SUFFIXES, find_sources, read_source

INTERVIEW = "Intervju\n\nIntervjuer: Hva gjør du?\n\nInformant 1: Jeg er lærer.\nKl. 10:30: da begynner det.\n"


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refusal(path: Path, options: ReadOptions | None = None) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_source(path, options or ReadOptions())
    assert str(caught.value).startswith(path.name)
    return caught.value.reason


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def test_a_text_file_is_read_with_its_turns(tmp_path: Path) -> None:
    transcript = read_source(write(tmp_path / "Intervju.TXT", INTERVIEW))
    assert transcript.text == INTERVIEW
    assert transcript.kind == "transcript"
    assert transcript.speakers == ("Intervjuer", "Informant 1")
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns] == [
        "Hva gjør du?",
        "Jeg er lærer.\nKl. 10:30: da begynner det.",
    ]
    assert transcript.warnings == ()


def test_markdown_keeps_its_marks(tmp_path: Path) -> None:
    transcript = read_source(write(tmp_path / "a.md", "# Intervju\n\n**I:** Hei?\n\n**R:** *Ja*.\n"))
    assert transcript.text.startswith("# Intervju")
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns] == ["Hei?", "*Ja*."]


def test_the_researchers_word_on_the_kind_stands(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Bare notater fra besøket.\n")
    assert read_source(path).kind == "notes"
    assert read_source(path, ReadOptions(kind="minutes")).kind == "minutes"


def test_the_encoding_is_told(tmp_path: Path) -> None:
    transcript = read_source(write(tmp_path / "a.txt", "Intervjuer: På øya?\nInformant: Ja.".encode("cp1252")))
    assert transcript.encoding == "cp1252"
    assert transcript.text.startswith("Intervjuer: På øya?")
    assert any("cp1252" in warning for warning in transcript.warnings)


def test_text_encoded_twice_is_noted_for_every_format(tmp_path: Path) -> None:
    page = "<html><body><p>Vi mÃ¥ Ã¸ve.</p></body></html>"
    transcript = read_source(write(tmp_path / "a.html", page))
    note = next(note for note in transcript.notes if note.doubtful)
    assert transcript.text[note.start :].startswith("Ã¥")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "PDF-dokument.*\\.pdf"),
        ("a.txt", zipped(**{"word__document_xml": "<a/>", "[Content_Types]_xml": "<a/>"}), "Word-dokument.*\\.docx"),
        ("a.md", zipped(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument.*\\.odt"),
        ("a.txt", zipped(noe="x"), "arkiv"),
        ("a.txt", b"{\\rtf1 hei}", "RTF.*\\.rtf"),
        ("a.docx", b"\xef\xbb\xbfWEBVTT\n\n", "WebVTT.*\\.vtt"),
        ("a.txt", b"<!DOCTYPE html><p>hei", "nettside.*\\.html"),
        ("a.srt", b"ID3\x04\x00\x00", "opptak"),
        ("a.pdf", b"{\\rtf1 hei}", "RTF"),
        ("a.rtf", b"bare tekst", "noe annet"),
        ("a.docx", b"bare tekst", "noe annet"),
        ("a.docx", zipped(**{"xl__workbook_xml": "<a/>", "[Content_Types]_xml": "<a/>"}), "regneark"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "gamle formatet"),
    ],
)
def test_a_lying_suffix_is_found_out(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    assert re.search(told, refusal(write(tmp_path / name, data)), re.DOTALL)


@pytest.mark.parametrize("marker", ["EncryptedPackage", ""])
def test_a_docx_behind_a_password_is_said_to_be_one(tmp_path: Path, marker: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + marker.encode("utf-16-le")
    assert refusal(write(tmp_path / "a.docx", data)).startswith("Filen er passordbeskyttet")
    assert refusal(write(tmp_path / "a.txt", data)).startswith("Filen er passordbeskyttet") == bool(marker)


@pytest.mark.parametrize(
    ("name", "told"),
    [("a.doc", "lagre den som .docx"), ("a.mp3", "Transkriber"), ("a.xyz", ".docx .odt"), ("a", "ingen endelse")],
)
def test_other_formats_are_refused_with_advice(tmp_path: Path, name: str, told: str) -> None:
    path = write(tmp_path / name, "noe")
    assert told in refusal(path)
    found, refused = find_sources([path])
    assert found == [] and told in refused[0].reason


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_refused(tmp_path: Path, suffix: str) -> None:
    assert "tom" in refusal(write(tmp_path / f"a{suffix}", b""))


def test_a_file_of_blanks_is_refused(tmp_path: Path) -> None:
    assert "ingen tekst" in refusal(write(tmp_path / "a.txt", " \n\t\n"))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert "50 MB" in refusal(path)


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "finnes ikke" in refusal(tmp_path / "borte.txt")
    (tmp_path / "mappe.txt").mkdir()
    assert "mappe" in refusal(tmp_path / "mappe.txt")
    assert "låsefil" in refusal(write(tmp_path / "~$a.docx", b"x"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("1\n00:00:00,000 --> 00:00:01,000\nHei.\n\n2\n00:00:01,000 --> 00:00:02,000\nDu.\n", "undertekster"),
        ("\ufeffWEBVTT\n\n00:00.000 --> 00:01.000\nHei.\n\n00:01.000 --> 00:02.000\nDu.\n", "WebVTT"),
    ],
)
def test_subtitles_in_a_text_file_are_read_as_subtitles(tmp_path: Path, data: str, kind: str) -> None:
    transcript = read_source(write(tmp_path / "a.txt", data))
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns] == [(0, 1000), (1000, 2000)]
    assert any(".txt" in warning and kind in warning for warning in transcript.warnings)


def test_several_interviews_in_one_file_are_told_of_and_not_split(tmp_path: Path) -> None:
    part = "Intervjuer: Hva gjør du?\nInformant: Jeg er lærer.\nIntervjuer: Fint.\n"
    titled = write(tmp_path / "a.txt", f"# Intervju 1 (mars)\n{part}\nIntervju nr. 2\n{part}Intervju 3\n")
    transcript = read_source(titled)
    note = next(note for note in transcript.notes if "2 intervjuer" in note.message)
    assert note.doubtful and transcript.text[note.start :].startswith("Intervju nr. 2")
    times = [0, 200, 400, 5, 300, 10]
    spoken = "".join(f"[{second // 60:02d}:{second % 60:02d}] I: Ja?\n" for second in times)
    restarted = read_source(write(tmp_path / "b.txt", spoken + "R: Nei.\n"))
    assert any("3 intervjuer" in warning for warning in restarted.warnings)
    one = read_source(write(tmp_path / "c.txt", f"Intervju 7\n{part}Intervju 6 var bedre.\n{part}"))
    assert not any("intervjuer. Del" in warning for warning in one.warnings)


def test_the_profile_for_pdf_text_is_not_used_silently_elsewhere(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "Bare notater.\n")
    assert any("pdf-text" in warning for warning in read_source(path, ReadOptions(profile="pdf-text")).warnings)


def test_folders_are_walked_in_norwegian_order(tmp_path: Path) -> None:
    names = [
        "Østby.txt",
        "Åsen.txt",
        "Intervju 10.txt",
        "Intervju 2.txt",
        "Ærfugl.txt",
        "zebra.md",
        "under/a.txt",
        "Aa.txt",
    ]
    for name in names:
        write(tmp_path / name, "x")
    for name in (".skjult.txt", "~$a.docx", "Thumbs.db", ".git/a.txt"):
        write(tmp_path / name, "x")
    write(tmp_path / "bilde.png", "x")
    found, refused = find_sources([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "Intervju 2.txt",
        "Intervju 10.txt",
        "zebra.md",
        "Ærfugl.txt",
        "Østby.txt",
        "Aa.txt",
        "Åsen.txt",
        "under/a.txt",
    ]
    assert [error.path.name for error in refused] == ["bilde.png"]
    assert ".docx" in refused[0].reason


def test_the_programs_own_files_are_passed_over_in_folders_and_judged_by_name(tmp_path: Path) -> None:
    own = ["a.kodebenk", "a.kodebenk-wal", "a.kodebenk-shm", "a-import-2026-03-14.txt", "a-import-2026-03-14-2.txt",
           "a.qdpx.ikke-med.txt"]  # fmt: skip
    others = ["import-2026.txt", "om ikke-med.txt"]
    for name in (*own, *others):
        write(tmp_path / name, "x")
    found, refused = find_sources([tmp_path])
    assert ([path.name for path in found], refused) == (others, [])
    found, refused = find_sources([tmp_path / name for name in own])
    assert [path.name for path in found] == own[3:]
    assert [error.path.name for error in refused] == own[:3]
    assert ".qdpx .qdc" in refused[0].reason


def test_named_files_keep_their_order_and_come_once(tmp_path: Path) -> None:
    second, first = write(tmp_path / "b.txt", "x"), write(tmp_path / "a.txt", "x")
    (tmp_path / "tom").mkdir()
    found, refused = find_sources([second, first, second, tmp_path / "borte.txt", tmp_path / "tom"])
    assert found == [second, first]
    assert [error.path.name for error in refused] == ["borte.txt", "tom"]


def test_only_the_formats_own_library_is_loaded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", INTERVIEW)
    code = (
        "import sys; from pathlib import Path; from corpus.reading import read_source;"
        f"read_source(Path({str(path)!r}));"
        "print(sorted({'lxml', 'docx', 'srt', 'pypdfium2', 'striprtf', 'charset_normalizer'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"

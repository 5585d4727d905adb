"""Archives that no honest program writes, built here, and the reason each is refused with."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import archives, zip_checks
from corpus.archives import open_container, parse_part, read_part
from corpus.errors import UnreadableSource
from corpus.reading import read_source
from corpus.signatures import recognise

ENTRY = b"PK\x01\x02"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>hei</w:t></w:r></w:p></w:body></w:document>'
TYPES = ("[Content_Types].xml", b"<Types/>")
DOCUMENT = (TYPES, ("word/document.xml", MAIN.encode()))
OPEN_DOCUMENT = (
    b"<o:c xmlns:o='o' xmlns:t='t'><o:body><o:text><t:p>hei</t:p></o:text></o:body></o:c>",
    b"application/vnd.oasis.opendocument.text",
)

Members = Iterable[tuple[str | zipfile.ZipInfo, bytes]]


def pack(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data, method)
    return buffer.getvalue()


def entry(data: bytes, number: int) -> int:
    """Where the entry with this number begins in the table of contents."""
    place = -1
    for _number in range(number + 1):
        place = data.index(ENTRY, place + 1)
    return place


def changed(data: bytes, at: int, form: str, value: int) -> bytes:
    """The bytes with a number overwritten."""
    whole = bytearray(data)
    struct.pack_into(form, whole, at, value)
    return bytes(whole)


def refusal(data: bytes, name: str = "a.docx") -> str:
    with pytest.raises(UnreadableSource) as caught:
        open_container(Path(name), data)
    assert str(caught.value).startswith(name)
    return caught.value.reason


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("word/media/bilde.png")
    member.create_system = 3
    member.external_attr = 0o120777 << 16
    return member


def stating(size: int) -> bytes:
    """An archive whose member of a million bytes says that it has another size."""
    data = pack(TYPES, ("word/document.xml", b" " * 1_000_000))
    return changed(data, entry(data, 1) + 24, "<L", size)


def stored_stating(size: int) -> bytes:
    data = pack(TYPES, ("word/document.xml", b"hei"), method=zipfile.ZIP_STORED)
    return changed(data, entry(data, 1) + 24, "<L", size)


def on_each_other() -> bytes:
    """Two entries of the table of contents for the same bytes, as in the best bombs."""
    data = pack(TYPES, ("a.xml", b"a" * 50), ("b.xml", b"b" * 50))
    return changed(data, entry(data, 2) + 42, "<L", struct.unpack_from("<L", data, entry(data, 1) + 42)[0])


def on_the_directory() -> bytes:
    data = pack(TYPES, ("a.xml", b"<a/>" * 3), method=zipfile.ZIP_STORED)
    longer = changed(data, entry(data, 1) + 20, "<L", 30)
    return changed(longer, entry(data, 1) + 24, "<L", 30)


def crowd(count: int) -> bytes:
    """An archive that says it has this many empty members, without the time it takes to write them."""
    one = pack(("a", b""))
    start, end = one.index(ENTRY), one.index(b"PK\x05\x06")
    directory = one[start:end] * count
    record = bytearray(one[end:])
    struct.pack_into("<HHL", record, 8, count & 0xFFFF, count & 0xFFFF, len(directory))
    return one[:start] + directory + bytes(record)


def encrypted(bit: int) -> bytes:
    data = pack(*DOCUMENT)
    return changed(data, entry(data, 1) + 8, "<H", bit)


def method(number: int) -> bytes:
    data = pack(*DOCUMENT)
    return changed(data, entry(data, 1) + 10, "<H", number)


def elsewhere() -> bytes:
    """A table of contents that points at what is no member."""
    data = pack(TYPES, ("a.xml", b"\0" * 60), ("b.xml", b""), method=zipfile.ZIP_STORED)
    return changed(data, entry(data, 2) + 42, "<L", data.index(b"\0" * 60))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name that climbs": (lambda: pack(TYPES, ("../../etc/passwd", b"x")), r"peker ut av den \(«../../etc/passwd»\)"),
    "a name that climbs from within": (lambda: pack(TYPES, ("word/../../x", b"x")), "peker ut av den"),
    "a name that climbs by backslashes": (lambda: pack(TYPES, ("..\\..\\x", b"x")), "peker ut av den"),
    "an absolute name": (lambda: pack(TYPES, ("/etc/passwd", b"x")), "peker ut av den"),
    "a name on a share": (lambda: pack(TYPES, ("\\\\server\\x", b"x")), "peker ut av den"),
    "a name on a drive": (lambda: pack(TYPES, ("C:\\Windows\\x", b"x")), "peker ut av den"),
    "a name relative to a drive": (lambda: pack(TYPES, ("C:x", b"x")), "peker ut av den"),
    "a name with a null": (lambda: pack(TYPES, ("aXb.xml", b"x")).replace(b"aXb", b"a\0b"), "peker ut av den"),
    "a name that is none": (lambda: pack(TYPES, (zipfile.ZipInfo(""), b"x")), r"peker ut av den \(«»\)"),
    "a link": (lambda: pack(TYPES, (link(), b"/etc/passwd")), "snarvei eller spesialfil i seg .«word/media/bilde.png»"),
    "two of one name": (lambda: pack(*DOCUMENT, DOCUMENT[1]), "to deler med samme navn .«word/document.xml»"),
    "a method whose memory is not bounded": (
        lambda: pack(*DOCUMENT, method=zipfile.ZIP_LZMA),
        "pakket med en metode som ikke kan leses her",
    ),
    "an unknown method": (lambda: method(9), "pakket med en metode som ikke kan leses her"),
    "a member that is a bomb": (lambda: pack(TYPES, ("a", b" " * 6_000_000)), r"urimelig mye data \(6 MB av 6 kB\)"),
    "many members that are a bomb together": (
        lambda: pack(TYPES, *((f"{n}", b" " * 4_900_000) for n in range(5))),
        r"urimelig mye data \(24 MB av 25 kB\)",
    ),
    "a member that gives more than it says": (lambda: stating(1000), "en annen størrelse enn filen oppgir"),
    "a stored member that says less": (lambda: stored_stating(1), "en annen størrelse enn filen oppgir"),
    "a stored member that says more": (lambda: stored_stating(2000), "en annen størrelse enn filen oppgir"),
    "members on each other": (on_each_other, "ligger oppå hverandre i filen .«a.xml» og «b.xml»"),
    "a member on the table of contents": (on_the_directory, "ligger oppå innholdslisten"),
    "a member that is not there": (elsewhere, "skadet eller ufullstendig"),
    "a hundred thousand members": (lambda: crowd(100_000), "mer enn 10000 deler"),
    "a member behind a password": (lambda: encrypted(0x1), "passordbeskyttet"),
    "a member behind a strong password": (lambda: encrypted(0x40), "passordbeskyttet"),
    "a member behind AES": (lambda: method(99), "passordbeskyttet"),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_archive_is_refused_with_what_was_found(shape: str) -> None:
    build, reason = HOSTILE[shape]
    with pytest.raises(UnreadableSource, match=reason):
        open_container(Path("prosjekt.qdpx"), build())


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_the_readers_of_documents_open_archives_by_this_door(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    content, media = OPEN_DOCUMENT
    honest = DOCUMENT if suffix == ".docx" else (("mimetype", media), ("content.xml", content))
    path.write_bytes(pack(*honest))
    assert read_source(path).text == "hei\n"
    path.write_bytes(pack(*honest, ("../x", b"")))
    with pytest.raises(UnreadableSource, match="peker ut av den"):
        read_source(path)


def test_what_terminals_obey_in_a_name_is_not_shown() -> None:
    reason = refusal(pack(TYPES, ("../\x1b[2J" + "x" * 200, b"")))
    assert "\x1b" not in reason and "../\ufffd[2J" in reason and len(reason) < 250


def test_a_crowd_is_refused_before_any_entry_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError("the entries were taken in")

    monkeypatch.setattr(archives, "Container", never)
    assert "mer enn 10000 deler" in refusal(crowd(100_000))


def test_a_crowd_is_known_as_an_archive_before_any_entry_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError("the entries were taken in")

    data = crowd(10_001)
    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert recognise(data) == "archive"


@pytest.mark.parametrize(
    ("method", "kind"),
    [(zipfile.ZIP_STORED, "epub"), (zipfile.ZIP_DEFLATED, "epub"), (zipfile.ZIP_BZIP2, "archive"), (zipfile.ZIP_LZMA, "archive")],
)  # fmt: skip
def test_what_an_archive_says_of_itself_is_read_only_where_it_can_be_bounded(method: int, kind: str) -> None:
    assert recognise(pack(("mimetype", b"application/epub+zip" + b" " * 5_000), method=method)) == kind


def test_as_many_members_as_allowed_are_counted_and_no_more() -> None:
    assert zip_checks.too_many(crowd(10_000)) == ""
    assert zip_checks.too_many(crowd(10_001))


@settings(max_examples=40, derandomize=True)
@given(
    names=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), max_size=6, unique=True),
    comment=st.binary(max_size=30),
    before=st.binary(max_size=5),
    large=st.booleans(),
)
def test_entries_are_found_where_zipfile_finds_them(
    names: list[str], comment: bytes, before: bytes, large: bool
) -> None:
    buffer = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1 if large else 65_535)
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.comment = comment
            for name in names:
                archive.writestr(name, b"x")
    data = before + buffer.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(list(zip_checks._entries(data))) == len(archive.infolist())


@settings(max_examples=60, derandomize=True)
@given(st.text(st.sampled_from("./\\:aC\0"), max_size=8))
def test_a_name_that_leads_out_as_a_path_anywhere_is_found(name: str) -> None:
    path = PureWindowsPath(name)
    out = not name or path.anchor != "" or ".." in path.parts or "\0" in name
    assert zip_checks.leads_out(name) == out or (not out and ":" in name)


def test_names_that_honest_programs_write_are_let_through() -> None:
    honest = ("Sources\\intervju 1.txt", "./a.xml", "Sources/", "..a/b..c", "Källa.txt", "mappe.../a")
    with open_container(Path("a.qdpx"), pack(*((name, b"") for name in honest))) as archive:
        assert len(archive.infolist()) == len(honest)


def test_a_large_archive_of_recordings_may_unpack_to_its_own_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_checks, "MOST_BYTES", 1000)
    packed = bytes(range(256)) * 10
    open_container(Path("a.qdpx"), pack(("Sources/film.mp4", packed), method=zipfile.ZIP_STORED))
    assert "urimelig mye" in refusal(pack(("a.xml", packed)))


def test_a_document_in_a_project_is_opened_and_an_archive_in_a_project_is_not() -> None:
    document, bare = pack(*DOCUMENT), pack(("Project.qde", b"<a/>"))
    with open_container(Path("a.qdpx"), pack(("Sources/a.docx", document), ("b.zip", bare))) as project:
        inner = read_part(Path("a.qdpx"), project, "Sources/a.docx")
        assert inner is not None
        for _time in range(2):
            with open_container(Path("a.docx"), inner) as opened:
                assert parse_part(Path("a.docx"), opened, "word/document.xml") is not None
                assert "arkiv inni filen («b.docx») blir ikke åpnet" in refusal(document, "b.docx")
        assert "arkiv inni filen («b.zip») blir ikke åpnet" in refusal(bare, "b.zip")
    with open_container(Path("b.qdpx"), bare) as project:
        assert project.namelist() == ["Project.qde"]


def test_what_the_documents_of_a_project_unpack_to_is_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    document = pack(*DOCUMENT)
    size = len(TYPES[1]) + len(MAIN)
    monkeypatch.setattr(archives, "_MOST_INSIDE", 2 * size)
    for _project in range(2):
        with open_container(Path("a.qdpx"), pack(("Project.qde", b"<a/>"))):
            for _document in range(2):
                open_container(Path("a.docx"), document).close()
            assert "urimelig mye data til sammen" in refusal(document)


def test_a_damaged_part_is_refused_by_name_when_it_is_read() -> None:
    data = pack(TYPES, ("word/document.xml", MAIN.encode()), method=zipfile.ZIP_STORED)
    with open_container(Path("a.docx"), data.replace(b"hei", b"hxi")) as archive:
        assert read_part(Path("a.docx"), archive, "word/styles.xml") is None
        with pytest.raises(UnreadableSource, match=r"skadet \(word/document.xml\)"):
            read_part(Path("a.docx"), archive, "word/document.xml")

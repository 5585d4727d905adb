"""What a file is, told by its first bytes and not by its name."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from gettext import gettext as _

from corpus.zip_checks import too_many

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    IndexError,
)
"""What the zipfile module raises on damaged archives (found by damaging some)."""

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_DOCUMENT = "WordDocument".encode("utf-16-le")

_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"ID3\x03", "recording"),
    (b"ID3\x04", "recording"),
    (b"fLaC\0", "recording"),
    (b"OggS\0", "recording"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
)
_OLE_BEGINNING = b"\xd0\xcf\x11\xe0"


def recognise(data: bytes) -> str:
    """What the bytes are: `pdf`, `docx` or another key of `kind_name`; empty without a signature, as plain text is.

    `locked` is an Office file behind a password; `ole` an old Office container that does not say which it is.
    """
    if data.startswith(_OLE_BEGINNING):
        if _ENCRYPTED_PACKAGE in data:
            return "locked"
        return "doc" if _WORD_DOCUMENT in data else "ole"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI ")):
        return "recording"
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    found = next((kind for beginning, kind in _BEGINNINGS if start.startswith(beginning)), "")
    if found:
        return found
    if start.startswith(b"WEBVTT"):
        return "webvtt"
    return "html" if start.lower().startswith((b"<!doctype html", b"<html")) else ""


def kind_name(kind: str) -> str:
    """The kind in Norwegian, as it stands in a sentence: *et PDF-dokument*."""
    names = {
        "pdf": _("et PDF-dokument"),
        "rtf": _("et RTF-dokument"),
        "docx": _("et Word-dokument"),
        "odt": _("et OpenDocument-dokument"),
        "xlsx": _("et regneark"),
        "pptx": _("en presentasjon"),
        "epub": _("en e-bok"),
        "archive": _("et komprimert arkiv"),
        "doc": _("et Word-dokument i det gamle formatet"),
        "locked": _("et passordbeskyttet Office-dokument"),
        "ole": _("et gammelt eller passordbeskyttet Office-dokument"),
        "sqlite": _("en database"),
        "image": _("et bilde"),
        "recording": _("et opptak"),
        "webvtt": _("en WebVTT-fil"),
        "html": _("en nettside"),
    }
    return names[kind]


def locked_reason() -> str:
    """Why a file behind a password is refused, and what to do."""
    return _("Filen er passordbeskyttet. Åpne den, fjern passordet, lagre en kopi og importer kopien.")


def suffix_for(kind: str) -> str:
    """The suffix under which the kind can be read, or empty when it cannot."""
    readable = {
        "pdf": ".pdf",
        "rtf": ".rtf",
        "docx": ".docx",
        "odt": ".odt",
        "xlsx": ".xlsx",
        "webvtt": ".vtt",
        "html": ".html",
    }
    return readable.get(kind, "")


def _zipped(data: bytes) -> str:
    if too_many(data):
        return "archive"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            media = _media_type(archive) if "mimetype" in names else b""
    except ZIP_ERRORS:
        return "archive"
    if media.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if media.startswith(b"application/epub"):
        return "epub"
    folders = {name.partition("/")[0] for name in names}
    return next((kind for folder, kind in _OFFICE if folder in folders and "[Content_Types].xml" in names), "archive")


_OFFICE = (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx"))


def _media_type(archive: zipfile.ZipFile) -> bytes:
    """The beginning of what the archive says of itself; empty where it is packed by a method that cannot be bounded."""
    if archive.getinfo("mimetype").compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with archive.open("mimetype") as part:
        return part.read(100)

"""Which tool a file is from, told by its name and what lies in it, and the reader for it."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path

from corpus.errors import UnreadableSource
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import Bundle
from workbench.errors import Refusal
from workbench.services.interchange.giving import bundle_of
from workbench.services.interchange.wanted import Wanted
from workbench.services.projects import SUFFIX
from workbench.store.connection import damage_in_plain_words
from workbench.store.project import open_project

PROJECT_SUFFIXES = (".qdpx", ".qdc", ".qda", ".rqda", ".sqlite3", ".sqlite", ".db", SUFFIX)
"""What a project of another tool, or another project of ours, is called. QualCoder's is a folder with `data.qda` in it."""
CODEBOOK_SUFFIXES = (".qdc", ".csv", ".tsv", ".txt", ".xlsx", ".docx")
"""What a codebook alone can be read from, besides our own YAML."""

_MOST_BYTES = 2_000_000_000
_QUALCODER_DATABASE = "data.qda"
_SQLITE = b"SQLite format 3\0"
_ARCHIVE = b"PK"
_TABLES: Mapping[str, frozenset[str]] = {
    "taguette": frozenset({"projects", "highlights", "highlight_tags"}),
    "qualcoder": frozenset({"code_name", "code_text"}),
    "rqda": frozenset({"freecode", "codecat"}),
    "kodebenk": frozenset({"change", "text_blob"}),
    "flat": frozenset({"column_descriptions", "codings"}),
}
"""Tables by which a database is told to be a tool's."""
_BY_SUFFIX: Mapping[str, str] = {".rqda": "rqda", ".qda": "qualcoder"}


def is_project(path: Path) -> bool:
    """Whether a path is a project, by its name alone; a folder is one when QualCoder's database lies in it."""
    if path.is_dir():
        return (path / _QUALCODER_DATABASE).is_file()
    return path.suffix.lower() in PROJECT_SUFFIXES


def is_codebook(path: Path) -> bool:
    """Whether a path is another tool's codebook or a list of codes, by its name alone."""
    return path.suffix.lower() in CODEBOOK_SUFFIXES


def read_project(path: Path) -> tuple[Bundle, ...]:
    """The projects in a file; several only in Taguette's, which may hold many.

    Raises:
        Refusal: naming the file, the cause and the next step.
    """
    suffix = path.suffix.lower()
    if not path.is_dir() and suffix not in PROJECT_SUFFIXES:
        raise Refusal(
            _("«{file}» er ikke et prosjekt som kan leses. Kjente endelser: {known}.").format(
                file=path.name, known=" ".join(PROJECT_SUFFIXES)
            )
        )
    try:
        if suffix == SUFFIX and not path.is_dir():
            return (read_own(path),)
        if path.is_dir() or path.name == _QUALCODER_DATABASE:
            return _read_qualcoder(path)
        if suffix in (".qdpx", ".qdc"):
            return (_read_refi(path, suffix),)
        return _read_database(path, suffix)
    except (UnreadableProject, UnreadableSource) as error:
        raise Refusal(str(error)) from None


def _read_database(path: Path, suffix: str) -> tuple[Bundle, ...]:
    """A file that is SQLite's, whoever wrote it: the tables tell, and only where they do not, the name."""
    from exports.interchange import rqda, taguette

    data = _bytes(path)
    tool = _by_tables(path, data) or _BY_SUFFIX.get(suffix, "taguette")
    if tool == "kodebenk":
        raise UnreadableProject(path, _("Filen er et Kodebenk-prosjekt. Gi den endelsen .kodebenk og prøv igjen."))
    if tool == "flat":
        reason = _("Dette er Kodebenks egen SQLite-eksport, som bare går ut. Importer .qdpx eller .kodebenk i stedet.")
        raise UnreadableProject(path, reason)
    if tool == "qualcoder":
        return _read_qualcoder(path)
    return (rqda.read(path, data),) if tool == "rqda" else taguette.read(path, data)


def _by_tables(path: Path, data: bytes) -> str:
    from exports.interchange.databases import open_database

    if not data.startswith(_SQLITE):
        return ""
    with open_database(path, data, required={}, tool=_("verktøyet")) as database:
        return next((tool for tool, tables in _TABLES.items() if tables <= set(database.tables)), "")


def _read_qualcoder(path: Path) -> tuple[Bundle, ...]:
    from exports.interchange.qualcoder import read_folder

    return (read_folder(path),)


def read_codebook_file(path: Path) -> Bundle:
    """A codebook alone, from another tool or a list.

    Raises:
        Refusal: naming the file, the cause and the next step.
    """
    try:
        if path.suffix.lower() == ".qdc":
            return _read_refi(path, ".qdc")
        from exports.interchange.codelists.shapes import read_codelist

        return read_codelist(path, _bytes(path))
    except (UnreadableProject, UnreadableSource) as error:
        raise Refusal(str(error)) from None


def read_own(path: Path) -> Bundle:
    """Another project of ours, opened so that not a byte of it is touched.

    Raises:
        CannotOpen: if it is no project, it is damaged, or a newer Kodebenk wrote it.
    """
    with damage_in_plain_words(path):
        project = open_project(path, coder="", readonly=True)
        try:
            return bundle_of(project, Wanted(signals=True, originals=True, withdrawn=False))
        finally:
            project.close()


def _read_refi(path: Path, suffix: str) -> Bundle:
    """A project or a codebook of the exchange standard: the one is an archive, the other is not, whatever it is called."""
    data = _bytes(path)
    if data.startswith(_ARCHIVE) or (suffix == ".qdpx" and not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<"))):
        from exports.interchange.refi.reading import read_qdpx

        return read_qdpx(path, data)
    from exports.interchange.refi.codebook import read_qdc

    return read_qdc(path, data)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableProject(path, _("Filen er urimelig stor og blir ikke lest."))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableProject(path, _("Filen finnes ikke. Sjekk navnet og mappen.")) from error
    except OSError as error:
        reason = _("Filen kan ikke leses ({cause}). Sjekk disken eller nettverket.")
        raise UnreadableProject(path, reason.format(cause=error.strerror or type(error).__name__)) from error
    if not data:
        raise UnreadableProject(path, _("Filen er tom."))
    return data

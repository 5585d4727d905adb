"""What a chosen file is: a project, a codebook, a survey's answers or a text; and what else it may be, where that is open."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Literal

from corpus.errors import Remedy, UnreadableSource
from corpus.reading import find_sources
from exports.interchange.model import Bundle
from workbench.errors import Refusal
from workbench.services.importing import Reading, read_file
from workbench.services.interchange import formats
from workbench.services.survey.tables import Sheet, look

Kind = Literal["project", "codebook", "survey", "text"]

ONLY_TABLES = (".sav", ".zsav")
"""What is never a transcript, and may be a survey's answers."""
YAML = (".yaml", ".yml")
"""What our own codebooks are kept in."""
_TABLES = (".xlsx", ".csv", ".tsv")
_TYPED = (".docx", ".txt")
"""What texts and codebooks are written in alike."""
_IN_FOLDERS = (".qdpx", ".qdc", ".rqda", ".qda")
"""Projects that are taken from a folder without being pointed at; other endings may be anything."""
_BEGINNING_OF_A_DATABASE = 1_000_000
"""Bytes; the names of tables stand in the first pages, which were written when it was made."""
_CALLED_CODES = re.compile(r"(?i)kode(?:r|bok|liste)|code(?:s|book|list)\b")
_FEW_CODES = 3
_BEGINNING = 200
"""Characters in which a document says what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A file with all that it can be read as, the likeliest first; with no kind at all it is refused."""

    path: Path
    kinds: tuple[Kind, ...] = ()
    doubtful: bool = False
    """Whether the researcher must say which of the kinds it is."""
    reading: Reading | None = None
    codes: Bundle | None = None
    """Of a codebook from elsewhere; our own YAML is read when it is taken in."""
    sheets: tuple[Sheet, ...] = ()
    reason: str = ""
    """Why it is refused, or cannot be read as what it seems to be."""
    remedy: Remedy = ""
    """What lets a text come in that cannot be read as what it seems to be."""


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """Every file to look at, and those refused by their names with the reason; a folder gives what lies in it."""
    found: dict[Path, None] = {}
    refused: list[tuple[Path, str]] = []
    for path in paths:
        if _known_by_name(path):
            found.setdefault(path)
            continue
        projects = _projects_in(path)
        files, refusals = find_sources([path])
        inside = [each for each in files if not any(project in each.parents for project in projects)]
        found.update(dict.fromkeys([*projects, *inside]))
        refused += [
            (each.path, each.reason)
            for each in refusals
            if each.path not in projects
            and not any(project in each.path.parents for project in projects)
            and not (each.path == path and projects)
        ]
    return list(found), refused


def recognise(path: Path) -> Recognised:
    """Read a file as everything it may be, so that nothing of it needs to be guessed from its name alone.

    Projects are told by their names and not read: they may be large, and are read when their turn has come.
    """
    suffix = path.suffix.lower()
    if formats.is_project(path):
        return Recognised(path=path, kinds=("project",))
    if suffix in YAML:
        return Recognised(path=path, kinds=("codebook",))
    if suffix in ONLY_TABLES:
        try:
            return Recognised(path=path, kinds=("survey",), sheets=look(path))
        except Refusal as error:
            return Recognised(path=path, reason=str(error))
    try:
        reading = read_file(path)
    except UnreadableSource as error:
        seen = _as_table(path, error.reason)
        if error.remedy and not seen.kinds:
            return Recognised(path=path, kinds=("text",), reason=error.reason, remedy=error.remedy)
        return seen
    if suffix in _TYPED and not reading.transcript.speakers and (codes := _codes_in(path)) and _is_list(reading, codes):
        kinds: tuple[Kind, ...] = ("codebook", "text") if _CALLED_CODES.search(path.stem) else ("text", "codebook")
        return Recognised(path=path, kinds=kinds, doubtful=True, reading=reading, codes=codes)
    return Recognised(path=path, kinds=("text",), reading=reading)


def is_called_codebook(path: Path) -> bool:
    """Whether a Word or text file is by its name a codebook, and may be one by what lies in it too."""
    if path.suffix.lower() not in _TYPED or not _CALLED_CODES.search(path.stem):
        return False
    return recognise(path).kinds[:1] == ("codebook",)


def _known_by_name(path: Path) -> bool:
    return formats.is_project(path) or (not path.is_dir() and path.suffix.lower() in (*YAML, *ONLY_TABLES))


def _projects_in(folder: Path) -> list[Path]:
    """Projects of other tools that lie in a folder, at all depths; our own lie beside their material, and are no material."""
    if not folder.is_dir():
        return []
    found = []
    for parent, folders, names in os.walk(folder):
        inner = [Path(parent, name) for name in sorted(folders) if not name.startswith(".")]
        found += [each for each in inner if formats.is_project(each)]
        folders[:] = [each.name for each in inner if not formats.is_project(each)]
        found += [
            Path(parent, name)
            for name in sorted(names)
            if not name.startswith(".")
            and (Path(name).suffix.lower() in _IN_FOLDERS or _is_taguette(Path(parent, name)))
        ]
    return found


def _is_taguette(path: Path) -> bool:
    """Whether a database in a folder is Taguette's, by a table that its first pages name."""
    if path.suffix.lower() != ".sqlite3":
        return False
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING_OF_A_DATABASE)
    except OSError:
        return False  # it is refused by its name, as any other database
    return beginning.startswith(b"SQLite format 3\0") and b"CREATE TABLE highlight_tags" in beginning


def _as_table(path: Path, reason: str) -> Recognised:
    """A file that is no transcript: a list of codes, a survey's answers, either, or refused for the reason given."""
    if path.suffix.lower() not in _TABLES:
        return Recognised(path=path, reason=reason)
    codes, sheets = _codes_in(path), _survey_in(path)
    if codes is not None and all(each.name.strip().isdigit() for each in codes.codes):
        codes = None
    kinds: tuple[Kind, ...] = ()
    if codes is not None:
        kinds += ("codebook",)
    if sheets:
        kinds += ("survey",)
    if not kinds:
        return Recognised(path=path, reason=reason)
    # A list of codes in which every column is understood is one; its definitions look like answers all the same.
    doubtful = len(kinds) > 1 and codes is not None and not _understood(codes)
    return Recognised(path=path, kinds=kinds, doubtful=doubtful, codes=codes, sheets=sheets)


def _codes_in(path: Path) -> Bundle | None:
    """The codes of a file that is a list of them."""
    try:
        found = formats.read_codebook_file(path)
    except Refusal:
        return None
    return found if found.codes else None


def _understood(codes: Bundle) -> bool:
    """Whether nothing in the list was left unread."""
    return all(loss.mended for loss in codes.losses)


def _is_list(reading: Reading, codes: Bundle) -> bool:
    """Whether a text may be meant as a list of codes: any lines of a text file can be read as one."""
    if _CALLED_CODES.search(reading.path.stem):
        return True
    if reading.path.suffix.lower() == ".txt" or len(codes.codes) < _FEW_CODES:
        return False
    return _understood(codes) or _CALLED_CODES.search(reading.transcript.text[:_BEGINNING]) is not None


def _survey_in(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file that may be a survey's answers; none when no column holds any."""
    try:
        sheets = look(path)
    except Refusal:
        return ()
    return sheets if any(guess.role == "question" for sheet in sheets for guess in sheet.guesses) else ()


def kind_words() -> dict[Kind, str]:
    """What each kind is called."""
    return {
        "project": _("prosjekt fra et annet verktøy"),
        "codebook": _("kodebok"),
        "survey": _("svar fra en spørreundersøkelse"),
        "text": _("tekst"),
    }

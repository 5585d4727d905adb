"""Zipped documents and projects opened with suspicion: what no honest program writes is refused with its reason.

The table of contents is judged before anything is unpacked (`corpus.zip_checks`), XML before and while it is parsed
(`corpus.safe_xml`). A document inside a project is opened by its own reader while the project is open; what all of them
unpack to is counted together, and an archive inside them is not opened.
"""

from __future__ import annotations

import io
import zipfile
from contextvars import ContextVar, Token
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import Self

from lxml import etree

from corpus.errors import UnreadableSource
from corpus.safe_xml import MOST_BYTES as MOST_XML_BYTES
from corpus.safe_xml import damaged_reason, parse_xml
from corpus.signatures import ZIP_ERRORS, locked_reason
from corpus.zip_checks import encrypted, lying, odd_member, overlapping, shown, too_many, unreasonable

_MOST_INSIDE = 1_000_000_000
"""What all documents inside one project may unpack to, in bytes."""
_DEEPEST = 2
"""A document in a project; an archive in that document is one too many."""
_DOCUMENT_MARKS = ("[Content_Types].xml", "mimetype")


@dataclass(slots=True)
class _Enclosing:
    """How many archives are open now, each in the one before, and the bytes that documents in them may still take."""

    left: int
    depth: int = 0


_OPEN: ContextVar[_Enclosing | None] = ContextVar("open_archives", default=None)


class Container(zipfile.ZipFile):
    """An archive whose table of contents has been found harmless; inside `with`, others opened count as inside it."""

    _before: Token[_Enclosing | None]

    def __enter__(self) -> Self:
        outer = _OPEN.get()
        if outer is None:
            self._before = _OPEN.set(_Enclosing(left=_MOST_INSIDE, depth=1))
        else:
            outer.depth += 1
            self._before = _OPEN.set(outer)
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        enclosing = _OPEN.get()
        if enclosing is not None:
            enclosing.depth -= 1
        _OPEN.reset(self._before)
        super().__exit__(kind, error, trace)


def open_container(path: Path, data: bytes) -> Container:
    """The archive, once its table of contents has been found harmless.

    Args:
        path: the file, named in refusals; for a document inside a project, the project or the document's own name.
        data: the whole archive.

    Raises:
        UnreadableSource: if it is damaged or encrypted, would unpack to far more than it should, lies about its sizes, has
            members that overlap or whose names lead out of it, or is an archive inside an archive.
    """
    reason = too_many(data)
    if reason:
        raise UnreadableSource(path, reason)
    try:
        archive = Container(io.BytesIO(data))
        members = archive.infolist()
        if encrypted(members):
            raise UnreadableSource(path, locked_reason())
        reason = (
            odd_member(members)
            or unreasonable(data, members)
            or overlapping(data, members)
            or lying(data, members)
            or _nested(path, members)
        )
    except ZIP_ERRORS as error:
        reason = _("Filen er skadet eller ufullstendig. Åpne den i programmet den kom fra og lagre den på nytt.")
        raise UnreadableSource(path, reason) from error
    if reason:
        raise UnreadableSource(path, reason)
    return archive


def read_part(path: Path, archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a part, or None when the archive has no such part.

    Raises:
        UnreadableSource: if the part is damaged.
    """
    try:
        return archive.read(name)
    except KeyError:
        return None
    except ZIP_ERRORS as error:
        raise UnreadableSource(path, damaged_reason(name)) from error


def parse_part(path: Path, archive: zipfile.ZipFile, name: str, *, most: int = MOST_XML_BYTES) -> etree._Element | None:
    """The root element of an XML part, or None when the archive has no such part; `most` is its size limit in bytes.

    Raises:
        UnreadableSource: if the part is damaged or too large, or declares a document type (no office program does).
    """
    data = read_part(path, archive, name)
    return None if data is None else parse_xml(path, data, name, most=most)


def _nested(path: Path, members: list[zipfile.ZipInfo]) -> str:
    """Why an archive that lies in another is not opened; a document in a project is, and draws on what is left."""
    enclosing = _OPEN.get()
    if enclosing is None:
        return ""
    names = {member.filename for member in members}
    if enclosing.depth >= _DEEPEST or not names.intersection(_DOCUMENT_MARKS):
        reason = _("Et arkiv inni filen («{name}») blir ikke åpnet. Pakk det ut og importer filene i det hver for seg.")
        return reason.format(name=shown(path.name))
    enclosing.left -= sum(member.file_size for member in members)
    if enclosing.left < 0:
        reason = _(
            "Dokumentene inni filen pakkes ut til urimelig mye data til sammen (mer enn {limit} MB). "
            "Importer dokumentene hver for seg."
        )
        return reason.format(limit=_MOST_INSIDE // 1_000_000)
    return ""

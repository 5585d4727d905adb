"""Zipped documents (.docx, .odt) opened with suspicion: bombs, encryption and foreign XML are refused."""

from __future__ import annotations

import io
import zipfile
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from corpus.errors import UnreadableSource
from corpus.signatures import ZIP_ERRORS, locked_reason

_MOST_MEMBERS = 10_000
_MOST_BYTES = 400_000_000
_MOST_RATIO = 200
"""Unpacked bytes per packed byte; Word's own XML stays below 60 by experience, a bomb nears 1000."""
_RATIO_FROM = 5_000_000
"""Unpacked size below which a high ratio is harmless."""


def open_container(path: Path, data: bytes) -> zipfile.ZipFile:
    """The archive, once its table of contents has been found harmless.

    Raises:
        UnreadableSource: if it is damaged, encrypted, or would unpack to far more than it should.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        reason = _("Filen er skadet eller ufullstendig. Åpne den i programmet den kom fra og lagre den på nytt.")
        raise UnreadableSource(path, reason) from error
    members = archive.infolist()
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableSource(path, locked_reason())
    total = sum(member.file_size for member in members)
    bombs = any(member.file_size > max(_RATIO_FROM, _MOST_RATIO * max(1, member.compress_size)) for member in members)
    if len(members) > _MOST_MEMBERS or total > _MOST_BYTES or bombs:
        reason = _("Filen pakkes ut til urimelig mye data og blir ikke åpnet. Lagre teksten som en ny fil uten bilder.")
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
        reason = _("Filen er skadet ({part}). Åpne den i programmet den kom fra og lagre den på nytt.")
        raise UnreadableSource(path, reason.format(part=name)) from error


def parse_part(path: Path, archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root element of an XML part, or None when the archive has no such part.

    Raises:
        UnreadableSource: if the part is damaged, or declares entities (no office program does).
    """
    data = read_part(path, archive, name)
    if data is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = _("Filen er skadet ({part}). Åpne den i programmet den kom fra og lagre den på nytt.")
        raise UnreadableSource(path, reason.format(part=name)) from error
    info = root.getroottree().docinfo
    if info is not None and info.doctype:  # type: ignore[union-attr]
        reason = _("Filen inneholder XML som ikke hører hjemme i et tekstdokument, og blir ikke åpnet.")
        raise UnreadableSource(path, reason)
    return root

"""XML from foreign files, parsed with suspicion: no entities, no addresses followed, no more than memory can hold.

A document type is refused before the parser sees it. All text reaches the parser as UTF-8, whatever the file says of
its encoding, so that nothing can hide behind an unusual one.
"""

from __future__ import annotations

import codecs
import re
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from corpus.errors import UnreadableSource
from corpus.zip_checks import shown

MOST_BYTES = 200_000_000
_MOST_MARKS = 6_000_000
"""Signs that begin tags or values: each costs the parsed tree up to some 225 bytes, however short it is in the file."""
_DECLARED = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
_ONE_BYTE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
_SIXTEEN = frozenset({"utf-16", "utf-16-le", "utf-16-be"})
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\0\0\0", b"\0\0\0<")
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))
_LIMITS = frozenset({89, 110, 114})
"""libxml2's codes for what it will not hold: entities in a ring, a name too long, depth or length."""


def parse_xml(path: Path, data: bytes, part: str, *, most: int = MOST_BYTES) -> etree._Element:
    """The root element of an XML file or of a part of one; comments and processing instructions are not in the tree.

    Args:
        path: the file, named in refusals.
        data: the XML.
        part: what the XML is called inside the file; named in refusals.
        most: bytes above which it is not parsed.

    Raises:
        UnreadableSource: if it is damaged, has a document type or an encoding that documents do not have, or is more than
            the parser should hold.
    """
    data = checked_xml(path, data, part, most=most, most_marks=_MOST_MARKS)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise unparsed(path, part, error) from error
    info = root.getroottree().docinfo
    if info is not None and info.doctype:  # type: ignore[union-attr]
        raise _refused(path, _doctype_reason(), part)
    return root


def checked_xml(path: Path, data: bytes, part: str, *, most_marks: int, most: int = MOST_BYTES) -> bytes:
    """The XML in UTF-8, once nothing in it speaks against parsing it; for those who parse it without building a tree.

    Args:
        path: the file, named in refusals.
        data: the XML.
        part: what the XML is called inside the file; named in refusals.
        most: bytes above which it is not parsed.
        most_marks: signs that begin tags or values, above which it is not parsed.

    Raises:
        UnreadableSource: if it has a document type or an encoding that documents do not have, or is too much.
    """
    if len(data) > most:
        reason = _("Delen «{part}» er på {size} MB; grensen er {limit} MB. Del innholdet på flere filer.")
        raise _refused(path, reason, part, size=len(data) // 1_000_000, limit=most // 1_000_000)
    data = _as_utf8(path, data, part)
    if _has_document_type(data):
        raise _refused(path, _doctype_reason(), part)
    if data.count(b"<") + data.count(b"=") > most_marks:
        reason = _(
            "Delen «{part}» har flere millioner XML-elementer, for mange til å leses. Del innholdet på flere filer."
        )
        raise _refused(path, reason, part)
    return data


def unparsed(path: Path, part: str, error: Exception) -> UnreadableSource:
    """The refusal of XML that the parser gave up: for its depth or length, or as damaged."""
    if isinstance(error, etree.XMLSyntaxError) and error.code in _LIMITS:  # type: ignore[attr-defined]
        reason = _(
            "Delen «{part}» er for dypt nøstet, eller har mer enn 10 MB i ett stykke, og blir ikke lest. "
            "Del innholdet på flere filer."
        )
        return _refused(path, reason, part)
    return UnreadableSource(path, damaged_reason(part))


def damaged_reason(part: str) -> str:
    """Why a file is refused for a part that cannot be read."""
    reason = _("Filen er skadet ({part}). Åpne den i programmet den kom fra og lagre den på nytt.")
    return reason.format(part=shown(part))


def _refused(path: Path, reason: str, part: str, **values: object) -> UnreadableSource:
    return UnreadableSource(path, reason.format(part=shown(part), **values))


def _doctype_reason() -> str:
    return _(
        "Filen inneholder XML med en dokumenttype (DOCTYPE) i «{part}», som ikke hører hjemme i et dokument, og blir ikke "
        "åpnet. Åpne den i programmet den kom fra og lagre den på nytt."
    )


def _as_utf8(path: Path, data: bytes, part: str) -> bytes:
    """The XML in UTF-8; what it says of its encoding is then no longer true and must not be heard."""
    encoding = _encoding(path, data, part)
    if encoding == "utf-8":
        return data
    try:
        return data.decode(encoding).removeprefix("\ufeff").encode("utf-8")
    except UnicodeError as error:
        raise UnreadableSource(path, damaged_reason(part)) from error


def _encoding(path: Path, data: bytes, part: str) -> str:
    """The encoding by byte-order mark, by the look of the first sign, or as stated; UTF-8 where nothing is said.

    Some programs on Windows state UTF-16 and write UTF-8: what the bytes look like decides.
    """
    if data.startswith(_WIDE):
        raise _encoding_refused(path, part, "UTF-32")
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    stated = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8)[:1000])
    if stated is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    name = stated.group(1).decode("ascii", "replace")
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise _encoding_refused(path, part, name) from error
    if known in _SIXTEEN:
        return "utf-8"
    if known not in _ONE_BYTE:
        raise _encoding_refused(path, part, name)
    return known


def _encoding_refused(path: Path, part: str, encoding: str) -> UnreadableSource:
    reason = _("Delen «{part}» har tegnkodingen {encoding}, som dokumenter ikke har. Lagre filen på nytt som UTF-8.")
    return _refused(path, reason, part, encoding=shown(encoding))


def _has_document_type(data: bytes) -> bool:
    """True when a document type stands before the first element, past processing instructions and comments."""
    at = 3 if data.startswith(codecs.BOM_UTF8) else 0
    while True:
        at = _past_blanks(data, at)
        for begin, end in _SKIPPED:
            if data.startswith(begin.encode(), at):
                found = data.find(end.encode(), at + len(begin))
                if found < 0:
                    return False
                at = found + len(end)
                break
        else:
            return data.startswith(b"<!", at)


def _past_blanks(data: bytes, at: int) -> int:
    while data[at : at + 1] in (b" ", b"\t", b"\r", b"\n"):
        at += 1
    return at

"""The text of a source or a note: in the XML, in a plain file, or else in a Word file."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions
from exports.interchange.refi.context import Reading
from exports.interchange.refi.package import base_name, is_external
from exports.interchange.refi.structure import child, content
from exports.packaging import printable

_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_MARKED = (*_WIDE, (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A text as its file has it: line ends are its own."""

    text: str
    had_mark: bool = False
    from_word: bool = False
    """Whether it was read from a Word file, whose plain text another tool may count otherwise."""


def read_text(reading: Reading, element: etree._Element, what: str, name: str) -> Found | None:
    """The text of an element; None, and a loss by name, when it is nowhere to be had."""
    inline = child(element, "PlainTextContent")
    plain, rich = element.get("plainTextPath") or "", element.get("richTextPath") or ""
    if rich:
        reading.package.used.add(reading.package.member(rich))
    if inline is not None:
        if plain:
            why = _("Teksten står både i prosjektfilen og som egen fil; den i prosjektfilen er brukt.")
            reading.ledger.mended(what, name, why)
            reading.package.used.add(reading.package.member(plain))
        return Found(text=content(inline))
    data = reading.package.file(plain) if plain else None
    if data is not None:
        return _decoded(reading, data, what, name)
    if rich and (data := reading.package.file(rich)) is not None:
        return _from_word(reading, data, what, name)
    reading.ledger.lost(what, name, _missing(plain or rich))
    return None


def joined_notes(texts: Iterable[str]) -> str:
    """The notes on a thing as one description of it, as XML can hold it."""
    said = (printable(text.lstrip("\ufeff")).strip() for text in texts)
    return "\n\n".join(filter(None, said))


def _missing(path: str) -> str:
    if not path:
        return _("Det står ingen tekst, og ingen tekstfil er nevnt.")
    if is_external(path):
        why = _("Teksten ligger utenfor prosjektfilen ({file}) og blir ikke hentet.")
    else:
        why = _("Tekstfilen {file} finnes ikke i prosjektfilen.")
    return why.format(file=base_name(path)[:120])


def _decoded(reading: Reading, data: bytes, what: str, name: str) -> Found | None:
    had_mark = data.startswith(codecs.BOM_UTF8)
    try:
        return Found(text=data.decode("utf-8-sig"), had_mark=had_mark)
    except UnicodeDecodeError:
        pass
    try:
        marked = next((encoding for mark, encoding in _MARKED if data.startswith(mark)), "")
        encoding = marked or decode(Path(name), data).encoding
        text = data.decode(encoding, "replace")
        had_mark = bool(marked)
    except (UnreadableSource, UnicodeDecodeError, LookupError):
        reading.ledger.lost(what, name, _("Tekstfilen er skadet, eller tegnkodingen er ukjent."))
        return None
    why = _("Tekstfilen er ikke i UTF-8, som standarden krever, men i {encoding}.").format(encoding=encoding)
    reading.ledger.mended(what, name, why)
    return Found(text=text, had_mark=had_mark)


def _from_word(reading: Reading, data: bytes, what: str, name: str) -> Found | None:
    from corpus.readers import docx  # most projects have plain text and no use for it

    try:
        text = docx.read(Path(name), data, ReadOptions()).text
    except UnreadableSource as error:
        why = _("Ren tekst mangler, og Word-filen kan ikke leses: {reason}").format(reason=error.reason)
        reading.ledger.lost(what, name, why)
        return None
    why = _("Ren tekst mangler; teksten er lest fra Word-filen, og markeringer kan ha forskjøvet seg.")
    reading.ledger.mended(what, name, why)
    return Found(text=text, from_word=True)

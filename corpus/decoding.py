"""From bytes to text by an explicit ladder of encodings; what is guessed or damaged is said.

The ladder: byte-order marks (UTF-8, UTF-16, UTF-32), UTF-8, UTF-8 with a few broken bytes, then the encodings in which
Norwegian has been saved (cp1252, Mac Roman, cp865) as long as the result reads as text, and charset-normalizer last.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import regex

from corpus.errors import UnreadableSource
from corpus.model import ImportNote
from corpus.text import normalise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER = ("mac_roman", "cp865")
_SAMPLE = 65_536
_CONTROL_BYTES = bytes([*range(9), *range(0x0E, 0x1C), 0x1F, 0x7F])
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_FOREIGN = regex.compile(r"[^\W\d_a-zA-Z]")
_WRONG_IN_WORD = regex.compile(r"(?<=\p{L})[¿¾¯Œ†›‘](?=\p{L})")
"""What æ, ø and å of Mac Roman and cp865 look like when they are read as cp1252."""
_DOUBLE = regex.compile(r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf“”˜™œ¦–]|Â[«»§°\u00a0]")
_MOST_CONTROL = 0.005
_MOST_BROKEN = 0.2
"""Broken bytes per whole multi-byte letter up to which a text is damaged UTF-8 and not another encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text as it is stored (NFC, LF), the encoding that gave it, and what is to be said about that."""

    text: str
    encoding: str
    notes: tuple[ImportNote, ...] = ()


def decode(path: Path, data: bytes) -> Decoded:
    """The text of a file.

    Args:
        path: named in the refusal.
        data: the whole file.

    Raises:
        UnreadableSource: if the bytes are no text.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if marked:
        return _with_mark(path, data, marked)
    _refuse_binary(path, data)
    notes: tuple[ImportNote, ...] = ()
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding, notes = _not_utf8(path, data)
    return Decoded(text=normalise(text), encoding=encoding, notes=notes)


def doubts(text: str) -> tuple[ImportNote, ...]:
    """Notes on letters that were already wrong in the file: `Ã¸` for ø, and replacement characters."""
    notes = []
    double = [match.start() for match in _DOUBLE.finditer(text)]
    if double:
        message = ngettext(
            "{n} tegn ser ut til å være kodet to ganger (som «Ã¸» for «ø»); sjekk teksten mot originalen.",
            "{n} tegn ser ut til å være kodet to ganger (som «Ã¸» for «ø»); sjekk teksten mot originalen.",
            len(double),
        )
        n = len(double)
        notes.append(ImportNote(message=message.format(n=n), start=double[0], count=n, doubtful=True))
    lost = text.count("\ufffd")
    if lost:
        message = ngettext(
            "{n} tegn kunne ikke leses og vises som «\ufffd».",
            "{n} tegn kunne ikke leses og vises som «\ufffd».",
            lost,
        )
        place = text.index("\ufffd")
        notes.append(ImportNote(message=message.format(n=lost), start=place, count=lost, doubtful=True))
    return tuple(notes)


def _with_mark(path: Path, data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = _("Filen sier at den er {encoding}, men er skadet ved byte {place}. Lagre den på nytt som UTF-8.")
        raise UnreadableSource(path, reason.format(encoding=encoding.upper(), place=error.start)) from error
    if len(_CONTROL.findall(text[:_SAMPLE])) > _MOST_CONTROL * len(text[:_SAMPLE]):
        raise UnreadableSource(path, _binary_reason())
    notes = () if encoding == "utf-8-sig" else (_encoding_note(encoding, guessed=False),)
    return Decoded(text=normalise(text), encoding=encoding, notes=notes)


def _not_utf8(path: Path, data: bytes) -> tuple[str, str, tuple[ImportNote, ...]]:
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd")
    whole = sum(1 for byte in data if byte >= 0xC2) - broken
    if whole > 0 and broken <= max(1, _MOST_BROKEN * whole) and _norwegian(damaged) > broken:
        return damaged, "utf-8", ()
    text = _decoded(data, "cp1252")
    if text is not None and (_norwegian(text) or not _WRONG_IN_WORD.search(text)):
        return text, "cp1252", (_encoding_note("cp1252", guessed=False),)
    older = [(text, encoding) for encoding in _OLDER if (text := _decoded(data, encoding)) and _mostly_norwegian(text)]
    if older:
        text, encoding = max(older, key=lambda pair: _norwegian(pair[0]))
        return text, encoding, (_encoding_note(encoding, guessed=True),)
    return _detected(path, data)


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text, or None when bytes are undefined in the encoding or become control characters."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def _detected(path: Path, data: bytes) -> tuple[str, str, tuple[ImportNote, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        reason = _("Tegnkodingen er ukjent. Åpne filen i programmet den kom fra og lagre den som UTF-8.")
        raise UnreadableSource(path, reason)
    return str(best), best.encoding, (_encoding_note(best.encoding, guessed=True),)


def _encoding_note(encoding: str, *, guessed: bool) -> ImportNote:
    if guessed:
        message = _("Tegnkodingen er gjettet til {encoding}; sjekk at æ, ø og å er riktige.")
    else:
        message = _("Filen var ikke i UTF-8, men i {encoding}.")
    return ImportNote(message=message.format(encoding=encoding), doubtful=guessed)


def _norwegian(text: str) -> int:
    return sum(text.count(letter) for letter in "æøåÆØÅ")


def _mostly_norwegian(text: str) -> bool:
    """True when at least half of the letters outside ASCII are æ, ø and å."""
    return 0 < len(_FOREIGN.findall(text)) <= 2 * _norwegian(text)


def _refuse_binary(path: Path, data: bytes) -> None:
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if control <= _MOST_CONTROL * len(sample):
        return
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[first::2]
        if high.count(0) > 0.3 * len(high) and _decoded(sample[: len(sample) // 2 * 2], encoding):
            reason = _("Filen ser ut til å være UTF-16 uten byterekkefølgemerke. Lagre den på nytt som UTF-8.")
            raise UnreadableSource(path, reason)
    raise UnreadableSource(path, _binary_reason())


def _binary_reason() -> str:
    return _("Filen er ikke tekst (den har binære data). Lagre teksten som .docx eller .txt og prøv igjen.")

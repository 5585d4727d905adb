"""Plain text and Markdown: the text as it is, Markdown's marks included."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import regex

from corpus.decoding import decode
from corpus.model import ImportNote, ReadOptions, Transcript
from corpus.stamps import arrow
from corpus.timed_rows import is_table

_CUE = regex.compile(r"(?m)^[ \t]*\d{1,3}:\d{1,2}[^\n]{0,40}-->[^\n]*$")
_HEADER_WITHIN = 200


class _Reader(Protocol):
    def read(self, path: Path, data: bytes, options: ReadOptions) -> Transcript: ...


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The file's text; subtitles and tables of turns that only bear the wrong suffix are read as what they are.

    Raises:
        UnreadableSource: if it is no text, or if it is subtitles or a table with a time that cannot be read.
    """
    decoded = decode(path, data)
    cues = [match.group() for match in _CUE.finditer(decoded.text)]
    if len(cues) > 1 and all(arrow(cue) for cue in cues) and _numbered(decoded.text, cues[0]):
        return _read_as(_("undertekster (SubRip)"), "corpus.readers.srt", path, data, options)
    if "\t" in decoded.text[:_HEADER_WITHIN] and is_table(decoded.text):
        return _read_as(_("en tabell over replikker"), "corpus.readers.timed_table", path, data, options)
    return Transcript(text=decoded.text, encoding=decoded.encoding, notes=decoded.notes)


def disguise_note(path: Path, kind: str) -> ImportNote:
    """A note on a file that was read as something else than its suffix says."""
    message = _("Filen heter {suffix}, men er {kind} og er lest som det.")
    return ImportNote(message=message.format(suffix=path.suffix.lower(), kind=kind))


def _read_as(kind: str, module: str, path: Path, data: bytes, options: ReadOptions) -> Transcript:
    reader = cast(_Reader, import_module(module))
    transcript = reader.read(path, data, options)
    return replace(transcript, notes=(disguise_note(path, kind), *transcript.notes))


def _numbered(text: str, cue: str) -> bool:
    """True when the first cue's line stands below a number alone, as in SubRip."""
    above = text[: text.index(cue)].strip()
    return above.isdigit()

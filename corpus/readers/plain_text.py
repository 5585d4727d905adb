"""Plain text and Markdown: the text as it is, Markdown's marks included."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import regex

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.stamps import arrow

_CUE = regex.compile(r"(?m)^[ \t]*\d{1,3}:\d{1,2}[^\n]{0,40}-->[^\n]*$")


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The file's text.

    Raises:
        UnreadableSource: if it is no text, or subtitles under another name, whose times would be lost.
    """
    decoded = decode(path, data)
    cues = [match.group() for match in _CUE.finditer(decoded.text)]
    if len(cues) > 1 and all(arrow(cue) for cue in cues) and _numbered(decoded.text, cues[0]):
        raise UnreadableSource(
            path, _("Filen er undertekster med tidskoder. Gi den endelsen .srt og importer den igjen.")
        )
    return Transcript(text=decoded.text, encoding=decoded.encoding, notes=decoded.notes)


def _numbered(text: str, cue: str) -> bool:
    """True when the first cue's line stands below a number alone, as in SubRip."""
    above = text[: text.index(cue)].strip()
    return above.isdigit()

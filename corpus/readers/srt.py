"""SubRip subtitles (.srt), with a comma or a point before the milliseconds.

Parsed here, and strictly, like WebVTT: a subtitle reaches to the next one's number and time, blank lines or not.
"""

from __future__ import annotations

import html
from gettext import gettext as _
from pathlib import Path

import regex

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers.cues import Cue, transcript_of, words
from corpus.readers.vtt import time_reason
from corpus.stamps import arrow

_TAG = regex.compile(r"</?(?:i|b|u|s|font)(?:\s[^>]*)?>|\{\\[^}]*\}", regex.IGNORECASE)


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The subtitles as turns with times.

    Raises:
        UnreadableSource: if a time cannot be read, if text stands outside the subtitles, or if nobody says anything.
    """
    decoded = decode(path, data)
    lines = decoded.text.split("\n")
    timed = [number for number, line in enumerate(lines) if "-->" in line]
    begins = [number - 1 if number and lines[number - 1].strip().isdigit() else number for number in timed]
    if any(line.strip() for line in lines[: begins[0] if begins else None]):
        reason = _("Undertekstene kan ikke leses fra linje {line}. Rett filen, eller eksporter den på nytt.")
        raise UnreadableSource(path, reason.format(line=1))
    cues = []
    for number, end in zip(timed, [*begins[1:], None], strict=True) if timed else ():
        times = arrow(lines[number])
        if times is None:
            raise UnreadableSource(path, time_reason(number + 1))
        spoken = tuple(line for line in map(_plain, lines[number + 1 : end]) if line)
        if spoken:
            cues.append(Cue(start_ms=times[0], end_ms=times[1], lines=spoken))
    if not cues:
        raise UnreadableSource(path, _("Undertekstene har ingen tekst."))
    return transcript_of(cues, options, decoded.notes, decoded.encoding)


def _plain(line: str) -> str:
    return words([html.unescape(_TAG.sub("", line))])

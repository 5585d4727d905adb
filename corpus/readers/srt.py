"""SubRip subtitles (.srt), with a comma or a point before the milliseconds."""

from __future__ import annotations

import html
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path

import regex
import srt

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
    timed = [(number, line) for number, line in enumerate(decoded.text.split("\n"), 1) if "-->" in line]
    broken = next((number for number, line in timed if arrow(line) is None), None)
    if broken is not None:
        raise UnreadableSource(path, time_reason(broken))
    try:
        subtitles = list(srt.parse(decoded.text))
    except srt.SRTParseError as error:
        line = decoded.text.count("\n", 0, error.expected_start) + 1
        reason = _("Undertekstene kan ikke leses fra linje {line}. Rett filen, eller eksporter den på nytt.")
        raise UnreadableSource(path, reason.format(line=line)) from error
    if len(subtitles) != len(timed):
        raise UnreadableSource(path, time_reason(timed[0][0] if timed else 1))
    cues = [
        Cue(start_ms=_ms(subtitle.start), end_ms=_ms(subtitle.end), lines=lines)
        for subtitle in subtitles
        if (lines := tuple(line for line in map(_plain, subtitle.content.split("\n")) if line))
    ]
    if not cues:
        raise UnreadableSource(path, _("Undertekstene har ingen tekst."))
    return transcript_of(cues, options, decoded.notes, decoded.encoding)


def _ms(time: timedelta) -> int:
    return round(time / timedelta(milliseconds=1))


def _plain(line: str) -> str:
    return words([html.unescape(_TAG.sub("", line))])

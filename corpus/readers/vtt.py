"""WebVTT subtitles (.vtt), as Teams, Zoom and Whisper write them.

The blocks are parsed here and strictly: a reader that skips a cue it does not understand loses what somebody said.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import regex

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ImportNote, ReadOptions, Transcript
from corpus.readers.cues import Cue, transcript_of, words
from corpus.stamps import arrow

_VOICE = regex.compile(r"<v(?:\.\S+?)?[ \t]+(?P<name>[^>]*)>(?P<text>(?:(?!<v[ .\t]|</v>).)*)", regex.DOTALL)
_TAG = regex.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[ .\t][^>]*)?>|<\d[\d:.]*>")
_PART = regex.compile(r"(.+/\d+)-\d+")
_NAMED_PART = regex.compile(r'\d+ "(?P<name>[^"\n]{1,80})" \(\d+\)')
"""The identifier of a cue in which Zoom says who speaks: `12 "Kari Nordmann" (16778240)`."""
_GLUED = regex.compile(r"NOTE Confidence: ?[\d.]+")
"""What Stream writes between cues, where no blank line parts it from the words."""
_SECTIONS = ("NOTE", "STYLE", "REGION")
_TIMED = regex.compile(r"\d{1,3}:\d{2}(?::\d{2})?[.,]\d")

Block = tuple[int, list[str]]
"""The number of a block's first line in the file, and its lines."""


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The subtitles as turns with times.

    Raises:
        UnreadableSource: if it is no WebVTT, if a time cannot be read, or if nobody says anything.
    """
    decoded = decode(path, data)
    if not regex.match(r"WEBVTT(?=\s|$)", decoded.text):
        raise UnreadableSource(
            path, _("Filen begynner ikke med WEBVTT og er ikke en WebVTT-fil. Eksporter den på nytt.")
        )
    cues: list[Cue] = []
    sections = stray = 0
    for number, lines in _blocks(decoded.text):
        place = _timed_line(lines)
        if place is not None:
            cues += _cue(path, number + place, lines, place)
        elif any("-->" in line or _TIMED.match(line.strip()) for line in lines):
            raise UnreadableSource(path, time_reason(number))
        elif not cues or lines[0].split(maxsplit=1)[0] in _SECTIONS:
            sections += 1
        elif not (len(lines) == 1 and (lines[0].strip().isdigit() or _PART.fullmatch(lines[0].strip()))):
            stray += 1
            cues[-1] = replace(cues[-1], lines=cues[-1].lines + tuple(map(_plain, lines)))
    if not cues:
        raise UnreadableSource(path, _("Undertekstene har ingen tekst."))
    return transcript_of(cues, options, decoded.notes + _notes(sections, stray), decoded.encoding)


def time_reason(line: int) -> str:
    """Why subtitles are refused for a time that cannot be read."""
    reason = _("Tidskoden på linje {line} kan ikke leses. Rett den, eller eksporter undertekstene på nytt.")
    return reason.format(line=line)


def _blocks(text: str) -> Iterator[Block]:
    """Blocks between blank lines after the header, which also ends where a first time stands right below it.

    A line of nothing but blanks right below the times is a caption's first line (YouTube), and ends nothing.
    """
    lines = text.split("\n")
    block: list[str] = []
    first = 0
    header = True
    for number, line in enumerate([*lines, ""], 1):
        if line.strip() or (line and block and "-->" in block[-1]):
            if header and "-->" in line:
                header, block = False, []
            if not block:
                first = number
            block.append(line)
        elif block:
            if not header:
                yield from _cues_of(first, block)
            header, block = False, []


def _timed_line(lines: Sequence[str]) -> int | None:
    """Where in a cue its times stand: first, or below an identifier."""
    return next((index for index, line in enumerate(lines[:2]) if "-->" in line), None)


def _cues_of(first: int, block: list[str]) -> Iterator[Block]:
    """The cues of a block: as the standard has it, times end the cue above them, blank line or not."""
    place = _timed_line(block)
    if place is not None:
        for index in range(place + 1, len(block)):
            if arrow(block[index]):
                yield first, block[:index]
                yield from _cues_of(first + index, block[index:])
                return
    yield first, block


def _cue(path: Path, number: int, lines: list[str], place: int) -> list[Cue]:
    """The voices of one cue; what stands outside voice tags has no speaker."""
    times = arrow(lines[place])
    if times is None or any("-->" in line for line in lines[place + 1 :]):
        raise UnreadableSource(path, time_reason(number))
    identifier = lines[0].strip() if place else ""
    part = _PART.fullmatch(identifier)
    named = _NAMED_PART.fullmatch(identifier)
    outside = named["name"] if named else ""
    payload = "\n".join(line for line in lines[place + 1 :] if not _GLUED.fullmatch(line.strip()))
    found: list[tuple[str, str]] = []
    position = 0
    for voice in _VOICE.finditer(payload):
        found += [
            (outside, payload[position : voice.start()]),
            (html.unescape(voice.group("name")), voice.group("text")),
        ]
        position = voice.end()
    found.append((outside, payload[position:]))
    start_ms, end_ms = times
    return [
        Cue(
            start_ms=start_ms,
            end_ms=end_ms,
            speaker=words([name]),
            lines=spoken,
            turn_key=part.group(1) if part else "",
        )
        for name, text in found
        if (spoken := tuple(line for line in map(_plain, text.split("\n")) if line))
    ]


def _plain(line: str) -> str:
    """A line without tags, entities read."""
    return words([html.unescape(_TAG.sub("", line))])


def _notes(sections: int, stray: int) -> tuple[ImportNote, ...]:
    notes = []
    if sections:
        message = ngettext(
            "{n} merknad eller stilblokk i WebVTT-filen er ikke tatt med.",
            "{n} merknader eller stilblokker i WebVTT-filen er ikke tatt med.",
            sections,
        )
        notes.append(ImportNote(message=message.format(n=sections), count=sections))
    if stray:
        message = ngettext(
            "{n} avsnitt stod uten tidskode og er lagt til underteksten foran.",
            "{n} avsnitt stod uten tidskode og er lagt til undertekstene foran.",
            stray,
        )
        notes.append(ImportNote(message=message.format(n=stray), count=stray, doubtful=True))
    return tuple(notes)

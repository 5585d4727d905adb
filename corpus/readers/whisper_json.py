"""What speech recognisers of the Whisper family write as .json, told apart by shape and not by name.

Four shapes: `segments` with seconds (openai/whisper, the API's verbose_json, WhisperX with speakers), `transcription`
with `offsets` in milliseconds (whisper.cpp), `chunks` with `timestamp` or such a list alone (Hugging Face), the same by
`speakers` (insanely-fast-whisper), and `words` alone. Every segment must have a time: one that has none, ends before it
starts or lies far behind the one before it refuses the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers.cues import Cue, timed_transcript, words
from corpus.readers.json_values import load, milliseconds, plain
from corpus.readers.uncertainty import doubts
from corpus.readers.word_turns import by_word_speakers, speaker_of
from corpus.stamps import clock_ms

_LISTS = ("segments", "transcription", "speakers", "chunks", "words")
_TEXTS = ("text", "word")

Segment = Mapping[str, object]


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The segments as turns with times; those the recogniser was unsure of are marked as doubtful.

    Raises:
        UnreadableSource: if the file is something else than such a transcript, or a time in it cannot be read.
    """
    value, decoded = load(path, data)
    cues = [cue for place, segment in enumerate(_segments(path, value), 1) for cue in _cues(path, place, segment)]
    transcript = timed_transcript(path, cues, options)
    return replace(transcript, notes=decoded.notes + transcript.notes, encoding=decoded.encoding)


def _segments(path: Path, value: object) -> list[Segment]:
    """The list of segments, whichever shape the file has."""
    found = value
    if isinstance(value, dict):
        lists = [] if "utterances" in value else _LISTS
        found = next((value[name] for name in lists if _filled(name, value.get(name))), None)
        if found is None:
            raise UnreadableSource(path, _other_reason(value))
    if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
        raise UnreadableSource(path, _foreign_reason())
    if not any(_text(item) is not None for item in found):
        raise UnreadableSource(path, _foreign_reason())
    return found


def _filled(name: str, found: object) -> bool:
    """True for a list with something in it; one of speakers must hold what they say, and not only who they are."""
    if not isinstance(found, list) or not found:
        return False
    return name != "speakers" or all(isinstance(item, dict) and _text(item) is not None for item in found)


def _other_reason(value: Mapping[str, object]) -> str:
    """Why an object without segments is refused."""
    if isinstance(value.get("text"), str):
        if "media" in value or "media-time" in value:
            return _("Filen ser ut til å være fra oTranscribe. Gi den endelsen .otr og importer den igjen.")
        if not any(value.get(name) for name in _LISTS):
            return _("JSON-filen har tekst, men ingen segmenter med tid. Eksporter den med segmenter, eller som .txt.")
    return _foreign_reason()


def _foreign_reason() -> str:
    return _(
        "JSON-filen er ingen transkripsjon: den mangler en liste av segmenter med tid og tekst, slik Whisper skriver "
        "dem. Eksporter transkripsjonen som .vtt, .srt eller .txt."
    )


def _cues(path: Path, place: int, segment: Segment) -> list[Cue]:
    """The segment as a cue for each of its speakers, or none when it says nothing."""
    text = _text(segment)
    times = _times(segment)
    if text is None or times is None:
        reason = _("Segment {place} i JSON-filen mangler tid eller tekst som kan leses. Eksporter filen på nytt.")
        raise UnreadableSource(path, reason.format(place=place))
    line = words([text])
    if not line:
        return []
    cue = Cue(
        start_ms=times[0], end_ms=times[1], lines=(line,), speaker=speaker_of(segment), doubts=doubts(segment, line)
    )
    return by_word_speakers(cue, segment)


def _text(segment: Segment) -> str | None:
    return next((text for name in _TEXTS if (text := plain(segment.get(name))) is not None), None)


def _times(segment: Segment) -> tuple[int, int | None] | None:
    """Start and end in milliseconds; the end may be unknown (the last chunk's), the start may not."""
    pair = segment.get("timestamp")
    offsets = segment.get("offsets")
    clocks = segment.get("timestamps")
    unit = 1000.0
    if isinstance(pair, list) and len(pair) == 2:
        first, last = pair
    elif isinstance(offsets, dict):
        first, last, unit = offsets.get("from"), offsets.get("to"), 1.0
    elif isinstance(clocks, dict):
        first, last, unit = _clock(clocks.get("from")), _clock(clocks.get("to")), 1.0
    else:
        first, last = segment.get("start"), segment.get("end")
    start, end = milliseconds(first, unit), milliseconds(last, unit)
    if start is None or (last is not None and (end is None or end < start)):
        return None
    return start, end


def _clock(value: object) -> int | None:
    """Milliseconds of a clock, None where there is none, and -1, which no time is, where it cannot be read."""
    if value is None:
        return None
    found = clock_ms(value) if isinstance(value, str) else None
    return -1 if found is None else found

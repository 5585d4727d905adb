"""Segments in which the speaker changes, by the speakers of their single words (WhisperX, aTrain).

A recogniser cuts its segments by sentences and pauses, so that a question and its answer may stand in one; the segment's
own speaker is then the one who speaks longest. Words without a speaker go with the word before them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.readers.cues import Cue, Doubt, spoken_name, words
from corpus.readers.json_values import milliseconds, number, plain


class _Word(NamedTuple):
    """A word of a segment: where it begins in the segment's line, None where it does not stand there, and what is said of it."""

    place: int | None
    speaker: str
    start_ms: int | None
    end_ms: int | None


def speaker_of(value: Mapping[str, object]) -> str:
    """Who speaks a segment or a word, by name or number; empty when it does not say."""
    found = value.get("speaker")
    whole = number(found)
    return spoken_name(plain(found) or ("" if whole is None else f"{whole:g}"))


def by_word_speakers(cue: Cue, segment: Mapping[str, object]) -> list[Cue]:
    """The cue of a segment, cut where its words say that another speaker goes on.

    Args:
        cue: the whole segment, with one line.
        segment: as it stands in the file; its words' times are seconds.
    """
    spoken = segment.get("words")
    found = _words(spoken, cue.lines[0]) if isinstance(spoken, list) else []
    named = [word for word in found if word.speaker]
    if not named:
        return [cue]
    if 2 * len(named) < len(found):
        return [cue if cue.speaker else replace(cue, speaker=named[0].speaker)]
    runs = _runs(found, named[0].speaker)
    borders = [0, *(next(word.place for word in run if word.place is not None) for run in runs[1:]), len(cue.lines[0])]
    cues: list[Cue] = []
    start_ms = cue.start_ms
    for index, run in enumerate(runs):
        first = next((word.start_ms for word in run if _within(cue, word.start_ms)), None)
        last = next((word.end_ms for word in reversed(run) if _within(cue, word.end_ms)), None)
        start_ms = start_ms if index == 0 or first is None else first
        end_ms = cue.end_ms if index + 1 == len(runs) else last
        end_ms = end_ms if end_ms is None or start_ms is None or end_ms >= start_ms else None
        cues.append(_part(cue, borders[index], borders[index + 1], run[0].speaker, start_ms, end_ms))
        start_ms = start_ms if end_ms is None else end_ms
    return [part for part in cues if part.lines[0]]


def _within(cue: Cue, time: int | None) -> bool:
    """True for a word's time that lies in its segment."""
    return time is not None and (cue.start_ms or 0) <= time and (cue.end_ms is None or time <= cue.end_ms)


def _words(spoken: Sequence[object], line: str) -> list[_Word]:
    found: list[_Word] = []
    position = 0
    for item in spoken:
        text = plain(item.get("word", item.get("text"))) if isinstance(item, dict) else None
        if not isinstance(item, dict) or text is None or not (said := words([text])):
            continue
        place = line.find(said, position)
        position = position if place < 0 else place + len(said)
        times = milliseconds(item.get("start"), 1000), milliseconds(item.get("end"), 1000)
        found.append(_Word(None if place < 0 else place, speaker_of(item), *times))
    return found


def _runs(found: Sequence[_Word], speaker: str) -> list[list[_Word]]:
    """The words by who speaks them, each run with a word that stands in the line; `speaker` says those before the first name."""
    runs: list[list[_Word]] = []
    for word in found:
        speaker = word.speaker or speaker
        if runs and (runs[-1][0].speaker == speaker or word.place is None):
            runs[-1].append(word)
        else:
            runs.append([word._replace(speaker=speaker)])
    return runs


def _part(cue: Cue, start: int, end: int, speaker: str, start_ms: int | None, end_ms: int | None) -> Cue:
    """A stretch of the cue's line, without blanks at its borders, with the doubts that lie in it."""
    whole = cue.lines[0][start:end]
    begin = start + len(whole) - len(whole.lstrip())
    line = whole.strip()
    doubts = tuple(
        Doubt(line=0, start=max(doubt.start - begin, 0), end=min(doubt.end - begin, len(line)), note=doubt.note)
        for doubt in cue.doubts
        if doubt.start < begin + len(line) and doubt.end > begin
    )
    return replace(cue, lines=(line,), speaker=speaker, start_ms=start_ms, end_ms=end_ms, doubts=doubts)

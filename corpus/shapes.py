"""Transcripts that a machine laid out: where each turn opens, told by position and shape, not by words.

Known shapes: Teams since 2023 (`Name   0:04` alone on a line, the speech below), older Teams
(`0:0:5.1 --> 0:0:8.2`, name, speech), Word on the web (`00:00:04 Speaker 1` alone on a line) and Happy Scribe
(`[00:00:04.000] - Speaker 1`), Zoom's captions (`[Name] 10:03:05`), TurboScribe (`[Speaker 1] (0:04 - 0:09)`), Trint
(`Speaker 1 [00:00:04]` before the speech), and texts where every line has a time stamp but nobody is named. Where speaker
and time stand on lines of their own, see `corpus.stacked`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from corpus.labels import key, label_at, never_a_label, numbered_voice
from corpus.stamps import CLOCK, arrow, clock_ms, hours_of_day, stamp_at, trailing_hash

Line = tuple[int, int]
"""Start and end of a line that is not blank, without its line end."""


class Opening(NamedTuple):
    """Where a turn opens. `stamped`: the text claims a time, though `start_ms` may be None as it is none."""

    label_start: int
    speaker: str
    body_start: int
    start_ms: int | None = None
    end_ms: int | None = None
    stamped: bool = False


class Layout(NamedTuple):
    """A text's openings in order, and lines that belong to no turn and end the one before them."""

    openings: tuple[Opening, ...]
    closers: tuple[int, ...] = ()


_TO = rf"(?:\s*(?:-->|[-–])\s*(?P<to>{CLOCK}))?"
_WIDE_HEADER = regex.compile(
    rf"(?P<name>\p{{L}}[^\n]{{0,79}}?)(?: {{2,}}|[\t\u00a0][ \t\u00a0]*)(?P<at>{CLOCK}){_TO}\s*"
)
_NARROW_HEADER = regex.compile(rf"(?P<name>\p{{L}}[^\n]{{0,79}}?) (?P<at>{CLOCK}){_TO}\s*")
_ENCLOSED_HEADER = regex.compile(
    r"\s*[#*]{0,4} ?(?:\[(?P<name>\p{L}[^\n\[\]]{0,79})\]|(?P<name>\p{L}[^\n\[\]]{0,79}?))\*{0,2}[ \t\u00a0]*"
    rf"(?:\[(?P<at>{CLOCK}){_TO}\]|\((?P<at>{CLOCK}){_TO}\)|(?<=\][ \t]*)(?P<at>{CLOCK}))\*{{0,2}}\s*"
)
_STAMPED_NAME = regex.compile(
    rf"\s*@?(?:\[(?P<at>{CLOCK}){_TO}\]|\((?P<at>{CLOCK}){_TO}\)|(?P<at>{CLOCK}))"
    r"[ \t\u00a0]+(?:[-–][ \u00a0]+)?(?P<name>\p{Lu}[^\n:]{0,59})"
)
_NAME_AND_STAMP = regex.compile(
    rf"(?P<name>\p{{Lu}}[^\n:\[\]]{{0,59}}?)[ \t\u00a0]+\[(?P<at>{CLOCK})\](?=[ \t\u00a0]+\S)"
)
_DASH = regex.compile(r"[ \t\u00a0]*[-–][ \t\u00a0]+")
_FOOTER = regex.compile(r"\(?Transcribed by (?:https?://)?[\w.-]+\.(?:ai|com)\b[^\n]{0,80}")
_HEADER_ENDS = frozenset(" \t\u00a0])*")
_AFTER_NAMES = " \t\u00a0-–:*"
"""What may part a name from the time behind it."""
_LONGEST_HEADER = 120
_FIRST_MINUTES_MS = 120_000
_LEAST_STAMPED = 0.2
"""The same share where the stamps are certainly a program's."""
_MOST_STAMPED = 0.8
"""Share of lines with a stamp from which the stamps open turns, instead of marking times inside them."""


def lines_of(text: str) -> list[Line]:
    """The lines that have something other than blanks on them."""
    found: list[Line] = []
    start, length = 0, len(text)
    while start <= length:
        end = text.find("\n", start)
        end = length if end < 0 else end
        if end > start and not text[start:end].isspace():
            found.append((start, end))
        start = end + 1
    return found


def machine_layout(text: str, lines: Sequence[Line]) -> Layout | None:
    """The first machine-made shape that the text has, or None."""
    shapes: tuple[Callable[[str, Sequence[Line]], Layout | None], ...] = (
        _arrows,
        _headers,
        _enclosed_headers,
        _stamped_names,
        _named_stamps,
    )
    return next((layout for shape in shapes if (layout := shape(text, lines))), None)


def stamped_lines(text: str, lines: Sequence[Line]) -> list[Opening]:
    """An opening without a name for every line with a stamp, if nearly every line has one; otherwise none.

    A short bare stamp (`0:10`) counts beside the blank that oTranscribe sets after it, or when the stamps rise from a
    recording's first minutes; else it may be the hour in an agenda. Hours of the day count in no form.
    """
    leading: list[Opening] = []
    trailing: list[Opening] = []
    short: list[Opening] = []
    set_apart = 0
    for start, end in lines:
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        found = stamp_at(text, first, end)
        if found and (found[0].bracketed or found[0].end - found[0].start > 5):
            stamp, after = found
            leading.append(Opening(start, "", after_dash(text, after, end), stamp.at_ms, stamp.to_ms, True))
        elif found:
            short.append(Opening(start, "", found[1], found[0].at_ms, found[0].to_ms, True))
            set_apart += text.startswith("\u00a0", found[1])
        elif trailing_hash(text, start, end):
            trailing.append(Opening(start, "", start))
    machine = set_apart >= 2 and set_apart == len(short)
    if machine or (short and _rises_from_the_start(short + leading)):
        leading = sorted(leading + short, key=lambda opening: opening.label_start)
    chosen = leading if len(leading) >= len(trailing) else trailing
    least = _LEAST_STAMPED if machine else _MOST_STAMPED
    logged = not machine and hours_of_day([opening.start_ms or 0 for opening in chosen])
    return chosen if len(chosen) >= max(2, least * len(lines)) and not logged else []


def after_dash(text: str, start: int, end: int) -> int:
    """Where the words begin behind a time, with a dash between them (aTrain) or not."""
    dash = _DASH.match(text, start, end)
    return dash.end() if dash else start


def _rises_from_the_start(openings: Sequence[Opening]) -> bool:
    times = [opening.start_ms for opening in sorted(openings) if opening.start_ms is not None]
    return len(times) == len(openings) and times == sorted(times) and times[0] < _FIRST_MINUTES_MS


def _arrows(text: str, lines: Sequence[Line]) -> Layout | None:
    marks = [index for index, (start, end) in enumerate(lines) if text.find("-->", start, end) >= 0]
    times = {index: arrow(text[slice(*lines[index])]) for index in marks}
    if len(marks) < 2 or sum(time is not None for time in times.values()) < 2:
        return None
    openings: list[Opening] = []
    for place, index in enumerate(marks):
        following = marks[place + 1] if place + 1 < len(marks) else len(lines)
        named = following - index > 2
        speaker = text[slice(*lines[index + 1])].strip() if named else ""
        body = lines[index + 1][1] if named else lines[index][1]
        begin, finish = times[index] or (None, None)
        openings.append(Opening(lines[index][0], speaker, body, begin, finish, True))
    return Layout(tuple(openings))


def _headers(text: str, lines: Sequence[Line]) -> Layout | None:
    """Teams since 2023. One blank before the time counts only when several lines agree (`Total tid 1:45`)."""
    openings = _matching(text, lines, _WIDE_HEADER)
    if len(openings) < 2 or 2 * sum(opening.start_ms is not None for opening in openings) < len(openings):
        openings = _matching(text, lines, _NARROW_HEADER)
        times = [opening.start_ms for opening in openings]
        counts = Counter(key(opening.speaker) for opening in openings)
        rising = all(time is not None for time in times) and times == sorted(time or 0 for time in times)
        if len(openings) < 3 or max(counts.values()) < 2 or not rising:
            return None
    return Layout(tuple(openings), _announcements(text, lines, openings))


def _enclosed_headers(text: str, lines: Sequence[Line]) -> Layout | None:
    """A name and a time in brackets, or in brackets a name and a time, alone on a line; most of the names recur."""
    openings = _matching(text, lines, _ENCLOSED_HEADER)
    counts = Counter(key(opening.speaker) for opening in openings)
    known = sum(counts[key(o.speaker)] > 1 or numbered_voice(o.speaker) for o in openings)
    if len(openings) < 2 or 2 * known < len(openings):
        return None
    return Layout(tuple(openings), _footers(text, lines, openings))


def _matching(text: str, lines: Sequence[Line], pattern: regex.Pattern[str]) -> list[Opening]:
    found: list[Opening] = []
    for start, end in lines:
        if end - start > _LONGEST_HEADER or not (text[end - 1].isdigit() or text[end - 1] in _HEADER_ENDS):
            continue
        match = pattern.fullmatch(text, start, end)
        name = match["name"].strip().rstrip(_AFTER_NAMES) if match else ""
        if match and name and not never_a_label(name):
            to = clock_ms(match["to"]) if match["to"] else None
            found.append(Opening(start, name, end, clock_ms(match["at"]), to, True))
    return found


def _footers(text: str, lines: Sequence[Line], openings: Sequence[Opening]) -> tuple[int, ...]:
    """Where the last line says which program transcribed the recording, which nobody in it does."""
    start, end = lines[-1]
    return (start,) if start > openings[-1].label_start and _FOOTER.fullmatch(text, start, end) else ()


def _announcements(text: str, lines: Sequence[Line], openings: Sequence[Opening]) -> tuple[int, ...]:
    """Where Teams says that somebody started or stopped transcribing: a name and a few words, no time.

    The words are localised, so they are learnt: from the lines above the first turn, and from the last line.
    """
    names = sorted({opening.speaker for opening in openings}, key=len, reverse=True)

    def said(line: Line) -> str | None:
        whole = text[slice(*line)].strip()
        name = next((name for name in names if whole.startswith(name + " ")), None)
        rest = whole[len(name) :].strip() if name else ""
        plain = rest and len(rest.split()) <= 4 and rest[-1].isalpha() and not any(c.isdigit() for c in rest)
        return rest if plain else None

    header = [said(line) for line in lines if line[0] < openings[0].label_start]
    started = {words for words in header if words}
    if not started:
        return _footers(text, lines, openings)
    last = said(lines[-1])
    known = started | ({last} if last else set())
    first = openings[0].label_start
    return tuple(line[0] for line in lines if line[0] > first and said(line) in known)


def _stamped_names(text: str, lines: Sequence[Line]) -> Layout | None:
    openings: list[Opening] = []
    for start, end in lines:
        match = _STAMPED_NAME.fullmatch(text, start, end) if end - start <= _LONGEST_HEADER else None
        if match:
            name = match.group("name").strip()
            to = clock_ms(match["to"]) if match["to"] else None
            if not never_a_label(name) and len(name.split()) <= 6 and name[-1] not in ".?!…,":
                openings.append(Opening(start, name, end, clock_ms(match["at"]), to, True))
    if len(openings) < 2 or any(_labelled_by_hand(text, line) for line in lines):
        return None
    counts = Counter(key(opening.speaker) for opening in openings)
    known = [o for o in openings if counts[key(o.speaker)] > 1 or numbered_voice(o.speaker)]
    spoken = len(lines) - len(openings)
    if len(known) < 0.5 * len(openings) or spoken < len(openings):
        return None
    return Layout(tuple(openings))


def _named_stamps(text: str, lines: Sequence[Line]) -> Layout | None:
    """Trint: `Speaker 1 [00:00:02] words` on most lines, with names that recur."""
    found = [(start, match) for start, end in lines if (match := _NAME_AND_STAMP.match(text, start, end))]
    openings = [
        Opening(start, match.group("name"), match.end(), clock_ms(match.group("at")), None, True)
        for start, match in found
        if not never_a_label(match.group("name"))
    ]
    counts = Counter(key(opening.speaker) for opening in openings)
    known = sum(counts[key(o.speaker)] > 1 or numbered_voice(o.speaker) for o in openings)
    if len(openings) < 2 or 2 * known < len(openings) or 2 * len(openings) < len(lines):
        return None
    return Layout(tuple(openings))


def _labelled_by_hand(text: str, line: Line) -> bool:
    label = label_at(text, *line)
    return label is not None and label.kind == "role"

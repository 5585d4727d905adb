"""Transcripts whose speakers, or times, stand on lines of their own above what is said.

Known shapes: what is copied from the transcript beside a recording in Teams and Stream (`Name`, `0 minutter 3
sekunder0:03`, `Name 0 minutter 3 sekunder`, words), names and times on two lines (NVivo, Good Tape, Google's recorder),
speakers alone (Word's *Transkriber* without times, aTrain with and without), and times alone (Otter, YouTube). A line with
nothing but a name is a speaker only in the company of others that recur.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex

from corpus.labels import INTERVIEWER_WORDS, PARTICIPANT_WORDS, key, name_like, never_a_label, numbered_voice
from corpus.shapes import Layout, Line, Opening, after_dash
from corpus.stamps import CLOCK, Stamp, stamp_at

_SPELT = r"(?:(?P<h>\d{1,2}) [ht]\p{L}{0,6} )?(?:(?P<m>\d{1,2}) m\p{L}{0,8} )?(?P<s>\d{1,2}) s(?:[eé][ckg]\p{L}{0,6})?"
"""`1 time 2 minutter 3 sekunder` in the languages in which the three words begin like this."""
_SPELT_HEADER = regex.compile(rf"(?P<name>\p{{L}}[^\n]{{0,79}}?)[ \t\u00a0]+{_SPELT}")
_SPELT_CLOCK = regex.compile(rf"{_SPELT}\s*{CLOCK}")
_WHOLE_ROLES = "|".join(sorted(word for word in INTERVIEWER_WORDS | PARTICIPANT_WORDS if len(word) > 5))
_MARKUP = r"\s*(?:\#{1,6} +)?[*_]{0,3}"
_ROLE_ALONE = regex.compile(rf"{_MARKUP}(?P<name>(?i:{_WHOLE_ROLES})(?:\s?\d{{1,3}}|\s\p{{Lu}})?)[*_]{{0,3}}\s*")
_LETTER_ALONE = regex.compile(rf"{_MARKUP}(?P<name>[IRMDFPB]\s?\d{{0,2}})[*_]{{0,3}}\s*")
_MARKED = regex.compile(_MARKUP)
_UNDEFINED = "speaker undefined"
"""What aTrain calls somebody it has no name for."""
_LONGEST_ALONE = 60
_LEAST = 4
_LEAST_SHARE = 0.25
"""Share of lines that are a name and nothing else from which free names may be speakers."""
_LEAST_CLOCKS = 0.3
_ENOUGH_QUESTIONS = 0.3
_LONGEST_TURN = 1500
_FIRST_MINUTES_MS = 120_000


def pasted_from_teams(text: str, lines: Sequence[Line]) -> Layout | None:
    """What is copied from the window of Teams or Stream: the times are spelt out, every name stands twice."""
    openings: list[Opening] = []
    closers: list[int] = []
    for number, (start, end) in enumerate(lines):
        if end - start > 2 * _LONGEST_ALONE or not text[end - 1].isalnum():
            continue
        match = _SPELT_HEADER.fullmatch(text, start, end)
        if match:
            openings.append(Opening(start, match["name"].strip(), end, _spelt_ms(match), None, True))
        elif number and _SPELT_CLOCK.fullmatch(text, start, end):
            closers.append(_above(text, lines, number))
    recurs = max(Counter(key(opening.speaker) for opening in openings).values(), default=0) > 1
    return Layout(tuple(openings), tuple(closers)) if len(openings) >= 2 and (closers or recurs) else None


def _above(text: str, lines: Sequence[Line], number: int) -> int:
    """Where the lines begin that name who speaks next: the name, and the initials of one without a picture."""
    start, end = lines[number - 1]
    initials = text[slice(*lines[number - 2])].strip() if number > 1 else ""
    named = text[start:end].strip()
    letters = {word[0] for word in named.replace(",", " ").split()}
    return lines[number - 2][0] if 0 < len(initials) <= 3 and initials.isupper() and set(initials) <= letters else start


def _spelt_ms(match: regex.Match[str]) -> int | None:
    hours, minutes, seconds = (int(match[unit] or 0) for unit in "hms")
    return None if minutes >= 60 or seconds >= 60 else ((hours * 60 + minutes) * 60 + seconds) * 1000


def names_and_clocks(text: str, lines: Sequence[Line]) -> Layout | None:
    """A name alone and a time alone, in either order, above what is said; most of the names recur."""
    clocks = {number: stamp for number, line in enumerate(lines) if (stamp := _clock_alone(text, line))}
    for step in (1, -1):
        openings: list[Opening] = []
        for number, stamp in clocks.items():
            place = number - step
            name = _name_alone(text, lines[place]) if 0 <= place < len(lines) and place not in clocks else ""
            if name:
                first, last = sorted((number, place))
                openings.append(Opening(lines[first][0], name, lines[last][1], stamp.at_ms, stamp.to_ms, True))
        counts = Counter(key(opening.speaker) for opening in openings)
        known = sum(counts[key(o.speaker)] > 1 or numbered_voice(o.speaker) for o in openings)
        if len(openings) >= 2 and 2 * known >= len(openings) and len(openings) >= 0.8 * len(clocks):
            return Layout(tuple(openings))
    return None


def numbered_alone(text: str, lines: Sequence[Line]) -> Layout | None:
    """A recogniser's name for somebody it does not know (`Taler 1`, `SPEAKER_00`) alone above what is said.

    Where the words begin with a time, that is the turn's.
    """
    found = [number for number, line in enumerate(lines) if _numbered(text[slice(*line)])]
    if len(found) < 2 or any(second - first < 2 for first, second in pairwise(found)):
        return None
    openings: list[Opening] = []
    for number in found:
        start, end = lines[number]
        name = _bare(text[start:end])
        stamp = _leading(text, lines[number + 1]) if number + 1 < len(lines) else None
        if stamp is None:
            openings.append(Opening(start, name, end))
        else:
            body = after_dash(text, stamp.end, lines[number + 1][1])
            openings.append(Opening(start, name, body, stamp.at_ms, stamp.to_ms, True))
    return Layout(tuple(openings))


def role_headings(text: str, lines: Sequence[Line]) -> Layout | None:
    """Role words or letters alone on lines (`Intervjuer`, the speech below): at least two of them on four lines."""
    for pattern in (_ROLE_ALONE, _LETTER_ALONE):
        found = [match for line in lines if _short(line) and (match := pattern.fullmatch(text, *line))]
        openings = tuple(Opening(match.start(), match["name"].strip(), match.end()) for match in found)
        if len(openings) >= _LEAST and len({key(opening.speaker) for opening in openings}) >= 2:
            return Layout(openings)
    return None


def names_alone(text: str, lines: Sequence[Line]) -> Layout | None:
    """Names alone on lines, as speakers: at least two that recur, on many of the lines, and one of them asks.

    A report's headings recur too (`Oslo`, `Bergen`), so a line counts only with its like.
    """
    alone = {number: name for number, line in enumerate(lines) if (name := _name_alone(text, line))}
    counts = Counter(key(name) for name in alone.values())
    found = {number: name for number, name in alone.items() if counts[key(name)] > 1 and name_like(name)}
    places = sorted(found)
    speakers = {key(name) for name in found.values()}
    if len(found) < max(_LEAST, _LEAST_SHARE * len(lines)) or len(speakers) < 2:
        return None
    if any(second - first < 2 for first, second in pairwise(places)):
        return None
    bounds = [*places[1:], len(lines)]
    asking = Counter(
        key(found[place])
        for place, bound in zip(places, bounds, strict=True)
        if "?" in text[lines[place][1] : lines[bound - 1][1]]
    )
    lengths = [lines[bound - 1][1] - lines[place][1] for place, bound in zip(places, bounds, strict=True)]
    asks = any(asking[name] >= _ENOUGH_QUESTIONS * counts[name] for name in speakers)
    if not asks or median(lengths) > _LONGEST_TURN:
        return None
    return Layout(tuple(Opening(lines[place][0], found[place], lines[place][1]) for place in places))


def clocks_alone(text: str, lines: Sequence[Line]) -> list[Opening]:
    """An opening without a name for every time that stands alone on a line, if they are many and rise from the start."""
    found = [(line, stamp) for line in lines if (stamp := _clock_alone(text, line))]
    times = [stamp.at_ms for _line, stamp in found]
    rising = all(time is not None for time in times) and times == sorted(time or 0 for time in times)
    if len(found) < max(2, _LEAST_CLOCKS * len(lines)) or not rising or (times[0] or 0) > _FIRST_MINUTES_MS:
        return []
    return [Opening(line[0], "", line[1], stamp.at_ms, stamp.to_ms, True) for line, stamp in found]


def _short(line: Line) -> bool:
    return line[1] - line[0] <= _LONGEST_ALONE


def _clock_alone(text: str, line: Line) -> Stamp | None:
    """The time of a line that holds nothing else."""
    found = _leading(text, line) if _short(line) else None
    return found if found and not found.hashed and not text[found.end : line[1]].strip(" \t\u00a0-–:") else None


def _leading(text: str, line: Line) -> Stamp | None:
    start, end = line
    found = stamp_at(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
    return found[0]._replace(end=found[1]) if found else None


def _name_alone(text: str, line: Line) -> str:
    """What may be a speaker's name and nothing else, or empty."""
    name = _bare(text[slice(*line)]) if _short(line) else ""
    plain = name[:1].isupper() and len(name.split()) <= 5 and name[-1] not in ".?!…,:;" and ":" not in name
    return name if plain and not never_a_label(name) else ""


def _numbered(line: str) -> bool:
    name = _bare(line) if len(line) <= _LONGEST_ALONE else ""
    return bool(name) and (numbered_voice(name) or name.casefold() == _UNDEFINED)


def _bare(line: str) -> str:
    """The line without blanks and Markdown's marks around it."""
    return line.strip()[len(_MARKED.match(line.strip())[0]) :].rstrip("*_ ")

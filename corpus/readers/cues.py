"""Subtitles as turns: cues joined into what one speaker says, written as one line each.

The stored text has a line `[hh:mm:ss] Speaker: words` for every turn (without the name where nobody is named), so that
times and names stand in the text; the cues of a turn are joined by a blank. The turn keeps the exact milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from itertools import pairwise
from pathlib import Path

import regex

from corpus.cutting import time_notes
from corpus.errors import UnreadableSource
from corpus.labels import Label, confirmed_names, key, label_at, name_like, numbered_voice
from corpus.model import ImportNote, ReadOptions, Region, Transcript, Turn
from corpus.stamps import clock_text
from corpus.text import normalise
from corpus.turns import with_roles

_BLANKS = regex.compile(r"[ \t\n]+")
_SENTENCE_END = (".", "?", "!", "…", ".»", "?»", "!»", '."', '?"', '!"')
_PAUSE_MS = 2000
_LONGEST_UNNAMED = 400
"""Code points after which unnamed cues no longer join: a whole recording in one turn would have no times left."""
_ROLLING_MS = 100
_LONG_REPEAT = 3
_MANY_ROLL = 0.3
_PREFIX = regex.compile(r"(?P<name>[^\s:][^:]{0,59}): (?=\S)")
_LEAST_PREFIXED = 4
_NEARLY_ALL = 0.8
_CHANNEL = regex.compile(r"\d{1,3}")
_NOBODY = ("", "?", "None", "null")
_OVERLAP_MS = 5000
"""How far before its predecessor a segment may end, since voices overlap; further back, its place is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A stretch of one line of a cue that the transcriber was unsure of; offsets are code points of that line."""

    line: int
    start: int
    end: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One subtitle, or one voice in it: times in milliseconds, its lines, and who speaks if the file says so."""

    start_ms: int | None
    """None only where the file has no times at all."""
    end_ms: int | None
    lines: tuple[str, ...]
    """Each as `words` gives it."""
    speaker: str = ""
    turn_key: str = ""
    """Cues with the same key are one turn (Teams writes `GUID/turn-part`)."""
    doubts: tuple[Doubt, ...] = ()
    """In order, without overlap."""


def transcript_of(
    cues: Sequence[Cue], options: ReadOptions, notes: tuple[ImportNote, ...], encoding: str
) -> Transcript:
    """Subtitles as a transcript with its turns; what rolling captions show again is taken away."""
    kept, repeated = _without_repeats(cues)
    transcript = _assembled(kept, options, join=True)
    return replace(transcript, notes=notes + _repeat_note(repeated) + transcript.notes, encoding=encoding)


def timed_transcript(path: Path, cues: Sequence[Cue], options: ReadOptions, *, join: bool = True) -> Transcript:
    """Segments of a speech recogniser, or rows of a table, as a transcript; nothing that was said twice is taken away.

    Args:
        path: named in the refusal.
        cues: in the order of the file.
        options: what the researcher has said of labels and roles.
        join: make one turn of what one speaker says in several segments; without it each is a turn.

    Raises:
        UnreadableSource: if the times run backwards by more than overlapping voices do, or nobody says anything.
    """
    if not cues:
        raise UnreadableSource(path, _("Filen har tidskoder, men ingen tekst. Sjekk at det er riktig fil."))
    for before, cue in pairwise(cues):
        if before.start_ms is None or cue.start_ms is None:
            continue
        reached = cue.start_ms if cue.end_ms is None else cue.end_ms
        if reached < before.start_ms - _OVERLAP_MS:
            reason = _(
                "Tiden går bakover ved {time}, så teksten kan ikke følges mot opptaket. Rett rekkefølgen, eller "
                "eksporter filen på nytt."
            )
            raise UnreadableSource(path, reason.format(time=clock_text(cue.start_ms)))
    return _assembled(cues, options, join=join)


def words(lines: Iterable[str]) -> str:
    """Lines as one line of words, normalised as stored text is."""
    joined: str = _BLANKS.sub(" ", normalise(" ".join(lines)))
    return joined.strip()


def spoken_name(speaker: str) -> str:
    """A recogniser's name for a speaker as a label; a channel's number, which alone would be none, is called Speaker."""
    name = words([speaker])
    if name in _NOBODY:
        return ""
    return f"Speaker {name}" if _CHANNEL.fullmatch(name) else name


def _assembled(cues: Sequence[Cue], options: ReadOptions, *, join: bool) -> Transcript:
    rejected = {key(label) for label in options.rejected_labels}
    if not any(cue.speaker for cue in cues):
        cues = _labelled(cues, confirmed_names(options.confirmed_labels), rejected)
    cues = [replace(cue, speaker="") if key(cue.speaker) in rejected else cue for cue in cues]
    text, turns, regions = _written(_joined(cues) if join else cues)
    turns, role_notes = with_roles(text, turns, options)
    notes = time_notes(turns) + role_notes + _doubt_note(regions)
    return Transcript(text=text, turns=turns, notes=notes, regions=regions)


def _doubt_note(regions: Sequence[Region]) -> tuple[ImportNote, ...]:
    if not regions:
        return ()
    message = ngettext(
        "{n} sted er merket som usikkert gjenkjent; hør det mot opptaket.",
        "{n} steder er merket som usikkert gjenkjent; hør dem mot opptaket.",
        len(regions),
    )
    n = len(regions)
    return (ImportNote(message=message.format(n=n), start=regions[0].start, count=n, doubtful=True),)


def _without_repeats(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Cues without the lines that a rolling caption shows again, and how many cues had such lines (none has doubts).

    A repeat counts when the next cue follows at once and says the same words again, and they are at least three or such
    repeats are common in the file: *Ja. Ja.* is speech.
    """
    repeats = [0] + [_repeat(cues[i - 1], cues[i]) for i in range(1, len(cues))]
    common = sum(map(bool, repeats)) > _MANY_ROLL * len(cues)
    kept: list[Cue] = []
    dropped = 0
    for cue, repeat in zip(cues, repeats, strict=True):
        long = len(" ".join(cue.lines[:repeat]).split()) >= _LONG_REPEAT
        if not repeat or not (common or long):
            kept.append(cue)
            continue
        dropped += 1
        if repeat < len(cue.lines):
            kept.append(replace(cue, lines=cue.lines[repeat:]))
        elif kept:
            kept[-1] = replace(kept[-1], end_ms=_later(kept[-1].end_ms, cue.end_ms))
    return kept, dropped


def _repeat(before: Cue, cue: Cue) -> int:
    """How many of the cue's first lines are the last ones of the cue before, shown again without a pause."""
    pause = _pause(before, cue)
    if cue.speaker != before.speaker or pause is None or pause > _ROLLING_MS:
        return 0
    most = min(len(before.lines), len(cue.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == cue.lines[:n]), 0)


def _repeat_note(n: int) -> tuple[ImportNote, ...]:
    if not n:
        return ()
    message = ngettext(
        "{n} undertekst gjentok linjer fra den forrige; gjentakelsen er tatt bort.",
        "{n} undertekster gjentok linjer fra den forrige; gjentakelsene er tatt bort.",
        n,
    )
    return (ImportNote(message=message.format(n=n), count=n),)


def _labelled(cues: Sequence[Cue], confirmed: frozenset[str], rejected: set[str]) -> list[Cue]:
    """Cues split where a line begins with a speaker's label; lines without one continue the speaker before.

    A name that occurs once counts when at least half of the cues begin with a label, as in Zoom's files.
    """
    prefixes = _prefixes(cues)

    def label_of(line: str) -> Label | None:
        return label_at(line, 0, len(line), confirmed) or _prefixed(line, prefixes)

    found = [[label_of(line) for line in cue.lines] for cue in cues]
    found = [[label if label and _names(label, rejected) else None for label in labels] for labels in found]
    counts = Counter(key(label.text) for labels in found for label in labels if label)
    named = sum(1 for labels in found if labels and labels[0]) * 2 >= len(cues)

    def known(label: Label | None) -> Label | None:
        counted = label is not None and (
            label.kind in ("role", "confirmed")
            or label.text in prefixes
            or counts[key(label.text)] > 1
            or numbered_voice(label.text)
            or (named and (label.kind == "letter" or name_like(label.text)))
        )
        return label if counted else None

    split: list[Cue] = []
    speaker = ""
    for cue, labels in zip(cues, found, strict=True):
        speaker, parts = _split(cue, speaker, [known(label) for label in labels])
        split += parts
    return [cue for cue in split if words(cue.lines)]


def _prefixes(cues: Sequence[Cue]) -> frozenset[str]:
    """What stands before a colon at the beginning of nearly all cues, as few different things: whoever they are, they speak.

    Zoom writes what a participant calls itself, which may be a telephone (`iPhone 13`, `+47 912 ...`).
    """
    found = Counter(match["name"] for cue in cues if cue.lines and (match := _PREFIX.match(cue.lines[0])))
    most = sum(found.values()) >= max(_LEAST_PREFIXED, _NEARLY_ALL * len(cues))
    return frozenset(found) if most and len(found) <= max(2, found.total() // 4) else frozenset()


def _prefixed(line: str, prefixes: frozenset[str]) -> Label | None:
    match = _PREFIX.match(line) if prefixes else None
    return Label(0, match["name"], "free", match.end(), None) if match and match["name"] in prefixes else None


def _names(label: Label, rejected: set[str]) -> bool:
    """False for what the researcher has rejected, and for `[Applaus]`: in subtitles brackets mostly hold sounds."""
    voice = label.colon or label.kind in ("role", "confirmed") or numbered_voice(label.text)
    return voice and key(label.text) not in rejected


def _split(cue: Cue, speaker: str, labels: Sequence[Label | None]) -> tuple[str, list[Cue]]:
    """The cue cut at its lines with a label, which loses the label; and who speaks at its end."""
    parts: list[Cue] = []
    lines: list[str] = []
    doubts: list[Doubt] = []

    def close() -> None:
        if lines:
            parts.append(replace(cue, speaker=speaker, lines=tuple(lines), doubts=tuple(doubts)))

    for index, (line, label) in enumerate(zip(cue.lines, labels, strict=True)):
        cut = 0
        if label is not None:
            close()
            speaker, lines, doubts = label.text, [], []
            body = line[label.body_start :]
            cut = label.body_start + len(body) - len(body.lstrip())
        doubts += [
            replace(doubt, line=len(lines), start=max(0, doubt.start - cut), end=max(0, doubt.end - cut))
            for doubt in cue.doubts
            if doubt.line == index
        ]
        lines.append(line[cut:].strip())
    close()
    return speaker, parts


def _joined(cues: Iterable[Cue]) -> list[Cue]:
    """Consecutive cues of one speaker or of one turn as one; unnamed ones only while a sentence goes on."""
    groups: list[list[Cue]] = []
    length = 0
    for cue in cues:
        own = sum(map(len, cue.lines))
        if groups and _continues(groups[-1][-1], cue, length):
            groups[-1].append(cue)
            length += own
        else:
            groups.append([cue])
            length = own
    return [_merged(group) for group in groups]


def _merged(group: Sequence[Cue]) -> Cue:
    lines: list[str] = []
    doubts: list[Doubt] = []
    end_ms = group[0].end_ms
    for cue in group:
        doubts += [replace(doubt, line=doubt.line + len(lines)) for doubt in cue.doubts]
        lines += cue.lines
        end_ms = _later(end_ms, cue.end_ms)
    return replace(group[0], lines=tuple(lines), doubts=tuple(doubts), end_ms=end_ms)


def _later(first: int | None, second: int | None) -> int | None:
    """The later of two ends; unknown when the second is."""
    return second if first is None or second is None else max(first, second)


def _pause(before: Cue, cue: Cue) -> int | None:
    """Milliseconds from one cue's end to the next one's start, where both are known."""
    return None if before.end_ms is None or cue.start_ms is None else cue.start_ms - before.end_ms


def _continues(before: Cue, cue: Cue, length: int) -> bool:
    """Whether a cue goes on with the turn whose last cue is `before` and which has `length` code points."""
    if before.speaker != cue.speaker:
        return False
    if cue.speaker or (cue.turn_key and cue.turn_key == before.turn_key):
        return True
    if cue.turn_key and before.turn_key:
        return False
    pause = _pause(before, cue)
    if pause is None or not 0 <= pause < _PAUSE_MS:
        return False
    return not before.lines[-1].rstrip().endswith(_SENTENCE_END) and length < _LONGEST_UNNAMED


def _written(cues: Iterable[Cue]) -> tuple[str, tuple[Turn, ...], tuple[Region, ...]]:
    """The stored text with its turns and what is doubtful in it, with the offsets of every part."""
    pieces: list[str] = []
    turns: list[Turn] = []
    regions: list[Region] = []
    position = 0
    for cue in cues:
        lines = [words([line]) for line in cue.lines]
        said = " ".join(filter(None, lines))
        if not said:
            continue
        name = words([cue.speaker])
        clock = "" if cue.start_ms is None else f"[{clock_text(cue.start_ms)}] "
        label = clock + (f"{name}: " if name else "")
        start = position + len(label)
        turn = Turn(
            speaker=name,
            role="other",
            label_start=position,
            start=start,
            end=start + len(said),
            start_ms=cue.start_ms,
            end_ms=cue.end_ms,
        )
        turns.append(turn)
        regions += _regions(start, lines, cue.doubts)
        pieces.append(label + said + "\n")
        position += len(pieces[-1])
    return "".join(pieces), tuple(turns), tuple(regions)


def _regions(start: int, lines: Sequence[str], doubts: Iterable[Doubt]) -> list[Region]:
    """The doubts at their places in the stored text, whose lines from `start` on have a blank between them."""
    begins: list[int] = []
    for line in lines:
        begins.append(start)
        start += len(line) + 1 if line else 0
    spans = [
        (begins[doubt.line] + doubt.start, begins[doubt.line] + min(doubt.end, len(lines[doubt.line])), doubt.note)
        for doubt in doubts
    ]
    return [Region(start=begin, end=end, kind="doubtful", note=note) for begin, end, note in spans if begin < end]

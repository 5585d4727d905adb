"""Subtitles as turns: cues joined into what one speaker says, written as one line each.

The stored text has a line `[hh:mm:ss] Speaker: words` for every turn (without the name where nobody is named), so that
times and names stand in the text; the cues of a turn are joined by a blank. The turn keeps the exact milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from gettext import ngettext

import regex

from corpus.labels import confirmed_names, key, label_at, name_like
from corpus.model import ImportNote, ReadOptions, Transcript, Turn
from corpus.stamps import clock_text
from corpus.text import normalise
from corpus.turns import time_notes, with_roles

_BLANKS = regex.compile(r"[ \t\n]+")
_SENTENCE_END = (".", "?", "!", "…", ".»", "?»", "!»", '."', '?"', '!"')
_PAUSE_MS = 2000
_LONGEST_UNNAMED = 400
"""Code points after which unnamed cues no longer join: a whole recording in one turn would have no times left."""
_ROLLING_MS = 100
_LONG_REPEAT = 3
_MANY_ROLL = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One subtitle, or one voice in it: times in milliseconds, its lines, and who speaks if the file says so."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str = ""
    turn_key: str = ""
    """Cues with the same key are one turn (Teams writes `GUID/turn-part`)."""


def transcript_of(
    cues: Sequence[Cue], options: ReadOptions, notes: tuple[ImportNote, ...], encoding: str
) -> Transcript:
    """The cues as a transcript with its turns."""
    cues, repeated = _without_repeats(cues)
    rejected = {key(label) for label in options.rejected_labels}
    if not any(cue.speaker for cue in cues):
        cues = _labelled(cues, confirmed_names(options.confirmed_labels), rejected)
    cues = [replace(cue, speaker="") if key(cue.speaker) in rejected else cue for cue in cues]
    text, turns = _written(_joined(cues))
    turns, role_notes = with_roles(text, turns, options)
    notes += _repeat_note(repeated) + time_notes(turns) + role_notes
    return Transcript(text=text, turns=turns, notes=notes, encoding=encoding)


def words(lines: Iterable[str]) -> str:
    """Lines as one line of words, normalised as stored text is."""
    joined: str = _BLANKS.sub(" ", normalise(" ".join(lines)))
    return joined.strip()


def _without_repeats(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Cues without the lines that a rolling caption shows again, and how many cues had such lines.

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
            kept[-1] = replace(kept[-1], end_ms=max(kept[-1].end_ms, cue.end_ms))
    return kept, dropped


def _repeat(before: Cue, cue: Cue) -> int:
    """How many of the cue's first lines are the last ones of the cue before, shown again without a pause."""
    if cue.speaker != before.speaker or cue.start_ms - before.end_ms > _ROLLING_MS:
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
    found = [[label_at(line, 0, len(line), confirmed) for line in cue.lines] for cue in cues]
    found = [[label if label and key(label.text) not in rejected else None for label in labels] for labels in found]
    counts = Counter(key(label.text) for labels in found for label in labels if label)
    named = sum(1 for labels in found if labels and labels[0]) * 2 >= len(cues)
    split: list[Cue] = []
    speaker = ""
    for cue, labels in zip(cues, found, strict=True):
        lines: list[str] = []
        for line, label in zip(cue.lines, labels, strict=True):
            known = label is not None and (
                label.kind in ("role", "confirmed")
                or counts[key(label.text)] > 1
                or (named and (label.kind == "letter" or name_like(label.text)))
            )
            if label is not None and known:
                if lines:
                    split.append(replace(cue, speaker=speaker, lines=tuple(lines)))
                speaker, lines = label.text, [line[label.body_start :].strip()]
            else:
                lines.append(line)
        split.append(replace(cue, speaker=speaker, lines=tuple(lines)))
    return [cue for cue in split if words(cue.lines)]


def _joined(cues: Iterable[Cue]) -> list[Cue]:
    """Consecutive cues of one speaker or of one turn as one; unnamed ones only while a sentence goes on."""
    joined: list[Cue] = []
    for cue in cues:
        before = joined[-1] if joined else None
        if before is not None and _continues(before, cue):
            lines = before.lines + cue.lines
            joined[-1] = replace(before, lines=lines, end_ms=max(before.end_ms, cue.end_ms), turn_key=cue.turn_key)
        else:
            joined.append(cue)
    return joined


def _continues(before: Cue, cue: Cue) -> bool:
    if before.speaker != cue.speaker:
        return False
    if cue.speaker or (cue.turn_key and cue.turn_key == before.turn_key):
        return True
    if cue.turn_key and before.turn_key:
        return False
    length = sum(map(len, before.lines))
    said = before.lines[-1].rstrip()
    return (
        not said.endswith(_SENTENCE_END) and 0 <= cue.start_ms - before.end_ms < _PAUSE_MS and length < _LONGEST_UNNAMED
    )


def _written(cues: Iterable[Cue]) -> tuple[str, tuple[Turn, ...]]:
    """The stored text and its turns, with the offsets of every part."""
    pieces: list[str] = []
    turns: list[Turn] = []
    position = 0
    for cue in cues:
        said = words(cue.lines)
        if not said:
            continue
        name = words([cue.speaker])
        label = f"[{clock_text(cue.start_ms)}] " + (f"{name}: " if name else "")
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
        pieces.append(label + said + "\n")
        position += len(pieces[-1])
    return "".join(pieces), tuple(turns)

"""From openings to turns: what is said below each, when, and what is wrong with the times.

A time that is none, or runs backwards, is told of and never mended: `unread` names the places, for the door to decide
whether the text can be taken in at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import ngettext
from typing import NamedTuple

from corpus.model import ImportNote, Turn
from corpus.shapes import Layout, Opening
from corpus.stamps import stamp_at, trailing_hash


class Cut(NamedTuple):
    """A text cut at its openings; every role is still `other`."""

    turns: tuple[Turn, ...]
    notes: tuple[ImportNote, ...]
    stamps: int
    """Openings that claim a time."""
    unread: tuple[int, ...]
    """Where turns begin whose claimed time is none, or ends before it starts."""


def cut(text: str, layout: Layout) -> Cut:
    """Turns between the openings, with times; openings under which nothing is said give none."""
    turns: list[Turn] = []
    invalid: list[int] = []
    empty: list[int] = []
    closers = iter(layout.closers)
    closer = next(closers, len(text))
    previous_end: int | None = None
    stamps = 0
    for index, opening in enumerate(layout.openings):
        limit = layout.openings[index + 1].label_start if index + 1 < len(layout.openings) else len(text)
        while closer < opening.label_start:
            closer = next(closers, len(text))
        start, end = _stripped(text, opening.body_start, min(limit, closer))
        opening, start = _stamp_in_body(text, opening, start, end)
        start_ms, end_ms = opening.start_ms, opening.end_ms
        closing = trailing_hash(text, start, end)
        if closing:
            start, end = _stripped(text, start, closing[0])
            end_ms = closing[1]
            start_ms = previous_end if start_ms is None and not opening.stamped else start_ms
        stamps += opening.stamped or closing is not None
        if (opening.stamped and start_ms is None) or (closing and closing[1] is None):
            invalid.append(opening.label_start)
        if start_ms is not None and end_ms is not None and end_ms < start_ms:
            invalid.append(opening.label_start)
            end_ms = None
        previous_end = end_ms if closing else None
        if start == end:
            empty.append(opening.label_start)
            continue
        turns.append(
            Turn(
                speaker=opening.speaker,
                role="other",
                label_start=opening.label_start,
                start=start,
                end=end,
                start_ms=start_ms,
                end_ms=end_ms,
            )
        )
    return Cut(tuple(turns), _cut_notes(invalid, empty) + time_notes(turns), stamps, tuple(invalid))


def _stamp_in_body(text: str, opening: Opening, start: int, end: int) -> tuple[Opening, int]:
    """Takes a stamp in brackets that begins the speech as the turn's time: `Informant 1: [00:01:02] Jo`."""
    found = None if opening.stamped else stamp_at(text, start, end)
    if found is None or not found[0].bracketed or found[0].hashed:
        return opening, start
    stamp, after = found
    opening = opening._replace(start_ms=stamp.at_ms, end_ms=stamp.to_ms, stamped=True)
    return opening, _stripped(text, after, end)[0]


def _cut_notes(invalid: Sequence[int], empty: Sequence[int]) -> tuple[ImportNote, ...]:
    notes = []
    if invalid:
        message = ngettext(
            "{n} tidskode er ikke et gyldig tidspunkt, og replikken står uten tid.",
            "{n} tidskoder er ikke gyldige tidspunkt, og replikkene står uten tid.",
            len(invalid),
        )
        notes.append(
            ImportNote(message=message.format(n=len(invalid)), start=invalid[0], count=len(invalid), doubtful=True)
        )
    if empty:
        message = ngettext(
            "{n} etikett står uten tekst etter seg og gir ingen replikk.",
            "{n} etiketter står uten tekst etter seg og gir ingen replikk.",
            len(empty),
        )
        notes.append(ImportNote(message=message.format(n=len(empty)), start=empty[0], count=len(empty)))
    return tuple(notes)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks at its borders; an empty span stands at `start`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, max(start, end)


def time_notes(turns: Iterable[Turn]) -> tuple[ImportNote, ...]:
    """A doubtful note when times go backwards, at the first place where they do."""
    latest, backwards = -1, []
    for turn in turns:
        if turn.start_ms is None:
            continue
        if turn.start_ms < latest:
            backwards.append(turn.label_start)
        latest = turn.start_ms
    if not backwards:
        return ()
    message = ngettext(
        "Tiden går bakover {n} sted i teksten; sjekk tidskodene.",
        "Tiden går bakover {n} steder i teksten; sjekk tidskodene.",
        len(backwards),
    )
    n = len(backwards)
    return (ImportNote(message=message.format(n=n), start=backwards[0], count=n, doubtful=True),)

"""From openings to turns: what is said below each, when, and what is wrong with the times.

A stamp that closes a turn is its end, and the beginning of the next one: always where it is f4's `#00:00:05-2#`, and where
it is `[00:00:05]` when most turns end with one and none begins with one (see `_closing_clocks`).

A time that is none, or runs backwards, is told of and never mended: `unread` names the places, for the door to decide
whether the text can be taken in at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import NamedTuple

from corpus.model import ImportNote, Turn
from corpus.shapes import Layout, Opening
from corpus.stamps import closing_clock, stamp_at, trailing_hash

_MOST_CLOSED = 0.6
"""Share of turns with a clock in brackets at their end from which these are stamps and no times that somebody speaks of."""
_NEARLY_ALL_CLOSED = 0.9
"""The same share for clocks without brackets, as oTranscribe shows them."""
_FIRST_MINUTES_MS = 180_000

Clock = tuple[int, int | None]
"""Where a closing clock begins, and its time; None for figures that are no time."""


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
    previous_end: int | None = None
    stamps = 0
    spans = _spans(text, layout)
    clocks = _closing_clocks(text, layout, spans)
    for opening, (start, end), clock in zip(layout.openings, spans, clocks, strict=True):
        opening, start = _stamp_in_body(text, opening, start, end)
        start_ms, end_ms = opening.start_ms, opening.end_ms
        closing = trailing_hash(text, start, end) or (clock if clock and clock[0] > start else None)
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
    notes = _cut_notes(invalid, empty) + _closing_note(turns if any(clocks) else ()) + time_notes(turns)
    return Cut(tuple(turns), notes, stamps, tuple(invalid))


def _spans(text: str, layout: Layout) -> list[tuple[int, int]]:
    """What stands below each opening, to the next one or to what closes it, without blanks at its borders."""
    found: list[tuple[int, int]] = []
    closers = iter(layout.closers)
    closer = next(closers, len(text))
    for index, opening in enumerate(layout.openings):
        limit = layout.openings[index + 1].label_start if index + 1 < len(layout.openings) else len(text)
        while closer < opening.label_start:
            closer = next(closers, len(text))
        found.append(_stripped(text, opening.body_start, min(limit, closer)))
    return found


def _closing_clocks(text: str, layout: Layout, spans: Sequence[tuple[int, int]]) -> Sequence[Clock | None]:
    """For each turn the clock that closes it; none at all where a turn begins with a stamp, or clocks may be hours of the day.

    Stamps rise and stand at the ends of most turns. `[06:30]` and `06:30` may be what somebody says, so short ones count
    only when the first lies near the recording's beginning, and bare ones only so.
    """
    nothing = [None] * len(spans)
    if any(opening.stamped for opening in layout.openings):
        return nothing
    for bare, share in ((False, _MOST_CLOSED), (True, _NEARLY_ALL_CLOSED)):
        clocks = [closing_clock(text, start, end, bare=bare) for start, end in spans]
        found = [clock for clock in clocks if clock]
        times = [-1 if time is None else time for _at, time in found]
        if len(found) < max(2, share * len(spans)) or times != sorted(times) or times[0] < 0:
            continue
        long = all(
            clock is None or text.count(":", clock[0], end) == 2
            for clock, (_start, end) in zip(clocks, spans, strict=True)
        )
        if times[0] < _FIRST_MINUTES_MS or (long and not bare):
            return clocks
    return nothing


def _closing_note(turns: Sequence[Turn]) -> tuple[ImportNote, ...]:
    """Says that clocks at the ends of turns were read as their ends."""
    if not turns:
        return ()
    message = _("Tidskodene står sist i replikkene og er lest som tiden da replikken slutter; sjekk det mot opptaket.")
    return (ImportNote(message=message, start=turns[0].label_start, doubtful=True),)


def _stamp_in_body(text: str, opening: Opening, start: int, end: int) -> tuple[Opening, int]:
    """Takes a stamp in brackets that begins the speech as the turn's time: `Informant 1: [00:01:02] Jo`.

    One of f4's is so only when no other one ends the turn.
    """
    found = None if opening.stamped else stamp_at(text, start, end)
    if found is None or not found[0].bracketed:
        return opening, start
    stamp, after = found
    if stamp.hashed and (trailing_hash(text, after, end) or not text[after:end].strip()):
        return opening, start
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

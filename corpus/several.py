"""Signs that one file holds several interviews. They are told of; the file is not split."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from gettext import ngettext

import regex

from corpus.model import ImportNote, Turn

_TITLE = regex.compile(
    r"(?im)^[ \t#*]*(?:(?:dybde|gruppe|telefon|fokusgruppe)?intervju(?:et)?|fokusgruppe|samtale|opptak)"
    r"[ \t]+(?:nr\.?[ \t]*|nummer[ \t]+)?(?P<number>\d{1,3})\b[^\n.?!]{0,80}$"
)
_FROM_MS = 180_000
_TO_MS = 60_000
_LEAST_TURNS = 2


def several_note(text: str, turns: Sequence[Turn]) -> tuple[ImportNote, ...]:
    """A doubtful note when the turns stand under several numbered headings, or the recording's time begins anew."""
    places = max(_titles(text, turns), _restarts(turns), key=len)
    if not places:
        return ()
    n = len(places) + 1
    message = ngettext(
        "Filen ser ut til å ha {n} intervju. Del den i en fil for hvert, så talere og informanter ikke blandes.",
        "Filen ser ut til å ha {n} intervjuer. Del den i en fil for hvert, så talere og informanter ikke blandes.",
        n,
    )
    return (ImportNote(message=message.format(n=n), start=places[0], count=n, doubtful=True),)


def _titles(text: str, turns: Sequence[Turn]) -> list[int]:
    """Where headings such as `Intervju 2` stand with turns below, but for the first one; each number counts once."""
    starts = [turn.label_start for turn in turns]
    first: dict[str, int] = {}
    for match in _TITLE.finditer(text):
        first.setdefault(match.group("number"), match.start())
    places = sorted(first.values())
    bounds = [bisect_left(starts, place) for place in (*places, len(text))]
    filled = [place for place, low, high in zip(places, bounds, bounds[1:], strict=False) if high - low >= _LEAST_TURNS]
    return filled[1:]


def _restarts(turns: Sequence[Turn]) -> list[int]:
    """Where the time falls back to the first minute of a recording."""
    places: list[int] = []
    latest = -1
    for turn in turns:
        if turn.start_ms is None:
            continue
        if latest >= _FROM_MS and turn.start_ms < _TO_MS:
            places.append(turn.label_start)
        latest = turn.start_ms
    return places

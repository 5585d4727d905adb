"""Times that stand in a text without giving any turn its time, and times of the day where a recording's are expected.

A transcript with time codes must not become text without times unseen: where they stand on many of the lines the file is
refused, where they are few they are told of.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

import regex

from corpus.model import ImportNote, Turn
from corpus.stamps import clock_ms, clock_text, hours_of_day

_LOOSE = regex.compile(
    r"(?<![\d:.,])(?P<at>\d{1,2}:\d{2}:\d{2})(?:[.,]\d{1,3})?(?![\d:])"
    r"|[\[(<{#](?P<at>\d{1,3}:\d{2}(?::\d{2})?)(?:[.,-]\d{1,3})?[\])>}#]"
)
_FEW = 3
_MANY = 4
_MANY_LINES = 0.4
"""Share of lines with a time from which the times are those of a transcript."""
_DAYTIME_MS = 5 * 3_600_000
"""Where no recording begins, but a working day does."""


def loose_times(text: str, turns: Sequence[Turn]) -> tuple[tuple[int, ...], bool]:
    """Where times stand that rise through the text though no turn has one, and whether they are a transcript's.

    They are when they stand on many of the lines and are no hours of the day, as in the log of a visit.
    """
    if any(turn.start_ms is not None or turn.end_ms is not None for turn in turns):
        return (), False
    found = [(match.start(), clock_ms(match["at"])) for match in _LOOSE.finditer(text)]
    times = [time for _place, time in found if time is not None]
    if len(times) < _FEW or times != sorted(times) or times[0] == times[-1]:
        return (), False
    places = tuple(place for place, _time in found)
    lines = [line for line in text.split("\n") if line.strip()]
    stamped = sum(_LOOSE.search(line) is not None for line in lines)
    many = len(times) >= _MANY and stamped >= _MANY_LINES * len(lines)
    return places, many and not hours_of_day(times)


def loose_note(places: Sequence[int]) -> tuple[ImportNote, ...]:
    """Says that there are times in the text that no turn has."""
    if not places:
        return ()
    message = ngettext(
        "{n} tidskode står i teksten, men ingen replikk har tid; teksten kan ikke følges mot opptaket.",
        "{n} tidskoder står i teksten, men ingen replikk har tid; teksten kan ikke følges mot opptaket.",
        len(places),
    )
    n = len(places)
    return (ImportNote(message=message.format(n=n), start=places[0], count=n, doubtful=True),)


def daytime_note(turns: Sequence[Turn]) -> tuple[ImportNote, ...]:
    """Says that the times begin where no recording does, as those of Zoom's saved captions do."""
    first = next((turn for turn in turns if turn.start_ms is not None), None)
    if first is None or first.start_ms is None or first.start_ms < _DAYTIME_MS:
        return ()
    message = _("Tidene begynner ved {time} og ser ut til å være klokkeslett, ikke tid i opptaket.")
    return (
        ImportNote(message=message.format(time=clock_text(first.start_ms)), start=first.label_start, doubtful=True),
    )

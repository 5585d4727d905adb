"""Codings carried into a newer version of a text that was changed elsewhere: to a place beyond doubt, or to a person.

A span is placed when both its borders are settled and its words are still recognisable, or when its exact words are long enough
and stand once in each text. Everything else is queued with the places it could be; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from itertools import islice
from typing import Literal

from rapidfuzz import fuzz

from corpus.alignment import Alignment, align, map_of
from corpus.borders import settled
from corpus.edits import EditMap
from corpus.ground import Ground, Side, around, carried, ground, kept_between
from corpus.spans import Span
from corpus.turn_borders import Borders, turn_borders

How = Literal["same", "moved", "changed", "queued"]

UNIQUE_LENGTH = 40
"""A quote that lies in another order than the text around it is placed only if it has so many characters."""
CANDIDATES = 5
_RECOGNISABLE = 0.5
"""So much of a span's characters must be kept, and so much of what lies between its borders be its own."""
_ELSEWHERE = 0.2
"""More than this share of a stretch cannot be claimed by other text if a quote is to be moved to it."""
_ALIKE = 65
_SEARCHED = 1_500
"""How far from where it should be, and for how much of a span, something like its words is searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A span of the old text, half-open code points, and whatever the caller knows it by."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an anchor's span lies in the new text."""

    key: str
    how: How
    """`same` and `moved`: the same words, at the same or another offset; `changed`: between the same borders."""
    start: int = 0
    end: int = 0
    """0, 0 when it is queued."""
    candidates: tuple[Span, ...] = ()
    """Places a person may choose from, the likeliest first, at most 5; only when it is queued."""
    reason: str = ""
    """Why it is queued, Norwegian, a whole sentence."""


def place(
    old: str,
    new: str,
    anchors: Iterable[Anchor],
    alignment: Alignment | None = None,
    turns: tuple[Sequence[Span], Sequence[Span]] = ((), ()),
) -> list[Placement]:
    """Where each anchor's span lies in `new`, in the order given.

    Args:
        alignment: `align(old, new)`, if it has been made already.
        turns: the spoken text of the turns of either, in order; a span that ends where a turn does, does so there too.

    Raises:
        ValueError: if an anchor reaches past the old text.
    """
    alignment = alignment or align(old, new)
    forward = ground(old, new, alignment.edit_map, alignment.links)
    backward = ground(new, old, _reversed(forward))
    borders = turn_borders(forward, *turns)
    return [_placed(forward, backward, borders, anchor) for anchor in anchors]


def _reversed(forward: Ground) -> EditMap:
    return map_of((new_start, new_end, start, end) for start, end, new_start, new_end in forward.pieces)


def _placed(forward: Ground, backward: Ground, borders: Borders, anchor: Anchor) -> Placement:
    if not 0 <= anchor.start <= anchor.end <= len(forward.old):
        raise ValueError(f"anchor {anchor.key} lies outside the text: {anchor.start}..{anchor.end}")
    if anchor.start == anchor.end:
        return Placement(key=anchor.key, how="queued", reason=_("Kodingen hadde ingen tekst fra før."))
    length = anchor.end - anchor.start
    start, end = settled(forward, anchor.start, "start", length), settled(forward, anchor.end, "end", length)
    start = borders.get((anchor.start, "start")) if start is None else start
    end = borders.get((anchor.end, "end")) if end is None else end
    if start is not None and end is not None and start < end and _is_recognisable(forward, anchor, start, end):
        same_words = forward.new[start:end] == forward.old[anchor.start : anchor.end]
        how: How = "changed" if not same_words else "same" if start == anchor.start else "moved"
        return Placement(key=anchor.key, how=how, start=start, end=end)
    quote = forward.old[anchor.start : anchor.end]
    exact = _exact_elsewhere(forward, backward, anchor, quote)
    if exact is not None:
        return Placement(key=anchor.key, how="moved", start=exact, end=exact + length)
    likely = _edge(forward, anchor.start, "start"), _edge(forward, anchor.end, "end")
    candidates = tuple(islice(dict.fromkeys(_candidates(forward, anchor, quote, likely)), CANDIDATES))
    reason = _reason(forward, anchor, likely, start is None, end is None)
    return Placement(key=anchor.key, how="queued", candidates=candidates, reason=reason)


def _reason(forward: Ground, anchor: Anchor, likely: Span, start_doubtful: bool, end_doubtful: bool) -> str:
    if likely[0] >= likely[1]:
        return _("Teksten er tatt ut eller flyttet i den nye versjonen.")
    if not _is_recognisable(forward, anchor, *likely):
        return _("Teksten er skrevet om, så det er usikkert om koden fortsatt passer.")
    if start_doubtful and end_doubtful:
        return _("Både begynnelsen og slutten er usikre: teksten rundt er endret eller gjentatt.")
    if start_doubtful:
        return _("Begynnelsen er usikker: teksten rundt er endret eller gjentatt.")
    return _("Slutten er usikker: teksten rundt er endret eller gjentatt.")


def _is_recognisable(forward: Ground, anchor: Anchor, start: int, end: int) -> bool:
    kept = kept_between(forward, anchor.start, anchor.end)
    return kept >= _RECOGNISABLE * (anchor.end - anchor.start) and kept >= _RECOGNISABLE * (end - start)


def _exact_elsewhere(forward: Ground, backward: Ground, anchor: Anchor, quote: str) -> int | None:
    """Where a quote stands that was moved out of the order of the text around it.

    It must be long, stand once in each text between the same characters, and come from and go to stretches that the map joins
    with nothing else.
    """
    length = len(quote)
    if length < UNIQUE_LENGTH or kept_between(forward, anchor.start, anchor.end) > _ELSEWHERE * length:
        return None
    place = forward.new.find(quote)
    if place < 0 or forward.new.find(quote, place + 1) >= 0:
        return None
    if kept_between(backward, place, place + length) > _ELSEWHERE * length:
        return None
    if forward.old.find(quote) != anchor.start or forward.old.find(quote, anchor.start + 1) >= 0:
        return None
    return place if _is_between_the_same(forward, anchor, place) else None


def _is_between_the_same(forward: Ground, anchor: Anchor, place: int) -> bool:
    """Whether a quote has the same character before and after it in both texts, and another than its own first and last.

    A space, a line's end and the text's end are the same.
    """
    old, new, end = forward.old, forward.new, place + anchor.end - anchor.start
    outside = (
        (old[max(0, anchor.start - 1) : anchor.start], new[max(0, place - 1) : place], new[place]),
        (old[anchor.end : anchor.end + 1], new[end : end + 1], new[end - 1]),
    )
    return all(was.strip() == now.strip() != own.strip() for was, now, own in outside)


def _candidates(forward: Ground, anchor: Anchor, quote: str, likely: Span) -> Iterator[Span]:
    """Places a person may choose from: where the map puts the span, its exact words nearby, words like them nearby."""
    empty = likely[0] >= likely[1]
    if not empty and _is_recognisable(forward, anchor, *likely):
        yield likely
    exact = list(_occurrences(forward.new, quote, likely[0]))
    yield from exact
    if not empty:
        yield likely
    elif not exact:
        yield from _like(forward.new, quote, likely[0])


def _edge(forward: Ground, border: int, side: Side) -> int:
    """Where the map puts a border, inside a replaced stretch the outer edge of it."""
    place = carried(forward, border, side)
    if place is not None:
        return place
    piece = around(forward, border, border)[0]
    return piece[2] if side == "start" else piece[3]


def _occurrences(text: str, quote: str, place: int) -> Iterator[Span]:
    """Where exactly these words stand, the nearest first, at most as many as there are candidates."""
    found: list[int] = []
    at = text.find(quote, place)
    while at >= 0 and len(found) < CANDIDATES:
        found.append(at)
        at = text.find(quote, at + 1)
    at = text.rfind(quote, 0, place + len(quote) - 1)
    while at >= 0 and len(found) < 2 * CANDIDATES:
        found.append(at)
        at = text.rfind(quote, 0, at + len(quote) - 1)
    for start in sorted(found, key=lambda each: (abs(each - place), each))[:CANDIDATES]:
        yield start, start + len(quote)


def _like(text: str, quote: str, place: int) -> Iterator[Span]:
    """The stretch near a place that is most like the words, if it is much like them."""
    low, high = max(0, place - _SEARCHED), place + len(quote) + _SEARCHED
    if len(quote) > _SEARCHED or len(quote) >= high - low:
        return
    best = fuzz.partial_ratio_alignment(quote, text[low:high], score_cutoff=_ALIKE)
    if best is not None and best.dest_start < best.dest_end:
        yield low + best.dest_start, low + best.dest_end

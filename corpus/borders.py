"""Where a border between two characters lies in a text that was changed elsewhere, when there is no doubt about it.

A border is settled when no other reading of the changes around it, as cheap or almost so, puts a character that was kept on its
other side. Three things make another reading possible: small edits close by (they are counted), a large stretch that was added
or taken out beside a text like it (it could as well be the other one), and a place where little was kept at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from corpus.alignment import Piece, same_head, same_tail
from corpus.ground import LARGE, Ground, Side, around, carried, is_large, is_whole, kept_between, shifted, size

_SUPPORT = 40
_OWN = 0.7
"""Of the nearest 40 characters inside the span such a share must have been kept."""
_SHORT = 5
"""In a span shorter than this a slip leaves a smaller share; that its words are recognisable must do."""
_CALM = 6
"""Where more than this was replaced within 40 characters, words that each text has once must be near as well."""
_SLIP = 2
"""Edits of one or two characters do not count for that, and neither do changes of form."""
_LINKED = 60
_NEAR = 12
"""Edits so close to a border are counted."""
_REACH = 24
"""How far from the border they are counted, to each side."""
_CROSSING = 8
"""How far a character may have to move to be on the border's other side."""
_CROWDED = 4
"""With more edits than this close by, letters that are alike may be so by chance."""
_WIDE = 300
"""Large changes so close are looked at, and those as far as the nearest linked words, but no farther than 2,000 characters."""
_WIDEST = 2_000
_BEYOND = 6
"""So many characters on the border's other side must be alike, too, before a large change could lie there."""
_HAPPENS = 3
"""Two passages end in the same one to three characters by chance; a change of whole words is not cut by them."""
_WHOLE = 8
_ALIKE = 88
"""Likeness in per cent of a stretch to one inside a large change from which the two could be mistaken."""
_COMPARED = 150


def settled(ground: Ground, border: int, side: Side, length: int) -> int | None:
    """Where a border of a span of `length` characters lies in the new text; none while there is doubt."""
    place = carried(ground, border, side)
    if place is None or not ground.pieces:
        return place
    doubtful = (
        not _is_own(ground, border, side, length)
        or not _is_linked(ground, border)
        or _may_belong(ground, border, side)
        or _may_slide(ground, border, place)
        or _may_cross(ground, border, place)
    )
    return None if doubtful else place


def _is_own(ground: Ground, border: int, side: Side, length: int) -> bool:
    """Whether the span's own text at the border was mostly kept, and not taken out or written anew."""
    head = min(length, _BEYOND)
    low, high = (border, border + head) if side == "start" else (border - head, border)
    for piece in around(ground, low, high):
        if piece[0] < high and piece[1] > low and is_large(piece) and piece not in ground.of_form:
            return False
    length = min(length, _SUPPORT)
    start, end = (border, border + length) if side == "start" else (border - length, border)
    return length < _SHORT or kept_between(ground, start, end) >= _OWN * length


def _is_linked(ground: Ground, border: int) -> bool:
    """Whether little was changed around the border, or words that each text has once hold it there."""
    changes = 0
    low, high = max(0, border - _LINKED), border + _LINKED
    for piece in around(ground, low, high):
        if size(piece) <= _SLIP or piece in ground.of_form:
            continue
        if piece[1] >= border - _SUPPORT and piece[0] <= border + _SUPPORT:
            changes += size(piece)
        if is_large(piece) and piece[1] <= border:
            low = piece[1]
        elif is_large(piece):
            high = min(high, piece[0])
    if changes <= _CALM:
        return True
    at = bisect_left(ground.links, low)
    return at < len(ground.links) and ground.links[at] < high


def _is_left(piece: Piece, border: int, place: int) -> bool:
    return piece[1] <= border and piece[3] <= place


def _may_slide(ground: Ground, border: int, place: int) -> bool:
    """Whether a large change near the border could lie on its other side, since the text between is like what was changed."""
    at = bisect_right(ground.links, border)
    low = min(border - _WIDE, ground.links[at - 1] if at else 0)
    high = max(border + _WIDE, ground.links[at] if at < len(ground.links) else len(ground.old))
    for piece in around(ground, max(low, border - _WIDEST), min(high, border + _WIDEST)):
        if not is_whole(ground, piece):
            continue
        start, end, new_start, new_end = piece
        if _is_left(piece, border, place):
            apart, tail = border - end, False
            stretches = (ground.old, start, end, ground.new, new_end), (ground.new, new_start, new_end, ground.old, end)
        else:
            apart, tail = start - border, True
            stretches = (
                (ground.old, end, start, ground.new, new_start),
                (ground.new, new_end, new_start, ground.old, start),
            )
        if any(_slides(*stretch, apart, size(piece), tail) for stretch in stretches):
            return True
    return False


def _slides(text: str, far: int, near: int, other: str, other_near: int, apart: int, changed: int, tail: bool) -> bool:
    """Whether a stretch of `text` begins (or ends, `tail`) as the text between it and the border goes on.

    Args:
        far: the stretch's end that is away from the border.
        near: its end towards the border.
        other: the other text, where the stretch is not; `other_near` is the corresponding place.
        apart: how many characters lie between the stretch and the border.
        changed: how large the whole change is.
    """
    if far == near:
        return False
    alike = same_tail(text, far, other, other_near) if tail else same_head(text, far, other, other_near)
    if alike > apart and not (alike <= _HAPPENS and changed >= _WHOLE):
        return True
    length = apart + _BEYOND
    if abs(far - near) < LARGE:
        return False
    between = text[max(0, near - length) : near] if tail else text[near : near + length]
    there = text[max(0, far - len(between)) : far] if tail else text[far : far + len(between)]
    return _is_like(between, there, abs(far - near)) or _is_within(text, between, far, near, tail)


def _is_like(one: str, other: str, changed: int) -> bool:
    allowed = min(1 + len(one) // 12, changed // 3)
    return len(one) >= _BEYOND and Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _is_within(text: str, between: str, far: int, near: int, tail: bool) -> bool:
    """Whether the text towards the border stands a second time in what was changed, perhaps with a slip."""
    if not _BEYOND <= len(between) <= _COMPARED:
        return False
    short = between[_BEYOND - 2 :] if tail else between[: 2 - _BEYOND]
    short = short if len(short) >= _BEYOND else between
    reach, half = len(short) - 1, len(between) // 2
    exact = text[max(0, near - reach) : far] if tail else text[far : near + reach]
    about = text[max(0, near - half) : far] if tail else text[far : near + half]
    return short in exact or (len(about) >= len(between) and fuzz.partial_ratio(between, about) >= _ALIKE)


def _may_belong(ground: Ground, border: int, side: Side) -> bool:
    """Whether a slip at the border could have been on either side of it.

    A letter that was doubled could be the first or the second; several edits beside each other may be on both sides, unless
    they made one word of another.
    """
    old, new = ground.old, ground.new
    for piece in around(ground, border - _CROSSING, border + _CROSSING):
        start, end, new_start, new_end = piece
        if is_whole(ground, piece):
            continue
        if start == end:
            first = start - same_tail(new, new_end, old, start)
            last = start + same_head(new, new_start, old, end)
            if first <= border < last if side == "start" else first < border <= last:
                return True
        elif border in (start, end) and new_start != new_end and size(piece) > 1:
            return not (_is_word(old, start, end) and _is_word(new, new_start, new_end))
    return False


def _is_word(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 1) : start], text[end : end + 1]
    return text[start:end].isalnum() and not any(char.isalnum() for char in beside)


def _may_cross(ground: Ground, border: int, place: int) -> bool:
    """Whether the edits near a border have a reading, hardly dearer, that puts a kept character on its other side."""
    near = [piece for piece in around(ground, border - _NEAR, border + _NEAR) if not is_whole(ground, piece)]
    if not near:
        return False
    low, high, new_low, new_high = _window(ground, border, place)
    within = [piece for piece in around(ground, low, high) if low <= piece[0] and piece[1] <= high]
    if sum(size(piece) for piece in near) > _CROWDED or _is_transposed(ground, within):
        return True
    return has_crossing(ground.old[low:high], ground.new[new_low:new_high], border - low, place - new_low)


def _window(ground: Ground, border: int, place: int) -> Piece:
    """The stretch in which edits are counted: no large change is in it, and its ends were kept."""
    low, high = max(0, border - _REACH), min(len(ground.old), border + _REACH)
    new_low = new_high = -1
    for piece in around(ground, low, high):
        left = _is_left(piece, border, place)
        if left and is_whole(ground, piece):
            low, new_low = piece[1], piece[3]
        elif left and piece[0] <= low:
            low, new_low = piece[0], piece[2]
        elif not left and (is_whole(ground, piece) or piece[1] >= high):
            high, new_high = (piece[0], piece[2]) if is_whole(ground, piece) else (piece[1], piece[3])
            break
    new_low = shifted(ground, low) if new_low < 0 else new_low
    new_high = shifted(ground, high) if new_high < 0 else new_high
    return low, high, new_low, new_high


def _is_transposed(ground: Ground, pieces: Sequence[Piece]) -> bool:
    """Whether the edits put in what they took out, as they do where two words or short lines changed places."""
    if len(pieces) < 2:
        return False
    removed = Counter(char for piece in pieces for char in ground.old[piece[0] : piece[1]])
    added = Counter(char for piece in pieces for char in ground.new[piece[2] : piece[3]])
    both = (removed & added).total()
    return both > 1 and 2 * both >= max(removed.total(), added.total())


def has_crossing(old: str, new: str, border: int, place: int) -> bool:
    """Whether a reading of few edits keeps a character that is before `border` in one text and after `place` in the other.

    A reading that costs one edit more than the cheapest counts, and where much was edited one that costs a little more still.
    """
    cheapest = Levenshtein.distance(old, new)
    if cheapest > 2 * _CROWDED:
        return True
    allowed = cheapest + 1 + cheapest // 3
    left = range(max(0, border - _CROSSING), border), range(place, min(len(new), place + _CROSSING))
    right = range(border, min(len(old), border + _CROSSING)), range(max(0, place - _CROSSING), place)
    for old_range, new_range in (left, right):
        for i in old_range:
            for j in new_range:
                if old[i] != new[j] or abs(i - j) + abs(len(old) - i - len(new) + j) > allowed:
                    continue
                cost = Levenshtein.distance(old[:i], new[:j]) + Levenshtein.distance(old[i + 1 :], new[j + 1 :])
                if cost <= allowed:
                    return True
    return False

"""What became of a text that was changed elsewhere: an exact map from the old text to the new one, with no record of the edits.

Sequences of words that each text has once, in the same order in both, are links; what lies between two links is compared
character by character. The map is always exact (its pieces lead from the old text to the new), and where a stretch was written
anew it is one piece, since letters that happen to recur there say nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from corpus.edits import EditMap

Piece = tuple[int, int, int, int]
"""A replaced stretch: start and end in the old text, start and end in the new one."""
Link = tuple[int, int, int]
"""A word both texts have at corresponding places: its start in the old text, its start in the new one, its length."""

_WORD = re.compile(r"\w+")
_LINKED_WORDS = 4
"""A sequence this long is about 20 characters: seldom twice by chance, seldom touched by a stray edit."""
_INNER_WORDS = (3, 2, 1)
"""Between two links fewer words are enough, as long as they are the only ones there."""
_INNER_LENGTH = 300
"""Only what is longer is searched for inner links."""
_COMPARED = 25_000_000
"""Product of two lengths that are compared character by character; more is one piece."""
_CHANCE = 12
"""An unchanged stretch shorter than this between two larger changes is there by chance, unless a line ends in it."""
_LARGE = 3
_CRUMB = 3
_WHOLE = 8
"""And so is one of three characters or fewer beside a change of words."""


@dataclass(frozen=True, slots=True)
class _Words:
    texts: list[str]
    starts: list[int]

    def place(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.starts[index] + len(self.texts[index])


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Two texts laid beside each other."""

    links: tuple[Link, ...]
    """The words that hold them together."""
    edit_map: EditMap
    """The map from the old text to the new one: exact, the same every time, not always the shortest."""


def align(old: str, new: str) -> Alignment:
    """How `new` came of `old`."""
    links = tuple(links_between(old, new))
    return Alignment(links=links, edit_map=map_of(pieces_between(old, new, links)))


def map_of(pieces: Iterable[Piece]) -> EditMap:
    """Pieces as an edit map."""
    return EditMap(tuple((start, end, new_end - new_start) for start, end, new_start, new_end in pieces))


def links_between(old: str, new: str, words: int = _LINKED_WORDS) -> list[Link]:
    """Words that stand in sequences of `words` words that each text has exactly once, in the same order in both."""
    old_words, new_words = _words(old), _words(new)
    places = _once(new_words.texts, words)
    pairs = [(index, places[key]) for key, index in _once(old_words.texts, words).items() if key in places]
    found: list[Link] = []
    old_next = new_next = 0
    for old_index, new_index in _rising(sorted(pairs)):
        for ahead in range(words):
            one, other = old_index + ahead, new_index + ahead
            if one >= old_next and other >= new_next:
                found.append((old_words.starts[one], new_words.starts[other], len(old_words.texts[one])))
                old_next, new_next = one + 1, other + 1
    return found


def pieces_between(old: str, new: str, links: Iterable[Link]) -> list[Piece]:
    """What was replaced between links, in order; no two pieces touch."""
    changed = _trimmed(old, new, (0, len(old), 0, len(new)))
    old_start, old_end, new_start, new_end = changed
    within = [
        (start, there, length)
        for start, there, length in links
        if old_start <= start <= old_end - length and new_start <= there <= new_end - length
    ]
    return _put(old, new, _joined(old, new, _between(old, new, changed, within, _INNER_WORDS)))


def _words(text: str) -> _Words:
    matches = list(_WORD.finditer(text))
    return _Words([match[0] for match in matches], [match.start() for match in matches])


def _once(words: Sequence[str], length: int) -> dict[tuple[str, ...], int]:
    """Where each sequence of so many words begins that occurs exactly once."""
    seen: dict[tuple[str, ...], int] = {}
    for index, key in enumerate(zip(*(words[ahead:] for ahead in range(length)), strict=False)):
        seen[key] = -1 if key in seen else index
    return {key: index for key, index in seen.items() if index >= 0}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs (sorted by the first number) in which the second rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        at = len(tails) if not tails or value > tails[-1] else bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at], ends[at] = value, index
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _between(old: str, new: str, within: Piece, links: Iterable[Link], inner: tuple[int, ...]) -> Iterator[Piece]:
    old_at, old_end, new_at, new_end = within
    for old_start, new_start, length in links:
        if old[old_at:old_start] != new[new_at:new_start]:
            yield from _gap(old, new, (old_at, old_start, new_at, new_start), inner)
        old_at, new_at = old_start + length, new_start + length
    if old[old_at:old_end] != new[new_at:new_end]:
        yield from _gap(old, new, (old_at, old_end, new_at, new_end), inner)


def _gap(old: str, new: str, gap: Piece, inner: tuple[int, ...]) -> Iterator[Piece]:
    gap = _trimmed(old, new, gap)
    old_start, old_end, new_start, new_end = gap
    old_length, new_length = old_end - old_start, new_end - new_start
    if not old_length or not new_length:
        yield gap
    elif inner and max(old_length, new_length) > _INNER_LENGTH and min(old_length, new_length) > inner[0]:
        one, other = old[old_start:old_end], new[new_start:new_end]
        links = [(a + old_start, b + new_start, length) for a, b, length in links_between(one, other, inner[0])]
        yield from _between(old, new, gap, links, inner[1:])
    elif old_length * new_length > _COMPARED:
        yield gap
    else:
        yield from _compared(old, new, gap)


def _compared(old: str, new: str, gap: Piece) -> Iterator[Piece]:
    """The fewest edits that make one stretch of the other."""
    old_start, old_end, new_start, new_end = gap
    for code in Levenshtein.opcodes(old[old_start:old_end], new[new_start:new_end]):
        if code.tag != "equal":
            yield (
                old_start + code.src_start, old_start + code.src_end,
                new_start + code.dest_start, new_start + code.dest_end,
            )  # fmt: skip


def _trimmed(old: str, new: str, gap: Piece) -> Piece:
    old_start, old_end, new_start, new_end = gap
    shorter = min(old_end - old_start, new_end - new_start)
    head = same_head(old, old_start, new, new_start, shorter)
    tail = same_tail(old, old_end, new, new_end, shorter - head)
    return old_start + head, old_end - tail, new_start + head, new_end - tail


def same_head(one: str, start: int, other: str, other_start: int, most: int | None = None) -> int:
    """How many characters are equal from a place on in each text, at most `most`."""
    longest = min(len(one) - start, len(other) - other_start)
    longest = longest if most is None else min(most, longest)
    return _common(lambda n: one[start : start + n] == other[other_start : other_start + n], longest)


def same_tail(one: str, end: int, other: str, other_end: int, most: int | None = None) -> int:
    """How many characters are equal up to a place in each text, at most `most`."""
    longest = min(end, other_end) if most is None else min(most, end, other_end)
    return _common(lambda n: one[end - n : end] == other[other_end - n : other_end], longest)


def _common(equal: Callable[[int], bool], most: int) -> int:
    """The largest number up to `most` for which the question is answered yes, as it is for all smaller ones."""
    low, step = 0, 1
    while step <= most and equal(step):
        low, step = step, step * 2
    high = min(step - 1, most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if equal(middle) else (low, middle - 1)
    return low


def _joined(old: str, new: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that touch made one, and likewise pieces with only a chance likeness between them."""
    found: list[Piece] = []
    for each in pieces:
        piece = each
        while found and _by_chance(old[found[-1][1] : piece[0]], _size(found[-1]), _size(piece)):
            last = found.pop()
            piece = _trimmed(old, new, (last[0], piece[1], last[2], piece[3]))
        found.append(piece)
    return found


def _by_chance(unchanged: str, before: int, after: int) -> bool:
    length = len(unchanged)
    if length <= _CRUMB and max(before, after) >= _WHOLE:
        return True
    if "\n" in unchanged and length > _CRUMB:
        return False
    return length < _CHANCE and (not length or min(before, after) >= max(_LARGE, length))


def _size(piece: Piece) -> int:
    return max(piece[1] - piece[0], piece[3] - piece[2])


def _put(old: str, new: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces, those that only add or take out at the most natural of the places where they could lie as well.

    Of "det. Og så. Da" it is " Og så." that was added to "det. Da", and not ". Og så".
    """
    found: list[Piece] = []
    following_starts = [*(piece[0] for piece in pieces[1:]), len(old) + 1]
    for piece, following in zip(pieces, following_starts, strict=False):
        start, end, new_start, new_end = piece
        if _size(piece) < _LARGE or (start < end and new_start < new_end):
            found.append(piece)
            continue
        text, low, high = (old, start, end) if start < end else (new, new_start, new_end)
        left = same_tail(text, low, text, high, start - found[-1][1] - 1 if found else start)
        right = same_head(text, low, text, high, following - end - 1)
        moved = max(range(-left, right + 1), key=lambda by: (_naturalness(text, low + by), by))
        found.append((start + moved, end + moved, new_start + moved, new_end + moved))
    return found


def _naturalness(text: str, at: int) -> int:
    """How likely a sentence or a line begins, or the space before it, rather than something inside one."""
    before, after = text[at - 1 : at], text[at : at + 1]
    if before in ("", "\n"):
        return 3
    if before in ".?!…»" and after.isspace():
        return 2
    return int(not (before.isalnum() and after.isalnum()))

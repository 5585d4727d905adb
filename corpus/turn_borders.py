"""Where the borders of turns lie in a text that was changed elsewhere, when the turns on both sides are known again.

Somebody who codes all that is said in a turn has coded to the turn's borders, whatever is corrected near them. A turn is known
again by words that each text has once, and its borders by there being as many turns between it and its known neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.ground import Ground, Side, shifted
from corpus.spans import Span

Borders = Mapping[tuple[int, Side], int]
"""(border in the old text, which side of a span it is) -> the border in the new text."""


def turn_borders(ground: Ground, before: Sequence[Span], after: Sequence[Span]) -> Borders:
    """The borders of the turns that are known again.

    Args:
        ground: the two texts.
        before: the spoken text of the old text's turns, in order.
        after: the same of the new text.
    """
    known = [(-1, -1), *_known_again(ground, before, after), (len(before), len(after))]
    borders: dict[tuple[int, Side], int] = {}
    for earlier, turn, later in zip(known, known[1:], known[2:], strict=False):
        old, new = before[turn[0]], after[turn[1]]
        if turn[0] - earlier[0] == turn[1] - earlier[1]:
            borders[old[0], "start"] = new[0]
        if later[0] - turn[0] == later[1] - turn[1]:
            borders[old[1], "end"] = new[1]
    return borders


def _known_again(ground: Ground, before: Sequence[Span], after: Sequence[Span]) -> list[tuple[int, int]]:
    """(turn before, turn after), where all words that each text has once and one of the two has, are in both."""
    met = {(_turn_at(before, link), _turn_at(after, shifted(ground, link))) for link in ground.links}
    olds, news = Counter(old for old, _new in met), Counter(new for _old, new in met)
    return sorted((old, new) for old, new in met if old is not None and new is not None and olds[old] == 1 == news[new])


def _turn_at(turns: Sequence[Span], place: int) -> int | None:
    index = bisect_right(turns, place, key=lambda turn: turn[0]) - 1
    return index if index >= 0 and place < turns[index][1] else None

"""How a file counts the characters of its texts, settled source by source from what its selections are called.

The standard says Unicode code points from 0; the last position is read as exclusive, as tools have it in practice. Some
count CRLF as one character, code units of UTF-16, or include the last character. Another way of counting than the
standard's is used only where the names of selections, which most tools take from the text, speak for it; or, where the
selections have no such names (NVivo on Windows), where it makes them begin and end with whole words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from exports.packaging import printable

Counting = Literal["points", "crlf", "newline", "utf16", "utf16-crlf", "inclusive", "mark"]
"""`points` as the standard has it; `crlf` counts CRLF as one; `newline` counts a line feed as two, after an XML parser has
taken the CR away; `utf16` counts code units, `utf16-crlf` with CRLF as one; `inclusive` points at the last character;
`mark` counts a byte-order mark."""

_EVIDENCE = 400
"""Selections looked at."""
_ELLIPSIS = re.compile(r"(?:\u2026|\.{3})\s*$")
_CLEARLY = 0.2
"""Ends of a selection that must be better placed, on the average, for its borders to tell how a file counts."""
_UNEVEN = re.compile("[\U00010000-\U0010ffff]|\r\n")
_BLANKS = 200
"""Code points that line ends and blanks may add to a text beyond its name: a name is short, a passage may be a book."""
_TOO_FAR = 2
"""Code points past the end up to which a selection is taken to reach to the end: a final line end that was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A selection as the file has it: positions in the file's own way of counting, and its name."""

    start: int
    end: int
    name: str


Place = Callable[[int, int], tuple[int, int] | None]
"""From the file's positions to code points of the text; None when they lie outside."""


def settle(text: str, marked: Sequence[Marked], *, tool: str, had_mark: bool) -> tuple[Counting, bool]:
    """(the way of counting that fits the selections best, whether there was a choice at all)."""
    places = {counting: _place(text, counting) for counting in _candidates(text, had_mark=had_mark)}
    differing = [
        counting
        for counting, place in places.items()
        if any(place(selection.start, selection.end) != (selection.start, selection.end) for selection in marked)
    ]
    scores = {counting: _score(text, counting, marked) for counting in ("points", "inclusive", *differing)}
    named, inside = scores["points"]
    best = max(scores, key=lambda counting: scores[counting])
    if scores[best][0] > named:
        return best, True
    if not named and (bordered := _by_borders(text, differing, marked, tool)):
        return bordered, True
    if "crlf" in differing and scores["crlf"] == (named, inside) and tool.upper().startswith("ATLAS"):
        return "crlf", True
    looked_at = min(len(marked), _EVIDENCE)
    fitting = [c for c in differing if inside < looked_at == scores[c][1] and scores[c][0] == named]
    return (fitting[0], True) if fitting else ("points", bool(differing))


def placer(text: str, counting: Counting) -> Place:
    """Where the file's positions lie in the text, which may have CRLF."""
    inner = _place(text, counting)

    def place(start: int, end: int) -> tuple[int, int] | None:
        found = inner(start, end)
        if found is None or found[0] < 0 or found[0] > found[1]:
            return None
        if len(text) < found[1] <= len(text) + _TOO_FAR and found[0] < len(text):
            return found[0], len(text)
        return found if found[1] <= len(text) else None

    return place


def follows(name: str, said: str) -> bool | None:
    """Whether a selection's name is its text or the beginning of it; None when the name says nothing."""
    wanted = " ".join(_ELLIPSIS.sub("", name).split())
    if not wanted:
        return None
    looked_at = said[: 2 * len(name) + _BLANKS]
    found = " ".join(printable(looked_at).split())
    if _ELLIPSIS.search(name):
        return found.startswith(wanted)
    return len(looked_at) == len(said) and found == wanted


def _candidates(text: str, *, had_mark: bool) -> list[Counting]:
    found: list[Counting] = []
    if "\r\n" in text:
        found.append("crlf")
    elif "\n" in text:
        found.append("newline")
    if text and max(text) > "\uffff":
        found.append("utf16")
        found += ["utf16-crlf"] if "\r\n" in text else []
    if had_mark:
        found.append("mark")
    return found


def _score(text: str, counting: Counting, marked: Sequence[Marked]) -> tuple[int, int]:
    """(selections whose name is their text, selections that lie inside the text)."""
    place = placer(text, counting)
    named = inside = 0
    for selection in marked[:_EVIDENCE]:
        found = place(selection.start, selection.end)
        if found is not None:
            inside += 1
            said = text[found[0] : found[1]]
            named += follows(selection.name, said) is True and said == said.strip()
    return named, inside


def _by_borders(text: str, differing: Sequence[Counting], marked: Sequence[Marked], tool: str) -> Counting | None:
    """The way of counting by which clearly more selections begin and end with whole words than by the standard's.

    NVivo on Windows is known for its code units, so that there it is enough that no fewer do.
    """
    found: dict[Counting, int] = {}
    for counting in differing:
        place = _place(text, counting)
        spans = [(place(each.start, each.end), (each.start, each.end)) for each in marked]
        moved = [(other, plain) for other, plain in spans if other is not None and other != plain][:_EVIDENCE]
        gained = sum(_whole_ends(text, *other) - _whole_ends(text, *plain) for other, plain in moved)
        known = counting == "utf16" and tool.startswith("NVivo for Windows")
        if gained >= (0 if known else max(2, len(moved) * _CLEARLY)):
            found[counting] = gained
    if not found:
        return None
    best: Counting = max(found, key=found.__getitem__)
    return best


def _whole_ends(text: str, start: int, end: int) -> int:
    """How many of the span's ends stand where somebody would set them: at a word, and not inside it (0, 1 or 2)."""
    if not 0 <= start < end <= len(text):
        return 0
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    opens = not first.isspace() and not (before.isalnum() and first.isalnum())
    closes = not last.isspace() and not (last.isalnum() and after.isalnum())
    return opens + closes


def _place(text: str, counting: Counting) -> Place:
    match counting:
        case "inclusive":
            return lambda start, end: (start, end + 1)
        case "mark":
            return lambda start, end: (start - 1, end - 1)
        case "crlf":
            ends = [match.start() for match in re.finditer("\r\n", text)]
            counted = [place - index for index, place in enumerate(ends)]
            return _shifted(lambda position: bisect_left(counted, position))
        case "newline":
            breaks = [match.start() + index for index, match in enumerate(re.finditer("\n", text))]
            return _shifted(lambda position: -bisect_left(breaks, position - 1))
        case "utf16":
            wide = [index + match.start() for index, match in enumerate(re.finditer("[\U00010000-\U0010ffff]", text))]
            return _shifted(lambda position: -bisect_left(wide, position - 1))
        case "utf16-crlf":
            wide, ends = _units(text)
            return _shifted(lambda position: bisect_left(ends, position) - bisect_left(wide, position - 1))
        case _:
            return lambda start, end: (start, end)


def _units(text: str) -> tuple[list[int], list[int]]:
    """Where characters of two code units and CRLFs stand when the ones count as two and the others as one."""
    found: tuple[list[int], list[int]] = ([], [])
    for match in _UNEVEN.finditer(text):
        wide, ends = found
        (ends if match.group() == "\r\n" else wide).append(match.start() + len(wide) - len(ends))
    return found


def _shifted(shift: Callable[[int], int]) -> Place:
    return lambda start, end: (start + shift(start), end + shift(end))

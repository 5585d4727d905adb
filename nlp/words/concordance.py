"""Concordances: every place a word stands, with what is said around it.

NLTK's concordance index finds one key a word and shows tokens joined by blanks. Here a word is found by any of its
readings and by what it is made of, and lines are slices of the stored text, so this one is our own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from nlp.forms import Form
from nlp.words.document import Document
from nlp.words.shown import is_meant, written

Match = Literal["word", "compound", "reading"]
Order = Literal["text", "left", "right"]
ORDERS: tuple[Order, ...] = ("text", "left", "right")
WIDTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place. All texts are slices of the stored text; together they are one stretch of it."""

    source: str
    """Id of the source."""
    start: int
    """Code-point offset of the hit."""
    end: int
    turn: int
    """Index of the turn; -1 in a text without turns."""
    left: str
    hit: str
    right: str
    match: Match
    """`word`: the word itself, inflected or not; `compound`: a longer word with it inside; `reading`: a word that
    could be it, though a list counts it as another."""


def concordance(
    documents: Iterable[Document],
    phrase: Sequence[Sequence[str]],
    *,
    exact: bool = False,
    window: int = 0,
    width: int = WIDTH,
) -> Iterator[Line]:
    """Places in text order.

    Args:
        documents: where to look.
        phrase: for each word of what is looked for, the dictionary forms that will do, in lower case (`shown.meant`).
        exact: only what is written so, upper and lower case not distinguished; the first of each word's forms.
        window: how many words the phrase may stretch over, within a unit and in its order; 0 is as many as it has.
        width: code points of context on each side, at most; whole words, and never beyond the turn or the line.
    """
    judge = _written_so if exact else _match
    known: list[dict[Form, Match | None]] = [{} for _ in phrase]
    for document in documents:
        judged = [
            _judged(document.parsed.forms, partial(judge, alternatives), verdicts)
            for alternatives, verdicts in zip(phrase, known, strict=True)
        ]
        if all(judged):
            for first, last, match in _hits(document, judged, max(window, len(phrase))):
                yield _line(document, first, last, match, width)


def in_order(lines: Iterable[Line], order: Order, key: Callable[[str], object]) -> list[Line]:
    """The lines sorted by what follows the hit, by what stands before it (nearest word first), or left as they are.

    Args:
        lines: in text order, which equal ones keep.
        order: by which side.
        key: puts texts in alphabetical order.
    """
    if order == "text":
        return list(lines)

    def side(line: Line) -> list[object]:
        words = line.right.split() if order == "right" else line.left.split()[::-1]
        return [key(word.strip(".,:;!?–-«»()\"'")) for word in words]

    return sorted(lines, key=side)


def _judged(
    forms: Sequence[Form], judge: Callable[[Form], Match | None], verdicts: dict[Form, Match | None]
) -> dict[int, Match]:
    """Index in `forms` -> how it matches, of those that do; each form is judged once and the verdict kept."""
    found: dict[int, Match] = {}
    for place, form in enumerate(forms):
        if form not in verdicts:
            verdicts[form] = judge(form)
        verdict = verdicts[form]
        if verdict is not None:
            found[place] = verdict
    return found


def _match(alternatives: Sequence[str], form: Form) -> Match | None:
    if is_meant(form, alternatives):
        return "word" if is_meant(form, alternatives, compounds=False) else "compound"
    return None if form.lemmas.isdisjoint(alternatives) else "reading"


def _written_so(alternatives: Sequence[str], form: Form) -> Match | None:
    return "word" if written(form) == alternatives[0] else None


def _hits(document: Document, judged: Sequence[Mapping[int, Match]], window: int) -> Iterator[tuple[int, int, Match]]:
    """(first word, last word, match) of each place."""
    words, first_words = document.parsed.words, document.parsed.first_words
    wanted = judged[0]
    for begin, end in document.stretches():
        for first in [place for place, word in enumerate(words[begin:end], begin) if word in wanted]:
            border = min(first + window, first_words[bisect_right(first_words, first)])
            last, matches = first, [wanted[words[first]]]
            for following in judged[1:]:
                reach = border if window > len(judged) else min(last + 2, border)
                place = next((place for place in range(last + 1, reach) if words[place] in following), None)
                if place is None:
                    break
                last = place
                matches.append(following[words[place]])
            if len(matches) == len(judged):
                yield first, last, next((each for each in matches if each != "word"), "word")


def _line(document: Document, first: int, last: int, match: Match, width: int) -> Line:
    parsed, text = document.parsed, document.text
    start, end = parsed.starts[first], parsed.ends[last]
    unit = bisect_right(parsed.first_words, first) - 1
    low, high = _room(document, unit, start, end, width)
    return Line(
        source=document.source,
        start=start,
        end=end,
        turn=parsed.unit_turns[unit],
        left=text[low:start],
        hit=text[start:end],
        right=text[end:high],
        match=match,
    )


def _room(document: Document, unit: int, start: int, end: int, width: int) -> tuple[int, int]:
    """Where the context begins and ends."""
    parsed, text = document.parsed, document.text
    turn, first, last = parsed.unit_turns[unit], unit, unit
    if turn < 0:
        low, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        high = len(text) if line_end < 0 else line_end
    else:
        while first and parsed.unit_turns[first - 1] == turn and parsed.unit_starts[first] > start - width:
            first -= 1
        while last + 1 < len(parsed) and parsed.unit_turns[last + 1] == turn and parsed.unit_ends[last] < end + width:
            last += 1
        low, high = parsed.unit_starts[first], parsed.unit_ends[last]
    return (
        _whole_word_after(text, max(low, start - width), low, start),
        _whole_word_before(text, min(high, end + width), high, end),
    )


def _whole_word_after(text: str, cut: int, low: int, start: int) -> int:
    """The cut, moved in to where a word begins; the word that is cut off is left out."""
    if cut == low or text[cut - 1].isspace():
        return cut
    while cut < start and not text[cut].isspace():
        cut += 1
    return cut + 1 if cut < start else start


def _whole_word_before(text: str, cut: int, high: int, end: int) -> int:
    if cut == high or text[cut].isspace():
        return cut
    while cut > end and not text[cut - 1].isspace():
        cut -= 1
    return cut

"""Quotations that are shortened and clarified: what may be changed between what was said and what is printed.

A printed form is the verbatim text with pieces left out, each marked `[...]`, and words put in or exchanged, each in
square brackets. Everything else stands as it was said, in its order. White space counts as where words part, no more.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MOST_WORDS = 5
"""A clarification stands for at most so many words; what leaves out more must say so with `[...]`."""

Fault = Literal["changed", "cut", "bracket", "nothing"]
"""`changed`: other words than were said; `cut`: something left out without a mark; `bracket`: a bracket that cuts a word
or hides too much; `nothing`: no word of what was said is left."""

_BRACKET = re.compile(r"\[[^\[\]]*\]")
_OMITTED = re.compile(r"\[\s*(?:\.\s*\.\s*\.|…)\s*\]")
_SNIPPET = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a printed form says something else than the verbatim text does."""

    fault: Fault
    shown: str
    """What the printed form has at the place, cut to a few words."""
    verbatim: str
    """What was said there, cut to a few words."""


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """A text without its white space, and where that stood."""

    text: str
    breaks: frozenset[int]
    ordered: tuple[int, ...]
    """The breaks from first to last."""

    def splits_word(self, place: int) -> bool:
        """Whether a cut here would go through a word."""
        inside = 0 < place < len(self.text) and place not in self.breaks
        return inside and self.text[place - 1].isalnum() and self.text[place].isalnum()

    def end_of_words(self, start: int, number: int) -> int:
        """Where so many words from a place on end, the one at the place with them; the text's end when there are fewer."""
        last = bisect_right(self.ordered, start) + number - 1
        return self.ordered[last] if last < len(self.ordered) else len(self.text)

    def snippet(self, place: int) -> str:
        """Some words from a place on, with their spaces."""
        end = min(len(self.text), place + _SNIPPET)
        return "".join((" " if n in self.breaks and n > place else "") + self.text[n] for n in range(place, end))


def difference(verbatim: str, shown: str) -> Difference | None:
    """Why `shown` is no honest printed form of `verbatim`, or None when it is one."""
    said = _squeeze(verbatim)
    pieces = _pieces(shown)
    if not any(character.isalnum() for piece in pieces if not _BRACKET.fullmatch(piece) for character in piece):
        return Difference("nothing", _cut(shown), said.snippet(0))
    failed = _follow(said, pieces, strict=True)
    if failed is not None and _follow(said, pieces, strict=False) is None:
        return Difference("bracket", failed.shown, failed.verbatim)
    return failed


def is_marked(shown: str) -> bool:
    """Whether a text has a square bracket that may say that something was left out or put in."""
    return _BRACKET.search(shown) is not None


def _follow(said: _Squeezed, pieces: list[str], *, strict: bool) -> Difference | None:
    """Lay the pieces along the verbatim text, in every way they can lie; None when one of them reaches its end."""
    places = {0}
    furthest = 0
    for number, piece in enumerate(pieces):
        found = set(_after(said, piece, places, strict=strict))
        if not found:
            return _where_it_stopped(said, piece, places, pieces[:number])
        places = found
        furthest = max(places)
    if len(said.text) in places:
        return None
    return Difference("cut", _cut(pieces[-1][-_SNIPPET:]), said.snippet(furthest))


def _after(said: _Squeezed, piece: str, places: set[int], *, strict: bool) -> Iterator[int]:
    """Where in the verbatim text one may be once a piece has been laid from any of the places."""
    literal = _squeeze(piece)
    yield from (place + len(literal.text) for place in places if _stands(said, literal, place))
    inside = literal.text[1:-1]
    if not _BRACKET.fullmatch(piece) or not inside:
        return
    end = len(said.text)
    if _OMITTED.fullmatch(piece):
        # What is left out may be of any length: whatever can be reached can be reached from the first place.
        first = min((place for place in places if not (strict and said.splits_word(place))), default=end)
        yield from (place for place in range(first + 1, end + 1) if not (strict and said.splits_word(place)))
    elif strict:
        for place in places:
            yield from _clarified(said, place, inside)
    else:
        yield from range(min(places), end + 1)


def _clarified(said: _Squeezed, place: int, inside: str) -> Iterator[int]:
    """Where what a clarification stands for may end: nothing at all, a few whole words, or one letter."""
    yield place
    if not said.splits_word(place):
        last = said.end_of_words(place, MOST_WORDS)
        yield from (end for end in range(place + 1, last + 1) if not said.splits_word(end))
    # A capital letter made small, or the other way round, where a sentence is begun anew.
    if inside.casefold() == said.text[place : place + 1].casefold():
        yield place + 1


def _stands(said: _Squeezed, literal: _Squeezed, place: int) -> bool:
    end = place + len(literal.text)
    return said.text.startswith(literal.text, place) and (
        {each - place for each in said.breaks if place < each < end} == literal.breaks
    )


def _where_it_stopped(said: _Squeezed, piece: str, places: set[int], before: list[str]) -> Difference:
    """The place where most of a piece agrees with what was said."""
    literal = _squeeze(piece).text

    def agreeing(place: int) -> int:
        length = 0
        while length < len(literal) and said.text[place + length : place + length + 1] == literal[length]:
            length += 1
        return length

    place = max(sorted(places), key=agreeing)
    common = agreeing(place)
    fault: Fault = "cut" if not before and common == 0 and literal and literal in said.text else "changed"
    return Difference(fault, _cut(_from_letter(piece, common)), said.snippet(place + common))


def _from_letter(piece: str, count: int) -> str:
    """What follows the first so many characters that are no white space."""
    for place, character in enumerate(piece):
        if count == 0 and not character.isspace():
            return piece[place:]
        count -= not character.isspace()
    return ""


def _pieces(shown: str) -> list[str]:
    """Brackets and what stands between them, in order, without what is white space alone."""
    pieces, place = [], 0
    for bracket in _BRACKET.finditer(shown):
        pieces += [shown[place : bracket.start()], bracket.group()]
        place = bracket.end()
    return [piece for piece in (*pieces, shown[place:]) if piece.strip()]


def _squeeze(text: str) -> _Squeezed:
    words = text.split()
    breaks, length = [], 0
    for word in words[:-1]:
        length += len(word)
        breaks.append(length)
    return _Squeezed("".join(words), frozenset(breaks), tuple(breaks))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SNIPPET else line[: _SNIPPET - 1] + "…"

"""Where the caret goes, and what a unit of speech is: pure functions from a place to a place.

Every place handed out is a border between grapheme clusters, so that a caret never stands inside what a reader sees as
one character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal

import regex

from workbench.tui.transcript.display import is_plain
from workbench.tui.transcript.document import DocumentModel, Span
from workbench.tui.transcript.layout import Layout

Unit = Literal["word", "sentence", "turn"]
Step = Literal["character", "word", "turn", "line", "page", "edge", "text"]
"""`edge` is the beginning or end of a visual line, `text` that of the whole text."""

_cluster = regex.compile(r"\X")
_word = regex.compile(r"\w+(?:[-‐‑'’]\w+|(?<=\d)[.,:]\d+)*")
_sentence_end = regex.compile(r"([.!?…]+)[»\"”’)\]]*(?=\s)|\n")
_not_blank = regex.compile(r"\S")
ABBREVIATIONS = frozenset(
    (
        "adr", "art", "bl", "bl.a", "ca", "cand", "d.e", "d.s", "d.v.s", "dr", "dvs", "e.l", "eks", "ekskl",
        "etc", "evt", "f.eks", "f.o.m", "fig", "fork", "forts", "gj", "hhv", "ift", "iht", "inkl", "jf",
        "jfr", "kap", "kl", "kr", "m.a.o", "m.fl", "m.h.t", "m.m", "m.v", "maks", "mfl", "mht", "mill",
        "mm", "mrd", "mv", "nr", "o.a", "o.l", "obs", "p.g.a", "p.t", "pga", "pkt", "pr", "prof", "red",
        "ref", "s", "s.k", "sml", "sp", "st", "t.d", "t.o.m", "tel", "tidl", "tlf", "tsk", "v", "vha", "vs",
        "årg",
    )
)  # fmt: skip
"""Norwegian abbreviations after whose full stop a sentence goes on, lower case, without the last stop."""


def snap(text: str, offset: int, *, forward: bool = False) -> int:
    """The nearest grapheme border at or before `offset` (at or after it when `forward`), within the text."""
    offset = min(max(offset, 0), len(text))
    if offset in (0, len(text)) or is_plain(text, offset - 1, offset + 1):
        return offset
    border = _safe_border(text, offset)
    if border == offset:
        return offset
    for found in _cluster.finditer(text, border):
        if found.end() >= offset:
            if found.end() == offset:
                return offset
            return int(found.end() if forward else found.start())
    return len(text)


def next_character(text: str, offset: int) -> int:
    """The end of the grapheme cluster that begins at `offset`."""
    if offset >= len(text):
        return len(text)
    return snap(text, offset + 1, forward=True)


def previous_character(text: str, offset: int) -> int:
    """The beginning of the grapheme cluster that ends at `offset`."""
    return snap(text, offset - 1) if offset > 0 else 0


def next_word(text: str, offset: int, *, end: bool = False) -> int:
    """Where the next word begins, or (`end`) where the one at or after `offset` ends; the end of the text if none."""
    here = _word_around(text, offset)
    if here and here[0] < offset < here[1]:
        if end:
            return here[1]
        offset = here[1]
    elif here and here[0] == offset and not end:
        offset = here[1]
    found = _word.search(text, offset)
    return len(text) if found is None else int(found.end() if end else found.start())


def previous_word(text: str, offset: int) -> int:
    """Where the word before `offset` begins; the beginning of the text if there is none."""
    while offset > 0:
        line_start = text.rfind("\n", 0, offset) + 1
        start = _token_start(text, offset, line_start)
        words = [found.start() for found in _word.finditer(text, start, offset)]
        if words:
            return int(words[-1])
        offset = start if start < offset else offset - 1
        while offset > 0 and text[offset - 1].isspace():
            offset -= 1
    return 0


def word_at(model: DocumentModel, offset: int) -> Span | None:
    """The word that holds `offset`; else the one that ends there, the next one on the line, or the last before it."""
    text = model.text
    if here := _word_around(text, offset):
        return here
    line_start, line_end = model.line_span(offset)
    if found := _word.search(text, offset, line_end):
        return int(found.start()), int(found.end())
    before = previous_word(text, offset)
    found = _word.match(text, before, line_end) if before >= line_start else None
    return (int(found.start()), int(found.end())) if found else None


def sentence_at(model: DocumentModel, offset: int) -> Span | None:
    """The sentence that holds `offset`: a given one, else one found by a simple rule in the turn or the line.

    Blanks between two sentences belong to the first of them; a speaker label belongs to the turn's first sentence.
    """
    if given := model.given_sentence(offset):
        return given
    unit = _unit_around(model, offset)
    if unit is None:
        return None
    spans = sentences(model.text, *unit)
    return spans[max(0, bisect_right([start for start, _ in spans], offset) - 1)] if spans else None


def turn_at(model: DocumentModel, offset: int) -> Span | None:
    """What is said in the turn that holds `offset`, without its label; outside turns the line, if anything is on it."""
    return _unit_around(model, offset)


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]` by punctuation, without the blanks around them.

    A line break ends a sentence unless the next line goes on in lower case. A full stop after an abbreviation, an
    initial or an ordinal number does not.
    """
    found: list[Span] = []
    first = _not_blank.search(text, start, end)
    while first:
        begin = int(first.start())
        stop = _sentence_stop(text, begin, end)
        found.append((begin, begin + len(text[begin:stop].rstrip())))
        first = _not_blank.search(text, stop, end)
    return found


def _sentence_stop(text: str, begin: int, end: int) -> int:
    for found in _sentence_end.finditer(text, begin, end):
        following = _not_blank.search(text, found.end(), end)
        if following is None:
            return end
        lower = following.group().islower()
        if found.group() == "\n":
            blank_line = "\n" in text[found.end() : following.start()]
            if blank_line or not lower:
                return int(found.end())
            continue
        mark = found.group(1)
        if mark == ".":
            token = text[_token_start(text, found.start(), begin) : found.start()].strip("(«\"“'[").casefold()
            goes_on = token in ABBREVIATIONS or (len(token) == 1 and token.isalpha()) or (token.isdigit() and lower)
        else:
            goes_on = lower and not set(mark) & set("!?")
        if not goes_on:
            return int(found.end())
    return end


def next_turn(model: DocumentModel, offset: int) -> int:
    """Where the next turn is begun to be spoken; the end of the text after the last. Lines stand in for turns."""
    starts = _turn_places(model)
    index = bisect_right(starts, offset)
    return starts[index] if index < len(starts) else len(model.text)


def previous_turn(model: DocumentModel, offset: int) -> int:
    """Where this turn is begun to be spoken, or the one before when the caret stands there; else the beginning."""
    starts = _turn_places(model)
    index = bisect_left(starts, offset) - 1
    return starts[index] if index >= 0 else 0


def grow(model: DocumentModel, unit: Unit, selection: Span | None, caret: int) -> Span | None:
    """The selection after `unit` has been asked for: first the units it touches whole, then one unit more at its end.

    None when there is no such unit at the caret.
    """
    unit_at = {"word": word_at, "sentence": sentence_at, "turn": turn_at}[unit]
    if selection is None:
        return unit_at(model, caret)
    start, end = selection
    first, last = unit_at(model, start), unit_at(model, previous_character(model.text, end))
    covering = min(start, first[0] if first else start), max(end, last[1] if last else end)
    if covering != selection:
        return covering
    following = _unit_after(model, unit, end)
    return (start, following[1]) if following else selection


def _unit_after(model: DocumentModel, unit: Unit, offset: int) -> Span | None:
    """The first unit that ends after `offset` and begins at or after it."""
    text = model.text
    if unit == "word":
        found = _word.search(text, offset)
        return (int(found.start()), int(found.end())) if found else None
    place = _not_blank.search(text, offset)
    while place:
        span = sentence_at(model, place.start()) if unit == "sentence" else turn_at(model, place.start())
        if span and span[1] > offset:
            return span
        place = _not_blank.search(text, max(place.end(), span[1] if span else 0))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """What a movement up and down needs besides the text."""

    layout: Layout
    page: int
    """Lines that a page moves."""
    goal: int | None = None
    """The cell that movements up and down try to keep; None takes the caret's own."""


def destination(
    model: DocumentModel, view: Viewpoint, caret: int, step: Step, direction: int, *, extending: bool = False
) -> int:
    """Where one movement takes the caret. `direction` is 1 or -1; `extending` goes to the ends of words."""
    text, forward = model.text, direction > 0
    match step:
        case "character":
            return next_character(text, caret) if forward else previous_character(text, caret)
        case "word":
            return next_word(text, caret, end=extending) if forward else previous_word(text, caret)
        case "turn":
            return next_turn(model, caret) if forward else previous_turn(model, caret)
        case "text":
            return len(text) if forward else 0
        case "edge":
            line = view.layout.line_of(caret)
            return view.layout.offset_at(line, view.layout.width if forward else 0)
        case "line" | "page":
            line, cell = view.layout.cell_of(caret)
            target = line + direction * (view.page if step == "page" else 1)
            if target < 0 or target >= len(view.layout):
                return len(text) if forward else 0
            return view.layout.offset_at(target, cell if view.goal is None else view.goal)


def _safe_border(text: str, offset: int) -> int:
    """A grapheme border at or before `offset`, found without reading the text from its beginning."""
    border = offset
    while border > 0 and not is_plain(text, border - 1, border + 1) and text[border - 1] != "\n":
        border -= 1
    return border


def _token_start(text: str, offset: int, lowest: int) -> int:
    while offset > lowest and not text[offset - 1].isspace():
        offset -= 1
    return offset


def _word_around(text: str, offset: int) -> Span | None:
    """The word with `start <= offset < end`, or else the one that ends at `offset`."""
    start = _token_start(text, offset, 0)
    ending: Span | None = None
    for found in _word.finditer(text, start):
        if found.start() > offset:
            break
        if offset < found.end():
            return int(found.start()), int(found.end())
        if offset == found.end():
            ending = int(found.start()), int(found.end())
    return ending


def _unit_around(model: DocumentModel, offset: int) -> Span | None:
    turn = model.turn_at(offset)
    if turn is not None:
        return (turn.start, turn.end) if turn.end > turn.start else None
    start, end = model.line_span(offset)
    return (start, end) if model.text[start:end].strip() else None


def _turn_places(model: DocumentModel) -> list[int]:
    if model.turns:
        return [turn.start for turn in model.turns]
    ends = (*model.line_starts[1:], len(model.text) + 1)
    return [start for start, end in zip(model.line_starts, ends, strict=True) if model.text[start : end - 1].strip()]

"""One visual line as the terminal gets it: number, text with what lies over it, stripes, initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from corpus.model import Turn
from workbench.tui.transcript.display import Glyphs, safe_line
from workbench.tui.transcript.document import DocumentModel, Mark, Span
from workbench.tui.transcript.layout import Columns, Layout
from workbench.tui.transcript.palette import Look, Palette
from workbench.tui.transcript.stretches import SIGNS, Stretch

_SIGNS = {"coding": "", "suggestion": "?", "note": "*"}
_STRIPES = {"coding": "┃", "suggestion": "┊", "note": "╎"}
_KIND_ORDER = {"coding": 0, "suggestion": 1, "note": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What moves over one visual line without being part of the document; equal overlays paint equal lines."""

    caret: int | None = None
    """Offset, when the caret is on this line."""
    selection: Span | None = None
    """The selection's part of this line."""
    focused: bool = False
    """Whether the caret on this line takes keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that a line is painted from, save the overlay."""

    model: DocumentModel
    layout: Layout
    columns: Columns
    palette: Palette


def paint_line(picture: Picture, line: int, overlay: Overlay, hits: Sequence[Span]) -> Strip:
    """The strip of visual line `line`, exactly as wide as the columns.

    Args:
        picture: the document and how it is laid out.
        line: from 0.
        overlay: caret and selection on this line.
        hits: the search hits that touch this line.
    """
    columns, palette = picture.columns, picture.palette
    start, end = picture.layout.span(line)
    marks = picture.model.in_range(start, max(end, start + 1))
    stretches = picture.model.stretches.in_range(start, max(end, start + 1))
    segments = [_number(picture, start, stretches)]
    used = _text(picture, line, marks, stretches, overlay, hits, segments)
    _add(segments, " " * (columns.text + 1 - used), palette.text)
    if columns.lanes:
        _margin(picture, (start, end), marks, stretches, segments)
    return Strip(segments, columns.width)


def _number(picture: Picture, start: int, stretches: Sequence[Stretch]) -> Segment:
    """The line's number, and a sign where the line holds something that is closed or doubtful."""
    number = picture.model.line_number(start)
    first = picture.model.line_starts[number - 1] == start
    looks = {stretch.look for stretch in stretches}
    sign = SIGNS["closed"] if "closed" in looks else SIGNS["doubtful"] if looks else " "
    return Segment(f"{number if first else '':>{picture.columns.numbers}}{sign}", picture.palette.numbers)


def _text(
    picture: Picture,
    line: int,
    marks: list[Mark],
    stretches: list[Stretch],
    overlay: Overlay,
    hits: Sequence[Span],
    segments: list[Segment],
) -> int:
    """Add the text of a line to `segments`; gives the cells it took, at most one more than the column."""
    start, end = picture.layout.span(line)
    glyphs = picture.layout.glyphs(line)
    fits = glyphs.fitting(picture.layout.width)
    turns = picture.model.turns_in(start, end)
    borders = _borders(glyphs, start, fits, [*marks, *stretches], turns, overlay, hits)
    style = picture.palette.style
    for first, last in pairwise(borders):
        look = _look(start + first, start + last, marks, stretches, turns, overlay, hits)
        _add(segments, glyphs.shown(first, last), style(look))
    cells = glyphs.cell_at(fits)
    tail = start + fits
    last_line = line + 1 == len(picture.layout)
    caret = overlay.caret is not None and (tail <= overlay.caret < end or (last_line and overlay.caret == end))
    selected = overlay.selection is not None and overlay.selection[1] > tail and tail < end
    if caret or selected:
        _add(segments, " ", style(Look(caret=caret, focused=overlay.focused, selected=selected)))
        return cells + 1
    return cells


def _borders(
    glyphs: Glyphs,
    start: int,
    fits: int,
    lying: Sequence[Mark | Stretch],
    turns: list[Turn],
    overlay: Overlay,
    hits: Sequence[Span],
) -> list[int]:
    """Where the look may change, as indices in the line, all of them cluster borders, in order."""
    places: set[int] = {start, start + fits}
    for each in lying:
        places |= {each.start, each.end}
    for turn in turns:
        places |= {turn.label_start, turn.start, turn.end}
    for hit in hits:
        places |= set(hit)
    if overlay.selection is not None:
        places |= set(overlay.selection)
    if overlay.caret is not None:
        places |= {overlay.caret, start + glyphs.after(overlay.caret - start)}
    inside = [place - start for place in places if 0 <= place - start <= fits]
    return sorted({glyphs.floor(place) for place in inside} | {min(glyphs.ceiling(place), fits) for place in inside})


def _look(
    start: int,
    end: int,
    marks: list[Mark],
    stretches: list[Stretch],
    turns: list[Turn],
    overlay: Overlay,
    hits: Sequence[Span],
) -> Look:
    """What lies over `start..end`, which no border divides."""
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    codings = [mark for mark in over if mark.kind == "coding"]
    turn = next((turn for turn in turns if turn.label_start < end and turn.end > start), None)
    selection = overlay.selection
    caret = overlay.caret is not None and start <= overlay.caret < end
    under = {stretch.look for stretch in stretches if stretch.start < end and stretch.end > start}
    return Look(
        colour=codings[-1].colour if codings else "",
        codings=min(len(codings), 2),
        suggestion=any(mark.kind == "suggestion" for mark in over),
        note=any(mark.kind == "note" for mark in over),
        closed="closed" in under,
        doubtful="doubtful" in under,
        label=turn is not None and start < turn.start,
        interviewer=turn is not None and turn.role == "interviewer",
        hit=any(hit[0] < end and hit[1] > start for hit in hits),
        selected=selection is not None and selection[0] < end and selection[1] > start,
        caret=caret,
        focused=caret and overlay.focused,
    )


def _margin(picture: Picture, line: Span, marks: list[Mark], stretches: list[Stretch], segments: list[Segment]) -> None:
    """Add the stripes of all marks on a line, and the initials of those that begin there, or what is closed from there."""
    columns, palette, lane = picture.columns, picture.palette, picture.model.lane
    in_lane = {lane(mark.id): mark for mark in marks}
    crowded = any(place >= columns.lanes for place in in_lane)
    _add(segments, " ", palette.text)
    for place in range(columns.lanes):
        mark = in_lane.get(place)
        if crowded and place == columns.lanes - 1:
            _add(segments, "+", palette.text)
        elif mark is None:
            _add(segments, " ", palette.text)
        else:
            _add(segments, _stripe(mark, line), palette.stripe(mark))
    _add(segments, " ", palette.text)
    beginning = [mark for mark in marks if line[0] <= mark.start < max(line[1], line[0] + 1)]
    beginning.sort(key=lambda mark: (_KIND_ORDER[mark.kind], lane(mark.id)))
    named = next((each for each in stretches if each.label and line[0] <= each.start), None)
    if named is not None and not beginning:
        room = columns.initials
        words = safe_line(named.label if cell_len(named.label) <= room else named.short)
        _add(segments, set_cell_size(words, room), palette.numbers)
        return
    _initials(palette, columns.initials, beginning, segments)


def _stripe(mark: Mark, line: Span) -> str:
    """The glyph of a stripe on a line: codings show where they begin and end."""
    if mark.kind != "coding":
        return "*" if mark.kind == "note" and mark.start >= line[0] else _STRIPES[mark.kind]
    begins, ends = mark.start >= line[0], mark.end <= line[1]
    return "━" if begins and ends else "┏" if begins else "┗" if ends else _STRIPES["coding"]


def _initials(palette: Palette, room: int, marks: list[Mark], segments: list[Segment]) -> None:
    """Add as many initials as there is room for, and how many there was none for."""
    for index, mark in enumerate(marks):
        text = _SIGNS[mark.kind] + safe_line(mark.initials)
        left = len(marks) - index - 1
        kept_free = len(f" +{left}") if left else 0
        if cell_len(text) + kept_free > room and len(marks) > 1:
            text = f"+{left + 1}"
            _add(segments, text, palette.text)
            room -= len(text)
            break
        text = set_cell_size(text, min(cell_len(text), room))
        _add(segments, text, palette.initials(mark))
        room -= cell_len(text)
        if left:
            _add(segments, " ", palette.text)
            room -= 1
    _add(segments, " " * room, palette.text)


def _add(segments: list[Segment], text: str, style: Style) -> None:
    """Put text at the end of a line, in the last segment where the style is the same."""
    if not text:
        return
    if segments and segments[-1].style == style:
        segments[-1] = Segment(segments[-1].text + text, style)
    else:
        segments.append(Segment(text, style))

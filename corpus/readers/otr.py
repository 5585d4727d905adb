"""oTranscribe's own files (.otr): JSON that holds the transcript as HTML with its time stamps.

The stored text keeps every stamp as it is shown (`0:10`), a line for each paragraph or break. The exact time stands in
the stamp's attribute; older files lack it, and then the shown one counts. A stamp with neither refuses the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import NamedTuple

import regex
from lxml import etree

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript, Turn
from corpus.readers.json_values import load, milliseconds, plain
from corpus.shapes import Layout, Opening
from corpus.stamps import clock_ms
from corpus.text import normalise_mapped
from corpus.turns import parse, parsed_at

_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "body"})
_DROPPED = frozenset({"head", "script", "style", "template", "iframe", "object", "svg"})
_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_NUMBER = regex.compile(r"\d{1,7}(?:\.\d{1,20})?")
_SIGNS = frozenset({"media", "media-source", "media-time"})


class _Stamp(NamedTuple):
    """A time stamp of the page: its stretch of the text, and its time, None where neither form can be read."""

    start: int
    end: int
    at_ms: int | None


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The transcript with the exact times of its stamps.

    Raises:
        UnreadableSource: if the file is not oTranscribe's, or a time stamp in it cannot be read.
    """
    value, decoded = load(path, data)
    page = plain(value.get("text")) if isinstance(value, dict) and _SIGNS & value.keys() else None
    if page is None:
        reason = _("Filen er ikke fra oTranscribe. Eksporter transkripsjonen derfra på nytt, som .otr eller .txt.")
        raise UnreadableSource(path, reason)
    text, stamps = _text(path, page)
    wrong = next((stamp for stamp in stamps if stamp.at_ms is None), None)
    if wrong is not None:
        reason = _("Tidskoden på linje {line} kan ikke leses. Rett den i oTranscribe og eksporter filen på nytt.")
        raise UnreadableSource(path, reason.format(line=text.count("\n", 0, wrong.start) + 1))
    parsed = parse(text, options)
    if not any(turn.speaker for turn in parsed.turns):
        openings = tuple(Opening(stamp.start, "", stamp.end, stamp.at_ms, None, True) for stamp in stamps)
        parsed = parsed_at(text, Layout(openings), options)
    turns = tuple(_timed(text, turn, stamps) for turn in parsed.turns)
    return Transcript(text=text, turns=turns, notes=decoded.notes + parsed.notes, encoding=decoded.encoding)


def _timed(text: str, turn: Turn, stamps: Sequence[_Stamp]) -> Turn:
    """The turn with the time of the stamp in its label, or right at the beginning of what is said."""
    place = bisect_left(stamps, turn.label_start, key=lambda stamp: stamp.start)
    if place == len(stamps) or stamps[place].start > turn.start or stamps[place].end > turn.end:
        return turn
    stamp = stamps[place]
    start = max(turn.start, stamp.end)
    while start < turn.end and text[start].isspace():
        start += 1
    return replace(turn, start=start, start_ms=stamp.at_ms) if start < turn.end else turn


def _text(path: Path, page: str) -> tuple[str, list[_Stamp]]:
    """The page's words as stored text, and its stamps in order."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(f"<html><body>{page}</body></html>".replace("\0", "").encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(path, _unreadable_page()) from error
    if root is None or any(error.level_name == "FATAL" for error in parser.error_log):
        raise UnreadableSource(path, _unreadable_page())
    pieces, marks = _walked(root)
    raw = "".join(pieces)
    text, moved = normalise_mapped(raw)
    return text, [_Stamp(*moved.span(mark.start, mark.end), mark.at_ms) for mark in marks]


def _unreadable_page() -> str:
    return _("Teksten i .otr-filen kan ikke leses. Eksporter den fra oTranscribe som .txt og importer den.")


def _walked(root: etree._Element) -> tuple[list[str], list[_Stamp]]:
    """The pieces of the text, and the stamps with offsets into the pieces joined."""
    pieces: list[str] = []
    marks: list[_Stamp] = []
    position = silent = 0
    opened: tuple[int, int] | None = None

    def add(words: str | None) -> None:
        nonlocal position
        shown = _BLANKS.sub(" ", words or "")
        if shown.startswith(" ") and (not pieces or pieces[-1][-1] in " \n"):
            shown = shown[1:]
        if shown and not silent:
            pieces.append(shown)
            position += len(shown)

    def new_line(*, always: bool = False) -> None:
        nonlocal position
        if not silent and (always or (pieces and pieces[-1][-1] != "\n")):
            pieces.append("\n")
            position += 1

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        stamped = name == "span" and "timestamp" in str(element.get("class", "")).split()
        if event == "start":
            if name in _BLOCKS:
                new_line()
            silent += name in _DROPPED
            if stamped:
                opened = position, len(pieces)
            add(element.text)
        else:
            silent -= name in _DROPPED
            if name in _BLOCKS:
                new_line()
            if name == "br":
                new_line(always=True)
            if stamped and opened is not None and opened[0] < position:
                shown = "".join(pieces[opened[1] :])
                marks.append(_Stamp(opened[0], position, _time(str(element.get("data-timestamp", "")), shown)))
            opened = None if stamped else opened
            add(element.tail)
    return pieces, marks


def _time(exact: str, shown: str) -> int | None:
    """Milliseconds of a stamp: its attribute in seconds or as a clock, or what is shown where there is none."""
    stated = exact.strip()
    if _NUMBER.fullmatch(stated):
        return milliseconds(float(stated), 1000)
    return clock_ms(stated) if stated else clock_ms(shown.strip().strip("[]()"))

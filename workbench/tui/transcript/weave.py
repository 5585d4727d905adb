"""Looks that are laid over a painted line: for what lies over the text without being a mark of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from workbench.tui.transcript.paint import Picture


class Thread(NamedTuple):
    """A stretch of the text with a look of its own."""

    start: int
    end: int
    """Half-open code-point offsets."""
    style: Style
    """Laid on top of the text's own; what it leaves open stays as it was."""


class Weave:
    """Threads in order, none of them over another."""

    def __init__(self, threads: Iterable[Thread]) -> None:
        self.threads = sorted((each for each in threads if each.start < each.end), key=lambda each: each.start)
        self._ends = [thread.end for thread in self.threads]

    def patched(self, start: int, end: int, threads: Iterable[Thread]) -> Weave:
        """The same with other threads in `start..end`."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self.threads, end, lo=first, key=lambda thread: thread.start)
        cut = [
            part
            for thread in self.threads[first:last]
            for part in (thread._replace(end=min(thread.end, start)), thread._replace(start=max(thread.start, end)))
        ]
        return Weave([*self.threads[:first], *cut, *threads, *self.threads[last:]])

    def over(self, strip: Strip, picture: Picture, line: int) -> Strip:
        """The strip of visual line `line` with the threads that run through it laid over its text."""
        if not self.threads:
            return strip
        start, end = picture.layout.span(line)
        threads = self.threads[bisect_left(self._ends, start + 1) :]
        if not threads or threads[0].start >= end:
            return strip
        glyphs, gutter, room = picture.layout.glyphs(line), picture.columns.gutter, picture.columns.text
        for thread in threads:
            if thread.start >= end:
                break
            first = gutter + min(glyphs.cell_at(max(thread.start - start, 0)), room)
            last = gutter + min(glyphs.cell_at(min(thread.end, end) - start), room)
            strip = _laid(strip, first, last, thread.style)
        return strip


def _laid(strip: Strip, first: int, last: int, style: Style) -> Strip:
    """The strip with a style on top of the cells `first..last`."""
    if first >= last:
        return strip
    before, within, after = strip.crop(0, first), strip.crop(first, last), strip.crop(last, strip.cell_length)
    styled = [Segment(segment.text, (segment.style or Style()) + style) for segment in within]
    return Strip.join([before, Strip(styled, last - first), after])

"""What a text has for headings, told from its lines alone: stored text keeps no styles.

A heading is a line with hashes before it, as in Markdown, or a short one that begins with a capital or a number, ends in no
full stop, and has text under it. The rules miss some and take some that are none; whoever uses them shows what was taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Half-open code-point offsets in the text."""

LONGEST = 80
"""Code points of a heading, at most."""
MOST_WORDS = 12
MOST_BEFORE_COLON = 4
"""Words: a longer line that ends in a colon leads into a list."""

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_CONTENTS = re.compile(r"(\.{3,}|\s{3,}|…)\s*\d+$")
_CAPTION = re.compile(r"(figur|tabell|figure|table)\s+\d", re.IGNORECASE)
_BULLET = re.compile(r"[-–—•*·▪○]\s")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][»\"”)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line taken for a heading, and the text it stands over."""

    title: str
    level: int
    """1 is the highest."""
    start: int
    """Code-point offset of the line."""
    body: Span
    """From the first word under it to the last before the next heading of its level or a higher one; may be empty."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    after_blank: bool
    short: bool
    """It looks like a heading, taken alone."""
    number: int
    """The level it gives itself, by numbers or hashes: 2 for `2.1 Bolig` and `## Bolig`; 0 where it gives none."""

    @property
    def capitals(self) -> bool:
        return self.text.isupper()


def headings(text: str, spoken: Sequence[Span] = ()) -> list[Heading]:
    """The headings of a text in order.

    Args:
        text: the stored text.
        spoken: spans of turns in order; nothing that is said is a heading.
    """
    lines = list(_lines(text, spoken))
    levels = _levels(lines, _taken(lines))
    starts = sorted(levels)
    return [
        Heading(
            title=lines[n].text.lstrip("# ").rstrip(": "),
            level=levels[n],
            start=lines[n].start,
            body=_body(
                text, lines[n], next((lines[k].start for k in starts if k > n and levels[k] <= levels[n]), None)
            ),
        )
        for n in starts
    ]


def _lines(text: str, spoken: Sequence[Span]) -> list[_Line]:
    """The lines that are not blank."""
    first = [start for start, _end in spoken]
    found: list[_Line] = []
    position, blank = 0, True
    for raw in text.split("\n"):
        line = raw.strip()
        start = position + len(raw) - len(raw.lstrip())
        position += len(raw) + 1
        if not line:
            blank = True
            continue
        turn = bisect_right(first, start) - 1
        said = turn >= 0 and start < spoken[turn][1]
        number, hashes = _NUMBER.match(line), _HASHES.match(line)
        found.append(
            _Line(
                start=start,
                text=line,
                after_blank=blank,
                short=not said and (bool(hashes) or ("\t" not in line and _is_short(line, number))),
                number=len(hashes.group(1)) if hashes else number.group(1).count(".") + 1 if number else 0,
            )
        )
        blank = False
    return found


def _is_short(line: str, number: re.Match[str] | None) -> bool:
    words = line.split()
    if len(line) > LONGEST or len(words) > MOST_WORDS or sum(map(str.isalpha, line)) < 3:
        return False
    if line[-1] in ".,;!" or (line[-1] == ":" and len(words) > MOST_BEFORE_COLON):
        return False
    if _BULLET.match(line) or _CONTENTS.search(line) or _CAPTION.match(line):
        return False
    first = line[number.end()] if number else line[0]
    return first.isupper()


def _taken(lines: Sequence[_Line]) -> dict[int, bool]:
    """Index of each heading -> whether it stands right over another one without a number of its own.

    Of short lines in a row, one or two are headings; three and more are a list.
    """
    taken: dict[int, bool] = {}
    n = 0
    while n < len(lines):
        if not lines[n].short:
            n += 1
            continue
        run = n
        while run < len(lines) and lines[run].short and (run == n or not lines[run].number):
            run += 1
        over = run < len(lines) and _is_body(lines[run])
        if lines[n].number:
            taken[n] = False
            if over and run - n == 2:
                taken[n + 1] = False
        elif over and run - n <= 2:
            taken[n] = run - n == 2
            taken[run - 1] = taken.get(run - 1, False) if run - n == 1 else False
        elif run - n == 1 and run < len(lines) and lines[run].short:
            taken[n] = True  # right over a numbered one
        n = run
    return taken


def _is_body(line: _Line) -> bool:
    return len(line.text) > LONGEST or bool(_ENDS_SENTENCE.search(line.text)) or bool(_BULLET.match(line.text))


def _levels(lines: Sequence[_Line], taken: dict[int, bool]) -> dict[int, int]:
    """Numbers give the level; those that have none lie under the number above them, in one or two steps."""
    levels: dict[int, int] = {}
    above, plain = 0, list[int]()

    def settle() -> None:
        upper = {n for n in plain if taken[n] or lines[n].capitals}
        lower = above + (2 if upper and len(upper) < len(plain) else 1)
        levels.update((n, above + 1 if n in upper else lower) for n in plain)
        plain.clear()

    for n in sorted(taken):
        if lines[n].number:
            settle()
            above = levels[n] = lines[n].number
        else:
            plain.append(n)
    settle()
    return levels


def _body(text: str, line: _Line, following: int | None) -> Span:
    begin = line.start + len(line.text)
    end = len(text) if following is None else following
    words = text[begin:end]
    start = begin + len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else (begin, begin)

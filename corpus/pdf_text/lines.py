"""The lines of extracted text, as places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_LINE_END = re.compile(r"(?<=[\w%])[\x02\ufffe]\n?(?=\s*\w)|\n")
"""Some extractors write a control character where the typesetter broke a word, with or without the line end."""
_NO_PROSE = re.compile(r"\t|\.{4}|(?: \.){4}|…{2}")
"""What stands in rows of cells and in lists of contents, whose lines are as long as they like."""
_PAGE_TOP_SHARE = 0.15
_FULL_SHARE = 0.35
_WRAP_LIMIT = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that has something on it, without the space around it."""

    start: int
    """Offset of its first visible character in the raw text."""
    end: int
    """One past its last visible character in the raw text, the hyphen included."""
    text: str
    """What stands on it; footnote markers may be cut out, so it can be shorter than `end - start`."""
    blanks: int = 0
    """Blank lines right before it."""
    page_top: bool = False
    """True when it begins with a single space, the sign of a new page."""
    ruled: bool = False
    """True when the blank line right before it consists of spaces, the sign of the rule above footnotes."""
    trailing: int = 0
    """How many spaces follow it."""
    mark: int = 0
    """Length of a control character that stands for its final hyphen: 0 or 1."""

    @property
    def hyphen(self) -> int | None:
        """Raw offset of the hyphen it ends with, if it ends with one."""
        if self.mark:
            return self.end - self.mark
        return self.end - 1 if self.text.endswith(("-", "\u2010")) else None

    @property
    def body(self) -> str:
        """The text before the final hyphen, or all of it."""
        return self.text[:-1] if self.hyphen is not None and not self.mark else self.text


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines with something on them, in order.

    Args:
        text: NFC with LF line ends.
    """
    lines: list[Line] = []
    blanks, ruled = 0, False
    for start, end in _pieces(text):
        raw = text[start:end]
        content = raw.strip()
        if not content:
            blanks, ruled = blanks + 1, bool(raw)
            continue
        mark = 1 if text[end : end + 1] in ("\x02", "\ufffe") else 0
        first = start + len(raw) - len(raw.lstrip())
        lines.append(
            Line(
                start=first,
                end=first + len(content) + mark,
                text=content,
                blanks=blanks,
                page_top=raw[:1] == " " and raw[1:2].strip() != "",
                ruled=ruled,
                trailing=len(raw) - len(raw.rstrip()),
                mark=mark,
            )
        )
        blanks, ruled = 0, False
    return _trusted_page_tops(lines)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every line, blank ones too."""
    position = 0
    for found in _LINE_END.finditer(text):
        yield position, found.start()
        position = found.end()
    yield position, len(text)


def _trusted_page_tops(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A leading space means a new page only where it is rare: an indented text has it on every paragraph."""
    if sum(line.page_top for line in lines) <= max(2, _PAGE_TOP_SHARE * len(lines)):
        return tuple(lines)
    return tuple(replace(line, page_top=False) for line in lines)


def typical_width(lines: Sequence[Line]) -> int:
    """How many characters a full line holds, or 0 where the text is not broken into lines of one width."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 30 and not _NO_PROSE.search(line.text))
    if not lengths:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(0.85 * width <= length <= 1.1 * width for length in lengths)
    hyphenated = any(line.hyphen is not None and line.body[-1:].isalpha() for line in lines)
    wrapped = width <= _WRAP_LIMIT and (full >= _FULL_SHARE * len(lengths) or hyphenated)
    return width if wrapped else 0

"""The lines of one page of a PDF as pdfium finds them, with the gaps and raised figures that its text alone does not tell of."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from ctypes import c_double
from math import hypot
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from corpus.pdf_text.page import PageLine

_HYPHENS = frozenset({"\x02", "\ufffe"})
"""What pdfium puts for a hyphen and the line end after it, where it believes that they divide a word."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLANKS = frozenset(" \u00a0\t")
_CELL_GAP = 1.5
"""A gap between two words this many times the size of the type parts two cells."""
_JUSTIFIED = 3
"""How many gaps a line must have for their evenness to say something."""
_EVEN = 0.25
_RAISED_SIZE = 0.8
_RAISED_BY = 0.12
_SAME_LINE = 0.05
"""Points between two baselines that are one."""


class _Char(NamedTuple):
    char: str
    at: int
    """Its index in pdfium's text of the page."""


class _Type(NamedTuple):
    """Points, the baseline's from the page's foot."""

    size: float
    baseline: float


def page_lines(document: pypdfium2.PdfDocument, index: int) -> list[PageLine]:
    """The lines of a page, in the order of its text."""
    page = document[index]
    try:
        words = page.get_textpage()
        return [_line(words, chars) for chars in _rejoined(words, _lines(words))]
    finally:
        page.close()


def _lines(words: pypdfium2.PdfTextPage) -> Iterator[list[_Char]]:
    """The characters of each line that has something on it."""
    line: list[_Char] = []
    for index in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, index)
        char = chr(code) if code <= sys.maxunicode else "\ufffd"
        if char in _HYPHENS:
            line.append(_Char("-", index))
        if char == "\n" or char in _HYPHENS:
            if any(not each.char.isspace() for each in line):
                yield line
            line = []
        elif char not in ("\r", "\0"):
            line.append(_Char(char, index))
    if any(not each.char.isspace() for each in line):
        yield line


def _rejoined(words: pypdfium2.PdfTextPage, lines: Iterable[list[_Char]]) -> Iterator[list[_Char]]:
    """The lines, put together again where pdfium ended one after a raised figure and the same line goes on."""
    line: list[_Char] = []
    for chars in lines:
        if line and _goes_on(words, line, chars):
            # The line end that pdfium put between them stands for the blank that parts the words.
            line += [_Char(" ", chars[0].at - 1), *chars]
            continue
        if line:
            yield line
        line = chars
    if line:
        yield line


def _goes_on(words: pypdfium2.PdfTextPage, line: list[_Char], chars: list[_Char]) -> bool:
    last = next(each for each in reversed(line) if not each.char.isspace())
    first = next(each for each in chars if not each.char.isspace())
    if not last.char.isdecimal():
        return False
    above, below = _standing(words, line), _standing(words, chars)
    room = _sides(words, first.at)[0] - _sides(words, last.at)[1]
    same = abs(above.baseline - below.baseline) < _SAME_LINE
    return same and _is_raised(_type(words, last.at), above) and 0 <= room <= _CELL_GAP * above.size


def _standing(words: pypdfium2.PdfTextPage, chars: list[_Char]) -> _Type:
    """The type of a line's first letter, which is no raised figure's."""
    return _type(words, next((each for each in chars if each.char.isalpha()), chars[0]).at)


def _line(words: pypdfium2.PdfTextPage, chars: list[_Char]) -> PageLine:
    while chars[-1].char.isspace():
        chars.pop()
    standing = _standing(words, chars)
    wide = _wide(words, chars, standing.size)
    parts: list[str] = []
    for place, each in enumerate(chars):
        if each.char in _BLANKS:
            first = place == 0 or chars[place - 1].char not in _BLANKS
            parts.append("\t" if first and each.at in wide else each.char if first else "")
        else:
            raised = each.char.isdecimal() and _is_raised(_type(words, each.at), standing)
            if raised and parts and parts[-1] == " ":
                parts.pop()  # the room that the raising left, and no word's end
            parts.append(each.char.translate(_RAISED) if raised else each.char)
    return PageLine(_paired("".join(parts)), round(standing.baseline, 1), round(standing.size, 1))


def _wide(words: pypdfium2.PdfTextPage, chars: list[_Char], size: float) -> frozenset[int]:
    """Indices of the blanks that part two cells; in a line that is set out to both margins all are equally wide."""
    gaps: dict[int, float] = {}
    last = blank = -1
    for each in chars:
        if each.char in _BLANKS:
            blank = each.at if blank < 0 else blank
            continue
        if blank >= 0 and last >= 0:
            gaps[blank] = _sides(words, each.at)[0] - _sides(words, last)[1]
        last, blank = each.at, -1
    if len(gaps) >= _JUSTIFIED and max(gaps.values()) - min(gaps.values()) < _EVEN * size:
        return frozenset()
    return frozenset(index for index, gap in gaps.items() if gap > _CELL_GAP * size > 0)


def _is_raised(figure: _Type, line: _Type) -> bool:
    return figure.size < _RAISED_SIZE * line.size and figure.baseline > line.baseline + _RAISED_BY * line.size


def _paired(words: str) -> str:
    """The words with surrogates, which some systems give one by one, as the characters they make."""
    if words.isascii() or not any("\ud800" <= char <= "\udfff" for char in words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _type(words: pypdfium2.PdfTextPage, index: int) -> _Type:
    """How large a character is set and where; many files set all in size one and scale it."""
    matrix, x, y = raw.FS_MATRIX(), c_double(), c_double()
    scaled = raw.FPDFText_GetMatrix(words, index, matrix)
    scale = hypot(matrix.c, matrix.d) if scaled else 1.0
    raw.FPDFText_GetCharOrigin(words, index, x, y)
    return _Type(float(raw.FPDFText_GetFontSize(words, index)) * scale, y.value)


def _sides(words: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Left and right of a character; both zero where it has no room."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(words, index, left, right, bottom, top)
    return left.value, right.value

"""Taguette's documents: HTML in, text out, and where each of Taguette's offsets lies in that text.

Taguette counts UTF-8 bytes over the text nodes of its HTML and knows no line ends between blocks. The text here has a line
for each block and blanks collapsed, as a browser shows it; every counted character keeps its place in it.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption"}
    | {
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
    }
    | {"p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "ul"}
)
_UNSEEN = frozenset({"script", "style", "template", "title"})
_PLAIN = frozenset({"html", "head", "body", "div", "p", "br", "img", "span"})
_KEPT_BLANKS = frozenset({"pre", "textarea", "listing"})
_PIECES = re.compile(r"[ \t\n\r]+|[^ \t\n\r]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ILLEGAL = str.maketrans(
    dict.fromkeys((*range(9), 0x0B, *range(0x0E, 0x20)), "\x7f") | {0x0C: " ", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
)
"""Characters XML cannot hold, to others of as many bytes, so that no offset is moved."""
_STRIDE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document as Taguette counts it and as it is read."""

    counted: str
    """The text nodes end to end."""
    text: str
    """What is shown."""
    places: array[int]
    """For each code point of `counted`, and one past the last, where it is in `text`."""
    bytes_before: tuple[int, ...]
    """UTF-8 bytes of `counted` before every 1024th code point."""
    pictures: int = 0
    styled: int = 0
    """Elements that say how something looks or what it is, beyond paragraphs."""

    def code_point(self, offset: int) -> int:
        """The code point of `counted` at a byte offset; one inside a character is moved past it, as Taguette does."""
        if not 0 <= offset <= self.bytes_before[-1]:
            return -1
        stride = max(0, min(bisect_right(self.bytes_before, offset) - 1, len(self.bytes_before) - 2))
        first = stride * _STRIDE
        piece = self.counted[first : first + _STRIDE].encode("utf-8")
        rest = offset - self.bytes_before[stride]
        while rest < len(piece) and 0x80 <= piece[rest] <= 0xBF:
            rest += 1
        return first + len(piece[:rest].decode("utf-8"))

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of `counted` is in `text`, without line ends at its edges."""
        first, last = self.places[start], self.places[end]
        while first < last and self.text[first] in "\n\t":
            first += 1
        while last > first and self.text[last - 1] in "\n\t":
            last -= 1
        return first, last


def read_page(contents: str) -> Page | None:
    """The document, or None when the HTML is too deeply nested or too damaged to be read to its end."""
    root = _parsed(contents)
    if root is None:
        return None
    shown = _Shown()
    for event, element, words in _nodes(root):
        shown.meet(event, element, words)
    return shown.page()


def counted_words(contents: str) -> str:
    """What Taguette counts of a piece of HTML; empty when it cannot be read."""
    root = _parsed(contents)
    return "".join(words for _event, _element, words in _nodes(root)) if root is not None else ""


def _parsed(contents: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    wrapped = f"<html><body><div>{_plain(contents)}</div></body></html>"
    try:
        root = etree.fromstring(wrapped.encode("utf-8"), parser)
    except etree.LxmlError:
        return None
    return None if any(error.level_name == "FATAL" for error in parser.error_log) else root


def _nodes(root: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    """Both ends of every element, each with the words that follow it."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        words = (element.text if event == "start" else element.tail) or ""
        if event == "start" and element.tag in _KEPT_BLANKS:
            words = words.removeprefix("\n")
        yield event, element, words


def _plain(contents: str) -> str:
    """HTML with the line ends of HTML and with no entity left that an older parser might not know."""
    joined = contents.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(lambda match: html.escape(html.unescape(match[0])), joined).translate(_ILLEGAL)


class _Shown:
    """Text as it grows: what lies between two words is decided when the second one comes."""

    def __init__(self) -> None:
        self.counted: list[str] = []
        self.pieces: list[str] = []
        self.length = 0
        self.places = array("I")
        self.lines = 0
        self.tabs = 0
        self.row = 0
        self.blank = False
        self.unseen = 0
        self.kept = 0
        self.pictures = 0
        self.styled = 0

    def meet(self, event: str, element: etree._Element, words: str) -> None:
        """One end of an element, with the words that follow it."""
        name = element.tag if isinstance(element.tag, str) else ""
        opening = event == "start"
        if opening:
            self.pictures += name == "img"
            self.styled += name not in _PLAIN
        if name in _UNSEEN:
            self.unseen += 1 if opening else -1
        if name in _KEPT_BLANKS:
            self.kept += 1 if opening else -1
        if name == "tr" or (name in _BLOCKS and not self.tabs):
            self.lines, self.tabs = max(self.lines, 1), 0
        if name == "tr":
            self.row = self.length
        if opening and name == "br":
            self.lines += 1
        if opening and name in ("td", "th") and element.getprevious() is not None:
            self.lines = 0 if self.length > self.row else self.lines
            self.tabs += 1
        if words:
            self._add(words)

    def _add(self, words: str) -> None:
        self.counted.append(words)
        if self.unseen:
            self._skip(len(words))
        elif self.kept:
            body = words.rstrip("\n")
            if body:
                self._show(body)
            self._skip(len(words) - len(body))
            self.lines += len(words) - len(body)
        else:
            for piece in _PIECES.findall(words):
                if piece[0] in " \t\n\r":
                    self._skip(len(piece))
                    self.blank = True
                else:
                    self._show(piece)

    def _skip(self, number: int) -> None:
        self.places.extend([self.length] * number)

    def _show(self, words: str) -> None:
        between = "\n" * self.lines + "\t" * self.tabs or " " * self.blank
        if between and self.length:
            self.pieces.append(between)
            self.length += len(between)
        self.lines, self.tabs, self.blank = 0, 0, False
        self.pieces.append(words)
        self.places.extend(range(self.length, self.length + len(words)))
        self.length += len(words)

    def page(self) -> Page:
        """What was met, once the root has been closed."""
        counted = "".join(self.counted)
        self.places.append(self.length)
        return Page(
            counted=counted,
            text="".join(self.pieces) + ("\n" if self.length else ""),
            places=self.places,
            bytes_before=tuple(accumulate(_chunk_sizes(counted), initial=0)),
            pictures=self.pictures,
            styled=self.styled,
        )


def _chunk_sizes(counted: str) -> Iterator[int]:
    for first in range(0, len(counted), _STRIDE):
        yield len(counted[first : first + _STRIDE].encode("utf-8"))

"""Web pages (.html): the words a reader would see, a line for each block.

Scripts, styles and the page's head are left out, entities become characters, blanks collapse outside `pre` as a browser
collapses them, table cells have a tab between them. Menus, footers, captions and tables of data are marked as regions;
title, publisher and date come from what the page says of itself. A page of noScribe gives the times of its turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

import regex
from lxml import etree

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, RegionKind, Transcript
from corpus.readers.noscribe import Anchor, parse_page, timed_anchor
from corpus.readers.page_facts import page_facts
from corpus.regions.marks import Marks
from corpus.text import normalise

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary"}
    | {"table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_DROPPED = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "object", "iframe", "canvas", "audio", "video"}
)
_MARKED: Mapping[str, RegionKind] = MappingProxyType(
    {
        "nav": "other",
        "footer": "other",
        "dialog": "other",
        "figcaption": "caption",
        "caption": "caption",
        "table": "table",
    }
)
_CONTENT = ("article", "main", "section")
_ROLES: Mapping[str, RegionKind] = MappingProxyType(
    dict.fromkeys(("navigation", "contentinfo", "banner", "search", "dialog", "alertdialog", "form"), "other")
)
"""Roles by which a page says what is no part of its text."""
_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_CELL, _ROW, _ROW_END = "\ud800", "\ud801", "\ud802"
"""Where a cell begins after another, and where a row begins and ends; no text that was decoded has these."""
_LINE_STARTS = frozenset({" ", "\n", _ROW, _ROW_END})
_CELLS = regex.compile(rf"[ \n]*{_CELL}[ \n]*")
_ROW_ENDS = regex.compile(rf"(?P<apart>(?<=\n))?{_ROW_END}\n?")


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The page's visible text.

    Raises:
        UnreadableSource: if it is no text, or holds no page.
    """
    decoded = decode(path, data)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(decoded.text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(path, _("Siden kan ikke leses som HTML. Lagre teksten som .txt eller .docx.")) from error
    if any(error.level_name == "FATAL" for error in parser.error_log):
        reason = _("Siden er for dypt nøstet til å leses helt. Kopier teksten til et .docx- eller .txt-dokument.")
        raise UnreadableSource(path, reason)
    if root is None:
        raise UnreadableSource(path, _("Siden har ingen tekst."))
    pieces, marks, anchors = _pieces(root)
    facts = page_facts(root)
    text = normalise(_finished("".join(pieces)).strip("\n ") + "\n")
    parsed = parse_page(text, pieces, anchors, options) if anchors else None
    return Transcript(
        text=text,
        turns=parsed.turns if parsed else (),
        encoding=decoded.encoding,
        notes=decoded.notes + (parsed.notes if parsed else ()),
        regions=marks.regions(pieces, _finished, stripped="\n "),
        title=facts.title,
        publisher=facts.publisher,
        date=facts.date,
    )


def _finished(words: str) -> str:
    """The text with tabs between cells and no blanks at the ends of lines."""
    rows = _ROW_ENDS.sub(lambda end: "\n" if end["apart"] is None else "", _CELLS.sub("\t", words))
    return "\n".join(line.rstrip(" ") for line in rows.replace(_ROW, "").split("\n"))


def _kind(element: etree._Element, name: str) -> RegionKind | None:
    """What an element says that it is besides running text; the head of a page is no part of it, that of an article is."""
    if name == "header" and not any(each.tag in _CONTENT for each in element.iterancestors()):
        return None if any(each.tag in ("h1", "p") for each in element.iter()) else "other"
    role = (element.get("role") or "").strip().casefold()
    return _MARKED.get(name) or (None if name in ("body", "html", *_CONTENT) else _ROLES.get(role))


def _pieces(root: etree._Element) -> tuple[list[str], Marks, list[Anchor]]:
    """The text in pieces as the page's elements come, the regions among them, and the stretches that have times."""
    pieces: list[str] = []
    marks = Marks()
    anchors: list[Anchor] = []
    opened: list[int] = []
    silent = 0
    preserved = 0

    def add(words: str | None) -> None:
        if not words or silent:
            return
        if preserved:
            pieces.append(words)
            return
        collapsed = _BLANKS.sub(" ", words)
        if collapsed.startswith(" ") and (not pieces or pieces[-1][-1] in _LINE_STARTS):
            collapsed = collapsed[1:]
        if collapsed:
            pieces.append(collapsed)

    def new_line() -> None:
        if not silent and pieces and not pieces[-1].endswith(("\n", _ROW)):
            pieces.append("\n")

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if name == "a":
                opened.append(len(pieces))
            if name in _BLOCKS:
                new_line()
            if name in _BLOCKS:
                marks.open(pieces, None if silent else _kind(element, name))
            if name == "tr" and not silent:
                pieces.append(_ROW)
            if name == "br" and not silent:
                pieces.append("\n")
            if name in ("td", "th") and not silent and element.getprevious() is not None:
                pieces.append(_CELL)
            silent += name in _DROPPED
            preserved += name in ("pre", "textarea")
            add(element.text)
        else:
            silent -= name in _DROPPED
            preserved -= name in ("pre", "textarea")
            if name == "a":
                anchors += timed_anchor(str(element.get("name", "")), opened.pop(), len(pieces))
            if name == "tr" and not silent and pieces[-1] != _ROW:
                pieces.append(_ROW_END)
            if name in _BLOCKS:
                new_line()
            if name in _BLOCKS:
                marks.close(pieces, rows=sum(1 for _row in element.iter("tr")) if name == "table" else 0)
            add(element.tail)
    return pieces, marks, anchors

"""Web pages (.html): the words a reader would see, a line for each block.

Scripts, styles and the page's head are left out, entities become characters, blanks collapse outside `pre` as a browser
collapses them, table cells have a tab between them.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import regex
from lxml import etree

from corpus.decoding import decode
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
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
_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_CELL_MARK = "\ue000"
_LATE_CELLS = regex.compile(r"[ \n]*\ue000[ \n]*")


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
    return Transcript(text=normalise(_text(root)), encoding=decoded.encoding, notes=decoded.notes)


def _text(root: etree._Element) -> str:
    pieces: list[str] = []
    silent = 0
    preserved = 0

    def add(words: str | None) -> None:
        if not words or silent:
            return
        if preserved:
            pieces.append(words)
            return
        collapsed = _BLANKS.sub(" ", words)
        if collapsed.startswith(" ") and (not pieces or pieces[-1][-1] in " \n"):
            collapsed = collapsed[1:]
        if collapsed:
            pieces.append(collapsed)

    def new_line() -> None:
        if not silent and pieces and not pieces[-1].endswith("\n"):
            pieces.append("\n")

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if name in _BLOCKS:
                new_line()
            if name == "br" and not silent:
                pieces.append("\n")
            if name in ("td", "th") and not silent and element.getprevious() is not None:
                pieces.append(_CELL_MARK)
            silent += name in _DROPPED
            preserved += name in ("pre", "textarea")
            add(element.text)
        else:
            silent -= name in _DROPPED
            preserved -= name in ("pre", "textarea")
            if name in _BLOCKS:
                new_line()
            add(element.tail)
    lines = _LATE_CELLS.sub("\t", "".join(pieces)).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).strip("\n ") + "\n"

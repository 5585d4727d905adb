"""OpenDocument text (.odt), read from its XML.

Paragraphs and headings end in a line feed, line breaks are line feeds, table cells have a tab between them and rows
end in a line feed. Inserted text of tracked changes stands in the text, deleted text does not. Footnotes, endnotes and
text boxes are lifted out; comments, page headers and footers are left out; list numbers are not made up. Tables that are
transcripts and headings that are speakers give turns, as in Word documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

import regex
from lxml import etree

from corpus.archives import open_container, parse_part, read_part
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers.left_out import BOX, ENDNOTE, FOOTNOTE, changes_note, comments_note, lifted_notes
from corpus.readers.word_speakers import Marked, Span, placed, speakers
from corpus.signatures import locked_reason
from corpus.text import normalise

_MOST_BLANKS = 100
"""What one element for several blanks may stand for."""
_BLANKS = regex.compile(r"[ \t\r\n]+")
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "variable-decls", "user-field-decls"}
    | {
        "bookmark",
        "table-column",
        "table-columns",
        "index-title-template",
        "note-citation",
        "desc",
        "title",
        "script",
        "ruby-text",
    }
)


@dataclass(slots=True)
class _Story:
    """A run of text as it is collected, and what was met on the way."""

    pieces: list[str] = field(default_factory=list)
    lifted: list[tuple[str, str]] = field(default_factory=list)
    headings: list[tuple[str, Span]] = field(default_factory=list)
    tables: list[list[tuple[Span, ...]]] = field(default_factory=list)
    """Headings and cells by spans of `pieces`."""
    comments: int = 0

    @property
    def text(self) -> str:
        return normalise("".join(self.pieces))

    def add(self, text: str | None) -> None:
        """Appends character data as OpenDocument has it: runs of blanks are one, and none begins a paragraph."""
        collapsed = _BLANKS.sub(" ", text or "")
        if collapsed.startswith(" ") and (not self.pieces or self.pieces[-1].endswith((" ", "\n", "\t"))):
            collapsed = collapsed[1:]
        if collapsed:
            self.pieces.append(collapsed)


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The document's running text.

    Raises:
        UnreadableSource: if the file is damaged, encrypted, unreasonably large, or has no text part.
    """
    with open_container(path, data) as archive:
        manifest = read_part(path, archive, "META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest or "encrypted-package" in archive.namelist():
            raise UnreadableSource(path, locked_reason())
        root = parse_part(path, archive, "content.xml")
    text = None if root is None else next((found for found in root.iter() if _is_text_body(found)), None)
    if root is None or text is None:
        raise UnreadableSource(path, _("Filen er ikke et OpenDocument-tekstdokument, eller teksten mangler i det."))
    story = _Story()
    _blocks(story, text)
    changes = [
        _name(kind) for found in text if _name(found) == "tracked-changes" for region in found for kind in region
    ]
    lifted = tuple(story.lifted)
    whole, marked = placed(story.pieces, Marked(tuple(story.headings), tuple(map(tuple, story.tables))))
    spoken = speakers(path, whole, marked, options)
    notes = (
        *changes_note(changes.count("insertion"), changes.count("deletion")),
        *lifted_notes(lifted),
        *comments_note(story.comments),
        *(spoken.notes if spoken else ()),
    )
    return Transcript(text=whole, turns=spoken.turns if spoken else (), lifted=lifted, notes=notes)


def _is_text_body(element: etree._Element) -> bool:
    parent = element.getparent()
    return _name(element) == "text" and parent is not None and _name(parent) == "body"


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _blanks(count: str) -> int:
    """How many blanks an element stands for; few enough that many elements are no flood."""
    return min(int(count), _MOST_BLANKS) if count.isascii() and count.isdecimal() and len(count) < 10 else 1


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


_SHAPES = frozenset({"custom-shape", "rect", "ellipse", "circle", "line", "polygon", "path", "caption", "connector"})


def _blocks(story: _Story, parent: etree._Element) -> None:
    for child in parent:
        name = _name(child)
        if name in ("p", "h"):
            start = len(story.pieces)
            _inline(story, child)
            if name == "h":
                story.headings.append((_attribute(child, "outline-level") or "1", (start, len(story.pieces))))
            story.pieces.append("\n")
        elif name == "table":
            rows: list[tuple[Span, ...]] = []
            story.tables.append(rows)
            _rows(story, child, rows)
        elif name == "frame":
            _frame(story, child)
        elif name in _SHAPES:
            _lift(story, BOX, child)
        elif name == "annotation":
            story.comments += 1
        elif name and name not in _SKIPPED:
            _blocks(story, child)


def _rows(story: _Story, table: etree._Element, rows: list[tuple[Span, ...]]) -> None:
    """Appends a table's rows to the story, and the spans of their cells' pieces to `rows`."""
    for row in table:
        name = _name(row)
        if name == "table-row":
            cells: list[Span] = []
            for index, cell in enumerate(c for c in row if _name(c) in ("table-cell", "covered-table-cell")):
                if index:
                    story.pieces.append("\t")
                start = len(story.pieces)
                _blocks(story, cell)
                if len(story.pieces) > start and story.pieces[-1] == "\n":
                    story.pieces.pop()
                cells.append((start, len(story.pieces)))
            rows.append(tuple(cells))
            story.pieces.append("\n")
        elif name and name not in _SKIPPED:
            _rows(story, row, rows)


def _inline(story: _Story, parent: etree._Element) -> None:
    story.add(parent.text)
    for child in parent:
        name = _name(child)
        if name == "s":
            story.pieces.append(" " * _blanks(_attribute(child, "c")))
        elif name == "tab":
            story.pieces.append("\t")
        elif name == "line-break":
            story.pieces.append("\n")
        elif name == "note":
            _lift_note(story, child)
        elif name == "frame":
            _frame(story, child)
        elif name in _SHAPES:
            _lift(story, BOX, child)
        elif name == "annotation":
            story.comments += 1
        elif name and name not in _SKIPPED:
            _inline(story, child)
        story.add(child.tail)


def _lift_note(story: _Story, note: etree._Element) -> None:
    what = ENDNOTE if _attribute(note, "note-class") == "endnote" else FOOTNOTE
    for body in note:
        if _name(body) == "note-body":
            _lift(story, what, body)


def _frame(story: _Story, frame: etree._Element) -> None:
    for box in frame:
        if _name(box) == "text-box":
            _lift(story, BOX, box)


def _lift(story: _Story, what: str, element: etree._Element) -> None:
    own = _Story()
    _blocks(own, element)
    story.comments += own.comments
    story.lifted += own.lifted
    if own.text.strip():
        story.lifted.append((what, own.text.strip()))

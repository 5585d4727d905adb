"""Word documents (.docx), read from their XML.

What stands in the text: paragraphs (each ends in a line feed), soft breaks as line feeds, tabs, table cells with a
tab between them and a line feed after the row, results of fields, inserted text of tracked changes. What does not:
deleted text, comments, headers and footers, field codes, and numbers and bullets that Word makes up when it draws a
list. Footnotes, endnotes and text boxes are lifted out of the running text, without their markers. What is left out
or lifted is said in a note, except headers, footers and list numbers, which most documents have. Lists of contents,
captions, reference lists and tables of data are marked as regions by the styles and elements that make them.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

import regex
from lxml import etree

from corpus.archives import open_container, parse_part
from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.readers.left_out import (
    BOX,
    ENDNOTE,
    FOOTNOTE,
    changes_note,
    comments_note,
    embedded_note,
    hidden_note,
    lifted_notes,
)
from corpus.readers.word_speakers import Marked, Span, heading_styles, placed, speakers, style_level
from corpus.readers.word_styles import StyleKind, gallery_kind, style_kinds
from corpus.regions.marks import Marks
from corpus.text import normalise

_THROUGH = frozenset(
    {"r", "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "bdo", "dir", "customXml"}
    | {"oMath", "oMathPara", "e", "num", "den", "sup", "sub", "f", "sSup", "sSub", "d", "rad", "ruby", "rubyBase"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_DROPPED = frozenset({"del", "moveFrom"})
_LINE_MARKS = regex.compile(r"[\t\n\r]")


@dataclass(slots=True)
class _Story:
    """A run of text as it is collected, and what was met on the way."""

    levels: Mapping[str, str] = field(default_factory=dict)
    """Style id to heading level."""
    pieces: list[str] = field(default_factory=list)
    headings: list[tuple[str, Span]] = field(default_factory=list)
    tables: list[list[tuple[Span, ...]]] = field(default_factory=list)
    """Headings and cells by spans of `pieces`."""
    emphasised: list[tuple[str, Span]] = field(default_factory=list)
    """Paragraphs that are bold (`b`) or in italics (`i`) as a whole."""
    leads: list[Span] = field(default_factory=list)
    """Words in bold with which paragraphs begin that go on otherwise."""
    fields: list[str] = field(default_factory=list)
    """For each field that is open, whether its `code` or its `result` is being read."""
    references: list[tuple[str, str]] = field(default_factory=list)
    """(`footnote` or `endnote`, id) in the order of the text."""
    boxes: list[etree._Element] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    embedded: int = 0
    styles: Mapping[str, StyleKind] = field(default_factory=dict)
    """What the document's paragraph styles say that a paragraph is, by style id."""
    marks: Marks = field(default_factory=Marks)
    title: str = ""
    """The paragraph in the style of titles, if there is one."""

    @property
    def text(self) -> str:
        return normalise("".join(self.pieces))


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The document's running text.

    Raises:
        UnreadableSource: if the file is damaged, behind a password, unreasonably large, or has no main text.
    """
    with open_container(path, data) as archive:
        main = _main_part(path, archive)
        root = parse_part(path, archive, main)
        body = None if root is None else next((child for child in root if _name(child) == "body"), None)
        if body is None:
            raise UnreadableSource(path, _("Filen er ikke et Word-dokument, eller teksten mangler i det."))
        folder = posixpath.dirname(main)
        styles = parse_part(path, archive, posixpath.join(folder, "styles.xml"))
        story = _Story(levels=heading_styles(styles), styles=style_kinds(styles))
        _blocks(story, body)
        lower = {
            kind: parse_part(path, archive, posixpath.join(folder, f"{kind}s.xml")) for kind in ("footnote", "endnote")
        }
        comments = parse_part(path, archive, posixpath.join(folder, "comments.xml"))
    lifted = _lifted(story, lower)
    count = 0 if comments is None else sum(1 for child in comments if _name(child) == "comment")
    notes = (
        *changes_note(story.insertions, story.deletions),
        *lifted_notes(lifted),
        *comments_note(count),
        *hidden_note(story.hidden),
        *embedded_note(story.embedded),
    )
    layout = Marked(tuple(story.headings), tuple(map(tuple, story.tables)), tuple(story.emphasised), tuple(story.leads))
    text, marked = placed(story.pieces, layout)
    spoken = speakers(path, text, marked, options)
    turns = spoken.turns if spoken else ()
    return Transcript(
        text=text,
        turns=turns,
        lifted=lifted,
        notes=(*notes, *(spoken.notes if spoken else ())),
        regions=story.marks.regions(story.pieces),
        title=story.title,
    )


def _main_part(path: Path, archive: zipfile.ZipFile) -> str:
    relations = parse_part(path, archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _name(element: etree._Element) -> str:
    """The element's name without namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    """The descendant reached by these names, one level each, or None."""
    found: etree._Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((child for child in found if _name(child) == name), None)
    return found


def _attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute whatever its namespace, or empty."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _blocks(story: _Story, parent: etree._Element) -> None:
    for child in parent:
        name = _name(child)
        if name == "p":
            _paragraph(story, child)
        elif name == "tbl":
            rows: list[tuple[Span, ...]] = []
            story.tables.append(rows)
            story.marks.open(story.pieces, "table")
            _rows(story, child, rows)
            story.marks.close(story.pieces, rows=len(rows))
        elif name in _DROPPED:
            story.deletions += 1
        elif name == "altChunk":
            story.embedded += 1
        elif name == "AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                _blocks(story, chosen)
        elif name == "sdt":
            story.marks.open(story.pieces, gallery_kind(child))
            _blocks(story, child)
            story.marks.close(story.pieces)
        elif name in ("sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            _blocks(story, child)


def _paragraph(story: _Story, paragraph: etree._Element) -> None:
    style = _child(paragraph, "pPr", "pStyle")
    identifier = _attribute(style, "val") if style is not None else ""
    kind = story.styles.get(identifier)
    start = len(story.pieces)
    story.marks.open(story.pieces, None if kind == "title" else kind)
    _words_of(story, paragraph, style_level(identifier, story.levels) if identifier else "")
    story.marks.close(story.pieces)
    if kind == "title" and not story.title:
        story.title = " ".join(normalise("".join(story.pieces[start:])).split())


def _words_of(story: _Story, paragraph: etree._Element, level: str) -> None:
    start = len(story.pieces)
    _inline(story, paragraph)
    marks = _child(paragraph, "pPr", "rPr")
    if marks is not None and any(_name(mark) in _DROPPED for mark in marks):
        story.deletions += 1
        return
    if level:
        story.headings.append((level, (start, len(story.pieces))))
    elif emphasis := _emphasis(paragraph):
        story.emphasised.append((emphasis, (start, len(story.pieces))))
    elif lead := _lead(paragraph):
        story.leads.append((start, start + lead))
    story.pieces.append("\n")


def _emphasis(paragraph: etree._Element) -> str:
    """How all words of a paragraph are set off, `b` or `i`; empty where not all are, or there are none."""
    runs = [run for run in paragraph if _name(run) == "r" and any((child.text or "").strip() for child in run)]
    return next((how for how in ("b", "i") if runs and all(_set_off(run, how) for run in runs)), "")


def _lead(paragraph: etree._Element) -> int:
    """How many pieces of a paragraph of plain runs its first words in bold are; 0 where it does not begin so, or is all bold."""
    pieces = 0
    for run in paragraph:
        name = _name(run)
        if name == "r" and not _set_off(run, "b"):
            words = any((child.text or "").strip() for child in run if _name(child) == "t")
            return pieces if words else 0
        if name == "r":
            pieces += sum(_name(child) == "t" or _name(child) in _SIGNS for child in run)
        elif name in _THROUGH:
            return 0
    return 0


def _set_off(run: etree._Element, how: str) -> bool:
    mark = _child(run, "rPr", how)
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")


def _rows(story: _Story, table: etree._Element, rows: list[tuple[Span, ...]]) -> None:
    for row in table:
        name = _name(row)
        if name in ("sdt", "sdtContent", "customXml", "ins"):
            _rows(story, row, rows)
        elif name == "tr":
            if _child(row, "trPr", "del") is not None:
                story.deletions += 1
                continue
            cells: list[Span] = []
            _cells(story, row, cells)
            rows.append(tuple(cells))
            story.pieces.append("\n")


def _cells(story: _Story, row: etree._Element, cells: list[Span]) -> None:
    """Appends a row's cells to the story, and their spans of pieces to `cells`."""
    for cell in row:
        name = _name(cell)
        if name in ("sdt", "sdtContent", "customXml"):
            _cells(story, cell, cells)
        elif name == "tc" and _child(cell, "tcPr", "cellDel") is None:
            if cells:
                story.pieces.append("\t")
            start = len(story.pieces)
            _blocks(story, cell)
            if len(story.pieces) > start and story.pieces[-1] == "\n":
                story.pieces.pop()
            cells.append((start, len(story.pieces)))


def _inline(story: _Story, parent: etree._Element) -> None:
    if _name(parent) == "r" and _child(parent, "rPr", "vanish") is not None:
        story.hidden += 1
    for child in parent:
        name = _name(child)
        if name == "t":
            if not _in_code(story):
                story.pieces.append(_LINE_MARKS.sub(" ", child.text or ""))
        elif name in _SIGNS:
            story.pieces.append(_SIGNS[name])
        elif name in _THROUGH:
            story.insertions += name in ("ins", "moveTo")
            _inline(story, child)
        elif name in _DROPPED:
            story.deletions += 1
        elif name == "fldChar":
            _field(story, _attribute(child, "fldCharType"))
        elif name in ("footnoteReference", "endnoteReference"):
            story.references.append((name.removesuffix("Reference"), _attribute(child, "id")))
        elif name == "sym":
            story.pieces.append(_symbol(_attribute(child, "char")))
        elif name == "AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                _inline(story, chosen)
        elif name in ("drawing", "pict", "object"):
            story.boxes.extend(found for found in child.iter() if _name(found) == "txbxContent")


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    choice = _child(alternatives, "Choice")
    return choice if choice is not None else _child(alternatives, "Fallback")


def _field(story: _Story, kind: str) -> None:
    if kind == "begin":
        story.fields.append("code")
    elif kind == "separate" and story.fields:
        story.fields[-1] = "result"
    elif kind == "end" and story.fields:
        story.fields.pop()


def _in_code(story: _Story) -> bool:
    """True for the result of a field that itself stands in another field's code, which Word does not show.

    Text directly in a code is kept: Word writes codes as other elements, so it stands there only when the file forgot
    to end a field, and must not be lost.
    """
    return len(story.fields) > 1 and "code" in story.fields[:-1]


def _symbol(code: str) -> str:
    """The character of a symbol font, which only the font can tell when it lies in the private area."""
    try:
        value = int(code, 16)
    except ValueError:
        return "\ufffd"
    return chr(value) if 0x20 <= value < 0xD800 else "\ufffd"


def _lifted(story: _Story, notes: dict[str, etree._Element | None]) -> tuple[tuple[str, str], ...]:
    names = {"footnote": FOOTNOTE, "endnote": ENDNOTE}
    lifted: list[tuple[str, str]] = []
    for kind, identifier in story.references:
        root = notes[kind]
        found = (n for n in root if _attribute(n, "id") == identifier) if root is not None else iter(())
        note = next(found, None)
        if note is not None:
            lifted.append((names[kind], _own_text(note)))
    lifted += [(BOX, _own_text(box)) for box in story.boxes]
    return tuple((what, text) for what, text in lifted if text)


def _own_text(element: etree._Element) -> str:
    story = _Story()
    _blocks(story, element)
    return story.text.strip()

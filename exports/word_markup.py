"""Paragraphs, tables and fields in Word's own markup, put where the report is to stand.

python-docx has no fields, captions, repeated header rows or bookmarks, and searches the document from its start for
each paragraph it adds; here each element goes straight before an anchor.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.packaging import printable
from exports.word_template import Element, Role, Styles

Align = Literal["left", "right"]

# Twentieths of a point: the padding of a cell, and a column that four figures look well in.
_PADDING = 216
_NARROWEST = 850
_MOST_STRETCHED = 1.35
# About the advance of bold letters at 11 points in the common sans-serif faces, with a tenth to spare.
_WIDE, _CAPITAL, _PLAIN, _THIN = 198, 145, 121, 79


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text that stands out from its paragraph."""

    text: str
    strong: bool = False
    language: str = ""
    """Language tag when it is another than the document's."""


Cell: TypeAlias = str | Run | Sequence[Run]
"""What stands in a cell of a table of texts."""


@dataclass(slots=True, kw_only=True)
class Flow:
    """Where the next paragraph goes, and what has been counted so far."""

    anchor: Element
    """The report is written before this element."""
    styles: Styles
    width: int
    """Twentieths of a point between the margins."""
    tables: int = 0
    figures: int = 0
    bookmarks: int = 0
    headings: list[tuple[str, str]] = field(default_factory=list)
    """(bookmark, title) of the chapters, for the table of contents."""
    captions: list[tuple[str, str, str]] = field(default_factory=list)
    """(label, bookmark, whole caption) of the tables and figures, for their lists."""

    def paragraph(
        self,
        role: Role | None,
        *content: str | Run | Element,
        keep_next: bool = False,
        tight: bool = False,
    ) -> Element:
        """Writes a paragraph in the style of a role, or in the template's body style.

        `keep_next` holds it on the page of what follows; `tight` takes away most of the space below it.
        """
        paragraph = self.build(role, *content, keep_next=keep_next, tight=tight)
        self.anchor.addprevious(paragraph)
        return paragraph

    def build(
        self, role: Role | None, *content: str | Run | Element, keep_next: bool = False, tight: bool = False
    ) -> Element:
        """A paragraph that is not placed yet."""
        paragraph = element("w:p")
        properties = element("w:pPr")
        if role is not None:
            properties.append(element("w:pStyle", val=self.styles[role]))
        if keep_next:
            properties.append(element("w:keepNext"))
        if tight:
            properties.append(element("w:spacing", after="40"))
        if len(properties):
            paragraph.append(properties)
        for piece in content:
            paragraph.append(self._piece(piece))
        return paragraph

    def chapter(self, title: str, *, new_page: bool = False) -> None:
        """Writes a heading of the first level that the table of contents can point at."""
        name = f"_Toc{900_000_001 + len(self.headings)}"
        self.headings.append((name, title))
        paragraph = self.paragraph("heading 1", title)
        if new_page:
            break_before(paragraph)
        start, end = self._bookmark(name)
        paragraph.insert(1, start)
        paragraph.append(end)

    def caption(self, label: str, text: str, *, keep_next: bool = True) -> None:
        """Writes a numbered caption that stays with the table below it; Word can renumber it and refer to it."""
        self.tables += 1
        self._caption(label, self.tables, self.tables, text, keep_next=keep_next)

    def figure(self, part: Any, label: str, text: str, png: bytes, width: float, description: str) -> None:
        """Writes a picture so many inches wide with its numbered caption below it.

        `part` is the document part that the picture's file goes into. `description` is read aloud to those who do not see
        the figure.
        """
        self.figures += 1
        most = self.width / 1440
        inline = part.new_pic_inline(io.BytesIO(png), width=int(min(width, most) * 914400))
        inline.docPr.set("name", f"{label} {self.figures}")
        inline.docPr.set("descr", printable(description))
        run, drawing = element("w:r"), element("w:drawing")
        drawing.append(inline)
        run.append(drawing)
        self.paragraph(None, run, keep_next=True)
        self._caption(label, self.figures, 500 + self.figures, text, keep_next=False)

    def _caption(self, label: str, number: int, mark: int, text: str, *, keep_next: bool) -> None:
        name = f"_Ref{900_000_000 + mark}"
        start, end = self._bookmark(name)
        self.captions.append((label, name, f"{label} {number}. {text}"))
        self.paragraph(
            "caption",
            start,
            f"{label} ",
            simple_field(rf" SEQ {label} \* ARABIC ", str(number)),
            end,
            f". {text}",
            keep_next=keep_next,
        )

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        description: str,
        *,
        total: bool = False,
    ) -> None:
        """Writes a table: the header row is repeated on each page, and every column but the first is of numbers.

        `total` sets the last row in bold. `description` is read aloud to those who do not see the table.
        """
        widths = column_widths(header, [row[0] for row in rows], self.width)
        table = self._table(widths, description)
        table.append(self._row(header, widths, strong=True, header=True))
        for index, row in enumerate(rows):
            table.append(self._row(row, widths, strong=total and index == len(rows) - 1, header=False))
        self.anchor.addprevious(table)

    def columns(
        self, header: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[int], description: str
    ) -> None:
        """Writes a table of texts: the header row is repeated on each page, and `shares` say how wide the columns are."""
        widths = [self.width * share // sum(shares) for share in shares]
        table = self._table(widths, description)
        table.append(self._row(header, widths, strong=True, header=True, numbers=False))
        for row in rows:
            table.append(self._row(row, widths, strong=False, header=False, numbers=False))
        self.anchor.addprevious(table)

    def contents(self, title: str, anchor: Element, *, new_page: bool = False) -> None:
        """Writes the table of contents before `anchor`, filled in already so that no program has to be asked to.

        It has links instead of page numbers, which only a program that lays out pages could know; they come when the
        contents are updated there.
        """
        self._links(title, r' TOC \o "1-1" \h \z \u ', self.headings, anchor, new_page=new_page)

    def list_of(self, title: str, label: str, anchor: Element) -> None:
        """Writes a list of the captions with this label before `anchor`, filled in already."""
        found = [(bookmark, text) for each, bookmark, text in self.captions if each == label]
        if found:
            self._links(title, rf' TOC \h \z \c "{label}" ', found, anchor)

    def _links(
        self, title: str, instruction: str, links: Sequence[tuple[str, str]], anchor: Element, *, new_page: bool = False
    ) -> None:
        here, self.anchor = self.anchor, anchor
        heading = self.paragraph("contents heading", title, keep_next=True)
        # Where the template's own style for it is made from a numbered heading, the contents must not be number 1.
        number = element("w:numPr")
        number.append(element("w:numId", val="0"))
        _insert(heading, number)
        if new_page:
            break_before(heading)
        for index, (bookmark, text) in enumerate(links):
            link = element("w:hyperlink", anchor=bookmark, history="1")
            link.append(self._run(Run(text=text)))
            pieces: list[Element] = [link]
            if index == 0:
                pieces = [*field_start(instruction), link]
            if index == len(links) - 1:
                pieces.append(field_char("end"))
            self.paragraph("contents", *pieces)
        self.anchor = here

    def _table(self, widths: Sequence[int], description: str) -> Element:
        table = element("w:tbl")
        properties = element("w:tblPr")
        properties.append(element("w:tblStyle", val=self.styles["table"]))
        properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
        properties.append(element("w:tblLayout", type="fixed"))
        look = {"val": "0020", "firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
        properties.append(element("w:tblLook", **look, noHBand="1", noVBand="1"))
        properties.append(element("w:tblCaption", val=printable(description)))
        table.append(properties)
        grid = element("w:tblGrid")
        for width in widths:
            grid.append(element("w:gridCol", w=str(width)))
        table.append(grid)
        return table

    def _row(
        self, cells: Sequence[Cell], widths: Sequence[int], *, strong: bool, header: bool, numbers: bool = True
    ) -> Element:
        row = element("w:tr")
        properties = element("w:trPr")
        properties.append(element("w:cantSplit"))
        if header:
            properties.append(element("w:tblHeader"))
        row.append(properties)
        for index, (content, width) in enumerate(zip(cells, widths, strict=True)):
            cell = element("w:tc")
            cell_properties = element("w:tcPr")
            cell_properties.append(element("w:tcW", w=str(width), type="dxa"))
            cell.append(cell_properties)
            paragraph = element("w:p")
            paragraph.append(_cell_format("right" if index and numbers else "left"))
            if isinstance(content, str):
                content = Run(text=content, strong=strong)
            for run in (content,) if isinstance(content, Run) else content:
                paragraph.append(self._run(run))
            cell.append(paragraph)
            row.append(cell)
        return row

    def _piece(self, piece: str | Run | Element) -> Element:
        if isinstance(piece, str):
            return self._run(Run(text=piece))
        return self._run(piece) if isinstance(piece, Run) else piece

    def _run(self, run: Run) -> Element:
        markup = element("w:r")
        properties = element("w:rPr")
        if run.strong:
            properties.append(element("w:rStyle", val=self.styles["strong"]))
        if run.language:
            properties.append(element("w:lang", val=run.language))
        if len(properties):
            markup.append(properties)
        text = element("w:t")
        text.text = printable(run.text)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        markup.append(text)
        return markup

    def _bookmark(self, name: str) -> tuple[Element, Element]:
        self.bookmarks += 1
        number = str(self.bookmarks)
        return element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)


def element(tag: str, **attributes: str) -> Any:
    """An element of the main vocabulary, its attributes in the same one."""
    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def simple_field(instruction: str, result: str) -> Element:
    """A field with the result it has now; Word works it out again when asked to."""
    markup = element("w:fldSimple", instr=instruction)
    run = element("w:r")
    text = element("w:t")
    text.text = result
    run.append(text)
    markup.append(run)
    return markup


def break_before(paragraph: Element) -> None:
    """Lets a paragraph begin a page, without an empty one before it."""
    _insert(paragraph, element("w:pageBreakBefore"))


_BEFORE = {
    qn("w:pageBreakBefore"): ("w:pStyle", "w:keepNext", "w:keepLines"),
    qn("w:numPr"): ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore"),
}


def _insert(paragraph: Element, setting: Element) -> None:
    """Puts a setting among a paragraph's others, where the schema wants it."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        paragraph.insert(0, properties)
    earlier = {qn(tag) for tag in _BEFORE[setting.tag]}
    properties.insert(sum(child.tag in earlier for child in properties), setting)


def field_start(instruction: str) -> list[Element]:
    """The beginning of a field whose result runs over several paragraphs; `field_char("end")` closes it."""
    run = element("w:r")
    code = element("w:instrText")
    code.text = instruction
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(code)
    return [field_char("begin"), run, field_char("separate")]


def field_char(kind: Literal["begin", "separate", "end"]) -> Element:
    """One of the three marks that hold such a field together."""
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def column_widths(header: Sequence[str], names: Sequence[str], width: int) -> list[int]:
    """Widths for a first column of names and the rest of numbers, in twentieths of a point, together `width`."""
    wanted = [_number_width(title) for title in header[1:]]
    room = width - _names_width([header[0], *names], width)
    if wanted:
        # Headers are measured in an ordinary face; a template's own may be wider, so they get some of what is left over.
        share = min(room / sum(wanted), _MOST_STRETCHED)
        wanted = [int(each * share) for each in wanted]
    return [width - sum(wanted), *wanted]


def pages_across(titles: Sequence[str], names: Sequence[str], width: int) -> tuple[slice, ...]:
    """Which columns of numbers go into one table each: as few tables as hold them without breaking a word, and as even."""
    room = width - _names_width(names, width)
    wanted = [_number_width(title) for title in titles]
    filled, first = [], 0
    for index in range(1, len(wanted) + 1):
        if index == len(wanted) or sum(wanted[first : index + 1]) > room:
            filled.append(slice(first, index))
            first = index
    count = len(filled)
    even = tuple(slice(len(wanted) * n // count, len(wanted) * (n + 1) // count) for n in range(count))
    return even if all(sum(wanted[each]) <= room for each in even) else tuple(filled)


def _number_width(title: str) -> int:
    return max(_NARROWEST, _PADDING + _longest_word(title))


def _names_width(names: Sequence[str], width: int) -> int:
    """What the first column needs so that no name is broken inside a word; it takes what is left over too."""
    word = _PADDING + max((_longest_word(name) for name in names), default=0)
    return min(max(word, width // 5), width // 2)


def _longest_word(text: str) -> int:
    return max((sum(_letter_width(letter) for letter in word) for word in text.split()), default=0)


def _letter_width(letter: str) -> int:
    if letter in "mwMWæÆ@%":
        return _WIDE
    if letter in "fijlrtI.,:;'!|()-":
        return _THIN
    return _CAPITAL if letter.isupper() else _PLAIN


def _cell_format(align: Align) -> Element:
    properties = element("w:pPr")
    properties.append(element("w:spacing", before="40", after="40", line="240", lineRule="auto"))
    properties.append(element("w:jc", val=align))
    return properties

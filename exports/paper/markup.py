"""The page, the type and the cells that prints are set in: borderless tables whose right column is room to write in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from gettext import gettext as _
from typing import Literal

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Twips

from codebooks.colours import foreground, is_colour
from exports.norwegian import long_date
from exports.packaging import printable, repack
from exports.paper.models import Sheet
from exports.quotations import one_line
from exports.word_markup import Flow, element, simple_field
from exports.word_template import Element, find_styles, open_template, set_language

GREY = "595959"
OVERLAP = "D0D0D0"
"""Behind words that several codings cover."""
_SHORT, _LONG = 11906, 16838
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Style = Literal["PrintLine", "PrintNumber", "PrintMargin", "PrintCell", "PrintSmall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """One of the paragraph styles that prints add to the template's."""

    size: float
    """Points."""
    line: int = 0
    """Twentieths of a point from line to line, or 0 for what the letters need."""
    after: int = 0
    grey: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins, in twentieths of a point."""

    landscape: bool = False
    left: int = 794
    right: int = 624
    top: int = 1134
    bottom: int = 1020

    @property
    def width(self) -> int:
        """Between the margins."""
        return (_LONG if self.landscape else _SHORT) - self.left - self.right


def new_document(sheet: Sheet, page: Page, types: dict[Style, Type], title: str) -> tuple[Document, Flow]:
    """An empty document with header, footer and styles, and where its first paragraph goes."""
    document = open_template(None)
    styles = find_styles(document)
    set_language(document, sheet.language)
    for name, kind in types.items():
        document.styles.element.append(_style(name, kind))
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if page.landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin, section.right_margin = Twips(page.left), Twips(page.right)
    section.top_margin, section.bottom_margin = Twips(page.top), Twips(page.bottom)
    section.header_distance = section.footer_distance = Twips(510)
    body = document.element.body
    flow = Flow(anchor=body.find(qn("w:sectPr")), styles=styles, width=page.width)
    day = long_date(sheet.date, sheet.language)
    parts = (one_line(sheet.project), one_line(title), _("skrevet ut {date}").format(date=day))
    _fill(section.header, flow.build("header", " – ".join(part for part in parts if part)))
    stamp = f"{one_line(sheet.stamp)} – " if sheet.stamp else ""
    before, between = _("Side {page} av {pages}").partition("{pages}")[0].split("{page}")
    page_number = (before, simple_field(" PAGE ", "1"), between, simple_field(" NUMPAGES ", "1"))
    _fill(section.footer, flow.build("footer", stamp, *page_number))
    _set_properties(document, sheet, title)
    return document, flow


def saved(document: Document) -> bytes:
    """The document as a file that depends on nothing but its contents."""
    # Word wants a paragraph after a table at the end.
    end = document.element.body.find(qn("w:sectPr"))
    if end.getprevious() is not None and end.getprevious().tag == qn("w:tbl"):
        end.addprevious(element("w:p"))
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def table(flow: Flow, widths: Sequence[int], description: str) -> Element:
    """A table without borders, placed already; `description` is read aloud to those who do not see it."""
    markup = element("w:tbl")
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="57", type="dxa"))
    properties.append(margins)
    properties.append(element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"))
    properties.append(element("w:tblCaption", val=printable(description)))
    markup.append(properties)
    grid = element("w:tblGrid")
    for width in widths:
        grid.append(element("w:gridCol", w=str(width)))
    markup.append(grid)
    flow.anchor.addprevious(markup)
    return markup


def row(cells: Sequence[Element], *, header: bool = False, whole: bool = True) -> Element:
    """A row; `header` repeats it on each page, `whole` keeps it on one."""
    markup = element("w:tr")
    properties = element("w:trPr")
    if whole:
        properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    if len(properties):
        markup.append(properties)
    markup.extend(cells)
    return markup


def cell(
    width: int, paragraphs: Sequence[Element], *, borders: dict[str, str] | None = None, fill: str = ""
) -> Element:
    """A cell; `borders` gives the kind of line for a side: `{"left": "single"}`."""
    markup = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=str(width), type="dxa"))
    if borders:
        lines = element("w:tcBorders")
        for side in ("top", "left", "bottom", "right"):
            if side in borders:
                lines.append(element(f"w:{side}", val=borders[side], sz="4", space="0", color="808080"))
        properties.append(lines)
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    markup.append(properties)
    markup.extend(paragraphs or [element("w:p")])
    return markup


def paragraph(style: Style, *runs: Element, before: int = 0, indent: int = 0, keep_next: bool = False) -> Element:
    """A paragraph in one of the print's own styles; `before` and `indent` in twentieths of a point."""
    markup = element("w:p")
    properties = element("w:pPr")
    properties.append(element("w:pStyle", val=style))
    if keep_next:
        properties.append(element("w:keepNext"))
    if before:
        properties.append(element("w:spacing", before=str(before)))
    if indent:
        properties.append(element("w:ind", left=str(indent)))
    markup.append(properties)
    markup.extend(runs)
    return markup


def run(
    text: str,
    *,
    strong: bool = False,
    italic: bool = False,
    colour: str = "",
    fill: str = "",
    raised: bool = False,
    language: str = "",
) -> Element:
    """A stretch of text; `colour` and `fill` are `RRGGBB`, `raised` sets it small and high."""
    markup = element("w:r")
    properties = element("w:rPr")
    if strong:
        properties.append(element("w:b"))
    if italic:
        properties.append(element("w:i"))
    if colour:
        properties.append(element("w:color", val=colour))
    if fill:
        properties.append(element("w:shd", val="clear", color="auto", fill=fill))
    if raised:
        properties.append(element("w:vertAlign", val="superscript"))
    if language:
        properties.append(element("w:lang", val=language))
    if len(properties):
        markup.append(properties)
    words = element("w:t")
    words.text = printable(text.replace("\t", " "))
    words.set(_SPACE, "preserve")
    markup.append(words)
    return markup


def code_run(text: str, colour: str) -> Element:
    """A code's name on its colour, in black or white as the colour asks; bold where the code has none."""
    if not is_colour(colour):
        return run(text, strong=True)
    return run(
        f"\u00a0{text}\u00a0", strong=True, colour=foreground(colour).lstrip("#"), fill=colour.lstrip("#").upper()
    )


def tint(colour: str) -> str:
    """A colour so light that black letters and a black-and-white printer can live with it: `RRGGBB`."""
    if not is_colour(colour):
        return "ECECEC"
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "".join(f"{255 - (255 - channel) * 28 // 100:02X}" for channel in channels)


def _style(name: Style, kind: Type) -> Element:
    style = element("w:style", type="paragraph", customStyle="1", styleId=name)
    style.append(element("w:name", val=name))
    style.append(element("w:basedOn", val="Normal"))
    properties = element("w:pPr")
    spacing = {"before": "0", "after": str(kind.after), "line": str(kind.line or 240)}
    properties.append(element("w:spacing", **spacing, lineRule="exact" if kind.line else "auto"))
    if kind.right:
        properties.append(element("w:jc", val="right"))
    style.append(properties)
    letters = element("w:rPr")
    if kind.grey:
        letters.append(element("w:color", val=GREY))
    size = str(round(kind.size * 2))
    letters.append(element("w:sz", val=size))
    letters.append(element("w:szCs", val=size))
    style.append(letters)
    return style


def _fill(margin: Element, content: Element) -> None:
    margin.is_linked_to_previous = False
    root = margin._element
    for child in list(root):
        root.remove(child)
    root.append(content)


def _set_properties(document: Document, sheet: Sheet, title: str) -> None:
    properties = document.core_properties
    moment = datetime.combine(sheet.date, time())
    properties.title = printable(title)[:255]
    properties.author = properties.last_modified_by = ""
    properties.language = sheet.language
    properties.revision = 1
    properties.created = properties.modified = moment

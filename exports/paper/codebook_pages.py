"""The codebook as a document to hand on: an overview of the tree, and an entry for each code with all that is said of it.

Headings are the codes and a part of an entry is a paragraph with its label, so that the document can be read back.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

from docx.document import Document
from docx.oxml.ns import qn

from codebooks.colours import is_colour
from codebooks.model import Code, Codebook
from codebooks.tree import colour_of, walk
from exports.interchange.descriptions import EXAMPLE, parts_of
from exports.interchange.model import CodeItem
from exports.paper.markup import GREY, Page, Style, Type, new_document, paragraph, run, saved
from exports.paper.models import CodebookPrint, Sheet, Tally
from exports.quotations import lines, one_line
from exports.word_markup import Flow, break_before, element
from exports.word_template import Element, Role

DEEPEST = 8
"""Levels of codes: Word has nine of headings, and the first is the title's."""
_PAGE = Page(left=1304, right=1304, top=1304, bottom=1134)
_TYPES: dict[Style, Type] = {"PrintCell": Type(size=10, after=40)}
_INDENT = 340
_SQUARE = "\u2002\u2002"
_BREAKS = {"\n": "w:br", "\t": "w:tab"}
_STYLED: tuple[Role, ...] = ("heading 1", "heading 2", "heading 3", "heading 4")
_MORE = {f"heading {level}": f"Heading{level}" for level in range(5, 10)}


def render_codebook_pages(sheet: Sheet, printed: CodebookPrint) -> bytes:
    """Title, overview and entries as a .docx file on standing pages; every code under a heading of its level."""
    codebook = printed.codebook
    title = _("Kodebok")
    document, flow = new_document(sheet, _PAGE, _TYPES, title)
    _add_headings(document)
    heading = one_line(codebook.title) or one_line(sheet.project)
    flow.paragraph("heading 1", f"{title}: {heading}" if heading else title)
    for line in lines(codebook.description):
        flow.paragraph(None, line)
    if not codebook.codes:
        flow.paragraph(None, _("Kodeboken er tom."))
        return saved(document)
    flow.paragraph(None, _size(codebook))
    flow.paragraph("heading 2", _("Kodebokens koder"), keep_next=True)
    for number, (depth, code) in enumerate(walk(codebook)):
        flow.anchor.addprevious(_line(codebook, code, depth, printed.tallies.get(code.slug), number))
    for number, (depth, code) in enumerate(walk(codebook)):
        _write_entry(flow, codebook, code, depth, number)
    return saved(document)


def _size(codebook: Codebook) -> str:
    tops = sum(1 for depth, _code in walk(codebook) if depth == 0)
    codes = ngettext("{n} kode", "{n} koder", len(codebook.codes)).format(n=len(codebook.codes))
    return ngettext("{codes}, {n} av dem øverst i treet.", "{codes}, {n} av dem øverst i treet.", tops).format(
        codes=codes, n=tops
    )


def _line(codebook: Codebook, code: Code, depth: int, tally: Tally | None, number: int) -> Element:
    """A code in the overview: a link to its entry, and how often it is used."""
    colour = colour_of(codebook, code.slug)
    square = [run(_SQUARE, fill=colour.lstrip("#").upper()), run(" ")] if is_colour(colour) else []
    link = element("w:hyperlink", anchor=_mark(number), history="1")
    link.append(run(one_line(code.name), strong=depth == 0))
    used = [run(f"  {', '.join(_counts(tally))}", colour=GREY)] if tally is not None and tally.total else []
    folder = [run(f"  {_('(mappe)')}", colour=GREY)] if code.folder else []
    return paragraph("PrintCell", *square, link, *folder, *used, indent=depth * _INDENT, before=80 if depth == 0 else 0)


def _counts(tally: Tally) -> Iterator[str]:
    yield ngettext("{n} koding", "{n} kodinger", tally.total).format(n=tally.total)
    if tally.cases:
        yield ngettext("{n} case", "{n} caser", tally.cases).format(n=tally.cases)


def _write_entry(flow: Flow, codebook: Codebook, code: Code, depth: int, number: int) -> None:
    level = min(depth, DEEPEST - 1) + 2
    start = element("w:bookmarkStart", id=str(number), name=_mark(number))
    ending = element("w:bookmarkEnd", id=str(number))
    heading = flow.build("heading 4", start, run(one_line(code.name)), ending, keep_next=True)
    named = _STYLED[level - 1] if level <= len(_STYLED) else None
    style = flow.styles[named] if named is not None else _MORE[f"heading {level}"]
    heading.find(qn("w:pPr")).find(qn("w:pStyle")).set(qn("w:val"), style)
    if number == 0 or (depth == 0 and codebook.children(code.slug)):
        break_before(heading)
    flow.anchor.addprevious(heading)
    for label, text in parts_of(_as_item(code)):
        flow.anchor.addprevious(_part(flow, label, text))


def _part(flow: Flow, label: str, text: str) -> Element:
    """A labelled paragraph; line breaks within the part stay within the paragraph."""
    pieces: list[Element] = [run(f"{label}: ", strong=True)]
    for number, said in enumerate(re.split("([\n\t])", text)):
        if number % 2:
            pieces.append(element("w:r"))
            pieces[-1].append(element(_BREAKS[said]))
        elif said:
            pieces.append(run(said, italic=label == EXAMPLE))
    return flow.build(None, *pieces, tight=True)


def _as_item(code: Code) -> CodeItem:
    return CodeItem(
        guid="",
        name=code.name,
        slug=code.slug,
        name_en=code.name_en,
        brief=code.brief,
        definition=code.definition,
        when=code.when,
        when_not=code.when_not,
        examples=code.examples,
        retired=code.status == "retired",
    )


def _mark(number: int) -> str:
    return f"kode_{number + 1}"


def _add_headings(document: Document) -> None:
    """The styles of the levels that the template has none for, like its fourth."""
    styles = document.styles.element
    known: Sequence[Element] = list(styles.iterfind(qn("w:style")))
    fourth = next(each for each in known if each.get(qn("w:styleId")) == "Heading4")
    for name, style_id in _MORE.items():
        style = copy.deepcopy(fourth)
        style.set(qn("w:styleId"), style_id)
        style.find(qn("w:name")).set(qn("w:val"), name)
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            outline.set(qn("w:val"), str(int(name[-1]) - 1))
        styles.append(style)

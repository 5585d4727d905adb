"""The codebook on few pages: one table on its side, in small type."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext

from codebooks.colours import is_colour
from codebooks.model import Code, Codebook
from codebooks.tree import colour_of, walk
from exports.paper.markup import GREY, Page, Style, Type, cell, new_document, paragraph, row, run, saved, table
from exports.paper.models import CodebookPrint, Sheet, Tally
from exports.quotations import lines, one_line
from exports.word_markup import Flow
from exports.word_template import Element

_PAGE = Page(landscape=True, left=680, right=680, top=964, bottom=850)
_TYPES: dict[Style, Type] = {"PrintSmall": Type(size=7.5), "PrintCell": Type(size=8.5, after=40)}
_CODE, _COUNTS = 2450, 1300
# Letters a cell counts for beside its own: short lines waste more of their room than long ones.
_WASTE = 30
_INDENT = 130
_SQUARE = "\u2002\u2002"


def render_codebook(sheet: Sheet, printed: CodebookPrint) -> bytes:
    """Every code with its definition, when and when not to use it, one example and its counts, as a .docx file."""
    codebook = printed.codebook
    title = _("Kodebok")
    document, flow = new_document(sheet, _PAGE, _TYPES, title)
    heading = one_line(codebook.title)
    flow.paragraph("heading 1", f"{title}: {heading}" if heading and heading != sheet.project else title)
    for line in lines(codebook.description):
        flow.anchor.addprevious(paragraph("PrintCell", run(line)))
    if not codebook.codes:
        flow.paragraph(None, _("Kodeboken er tom."))
        return saved(document)
    _write_table(flow, printed)
    return saved(document)


def _write_table(flow: Flow, printed: CodebookPrint) -> None:
    codebook = printed.codebook
    columns = [[_meaning(code), code.when, code.when_not, _example(code)] for code in codebook]
    widths = (_CODE, *_shares([list(column) for column in zip(*columns, strict=True)]), _COUNTS)
    markup = table(flow, widths, _("Kodebok"))
    titles = (_("Kode"), _("Definisjon"), _("Når"), _("Når ikke"), _("Eksempel"), _("Antall"))
    heads = [[paragraph("PrintSmall", run(title, strong=True))] for title in titles]
    below = {"bottom": "single"}
    markup.append(
        row([cell(width, head, borders=below) for width, head in zip(widths, heads, strict=True)], header=True)
    )
    for depth, code in walk(codebook):
        markup.append(_row(codebook, code, depth, printed.tallies.get(code.slug), widths))


def _row(codebook: Codebook, code: Code, depth: int, tally: Tally | None, widths: Sequence[int]) -> Element:
    texts = [_small(text) for text in (_meaning(code), code.when, code.when_not)]
    counts = [paragraph("PrintSmall", run(line)) for line in _counts(tally)]
    columns = [_name(codebook, code, depth), *texts, _small(_example(code), italic=True), counts]
    line = {"top": "single" if depth == 0 else "dotted"}
    return row(
        [
            cell(width, column, borders=line, fill="F2F2F2" if depth == 0 else "")
            for width, column in zip(widths, columns, strict=True)
        ]
    )


def _small(text: str, *, italic: bool = False) -> list[Element]:
    """The text without its line breaks, which would cost a page."""
    return [paragraph("PrintSmall", run(one_line(text), italic=italic))]


def _name(codebook: Codebook, code: Code, depth: int) -> list[Element]:
    colour = colour_of(codebook, code.slug)
    square = [run(_SQUARE, fill=colour.lstrip("#").upper()), run(" ")] if is_colour(colour) else []
    name = one_line(code.name)
    shown = name if code.status == "active" else _("{code} (ute av bruk)").format(code=name)
    indent = depth * _INDENT
    return [
        paragraph("PrintSmall", *square, run(shown, strong=True), indent=indent),
        paragraph("PrintSmall", run(code.slug, colour=GREY), indent=indent),
    ]


def _meaning(code: Code) -> str:
    return code.definition or code.brief


def _example(code: Code) -> str:
    return code.examples[0] if code.examples else ""


def _counts(tally: Tally | None) -> list[str]:
    if tally is None:
        return [""]
    told = [ngettext("{n} koding", "{n} kodinger", tally.own).format(n=tally.own)]
    if tally.total != tally.own:
        told.append(_("{n} med underkoder").format(n=tally.total))
    if tally.cases:
        told.append(ngettext("{n} case", "{n} caser", tally.cases).format(n=tally.cases))
    return told


def _shares(columns: Sequence[Sequence[str]]) -> list[int]:
    """Widths of the columns of text: each has as much of the room as it has of the letters."""
    room = _PAGE.width - _CODE - _COUNTS
    letters = [sum(len(text) + _WASTE for text in column) for column in columns]
    widths = [room * each // sum(letters) for each in letters]
    widths[0] += room - sum(widths)
    return widths

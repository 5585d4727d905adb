"""Transcripts on paper: numbered lines, codes in the margin, and room to write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from gettext import ngettext

from docx.oxml.ns import qn

from exports import labels
from exports.norwegian import enumeration, long_date, sort_key
from exports.paper.layout import Line, MarginPiece, Mark, Piece, Row, lines_of, marks_of, pieces_of, rows_of
from exports.paper.markup import (
    GREY,
    OVERLAP,
    Page,
    Style,
    Type,
    cell,
    code_run,
    new_document,
    paragraph,
    row,
    run,
    saved,
    table,
    tint,
)
from exports.paper.models import Every, PrintedSource, Sheet
from exports.quotations import PUBLISHED, one_line
from exports.word_markup import Flow, Run, element
from exports.word_template import Element

_PAGE = Page()
# Turn, line, text, and what is left of the page for the margin.
_NUMBERS = (690, 510)
_TEXT = 5420
_WIDTHS = (*_NUMBERS, _TEXT, _PAGE.width - sum(_NUMBERS) - _TEXT)
_CLOSE, _APART = 270, 360
_BETWEEN = 110
"""Above the first line of a turn or paragraph."""


def render_transcripts(
    sheet: Sheet, sources: Sequence[PrintedSource], *, every: Every = 5, blind: bool = False
) -> bytes:
    """The sources as a .docx file, each from the top of a page and with line numbers of its own from 1.

    Args:
        sheet: what stands on every page.
        sources: what is printed, with the codings and notes that are to stand beside it.
        every: which line numbers are shown: each, or every fifth. All lines are counted.
        blind: nothing is said of coding at all; the margin is ruled, and there is a place for the coder's name.
    """
    line = _APART if blind else _CLOSE
    types: dict[Style, Type] = {
        "PrintLine": Type(size=10, line=line),
        "PrintNumber": Type(size=7.5, line=line, grey=True, right=True),
        "PrintMargin": Type(size=8, line=line),
    }
    title = one_line(sources[0].name) if len(sources) == 1 else _("Transkripsjoner")
    document, flow = new_document(sheet, _PAGE, types, title)
    for index, source in enumerate(sources):
        _write_heading(flow, source, sheet.language, first=index == 0)
        _write_legend(flow, source, blind=blind)
        _write_lines(flow, source, every=every, blind=blind)
    return saved(document)


def _write_heading(flow: Flow, source: PrintedSource, language: str, *, first: bool) -> None:
    heading = flow.paragraph("heading 1", one_line(source.name))
    if not first:
        heading.find(qn("w:pPr")).append(element("w:pageBreakBefore"))
    flow.paragraph(None, facts(source, language), tight=True)
    if source.kind in ("minutes", "notes") or not (source.verbatim or source.kind in PUBLISHED):
        words = _("Teksten er ikke ordrett: ordene er den som skrev sine, og settes aldri som sitat.")
        flow.paragraph(None, Run(text=words, strong=True), tight=True)


def facts(source: PrintedSource, language: str) -> str:
    """What the source is, on one line."""
    kind = labels.source_kind(source.kind)
    cases = enumeration(sorted(map(one_line, source.cases), key=sort_key), language) if source.cases else ""
    parts = (
        kind[:1].upper() + kind[1:],
        _("case: {case}").format(case=cases) if cases else _("uten case"),
        _("dato: {date}").format(date=_date(source.date, language)) if source.date else "",
        _("bølge: {wave}").format(wave=one_line(source.wave)) if source.wave else "",
        _("tekstversjon {n}").format(n=source.version),
    )
    return " · ".join(part for part in parts if part)


def _date(written: str, language: str) -> str:
    try:
        return long_date(date.fromisoformat(written), language)
    except ValueError:
        return one_line(written)


def _write_legend(flow: Flow, source: PrintedSource, *, blind: bool) -> None:
    numbers = _("Linjenumrene er de samme i alle utskrifter av denne tekstversjonen, med og uten koder.")
    if blind:
        flow.paragraph(None, numbers, tight=True)
        flow.paragraph(None, _("Kodet av:") + " " + "_" * 30 + "   " + _("Dato:") + " " + "_" * 16)
        return
    pieces = [numbers]
    if source.codings:
        pieces.append(
            _("[a og a] viser hvor en koding begynner og slutter; samme bokstav i margen gir kode, linjer og sitat-id.")
        )
    if source.notes:
        pieces.append(_("✎ er en merknad i margen."))
    flow.paragraph(None, " ".join(pieces))


def _write_lines(flow: Flow, source: PrintedSource, *, every: Every, blind: bool) -> None:
    lines = lines_of(source.text, source.turns)
    marks = () if blind else marks_of(source, lines)
    rows = rows_of(lines, marks, () if blind else source.notes)
    on_line: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for index in range(mark.first, mark.last + 1):
            on_line[index].append(mark)
    count = ngettext("{n} linje", "{n} linjer", len(lines)).format(n=len(lines))
    markup = table(flow, _WIDTHS, f"{one_line(source.name)}: {count}")
    aside = _("Notater") if blind or not (source.codings or source.notes) else _("Koder og notater")
    markup.append(_header(source, aside))
    for index, each in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if each.number:
            line = lines[each.number - 1]
            pieces = pieces_of(line, source.text, on_line[each.number - 1])
            # A speaker's first line is not left alone at the foot of a page.
            hold = line.opens and following is not None and not _opens(following, lines)
            markup.append(_row(each, line, pieces, every=every, blind=blind, hold=hold))
        else:
            markup.append(_row(each, None, (), every=every, blind=blind, hold=False))


def _opens(each: Row, lines: Sequence[Line]) -> bool:
    return each.number > 0 and lines[each.number - 1].opens


def _header(source: PrintedSource, aside: str) -> Element:
    titles = (_("Replikk"), _("Linje"), one_line(source.name), aside)
    styles: tuple[Style, ...] = ("PrintNumber", "PrintNumber", "PrintMargin", "PrintMargin")
    below = {"bottom": "single"}
    return row(
        [
            cell(width, [paragraph(style, run(title, strong=style == "PrintMargin"))], borders=below)
            for width, style, title in zip(_WIDTHS, styles, titles, strict=True)
        ],
        header=True,
    )


def _row(each: Row, line: Line | None, pieces: Sequence[Piece], *, every: Every, blind: bool, hold: bool) -> Element:
    before = _BETWEEN if line is not None and line.opens else 0

    def set_in(style: Style, *runs: Element) -> list[Element]:
        return [paragraph(style, *runs, before=before, keep_next=hold)]

    turn = str(line.turn) if line is not None and line.turn else ""
    number = str(each.number) if each.number and each.number % every == 0 else ""
    asking = line is not None and line.asking
    borders = {"left": "single", "bottom": "dotted"} if blind else {"left": "single"}
    return row(
        [
            cell(_WIDTHS[0], set_in("PrintNumber", *([run(turn, strong=True)] if turn else []))),
            cell(_WIDTHS[1], set_in("PrintNumber", *([run(number)] if number else []))),
            cell(_WIDTHS[2], set_in("PrintLine", *(_piece(piece, asking=asking) for piece in pieces))),
            cell(_WIDTHS[3], set_in("PrintMargin", *_aside(each.margin)), borders=borders),
        ]
    )


def _piece(piece: Piece, *, asking: bool) -> Element:
    if piece.mark:
        return run(piece.text, strong=True, raised=True)
    fill = ""
    if piece.colours:
        fill = tint(piece.colours[0]) if len(piece.colours) == 1 else OVERLAP
    return run(piece.text, strong=piece.strong, colour=GREY if asking and not fill else "", fill=fill)


def _aside(margin: Sequence[MarginPiece]) -> list[Element]:
    found: list[Element] = []
    for index, piece in enumerate(margin):
        if index:
            found.append(run(" "))
        match piece.style:
            case "letter":
                found.append(run(piece.text, strong=True))
            case "code":
                found.append(code_run(piece.text, piece.colour))
            case "plain":
                found.append(run(piece.text))
    return found

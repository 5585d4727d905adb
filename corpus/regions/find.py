"""What in a text is something else than running text.

A wrong mark hides what people said, a missed one costs a key: where the shape allows both, nothing is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import regex

from corpus.model import Region, RegionKind, SourceKind
from corpus.pdf_text.footnotes import find_footnotes
from corpus.pdf_text.lines import Line, split_lines, typical_width
from corpus.pdf_text.running import find_running
from corpus.regions.captions import captions, photo_captions
from corpus.regions.contents import contents, is_contents_heading
from corpus.regions.language import foreign_summaries
from corpus.regions.rows import Row, rows_of, touches
from corpus.regions.sections import endnotes, references
from corpus.regions.tables import broken_tables, captioned_tables, tab_tables
from corpus.spans import Span, united

_ALWAYS: frozenset[RegionKind] = frozenset({"doubtful", "other"})
_WHOLE: tuple[RegionKind, ...] = ("contents", "references", "summary", "table")
"""Kinds inside which no other is marked, in the order in which they win over each other."""
_GUTTER = regex.compile(r"\p{Ll}\S* \p{L}\S* .{10,} {3,}\S.{8,} \S* \p{Ll}")
"""Words on both sides of the room between two columns."""
_TWO_COLUMNS = (80, 300)
"""The fewest and most characters of a line that goes over both columns of a page."""
_LEAST_LINES = 12
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def find_regions(text: str, known: Sequence[Region] = (), *, repaired: bool = False) -> tuple[Region, ...]:
    """The regions of a report, in order and without overlap within a kind.

    Args:
        text: a stored text.
        known: regions that the file itself told of, by its styles; what the shape shows is added where they are silent.
        repaired: whether footnotes have been taken out already.
    """
    rows = rows_of(text)
    lines, footnotes = _page_lines(text, repaired=repaired)
    width = 0 if repaired else typical_width(lines)
    lists = contents(rows)
    known = [_headed(rows, region) if region.kind == "contents" else region for region in known]
    if _interleaved(lines):
        return settled(text, {}, known)
    here = {line.start for line in lines}
    free = tuple(row for row in _outside(rows, lists) if repaired or row.start in here)
    tables = [*_spans(known, "table"), *tab_tables(text, free)]
    tables += _apart(broken_tables(_lines_outside(lines, lists), width), tables)
    tables += _apart(captioned_tables(free, width), tables)
    shapes: dict[RegionKind, Sequence[Span]] = {
        "contents": lists,
        "table": tables,
        "references": references(rows, lists),
        "summary": foreign_summaries(text, rows),
        "footnote": [*footnotes, *endnotes(rows, lists)],
    }
    shapes["caption"] = captions(free, width, tables)
    return settled(text, shapes, known)


def regions_of(
    text: str, kind: SourceKind, known: Sequence[Region] = (), *, repaired: bool = False
) -> tuple[Region, ...]:
    """The regions of a source of this kind.

    Only reports are searched by shape. In an interview a table may hold the speech itself, so what the styles of a
    document say of tables and captions counts only in reports and articles.
    """
    if kind == "report":
        return find_regions(text, known, repaired=repaired)
    if kind == "article":
        return settled(text, {"caption": photo_captions(rows_of(text))}, known)
    return settled(text, {}, [region for region in known if region.kind in _ALWAYS or region.kind == "contents"])


def settled(text: str, shapes: Mapping[RegionKind, Sequence[Span]], known: Iterable[Region] = ()) -> tuple[Region, ...]:
    """Regions in order: the known ones, and what the shapes add outside them and outside larger ones.

    What a shape shows is marked from the beginning of its first line to the end of its last.
    """
    kept = _without_overlap(known)
    for kind in (*_WHOLE, "footnote", "caption"):
        bars = united((region.start, region.end) for region in kept if _bars(region, kind))
        for start, end in united(_whole_lines(text, span) for span in shapes.get(kind, ())):
            if start < end and not touches(bars, start, end):
                kept.append(Region(start=start, end=end, kind=kind))
    return tuple(sorted(kept, key=lambda region: (region.start, region.end, region.kind)))


def _whole_lines(text: str, span: Span) -> Span:
    """The span with the blanks around it on its first and last lines; words there stay outside."""
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return (
        start if text[line_start:start].strip() else line_start,
        end if text[end:line_end].strip() else line_end,
    )


def _bars(region: Region, kind: RegionKind) -> bool:
    """Whether nothing of this kind is marked where the region stands."""
    return region.kind in _WHOLE or region.kind == kind or region.kind == "other"


def _without_overlap(known: Iterable[Region]) -> list[Region]:
    kept: dict[RegionKind, list[Region]] = {}
    for region in sorted(known, key=lambda each: (each.start, each.end)):
        before = kept.setdefault(region.kind, [])
        if not before or region.start >= before[-1].end:
            before.append(region)
    return [region for regions in kept.values() for region in regions]


def _page_lines(text: str, *, repaired: bool) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """The lines of the running text, and the footnotes left between them."""
    lines = split_lines(text)
    wrapped = typical_width(lines) > 0
    if repaired or not (wrapped or any(line.text[0] in _RAISED for line in lines)):
        return lines, ()
    taken = frozenset(index for item in find_running(lines) for index in range(item.first, item.last))
    notes = find_footnotes(text, lines, taken)
    if not wrapped:
        # Without pages a numbered block is most likely a list; a raised number is a note's anywhere.
        notes = tuple(note for note in notes if lines[note.first].text[0] in _RAISED)
    noted = frozenset(index for note in notes for index in range(note.first, note.last))
    kept = tuple(line for index, line in enumerate(lines) if index not in taken and index not in noted)
    return kept, tuple((lines[note.first].start, lines[note.last - 1].end) for note in notes)


def _headed(rows: Sequence[Row], region: Region) -> Region:
    """A list of contents that a style tells of, with the heading above it, which has a style of its own."""
    index = next((n for n, row in enumerate(rows) if row.start >= region.start), 0)
    above = rows[index - 1] if index else None
    return replace(region, start=above.start) if above is not None and is_contents_heading(above.text) else region


def _interleaved(lines: Sequence[Line]) -> bool:
    """Whether the lines of two columns were read as one: what stands between the two tells nothing of either."""
    long = [line for line in lines if _TWO_COLUMNS[0] <= len(line.text) <= _TWO_COLUMNS[1]]
    return len(long) >= _LEAST_LINES and 4 * sum(_GUTTER.search(line.text) is not None for line in long) > len(long)


def _outside(rows: Sequence[Row], spans: Sequence[Span]) -> tuple[Row, ...]:
    return tuple(row for row in rows if not touches(spans, row.start, row.start + 1))


def _lines_outside(lines: Sequence[Line], spans: Sequence[Span]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not touches(spans, line.start, line.start + 1))


def _spans(regions: Iterable[Region], kind: RegionKind) -> list[Span]:
    return [(region.start, region.end) for region in regions if region.kind == kind]


def _apart(more: Sequence[Span], spans: Iterable[Span]) -> list[Span]:
    bars = united(spans)
    return [(start, end) for start, end in more if not touches(bars, start, end)]

"""Codebooks in Word (.docx): NVivo's and Kodebenk's tables, MAXQDA's table with a heading and a memo for each code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from lxml import etree

from codebooks.slugs import is_slug
from corpus.archives import open_container, parse_part
from corpus.text import normalise
from exports.interchange.codelists.headings import folded
from exports.interchange.codelists.listing import described_line, heading_row, listing_of, plain
from exports.interchange.codelists.model import Line, Listing, ReadCodes
from exports.interchange.codelists.paths import assembled, by_indentation
from exports.interchange.descriptions import begins_part
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import CodeItem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|overskrift|.?berschrift|titre|ttulo)\s*([1-9])", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.]+\s+")
_CODEBOOK = re.compile(
    r"kodebok|codebook|code book|codebuch|codesystem|code system|kodesystem|kodeliste", re.IGNORECASE
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_STEP = re.compile(r"[>\\]")
_FIRST = 10
"""Paragraphs among which a document says what it is."""
_TWIPS_A_BLANK = 60
_LEVEL = 12
"""Blanks that a level of a list counts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    text: str
    indent: int
    level: int
    """Of a heading, from 1; 0 for any other paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    rows: tuple[tuple[str, ...], ...]
    indents: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCodebook:
    """What a document says of codes."""

    listings: tuple[Listing, ...]
    """Its tables that have a column of code names."""
    sections: ReadCodes
    """The codes that its headings name, with what stands below each."""
    named: bool
    """Whether it calls itself a codebook in its first paragraphs."""


def read(path: Path, data: bytes) -> WordCodebook:
    """The code tables and the headings of a document.

    Raises:
        UnreadableSource: if the file is damaged, behind a password, or unreasonably large.
        UnreadableProject: if it has no main text.
    """
    with open_container(path, data) as archive:
        root = parse_part(path, archive, "word/document.xml")
    body = None if root is None else root.find(f"{_W}body")
    if body is None:
        raise UnreadableProject(path, _("Filen er ikke et Word-dokument, eller teksten mangler i det."))
    blocks = [_table(each) if each.tag == f"{_W}tbl" else _paragraph(each) for each in _blocks(body)]
    tables = _united([block for block in blocks if isinstance(block, _Table)])
    paragraphs = [block for block in blocks if isinstance(block, _Paragraph)]
    listings = [listing_of(path.stem, table.rows, table.indents) for table in tables]
    return WordCodebook(
        listings=tuple(_with_slugs(listing) for listing in listings if listing is not None),
        sections=_by_headings(paragraphs),
        named=any(_CODEBOOK.search(paragraph.text) for paragraph in paragraphs[:_FIRST]),
    )


def with_memos(found: ReadCodes, sections: ReadCodes) -> ReadCodes:
    """The codes of a table with the texts that stand under headings of their names, where the table says nothing itself."""
    memos = {plain(_STEP.split(code.name)[-1]): code for code in sections.codes}
    codes = []
    for code in found.codes:
        memo = memos.get(code.name)
        said = code.definition or code.brief or code.when
        codes.append(code if memo is None or said else _said_as(code, memo))
    return replace(found, codes=tuple(codes))


def _said_as(code: CodeItem, memo: CodeItem) -> CodeItem:
    return replace(
        code,
        brief=memo.brief,
        definition=memo.definition,
        when=memo.when,
        when_not=memo.when_not,
        examples=memo.examples,
    )


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of the text in order, those inside content controls too, none inside a table."""
    waiting = list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            waiting.extend(reversed(element))


def _paragraph(element: etree._Element) -> _Paragraph:
    properties = element.find(f"{_W}pPr")
    indent = level = 0
    if properties is not None:
        indent = _indent(properties)
        style = properties.find(f"{_W}pStyle")
        found = _HEADING.match(str(style.get(f"{_W}val", ""))) if style is not None else None
        level = int(found[1]) if found else 0
    return _Paragraph(text=_text(element), indent=indent, level=level)


def _text(element: etree._Element) -> str:
    pieces = []
    for each in element.iter(f"{_W}t", *_SIGNS):
        if not any(above.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}tabs") for above in each.iterancestors()):
            pieces.append(each.text or "" if each.tag == f"{_W}t" else _SIGNS[str(each.tag)])
    return normalise("".join(pieces))


def _indent(properties: etree._Element) -> int:
    """How far in the paragraph stands, in blanks."""
    ind, listed = properties.find(f"{_W}ind"), properties.find(f"{_W}numPr/{_W}ilvl")
    left = 0
    if ind is not None:
        left = max(0, _number(str(ind.get(f"{_W}left") or ind.get(f"{_W}start") or "0")))
    return left // _TWIPS_A_BLANK + (_number(str(listed.get(f"{_W}val", "0"))) * _LEVEL if listed is not None else 0)


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else 0


def _table(element: etree._Element) -> _Table:
    rows, indents = [], []
    for row in element.iterchildren(f"{_W}tr"):
        first = 0
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            paragraphs = [_paragraph(each) for each in cell.iter(f"{_W}p")]
            if not cells and paragraphs:
                first = paragraphs[0].indent
            cells.append("\n".join(each.text for each in paragraphs).rstrip("\n"))
        rows.append(tuple(cells))
        indents.append(first)
    width = max(map(len, rows), default=0)
    return _Table(rows=tuple((*row, *[""] * (width - len(row))) for row in rows), indents=tuple(indents))


def _united(tables: Sequence[_Table]) -> list[_Table]:
    """The tables, those in a row with the same headings made one: NVivo has one for each folder."""
    found: list[_Table] = []
    heads: list[tuple[str, ...]] = []
    for table in tables:
        top = heading_row(table.rows)
        head = () if top is None else tuple(map(folded, table.rows[top]))
        if top is not None and heads and heads[-1] == head:
            last = found[-1]
            rows, indents = table.rows[top + 1 :], table.indents[top + 1 :]
            found[-1] = _Table(rows=(*last.rows, *rows), indents=(*last.indents, *indents))
        else:
            found.append(table)
            heads.append(head)
    return found


def _with_slugs(listing: Listing) -> Listing:
    """The table with the ids that Kodebenk prints under the names, and without what it adds to a retired code's name."""
    lines = []
    for line in listing.lines:
        name, _break, below = line.code.name.partition("\n")
        code = line.code
        if below and is_slug(below.strip()):
            retired = plain(name).endswith("(ute av bruk)")
            name = plain(name).removesuffix("(ute av bruk)").strip() if retired else name
            code = replace(code, name=name, slug=below.strip(), retired=code.retired or retired)
        lines.append(replace(line, code=code))
    return replace(listing, lines=tuple(lines))


def _by_headings(paragraphs: Sequence[_Paragraph]) -> ReadCodes:
    """The codes that a codebook without a table has: a heading is a code, and what stands below it says what it means."""
    headings = [each for each in paragraphs if each.level and each.text.strip()]
    numbered = len(headings) > 1 and all(_NUMBER.match(each.text) for each in headings)
    lines: list[Line] = []
    texts: list[list[str]] = []
    for number, paragraph in enumerate(paragraphs, 1):
        if paragraph.level and paragraph.text.strip() and not (number <= _FIRST and _CODEBOOK.search(paragraph.text)):
            name = plain(_NUMBER.sub("", paragraph.text) if numbered else paragraph.text)
            lines.append(Line(number=number, code=CodeItem(guid="", name=name), indent=paragraph.level))
            texts.append([])
        elif lines and not paragraph.level:
            texts[-1].append(paragraph.text)
    whole = [
        replace(line, code=described_line(replace(line.code, definition=_united_parts(text))))
        for line, text in zip(lines, texts, strict=True)
    ]
    return assembled(by_indentation(whole, [line.code.name for line in whole]), parents_codable=True)


def _united_parts(paragraphs: Sequence[str]) -> str:
    """The paragraphs under a heading as one text, with a blank line before each that begins a part of a description."""
    return "".join(f"\n\n{text}" if begins_part(text) else f"\n{text}" for text in paragraphs).strip("\n")

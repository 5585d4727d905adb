"""Codebooks in Word (.docx): NVivo's and Kodebenk's tables, MAXQDA's table with a heading and a memo for each code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from lxml import etree

from codebooks.slugs import is_slug
from corpus.archives import open_container, parse_part
from corpus.text import normalise
from exports.interchange.codelists.headings import folded
from exports.interchange.codelists.listing import described_line, heading_row, listing_of, plain
from exports.interchange.codelists.model import Line, Listing, ReadCodes
from exports.interchange.codelists.numbering import in_place, told_of_numbers
from exports.interchange.codelists.paths import assembled, by_indentation, shorten
from exports.interchange.descriptions import PARTS, begins_part
from exports.interchange.errors import UnreadableProject
from exports.interchange.model import CodeItem, Loss

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|overskrift|.?berschrift|titre|ttulo)\s*([1-9])", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.]+\s+")
_CODEBOOK = re.compile(
    r"kodebok|codebook|code book|codebuch|codesystem|code system|kodesystem|kodeliste", re.IGNORECASE
)
_COUNTED = re.compile(r" (?=[\d(]\S*(?: \S+){0,4}$)")
"""Where a line of a table of contents goes over from the name."""
_MARK = "kode_"
"""How bookmarks begin that Kodebenk sets at the codes of a codebook it prints."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_STEP = re.compile(r"[>\\]")
_FIRST = 10
"""Paragraphs among which a document says what it is."""
_TOLD = 20
"""Paragraphs outside the table that are told one by one; the rest are counted."""
_TWIPS_A_BLANK = 60
_LEVEL = 12
"""Blanks that a level of a list counts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph that stands in no table."""

    text: str
    indent: int
    level: int
    """Of a heading, from 1; 0 for any other paragraph."""
    ours: bool = False
    """Whether Kodebenk has marked it as the heading of a code, so that all of it is the name."""


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
    paragraphs: tuple[Paragraph, ...]
    """What stands outside its tables, in order."""
    others: tuple[str, ...]
    """What stands in the first row of each table that has no such column."""
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
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    listings = [listing_of(path.stem, table.rows, table.indents) for table in tables]
    return WordCodebook(
        listings=tuple(_with_slugs(listing) for listing in listings if listing is not None),
        sections=_by_headings(paragraphs),
        paragraphs=tuple(paragraphs),
        others=tuple(
            shorten(plain(" | ".join(filter(None, next(iter(table.rows), ())))))
            for table, listing in zip(tables, listings, strict=True)
            if listing is None
        ),
        named=any(_CODEBOOK.search(paragraph.text) for paragraph in paragraphs[:_FIRST]),
    )


def with_memos(codes: tuple[CodeItem, ...], document: WordCodebook) -> ReadCodes:
    """A table's codes with the texts under headings of their names, where the table says nothing itself; the rest is told."""
    memos = {name: code for code in document.sections.codes for name in _meant(code.name)}
    silent = {code.name for code in codes if not (code.definition or code.brief or code.when)}
    found = tuple(_said_as(code, memos[code.name]) if code.name in silent & memos.keys() else code for code in codes)
    return ReadCodes(codes=found, losses=tuple(_outside(document.paragraphs, {code.name for code in codes}, silent)))


def _outside(paragraphs: Sequence[Paragraph], names: Collection[str], taken: Collection[str]) -> list[Loss]:
    """The paragraphs beside the table that nothing has come of; neither the document's title nor headings of codes are told.

    Args:
        paragraphs: all that stand outside tables.
        names: those of the codes in the table.
        taken: those of them that have got what stands below their headings.
    """
    left: list[str] = []
    under: frozenset[str] = frozenset()
    for number, paragraph in enumerate(paragraphs, 1):
        text = plain(paragraph.text)
        if paragraph.level:
            under = _meant(text)
        known = not under.isdisjoint(names if paragraph.level else taken)
        if text and not known and not (number <= _FIRST and _is_title(text)):
            left.append(text)
    return _left(_("Tekst utenfor tabellen"), left, _("Bare tabellen med kodene er lest."))


def _besides_contents(texts: Iterable[str], names: Sequence[str]) -> Iterator[str]:
    """The texts that do more than list the codes, each with its page or how much is coded with it, or count them."""
    listed = {folded(name) for name in names}
    for text in filter(None, map(plain, texts)):
        starts = {folded(text), *(folded(text[: each.start()]) for each in _COUNTED.finditer(text))}
        if not starts & listed and not text.startswith(f"{len(names)} "):
            yield text


def _left(what: str, texts: Iterable[str], why: str) -> list[Loss]:
    """The first of the texts by their beginnings, and how many more there are."""
    left = list(texts)
    told = [Loss(what=what, name=shorten(text), why=why) for text in left[:_TOLD]]
    more = len(left) - _TOLD
    if more > 0:
        name = ngettext("{n} avsnitt til", "{n} avsnitt til", more).format(n=more)
        told.append(Loss(what=what, name=name, why=why, count=more))
    return told


def _meant(heading: str) -> frozenset[str]:
    """What the code of a heading may be called: without the codes above it, and with a number before it or without."""
    return frozenset(plain(_STEP.split(each)[-1]) for each in (heading, _NUMBER.sub("", heading)))


def _is_title(text: str) -> bool:
    """Whether it only says that the document is a codebook; a sentence about the codebook says more."""
    return _CODEBOOK.search(text) is not None and not text.endswith((".", "!", "?"))


def _said_as(code: CodeItem, memo: CodeItem) -> CodeItem:
    return replace(
        code,
        brief=memo.brief,
        definition=memo.definition,
        when=memo.when,
        when_not=memo.when_not,
        examples=memo.examples,
        silent=code.silent - set(PARTS),
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


def _paragraph(element: etree._Element) -> Paragraph:
    properties = element.find(f"{_W}pPr")
    indent = level = 0
    if properties is not None:
        indent = _indent(properties)
        style = properties.find(f"{_W}pStyle")
        found = _HEADING.match(str(style.get(f"{_W}val", ""))) if style is not None else None
        level = int(found[1]) if found else 0
    ours = any(str(each.get(f"{_W}name", "")).startswith(_MARK) for each in element.iter(f"{_W}bookmarkStart"))
    return Paragraph(text=_text(element), indent=indent, level=level, ours=ours)


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


def _by_headings(paragraphs: Sequence[Paragraph]) -> ReadCodes:
    """The codes that a codebook without a table has: a heading is a code, and what stands below it says what it means."""
    lines: list[Line] = []
    texts: list[list[str]] = []
    outside: list[str] = []
    for number, paragraph in enumerate(paragraphs, 1):
        if paragraph.level and paragraph.text.strip() and not (number <= _FIRST and _CODEBOOK.search(paragraph.text)):
            code = CodeItem(guid="", name=plain(paragraph.text))
            lines.append(Line(number=number, code=code, indent=paragraph.level))
            texts.append([])
        elif lines and not paragraph.level:
            texts[-1].append(paragraph.text)
        elif not (number <= _FIRST and _is_title(paragraph.text)):
            outside.append(paragraph.text)
    whole = [
        replace(line, code=described_line(replace(line.code, definition=_united_parts(text))))
        for line, text in zip(lines, texts, strict=True)
    ]
    names = [line.code.name for line in whole]
    why = _("Bare overskriftene og det som står under dem, er lest.")
    before = _left(_("Tekst foran kodene"), _besides_contents(outside, names), why)
    marked = {paragraphs[line.number - 1].ours for line in whole}
    found = assembled(by_indentation(whole, names), parents_codable=True) if marked == {True} else _placed(whole, names)
    return replace(found, losses=(*before, *found.losses))


def _placed(lines: Sequence[Line], names: Sequence[str]) -> ReadCodes:
    """The codes of headings by their levels, or by their numbers where they have but one level."""
    numbers = [match[0].strip(" .") for name in names if (match := _NUMBER.match(name)) is not None]
    if len({line.indent for line in lines}) < 2 or len(numbers) < len(names):
        return in_place(lines, names)
    found = in_place(lines, [_NUMBER.sub("", name) for name in names])
    return replace(found, losses=(told_of_numbers(numbers[0], numbers[-1], len(numbers)), *found.losses))


def _united_parts(paragraphs: Sequence[str]) -> str:
    """The paragraphs under a heading as one text, with a blank line before each that begins a part of a description."""
    return "".join(f"\n\n{text}" if begins_part(text) else f"\n{text}" for text in paragraphs).strip("\n")

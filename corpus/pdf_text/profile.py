"""The repairs of text extracted from a PDF, applied once so that every place leads back to the raw text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from gettext import ngettext
from itertools import pairwise

from corpus.edits import Edit, EditMap, apply_edits
from corpus.model import ImportNote, Region, Transcript
from corpus.pdf_text.footnotes import Footnote, cut_markers, find_footnotes, find_loose_links
from corpus.pdf_text.hyphens import Verdict, Vocabulary, carries_address, judge
from corpus.pdf_text.lines import Line, split_lines, typical_width
from corpus.pdf_text.paragraphs import LINE, SPACE, Layout, Table, read_layout, separator
from corpus.pdf_text.running import Running, find_running, page_number
from corpus.regions.captions import is_table_caption
from corpus.regions.contents import contents
from corpus.regions.find import find_regions
from corpus.regions.rows import Row, touches
from corpus.regions.tables import captioned_tables
from corpus.spans import Span

MOST_PLACES = 100
"""How many doubtful places are listed one by one."""
_LONGEST_NAMED = 60
"""How many characters of a line a message repeats."""
_SPACED_SHARE = 0.2
"""A space after a hyphen says something only where fewer of the text's hyphens than this share have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyphen:
    """A hyphen at a line's end and what became of it."""

    offset: int
    """Offset in the raw text."""
    verdict: Verdict
    lifted: bool
    """True when it stands in a footnote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The raw text taken apart."""

    text: str
    kept: tuple[Line, ...]
    """The running text."""
    notes: tuple[Footnote, ...]
    note_lines: tuple[tuple[Line, ...], ...]
    links: tuple[tuple[Line, ...], ...]
    running: tuple[Running, ...]
    running_lines: tuple[tuple[Line, ...], ...]
    verdicts: dict[int, Verdict]
    """What becomes of each hyphen at a line's end, by its raw offset."""
    lists: tuple[Span, ...]
    """The lists of contents, as places in the raw text."""
    layout: Layout


def repair(text: str) -> Transcript:
    """The text as it was before it was set in pages, with an exact map to it.

    Args:
        text: NFC with LF line ends.

    Returns:
        A report without turns. `raw_text` is the input; `lifted` holds footnotes, running headers and page numbers;
        `regions` holds lists of contents, tables, captions and what else is no running text.
    """
    reading = _read(text)
    new_text, to_raw = apply_edits(text, list(_edits(reading)))
    return Transcript(
        text=new_text,
        kind="report",
        notes=tuple(_notes(reading, to_raw)),
        raw_text=text,
        to_raw=to_raw,
        lifted=tuple(_lifted(reading)),
        regions=find_regions(new_text, tuple(_known_regions(reading, to_raw)), repaired=True),
    )


def hyphens(text: str) -> tuple[Hyphen, ...]:
    """What `repair` decides on every hyphen at a line's end, in the order of the raw text."""
    reading = _read(text)
    lifted = {line.hyphen for note in reading.note_lines for line in note}
    return tuple(
        Hyphen(offset=offset, verdict=verdict, lifted=offset in lifted)
        for offset, verdict in sorted(reading.verdicts.items())
    )


def _read(text: str) -> _Reading:
    """Takes the text apart: headers first, then footnotes, then hyphens, then paragraphs."""
    lines = split_lines(text)
    running = find_running(lines)
    taken = frozenset(index for item in running for index in range(item.first, item.last))
    notes = find_footnotes(text, lines, taken)
    lines = cut_markers(lines, notes)
    noted = frozenset(index for note in notes for index in range(note.first, note.last))
    links = find_loose_links(lines, taken | noted)
    linked = frozenset(index for link in links for index in range(link.first, link.last))
    kept = _live(lines, taken, noted | linked)
    note_lines = tuple(tuple(lines[note.first : note.last]) for note in notes)
    words = Vocabulary([*kept, *(line for link in links for line in lines[link.first : link.last])])
    spaced = _spacing_tells(kept)
    verdicts = dict(_verdicts(kept, words, spaced=spaced))
    for body in note_lines:
        verdicts.update(_verdicts(body, words, spaced=spaced))
    width = typical_width(kept)
    lists = contents(_rows(kept))
    broken = frozenset(index for index, line in enumerate(kept) if _gap(verdicts.get(line.hyphen or -1)) is not None)
    return _Reading(
        text=text,
        kept=kept,
        notes=notes,
        note_lines=note_lines,
        links=tuple(tuple(lines[link.first : link.last]) for link in links),
        running=running,
        running_lines=tuple(tuple(lines[item.first : item.last]) for item in running),
        verdicts=verdicts,
        lists=lists,
        layout=read_layout(kept, width, broken, _captioned(kept, width), _within(kept, lists)),
    )


def _captioned(kept: Sequence[Line], width: int) -> tuple[Table, ...]:
    """The tables below captions, while the lines still stand as on the page."""
    if not width:
        return ()
    at = {line.start: index for index, line in enumerate(kept)}
    ends = {line.end: index + 1 for index, line in enumerate(kept)}
    return tuple(Table(first=at[start], last=ends[end]) for start, end in captioned_tables(_rows(kept), width))


def _rows(kept: Sequence[Line]) -> tuple[Row, ...]:
    return tuple(Row(line.start, line.end, line.text, line.blanks) for line in kept)


def _within(kept: Sequence[Line], spans: Sequence[Span]) -> frozenset[int]:
    """Indices of the lines that stand in one of the spans."""
    return frozenset(index for index, line in enumerate(kept) if touches(spans, line.start, line.end))


def _known_regions(reading: _Reading, to_raw: EditMap) -> Iterator[Region]:
    """Tables and lists of contents, which are told by the lines of the page, as places in the new text."""
    kept = reading.kept
    tables = [(kept[table.first].start, kept[table.last - 1].end) for table in reading.layout.tables]
    for first, last in reading.lists:
        start, end = to_raw.span(first, last)
        if start < end:
            yield Region(start=start, end=end, kind="contents")
    for first, last in tables:
        start, end = to_raw.span(first, last)
        if start < end and not any(first < to and at < last for at, to in reading.lists):
            yield Region(start=start, end=end, kind="table")


def _live(lines: Sequence[Line], headers: frozenset[int], foot: frozenset[int]) -> tuple[Line, ...]:
    """The lines that stay; one below lifted lines begins a page, and the blank lines around a header say nothing."""
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index in headers or index in foot:
            continue
        if index - 1 in headers:
            kept.append(replace(line, page_top=True, blanks=0))
        else:
            kept.append(replace(line, page_top=True) if index - 1 in foot else line)
    return tuple(kept)


def _spacing_tells(lines: Sequence[Line]) -> bool:
    """Whether a space between a hyphen and the line's end is the exception."""
    spaced = [line.trailing > 0 for line in lines if line.hyphen is not None]
    return sum(spaced) < _SPACED_SHARE * len(spaced)


def _verdicts(lines: Sequence[Line], words: Vocabulary, *, spaced: bool) -> Iterator[tuple[int, Verdict]]:
    """(raw offset, verdict) of every hyphen that ends a line and is no dash."""
    in_address = False
    for above, below in pairwise(lines):
        if above.hyphen is not None:
            verdict = judge(above.body, below.text, words, spaced=spaced and above.trailing > 0, in_address=in_address)
            if below.blanks and not below.text[:1].islower():
                verdict = Verdict(verdict.kind, certain=False)
            if verdict.kind != "dash":
                yield above.hyphen, verdict
        in_address = above.hyphen is not None and carries_address(above, in_address=in_address)


def _edits(reading: _Reading) -> Iterator[Edit]:
    """Every change to the raw text, without those that change nothing."""
    text, kept = reading.text, reading.kept
    if not kept:
        if text:
            yield Edit(0, len(text), "")
        return
    yield from (Edit(start, end, "") for note in reading.notes if note.marker for start, end in (note.marker,))
    for edit in _between(reading):
        if text[edit.start : edit.end] != edit.replacement:
            yield edit


def _between(reading: _Reading) -> Iterator[Edit]:
    """What replaces the space before, between and after the lines."""
    kept = reading.kept
    yield Edit(0, kept[0].start, "")
    for index, (above, below) in enumerate(pairwise(kept)):
        verdict = reading.verdicts.get(above.hyphen) if above.hyphen is not None else None
        gap = _gap(verdict)
        if verdict is None or above.hyphen is None or gap is None:
            yield Edit(above.end, below.start, separator(kept, index, reading.layout))
        elif verdict.kind == "join":
            yield Edit(above.hyphen, below.start, "")
        elif above.mark:
            yield Edit(above.hyphen, below.start, f"-{gap}")
        else:
            yield Edit(above.end, below.start, gap)
    yield Edit(kept[-1].end, len(reading.text), LINE if reading.text.endswith(LINE) else "")


def _gap(verdict: Verdict | None) -> str | None:
    """What stands after the hyphen, or None where the line end is no word's."""
    if verdict is None or verdict.kind == "debris":
        return None
    return SPACE if verdict.kind == "suspended" else ""


def _joined(lines: Sequence[Line], verdicts: Mapping[int, Verdict]) -> str:
    """Lines as one paragraph."""
    parts: list[str] = []
    for line in lines:
        verdict = verdicts.get(line.hyphen) if line.hyphen is not None and line is not lines[-1] else None
        gap = _gap(verdict)
        if verdict is None or gap is None:
            parts += [line.text, SPACE]
        else:
            parts += [line.body if verdict.kind == "join" else f"{line.body}-", gap]
    return "".join(parts).strip()


def _lifted(reading: _Reading) -> Iterator[tuple[str, str]]:
    """What was taken out, in the order of the text."""
    found: list[tuple[int, str, str]] = []
    for body in reading.note_lines:
        found.append((body[0].start, "fotnote", _joined(body, reading.verdicts)))
    for link in reading.links:
        found += [(line.start, "lenke", line.text) for line in link]
    for lines in reading.running_lines:
        found += [
            (line.start, "kolumnetittel" if page_number(line) is None else "sidetall", line.text) for line in lines
        ]
    return ((what, content) for _start, what, content in sorted(found))


def _notes(reading: _Reading, to_raw: EditMap) -> Iterator[ImportNote]:
    """The counts, then every place a person should look at, up to a limit."""
    yield from _counts(reading)
    places = sorted(_doubtful_places(reading))
    for offset, message in places[:MOST_PLACES]:
        yield ImportNote(message=message, start=to_raw.forward(offset), doubtful=True)
    left = len(places) - MOST_PLACES
    if left > 0:
        message = ngettext("{n} usikkert sted til er ikke ført opp.", "{n} usikre steder til er ikke ført opp.", left)
        yield ImportNote(message=message.format(n=left), count=left, doubtful=True)


def _counts(reading: _Reading) -> Iterator[ImportNote]:
    verdicts = reading.verdicts.values()
    joined = sum(verdict.kind == "join" for verdict in verdicts)
    kept = sum(verdict.kind in ("keep", "suspended", "address") for verdict in verdicts)
    uncertain = sum(not verdict.certain for verdict in verdicts)
    headers = len(reading.running)
    for count, message in (
        (
            joined,
            ngettext(
                "{n} orddeling ved linjeslutt er føyd sammen.",
                "{n} orddelinger ved linjeslutt er føyd sammen.",
                joined,
            ),
        ),
        (
            kept,
            ngettext("{n} bindestrek ved linjeslutt er beholdt.", "{n} bindestreker ved linjeslutt er beholdt.", kept),
        ),
        (uncertain, ngettext("{n} av dem er usikker.", "{n} av dem er usikre.", uncertain)),
        (
            len(reading.notes),
            ngettext("{n} fotnote er løftet ut.", "{n} fotnoter er løftet ut.", len(reading.notes)),
        ),
        (
            headers,
            ngettext(
                "{n} kolumnetittel eller sidetall er løftet ut.",
                "{n} kolumnetitler eller sidetall er løftet ut.",
                headers,
            ),
        ),
    ):
        if count:
            yield ImportNote(message=message.format(n=count), count=count)


def _doubtful_places(reading: _Reading) -> Iterator[tuple[int, str]]:
    """(raw offset, message) of everything uncertain."""
    for offset, verdict in reading.verdicts.items():
        if not verdict.certain:
            yield offset, _doubt_about(verdict)
    for note in reading.notes:
        if note.doubt is not None and note.marker is not None:
            message = _("Henvisningen til fotnote {n} satt fast i et årstall og er tatt bort.")
            yield note.doubt, message.format(n=note.number)
        elif note.doubt is not None:
            message = _("Henvisningen til fotnote {n} er ikke sikkert funnet, og teksten står som den var.")
            yield note.doubt, message.format(n=note.number)
    for item, lines in zip(reading.running, reading.running_lines, strict=True):
        if item.doubtful:
            message = _("«{words}» så ut som en kolumnetittel og er løftet ut.")
            yield lines[0].start, message.format(words=_shortened(lines[0].text))
    for table in reading.layout.tables:
        lines = reading.kept[table.first : table.last]
        if any("\t" in line.text for line in lines):
            continue  # its cells stand apart: nothing is broken
        above = reading.kept[table.first - 1] if table.first else lines[0]
        named = above if is_table_caption(above.text) else lines[0]
        message = _("Tabellen «{words}» er brutt i biter, og linjene står som de var.")
        yield lines[0].start, message.format(words=_shortened(named.text))


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_NAMED else words[:_LONGEST_NAMED].rstrip() + " …"


def _doubt_about(verdict: Verdict) -> str:
    if verdict.kind == "join":
        return _("Usikker orddeling: delene er føyd sammen uten bindestrek.")
    if verdict.kind == "address":
        return _("Nettadressen er brutt over to linjer: bindestreken er beholdt.")
    if verdict.kind == "debris":
        return _("En bindestrek i et ord som er brutt i biter, står som den var.")
    return _("Usikker orddeling: bindestreken er beholdt.")

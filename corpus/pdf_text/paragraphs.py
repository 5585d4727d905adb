"""What stands between two lines: nothing, a space, a new line or a new paragraph.

A paragraph ends at a blank line only where a sentence ends too, since extraction leaves blank lines anywhere. Headings
and list items keep their own lines, and broken tables are left as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from corpus.pdf_text.lines import Line
from corpus.regions.captions import is_caption, is_table_caption
from corpus.regions.contents import entry_title
from corpus.regions.rows import heading_words
from corpus.regions.sections import opens_section

SPACE, LINE, PARAGRAPH = " ", "\n", "\n\n"

_SENTENCE_END = re.compile(r"(?:[.!?…])[»”\"’')\]*]*$")
BULLETS = "•●▪◦■·‣➢✓►▸⁃\uf000-\uf0ff"
"""Signs before points of a list, as a class of characters; the last stand in Word's and LibreOffice's own symbol fonts."""
_BULLET = re.compile(rf"(?:[{BULLETS}]|[-–—o](?=\s))\s*\S")
_DASH = re.compile(r"[-–—o]\s")
_ITEM = re.compile(r"(?:\d{1,2}[.)]?|[a-zæøå][.)])\s+[A-ZÆØÅ«]")
_SOURCE = re.compile(r"(?:Kilder?|Kjelder?|Noter?|Merknad(?:er)?|Source):")
_FIGURES = re.compile(r"N/A|%|(?<![\w.])[−-]?\d[\d.,]*(?![\w-])")
_OPENS = re.compile(r"[\d«\"“(*•–]|[^\W\d_a-zæøåäöéèàôü]")
_SPEECH = re.compile(r"[«“\"]|[-–—]\s?[A-ZÆØÅ]")
_LONE_BULLET = re.compile(f"[{BULLETS}]")
_NARROW = 0.72
"""A block whose widest line is below this share of the line width can be a table cell."""
_FITS = 0.88
"""A line this far from full, next word included, was ended on purpose."""
_FULL = 0.88
_FIGURE_SHARE = 0.25
"""How many of the words of a cell must be figures."""
_HEADING_TAIL = 0.6
_MOST_HEADING_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Lines of a table that the extraction broke into pieces."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What each line is, so that the space between two can be told."""

    width: int
    """Characters in a full line; 0 where paragraphs are not broken into lines."""
    headings: frozenset[int]
    """Indices of heading lines."""
    tables: tuple[Table, ...]
    in_table: frozenset[int]
    listed: frozenset[int] = frozenset()
    """Indices of lines of lists of contents, each of which is an entry."""


def ends_sentence(text: str) -> bool:
    """Whether the line closes a sentence, quotation marks and brackets after the stop included."""
    return _SENTENCE_END.search(text) is not None


def read_layout(
    lines: Sequence[Line],
    width: int,
    broken: frozenset[int],
    known: Sequence[Table] = (),
    listed: frozenset[int] = frozenset(),
) -> Layout:
    """Finds headings and tables.

    Args:
        lines: the running text, without headers and footnotes.
        width: characters in a full line, 0 where lines are not of one width.
        broken: indices of the lines that a word is broken after.
        known: tables that their captions tell of.
        listed: indices of the lines of lists of contents, whose entries are headings further down.
    """
    found = [*_tables(lines, width)] if width else []
    found += [each for each in known if not any(each.first < t.last and t.first < each.last for t in found)]
    tables = tuple(sorted(found, key=lambda table: table.first))
    in_table = frozenset(index for table in tables for index in range(table.first, table.last))
    titles = frozenset(title for index in listed if (title := entry_title(lines[index].text)))
    headings: set[int] = set()
    for index in range(len(lines)):
        if width and index not in listed and _is_titled(lines, index, titles, headings):
            headings.add(index)
        if width and index not in headings:
            headings.update(_heading(lines, index, width, in_table, broken))
    return Layout(width=width, headings=frozenset(headings), tables=tables, in_table=in_table, listed=listed)


def separator(lines: Sequence[Line], index: int, layout: Layout) -> str:
    """What stands between line `index` and the next, when no word is broken there.

    Returns:
        A space, one line feed, or two.
    """
    above, below = lines[index], lines[index + 1]
    as_it_was = PARAGRAPH if below.blanks else LINE
    if "\t" in above.text or "\t" in below.text:
        return PARAGRAPH if below.page_top else as_it_was
    if index in layout.in_table or index + 1 in layout.in_table:
        same = index in layout.in_table and index + 1 in layout.in_table
        return as_it_was if same or not below.page_top else PARAGRAPH
    if index in layout.listed or index + 1 in layout.listed:
        within = index in layout.listed and index + 1 in layout.listed
        return as_it_was if within else PARAGRAPH
    if not layout.width:
        apart = below.blanks > 0 or below.page_top
        return SPACE if apart and _runs_on(above, below) else PARAGRAPH if below.page_top else as_it_was
    if _LONE_BULLET.fullmatch(above.text):
        return SPACE
    if _within_heading(index, layout, lines):
        return SPACE
    if index in layout.headings:
        return as_it_was
    if index + 1 in layout.headings:
        return PARAGRAPH
    if _starts_item(above, below, layout.width):
        return as_it_was
    return _between_prose(above, below, layout.width)


def _between_prose(above: Line, below: Line, width: int) -> str:
    """A space unless the text itself shows that a paragraph ends."""
    opens = _OPENS.match(below.text) is not None
    done = ends_sentence(above.text)
    set_apart = below.blanks > 0
    ended_early = _ended_on_purpose(above, below, width)
    if _opens_caption(below.text) and (set_apart or below.page_top):
        return PARAGRAPH
    if opens and ((is_caption(below.text) and done) or (_SOURCE.match(below.text) and (done or ended_early))):
        return LINE
    if opens and ended_early and is_caption(above.text):
        return LINE
    if below.page_top:
        if done and opens and (ended_early or above.trailing > 1 or set_apart):
            return PARAGRAPH
        return LINE if opens and ended_early and not done and _stands_alone(above, width) else SPACE
    if set_apart:
        if not opens:
            return PARAGRAPH if above.text.endswith(":") else SPACE
        carries_on = above.text[-1:].isalnum() or above.text.endswith(",")
        return SPACE if carries_on and _is_full(above, width) else PARAGRAPH
    if not opens or not ended_early:
        return SPACE
    return LINE if done or above.text.endswith(":") or _stands_alone(above, width) else SPACE


def _runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence carries on over a blank line in a text whose paragraphs are whole lines."""
    whole = "\t" not in above.text and not above.text.endswith((":", ";", ",")) and len(above.text) >= 80
    carries_on = below.text[:1].islower() and not _BULLET.match(below.text) and not _ITEM.match(below.text)
    return whole and carries_on and not ends_sentence(above.text)


def _opens_caption(words: str) -> bool:
    """Whether a line is a caption, or says where a table or a figure comes from."""
    return is_caption(words) or _SOURCE.match(words) is not None


def _is_full(line: Line, width: int) -> bool:
    return len(line.text) >= _FULL * width


def _stands_alone(line: Line, width: int) -> bool:
    return len(line.text) <= _HEADING_TAIL * width


def _ended_on_purpose(above: Line, below: Line, width: int) -> bool:
    """Whether the next line's first word would have fitted on the line."""
    return len(above.text) + 1 + len(below.text.split(maxsplit=1)[0]) <= _FITS * width if below.text else True


def _starts_item(above: Line, below: Line, width: int) -> bool:
    """Whether a list item begins; a dash or a number can also stand within a sentence."""
    closed = ends_sentence(above.text) or above.text.endswith(":")
    if _DASH.match(below.text):
        return closed or below.blanks > 0 or _ended_on_purpose(above, below, width)
    if _BULLET.match(below.text) or _LONE_BULLET.fullmatch(below.text):
        return True
    apart = below.blanks > 0 and not above.text[-1:].isalpha()
    return (closed or apart) and _ITEM.match(below.text) is not None


def _within_heading(index: int, layout: Layout, lines: Sequence[Line]) -> bool:
    """Whether both lines belong to one heading of several lines."""
    both = index in layout.headings and index + 1 in layout.headings
    return both and not lines[index + 1].blanks and not lines[index + 1].page_top


def _heading(
    lines: Sequence[Line], index: int, width: int, in_table: frozenset[int], broken: frozenset[int]
) -> tuple[int, ...]:
    """The lines of the heading that begins here: none, one or a few."""
    line = lines[index]
    apart = index == 0 or line.blanks > 0 or line.page_top
    if not apart or index in in_table or not _OPENS.match(line.text) or _BULLET.match(line.text):
        return ()
    if _opens_caption(line.text):
        return (index,) if index + 1 in in_table or _set_apart_below(lines, index) else ()
    last = index
    while last - index + 1 < _MOST_HEADING_LINES and _heading_runs_on(lines, last, width, in_table):
        last += 1
    if last in broken or not _closes_heading(lines[last], lines, last, width):
        return ()
    return tuple(range(index, last + 1))


def _is_titled(lines: Sequence[Line], index: int, titles: frozenset[str], headings: Container[int]) -> bool:
    """Whether a line is a heading that the list of contents leads to, or one that reports use, with no room above it."""
    line = lines[index]
    above = lines[index - 1] if index else None
    free = above is None or line.blanks > 0 or line.page_top or index - 1 in headings or ends_sentence(above.text)
    return free and not ends_sentence(line.text) and (heading_words(line.text) in titles or opens_section(line.text))


def _closes_heading(line: Line, lines: Sequence[Line], index: int, width: int) -> bool:
    """Whether a line can be the last one of a heading: short, no stop, and something new begins after it."""
    if len(line.text) > _FULL * width or line.text.endswith((".", ",", ";", ":", "!", "…")) or index + 1 == len(lines):
        return False
    below = lines[index + 1]
    opens = _OPENS.match(below.text) is not None
    return opens and (below.blanks > 0 or below.page_top or _ended_on_purpose(line, below, width))


def _heading_runs_on(lines: Sequence[Line], index: int, width: int, in_table: frozenset[int]) -> bool:
    """Whether a heading may carry on over the next line: this one was ended on purpose, the next is short."""
    if index + 1 >= len(lines) or index + 1 in in_table:
        return False
    first, second = lines[index], lines[index + 1]
    together = not second.blanks and not second.page_top and not _OPENS.match(second.text)
    open_ended = not first.text.endswith((".", ",", ";", ":", "!", "?", "…"))
    short = len(second.text) <= _HEADING_TAIL * width and _ended_on_purpose(first, second, width)
    return together and open_ended and short


def _set_apart_below(lines: Sequence[Line], index: int) -> bool:
    return index + 1 == len(lines) or lines[index + 1].blanks > 0


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines without a blank line or a new page between them."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].blanks or lines[index].page_top:
            yield first, index
            first = index


def _tables(lines: Sequence[Line], width: int) -> Iterator[Table]:
    """Runs of narrow blocks, many of them figures."""
    run: list[tuple[int, int]] = []
    captioned = False
    for first, last in [*_blocks(lines), (len(lines), len(lines))]:
        caption = first < last and is_table_caption(lines[first].text)
        if first < last and not caption and _cellular(lines[first:last], width):
            run.append((first, last))
            continue
        table = _trimmed(lines, run, captioned=captioned)
        if table:
            yield table
        run, captioned = [], caption


def _cellular(block: Sequence[Line], width: int) -> bool:
    first = block[0].text
    if (
        _BULLET.match(first)
        or _SPEECH.match(first)
        or _opens_caption(first)
        or any("\t" in line.text for line in block)
    ):
        return False
    return max(len(line.text) for line in block) <= _NARROW * width or all(_mostly_figures(line) for line in block)


def _mostly_figures(line: Line) -> bool:
    words = line.text.split()
    return len(words) >= 3 and 2 * len(_FIGURES.findall(line.text)) >= len(words)


def _numeric(block: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in block)
    figures = len(_FIGURES.findall(text))
    return "%" in text or "N/A" in text or (figures >= 2 and figures >= _FIGURE_SHARE * len(text.split()))


def _trimmed(lines: Sequence[Line], run: Sequence[tuple[int, int]], *, captioned: bool) -> Table | None:
    """The run without what stands below its last figures, and above its first where no caption opens it."""
    numeric = [position for position, (first, last) in enumerate(run) if _numeric(lines[first:last])]
    if len(numeric) < (2 if captioned else 3) or (not captioned and len(run) < 5):
        return None
    start = 0 if captioned else numeric[0]
    return Table(first=run[start][0], last=run[numeric[-1]][1])

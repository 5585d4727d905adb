"""Rich Text (.rtf): striprtf turns the words into text, after what it would lose or keep wrongly is taken aside.

Footnotes and text boxes are lifted out of the running text; deleted text of tracked changes, comments, headers and
footers are left out; table cells have a tab between them and rows end in a line feed; a link is its text, without the
address. Tables that are transcripts and headings that are speakers give turns, as in Word documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

import regex
from striprtf.striprtf import rtf_to_text

from corpus.errors import UnreadableSource
from corpus.model import ImportNote, ReadOptions, Transcript
from corpus.readers.left_out import BOX, ENDNOTE, FOOTNOTE, changes_note, comments_note, lifted_notes
from corpus.readers.rtf_layout import heading_styles, laid_out, with_marks
from corpus.readers.word_speakers import placed, speakers
from corpus.text import normalise

_TOKEN = regex.compile(r"\\bin(\d+) ?|\\.|[{}]", regex.DOTALL)
_HEAD = regex.compile(r"\{\s*(?:\\\*\s*)?(?:\\([a-z]+)-?\d* ?)+")
_DELETED = regex.compile(r"\\deleted(?![a-z0])")
_DESTINATION = regex.compile(r"\{\s*(?:\\\*\s*)?\\(?:footnote|shptxt)(?![a-z])[ ]?(?:\\ftnalt[ ]?)?")
_CODEPAGE = regex.compile(r"\\ansicpg\d+")
_FONT_PART = regex.compile(r"\\f(?P<font>\d{1,9})(?!\d)|\\fcharset(?P<charset>\d{1,3})(?!\d)|;")
_FONT_USED = regex.compile(r"\\(?:f|deff)(\d{1,9})(?!\d)")
_LEFT_OPEN = regex.compile(r"(\\[\\{}])|\\(?:fonttbl|fldinst)", regex.IGNORECASE)
"""Begins groups that striprtf searches with patterns that a damaged file makes it try for hours; the whole ones are gone."""
_BEGINNING = regex.compile(r"\{\\rtf\d*")
_HIGH = regex.compile(r"[\x80-\xff]")
_LONGEST_COUNT = 9
"""Figures of how many bytes follow; a longer number is more than any file has."""
_KINDS: Mapping[str, str] = MappingProxyType(
    {"shptxt": "box", "fldinst": "code", "fonttbl": "fonts", "stylesheet": "styles", "annotation": "comment"}
)
"""What a group is, by its first word."""

Group = tuple[int, int, str]
"""Start and end of a group in braces, and what it is: a `footnote`, `box`, `deleted` text, `code` and so on."""


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The document's running text.

    Raises:
        UnreadableSource: if the file is no RTF, or is cut off or damaged so that it cannot be read.
    """
    source = _HIGH.sub(lambda match: f"\\'{ord(match.group()):02x}", data.decode("latin-1").lstrip("\ufeff\x00 \r\n"))
    if not source.startswith("{\\rtf"):
        raise UnreadableSource(
            path, _("Filen er ikke RTF, selv om navnet sier det. Lagre den på nytt som .docx eller .rtf.")
        )
    groups, whole = _groups(source)
    fonts = _charsets(_first(source, groups, "fonts"))
    styles = heading_styles(_first(source, groups, "styles"))
    codepage = _CODEPAGE.search(source, 0, min(len(source), 2000))
    header = "{\\rtf1\\ansi" + (codepage.group() if codepage else "")
    marked = _words(path, with_marks(_without(source, groups), styles), fonts)
    text, layout = placed(*laid_out(marked))
    spoken = speakers(path, text, layout, options)
    names = {"footnote": FOOTNOTE, "endnote": ENDNOTE, "box": BOX}
    lifted = [
        (names[kind], _own_text(path, header + _inside(source[start:end]) + "}", fonts))
        for start, end, kind in _outermost(groups)
        if kind in names
    ]
    kept = tuple((what, words) for what, words in lifted if words)
    deletions = sum(kind == "deleted" for _start, _end, kind in groups)
    insertions = source.count("\\revised\\") + source.count("\\revised ")
    notes = [
        *changes_note(insertions, deletions),
        *lifted_notes(kept),
        *comments_note(sum(kind == "comment" for _start, _end, kind in groups)),
        *(spoken.notes if spoken else ()),
    ]
    if not whole:
        message = _("Filen ser ut til å være avkuttet; sjekk at slutten av teksten er med.")
        notes.append(ImportNote(message=message, doubtful=True))
    return Transcript(text=text, turns=spoken.turns if spoken else (), lifted=kept, notes=tuple(notes))


def _first(source: str, groups: list[Group], kind: str) -> str:
    """The first group of a kind, or empty."""
    return next((source[start:end] for start, end, found in groups if found == kind), "")


def _charsets(table: str) -> dict[str, str]:
    """The character set of each font that has one, by its number; the words of both are figures."""
    found: dict[str, str] = {}
    font = charset = ""
    for match in _FONT_PART.finditer(table):
        font, charset = font or match["font"] or "", charset or match["charset"] or ""
        if match.group() == ";":
            if font and charset:
                found.setdefault(font, charset)
            font = charset = ""
    return found


def _with_fonts(source: str, fonts: dict[str, str]) -> str:
    """The source with a table of the fonts it uses, in a form that striprtf reads at once."""
    used = dict.fromkeys(font for font in _FONT_USED.findall(source) if font in fonts)
    table = "".join(rf"{{\f{font}\fcharset{fonts[font]} x;}}" for font in used)
    begun: str = _BEGINNING.sub(lambda match: match.group() + r"{\fonttbl" + table + "}", source, count=1)
    return begun


def _words(path: Path, source: str, fonts: dict[str, str]) -> str:
    """The text that an RTF source says, as striprtf gives it.

    Args:
        fonts: the character sets of fonts, by their numbers.
    """
    try:
        whole = _with_fonts(_LEFT_OPEN.sub(lambda match: match[1] or r"\stylesheet", source), fonts)
        text: str = rtf_to_text(whole, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, IndexError, LookupError, OverflowError) as error:
        reason = _("RTF-koden er skadet. Åpne filen i Word eller LibreOffice og lagre den som .docx.")
        raise UnreadableSource(path, reason) from error
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _own_text(path: Path, source: str, fonts: dict[str, str]) -> str:
    """The words of a footnote or a text box."""
    pieces, _layout = laid_out(_words(path, with_marks(source, {}), fonts))
    return normalise("".join(pieces)).strip()


def _inside(group: str) -> str:
    """A group that striprtf would skip for its first word, as a group it reads."""
    opened = _DESTINATION.sub("{", group, count=1)
    return _without(opened, _groups(opened)[0])


def _groups(source: str) -> tuple[list[Group], bool]:
    """Groups that need care, in order of their ends, and whether all braces are closed."""
    found: list[Group] = []
    open_at: list[int] = []
    position = 0
    while match := _TOKEN.search(source, position):
        position = match.end()
        token = match.group()
        if match.group(1):
            position += int(match.group(1)) if len(match.group(1)) <= _LONGEST_COUNT else len(source)
        elif token == "{":
            open_at.append(match.start())
        elif token == "}" and open_at:
            start = open_at.pop()
            kind = _kind(source, start, match.end())
            if kind:
                found.append((start, match.end(), kind))
    return found, not open_at


def _kind(source: str, start: int, end: int) -> str:
    match = _HEAD.match(source, start, min(end, start + 400))
    if match is None:
        return ""
    words = match.captures(1)
    if words[0] == "footnote":
        return "endnote" if "ftnalt" in words else "footnote"
    if _DELETED.search(match.group()):
        return "deleted"
    return _KINDS.get(words[0], "")


def _outermost(groups: list[Group]) -> Iterator[Group]:
    """Groups that lie in no other one, in order of the text."""
    reached = -1
    for group in sorted(groups, key=lambda group: (group[0], -group[1])):
        if group[0] >= reached:
            reached = group[1]
            yield group


def _without(source: str, groups: list[Group]) -> str:
    """The source without footnotes, text boxes, deleted text, field codes and the tables of fonts and styles."""
    pieces: list[str] = []
    position = 0
    for start, end, _group in _outermost(groups):
        pieces.append(source[position:start])
        position = end
    return "".join(pieces) + source[position:]

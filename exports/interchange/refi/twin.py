"""The Word file beside a plain text: one paragraph a line, labels of turns in bold, and the very same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from corpus.model import Turn
from exports.packaging import pack, printable

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)
_OPENING = f'{_HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_CLOSING = "<w:sectPr/></w:body></w:document>"


def word_twin(text: str, turns: Iterable[Turn]) -> bytes:
    """A .docx of the text, which has LF line ends; the same bytes for the same text and turns."""
    bold = {turn.label_start: turn.start for turn in turns if turn.speaker}
    document = "".join([_OPENING, *_paragraphs(text, bold), _CLOSING])
    return pack(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": document.encode(),
        }
    )


def _paragraphs(text: str, bold: dict[int, int]) -> Iterator[str]:
    place = 0
    for line in text.split("\n"):
        label = line[: max(0, bold[place] - place)] if place in bold else ""
        yield f"<w:p>{_run(label, '<w:rPr><w:b/></w:rPr>')}{_run(line[len(label) :], '')}</w:p>"
        place += len(line) + 1


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(printable(piece))}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{properties}{pieces}</w:r>"

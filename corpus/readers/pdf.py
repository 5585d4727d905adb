"""The text layer of PDF documents, page by page.

Lines stand as they stand on the page, running headers included; joining them is the work of the profile `pdf-text`.
"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from corpus.errors import UnreadableSource
from corpus.model import ImportNote, ReadOptions, Transcript
from corpus.signatures import locked_reason
from corpus.text import normalise

_HYPHENS = {0x02: "-\n", 0xFFFE: "-\n"}
"""What pdfium puts for a hyphen and the line end after it, where it believes that they divide a word."""


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The text of all pages, each ending in a line feed.

    Raises:
        UnreadableSource: if the file is damaged or behind a password, or has no text layer, as scanned pages have none.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = [_page_text(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableSource(path, locked_reason()) from error
        reason = _("PDF-filen er skadet. Åpne den i en PDF-leser og lagre eller skriv den ut til en ny PDF.")
        raise UnreadableSource(path, reason) from error
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        reason = _(
            "PDF-en er skannet: den har bilder av tekst og ikke tekst. Kjør tekstgjenkjenning (OCR) på den først."
        )
        raise UnreadableSource(path, reason)
    text = normalise("\n".join(page.rstrip() for page in pages) + "\n")
    return Transcript(text=text, notes=_notes(empty, profiled=options.profile == "pdf-text"))


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        words: str = page.get_textpage().get_text_bounded()
    finally:
        page.close()
    return words.replace("\r\n", "\n").translate(_HYPHENS)


def _notes(empty: list[int], *, profiled: bool) -> tuple[ImportNote, ...]:
    notes = []
    if empty:
        n = len(empty)
        shown = ", ".join(map(str, empty[:10])) + (" …" if n > 10 else "")
        message = ngettext(
            "{n} side har ingen tekst (side {pages}) og kan være et bilde.",
            "{n} sider har ingen tekst (side {pages}) og kan være bilder.",
            n,
        )
        notes.append(ImportNote(message=message.format(n=n, pages=shown), count=n, doubtful=True))
    if not profiled:
        message = _(
            "Linjene er delt som på PDF-siden. Importer med profilen pdf-text for å få løpende tekst uten delte ord."
        )
        notes.append(ImportNote(message=message))
    return tuple(notes)

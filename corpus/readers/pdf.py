"""The text layer of PDF documents, page by page.

Lines stand as they stand on the page, running headers included, with a blank line where there is room between two and a tab where
cells stand beside each other; joining them is the work of the profile `pdf-text`.
"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from corpus.errors import UnreadableSource
from corpus.model import ImportNote, ReadOptions, Transcript
from corpus.pdf_text.page import page_texts
from corpus.readers.pdf_page import page_lines
from corpus.signatures import locked_reason
from corpus.text import normalise


def read(path: Path, data: bytes, options: ReadOptions) -> Transcript:
    """The text of all pages, each ending in a line feed.

    Raises:
        UnreadableSource: if the file is damaged or behind a password, or has no text layer, as scanned pages have none.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            lines = [page_lines(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableSource(path, locked_reason()) from error
        reason = _("PDF-filen er skadet. Åpne den i en PDF-leser og lagre eller skriv den ut til en ny PDF.")
        raise UnreadableSource(path, reason) from error
    pages = page_texts(lines, signs=options.profile == "pdf-text")
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        reason = _(
            "PDF-en er skannet: den har bilder av tekst og ikke tekst. Kjør tekstgjenkjenning (OCR) på den først."
        )
        raise UnreadableSource(path, reason)
    text = normalise(_together([page.rstrip() for page in pages], told=options.profile == "pdf-text"))
    return Transcript(text=text, notes=_notes(empty, profiled=options.profile == "pdf-text"))


def _together(pages: list[str], *, told: bool) -> str:
    """The pages as one text, with a blank line between two unless a sentence runs on from the one to the other.

    Args:
        told: whether the pages themselves tell where they begin.
    """
    parts: list[str] = []
    for page in pages:
        runs_on = not parts or told or (page[:1].islower() and parts[-1][-1:].isalpha())
        parts += [page] if runs_on else ["", page]
    return "\n".join(parts) + "\n"


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

"""Small whole files of layouts that need the whole text, or the page, to be understood: who speaks stands on lines of its
own, in cells, in bold or in anchors; the codes of answers on another sheet."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import fuzz_seeds as seeds
import xlsxwriter

ASKED = ("Hva gjør du?", "Jeg er lærer. 😀", "Hvor lenge?", "Tre år.", "Og nå?", "Nå slutter jeg.")
NAMES = ("Kari Moe", "Ola") * 3


def _rows(pattern: str, between: str = "\n") -> str:
    rows = zip(NAMES, ASKED, strict=True)
    return between.join(
        pattern.format(n=n, at=f"00:0{n}:05", short=f"{n}:05", who=who, said=said)
        for n, (who, said) in enumerate(rows, 1)
    )


LINES = (
    _rows("KM\n{who}\n{n} minutter 5 sekunder{short}\n{who} {n} minutter 5 sekunder\n{said}\n"),
    _rows("{who}\n{short}\n{said}\n"),
    _rows("{who}\n\n{said}\n"),
    _rows("{at}\n{said}\n"),
    _rows("{who}\t{said}"),
    _rows("**{who}** {said}\n"),
    "".join(f"Speaker {n % 2}\n{said}\n" for n, said in enumerate(ASKED)),
    "".join(f"{('Svar', 'Spørsmål 1')[n % 2 == 0]}: {said}\n" for n, said in enumerate(ASKED)),
    "> Spm. 1:\n" + "".join(f"{('S', 'Spm. 2')[n % 2 == 0]}: {said}\n" for n, said in enumerate(ASKED)),
    _rows("{who}: {said} [{at}]"),
    _rows("[{who}] 10:0{n}:05\n{said}\n"),
    "Intervju 1\n" + _rows("{who}: {said}") + "\nIntervju 2\n" + _rows("{who}: {said}"),
)
UNTIMED = "Transcription for a\n\n" + _rows("[{at}] {said}", " ")
"""Refused as a transcript: its times cannot be given to turns."""
BUNDLE = "Nyheter\n" + "".join(
    f"==============\n\nFlere boliger {n}\n\nVG, 1{n}.02.2024\nPublisert på trykk.\nSide 4\n\n– Bra, sier Ola Moe.\n\n© VG\n"
    for n in range(3)
)
NOSCRIBE = "<html><body><p>i1</p>" + "".join(
    f'<p><a name="ts_{n}000_{n}900_S0{n % 2}">[00:00:0{n}] S0{n % 2}: {said}</a></p>' for n, said in enumerate(ASKED)
)
_RICH_ROWS = ((who, said.encode("ascii", "ignore").decode()) for who, said in zip(NAMES, ASKED, strict=True))
RICH = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
    + "".join(rf"\pard\s1 {who}\par\pard\plain {said}\par " for who, said in _RICH_ROWS)
    + "".join(rf"\trowd\cellx1 {who}\cell Hva?\cell\row " for who in NAMES)
    + "}"
)


def word_documents() -> tuple[bytes, ...]:
    """Names in cells, questions in bold, names in bold."""
    rows = tuple(zip(NAMES, ASKED, strict=True))
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    plain = "<w:r><w:t xml:space='preserve'> {}</w:t></w:r>"
    asked = "".join(f"<w:p>{(plain, bold)[n % 2 == 0].format(said)}</w:p>" for n, said in enumerate(ASKED))
    led = "".join(f"<w:p>{bold.format(who)}{plain.format(said)}</w:p>" for who, said in rows)
    return seeds.word(seeds.table(*rows)), seeds.word(asked), seeds.word(led)


def spoken_words() -> tuple[bytes, ...]:
    """Segments in which the words have speakers of their own."""
    words = [
        {"word": word, "start": n / 2, "end": n / 2 + 0.4, "speaker": f"SPEAKER_0{n // 3}"}
        for n, word in enumerate("Hva er det? Ja, nei. 😀".split())
    ]
    segments = [{"start": 0.0, "end": 4.0, "text": " Hva er det? Ja, nei. 😀", "words": words}] * 2
    return (json.dumps({"segments": segments}, ensure_ascii=False).encode(),)


def pdf_pages() -> tuple[bytes, ...]:
    """Two columns with cells, a raised figure, and a note below in small letters."""

    def shown(size: float, left: int, top: int, words: str) -> str:
        return f"BT /F1 {size} Tf 1 0 0 1 {left} {top} Tm ({words}) Tj ET"

    pieces = [shown(11, 60, 760 - 14 * n, f"Kommunen har {n} boliger og bo-") for n in range(6)]
    pieces += [shown(11, 320, 760 - 14 * n, f"I: Hva er det {n}?") for n in range(6)]
    pieces += [shown(6, 240, 764, "1"), shown(8, 60, 60, "1 Se tabell 2."), shown(9, 290, 30, "12")]
    pieces += [shown(10, left, 600 - 20 * n, "12 345") for n in range(4) for left in (60, 160, 260)]
    page = "\n".join(pieces).encode("latin-1")
    return seeds.pdf_of(page), seeds.pdf_of(page, page)


def coded_survey() -> tuple[bytes, ...]:
    """Answers with codes, and on another sheet the questions and the words for the codes, in three shapes."""
    answers = (("id", "plan", "q2"), ("1", "1", "Vi mangler folk og boliger."), ("2", "2", "Vet ikke helt hva."))
    listed = (
        (
            ("t", "tekst", "kode", "ord"),
            ("plan", "Har dere plan?", "1", "Ja"),
            ("", "", "2", "Nei"),
            ("q2", "Hva nå?", "", ""),
        ),
        (("kode", "tekst", "svar"), ("plan", "Har dere plan?", "1 = Ja; 2 = Nei"), ("q2", "Hva er galt?", "")),
        (("Variable", "Value", "Label"), ("plan", "1", "Ja"), ("plan", "2", "Nei")),
    )
    return tuple(_workbook(answers, sheet) for sheet in listed)


def _workbook(*tables: Sequence[Sequence[str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for number, table in enumerate(tables):
            sheet = book.add_worksheet(f"Ark {number}")
            for row, cells in enumerate(table):
                sheet.write_row(row, 0, cells)
    return buffer.getvalue()

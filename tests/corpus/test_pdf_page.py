"""What the setting of a page says: cells, gaps, raised figures and the foot where notes stand."""

from __future__ import annotations

from pathlib import Path

from corpus.model import ReadOptions, Transcript
from corpus.pdf_text.page import PageLine, page_texts
from corpus.reading import read_source

PROSE = "Kommunene har ulike boliger til dem som trenger det"


def read(tmp_path: Path, content: str, options: ReadOptions) -> Transcript:
    stream = content.encode("cp1252")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + table + trailer
    (tmp_path / "a.pdf").write_bytes(data)
    return read_source(tmp_path / "a.pdf", options)


def set_line(words: str, x: float, y: float, size: float = 11) -> str:
    # The type has size one and is scaled, as layout programs write it.
    return f"BT /F1 1 Tf {size} 0 0 {size} {x} {y} Tm ({words}) Tj ET\n"


def page() -> str:
    lines = [
        set_line(f"{PROSE}.", 72, 760), set_line("1", 338, 765, 6), set_line("Tabell 1 Tiltak i kommunene", 72, 730),
        set_line("Tiltak", 72, 700), set_line("Ansvar", 300, 700), set_line("Bolig", 72, 686), set_line("Nav", 300, 686),
        *(set_line(f"{PROSE} fra {year}", 72, 660 - 13 * n) for n, year in enumerate(range(2001, 2007))),
        set_line("1 Se rapporten.", 72, 100, 8),
    ]  # fmt: skip
    return "".join(lines)


def test_cells_gaps_and_raised_figures_of_a_pdf(tmp_path: Path) -> None:
    transcript = read(tmp_path, page(), ReadOptions(kind="report"))
    text = transcript.text
    assert text.startswith(f"{PROSE}.¹\n\nTabell 1 Tiltak i kommunene\n\nTiltak\tAnsvar\nBolig\tNav\n")
    assert f"{PROSE} fra 2001\n{PROSE} fra 2002\n" in text
    assert [(each.kind, text[each.start : each.end]) for each in transcript.regions][:2] == [
        ("caption", "Tabell 1 Tiltak i kommunene"),
        ("table", "Tiltak\tAnsvar\nBolig\tNav"),
    ]


def test_the_profile_lifts_the_footnote_that_the_setting_shows(tmp_path: Path) -> None:
    transcript = read(tmp_path, page(), ReadOptions(kind="report", profile="pdf-text"))
    assert transcript.lifted == (("fotnote", "1 Se rapporten."),)
    assert transcript.text.startswith(f"{PROSE}.\n")


def test_a_line_goes_on_after_a_raised_figure(tmp_path: Path) -> None:
    parts = (("Vi har spurt 24 personer.", 72, 773, 11), ("2", 201, 778, 5), (" Flere av dem vil bo", 204, 773, 11))
    raised = "".join(set_line(*part) for part in parts)
    text = read(tmp_path, raised + page(), ReadOptions(kind="report")).text
    assert text.startswith("Vi har spurt 24 personer.² Flere av dem vil bo\n")


def test_what_is_written_of_a_page() -> None:
    first = [PageLine("En.", 700, 11), PageLine("To", 687, 11), PageLine("tre.", 674, 11), PageLine("Fire.", 640, 11)]
    notes = [PageLine("1 Se A.", 80, 8), PageLine("2 Se B.", 70, 8), PageLine("Rapport 7", 40, 11)]
    second = [PageLine("Kommune\tAntall", 700, 11), PageLine("Vik\t12", 660, 11), PageLine("12 personer", 640, 8)]
    plain = page_texts([[*first, *notes], second], signs=False)
    assert plain == [
        "En.\nTo\ntre.\n\nFire.\n \n1 Se A.\n2 Se B.\n\nRapport 7",
        "Kommune\tAntall\nVik\t12\n \n12 personer",
    ]
    assert page_texts([first, second], signs=True)[1].startswith(" Kommune")
    assert page_texts([[], []], signs=True) == ["", ""]

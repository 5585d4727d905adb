"""PDF and web pages, from files built here."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.model import ReadOptions, Transcript
from corpus.reading import read_source


def pdf(pages: list[str], extra: str = "") -> bytes:
    """A PDF whose pages have a line of text for each line, in Helvetica with WinAnsi letters."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    kids = []
    for page in pages:
        lines = "".join(f"({line}) Tj T* " for line in page.split("\n")) if page else ""
        stream = f"BT /F1 12 Tf 14 TL 72 700 Td {lines}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{font}/Contents {len(objects) + 2} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(kids)}]>>"
    data = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    data += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n"
    return data.encode("cp1252")


def read_pdf(tmp_path: Path, data: bytes, options: ReadOptions | None = None) -> Transcript:
    (tmp_path / "a.pdf").write_bytes(data)
    return read_source(tmp_path / "a.pdf", options or ReadOptions())


def read_page(tmp_path: Path, page: str) -> str:
    (tmp_path / "a.html").write_bytes(page.encode())
    return read_source(tmp_path / "a.html").text


def test_the_text_layer_of_a_pdf(tmp_path: Path) -> None:
    transcript = read_pdf(tmp_path, pdf(["Intervjuer: Hva gjør du?\nInformant 1: Jeg er", "lærer på Ås."]))
    assert transcript.text == "Intervjuer: Hva gjør du?\nInformant 1: Jeg er\nlærer på Ås.\n"
    assert transcript.speakers == ("Intervjuer", "Informant 1")
    assert any("pdf-text" in warning for warning in transcript.warnings)


def test_hyphens_at_line_ends_stay_as_they_stand_on_the_page(tmp_path: Path) -> None:
    page = "for få bo-\nliger i Nord-\nNorge 2010-\n2015 - ja\n"
    assert read_pdf(tmp_path, pdf([page])).text == page


def test_a_scanned_pdf_is_refused_and_a_page_without_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="skannet"):
        read_pdf(tmp_path, pdf(["", ""]))
    transcript = read_pdf(tmp_path, pdf(["en", "", "tre"]))
    assert any("side 2" in note.message and note.doubtful for note in transcript.notes)


def test_a_pdf_behind_a_password_or_damaged_is_refused(tmp_path: Path) -> None:
    lock = f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"
    with pytest.raises(UnreadableSource, match="passordbeskyttet"):
        read_pdf(tmp_path, pdf(["hemmelig"], lock))
    with pytest.raises(UnreadableSource, match="skadet"):
        read_pdf(tmp_path, b"%PDF-1.4\nikke mer")


def test_the_profile_repairs_the_text_of_a_pdf(tmp_path: Path) -> None:
    pytest.importorskip("corpus.pdf_text.profile", reason="the profile is built elsewhere")
    data = pdf(["Kommunen har for få bo-\nliger til dem som tren-\nger det mest i byen."])
    transcript = read_pdf(tmp_path, data, ReadOptions(profile="pdf-text"))
    assert "boliger" in transcript.text
    assert transcript.raw_text is not None
    assert not any("profilen pdf-text" in warning for warning in transcript.warnings)


def test_a_web_page_is_what_a_reader_sees(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>T</title><style>p{}</style></head><body>
    <script>var x = "nei";</script><h1>Over&shy;skrift &aring;</h1>
    <p>Intervjuer: Hva   <b>gj&oslash;r</b>\ndu?<br>N&#229;? &#150; ja</p>
    <div>Informant 1: Jeg er <!-- skjult -->her.</div><ul><li>en</li><li>to</li></ul>
    <table><tr><td><p>a</p></td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
    <pre>  to\n    linjer</pre><noscript>nei</noscript></body></html>"""
    assert read_page(tmp_path, page) == (
        "Overskrift å\nIntervjuer: Hva gjør du?\nNå? – ja\nInformant 1: Jeg er her.\nen\nto\n"
        "a\tb\nc\td\n  to\n    linjer\n"
    )


def test_fragments_declarations_and_deep_pages(tmp_path: Path) -> None:
    assert read_page(tmp_path, "Bare <i>litt</i> tekst") == "Bare litt tekst\n"
    assert read_page(tmp_path, "<?xml version='1.0' encoding='iso-8859-1'?><html><body>på</body></html>") == "på\n"
    assert read_page(tmp_path, "<div>" * 1000 + "dypt" + "</div>" * 1000) == "dypt\n"
    with pytest.raises(UnreadableSource, match="nøstet"):
        read_page(tmp_path, "<p>først</p>" + "<div>" * 3000 + "dypt" + "</div>" * 3000)


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    for page in ("<html></html>", "<script>x</script>", "<!-- bare kommentar -->"):
        with pytest.raises(UnreadableSource):
            read_page(tmp_path, page)


def test_external_entities_of_a_page_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body>ja &x; nei</body></html>'
    assert "hemmelig" not in read_page(tmp_path, page).replace(str(secret), "")

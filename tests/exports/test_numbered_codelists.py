"""Codebooks whose numbers say what lies under what, and what stands beside the codes in a document."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from exports.interchange.codelists.shapes import read_codelist
from exports.interchange.model import Bundle

WHOLE = ["Bolig", "  Venteliste", "  Naboer", "Helse"]
"""The tree of a list that is numbered throughout."""


def tree(bundle: Bundle) -> list[str]:
    depths = {"": -1}
    for code in bundle.codes:
        depths[code.guid] = depths[code.parent] + 1
    return ["  " * depths[code.guid] + code.name for code in bundle.codes]


def told(bundle: Bundle) -> list[tuple[str, str, bool]]:
    return [(loss.what, loss.name, loss.mended) for loss in bundle.losses]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("liste.csv", "Kode;Beskrivelse\n1 Bolig;Tak\n1.1 Venteliste;Kø\n1.2 Naboer;\n2 Helse;\n"),
        ("liste.csv", "Nr;Kode;Beskrivelse\n1;Bolig;Tak\n1.1;Venteliste;Kø\n1.2;Naboer;\n2;Helse;\n"),
        ("liste.txt", "1. Bolig\n1.1. Venteliste\n1.2) Naboer\n2 – Helse\n"),
    ],
)
def test_numbers_in_order_are_the_tree_and_no_part_of_names(name: str, text: str) -> None:
    bundle = read_codelist(Path(name), text.encode())
    assert tree(bundle) == WHOLE
    assert ("Nummerering", "1–2", True) in told(bundle)


@pytest.mark.parametrize(
    "names",
    [
        ["1 barn", "2 barn", "3 barn"],
        ["1 Bolig", "1.1 Kø", "Annet"],
        ["1 Bolig", "2.1 Kø", "2 Helse"],
        ["1 Bolig", "3 Helse"],
        ["24/7-tjenester", "1.1Kø"],
    ],
)
def test_numbers_that_are_in_no_order_stay_in_the_names(names: list[str]) -> None:
    bundle = read_codelist(Path("liste.txt"), "\n".join(names).encode())
    assert tree(bundle) == names and not bundle.losses


def test_a_numbered_table_in_word_is_a_tree_and_what_stands_beside_it_is_told() -> None:
    document = Document()
    document.add_heading("Kodebok – versjon 2", 0)
    document.add_paragraph("Kodeboken ble vedtatt i februar.")
    for rows in (
        (("Kode", "Beskrivelse"), ("1 Bolig", "Tak"), ("1.1 Venteliste", ""), ("1.2 Naboer", ""), ("2 Helse", "")),
        (("Dato", "Hva"), ("3. februar", "Slått sammen")),
    ):
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_heading("2 Helse", 1)
    document.add_paragraph("Alt om helse.")
    bundle = read_codelist(Path("kodebok.docx"), saved(document))
    assert tree(bundle) == WHOLE and bundle.codes[-1].definition == "Alt om helse."
    assert told(bundle) == [
        ("Nummerering", "1–2", True),
        ("Tabell", "Dato | Hva", False),
        ("Tekst utenfor tabellen", "Kodeboken ble vedtatt i februar.", False),
    ]


def test_numbered_headings_of_one_level_are_a_tree_and_what_stands_before_them_is_told() -> None:
    document = Document()
    document.add_heading("Kodebok", 1)
    for text in ("Slik koder vi.", "1 Bolig 3", "1.2 Naboer\t4"):
        document.add_paragraph(text)
    for name in ("1 Bolig", "1.1 Venteliste", "1.2 Naboer", "2 Helse"):
        document.add_heading(name, 1)
    bundle = read_codelist(Path("kodebok.docx"), saved(document))
    assert tree(bundle) == WHOLE
    assert told(bundle) == [("Tekst foran kodene", "Slik koder vi.", False), ("Nummerering", "1–2", True)]


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()

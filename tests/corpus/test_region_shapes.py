"""Shapes that other series of reports have: what is marked in them, and above all what is not."""

from __future__ import annotations

import pytest

from corpus.model import RegionKind
from corpus.pdf_text.profile import repair
from corpus.regions.find import find_regions
from corpus.regions.tables import tabular

PROSE = (
    "Kommunene i utvalget har ulike måter å organisere arbeidet på, og det er store forskjeller mellom dem om boliger."
)
PAGE = "Kommunene i utvalget har ulike måter å organisere arbeidet på, og det er\nstore forskjeller mellom dem om boliger.\n"


def found(text: str, kind: RegionKind) -> list[str]:
    return [text[region.start : region.end] for region in find_regions(text) if region.kind == kind]


def test_running_heads_with_the_page_on_the_same_line_are_lifted() -> None:
    pages = [f"{PAGE * 8}\nNIBR-rapport 2026:4 {number}\n\n" for number in (7, 8, 9, 10)]
    transcript = repair("".join(pages))
    assert [words for what, words in transcript.lifted if what == "kolumnetittel"] == [
        f"NIBR-rapport 2026:4 {number}" for number in (7, 8, 9, 10)
    ]


@pytest.mark.parametrize(
    "line", ["Intervju med leder {n}", "Tabell {n}", "Informant nummer {n}", "Andel som mener {n}0"]
)
def test_lines_that_count_something_else_than_pages_stay(line: str) -> None:
    text = "".join(f"{PAGE * 8}\n{line.format(n=number)}\n\n" for number in (1, 2, 3, 4))
    assert repair(text).lifted == ()


def test_a_table_of_words_in_columns_below_its_caption() -> None:
    cells = "Tiltak\nBolig først\nOppfølging\n\nMålgruppe\nUnge voksne\nAlle\n\nAnsvarlig\nNav\nKommunen"
    text = f"{PAGE * 4}\nTabell 2.2: Tiltak\n\n{cells}\n\n{PAGE * 4}"
    assert found(text, "table") == [cells]
    heading = f"{PAGE * 4}\nTabell 2.2: Tiltak\n\n{cells}\n\n2.3 Veien videre\n\n{PAGE * 4}"
    assert found(heading, "table") == [cells]


def test_a_cell_broken_over_lines_belongs_to_its_table() -> None:
    table = "Tiltak\tAnsvar\nSamarbeid med\nspesialisthelsetjenesten\nAlle\tHelseforetaket\nBolig\tNav"
    assert found(f"{PROSE}\n\nTabell 2.1 Tiltak\n\n{table}\n{PROSE}\n", "table") == [table]
    assert found(f"{PROSE}\n\n{table}\nTabell 2-1: Tiltak\n\n{PROSE}\n", "table") != []


@pytest.mark.parametrize(
    "lines",
    [
        "\uf0b7 Vi trenger 10 boliger og 12 ansatte\n\n\uf0b7 3 av 12 ble boende\n\n\uf0b7 5 av 12 flyttet\n\n\uf0b7 2 av 7 døde",
        "Jeg har ventet i 3 år\n\nVi er 5 på rommet\n\nDet er 2 som går her\n\nDe 4 andre 9 dro",
        "«Vi har 12 av 30 boliger»\n\n«Det er 14 foran meg»\n\n«5 av dem har 2 barn»\n\n«Jeg har 3»\n\n«Ja, 4 eller 5»",
        "Informant 3:\t2 ganger i uka\nInformant 4:\tJeg vet ikke",
        "«Jeg har ventet lenge nå»\tLeder\n«Vi får ikke svar fra noen»\tAnsatt\n«Jeg gir snart opp»\tBruker",
    ],
)
def test_what_people_say_is_in_no_table(lines: str) -> None:
    for caption in ("", "Tabell 1 Tiltak\n\n"):
        text = f"{PAGE * 4}\n{caption}{lines}\n\n{PAGE * 4}"
        assert found(text, "table") == []


def test_a_frame_of_quotations_in_word_is_no_data() -> None:
    assert tabular("Tema\tAntall\nBolig\t12\n", 2)
    assert not tabular("Leder\t«Jeg har ventet i tre år nå»\nAnsatt\t«Vi får ikke svar av noen»\n", 2)
    assert tabular("Jeg er trygg i boligen min\t12\t40\nJeg er trygg i nabolaget mitt\t15\t43\n", 2)


def test_a_sentence_after_a_table_that_begins_with_note_is_running_text() -> None:
    table = "\tA\tB\nx\t1\t2\ny\t3\t4"
    text = f"Tabell 1 Tall\n\n{table}\nNote: N=12.\n\n{PROSE}\n"
    assert found(text, "caption") == ["Tabell 1 Tall", "Note: N=12."]
    assert found(text.replace("N=12", "en av dem ba om å få være med"), "caption") == ["Tabell 1 Tall"]


def test_two_columns_read_as_one_tell_of_nothing() -> None:
    line = "Kommunene i utvalget har ulike måter å gjøre det   Tabell 2 Tiltak i kommunene og det er slik som her nå"
    assert find_regions(f"{line}\n" * 20 + "\nTabell 1 Tiltak\n\nA   12   13\nB   14   15\nC   16   17\n") == ()


def test_captions_are_lines_of_their_own_after_the_repair() -> None:
    text = f"{PAGE}Figur 2-1: Boliger i kommunene. Prosent (N=123)\nKilde: Undersøkelsen\n{PAGE * 6}"
    transcript = repair(text)
    assert [transcript.text[each.start : each.end] for each in transcript.regions] == [
        "Figur 2-1: Boliger i kommunene. Prosent (N=123)",
        "Kilde: Undersøkelsen",
    ]

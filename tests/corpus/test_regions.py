"""Document regions by shape, in invented reports."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Region, RegionKind
from corpus.pdf_text.profile import repair
from corpus.regions.find import find_regions, regions_of
from corpus.text import normalise

SHARED = Path(__file__).parents[2].parent / "shared" / "texts"
LABELS = Path(__file__).parent / "region_labels.tsv"
PROSE = (
    "Kommunene i utvalget har ulike måter å organisere arbeidet på, og det er store forskjeller mellom dem om boliger."
)
ENGLISH = "This report is about the services that are available in the municipalities, and it shows that they have been changed."


def found(text: str, kind: RegionKind) -> list[str]:
    return [text[region.start : region.end] for region in find_regions(text) if region.kind == kind]


def test_a_list_of_contents_with_leaders() -> None:
    lines = (
        "Innhold\n\nForord ........ 3\n1 Innledning ........ 5\n1.1 Bakgrunn for arbeidet og\nproblemstillinger ........ 6\n"
        "2 Funn . . . . . 12"
    )
    text = f"Boliger i Storvik\n\n{lines}\n\nForord\n\n{PROSE}\n"
    assert found(text, "contents") == [lines]


def test_a_list_of_contents_with_tabs_and_blanks() -> None:
    tabs = "Innholdsfortegnelse\nSammendrag\t5\n1\tInnledning\t7\n1.1 Formål\t7\n2  Metode  12"
    assert found(f"{tabs}\n\n{PROSE}\n", "contents") == [tabs]
    plain = "Innhold\n1 Innledning 3\n2 Metode og data 7\n3 Funn fra kommunene 12\nReferanser 30"
    assert found(f"{plain}\n\n{PROSE}\n", "contents") == [plain]
    bare = "\n".join(f"{n}.{m} Tittel nummer {m}\t{10 * n + m}" for n in (1, 2) for m in (1, 2, 3, 4))
    assert found(f"{PROSE}\n\n{bare}\n\n{PROSE}\n", "contents") == [bare]


def test_a_list_of_contents_without_pages() -> None:
    text = f"Innhold\n1 Innledning\n2 Metode\n3 Funn\n\n1 Innledning\n{PROSE}\n"
    assert found(text, "contents") == ["Innhold\n1 Innledning\n2 Metode\n3 Funn"]


@pytest.mark.parametrize(
    "lines",
    [
        "Oslo\t12\nBergen\t14\nTromsø\t15\nVik\t19\nAlta\t22\nMoss\t30",
        "Vi fikk svar fra 12\nDe fleste kom i uke 14\nResten kom i uke 15",
        "1 Sikre boliger.\n2 Sikre arbeid.\n3 Sikre helse.",
        "Innhold\n\nInnholdet i tjenestene varierer mye fra 2014 til 2016.",
    ],
)
def test_what_is_no_list_of_contents(lines: str) -> None:
    assert found(f"{PROSE}\n\n{lines}\n\n{PROSE}\n", "contents") == []


def test_tables_with_tabs() -> None:
    table = "\tAntall\tProsent\nJa\t73\t39 %\nNei\t111\t59 %\nTotalt\t184\t100 %"
    text = f"{PROSE}\n\nTabell 3.4 Kartlegging i kommunene\n\n{table}\n\nKilde: Egen undersøkelse\n\n{PROSE}\n"
    assert found(text, "table") == [table]
    assert found(text, "caption") == ["Tabell 3.4 Kartlegging i kommunene", "Kilde: Egen undersøkelse"]


def test_a_table_of_words_counts_below_its_caption_only() -> None:
    table = "Fase\tTiltak\nForebygging\tPlan og kurs\nBehandling\tSamtaler"
    assert found(f"Tabell 1 Tiltak\n{table}\n\n{PROSE}\n", "table") == [table]
    assert found(f"{PROSE}\n\n{table}\n", "table") == []
    assert found(f"{PROSE}\n•\tBolig\n•\tArbeid\n•\tHelse\n{PROSE}\n", "table") == []


def test_a_table_in_short_lines_below_its_caption() -> None:
    table = "Kommune 2016 2017\nVik 12 14\nMo 13 15\nAlta\n8 9"
    assert found(f"{PROSE}\n\nTabell 2: Boliger\n\n{table}\n\n{PROSE}\n", "table") == [table]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Tabell 4.1 Oversikt over tiltak", True),
        ("Figur 3: andel med bolig", True),
        ("Figur 2.1. Boliger i 2018. Prosent (n=189)", True),
        ("Tabell 5.1 viser at det fortsatt er vekst.", False),
        ("Tabellen nedenfor viser fordelingen.", False),
        ("Tabell 5.1. med overordnet innsats er ny.", False),
        ("Figur 2 Tabellen viser at flere har bolig.", False),
    ],
)
def test_captions_and_sentences_about_them(line: str, is_one: bool) -> None:
    assert found(f"{PROSE}\n\n{line}\n\n{PROSE}\n", "caption") == ([line] if is_one else [])


def test_footnotes_left_in_the_text() -> None:
    text = f"{PROSE[:-1]}¹.\n\n¹ Se veilederen fra 2012.\n\n{PROSE}\n"
    assert found(text, "footnote") == ["¹ Se veilederen fra 2012."]
    assert [region.kind for region in find_regions(text, repaired=True)] == []


def test_notes_and_references_below_their_headings() -> None:
    notes = "Sluttnoter\n1 Se veilederen.\n2 Egen beregning.\n3 Tall fra 2018."
    books = (
        "Litteratur\nAas, K. (2014). Hus og hjem. Oslo: Forlaget.\nVik, P. & Bo, E. (2016a). Hjelp.\n"
        "https://eksempel.no/rapport\nNOU 2019: 26 Rusreform."
    )
    text = f"{PROSE}\n\n{notes}\n\n{books}\n\nVedlegg 1 Intervjuguide\n{PROSE}\n"
    assert found(text, "footnote") == [notes]
    assert found(text, "references") == [books]
    assert found(f"Kilder\n{PROSE}\n{PROSE}\n{PROSE}\n", "references") == []


def test_an_english_summary_in_a_norwegian_report() -> None:
    summary = f"Summary\n\n{ENGLISH}\n\nKey points\n\n{ENGLISH} {ENGLISH}"
    text = f"Sammendrag\n\n{PROSE}\n\n{PROSE}\n\n{summary}\n\n1 Innledning\n\n{PROSE}\n\n{PROSE}\n"
    assert found(text, "summary") == [summary]
    assert found(f"Abstract\n\n{PROSE}\n\n{PROSE}\n", "summary") == []
    norwegian = f"Sammendrag\n\n{PROSE} {PROSE} {PROSE}"
    assert found(f"Summary\n\n{ENGLISH * 9}\n\n{norwegian}\n\n{ENGLISH * 9}\n", "summary") == [norwegian]


def test_regions_by_the_kind_of_source() -> None:
    text = "Tabell 1 Tall\n\tA\tB\nx\t1\t2\ny\t3\t4\n\nFoto: Bo Ek\n"
    known = (Region(start=0, end=13, kind="table"), Region(start=14, end=17, kind="doubtful"))
    assert {region.kind for region in regions_of(text, "report")} == {"caption", "table"}
    assert [text[region.start : region.end] for region in regions_of(text, "article")] == ["Foto: Bo Ek"]
    assert regions_of(text, "transcript", known) == known[1:]


def test_what_the_file_itself_says_is_not_said_again() -> None:
    text = "Tabell 1 Tall\n\tA\tB\nx\t1\t2\ny\t3\t4\n\nSlutt.\n"
    known = (Region(start=14, end=30, kind="table"),)
    assert [region for region in find_regions(text, known) if region.kind == "table"] == list(known)


def test_the_profile_hands_over_what_the_page_shows() -> None:
    contents = "Innhold\n\n1 Innledning med bakgrunn og problemstillinger ............................... 5\n"
    contents += "2 Metode, data og gjennomføring av undersøkelsen ............................... 12\n"
    contents += "3 Funn fra kommunene i undersøkelsen og drøfting ............................... 20\n"
    prose = (
        "Det er store forskjeller mellom kommunene i utvalget når det gjelder boliger til\nfolk som trenger det.\n\n"
        * 6
    )
    transcript = repair(f"{contents}\n\nForord\n\n{prose}")
    (region,) = transcript.regions
    assert region.kind == "contents"
    assert transcript.text[region.start : region.end].startswith("Innhold")
    assert transcript.text[region.start : region.end].endswith("20")


@pytest.mark.parametrize("repaired", [False, True])
@pytest.mark.parametrize("name", ["fafo-2019-33", "sintef-a26099"])
def test_the_regions_of_real_reports_stand_where_a_person_saw_them(name: str, repaired: bool) -> None:
    path = SHARED / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"{name} is not beside the repository")
    text = normalise(path.read_text(encoding="utf-8"))
    with LABELS.open(encoding="utf-8") as file:
        wanted = [row for row in csv.DictReader(file, delimiter="\t") if row["document"] == name]
    marked = [
        Region(start=int(row["start"]), end=int(row["end"]), kind=cast(RegionKind, row["kind"])) for row in wanted
    ]
    if not repaired:
        assert list(find_regions(text)) == marked
        return
    transcript = repair(text)
    assert transcript.to_raw is not None
    moved = [(transcript.to_raw.span(each.start, each.end), each.kind) for each in marked if each.kind != "footnote"]
    assert covered(transcript.text, [((each.start, each.end), each.kind) for each in transcript.regions]) == covered(
        transcript.text, moved
    )


def covered(text: str, spans: list[tuple[tuple[int, int], RegionKind]]) -> set[tuple[int, RegionKind]]:
    return {(place, kind) for (start, end), kind in spans for place in range(start, end) if not text[place].isspace()}


PIECES = st.sampled_from(
    [
        "Innhold\n", "1 Innledning ...... 5\n", "1.1\tTittel\t7\n", "Tabell 1 Tall\n", "Figur 2: Noe\n", "Kilde: X\n",
        "a\t1\t2\n", "\t3 %\n", "Summary\n", f"{ENGLISH}\n", f"{PROSE}\n", "Referanser\n", "Aas (2014). X.\n", "Noter\n",
        "1 Note.\n", "¹ Note.\n", "ord¹ ", "\n", "\n\n", " ", "12\n", "N/A 23 %\n",
        "........", "ii\n", "Litteratur\t84\n", "\u00a0", "😀", "\t",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80), st.booleans())
def test_any_text_gives_ordered_regions_inside_it(raw: str, repaired: bool) -> None:
    text = normalise(raw)
    check_order(text, find_regions(text, repaired=repaired))
    transcript = repair(text)
    check_order(transcript.text, transcript.regions)


def check_order(text: str, regions: tuple[Region, ...]) -> None:
    ends: dict[str, int] = {}
    previous = 0
    for region in regions:
        assert previous <= region.start < region.end <= len(text)
        assert text[region.start : region.end].strip()
        assert region.start >= ends.get(region.kind, 0)
        previous, ends[region.kind] = region.start, region.end

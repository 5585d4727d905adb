"""Quoted speech in articles, from invented articles in bokmål and nynorsk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Turn
from corpus.quoted_speech import is_article, quoted_turns
from corpus.text import normalise

SHARED = Path(__file__).parents[2].parent / "shared" / "texts"

BOKMAAL = """Stenger tilbudet i Storvik

Kommunen må spare ni millioner. – Det er krevende, sier Kari Nordmann.

– Vi har ikke noe valg, sier hun. Hun ser ut av vinduet.

– Ble du hørt?

– Nei, svarer Nordmann. – Men vi prøvde.

Ifølge Kari Nordmann er tilbudet truet, og planen «Hjem til alle» er lagt bort.

«Vi har ventet lenge», sier brukerrepresentant Per Ås.

Per Ås sier til avisen: «Ingen har spurt oss.» Han rister på hodet.

- Vi har bedt om et møte, sier kommunedirektør Ola Vik (Ap) til NRK.

Kommunen har tre mål:
– Flere boliger.
– Mer arbeid.

– Dette rammer de svakeste, forteller kommunedirektøren.
"""

NYNORSK = """Stengjer tilbodet i Storvik

Leiar i brukarrådet, Randi Li, er uroa for det som skjer:

– Kva skal vi gjere no? spør ho.

– Eg veit ikkje, seier rådmann Odd Vik ved helsekontoret. – Men noko må skje, legg han til.

— Vi treng fleire bustader, fortel forskar Eli Ås ved Storvik høgskule.

– Tilbodet er for lite, meiner Ås.
"""


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in quoted_turns(text)]


def test_quotes_of_an_article_in_bokmaal() -> None:
    assert said(BOKMAAL) == [
        ("Kari Nordmann", "Det er krevende"),
        ("Kari Nordmann", "Vi har ikke noe valg"),
        ("", "Ble du hørt?"),
        ("Kari Nordmann", "Nei"),
        ("Kari Nordmann", "Men vi prøvde."),
        ("Per Ås", "Vi har ventet lenge"),
        ("Per Ås", "Ingen har spurt oss."),
        ("Ola Vik", "Vi har bedt om et møte"),
        ("Ola Vik", "Dette rammer de svakeste"),
    ]


def test_quotes_of_an_article_in_nynorsk() -> None:
    assert said(NYNORSK) == [
        ("Randi Li", "Kva skal vi gjere no?"),
        ("Odd Vik", "Eg veit ikkje"),
        ("Odd Vik", "Men noko må skje"),
        ("Eli Ås", "Vi treng fleire bustader"),
        ("Eli Ås", "Tilbodet er for lite"),
    ]


def test_a_turn_opens_at_the_dash_and_a_question_of_nobody_is_no_participant() -> None:
    turns = quoted_turns(BOKMAAL)
    assert [BOKMAAL[turn.label_start] for turn in turns] == ["–", "–", "–", "–", "–", "«", "«", "-", "–"]
    assert [turn.role for turn in turns[:4]] == ["participant", "participant", "other", "participant"]


@pytest.mark.parametrize(
    ("line", "speaker", "words"),
    [
        ("– Det går, sier Kari Nordmann, leder i laget.", "Kari Nordmann", "Det går"),
        ("– Det går, sier leder for laget Heim i Vik, Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– Det går, sier rus- og psykisk helsesjef Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– Det går, sa Kari Nordmann da hun la fram planen.", "Kari Nordmann", "Det går"),
        ("– Om de sier at det går, er det bra, legger Kari Nordmann til.", "Kari Nordmann", "Om de sier at det går, er det bra"),
        ("– Det går, sier rådmann Nordmann.", "rådmann Nordmann", "Det går"),
        ("– Det går, sier Fafo-forskeren.", "Fafo-forskeren", "Det går"),
        ("– Det går, sier den tidligere lederen for utvalget.", "den tidligere lederen", "Det går"),
        ("– Det går, sier en lærer ved skolen.", "", "Det går"),
        ("– Det går, står det i rapporten.", "", "Det går"),
        ("– Det går, sier han.", "", "Det går"),
        ("– Det går! roper Kari Nordmann.", "Kari Nordmann", "Det går!"),
        ("– Det går, raser Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– «Heim» går fint, sier Kari Nordmann.", "Kari Nordmann", "«Heim» går fint"),
        ("– Det går, ifølge ordfører Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– Det går, sier Høyres gruppeleder Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– Det går, sier SVs Kari Nordmann.", "Kari Nordmann", "Det går"),
        ("– Det går, sier dr. Kari Nordmann i laget.", "Kari Nordmann", "Det går"),
        ("– Det går, sier Høyre.", "", "Det går"),
        ("– Det går, sa Storvik kommunestyre.", "", "Det går"),
        ("– Det går, skriver Helsedirektoratet.", "", "Det går"),
        ("– Det går, skriver Husbanken i en e-post.", "", "Det går"),
        ("– Det går, skriver Storvik Blad.", "", "Det går"),
        ("– Det går, opplyser Helse Vest.", "", "Det går"),
        ("– Det går, sier de.", "", "Det går"),
        ("– Det går, sier en ansatt som vil være anonym.", "", "Det går"),
        ("– Det går bra.\n\nDet sier Kari Nordmann.", "Kari Nordmann", "Det går bra."),
        ("”Det går bra nå”, mener Kari Nordmann.", "Kari Nordmann", "Det går bra nå"),
        ("Kari Nordmann forteller: – Det går.", "Kari Nordmann", "Det går."),
        ("Til avisen sier Kari Nordmann: «Det går.»", "Kari Nordmann", "Det går."),
        ("“Det går”, skriver Kari Nordmann i en e-post.", "Kari Nordmann", "Det går"),
    ],
)  # fmt: skip
def test_one_attribution(line: str, speaker: str, words: str) -> None:
    text = f"{line}\n\n– Nok et sitat, sier Bo Ek.\n"
    assert said(text)[0] == (speaker, words)


@pytest.mark.parametrize(
    "line",
    [
        "Ifølge Kari Nordmann er det krevende.",
        "Kari Nordmann sier at det er krevende.",
        "Planen «Hjem til alle» er lagt fram.",
        "- Melk\n- Brød",
        "-Et uavhengig magasin",
        "I 2016 – 2020 ble det brukt 15 – 20 millioner.",
        "Kari Nordmann sier «nei» til planen.",
        "Ås kaller det «et svik», sier Kari Nordmann.",
    ],
)
def test_what_is_no_quote(line: str) -> None:
    assert said(f"{line}\n\n– Nok et sitat, sier Bo Ek.\n") == [("Bo Ek", "Nok et sitat")]


def test_a_quote_broken_over_two_lines_is_one_turn() -> None:
    text = "Kari Nordmann er bekymret.\n\n– Mange sier at\n\ndet er for lite penger, sier hun.\n\nSlutt.\n"
    assert said(text) == [("Kari Nordmann", "Mange sier at\n\ndet er for lite penger")]


def test_a_pronoun_that_two_people_fit_names_nobody() -> None:
    text = "Kari Nordmann og Anne Vik møtte opp i går.\n\n– Det går, sier hun.\n\n– Ja, sier Per Ås.\n"
    assert said(text) == [("", "Det går"), ("Per Ås", "Ja")]


def test_a_name_inside_a_quote_is_nobody_who_speaks() -> None:
    text = "Anne Li møtte opp.\n\n– Det er Kari Vik som bestemmer, sier Per Ås.\n\n– Ja, sier hun.\n"
    assert said(text)[1] == ("Anne Li", "Ja")


def test_a_verb_with_an_object_ends_no_quote() -> None:
    text = "– Om du spør, sier hun at det går, sier Kari Nordmann.\n"
    assert said(text) == [("Kari Nordmann", "Om du spør, sier hun at det går")]


def test_who_wrote_and_photographed_is_nobody_who_speaks() -> None:
    text = "Nytt hus\n\nOla Bakke\nJournalist\nFoto: Per Vik\n\nBjørn (54) bor her.\n\n– Det går, sier han.\n"
    assert said(text)[0] == ("Bjørn", "Det går")


def test_a_person_who_is_introduced_by_title_is_known_by_the_surname() -> None:
    text = "Ved bordet sitter miljøterapeut Sirius Lie.\n\n– Det går, sier Lie.\n"
    assert said(text) == [("Sirius Lie", "Det går")]


def test_what_reads_as_an_article() -> None:
    assert is_article(BOKMAAL)
    assert is_article(NYNORSK)
    assert not is_article("Intervjuer: Hva gjør du?\nInformant: Jeg er lærer.\n")
    assert not is_article("Kommunen har en plan.\n\n- Flere boliger\n- Mer arbeid\n")
    assert not is_article(BOKMAAL + "Mer tekst om planen.\n" * 4_000)


def test_a_real_article_gives_its_speakers() -> None:
    path = SHARED / "rus-og-samfunn-opptrapping.txt"
    if not path.is_file():
        pytest.skip("the article is not beside the repository")
    turns = quoted_turns(normalise(path.read_text(encoding="utf-8")))
    by_place = {
        385: "MO", 477: "BH", 1057: "MO", 1370: "VH", 1478: "VH", 2133: "SOO", 2871: "PH", 4495: "AK", 4764: "AK", 4990: "KAJ",
        6595: "MO", 6803: "ILSH", 7330: "ILSH", 8549: "ILSH", 9103: "PH", 9738: "JGS", 9935: "ILSH", 10341: "MO",
    }  # fmt: skip
    assert {turn.label_start: "".join(word[0] for word in turn.speaker.split()) for turn in turns} == by_place


PIECES = st.sampled_from(
    [
        "– ", "-", "— ", "«", "»", "\"", "”", ", sier ", " sier: ", "Kari Nordmann", "hun", "han", "ordføreren", "Per B. Ås",
        "en lærer", ". ", "? ", "! ", ":", ", ", "\n", "\n\n", " ", "det går", "legger ", "til", " i Vik", "…",
        "\u00a0", "(Ap)", "😀", "A", "e\u0301",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join) | st.text(max_size=120))
def test_any_text_gives_ordered_turns_inside_it(raw: str) -> None:
    text = normalise(raw)
    check_order(text, quoted_turns(text))


def check_order(text: str, turns: tuple[Turn, ...]) -> None:
    previous = 0
    for turn in turns:
        assert previous <= turn.label_start <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        previous = turn.end

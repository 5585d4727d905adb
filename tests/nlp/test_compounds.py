"""Compounds taken apart: what must be found, and what must be left whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.compounds import parts, split


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("spesialisthelsetjenesten", ("spesialist", "helsetjeneste")),
        ("boligmangel", ("bolig", "mangel")),
        ("rusbolig", ("rus", "bolig")),
        ("kommuneøkonomien", ("kommune", "økonomi")),
        ("lavterskeltilbudene", ("lavterskel", "tilbud")),
        ("heldøgnsbolig", ("heldøgn", "bolig")),
        ("rusfri", ("rus", "fri")),
        ("samhandlingsavtaler", ("samhandling", "avtale")),
        ("omsorgsboligene", ("omsorg", "bolig")),
        ("rammeoverføringer", ("ramme", "overføring")),
        ("boligsosialt", ("bolig", "sosial")),
        ("saksbehandlerne", ("sak", "behandler")),
        ("mestringsteam", ("mestring", "team")),
        ("rustilbudet", ("rus", "tilbud")),
        ("russaker", ("rus", "sak")),
        ("bomiljø", ("bo", "miljø")),
        ("bustadmangel", ("bustad", "mangel")),
        ("leigebustad", ("leige", "bolig")),
        ("helhetstenkning", ("helhet", "tenkning")),
        ("kostnadskrevende", ("kostnad", "krevende")),
        ("utviklingstrekk", ("utvikling", "trekk")),
        ("litteraturlistene", ("litteratur", "liste")),
    ],
)
def test_compounds_fall_apart_where_a_reader_would_cut(word: str, expected: tuple[str, ...]) -> None:
    assert split(word) == expected


@pytest.mark.parametrize(
    "word",
    [
        "virksomhet",
        "virksomhetene",
        "muligheter",
        "bydeler",
        "bydelene",
        "midlertidig",
        "imidlertid",
        "tjenestene",
        "brukeren",
        "årsak",
        "akutt",
        "program",
        "programmet",
        "sykehus",
        "Bodø",
        "bortsett",
        "frustrerende",
        "trusler",
        "beruselse",
        "beboere",
        "samtidig",
        "sykeste",
        "rapportering",
        "kontakt",
        "Telemark",
        "ansettelser",
        "forebygging",
        "likestilling",
        "forstår",
        "statistikken",
        "hendelsene",
        "",
        "bo",
    ],
)
def test_simple_words_stay_whole(word: str) -> None:
    assert split(word) == ()
    assert parts(word) == frozenset()


@pytest.mark.parametrize(
    ("word", "inside", "absent"),
    [
        ("spesialisthelsetjenesten", {"spesialist", "helsetjeneste", "helse", "tjeneste"}, set()),
        ("kommuneøkonomi", {"kommune", "økonomi"}, set()),
        ("investeringstilskudd", {"investering", "tilskudd"}, set()),
        ("rusmidler", {"rus", "middel"}, set()),
        ("gjeldsrådgiver", {"gjeld", "rådgiver", "råd"}, set()),
        ("leigebustad", {"leie", "bolig", "bustad"}, set()),
        ("bustadmarknaden", {"bolig", "marked"}, set()),
        ("akuttplasser", {"akutt", "plass"}, {"kutt"}),
        ("programvare", {"vare"}, {"ramme", "ram"}),
        ("rammetilskudd", {"ramme", "tilskudd"}, {"skudd"}),
        ("avrusningsenhet", {"enhet"}, {"rus", "het"}),
    ],
)
def test_outer_and_inner_parts_are_both_known(word: str, inside: set[str], absent: set[str]) -> None:
    assert inside <= parts(word)
    assert not absent & parts(word)


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_asked_about(word: str) -> None:
    assert isinstance(split(word), tuple)
    assert len(split(word)) != 1


@given(
    st.sampled_from(["bolig", "rus", "tilskudds", "omsorgs", "drifts"]),
    st.sampled_from(["mangel", "ordningene", "tilbudet"]),
)
@settings(max_examples=15, deadline=None)
def test_a_split_ends_in_the_head_that_was_put_there(modifier: str, head: str) -> None:
    assert split(modifier + head)[-1] == {"mangel": "mangel", "ordningene": "ordning", "tilbudet": "tilbud"}[head]

"""Sentence borders in Norwegian prose, minutes and speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi mangler boliger. Kommunen vet det.", ["Vi mangler boliger.", "Kommunen vet det."]),
        (
            "Se kap. 5 og f.eks. tabell nr. 3. Der står det.",
            ["Se kap. 5 og f.eks. tabell nr. 3.", "Der står det."],
        ),
        ("Det kostet ca. 2 mill. kr. Det var mye.", ["Det kostet ca. 2 mill. kr. Det var mye."]),
        ("Møtet var 3. mai kl. 10.30. Alle kom.", ["Møtet var 3. mai kl. 10.30.", "Alle kom."]),
        ("Bolig, arbeid osv. er viktig.", ["Bolig, arbeid osv. er viktig."]),
        ("Bolig, arbeid osv. Kommunen vet det.", ["Bolig, arbeid osv.", "Kommunen vet det."]),
        ("Vist av Hansen mfl. 2018b. Og av oss.", ["Vist av Hansen mfl. 2018b.", "Og av oss."]),
        ("Var det nok? Nei! Aldri.", ["Var det nok?", "Nei!", "Aldri."]),
        ("Så gikk de opp. Der var det tomt.", ["Så gikk de opp.", "Der var det tomt."]),
        ("det var slik. da flytta ho", ["det var slik.", "da flytta ho"]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_borders(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_break_is_always_a_border() -> None:
    assert sentences("Statusbilde\nDe mangler\nboliger. Ja") == [
        "Statusbilde",
        "De mangler",
        "boliger.",
        "Ja",
    ]


def test_only_the_stretch_that_was_asked_for() -> None:
    text = "Først. Så dette. Sist."
    assert [text[start:end] for start, end in sentence_spans(text, 7, 16)] == ["Så dette."]


@given(st.text(alphabet="abÅø .?!\n\t3«»", max_size=80))
@settings(max_examples=100, deadline=None)
def test_spans_are_ordered_trimmed_and_lose_no_letter(text: str) -> None:
    spans = list(sentence_spans(text))
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert text[position:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        position = end
    assert text[position:].strip() == ""

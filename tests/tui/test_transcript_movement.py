"""The caret stands only between whole characters, and words, sentences and turns are what a coder would choose."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Turn
from workbench.tui.transcript import movement
from workbench.tui.transcript.document import DocumentModel
from workbench.tui.transcript.layout import Layout
from workbench.tui.transcript.movement import Step, Unit, Viewpoint, destination, grow

pieces = st.sampled_from(
    [
        "a",
        "bo-lig",
        "å",
        " ",
        "\n",
        "😀",
        "👩🏽\u200d🚀",
        "🇳🇴",
        "e\u0301",
        "\u0301",
        "漢",
        "\u200b",
        "\x1b",
        ".",
        "ᄒ",
        "ᅡ",
        "\t",
        "\u0600",
    ]
)
texts = st.lists(pieces, max_size=30).map("".join)


def borders(text: str) -> list[int]:
    return [found.start() for found in regex.finditer(r"\X", text)] + [len(text)]


@settings(max_examples=200)
@given(texts)
def test_the_caret_walks_the_grapheme_borders_both_ways(text: str) -> None:
    expected = borders(text)
    walked = [0]
    while walked[-1] < len(text):
        walked.append(movement.next_character(text, walked[-1]))
    assert walked == (expected if text else [0])
    back = [len(text)]
    while back[-1] > 0:
        back.append(movement.previous_character(text, back[-1]))
    assert back[::-1] == walked


@settings(max_examples=200)
@given(texts, st.integers(-3, 60))
def test_snapping_goes_to_the_nearest_border_on_the_side_asked_for(text: str, offset: int) -> None:
    expected = borders(text)
    clamped = min(max(offset, 0), len(text))
    assert movement.snap(text, offset) == max(border for border in expected if border <= clamped)
    assert movement.snap(text, offset, forward=True) == min(border for border in expected if border >= clamped)


STEPS: tuple[Step, ...] = ("character", "word", "turn", "line", "page", "edge", "text")


@settings(max_examples=150)
@given(texts, st.data())
def test_every_movement_stays_in_the_text_and_goes_the_right_way(text: str, data: st.DataObject) -> None:
    model = DocumentModel(text)
    view = Viewpoint(layout=Layout(model, 8), page=2)
    caret = data.draw(st.sampled_from(borders(text)))
    for step in STEPS:
        for extending in (False, True):
            forward = destination(model, view, caret, step, 1, extending=extending)
            back = destination(model, view, caret, step, -1, extending=extending)
            assert 0 <= back <= len(text) and 0 <= forward <= len(text)
            if step != "edge":
                assert back <= caret <= forward
            assert forward > caret or caret == len(text) or step == "edge"
            assert back < caret or caret == 0 or step == "edge"


def words_forward(text: str) -> list[str]:
    places = [0]
    while (place := movement.next_word(text, places[-1])) < len(text):
        places.append(place)
    return [text[place:].split()[0] for place in places]


def test_words_hold_hyphens_and_numbers_together() -> None:
    text = "ROP-tjenesten fikk 3,5 millioner, sa hun."
    assert words_forward(text) == ["ROP-tjenesten", "fikk", "3,5", "millioner,", "sa", "hun."]
    assert movement.next_word(text, 4) == text.index("fikk")
    assert movement.next_word(text, 0, end=True) == len("ROP-tjenesten")
    assert movement.next_word(text, len("ROP-tjenesten"), end=True) == text.index(" 3,5")
    assert movement.previous_word(text, len(text)) == text.index("hun")
    assert movement.previous_word(text, text.index("3,5")) == text.index("fikk")
    assert movement.previous_word("en\n\n to", 5) == 0


@pytest.mark.parametrize(
    ("offset", "word"),
    [(0, "Vi"), (1, "Vi"), (2, "Vi"), (3, "bor-sammen"), (10, "bor-sammen"), (14, "bor-sammen")],
)
def test_the_word_at_a_place(offset: int, word: str) -> None:
    text = "Vi bor-sammen, "
    start, end = movement.word_at(DocumentModel(text), offset) or (0, 0)
    assert text[start:end] == word


def test_no_word_where_there_is_none() -> None:
    assert movement.word_at(DocumentModel("... \nord"), 1) is None
    assert movement.word_at(DocumentModel(""), 0) is None


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in movement.sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja. Vi prøvde. ", ["Ja.", "Vi prøvde."]),
        ("Vi har f.eks. egne boliger. Og mer.", ["Vi har f.eks. egne boliger.", "Og mer."]),
        ("Det var den 3. mai. Da gikk det.", ["Det var den 3. mai.", "Da gikk det."]),
        ("Hun, A. Nilsen, sa nei! Hvorfor? fordi.", ["Hun, A. Nilsen, sa nei!", "Hvorfor?", "fordi."]),
        ("Altså … jeg vet ikke... men ja. ok.", ["Altså … jeg vet ikke... men ja.", "ok."]),
        ("«Nei.» Så gikk hun.", ["«Nei.»", "Så gikk hun."]),
        ("en linje som\ngår videre\nNy linje\n\nsiste", ["en linje som\ngår videre", "Ny linje", "siste"]),
        ("uten slutt", ["uten slutt"]),
        ("   ", []),
    ],
)
def test_sentences_by_punctuation(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(texts)
def test_sentences_are_in_order_and_hold_all_that_is_not_blank(text: str) -> None:
    spans = movement.sentences(text, 0, len(text))
    rest = text
    for start, end in reversed(spans):
        assert text[start:end].strip() == text[start:end] != ""
        rest = rest[:start] + rest[end:]
    assert not rest.strip()


TEXT = "I: Hvordan går det? Fint?\nF: Bra. Vi har bolig.\n\nNotat."
TURNS = [
    Turn(speaker="I", role="interviewer", label_start=0, start=3, end=25),
    Turn(speaker="F", role="participant", label_start=26, start=29, end=47),
]


def chosen(unit: Unit, selection: tuple[int, int] | None, caret: int = 0) -> str:
    span = grow(DocumentModel(TEXT, TURNS), unit, selection, caret)
    return "" if span is None else TEXT[slice(*span)]


def test_a_unit_is_chosen_first_and_extended_after() -> None:
    assert chosen("word", None, 5) == "Hvordan"
    assert chosen("word", (3, 10)) == "Hvordan går"
    assert chosen("sentence", None, 0) == "Hvordan går det?"
    assert chosen("sentence", (3, 10)) == "Hvordan går det?"
    assert chosen("sentence", (3, 19)) == "Hvordan går det? Fint?"
    assert chosen("sentence", (3, 25)) == "Hvordan går det? Fint?\nF: Bra."
    assert chosen("turn", None, 27) == "Bra. Vi har bolig."
    assert chosen("turn", (5, 8)) == "Hvordan går det? Fint?"
    assert chosen("turn", (3, 25)) == "Hvordan går det? Fint?\nF: Bra. Vi har bolig."
    assert chosen("turn", (3, 47)) == TEXT[3:]
    assert chosen("turn", None, len(TEXT)) == "Notat."
    assert chosen("turn", (3, len(TEXT))) == TEXT[3:]
    assert chosen("turn", None, 48) == ""


def test_given_sentences_go_before_the_rule() -> None:
    model = DocumentModel(TEXT, TURNS, sentences=[(3, 25), (29, 33)])
    assert movement.sentence_at(model, 20) == (3, 25)
    assert movement.sentence_at(model, 25) == (3, 25)
    assert movement.sentence_at(model, 40) == (34, 47)


@given(texts, st.sampled_from(["word", "sentence", "turn"]), st.data())
def test_growing_never_loses_what_was_chosen(text: str, unit: Unit, data: st.DataObject) -> None:
    model = DocumentModel(text)
    places = borders(text)
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    if start == end:
        return
    span = grow(model, unit, (start, end), end)
    assert span is not None and span[0] <= start and span[1] >= end


def test_turns_are_walked_by_what_is_said_in_them() -> None:
    model = DocumentModel(TEXT, TURNS)
    assert movement.next_turn(model, 0) == 3
    assert movement.next_turn(model, 3) == 29
    assert movement.next_turn(model, 29) == len(TEXT)
    assert movement.previous_turn(model, len(TEXT)) == 29
    assert movement.previous_turn(model, 35) == 29
    assert movement.previous_turn(model, 29) == 3
    assert movement.previous_turn(model, 3) == 0
    lines = DocumentModel("en\n\nto\ntre")
    assert [movement.next_turn(lines, place) for place in (0, 4, 7)] == [4, 7, 10]
    assert movement.previous_turn(lines, 7) == 4


def test_lines_keep_the_column_they_started_in() -> None:
    model = DocumentModel("tolv tegn her\nto\ntolv tegn her")
    layout = Layout(model, 20)
    down = destination(model, Viewpoint(layout=layout, page=1, goal=9), 9, "line", 1)
    assert down == 16
    assert destination(model, Viewpoint(layout=layout, page=1, goal=9), down, "line", 1) == 26
    assert destination(model, Viewpoint(layout=layout, page=5), 3, "page", 1) == len(model.text)
    assert destination(model, Viewpoint(layout=layout, page=5), 3, "line", -1) == 0

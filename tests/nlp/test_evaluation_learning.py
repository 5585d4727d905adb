"""Decisions that are simulated, and words weighed without the interviews they are measured on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from corpus.model import Role
from nlp.document import Document
from nlp.evaluation import crossfit, speech
from nlp.evaluation.labels import Label
from nlp.evaluation.learning_curve import (
    BY_LOT,
    ENOUGH,
    PROPOSED,
    SHORTEST,
    Asked,
    Place,
    answered_in,
    places_of,
    silenced,
    simulate,
    taught,
)
from nlp.evaluation.speech import Interview
from nlp.evidence import Evidence
from nlp.learning.columns import usual_threshold
from nlp.learning.teach import Seen, chances, untaught
from nlp.suggest import from_codebook
from nlp.training.everyday import NAME, weigh, with_words
from nlp.vocabulary import Vocabulary

BOOK = Codebook(
    name="prøve",
    codes=(
        Code(slug="bolig", name="Bolig", signals=(Signal(name="bolig", any=Terms(words=("bolig", "hus"))),)),
        Code(slug="rop", name="ROP", signals=(Signal(name="rop", any=Terms(words=("psykose",))),)),
    ),
)
THEMES = ("bolig", "rop")
SAID = (
    ("Jeg har endelig fått egen bolig nede ved elva.", "bolig"),
    ("Nøkkelen fikk jeg av ho på kontoret i går.", "bolig"),
    ("Det huset på øya solgte far min for lenge siden.", ""),
    ("Hunden min heter Pan og er snart fjorten år.", ""),
    ("Han hadde psykose og ruset seg hele den våren.", "rop"),
    ("Nøkkelen til døra passet ikke den kvelden heller.", "bolig"),
    ("Vi reiste til Sverige og så på elg hele uka.", ""),
    ("Mm, ja.", ""),
)


@pytest.fixture(scope="module")
def interviews(talk: Callable[..., Document]) -> list[Interview]:
    found = []
    for name in ("x1", "x2", "y1", "y2"):
        spoken: list[tuple[Role, str]] = []
        meant = []
        for words, themes in SAID * 3:
            spoken += [("interviewer", "Ja, og så?"), ("participant", words)]
            meant += ["", themes]
        document = talk(*spoken, name=name)
        labels = [
            Label(turn.start, turn.end, frozenset(themes.split()))
            for turn, themes in zip(document.turns, meant, strict=True)
        ]
        found.append(Interview(document, (labels,)))
    return found


@pytest.fixture
def material(interviews: list[Interview], ask: Callable[..., Evidence]) -> tuple[Seen, list[Place]]:
    vocabulary = Vocabulary()
    for each in interviews:
        vocabulary.count(each.document.parsed)
    evidence = [ask(each.document, BOOK, vocabulary) for each in interviews]
    places = [place for each, read in zip(interviews, evidence, strict=True) for place in places_of(read, each.labels)]
    return Seen.of(BOOK, vocabulary, evidence), places


def test_nothing_an_interviewer_says_is_asked_about(material: tuple[Seen, list[Place]]) -> None:
    _seen, places = material
    assert len(places) == 4 * 3 * len(SAID)
    assert all(place.number % 2 == 1 for place in places)


def test_answers_are_each_their_own_and_as_the_reader_says(material: tuple[Seen, list[Place]]) -> None:
    seen, places = material
    asked = simulate(seen, places, THEMES, number=30, seed=1)
    assert len(asked) == 30
    assert len({(each.place.evidence.document.id, each.place.number, each.theme) for each in asked}) == 30
    for each in asked:
        assert each.decision.applies == (each.theme in each.place.label.codes)
        assert (each.decision.start, each.decision.end) == (each.place.label.start, each.place.label.end)


def test_the_same_seed_asks_the_same(material: tuple[Seen, list[Place]]) -> None:
    seen, places = material

    def of(seed: int) -> list[tuple[str, int, str]]:
        asked = simulate(seen, places, THEMES, number=12, seed=seed)
        return [(each.place.evidence.document.id, each.place.number, each.theme) for each in asked]

    assert of(3) == of(3)
    assert of(3) != of(4)


def test_a_round_asks_about_what_is_proposed_and_one_place_that_is_not(material: tuple[Seen, list[Place]]) -> None:
    seen, places = material
    asked = simulate(seen, places, THEMES, number=PROPOSED + BY_LOT, seed=1)
    believed = {
        place: chances(place.evidence, untaught(BOOK, theme), None)[list(place.units)].max()
        for place, theme in ((each.place, each.theme) for each in asked)
    }
    usual = usual_threshold(asked[0].place.evidence.document)
    assert all(believed[each.place] >= usual for each in asked[:PROPOSED])
    assert all(believed[each.place] < usual for each in asked[PROPOSED:])
    assert [each.by_lot for each in asked] == [False] * PROPOSED + [True] * BY_LOT
    drawn = [each for each in simulate(seen, places, THEMES, number=60, seed=1) if each.by_lot]
    assert min(len(_words(each.place)) for each in drawn) >= SHORTEST


def test_asking_ends_when_there_is_nothing_left(material: tuple[Seen, list[Place]]) -> None:
    seen, places = material
    asked = simulate(seen, places[:8], THEMES, number=1000, seed=1)
    assert 0 < len(asked) <= 8 * len(THEMES)


def test_a_theme_is_silenced_by_answers_and_not_by_few() -> None:
    yes, no = (Place(0, Label(0, 1, frozenset(codes)), Evidence.__new__(Evidence), (0,)) for codes in (["rop"], []))
    answers = [Asked(yes, "rop")] * 2 + [Asked(no, "rop")] * (ENOUGH - 2)
    assert silenced(answers) == {"rop"}
    assert silenced(answers[1:]) == frozenset()
    assert silenced([Asked(yes, "rop")] * 2 + answers) == frozenset()


def test_what_was_asked_is_not_measured_and_answers_teach(
    material: tuple[Seen, list[Place]], interviews: list[Interview]
) -> None:
    seen, places = material
    asked = simulate(seen, places, THEMES, number=60, seed=2)
    answered = answered_in(asked, "x1", len(interviews[0].labels), THEMES)
    in_first = [each for each in asked if each.place.evidence.document.id == "x1"]
    assert answered.sum() == len(in_first) > 0
    assert all(answered[each.place.number, THEMES.index(each.theme)] for each in in_first)
    evidence = seen.evidence["x1"]
    turn = next(place.number for place in places if "Nøkkelen fikk" in _words(place))
    before, after = (
        speech.judge(interviews[0], evidence, suggester, THEMES).likely[turn, 0]
        for suggester in (from_codebook(BOOK), taught(seen, asked))
    )
    assert after > before


def _words(place: Place) -> str:
    return place.evidence.document.text[place.label.start : place.label.end]


def test_each_set_is_left_out_of_the_words_it_is_measured_with(interviews: list[Interview]) -> None:
    """Only the y-interviews are about keys: with y left out nothing is known of keys."""
    sets = crossfit.sets_of(interviews)
    assert {name: [each.document.id for each in found] for name, found in sets.items()} == {
        "x": ["x1", "x2"],
        "y": ["y1", "y2"],
    }
    unlabelled = [
        Interview(each.document, ([Label(one.start, one.end, frozenset()) for one in each.labels],))
        for each in sets["x"]
    ]
    folds = {name: (held_out, book) for name, held_out, book in crossfit.left_out([*unlabelled, *sets["y"]], BOOK)}
    assert [each.document.id for each in folds["x"][0]] == ["x1", "x2"]
    with_y, without_y = (_weights(folds[name][1], "bolig") for name in ("x", "y"))
    assert with_y["nøkkel"] > 0
    assert "nøkkel" not in without_y or without_y["nøkkel"] <= 0


def test_weighed_words_take_the_place_of_earlier_ones(interviews: list[Interview]) -> None:
    pairs = [(each.document, each.labels) for each in interviews]
    weighed = weigh(pairs, THEMES)
    assert weighed["bolig"]["nøkkel"] > weighed["bolig"].get("elg", 0.0)
    once = with_words(BOOK, weighed)
    again = with_words(once, {"bolig": {"dør": 1.0}})
    assert _weights(once, "bolig") == weighed["bolig"]
    assert _weights(again, "bolig") == {"dør": 1.0}
    assert _weights(again, "rop") == {}
    assert [signal.name for signal in BOOK.codes[0].signals] == ["bolig"]
    assert np.all(np.array(list(weighed["bolig"].values())) != 0)


def _weights(book: Codebook, slug: str) -> dict[str, float]:
    code = book.get(slug)
    assert code is not None
    return dict(next((signal.weights for signal in code.signals if signal.name == NAME), ()))

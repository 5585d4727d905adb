"""Places drawn by lot are places where nothing is proposed, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.drawing import SHORTEST, drawn
from nlp.evidence import Evidence
from nlp.learning.decisions import Decision
from nlp.learning.teach import Seen, teach
from nlp.suggest import Suggester, from_codebook, suggest
from nlp.suggestion import Suggestion
from nlp.vocabulary import Vocabulary

BOOK = Codebook(
    name="prøve",
    codes=(
        Code(slug="bolig", name="Bolig", signals=(Signal(name="bolig", any=Terms(parts=("bolig",))),)),
        Code(slug="natt", name="Natt", parent="bolig"),
        Code(slug="penger", name="Penger", signals=(Signal(name="penger", any=Terms(words=("penger",))),)),
    ),
)
LINES = [f"Dette er en helt vanlig setning om vær og vind nummer {number} i rekken." for number in range(12)]
TEXT = "\n".join(["Vi har ikke noen bolig, og det er ikke til å holde ut.", "Ja.", *LINES])

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
Draw = Callable[..., list[Suggestion]]


@pytest.fixture(scope="module")
def evidence(prose: Talk, ask: Ask) -> Evidence:
    return ask(prose(TEXT), BOOK)


@pytest.fixture(scope="module")
def taught(evidence: Evidence) -> Suggester:
    vocabulary = Vocabulary()
    vocabulary.count(evidence.document.parsed)
    seen = Seen.of(BOOK, vocabulary, [evidence])
    start = TEXT.index(LINES[3])
    made = [Decision(document="a", start=start, end=start + len(LINES[3]), code="penger", applies=False)]
    return Suggester(BOOK, teach(seen, made), vocabulary, seen.rarity)


def units(found: list[Suggestion]) -> list[str]:
    return [TEXT[each.start : each.end] for each in found]


def test_nothing_is_drawn_before_anything_is_learnt(evidence: Evidence) -> None:
    assert drawn(evidence, from_codebook(BOOK), [], seed="a", number=5) == []


def test_what_is_drawn_says_that_it_was(evidence: Evidence, taught: Suggester) -> None:
    proposed = list(suggest(evidence, taught))
    (one,) = drawn(evidence, taught, proposed, seed="a")
    assert (one.method, one.rule, one.reasons, one.because) == ("random", "", (), ())
    assert one.pipeline == evidence.document.parsed.pipeline
    assert one.code in ("bolig", "penger"), "a theme, not a sub-code"
    assert 0 < one.score <= 1


def test_all_that_is_drawn_is_whole_units_without_proposals(evidence: Evidence, taught: Suggester) -> None:
    proposed = list(suggest(evidence, taught))
    found = drawn(evidence, taught, proposed, seed="a", number=100)
    assert sorted(units(found)) == sorted(LINES), "too short a unit says nothing, and what is proposed is asked anyway"
    assert [each.start for each in found] == sorted(each.start for each in found)
    everything = drawn(evidence, taught, [], seed="a", number=100)
    assert len(everything) == len(LINES) + 1
    assert all(len(text) >= SHORTEST for text in units(everything))


def test_a_proposal_of_part_of_a_unit_keeps_it_from_being_drawn(evidence: Evidence, taught: Suggester) -> None:
    (one,) = drawn(evidence, taught, [], seed="a")
    part = replace(one, start=one.end - 2)
    assert one not in drawn(evidence, taught, [part], seed="a", number=100)


def test_lots_fall_the_same_for_the_same_seed_alone(evidence: Evidence, taught: Suggester) -> None:
    def lots(seed: str) -> list[Suggestion]:
        return drawn(evidence, taught, [], seed=seed, number=3)

    assert lots("a") == lots("a")
    assert len({tuple(units(lots(str(seed)))) for seed in range(6)}) > 1


def test_the_likeliest_theme_is_asked_about(evidence: Evidence, taught: Suggester) -> None:
    by_unit = {TEXT[each.start : each.end]: each for each in drawn(evidence, taught, [], seed="a", number=100)}
    assert by_unit["Vi har ikke noen bolig, og det er ikke til å holde ut."].code == "bolig"
    assert by_unit[LINES[3]].code == "bolig", "of the other it has been said that it does not apply"


def test_an_interviewers_words_are_not_drawn(talk: Talk, ask: Ask, taught: Suggester) -> None:
    evidence = ask(talk(("interviewer", LINES[0]), ("participant", LINES[1])), BOOK)
    found = drawn(evidence, taught, [], seed="a", number=100)
    assert [evidence.document.text[each.start : each.end] for each in found] == [LINES[1]]


def test_a_text_without_a_free_place_gives_none(prose: Talk, ask: Ask, taught: Suggester) -> None:
    for text in ("", "Ja. Nei."):
        assert drawn(ask(prose(text), BOOK), taught, [], seed="a") == []

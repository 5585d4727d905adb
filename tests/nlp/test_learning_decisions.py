"""What a coding, an accepted or a rejected suggestion says of units, and of codes above and below."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook
from nlp.document import Document
from nlp.evidence import Evidence
from nlp.learning.decisions import IMPLIED, LEFT_OUT, SURE, Answers, Decision, answers, by_document, thinned, units_of

BOOK = Codebook(
    name="prøve",
    codes=(
        Code(slug="bolig", name="Bolig"),
        Code(slug="natt", name="Natt", parent="bolig"),
        Code(slug="sofa", name="Sofa", parent="natt"),
        Code(slug="penger", name="Penger"),
    ),
)
SLUGS = [code.slug for code in BOOK]
TEXT = "Her er den første setningen. Ja. Her er den tredje setningen, som er en god del lengre. Nei da."

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]


@pytest.fixture(scope="module")
def evidence(prose: Talk, ask: Ask) -> Evidence:
    return ask(prose(TEXT), BOOK)


def said(
    evidence: Evidence, code: str, *decisions: tuple[str, str, bool], finished: bool = False
) -> dict[int, tuple[float, float]]:
    """Unit -> (answer, how much it counts), from (words, code, whether it applies)."""
    made = [decision(evidence, *each) for each in decisions]
    return told(evidence, made, code, finished=finished)


def told(
    evidence: Evidence, decisions: Sequence[Decision], code: str, *, finished: bool = False
) -> dict[int, tuple[float, float]]:
    found = answers(evidence, decisions, code, BOOK, finished=finished)
    units = found.units.tolist()
    assert units == sorted(set(units))
    return dict(zip(units, zip(found.applies.tolist(), found.amounts.tolist(), strict=True), strict=True))


def decision(evidence: Evidence, words: str, code: str, applies: bool) -> Decision:
    start = evidence.document.text.index(words)
    return Decision(document="a", start=start, end=start + len(words), code=code, applies=applies)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Her er den første setningen.", [0]),
        ("første", [0]),
        ("setningen. Ja. Her", [0, 1]),
        ("Ja.", [1]),
        (". Ja. Her er den", [1, 2]),
        (TEXT, [0, 1, 2, 3]),
        ("a.", [3]),
    ],
)
def test_a_span_is_about_units_it_mostly_covers_or_mostly_lies_in(
    evidence: Evidence, words: str, units: list[int]
) -> None:
    start = TEXT.rindex(words)
    assert units_of(evidence, start, start + len(words)) == units


def test_a_coding_is_never_about_what_an_interviewer_says(talk: Talk, ask: Ask) -> None:
    document = talk(("interviewer", "Hva med bolig?"), ("participant", "Jo da."), ("other", "Nei."))
    evidence = ask(document, BOOK)
    assert units_of(evidence, 0, len(document.text)) == [1, 2]
    assert told(evidence, [], "bolig", finished=True).keys() == {1, 2}


def test_what_a_coding_says_of_other_codes(evidence: Evidence) -> None:
    coded = ("Ja.", "natt", True)
    assert said(evidence, "natt", coded) == {1: (1.0, SURE)}
    assert said(evidence, "bolig", coded) == {1: (1.0, SURE)}
    assert said(evidence, "sofa", coded) == {}
    assert said(evidence, "penger", coded) == {}


def test_what_a_rejection_says_of_other_codes(evidence: Evidence) -> None:
    rejected = ("Ja.", "natt", False)
    assert said(evidence, "natt", rejected) == {1: (0.0, SURE)}
    assert said(evidence, "sofa", rejected) == {1: (0.0, SURE)}
    assert said(evidence, "bolig", rejected) == {1: (0.0, IMPLIED)}
    assert said(evidence, "penger", rejected) == {}
    assert IMPLIED < SURE


def test_a_yes_outweighs_a_no(evidence: Evidence) -> None:
    both = [("Ja.", "bolig", False), ("Ja.", "bolig", True)]
    for order in itertools.permutations(both):
        assert said(evidence, "bolig", *order) == {1: (1.0, SURE)}
    assert said(evidence, "bolig", ("Ja.", "bolig", False), ("Ja.", "sofa", True)) == {1: (1.0, SURE)}


def test_a_sure_no_outweighs_a_hint(evidence: Evidence) -> None:
    for order in itertools.permutations([("Ja.", "bolig", False), ("Ja.", "natt", False)]):
        assert said(evidence, "bolig", *order) == {1: (0.0, SURE)}


def test_what_is_left_out_of_a_finished_text_says_no(evidence: Evidence) -> None:
    found = said(evidence, "bolig", ("Ja.", "bolig", True), ("Nei da.", "bolig", False), finished=True)
    assert found == {0: (0.0, LEFT_OUT), 1: (1.0, SURE), 2: (0.0, LEFT_OUT), 3: (0.0, SURE)}
    assert 0 < LEFT_OUT < SURE


def test_nothing_said_is_nothing_known(evidence: Evidence) -> None:
    found = answers(evidence, [], "bolig", BOOK, finished=False)
    assert (len(found.units), len(found.applies), len(found.amounts)) == (0, 0, 0)


decisions = st.builds(
    lambda start, length, code, applies: Decision(
        document="a", start=start, end=start + length, code=code, applies=applies
    ),
    st.integers(0, len(TEXT) - 1),
    st.integers(1, 60),
    st.sampled_from([*SLUGS, "ukjent"]),
    st.booleans(),
)


@given(st.lists(decisions, max_size=6), st.sampled_from(SLUGS), st.booleans(), st.randoms())
@settings(max_examples=80, deadline=None)
def test_answers_do_not_depend_on_the_order_and_never_forget_a_yes(
    evidence: Evidence, made: list[Decision], code: str, finished: bool, lot: st.DataObject
) -> None:
    found = told(evidence, made, code, finished=finished)
    shuffled = sorted(made, key=lambda _each: lot.random())  # type: ignore[attr-defined]
    assert told(evidence, shuffled, code, finished=finished) == found
    below = {code, *(each.slug for each in BOOK.descendants(code))}
    yes = {
        unit
        for each in made
        if each.applies and each.code in below
        for unit in units_of(evidence, each.start, each.end)
    }
    assert {unit for unit, (applies, _amount) in found.items() if applies} == yes
    assert all(0 < amount <= SURE for _applies, amount in found.values())
    if finished:
        assert found.keys() == set(range(len(evidence)))


@given(st.lists(decisions, max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_theme_applies_wherever_a_code_below_it_does(evidence: Evidence, made: list[Decision]) -> None:
    for above, below in (("bolig", "natt"), ("natt", "sofa"), ("bolig", "sofa")):
        narrow, wide = told(evidence, made, below), told(evidence, made, above)
        assert {unit for unit, (yes, _) in narrow.items() if yes} <= {unit for unit, (yes, _) in wide.items() if yes}


def test_decisions_by_document_keep_their_order() -> None:
    made = [
        Decision(document=name, start=start, end=start + 1, code="bolig", applies=True)
        for name, start in (("b", 3), ("a", 1), ("b", 0))
    ]
    assert by_document(made) == {"b": [made[0], made[2]], "a": [made[1]]}
    assert by_document([]) == {}


@given(st.lists(st.booleans(), min_size=1, max_size=80), st.integers(1, 20))
def test_thinning_keeps_about_the_weight_of_each_sort(yes: list[bool], most: int) -> None:
    applies = np.array(yes, dtype=np.float64)
    said = {"a": Answers(np.arange(len(yes)), applies, np.ones(len(yes)))}
    thin = thinned(said, most)["a"]
    for sort in (0.0, 1.0):
        whole, kept = applies == sort, thin.applies == sort
        assert kept.sum() <= most
        step = -(-int(whole.sum()) // most)
        assert whole.sum() <= thin.amounts[kept].sum() < whole.sum() + max(step, 1)
        if whole.sum() <= most:
            assert thin.amounts[kept].sum() == whole.sum()


def test_little_is_not_thinned() -> None:
    said = {"a": Answers(np.arange(3), np.array([1.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.6]))}
    assert thinned(said, 2) == said

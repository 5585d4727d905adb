"""A signal that is rejected in one case and holds elsewhere is proposed not to be asked there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.evidence import Evidence, tops
from nlp.learning.case_exceptions import (
    ALL_AT_LEAST,
    AT_LEAST,
    HOLDING_SHARE,
    HOLDS,
    SHARE,
    ExceptionProposal,
    propose_exceptions,
)
from nlp.learning.decisions import Answers, Decision, answers

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]

YES, NO, OPEN = "ROP er tungt. {n}", "ROP har møte. {n}", "ROP ble nevnt. {n}"
"""Coded, rejected, and neither."""
OTHER = "ROP er en vei. {n}"
"""Coded with another code of the same theme."""


def book(*not_in: str) -> Codebook:
    rop = Signal(name="ROP", any=Terms(words=("rop",)), not_in=not_in)
    return Codebook(
        name="prøve",
        codes=(
            Code(slug="helse", name="Helse"),
            Code(slug="rop", name="ROP", parent="helse", signals=(rop,)),
            Code(slug="vei", name="Vei", parent="helse"),
            Code(slug="dyp", name="Dyp", parent="rop"),
        ),
    )


@pytest.fixture(scope="module")
def judge(prose: Talk, ask: Ask) -> Callable[..., list[ExceptionProposal]]:
    """A function from (cases, sentences, whether finished) to what is proposed."""

    def found(
        *texts: tuple[tuple[str, ...], Sequence[str], bool], codebook: Codebook | None = None, no: str = "rop"
    ) -> list[ExceptionProposal]:
        known: dict[str, dict[str, Answers]] = {}
        evidence: dict[str, Evidence] = {}
        codebook = codebook or book()
        for number, (cases, sentences, finished) in enumerate(texts):
            name = f"{number}"
            written = [each.format(n=f"Det var alt {n}.") for n, each in enumerate(sentences)]
            document = prose("\n".join(written), name=name, cases=cases)
            evidence[name] = ask(document, codebook)
            made, start = [], 0
            for sentence, line in zip(sentences, written, strict=True):
                said = {YES: ("rop", True), NO: (no, False), OTHER: ("vei", True)}.get(sentence)
                if said is not None:
                    end = start + line.index(".") + 1
                    made.append(Decision(document=name, start=start, end=end, code=said[0], applies=said[1]))
                start += len(line) + 1
            for code in codebook:
                known.setdefault(code.slug, {})[name] = answers(
                    evidence[name], made, code.slug, codebook, finished=finished
                )
        return propose_exceptions(evidence, known, codebook)

    return found


Judge = Callable[..., list[ExceptionProposal]]
ELV, HAVN = ("Elvestrand",), ("Storhamn",)


def figures(found: Sequence[ExceptionProposal]) -> list[tuple[str, int, int, int, int, int]]:
    return [
        (each.case, each.rejected, each.left_out, each.accepted, each.elsewhere_rejected, each.elsewhere_accepted)
        for each in found
    ]


def test_a_signal_rejected_in_one_case_that_holds_elsewhere(judge: Judge) -> None:
    (found,) = judge((ELV, [NO] * 3, False), (HAVN, [YES, YES, NO, OPEN], False))
    assert (found.code, found.signal) == ("rop", "ROP")
    assert figures([found]) == [("Elvestrand", 3, 0, 0, 1, 2)]
    assert [(each.document, each.end - each.start) for each in found.examples] == [("0", len("ROP har møte."))] * 3


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ([NO] * 2, [YES] * 5, 0),
        ([NO] * 3, [YES] * 5, 1),
        ([NO] * 3 + [YES], [YES] * 5, 0),
        ([NO] * 4 + [YES], [YES] * 5, 1),
        ([NO] * 3, [YES], 0),
        ([NO] * 3, [YES] * 2, 1),
        ([NO] * 4, [YES] * 2 + [NO] * 2, 1),
        ([NO] * 4, [YES] * 2 + [NO] * 3, 0),
        ([NO] * 4, [], 0),
        ([NO] * 5, [], 1),
        ([NO] * 5 + [YES], [], 0),
        ([NO] * 5, [NO], 1),
    ],
)
def test_how_much_it_takes(judge: Judge, here: list[str], there: list[str], expected: int) -> None:
    assert (AT_LEAST, SHARE, HOLDS, HOLDING_SHARE, ALL_AT_LEAST) == (3, 0.8, 2, 0.5, 5)
    found = judge((ELV, here, False), (HAVN, there, False))
    assert [each.case for each in found] == ["Elvestrand"] * expected


def test_what_a_finished_text_leaves_uncoded_counts_only_against_places_that_hold(judge: Judge) -> None:
    assert figures(judge((ELV, [OPEN] * 4, True), (HAVN, [YES] * 3, True))) == [("Elvestrand", 4, 4, 0, 0, 3)]
    assert judge((ELV, [OPEN] * 4, False), (HAVN, [YES] * 3, True)) == [], "nobody has said that it is finished"
    assert judge((ELV, [OPEN] * 9, True), (HAVN, [], True)) == []
    assert figures(judge((ELV, [NO] * 5 + [OPEN], True))) == [("Elvestrand", 6, 1, 0, 0, 0)]


def test_where_another_code_of_the_theme_applies_the_words_meant_what_they_mean(judge: Judge) -> None:
    assert judge((ELV, [OTHER] * 4, True), (HAVN, [YES] * 3, True)) == []


def test_rejecting_a_code_below_says_little_and_one_above_says_all(judge: Judge) -> None:
    texts = (ELV, [NO] * 4, False), (HAVN, [YES] * 3, False)
    assert judge(*texts, no="dyp") == []
    assert figures(judge(*texts, no="helse")) == [("Elvestrand", 4, 0, 0, 0, 3)]


def test_a_signal_that_is_not_asked_there_is_not_proposed_again(judge: Judge) -> None:
    texts = (ELV, [NO] * 5, False), (HAVN, [YES] * 3, False)
    assert len(judge(*texts)) == 1
    assert judge(*texts, codebook=book("Elvestrand")) == []


def test_a_text_of_two_cases_counts_in_both(judge: Judge) -> None:
    found = judge((ELV + HAVN, [NO] * 3, False), (ELV, [NO] * 2, False), (("Fjell",), [YES] * 4, False))
    assert figures(found) == [("Elvestrand", 5, 0, 0, 0, 4), ("Storhamn", 3, 0, 0, 2, 4)]


def test_texts_without_a_case_are_elsewhere(judge: Judge) -> None:
    assert judge(((), [NO] * 5, False)) == []
    assert figures(judge(((), [YES] * 2, False), (ELV, [NO] * 3, False))) == [("Elvestrand", 3, 0, 0, 0, 2)]


def test_only_the_codes_asked_for(judge: Judge, prose: Talk, ask: Ask) -> None:
    evidence = {"0": ask(prose("ROP har møte.", name="0", cases=ELV), book())}
    assert propose_exceptions(evidence, {}, book(), codes=["vei"]) == []
    assert tops(book())["rop"] == "helse"


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["Elvestrand", "Storhamn", "Fjell"]), max_size=2, unique=True).map(tuple),
            st.lists(st.sampled_from([YES, NO, OPEN, OTHER]), max_size=9),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_proposal_is_counted_from_the_texts(
    judge: Judge, texts: list[tuple[tuple[str, ...], list[str], bool]]
) -> None:
    """The bounds and figures, counted again from what was written."""
    expected = []
    for case in ("Elvestrand", "Storhamn", "Fjell"):
        here = [(said, done) for cases, said, done in texts if case in cases]
        there = [(said, done) for cases, said, done in texts if case not in cases]

        def count(part: list[tuple[list[str], bool]]) -> tuple[int, int, int]:
            yes, no = (sum(said.count(what) for said, _done in part) for what in (YES, NO))
            return yes, no, sum(said.count(OPEN) for said, done in part if done)

        (yes, no, left), (other_yes, other_no, other_left) = count(here), count(there)
        against, other_against = no + left, other_no + other_left
        holds = other_yes >= 2 and other_yes >= other_against
        if (holds and against >= 3 and against >= 4 * yes) or (no >= 5 and not yes):
            expected.append((case, against, left, yes, other_against, other_yes))
    assert figures(judge(*texts)) == sorted(expected, key=lambda each: (-each[1], each[0]))

"""Where a suggestion begins and ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Role
from nlp.document import Document
from nlp.passages import LONGEST, SHORT_ANSWER, SHORT_QUESTION, Units, passages, shared_out

Talk = Callable[..., Document]
Said = tuple[Role, str]


def cut(
    document: Document, likely: list[int], possible: set[int] | None = None, asking: set[int] | None = None
) -> list[Units]:
    return passages(document, likely, frozenset(likely) | frozenset(possible or ()), frozenset(asking or ()))


class TestSpeech:
    def test_likely_sentences_side_by_side_are_one_passage(self, talk: Talk) -> None:
        document = talk(("participant", "En. To. Tre. Fire."))
        assert cut(document, [0, 1, 3]) == [(0, 1), (3, 3)]

    def test_one_possible_sentence_between_two_likely_ones_belongs_with_them(self, talk: Talk) -> None:
        document = talk(("participant", "En. To. Tre. Fire. Fem."))
        assert cut(document, [0, 2], {1}) == [(0, 2)]
        assert cut(document, [0, 3], {1, 2}) == [(0, 0), (3, 3)]
        assert cut(document, [0], {1}) == [(0, 0)]

    def test_a_short_question_does_not_part_what_is_said(self, talk: Talk) -> None:
        said: tuple[Said, ...] = (("participant", "En. To."), ("interviewer", "Ja?"), ("participant", "Tre. Fire."))
        assert cut(talk(*said), [0, 1, 3]) == [(0, 3)]
        assert cut(talk(*said), [0, 3], {1}) == [(0, 3)]
        assert cut(talk(*said), [0, 3]) == [(0, 0), (3, 3)]
        assert cut(talk(*said), [1, 4], {3}) == [(1, 4)]

    def test_a_long_question_does(self, talk: Talk) -> None:
        asked = "Kan du si mer " + "om det " * SHORT_QUESTION + "nå?"
        document = talk(("participant", "En."), ("interviewer", asked), ("participant", "To."))
        assert cut(document, [0, 2]) == [(0, 0), (2, 2)]

    @pytest.mark.parametrize("role", ["participant", "other"])
    def test_somebody_elses_turn_does(self, talk: Talk, role: Role) -> None:
        document = talk(("participant", "En."), (role, "Nei."), ("participant", "To."))
        assert cut(document, [0, 2], {1}) == [(0, 0), (2, 2)]
        assert len(cut(document, [0, 1, 2])) <= 3

    def test_what_is_too_long_is_not_joined_over_a_question(self, talk: Talk) -> None:
        long = "Vi bor her " + "og der " * (LONGEST // 7) + "nå."
        document = talk(("participant", long), ("interviewer", "Ja?"), ("participant", "To."))
        assert cut(document, [0, 2]) == [(0, 0), (2, 2)]

    def test_a_question_belongs_with_the_answer_that_follows_it(self, talk: Talk) -> None:
        document = talk(("interviewer", "Du. Hva med bolig?"), ("participant", "En. To."))
        (passage,) = cut(document, [2], asking={1})
        assert passage[1] == 2
        assert passage[0] in (1, 2)
        assert cut(document, [3], asking={1}) == [(3, 3)]
        assert cut(document, [], asking={0, 1}) == []


class TestElsewhere:
    @pytest.mark.parametrize("kind", ["report", "minutes", "notes"])
    def test_in_prose_each_sentence_stands_by_itself(self, prose: Talk, kind: str) -> None:
        assert cut(prose("En. To. Tre.", kind=kind), [0, 1, 2]) == [(0, 0), (1, 1), (2, 2)]

    def test_in_minutes_with_turns_too(self, talk: Talk) -> None:
        document = talk(("participant", "En. To."), kind="minutes")
        assert cut(document, [0, 1]) == [(0, 0), (1, 1)]

    def test_a_short_survey_answer_is_suggested_whole_and_once(self, prose: Talk) -> None:
        document = prose("En. To. Tre.\nFire. Fem.\nSeks.", kind="survey")
        assert cut(document, [0, 2, 4]) == [(0, 2), (3, 4)]

    def test_a_long_survey_answer_by_the_sentence(self, prose: Talk) -> None:
        long = "Fire " + "og mer " * (SHORT_ANSWER // 7) + "til."
        document = prose(f"En. To.\nTre. {long} Fem.", kind="survey")
        assert cut(document, [1, 2, 4]) == [(0, 1), (2, 2), (4, 4)]


@st.composite
def likely_units(draw: st.DrawFn) -> tuple[list[Said], set[int], set[int], set[int]]:
    """Turns of some sentences; likely and possible units among those that are not an interviewer's; questions."""
    said: list[Said] = []
    codable: list[int] = []
    asked: list[int] = []
    for _turn in range(draw(st.integers(1, 6))):
        role: Role = draw(st.sampled_from(["interviewer", "participant", "other"]))
        sentences = draw(st.integers(1, 4))
        first = len(codable) + len(asked)
        (asked if role == "interviewer" else codable).extend(range(first, first + sentences))
        said.append((role, " ".join(["Det er en setning."] * sentences)))

    def some(of: list[int]) -> set[int]:
        return draw(st.sets(st.sampled_from(of))) if of else set()

    return said, some(codable), some(codable), some(asked)


@given(likely_units())
@settings(max_examples=150, deadline=None)
def test_passages_hold_what_is_likely_and_reach_over_nobody(
    talk: Talk, drawn: tuple[list[Said], set[int], set[int], set[int]]
) -> None:
    said, likely, possible, asking = drawn
    document = talk(*said)
    turns = list(document.parsed.unit_turns)
    found = cut(document, sorted(likely), possible, asking)
    inside = [unit for first, last in found for unit in range(first, last + 1)]
    assert inside == sorted(set(inside)), "in order, without overlap"
    assert likely <= set(inside)
    for first, last in found:
        assert last in likely
        assert first in likely | asking
        spoken = [unit for unit in range(first, last + 1) if document.turns[turns[unit]].role != "interviewer"]
        assert set(spoken) <= likely | possible
        for turn in {turns[unit] for unit in spoken}:
            assert any(turns[unit] == turn for unit in likely if first <= unit <= last)


@given(likely_units())
@settings(max_examples=40, deadline=None)
def test_what_is_possible_or_asked_makes_no_passage_by_itself(
    talk: Talk, drawn: tuple[list[Said], set[int], set[int], set[int]]
) -> None:
    said, likely, possible, asking = drawn
    document = talk(*said)
    assert cut(document, [], possible, asking) == []
    assert len(cut(document, sorted(likely), possible, asking)) <= len(cut(document, sorted(likely)))


class TestSharing:
    def test_without_claims_it_goes_whole_to_the_theme(self) -> None:
        assert list(shared_out((2, 5), {}, "bolig")) == [("bolig", (2, 5))]
        assert list(shared_out((2, 5), {"natt": frozenset()}, "bolig")) == [("bolig", (2, 5))]

    def test_a_claim_takes_what_nobody_claims(self) -> None:
        assert list(shared_out((2, 5), {"natt": frozenset({3})}, "bolig")) == [("natt", (2, 5))]

    def test_what_lies_between_two_claims_goes_to_the_nearest(self) -> None:
        claims = {"natt": frozenset({0}), "sofa": frozenset({5})}
        assert dict(shared_out((0, 5), claims, "bolig")) == {"natt": (0, 2), "sofa": (3, 5)}

    def test_claims_may_overlap(self) -> None:
        claims = {"natt": frozenset({1, 4}), "sofa": frozenset({3})}
        assert dict(shared_out((0, 5), claims, "bolig")) == {"natt": (0, 5), "sofa": (3, 3)}

    @given(
        st.integers(0, 3),
        st.integers(0, 8),
        st.dictionaries(st.sampled_from("abc"), st.frozensets(st.integers(0, 8), max_size=4), max_size=3),
    )
    @settings(max_examples=150)
    def test_the_whole_passage_is_covered(self, first: int, length: int, wanted: dict[str, frozenset[int]]) -> None:
        last = first + length
        claims = {code: frozenset(first + unit for unit in claim if unit <= length) for code, claim in wanted.items()}
        shares = list(shared_out((first, last), claims, "theme"))
        codes = [code for code, _ in shares]
        assert len(codes) == len(set(codes))
        assert set(codes) == ({code for code, claim in claims.items() if claim} or {"theme"})
        covered = {unit for _, (begin, end) in shares for unit in range(begin, end + 1)}
        assert covered == set(range(first, last + 1))
        for code, (begin, end) in shares:
            assert first <= begin <= end <= last
            assert claims.get(code, frozenset()) <= set(range(begin, end + 1))

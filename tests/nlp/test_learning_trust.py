"""How far suggestions can be trusted: nothing is judged by what has seen it, and the figures are what they are called."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks.model import Code, Codebook, Signal, Terms
from nlp.document import Document
from nlp.evidence import Evidence
from nlp.learning.assess import calibration, figures, interval, reading
from nlp.learning.crossval import ENOUGH, Judged, Trust, judged, trust
from nlp.learning.decisions import Decision
from nlp.learning.teach import Seen, chances, teach
from nlp.vocabulary import Vocabulary

BOOK = Codebook(
    name="prøve",
    codes=(
        Code(slug="bolig", name="Bolig", signals=(Signal(name="bolig", any=Terms(parts=("bolig",))),)),
        Code(slug="penger", name="Penger", signals=(Signal(name="penger", any=Terms(words=("penger",))),)),
    ),
)
USUAL = 0.45
SENTENCES = ("Boligen er kald.", "Vi fryser.", "Han lå på hengekøye.", "Det regnet.", "Taket lekker.", "Ja visst.")

Talk = Callable[..., Document]
Ask = Callable[..., Evidence]
Texts = Callable[[int], Seen]


@pytest.fixture(scope="session")
def texts(talk: Talk, ask: Ask) -> Texts:
    """A function from a number to so many texts, each with the same sentences in an order of its own."""

    def seen(number: int) -> Seen:
        vocabulary = Vocabulary()
        documents = []
        for turn in range(number):
            words = " ".join([*SENTENCES[turn % 6 :], *SENTENCES[: turn % 6]])
            documents.append(talk(("participant", words), name=f"t{turn}"))
        for document in documents:
            vocabulary.count(document.parsed)
        return Seen.of(BOOK, vocabulary, [ask(document, BOOK, vocabulary) for document in documents])

    return seen


def decided(seen: Seen, document: str, applies: Sequence[bool], code: str = "bolig") -> list[Decision]:
    """One decision a unit."""
    parsed = seen.evidence[document].document.parsed
    places = zip(parsed.unit_starts, parsed.unit_ends, applies, strict=True)
    return [Decision(document=document, start=a, end=b, code=code, applies=each) for a, b, each in places]


def found(applies: Sequence[float], likely: Sequence[float], lengths: Sequence[float] | None = None) -> Judged:
    ones = np.ones(len(applies))
    given_lengths = ones if lengths is None else np.array(lengths, dtype=np.float64)
    return Judged(
        code="bolig",
        applies=np.array(applies, dtype=np.float64),
        likely=np.array(likely, dtype=np.float64),
        amounts=ones,
        lengths=given_lengths,
        sources=2,
        usual=USUAL,
    )


class TestJudging:
    def test_every_unit_that_something_is_known_of_is_judged_once(self, texts: Texts) -> None:
        seen = texts(7)
        made = [
            each for name in ("t0", "t1", "t2", "t3", "t4", "t5") for each in decided(seen, name, [True, False] * 3)
        ]
        out = judged(seen, made, frozenset(), "bolig")
        assert (len(out.applies), out.applies.sum(), out.sources) == (36, 18, 6)
        assert len(out.likely) == len(out.amounts) == len(out.lengths) == 36
        assert ((out.likely > 0) & (out.likely < 1)).all()
        assert sorted(set(out.lengths)) == sorted({float(len(each)) for each in SENTENCES})
        finished = judged(seen, made, frozenset({"t6"}), "bolig")
        assert (len(finished.applies), finished.applies.sum(), finished.sources) == (42, 18, 7)

    def test_what_is_said_in_a_text_does_not_move_what_is_believed_of_it(self, texts: Texts) -> None:
        seen = texts(2)
        other = decided(seen, "t1", [True, False, False, True, False, False])
        answers = ([True, False, True, True, False, False], [False, True, False, False, True, True])
        (one, two) = (judged(seen, decided(seen, "t0", each) + other, frozenset(), "bolig") for each in answers)
        kept, moved = one.likely == two.likely, one.likely != two.likely
        assert (one.applies[kept] != two.applies[kept]).all()
        assert (kept.sum(), moved.sum()) == (6, 6)

    def test_nor_in_a_stretch_of_the_only_text(self, texts: Texts) -> None:
        seen = texts(1)
        first, second = [True, True, False, True, False, False], [False, False, False, True, False, False]
        one, two = (judged(seen, decided(seen, "t0", each), frozenset(), "bolig") for each in (first, second))
        assert one.sources == 1
        assert one.likely[:2].tolist() == two.likely[:2].tolist()
        assert (one.likely[2:] != two.likely[2:]).all()

    def test_it_believes_less_than_one_who_has_seen_the_answers(self, texts: Texts) -> None:
        seen = texts(2)
        made = decided(seen, "t0", [False, False, True, False, False, False])
        out = judged(seen, made, frozenset(), "bolig")
        model = teach(seen, made)["bolig"]
        inside = chances(seen.evidence["t0"], model, seen.words_of("t0"))
        assert out.likely[2] < inside[2]

    def test_where_nothing_is_known_there_is_nothing_to_judge(self, texts: Texts) -> None:
        seen = texts(2)
        out = judged(seen, decided(seen, "t0", [True] * 6, "penger"), frozenset(), "bolig")
        assert (len(out.applies), out.sources, out.is_enough) == (0, 0, False)
        assert trust(out) == Trust(threshold=trust(out).threshold, silent=False, precision=None)
        assert figures(out, trust(out)).f1 is None

    def test_it_stops_when_told_to(self, texts: Texts) -> None:
        seen = texts(4)
        made = [each for name in seen.evidence for each in decided(seen, name, [True, False] * 3)]
        calls = itertools.count()
        out = judged(seen, made, frozenset(), "bolig", cancelled=lambda: next(calls) >= 2)
        assert len(out.applies) == 12


class TestTrust:
    def test_little_says_nothing(self) -> None:
        few = found([1.0] * (ENOUGH - 1) + [0.0] * 50, [0.9] * (ENOUGH - 1) + [0.1] * 50)
        usual = trust(few)
        assert (usual.threshold, usual.silent, usual.precision, few.is_enough) == (USUAL, False, None, False)
        assert trust(found([1.0] * 50 + [0.0] * (ENOUGH - 1), [0.1] * (49 + ENOUGH))) == usual
        assert found([1.0] * ENOUGH + [0.0] * ENOUGH, [0.5] * 2 * ENOUGH).is_enough

    def test_a_code_whose_suggestions_seldom_hold_is_silent(self) -> None:
        applies = [0.0] * 200 + [1.0] * ENOUGH
        likely = np.linspace(0.9, 0.1, len(applies))
        earned = trust(found(applies, likely.tolist()))
        assert earned.silent
        assert earned.precision == 0.0
        assert not trust(found(applies, likely[::-1].tolist())).silent

    def test_the_floor_decides(self) -> None:
        half = found([1.0, 0.0] * 20, [0.6] * 40)
        assert not trust(half, floor=0.5).silent
        assert trust(half, floor=0.51).silent

    def test_where_likelihoods_part_yes_from_no_the_threshold_does_too(self) -> None:
        for low, high in ((0.1, 0.2), (0.8, 0.9), (0.4, 0.6)):
            earned = trust(found([1.0] * 3000 + [0.0] * 3000, [high] * 3000 + [low] * 3000))
            assert low < earned.threshold
            assert earned.threshold == pytest.approx(high, abs=0.01)

    def test_little_knowledge_moves_the_threshold_little(self) -> None:
        away = [
            abs(trust(found([1.0] * many + [0.0] * many, [0.9] * many + [0.1] * many)).threshold - USUAL)
            for many in (ENOUGH, 4 * ENOUGH, 64 * ENOUGH)
        ]
        assert away == sorted(away)
        assert 0 < away[0] < away[-1]

    def test_units_of_equal_likelihood_are_proposed_together(self) -> None:
        """A threshold cannot lie between equal likelihoods, whichever of them come first."""
        ones, noes = [1.0] * 30, [0.0] * 30
        first = trust(found([*ones, *noes, *noes], [0.7] * 60 + [0.2] * 30))
        last = trust(found([*noes, *ones, *noes], [0.7] * 60 + [0.2] * 30))
        assert first == last
        assert first.precision == 0.5

    @given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.floats(0.01, 0.99)), max_size=60))
    @settings(max_examples=80, deadline=None)
    def test_what_is_earned_is_within_reason(self, units: list[tuple[float, float]]) -> None:
        out = found([answer for answer, _ in units], [value for _, value in units])
        earned = trust(out)
        assert 0 < earned.threshold < 1
        assert earned.precision is None or 0 <= earned.precision <= 1
        assert out.is_enough or not earned.silent


class TestFigures:
    def test_they_count_what_is_proposed_at_the_threshold(self) -> None:
        applies = [1.0] * 10 + [0.0] * 10
        likely = [0.9] * 6 + [0.2] * 4 + [0.9] * 2 + [0.2] * 8
        earned = Trust(threshold=0.9, silent=False, precision=None)
        told = figures(found(applies, likely), earned)
        assert (told.precision, told.recall, told.f1) == (6 / 8, 6 / 10, 2 * 6 / (8 + 10))
        assert (told.units, told.with_code, told.sources, told.is_enough) == (20, 10, 2, True)
        assert (told.code, told.threshold, told.silent) == ("bolig", 0.9, False)
        assert told.precision is not None and told.recall is not None
        assert told.f1 == pytest.approx(2 * told.precision * told.recall / (told.precision + told.recall))
        assert figures(found(applies, likely), replace(earned, silent=True)).silent

    def test_nothing_proposed_has_no_precision(self) -> None:
        told = figures(found([1.0, 0.0] * 10, [0.1] * 20), Trust(threshold=0.9, silent=False, precision=None))
        assert (told.precision, told.recall, told.f1) == (None, 0.0, 0.0)

    def test_too_little_gives_no_figures(self) -> None:
        told = figures(found([1.0, 0.0], [0.9, 0.1]), Trust(threshold=0.5, silent=False, precision=None))
        assert (told.precision, told.recall, told.f1, told.calibration, told.reading) == (None,) * 5
        assert (told.units, told.with_code, told.is_enough) == (2, 1, False)

    def test_calibration_by_hand(self) -> None:
        assert calibration(np.array([0.0, 1.0]), np.array([0.0, 1.0])) == 0.0
        assert calibration(np.array([0.0, 1.0]), np.array([1.0, 0.0])) == 1.0
        assert calibration(np.full(4, 0.75), np.array([1.0, 1, 1, 0])) == pytest.approx(0.0)
        mixed = calibration(np.array([0.25, 0.25, 0.85, 0.85]), np.array([0.0, 1, 1, 1]))
        assert mixed == pytest.approx((2 * 0.25 + 2 * 0.15) / 4)

    def test_reading_by_hand(self) -> None:
        likely, applies = np.array([0.9, 0.7, 0.5, 0.3]), np.array([1.0, 0, 1, 0])
        assert reading(likely, applies, np.array([10.0, 10, 20, 60])) == pytest.approx(0.4)
        assert reading(likely[::-1], applies[::-1], np.array([60.0, 20, 10, 10])) == pytest.approx(0.4)
        assert reading(likely, np.array([0.0, 0, 0, 1]), np.ones(4)) == 1.0

    def test_nine_in_ten_places_are_enough(self) -> None:
        applies = np.array([1.0] * 9 + [0.0] * 90 + [1.0])
        assert reading(np.linspace(0.99, 0.01, 100), applies, np.ones(100)) == pytest.approx(0.09)
        assert reading(np.linspace(0.99, 0.01, 100), np.roll(applies, -1), np.ones(100)) == pytest.approx(0.99)

    def test_equally_likely_units_are_read_together(self) -> None:
        for applies in ([1.0, 0, 0, 0], [0.0, 0, 1, 0]):
            assert reading(np.array([0.6, 0.6, 0.6, 0.1]), np.array(applies), np.ones(4)) == pytest.approx(0.75)

    @given(
        st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0]), st.integers(1, 99)), min_size=1, max_size=30)
    )
    @settings(max_examples=60, deadline=None)
    def test_shares_are_shares(self, units: list[tuple[float, float, int]]) -> None:
        likely, applies, lengths = (np.array(column, dtype=np.float64) for column in zip(*units, strict=True))
        assert 0 <= calibration(likely, applies) <= 1
        assert 0 < reading(likely, applies, lengths) <= 1
        same = reading(np.full(len(units), 0.5), applies, lengths)
        assert same == 1.0


class TestInterval:
    @pytest.mark.parametrize(
        ("hits", "of", "low", "high"),
        [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (10, 20, 0.2993, 0.7007),
            (0, 10, 0.0, 0.2775),
        ],
    )
    def test_published_values(self, hits: int, of: int, low: float, high: float) -> None:
        """The first four: Newcombe 1998, table I, method 3, to four places."""
        assert interval(hits, of) == pytest.approx((low, high), abs=6e-5)

    def test_nothing_drawn_says_nothing(self) -> None:
        assert interval(0, 0) == (0.0, 1.0)

    @given(st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
    @settings(max_examples=80)
    def test_it_holds_the_share_and_narrows_with_more(self, drawn: tuple[int, int]) -> None:
        hits, of = drawn
        low, high = interval(hits, of)
        assert 0 <= low <= hits / of + 1e-12
        assert hits / of - 1e-12 <= high <= 1
        more_low, more_high = interval(4 * hits, 4 * of)
        assert more_high - more_low < high - low
        assert interval(of - hits, of) == pytest.approx((1 - high, 1 - low))

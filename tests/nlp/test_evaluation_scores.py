"""Counts, intervals, agreement and what is left to read."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.evaluation.judgements import Judgements, joined
from nlp.evaluation.labels import STUDY_THEMES, THEMES, Label, united
from nlp.evaluation.scores import agreement, counts_of, gain, interval, score
from nlp.evaluation.tables import agreement_table, difference_lines, gain_table, language_table, score_table


def judged(
    rows: list[tuple[str, str]],
    *,
    groups: list[int] | None = None,
    likely: list[float] | None = None,
    lengths: list[float] | None = None,
) -> Judgements:
    """From (meant, found) of each unit, themes with blanks between; `likely` is of every theme alike."""
    count = len(rows)
    chances = np.array(likely or [0.5] * count)
    return Judgements(
        themes=THEMES,
        meant=np.array([[theme in meant.split() for theme in THEMES] for meant, _ in rows]).reshape(count, len(THEMES)),
        found=np.array([[theme in found.split() for theme in THEMES] for _, found in rows]).reshape(count, len(THEMES)),
        likely=np.repeat(chances[:, None], len(THEMES), axis=1),
        counted=np.ones((count, len(THEMES)), dtype=np.bool_),
        groups=np.array(groups or [0] * count, dtype=np.int64),
        lengths=np.array(lengths or [1.0] * count),
        words=np.full(count, 50, dtype=np.int64),
        by_participant=np.array([place % 2 == 1 for place in range(count)], dtype=np.bool_),
        languages=np.array(["nb"] * count, dtype="<U2"),
    )


ROWS = [("bolig", "bolig"), ("bolig", ""), ("", "bolig rop"), ("rop", "rop"), ("", "")]


def test_scores_count_hits_false_alarms_and_misses() -> None:
    bolig, rop = score(judged(ROWS), ("bolig",)), score(judged(ROWS), ("rop",))
    assert (bolig.hits, bolig.false, bolig.missed) == (1, 1, 1)
    assert (bolig.precision, bolig.recall, bolig.f1) == (0.5, 0.5, 0.5)
    assert (rop.precision, rop.recall) == (0.5, 1.0)
    both = score(judged(ROWS), ("bolig", "rop"))
    assert (both.hits, both.false, both.missed) == (2, 2, 1)
    assert both.f1 == pytest.approx(4 / 7)


def test_false_alarms_are_told_by_a_thousand_words() -> None:
    assert score(judged(ROWS), ("bolig", "rop")).false_in_thousand == pytest.approx(1000 * 2 / 250)


def test_a_theme_that_nobody_names_has_no_figures() -> None:
    found = score(judged(ROWS), ("okonomi",))
    assert (found.precision, found.recall, found.f1, found.reading) == (None, None, None, None)
    assert math.isnan(found.low) and math.isnan(found.high)


def test_what_was_answered_beforehand_does_not_count() -> None:
    answered = np.zeros((len(ROWS), len(THEMES)), dtype=np.bool_)
    for unit, outcome in enumerate(((0, 1, 1), (1, 1, 0), (1, 0, 1))):
        answered[:] = False
        answered[unit, THEMES.index("bolig")] = True
        found = score(judged(ROWS).without(answered), ("bolig",))
        assert (found.hits, found.false, found.missed) == outcome
        assert score(judged(ROWS).without(answered), ("rop",)).hits == 1


def test_a_theme_is_read_for_in_order_of_likelihood() -> None:
    rows = [("bolig", ""), ("", ""), ("bolig", ""), ("", "")]
    asked = judged(rows, likely=[0.9, 0.8, 0.7, 0.1], lengths=[10, 20, 30, 40])
    assert score(asked, ("bolig",)).reading == pytest.approx(0.6)
    assert score(judged(rows, likely=[0.9, 0.1, 0.8, 0.1], lengths=[10, 20, 30, 40]), ("bolig",)).reading == 0.4


def test_reading_leaves_out_what_was_answered_beforehand() -> None:
    rows = [("bolig", ""), ("bolig", ""), ("", "")]
    answered = np.zeros((3, len(THEMES)), dtype=np.bool_)
    answered[1, THEMES.index("bolig")] = True
    asked = judged(rows, likely=[0.9, 0.1, 0.5], lengths=[10, 50, 30])
    assert score(asked, ("bolig",)).reading == 1.0
    assert score(asked.without(answered), ("bolig",)).reading == 0.25


def test_an_interval_of_groups_that_are_alike_has_no_width() -> None:
    assert interval(np.array([[3, 1, 1]] * 5)) == pytest.approx((0.75, 0.75))


def test_an_interval_is_the_same_each_time_and_holds_the_figure() -> None:
    counts = np.array([[5, 1, 0], [1, 4, 4], [3, 3, 3], [0, 0, 6], [8, 1, 1]])
    hits, false, missed = counts.sum(axis=0)
    low, high = interval(counts)
    assert (low, high) == interval(counts)
    assert low < 2 * hits / (2 * hits + false + missed) < high
    assert interval(counts, seed=7) != (low, high)


def test_an_interval_of_many_single_units_is_that_of_their_share() -> None:
    """With hits and misses alone, and as many of each, F is 2h / (n + h): the spread of h is binomial."""
    counts = np.array([[1, 0, 0], [0, 0, 1]] * 200)
    low, high = interval(counts)
    for share, end in ((0.5 - 1.96 * 0.025, low), (0.5 + 1.96 * 0.025, high)):
        assert end == pytest.approx(2 * share / (1 + share), abs=0.01)


def test_whole_groups_are_drawn_together() -> None:
    """Two groups that are all right or all wrong: sometimes only the one or only the other is drawn."""
    rows = [("bolig", "bolig")] * 50 + [("bolig", "")] * 50
    together = score(judged(rows, groups=[0] * 50 + [1] * 50), ("bolig",))
    apart = score(judged(rows, groups=list(range(100))), ("bolig",))
    assert (together.low, together.high) == (0.0, 1.0)
    assert 0.5 < apart.low < apart.high < 0.8


def test_groups_of_two_texts_stay_apart_when_they_are_joined() -> None:
    one, other = judged([("bolig", "bolig")] * 2, groups=[0, 1]), judged([("bolig", "")])
    assert counts_of(joined([one, other]), ("bolig",)).tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_a_gain_is_told_with_its_interval() -> None:
    before = judged([("bolig", "bolig"), ("bolig", "")] * 20, groups=[*range(40)])
    after = judged([("bolig", "bolig"), ("bolig", "bolig")] * 20, groups=[*range(40)])
    risen, low, high = gain(before, after, ("bolig",))
    assert risen == pytest.approx(1 / 3)
    assert 0 < low < risen < high
    assert gain(before, before, ("bolig",)) == (0.0, 0.0, 0.0)


def test_kappa_is_cohens() -> None:
    """Cohen 1960's form: 20 both, 5 one, 10 other, 15 neither gives .4."""
    answers = [("bolig", "bolig")] * 20 + [("bolig", "")] * 5 + [("", "bolig")] * 10 + [("", "")] * 15
    pairs = [tuple(Label(0, 1, frozenset(said.split())) for said in pair) for pair in answers]
    found = agreement([(one, other) for one, other in pairs], "bolig")
    assert (found.first, found.second, found.both, found.units) == (25, 30, 20, 50)
    assert found.kappa == pytest.approx(0.4)
    assert found.f1 == pytest.approx(40 / 55)


def test_kappa_is_nothing_where_chance_alone_would_agree() -> None:
    never = Label(0, 1, frozenset())
    assert agreement([(never, never)] * 5, "bolig").kappa is None
    assert agreement([], "bolig").kappa is None


def test_united_readers_name_what_any_of_them_names() -> None:
    one, other = Label(0, 5, frozenset({"bolig"})), Label(0, 5, frozenset({"rop"}))
    assert united([[one], [other]]) == [Label(0, 5, frozenset({"bolig", "rop"}))]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(THEMES)).map(" ".join),
            st.sets(st.sampled_from(THEMES)).map(" ".join),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_themes_and_groups_sum_to_the_whole(rows: list[tuple[str, str, int]]) -> None:
    asked = judged([(meant, found) for meant, found, _ in rows], groups=[group for *_, group in rows])
    each = [score(asked, (theme,)) for theme in STUDY_THEMES]
    whole = score(asked, STUDY_THEMES)
    assert whole.hits == sum(found.hits for found in each)
    assert whole.false == sum(found.false for found in each)
    assert whole.missed == sum(found.missed for found in each)
    by_turns = [score(asked.where(asked.by_participant == who), STUDY_THEMES) for who in (True, False)]
    assert sum(found.hits for found in by_turns) == whole.hits
    assert math.isnan(whole.low) or 0 <= whole.low <= whole.high <= 1


def test_tables_have_a_line_for_every_theme_and_the_sums() -> None:
    lines = list(score_table(judged(ROWS)))
    assert [line.split("  ")[0] for line in lines] == ["theme", *THEMES, "micro", "micro of all"]
    assert lines[1].split() == ["bolig", "2", "0.50", "0.50", "0.50", "0.50-0.50", "4.0", "100%"]
    assert lines[4].split() == ["okonomi", "0", "-", "-", "-", "-", "0.0"]
    assert [line.split("  ")[0] for line in language_table(judged(ROWS))] == ["micro, bokmål"]
    pair = (Label(0, 1, frozenset({"rop"})), Label(0, 1, frozenset()))
    assert list(agreement_table([pair], ("rop",)))[1].split() == ["rop", "1", "0", "0", "0.00", "0.00"]


def test_a_gain_is_the_mean_over_runs_with_a_line_for_each() -> None:
    worse, better = judged([("bolig", ""), ("bolig", "bolig")]), judged([("bolig", "bolig")] * 2)
    lines = list(gain_table([("seed 0", worse, better), ("seed 1", worse, worse)]))
    assert lines[1].split() == ["bolig", "0.67", "0.83", "+0.17"]
    assert [line.split("  ")[1] for line in lines[-2:]] == ["seed 0", "seed 1"]


def test_differences_are_listed_and_nothing_else() -> None:
    said = [("a", place, f"Ord {place}\n her") for place in range(len(ROWS))]
    assert list(difference_lines(judged(ROWS), said)) == [
        "a\t1\tmissed bolig\tfalse -\tOrd 1 her",
        "a\t2\tmissed -\tfalse bolig,rop\tOrd 2 her",
    ]

"""The regression gives the one answer there is, whatever it starts from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.learning.fit import TOLERANCE, fit, probability
from nlp.learning.rows import Vector, dense

SEEN = np.array([[1, 0, 2], [1, 1, 0], [1, 0.5, -1], [1, -1, 1], [1, 2, 0.5], [1, 0, -2]], dtype=np.float64)
ANSWERS = np.array([1.0, 0, 1, 0, 1, 0])
AMOUNTS = np.array([1.0, 0.5, 1, 2, 1, 0.6])
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Vector, Vector, Vector, Vector, Vector]:
    """Matrix, answers, amounts, means, precisions; separable ones and contradictions among them."""
    count, width = draw(st.integers(0, 7)), draw(st.integers(1, 4))
    numbers = st.sampled_from([0.0, 1.0, -1.0, 0.3, 4.0, 12.0])
    matrix = [draw(st.lists(numbers, min_size=width, max_size=width)) for _ in range(count)]
    answers = draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=count, max_size=count))
    amounts = draw(st.lists(st.sampled_from([0.1, 0.5, 1.0, 3.0]), min_size=count, max_size=count))
    means = draw(st.lists(st.sampled_from([-3.0, 0.0, 0.5, 4.0]), min_size=width, max_size=width))
    precisions = draw(st.lists(st.sampled_from([0.3, 0.7, 2.0]), min_size=width, max_size=width))
    return (
        np.array(matrix, dtype=np.float64).reshape(-1, width),
        np.array(answers),
        np.array(amounts),
        np.array(means),
        np.array(precisions),
    )


@pytest.mark.parametrize(
    ("precision", "expected"),
    [(1.0, [-0.13097631, 0.85410272, 0.22675301]), (0.5, [-0.19981184, 1.16976865, 0.33092298])],
)
def test_with_a_prior_around_nought_it_is_ridge_regression(precision: float, expected: list[float]) -> None:
    """scikit-learn 1.9.1: LogisticRegression(C=1 / precision, fit_intercept=False, tol=1e-12) with sample_weight."""
    found = fit(dense(SEEN), ANSWERS, AMOUNTS, np.zeros(3), np.full(3, precision))
    assert found == pytest.approx(np.array(expected), abs=1e-4)


def test_without_answers_the_prior_is_the_answer() -> None:
    means = np.array([-2.2, 3.6, 0.0])
    assert fit(dense(np.zeros((0, 3))), np.zeros(0), np.zeros(0), means, np.ones(3)).tolist() == means.tolist()


@given(problems())
@QUICK
def test_nothing_pulls_at_the_answer(problem: tuple[Vector, Vector, Vector, Vector, Vector]) -> None:
    matrix, answers, amounts, means, precisions = problem
    found = fit(dense(matrix), answers, amounts, means, precisions)
    likely = 1.0 / (1.0 + np.exp(-(matrix @ found)))
    pull = matrix.T @ (amounts * (likely - answers)) + precisions * (found - means)
    assert np.abs(pull).max() <= 2 * TOLERANCE


@given(problems(), st.floats(-5, 5))
@QUICK
def test_where_it_starts_makes_no_difference(
    problem: tuple[Vector, Vector, Vector, Vector, Vector], begin: float
) -> None:
    matrix, answers, amounts, means, precisions = problem
    start = np.full(len(means), begin)
    there = fit(dense(matrix), answers, amounts, means, precisions, start=start)
    assert there == pytest.approx(fit(dense(matrix), answers, amounts, means, precisions), abs=1e-3)
    assert start.tolist() == [begin] * len(means)


@given(problems())
@QUICK
def test_to_count_double_is_to_be_said_twice(problem: tuple[Vector, Vector, Vector, Vector, Vector]) -> None:
    matrix, answers, amounts, means, precisions = problem
    double = fit(dense(matrix), answers, 2 * amounts, means, precisions)
    twice = fit(dense(np.vstack((matrix, matrix))), np.tile(answers, 2), np.tile(amounts, 2), means, precisions)
    assert double == pytest.approx(twice, abs=1e-3)


@given(problems(), st.floats(0.1, 10))
@QUICK
def test_more_weight_on_a_yes_never_lowers_its_likelihood(
    problem: tuple[Vector, Vector, Vector, Vector, Vector], more: float
) -> None:
    matrix, answers, amounts, means, precisions = problem
    if not len(matrix):
        return
    answers[0] = 1.0
    heavier = amounts + more * (np.arange(len(amounts)) == 0)
    before = matrix[0] @ fit(dense(matrix), answers, amounts, means, precisions)
    after = matrix[0] @ fit(dense(matrix), answers, heavier, means, precisions)
    assert after >= before - 1e-3


def test_a_stronger_prior_stays_nearer_to_its_mean() -> None:
    means = np.array([0.5, -1.0, 0.0])
    away = [
        float(np.abs(fit(dense(SEEN), ANSWERS, AMOUNTS, means, np.full(3, held)) - means).sum())
        for held in (0.1, 1.0, 10.0, 1000.0)
    ]
    assert away == sorted(away, reverse=True)
    assert away[-1] < 0.01


def test_likelihoods_of_any_log_odds() -> None:
    far = probability(np.array([-1e6, -40.0, 0.0, 40.0, 1e6]))
    assert far.tolist() == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])
    some = np.linspace(-8, 8, 17)
    assert probability(some) == pytest.approx(1 / (1 + np.exp(-some)))
    assert probability(some) + probability(-some) == pytest.approx(np.ones(17))

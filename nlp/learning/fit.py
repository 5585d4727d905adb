"""Logistic regression with a normal prior on every weight: the maximum a posteriori estimate.

Minimises, over weights w, with rows x, answers y in {0, 1}, row weights a, prior means m and precisions q,

    sum_i a_i * log(1 + exp(-(2 y_i - 1) * w.x_i))  +  1/2 * sum_j q_j * (w_j - m_j)^2

(Bishop 2006, Pattern Recognition and Machine Learning, 4.5). Strictly convex when every q_j > 0, so there is one answer. Newton
steps, each solved by conjugate gradients (Nocedal and Wright 2006, algorithm 7.1), with halving until the sum falls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from nlp.learning.rows import Rows, Vector

TOLERANCE = 1e-5
_STEPS = 60
_HALVINGS = 40
_NEAR_ENOUGH = 1e-4
"""How much of a step's error may be left; the next step takes care of it."""


def probability(log_odds: Vector) -> Vector:
    """1 / (1 + exp(-log_odds)), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * log_odds)))


def fit(
    rows: Rows,
    answers: Vector,
    amounts: Vector,
    means: Vector,
    precisions: Vector,
    *,
    start: Vector | None = None,
    tolerance: float = TOLERANCE,
) -> Vector:
    """Weights, shape (width).

    Args:
        rows: what was seen, one row a decision.
        answers: shape (rows): 1 where the code applies, 0 where it does not.
        amounts: shape (rows): how much each row counts, above 0.
        means: shape (width): the prior's weights; the answer when there are no rows.
        precisions: shape (width), above 0: how strongly the prior holds a weight back.
        start: where to begin, such as the weights before one more decision.
        tolerance: ends when no part of the gradient is larger.
    """
    weights = means.copy() if start is None else start.copy()
    loss = _loss(rows, answers, amounts, means, precisions, weights)
    for _ in range(_STEPS):
        chances = probability(rows.times(weights))
        gradient = rows.transposed_times(amounts * (chances - answers)) + precisions * (weights - means)
        if np.max(np.abs(gradient), initial=0.0) <= tolerance:
            break
        curvature = amounts * chances * (1.0 - chances)
        bent = partial(_bent, rows, curvature, precisions)
        step = _solve(bent, -gradient, rows.squared().transposed_times(curvature) + precisions)
        length = 1.0
        for _halving in range(_HALVINGS):
            tried = _loss(rows, answers, amounts, means, precisions, weights + length * step)
            if tried <= loss:
                break
            length /= 2.0
        else:
            break
        weights, loss = weights + length * step, tried
    return weights


def _loss(rows: Rows, answers: Vector, amounts: Vector, means: Vector, precisions: Vector, weights: Vector) -> float:
    signed = (1.0 - 2.0 * answers) * rows.times(weights)
    return float(amounts @ np.logaddexp(0.0, signed) + 0.5 * (precisions @ (weights - means) ** 2))


def _bent(rows: Rows, curvature: Vector, precisions: Vector, vector: Vector) -> Vector:
    """The second derivative times a vector."""
    return rows.transposed_times(curvature * rows.times(vector)) + precisions * vector


def _solve(product: Callable[[Vector], Vector], wanted: Vector, diagonal: Vector) -> Vector:
    """x with product(x) close to wanted, by conjugate gradients; the diagonal speeds it up."""
    found = np.zeros_like(wanted)
    left = wanted.copy()
    scaled = left / diagonal
    direction = scaled.copy()
    size = float(left @ scaled)
    enough = size * _NEAR_ENOUGH
    for _ in range(min(len(wanted), 200)):
        if size <= enough:
            break
        turned = product(direction)
        length = size / float(direction @ turned)
        found += length * direction
        left -= length * turned
        scaled = left / diagonal
        size, before = float(left @ scaled), size
        direction = scaled + (size / before) * direction
    return found

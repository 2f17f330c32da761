"""Each margin loss against its closed form, its own slope, and scikit-learn's compiled losses."""

import numpy as np
import pytest
from sklearn._loss._loss import CyHalfSquaredError, CyHuberLoss
from sklearn.linear_model import SGDClassifier
from sklearn.linear_model import _sgd_fast as compiled

from scratch.margin_losses import NAMES, ModifiedHuber, loss_named

EPSILON = 0.3
LOSSES = {name: loss_named(name, epsilon=EPSILON) for name in NAMES}
MARGIN_LOSSES = {name: loss for name, loss in LOSSES.items() if name != "log_loss"}
# φ at the margins −3, −1, 0, 0.5, 1, 1.2, 2, by hand, with ε = 0.3
MARGINS = np.array([-3.0, -1.0, 0.0, 0.5, 1.0, 1.2, 2.0])
BY_HAND = {
    "hinge": [4, 2, 1, 0.5, 0, 0, 0],
    "perceptron": [3, 1, 0, 0, 0, 0, 0],
    "modified_huber": [12, 4, 1, 0.25, 0, 0, 0],
    "squared_hinge": [16, 4, 1, 0.25, 0, 0, 0],
    "squared_error": [8, 2, 0.5, 0.125, 0, 0.02, 0.5],
    "huber": [0.3 * 3.85, 0.3 * 1.85, 0.3 * 0.85, 0.3 * 0.35, 0, 0.02, 0.3 * 0.85],
    "epsilon_insensitive": [3.7, 1.7, 0.7, 0.2, 0, 0, 0.7],
    "squared_epsilon_insensitive": [13.69, 2.89, 0.49, 0.04, 0, 0, 0.49],
}
# what scikit-learn has compiled for them
THEIRS = {
    "hinge": compiled.Hinge(1.0),
    "perceptron": compiled.Hinge(0.0),
    "modified_huber": compiled.ModifiedHuber(),
    "squared_hinge": compiled.SquaredHinge(1.0),
    "epsilon_insensitive": compiled.EpsilonInsensitive(EPSILON),
    "squared_epsilon_insensitive": compiled.SquaredEpsilonInsensitive(EPSILON),
}
OF_SKLEARN_LOSS = {"huber": CyHuberLoss(EPSILON), "squared_error": CyHalfSquaredError()}


@pytest.mark.parametrize("name", MARGIN_LOSSES)
def test_by_hand(name):
    np.testing.assert_allclose(MARGIN_LOSSES[name].of_margin(MARGINS), BY_HAND[name], atol=1e-15)


def test_every_name_is_tried():
    assert {*BY_HAND, "log_loss"} == set(NAMES)
    assert {*THEIRS, *OF_SKLEARN_LOSS, "log_loss"} == set(SGDClassifier.loss_functions)


@pytest.mark.parametrize("name", NAMES)
def test_residuals_are_the_slopes_of_the_values(name):
    """By central differences, away from the kinks; soft targets too."""
    z = np.random.default_rng(0).uniform(-4, 4, 2000)[np.newaxis]
    kinks = np.array([-1.0, 0.0, 1.0, 1 - EPSILON, 1 + EPSILON])
    kinks = np.concatenate([kinks, -kinks])
    z = z[:, np.abs(z - kinks[:, np.newaxis]).min(axis=0) > 1e-3]
    for targets in (np.zeros_like(z), np.ones_like(z), np.full_like(z, 0.3)):
        loss, h = LOSSES[name], 1e-6
        slope = (loss.values(z + h, targets) - loss.values(z - h, targets)) / (2 * h)
        np.testing.assert_allclose(loss.residual(z, targets)[0], slope, atol=1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_the_residual_of_a_number_is_that_of_an_array(name):
    loss, rng = LOSSES[name], np.random.default_rng(0)
    edges = [-1.0, 0.0, 1.0, 1 - EPSILON, 1 + EPSILON, 1e9, -1e9]
    scores = np.concatenate([rng.normal(size=200) * 3, edges, np.negative(edges)])
    for positive in (False, True):
        expected = loss.residual(scores[np.newaxis], np.full((1, len(scores)), float(positive)))[0]
        found = [loss.residual_of_number(z, positive) for z in scores.tolist()]
        np.testing.assert_allclose(found, expected, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", [*THEIRS, *OF_SKLEARN_LOSS])
def test_residuals_and_values_are_scikit_learns(name):
    """To the bit: at random scores, at the edges of each piece."""
    loss, rng = MARGIN_LOSSES[name], np.random.default_rng(0)
    edges = np.array([-1.0, 0.0, 1.0, 1 - EPSILON, 1 + EPSILON])
    edges = np.concatenate([edges, np.nextafter(edges, 9), np.nextafter(edges, -9)])
    scores = np.concatenate([rng.normal(size=500) * 3, edges, -edges, [1e300, -1e300]])
    for positive, y in ((True, 1.0), (False, -1.0)):
        if name in THEIRS:
            slopes = [THEIRS[name].py_dloss(z, y) for z in scores]
            values = [THEIRS[name].py_loss(z, y) for z in scores]
        else:
            cython = OF_SKLEARN_LOSS[name]
            slopes, values = np.empty((2, len(scores)))
            how = {"y_true": np.full(len(scores), y), "raw_prediction": scores}
            cython.gradient(**how, sample_weight=None, gradient_out=slopes, n_threads=1)
            cython.loss(**how, sample_weight=None, loss_out=values, n_threads=1)
        found = [loss.residual_of_number(z, positive) for z in scores.tolist()]
        np.testing.assert_array_equal(found, np.clip(slopes, -1e12, 1e12))
        with np.errstate(over="ignore"):
            ours = loss.values(scores[np.newaxis], np.full((1, len(scores)), float(positive)))
        np.testing.assert_allclose(ours, values, rtol=1e-15)


GUESSES = {
    "hinge": lambda p: 2 * min(p, 1 - p),
    "perceptron": lambda p: 0.0,
    "squared_hinge": lambda p: 4 * p * (1 - p),
    "modified_huber": lambda p: 4 * p * (1 - p),
    "squared_error": lambda p: 2 * p * (1 - p),
    "epsilon_insensitive": lambda p: 2 * (1 - EPSILON) * min(p, 1 - p),
    "squared_epsilon_insensitive": lambda p: 4 * p * (1 - p) * (1 - EPSILON) ** 2,
}


@pytest.mark.parametrize("p", [0.1, 0.5, 0.73])
@pytest.mark.parametrize("name", GUESSES)
def test_the_loss_of_guessing(name, p):
    loss = MARGIN_LOSSES[name]
    assert loss.guess(np.array([p])) == pytest.approx(GUESSES[name](p), rel=1e-9)
    both = loss.guess(np.array([p, 1 - p]))
    assert both == pytest.approx(2 * GUESSES[name](p), rel=1e-9)


@pytest.mark.parametrize("name", MARGIN_LOSSES)
def test_the_bound_of_the_curvature(name):
    """The slope rises by at most h per unit, or in a jump of at most h."""
    loss = MARGIN_LOSSES[name]
    m = np.linspace(-4, 4, 4001)
    rise = np.diff(loss.slope(m))
    assert (rise >= -1e-12).all()  # convex
    has_kinks = name in ("hinge", "perceptron", "epsilon_insensitive")
    assert rise.max() <= loss.curvature(1) * (1 if has_kinks else m[1] - m[0]) + 1e-9
    assert loss.targets(2).tolist() == [[0.0, 1.0]]
    assert loss.targets(3).tolist() == np.eye(3).tolist()


def test_modified_huber_says_the_share():
    """A score that minimises the mean loss stands for the share of the class."""
    loss, z = ModifiedHuber(), np.linspace(-1, 1, 2001)
    for p in (0.0, 0.2, 0.65, 1.0):
        best = z[np.argmin(p * loss.of_margin(z) + (1 - p) * loss.of_margin(-z))]
        assert loss.probabilities(np.array([best]))[0] == pytest.approx(p, abs=1e-3)
    assert loss.probabilities(np.array([-7.0, 7.0])).tolist() == [0.0, 1.0]

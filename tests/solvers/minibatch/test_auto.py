"""The first step of "auto": coordinates, eigenvalue, noise and η₀ against their closed forms."""

import numpy as np
import pytest
from scratch.solvers.minibatch.first_step import (
    Loss,
    Subset,
    coordinates_of,
    first_step,
    gradient_variance,
    largest_eigenvalue,
    representatives,
)

from scratch.solvers.minibatch.samples import Samples

SIGMOID = Loss(1 / 4, 1 / 2, lambda p: -float(p @ np.log(p) + (1 - p) @ np.log(1 - p)))


def alike(n):
    return np.full(n, 1 / n)


def test_centre_and_scale_are_mean_and_damped_variance():
    rng = np.random.default_rng(0)
    rows, weights = rng.normal(size=(400, 3)) * [1, 20, 0.1] + [0, 50, -7], rng.dirichlet([1] * 400)
    (centre, squares), scaled = coordinates_of(rows, weights, damping=0.0)
    mean = weights @ rows
    np.testing.assert_allclose(centre, mean, rtol=1e-10)
    np.testing.assert_allclose(squares, weights @ np.square(rows - mean), rtol=1e-10)
    np.testing.assert_allclose(scaled, (rows - centre) / np.sqrt(squares), rtol=1e-9)
    (_, damped), _ = coordinates_of(rows, weights)
    assert (damped > squares).all()
    assert (damped < 1.2 * squares).all()


def test_without_an_intercept_the_scale_is_about_0():
    (centre, squares), _ = coordinates_of(
        np.array([[3.0], [4.0]]), alike(2), centred=False, damping=0.0
    )
    np.testing.assert_array_equal(centre, 0)
    np.testing.assert_allclose(squares, 12.5)


def test_what_was_seen_once_or_never_may_come_as_far_as_other_features():
    rows = np.zeros((100, 3))
    rows[:, 0] = np.tile([10.0, -10.0], 50)
    rows[0, 1] = 0.1
    (_, squares), _ = coordinates_of(rows, alike(100))
    # half way between 10 and 0.1, that is some 5, 100 times apart
    assert squares[1] == pytest.approx(4 * 5.0**2 / 512 + 0.1**2 / 100, rel=2)
    assert squares[2] > 5.0**2 / 512 / 2
    (_, constant), _ = coordinates_of(np.full((50, 1), 7.0), alike(50))
    assert constant[0] == pytest.approx(49 / 512)


@pytest.mark.parametrize("d", [1, 3, 50])
def test_the_eigenvalue_of_one_repeated_row_is_its_squared_length(d):
    x = np.random.default_rng(d).normal(size=d)
    assert largest_eigenvalue(np.tile(x, (7, 1)), alike(7)) == pytest.approx(x @ x, rel=1e-12)
    assert largest_eigenvalue(np.zeros((7, d)), alike(7)) == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_eigenvalue_is_never_above_the_true_one_and_near_it(seed):
    rng = np.random.default_rng(seed)
    rows, weights = rng.normal(size=(60, 5)) * [5, 1, 1, 1, 1], rng.dirichlet(np.ones(60))
    truth = np.linalg.eigvalsh(rows.T * weights @ rows)[-1]
    found = largest_eigenvalue(rows, weights)
    assert 0.98 * truth < found <= truth * (1 + 1e-12)
    order = rng.permutation(5)
    assert largest_eigenvalue(rows[:, order], weights) == pytest.approx(found, rel=1e-12)


def test_the_variance_is_that_of_the_gradients_of_single_samples():
    rng = np.random.default_rng(0)
    X, T = rng.normal(size=(50, 4)), np.eye(3)[rng.integers(0, 3, 50)].T
    p = T.mean(axis=1)
    extended = np.column_stack([X, np.ones(50)])
    gradients = [np.outer(p - T[:, i], extended[i]) for i in range(50)]
    expected = np.mean([np.sum(g**2) for g in gradients])
    assert gradient_variance(X, T, alike(50), p) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("unit", [1.0, 255.0, 1e-3])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("noise", [0.0, 1 / 128])
def test_eta0_is_its_formula(unit, momentum, noise):
    # one feature, ±1 on either label: frequencies 1/2 each, residuals² 1/4, |x̃|² = 1/s² + 1
    rows, targets = unit * np.array([[1.0], [-1], [1], [-1]]), np.array([[0.0, 0, 1, 1]])
    subset = Subset(rows, targets, alike(4))
    step = first_step(subset, SIGMOID, momentum=momentum, noise=noise, batch_size=128)
    s2 = 1 + noise * 128 * 4 / 512
    swing = 1.5 * (1 + momentum) / (1 - momentum) * 2 * noise * (1 / s2 + 1) / 4 / np.log(2)
    assert step.coordinates.squares[0] == pytest.approx(s2 * unit**2)
    assert step.eta0 == pytest.approx(1.5 * (1 + momentum) / (1 / 4 + swing), rel=1e-12)
    assert step.pace.noise_share == pytest.approx(swing / (1 / 4 + swing))
    assert step.at_start == pytest.approx(np.log(2))
    assert step.largest_rise == pytest.approx(np.log(2) / 2)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_no_feature_makes_the_curvature_less_than_that_of_the_intercept(momentum):
    # with x = 0 the score is b alone, and the mean of p(1 − p) is at most 1/4: the eigenvalue is 1
    subset = Subset(np.zeros((4, 2)), np.array([[0.0, 0, 1, 1]]), alike(4))
    step = first_step(subset, SIGMOID, momentum=momentum, noise=0.0, batch_size=4)
    assert step.eta0 == pytest.approx(1.5 * (1 + momentum) / (1 / 4), rel=1e-12)


@pytest.mark.parametrize("unit", [1e-200, 1e200])
def test_eta0_of_extreme_units_is_finite(unit):
    subset = Subset(np.array([[unit], [-unit]]), np.array([[0.0, 1.0]]), alike(2))
    step = first_step(subset, SIGMOID, momentum=0.9, noise=0.0, batch_size=2)
    assert 0 < step.eta0 < np.inf
    assert (step.coordinates.factors(step.eta0, 0.0) < np.inf).all()


def test_at_most_512_samples_that_count_stand_for_all():
    X = np.arange(2000.0)[:, None]
    weights = np.where(np.arange(2000) < 1000, 0.0, 1.0 + np.arange(2000))
    samples = Samples(X, np.zeros(2000, int), [1], weights)
    rows, targets, shares = representatives(samples, np.float64)
    assert rows.shape == (512, 1)
    assert targets.shape == (1, 512)
    assert len(np.unique(rows)) == 512
    assert rows.min() >= 1000
    np.testing.assert_allclose(shares, (1 + rows[:, 0]) / (1 + rows[:, 0]).sum())
    few = representatives(Samples(X[:10].astype(np.uint8), np.ones(10, int), [1]), np.float32)
    np.testing.assert_array_equal(few.rows, X[:10])
    np.testing.assert_array_equal(few.targets, 1)
    assert few.rows.dtype == np.float32
    np.testing.assert_allclose(few.weights, 0.1)

"""The first step of "auto": eigenvalue, noise and η₀ against their closed forms."""

import numpy as np
import pytest

from scratch.solvers.minibatch.first_step import (
    feature_scale,
    first_step,
    largest_eigenvalue,
    noise_bound,
    representatives,
)
from scratch.solvers.minibatch.samples import Samples


def alike(n):
    return np.full(n, 1 / n)


def test_the_scale_is_the_root_mean_square_of_all_features():
    rows = np.array([[3.0, 4.0], [0.0, 0.0]])
    assert feature_scale(rows, alike(2)) == pytest.approx(2.5)  # √(25 / 4)
    assert feature_scale(rows, np.array([1.0, 0.0])) == pytest.approx(np.sqrt(25 / 2))
    assert feature_scale(rows * 1e300, alike(2)) == pytest.approx(2.5e300)
    assert feature_scale(np.zeros((3, 2)), alike(3)) == 1


@pytest.mark.parametrize("d", [1, 3, 50])
def test_the_eigenvalue_of_one_repeated_row_is_its_squared_length(d):
    x = np.random.default_rng(d).normal(size=d)
    assert largest_eigenvalue(np.tile(x, (7, 1)), alike(7)) == pytest.approx(x @ x + 1, rel=1e-12)


def test_the_eigenvalue_of_features_of_other_signs_is_that_of_the_longest():
    # rows ±a e₁ and ±c e₂ have mean 0: the mean of x̃ x̃ᵀ is diagonal, a²/2, c²/2 and 1
    rows = np.array([[10.0, 0], [-10.0, 0], [0, 2.0], [0, -2.0]])
    assert largest_eigenvalue(rows, alike(4)) == pytest.approx(50, rel=1e-6)
    assert largest_eigenvalue(rows / 100, alike(4)) == 1  # the constant's, the largest here


@pytest.mark.parametrize("seed", range(5))
def test_the_eigenvalue_is_never_above_the_true_one_and_near_it(seed):
    rng = np.random.default_rng(seed)
    rows, weights = rng.normal(size=(60, 5)) * [5, 1, 1, 1, 1] + 1, rng.dirichlet(np.ones(60))
    extended = np.column_stack([rows, np.ones(60)])
    truth = np.linalg.eigvalsh(extended.T * weights @ extended)[-1]
    assert 0.98 * truth < largest_eigenvalue(rows, weights) <= truth * (1 + 1e-12)


def test_the_noise_of_rows_of_one_length_is_their_squared_length():
    rows = np.array([[3.0, 4.0], [5.0, 0.0], [0.0, -5.0]])
    assert noise_bound(rows, alike(3)) == pytest.approx(26)


def test_the_noise_by_hand():
    # squared lengths with the constant: 1 and 5; (1 + 25) / (1 + 5)
    assert noise_bound(np.array([[0.0], [2.0]]), alike(2)) == pytest.approx(26 / 6)
    assert noise_bound(np.array([[0.0], [2.0]]), np.array([0.0, 1.0])) == pytest.approx(5)


@pytest.mark.parametrize("unit", [1.0, 255.0, 1e-3])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("alpha", [0.0, 0.3])
@pytest.mark.parametrize("noise", [0.0, 1 / 128, 1.0])
def test_eta0_is_its_formula(unit, momentum, alpha, noise):
    # one feature, +unit or -unit: scaled, the mean of x̃ x̃ᵀ is the identity, and R = 2
    rows = np.array([[unit], [-unit]])
    eta0, gain = first_step(rows, alike(2), 1 / 4, alpha, momentum, noise)
    L = (1 + noise * 2 * (1 + momentum) / (1 - momentum) / 4) / 4
    assert eta0 == pytest.approx(1.5 * (1 + momentum) / (unit**2 * L + alpha), rel=1e-12)
    assert eta0 * gain == pytest.approx(1.5 * (1 + momentum) / L, rel=1e-12)


@pytest.mark.parametrize("unit", [1e-200, 1e200])
def test_eta0_of_extreme_units_is_finite(unit):
    eta0, gain = first_step(np.array([[unit], [-unit]]), alike(2), 1 / 4, 0.0, 0.9, 0.0)
    assert 0 <= eta0 < np.inf
    assert 0 <= gain < np.inf


def test_at_most_512_samples_that_count_stand_for_all():
    X = np.arange(2000.0)[:, None]
    weights = np.where(np.arange(2000) < 1000, 0.0, 1.0 + np.arange(2000))
    rows, shares = representatives(Samples(X, np.zeros(2000, int), [1], weights))
    assert rows.shape == (512, 1)
    assert len(np.unique(rows)) == 512
    assert rows.min() >= 1000
    np.testing.assert_allclose(shares, (1 + rows[:, 0]) / (1 + rows[:, 0]).sum())
    few, shares = representatives(Samples(X[:10].astype(np.uint8), np.zeros(10, int), [1]))
    np.testing.assert_array_equal(few, X[:10])
    assert few.dtype == np.float64
    np.testing.assert_allclose(shares, 0.1)


def test_the_eigenvalue_is_at_least_the_share_of_the_constant():
    # the mean of x̃ x̃ᵀ is diagonal: 0.9 for each of 200 features, and 1; what a few iterations see
    # is nearly all of the features
    axes = np.sqrt(0.9 * 200) * np.eye(200)
    assert largest_eigenvalue(np.concatenate([axes, -axes]), alike(400)) == 1

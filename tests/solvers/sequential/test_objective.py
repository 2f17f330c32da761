"""Norms of the weights against what is computed from the weights themselves."""

import numpy as np
import pytest

from scratch.solvers.sequential.objective import (
    measured_before_steps,
    norms,
    norms_met,
    squares_before_steps,
)


@pytest.mark.parametrize("factor", ["one", "near one", "small", "zero now and then"])
@pytest.mark.parametrize("n_steps", [1, 2, 5, 1000])
def test_squares_before_steps(factor, n_steps):
    rng = np.random.default_rng(0)
    factors = {
        "one": np.ones(n_steps),
        "near one": 1 - 0.01 * rng.random(n_steps),
        "small": rng.random(n_steps) * 1e-3,
        "zero now and then": np.where(rng.random(n_steps) < 0.2, 0.0, rng.random(n_steps)),
    }[factor][:, np.newaxis]
    w, first = rng.normal(size=(2, 3, 7)), None  # three classes, seven features
    w = w[0]
    x, u = rng.normal(size=(n_steps, 3, 7)), rng.normal(size=(n_steps, 3))
    first, wx, expected = np.vecdot(w, w), [], [np.vecdot(w, w)]
    for t in range(n_steps):
        wx.append(np.vecdot(w, x[t]))
        w = factors[t] * w + u[t][:, np.newaxis] * x[t]
        expected.append(np.vecdot(w, w))
    squares = squares_before_steps(first, factors, np.array(wx), u, np.vecdot(x, x))
    np.testing.assert_allclose(squares, expected, rtol=1e-9)


def test_norms():
    W = np.array([[3.0, -4.0], [0.0, 1.0]], dtype=np.float32)
    squares, lengths = norms(W, 0.5)
    assert squares.tolist() == [25 / 4, 1 / 4]
    assert lengths.tolist() == [3.5, 0.5]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_norms_of_what_steps_have_met(dtype):
    rng = np.random.default_rng(0)
    lengths = rng.integers(1, 5, (6, 3))
    met = [[rng.normal(size=n).astype(dtype) for n in of_step] for of_step in lengths]
    squares, sums = norms_met([np.concatenate(of_step) for of_step in met], lengths)
    expected = np.array([[w.astype(float) @ w for w in of_step] for of_step in met])
    np.testing.assert_allclose(squares, expected, rtol=1e-6)
    expected = [[np.abs(w.astype(float)).sum() for w in of_step] for of_step in met]
    np.testing.assert_allclose(sums, expected, rtol=1e-12)
    whole = rng.normal(size=(2, 3, 4)).astype(dtype)  # of three classes, (3, 4) in each step
    squares, _ = norms_met([*whole], np.full((2, 3), 4))
    np.testing.assert_allclose(squares, np.square(whole.astype(float)).sum(axis=2), rtol=1e-6)


@pytest.mark.parametrize("n_classes", [1, 2])
def test_norms_are_kept_where_a_step_moves_nothing(n_classes):
    ones = np.ones(n_classes)
    measured, factors = np.outer([99.0, 36.0, 99.0], ones), np.array([[0.25], [0.5], [0.5]])
    u = np.outer([0.0, 1.0, 0.0], ones)
    norms = measured_before_steps(16 * ones, measured, factors, u)
    np.testing.assert_array_equal(norms, np.outer([16.0, 4.0, 36.0, 18.0], ones))

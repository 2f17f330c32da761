"""Each operation of a step against plain Python, which rounds each sum and product on its own."""

import math

import numpy as np
import pytest
from sklearn._loss import HalfBinomialLoss

from scratch.solvers.sequential.rounding import arithmetic, residual
from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.textbook import sigmoid
from tests.linear_model.sgd_pairs import builds_round_alike

rng = np.random.default_rng(0)
X = rng.normal(size=(50, 40)) * (rng.random((50, 40)) < 0.4)
KINDS = [
    ("one class, whole rows", WholeRows, 1),
    ("one class, non-zeros", NonZeros.of_dense, 1),
    ("classes, whole rows", WholeRows, 3),
    ("classes, non-zeros", NonZeros.of_dense, 3),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("kind", "make", "n_classes"), KINDS, ids=[kind[0] for kind in KINDS])
def test_a_step(kind, make, n_classes, dtype):
    rows = make(X, dtype) if make is WholeRows else make(X, dtype, n_classes)
    numbers = arithmetic(rows, n_classes, np.dtype(dtype))
    W = np.zeros((n_classes, rows.n_columns), dtype)
    W[:, :40] = rng.normal(size=(n_classes, 40))
    view = numbers.view(W)
    samples = rng.integers(0, 50, (30, n_classes))
    scale, u = 0.3, rng.normal(size=n_classes)
    for chosen, (where, x, layout) in zip(samples, rows.steps(samples), strict=True):
        w = view if where is None else view.take(where)
        found = numbers.dot(scale, w, x, layout)
        moved = np.zeros(W.shape, dtype)
        moved_there = np.zeros(w.shape, dtype)
        numbers.move(moved_there, u.tolist(), scale, x, layout)
        numbers.view(moved)[... if where is None else where] = moved_there
        for k, i in enumerate(chosen):
            x_i, w_k = X[i].astype(dtype), W[k, :40]
            total = 0.0
            for a, b in zip(x_i, w_k, strict=True):
                total += float(a * b)  # rounded to the type of the weights, then added in float64
            assert found[k] == float(dtype(scale * total)), kind
            c = float(dtype(u[k]) / dtype(scale))
            np.testing.assert_array_equal(moved[k, :40], (x_i.astype(float) * c).astype(dtype))


def test_residuals_are_the_textbooks():
    for z in rng.normal(size=20) * 5:
        assert residual(z, False) == pytest.approx(sigmoid(np.array([z]))[0], rel=1e-15)
        assert residual(z, True) == pytest.approx(sigmoid(np.array([z]))[0] - 1, rel=1e-12)


def test_residuals_of_far_logits():
    for z in (-1000.0, -37.5, -36.5, 0.0, 36.5, 800.0):
        exact = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
        assert residual(z, False) == pytest.approx(exact, rel=1e-15)
        assert residual(-z, True) == pytest.approx(-exact, rel=1e-15)


def test_residuals_are_scikit_learns():
    """To the bit, also around −37, where the formula is another one."""
    if not builds_round_alike():
        pytest.skip("this build of scikit-learn takes another exp")
    z = np.random.RandomState(0).uniform(-39, -35, 2000)
    z = np.concatenate([z, 12 * z + 440, [-37.0, np.nextafter(-37, 0), np.nextafter(-37, -40)]])
    for y in (False, True):
        theirs = HalfBinomialLoss().gradient(np.full(len(z), float(y)), z)
        assert [residual(z_i, y) for z_i in z.tolist()] == theirs.tolist()

"""Each form of the step against plain Python, which rounds each sum and product on its own."""

import math

import numpy as np
import pytest
import scipy.sparse
from sklearn._loss import HalfBinomialLoss

from scratch.losses import BinaryCrossEntropy
from scratch.margin_losses import Hinge
from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.solvers.sequential.state import TrainingState
from scratch.solvers.sequential.steps import Steps, of_classes, of_one_class, on_numbers
from scratch.textbook import sigmoid
from tests.linear_model.sgd_pairs import builds_round_alike

N_STEPS = 60
FORMS = [
    ("numbers", on_numbers, 1, False, np.float64),
    *(
        (name, take, n_classes, sparse, dtype)
        for name, take, n_classes in [("one class", of_one_class, 1), ("classes", of_classes, 3)]
        for sparse in (False, True)
        for dtype in (np.float64, np.float32)
    ),
]
residual = BinaryCrossEntropy().residual_of_number


def by_hand(X, W, b, chosen, targets, weights, etas, scales, pulls, loss, decay, dtype):
    """The steps as the module `lockstep` writes them, one number after another."""
    scale, q = 1.0, np.zeros(W.shape, dtype)
    n_steps, n_classes = chosen.shape
    for t in range(n_steps):
        for k in range(n_classes):
            x, w = X[chosen[t, k]], W[k]
            total = 0.0
            for w_j, x_j in zip(w, x, strict=True):
                total += float(w_j * x_j)  # rounded to the type of the weights first
            wx = float(dtype((1.0 if t == 0 else scales[t - 1]) * total))
            u = -etas[t] * loss.residual_of_number(wx + b[k], targets[t, k]) * weights[t, k]
            b[k] += u * decay
            if u != 0:
                c = float(dtype(u) / dtype(scales[t]))
                for j in range(len(x)):
                    w[j] = dtype(float(w[j]) + float(x[j]) * c)
            if pulls is not None:
                scale = scales[t]
                for j in np.flatnonzero(x) if decay < 1 else range(len(x)):
                    before = float(w[j])
                    if before > 0:
                        w[j] = dtype(max(0.0, before - (pulls[t] + float(q[k, j])) / scale))
                    elif before < 0:
                        w[j] = dtype(min(0.0, before + (pulls[t] - float(q[k, j])) / scale))
                    q[k, j] = dtype(float(q[k, j]) + scale * (float(w[j]) - before))
    return W, b


@pytest.mark.parametrize("l1", [False, True])
@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), Hinge()], ids=["log loss", "hinge"])
@pytest.mark.parametrize(
    ("name", "take", "n_classes", "sparse", "dtype"), FORMS, ids=[str(form) for form in FORMS]
)
def test_steps(name, take, n_classes, sparse, dtype, loss, l1):
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(50, 20)) * (rng.random((50, 20)) < 0.4)).astype(dtype)
    rows = (
        NonZeros.of_csr(scipy.sparse.csr_array(X), dtype, n_classes)
        if sparse
        else WholeRows(X, dtype)
    )
    W = np.zeros((n_classes, rows.n_columns), dtype)
    W[:, :20] = rng.normal(size=(n_classes, 20))
    b = rng.normal(size=n_classes)
    chosen = rng.integers(0, 50, (N_STEPS, n_classes))
    targets, weights = rng.random(chosen.shape) < 0.5, rng.random(chosen.shape)
    etas, decay = 0.5 / np.arange(1, N_STEPS + 1), 0.01 if sparse else 1.0
    scales = np.multiply.accumulate(rng.uniform(0.9, 1, N_STEPS).astype(np.float32)).tolist()
    pulls = (0.01 * etas.cumsum()).tolist() if l1 else None
    state = TrainingState(1.0, W.copy(), b.copy(), l1_moved=np.zeros_like(W))
    steps = Steps(
        state, rows, chosen, targets.ravel().tolist(), weights.ravel().tolist(), etas.tolist(),
        scales, pulls or [0.0] * N_STEPS, loss.residual_of_number, decay, l1, False,
    )  # fmt: skip
    take(steps)
    expected, after = by_hand(
        X, W[:, :20], b.tolist(), chosen, targets, weights, etas.tolist(), scales, pulls, loss,
        decay, dtype,
    )  # fmt: skip
    np.testing.assert_array_equal(state.W[:, :20], expected)
    u = np.reshape(steps.moves, chosen.shape)
    np.testing.assert_allclose(b + u.sum(axis=0) * decay, after, rtol=1e-12)
    assert loss.__class__ is BinaryCrossEntropy or (u == 0).any()


@pytest.mark.parametrize(
    ("name", "take", "n_classes", "sparse", "dtype"), FORMS, ids=[str(form) for form in FORMS]
)
def test_a_step_that_moves_nothing_keeps_the_sign_of_zeros(name, take, n_classes, sparse, dtype):
    X = np.array([[1.0, -1.0, 2.0]], dtype)
    rows = NonZeros.of_csr(scipy.sparse.csr_array(X), dtype, n_classes)
    rows = rows if sparse else WholeRows(X, dtype)
    W = np.full((n_classes, rows.n_columns), -0.0, dtype)
    W[:, 2] = 1.0
    state = TrainingState(1.0, W, np.zeros(n_classes), l1_moved=np.zeros_like(W))
    chosen, targets = np.zeros((1, n_classes), int), [False] * n_classes
    targets[0] = True  # the margin is 2: nothing to do; the other classes move
    Take = Steps(
        state, rows, chosen, targets, [1.0] * n_classes, [0.1], [1.0], [0.0],
        Hinge().residual_of_number, 1.0, False, False,
    )  # fmt: skip
    take(Take)
    assert (
        np.signbit(W[:, :3]).tolist()
        == [[True, True, False], *[[True, False, False]] * 2][:n_classes]
    )


def test_residuals_are_the_textbooks():
    for z in np.random.default_rng(0).normal(size=20) * 5:
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

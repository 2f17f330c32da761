"""Penalties: value, gradient and step, each against its definition."""

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier

from scratch.solvers.penalties import Penalty, cumulative_l1_step, penalty

W = np.array([[0.5, -2.0, 0.0], [1.0, 0.25, -0.125]])


@pytest.mark.parametrize(
    ("name", "l1_ratio", "expected"),
    [
        (None, 0.3, 0.0),
        ("l2", 0.3, 0.1 * 0.5 * np.sum(W**2)),
        ("l1", 0.3, 0.1 * np.sum(np.abs(W))),
        ("elasticnet", 0.3, 0.1 * (0.7 * 0.5 * np.sum(W**2) + 0.3 * np.sum(np.abs(W)))),
        ("l2", None, 0.1 * 0.5 * np.sum(W**2)),
    ],
)
def test_value(name, l1_ratio, expected):
    assert penalty(name, alpha=0.1, l1_ratio=l1_ratio).value(W) == pytest.approx(expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_value_is_summed_in_float64(dtype):
    ones = np.full(2**24 + 8, 1, dtype)
    assert penalty("l1", alpha=1.0, l1_ratio=None).value(ones) == ones.size


def test_shrink_is_the_gradient_step_of_l2():
    p, eta, h = Penalty(0.1, 0.3), 0.7, 1e-6
    no_l1 = Penalty(p.alpha * (1 - p.l1_ratio), 0.0)
    for j in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[j] += h
        down[j] -= h
        gradient = (no_l1.value(up) - no_l1.value(down)) / (2 * h)
        assert p.shrink(np.array([eta])) * W[j] == pytest.approx(W[j] - eta * gradient, abs=1e-9)


def test_shrink_never_changes_the_sign():
    etas = np.array([3.0, 0.5])
    assert Penalty(1.0, 0.0).shrink(etas).tolist() == [0.0, 0.5]
    assert Penalty(0.7, 0.15).shrink(np.array([np.inf])).tolist() == [0.0]
    assert Penalty(1.0, 1.0).shrink(etas).tolist() == [1.0, 1.0]
    with np.errstate(invalid="ignore"):  # without L2, 0 · ∞; C's max(0, NaN) is 0
        assert Penalty(0.7, 1.0).shrink(np.array([np.inf])).tolist() == [0.0]
    assert penalty(None, alpha=9.0, l1_ratio=0.0).shrink(etas).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("scale", [1.0, 0.01])
def test_cumulative_l1_follows_its_definition_weight_by_weight(dtype, scale):
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(3, 4)).astype(dtype)
    moved, u = np.zeros_like(weights), 0.0
    expected, q = weights.astype(float) * scale, np.zeros((3, 4))
    for _ in range(30):
        step, pull = rng.normal(size=(3, 4)) * 0.3, rng.uniform(0, 0.02)
        weights += (step / scale).astype(dtype)
        u += pull
        cumulative_l1_step(weights, moved, u, scale)
        expected += step
        for j in np.ndindex(expected.shape):
            w = expected[j]
            if w > 0:
                expected[j] = max(0.0, w - (u + q[j]))
            elif w < 0:
                expected[j] = min(0.0, w + (u - q[j]))
            q[j] += expected[j] - w
    tolerance = 1e-12 if dtype == np.float64 else 1e-4
    np.testing.assert_allclose(weights * scale, expected, rtol=tolerance, atol=tolerance)
    assert np.any(expected == 0)
    np.testing.assert_array_equal(weights == 0, expected == 0)


@pytest.mark.parametrize(("q", "expected"), [(-0.5, 1.0), (0.0, 0.5), (0.25, 0.25), (0.5, 0.0)])
def test_l1_leaves_a_weight_of_zero_where_it_is(q, expected):
    weights, moved = np.array([0.0, -0.0, 1.0]), np.full(3, q)
    cumulative_l1_step(weights, moved, 0.5)
    assert weights.tolist() == [0.0, 0.0, expected]
    assert not np.signbit(weights).any()
    assert moved.tolist() == [q, q, q + expected - 1.0]


@pytest.mark.parametrize("name", ["l1", "elasticnet"])
def test_the_steps_that_scikit_learn_takes(name):
    # a logistic step, then the penalty's; on one sample a call, as partial_fit takes them
    X = np.array([[1.0, -0.5, 2.0], [0.3, 0.8, -1.0], [-1.0, 0.1, 0.4], [0.2, -2.0, 0.6]])
    y = np.array([1, 0, 0, 1])
    settings = {"alpha": 0.2, "l1_ratio": 0.4, "penalty": name}
    theirs = SGDClassifier(
        loss="log_loss", learning_rate="constant", eta0=0.5, shuffle=False, **settings
    ).partial_fit(X, y, classes=[0, 1])
    p = penalty(name, alpha=0.2, l1_ratio=0.4)
    w, b = np.zeros((1, 3)), 0.0
    moved, u = np.zeros_like(w), 0.0
    for x, target in zip(X, y, strict=True):
        residual = 1 / (1 + np.exp(-(w @ x + b).item())) - target
        w *= p.shrink(np.array([0.5]))
        w -= 0.5 * residual * x
        b -= 0.5 * residual
        u += p.l1_step(0.5)
        cumulative_l1_step(w, moved, u)
    np.testing.assert_allclose(w, theirs.coef_, rtol=1e-12, atol=1e-15)
    assert b == pytest.approx(theirs.intercept_[0])


@pytest.mark.parametrize(("name", "l1_ratio"), [("l3", 0.5), ("elasticnet", None)])
def test_refused(name, l1_ratio):
    with pytest.raises(ValueError, match=r"l3|l1_ratio"):
        penalty(name, alpha=1.0, l1_ratio=l1_ratio)


def test_the_strengths_are_those_of_the_gradients():
    elastic = Penalty(0.5, 0.25)
    assert elastic.l2_strength(1.0) == pytest.approx(0.375)
    assert elastic.l1_strength == pytest.approx(0.125)
    assert elastic.l2_strength(0.0) == pytest.approx(0.375)


@pytest.mark.parametrize("eta", [0.1, 1.0, 2.0, 8 / 3, 4.0, 10.0, 1e300])
def test_a_gradient_step_of_l2_is_the_shrink_factor(eta):
    elastic = Penalty(0.5, 0.25)
    (factor,) = elastic.shrink(np.array([eta]))
    assert 1 - eta * elastic.l2_strength(eta) == pytest.approx(factor, abs=1e-15)


@pytest.mark.parametrize("alpha", [0.0, 0.5])
@pytest.mark.parametrize("l1_ratio", [0.0, 0.5])
def test_an_l1_step_is_asked_for_where_it_moves_something(alpha, l1_ratio):
    elastic = Penalty(alpha, l1_ratio)
    assert elastic.has_l1 == (elastic.l1_step(1.0) != 0)


def test_weights_that_overflow_become_0_as_scikit_learns_do():
    """After one step from infinity q is ∞ − ∞, NaN; C's max(0, NaN) is 0."""
    w, q = np.array([np.inf, -np.inf, np.nan, 2.0]), np.array([np.nan, np.nan, 0.0, 0.0])
    with np.errstate(invalid="ignore"):
        cumulative_l1_step(w, q, 0.5)
    np.testing.assert_array_equal(w, [0, 0, np.nan, 1.5])

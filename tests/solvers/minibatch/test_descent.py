"""One update of the mini-batch solver against the formula."""

import pickle

import numpy as np
import pytest

from scratch.losses import sigmoid_residual, softmax_residual
from scratch.solvers.minibatch import buffers
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.descent import Descent, State
from scratch.solvers.minibatch.optimisers import Momentum, Nesterov
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import Penalty
from tests.solvers.minibatch.problems import (
    LINKS,
    LOSSES,
    D,
    K,
    N,
    data,
    descent,
    method,
    samples_of,
    start,
)


def formula(residual, X, T, W, b, batches, eta, *, alpha=0.0, momentum=0.0, nesterov=False, w=None):
    """The weights after each batch, by the textbook: W, b, and the loss before each step."""
    W, b, V, v = W.copy(), b.copy(), np.zeros_like(W), np.zeros_like(b)
    for t, batch in enumerate(batches, start=1):
        Z = X[batch] @ W.T + b  # (size, K)
        R = LINKS[residual](Z) - T[batch]
        R = R if w is None else R * w[batch, None]
        step_W = eta(t) * (R.T @ X[batch] / len(R) + alpha * W)
        step_b = eta(t) * R.sum(axis=0) / len(R)
        V, v = momentum * V - step_W, momentum * v - step_b
        W += momentum * V - step_W if nesterov else V
        b += momentum * v - step_b if nesterov else v
        yield W.copy(), b.copy(), LOSSES[residual](Z, T[batch])


BATCHES = [slice(0, 10), slice(10, 20), slice(20, 23), slice(0, 23), slice(5, 6)] * 3


@pytest.mark.parametrize("residual", LINKS)
@pytest.mark.parametrize("alpha", [0.0, 0.3])
@pytest.mark.parametrize(
    ("momentum", "nesterov"), [(0.0, False), (0.9, False), (0.9, True), (0.5, True), (0.0, True)]
)
def test_each_step_is_the_formula(residual, alpha, momentum, nesterov):
    X, y = data()
    T, samples = np.eye(K)[y], samples_of(X, y)
    optimiser = (Nesterov if nesterov else Momentum)(momentum)
    ours = descent(residual, Penalty(alpha, 0.0), optimiser)
    eta = lambda t: 0.5 / t  # noqa: E731
    theirs = formula(
        residual, X, T, ours.W, ours.b, [np.r_[part] for part in BATCHES], eta,
        alpha=alpha, momentum=momentum, nesterov=nesterov,
    )  # fmt: skip
    for t, (batch, (W, b, loss)) in enumerate(zip(BATCHES, theirs, strict=True), start=1):
        assert ours.update(samples, batch, eta(t)) == pytest.approx(loss, rel=1e-12)
        np.testing.assert_allclose(ours.W, W, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(ours.b, b, rtol=1e-11, atol=1e-13)
    assert ours.state.n_updates == len(BATCHES)
    assert ours.state.n_seen == sum(part.stop - part.start for part in BATCHES)


@pytest.mark.parametrize("residual", LINKS)
def test_the_gradient_is_the_slope_of_the_loss(residual):
    X, y = data()
    ours, step = descent(residual), 1e-6
    ours.gradient_of(samples_of(X, y), slice(0, N))
    for k, gradient in enumerate(ours.gradient.copy()):
        ends = []
        for sign in (1, -1):
            other = descent(residual)
            other.state.theta[k] += sign * step
            ends.append(LOSSES[residual](X @ other.W.T + other.b, np.eye(K)[y]) / N)
        assert gradient == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-6, abs=1e-8)


def test_weights_of_samples_multiply_their_gradients():
    X, y = data()
    w = np.random.default_rng(3).uniform(0.1, 3, N)
    ours, samples = descent(), samples_of(X, y, w)
    theirs = formula(
        softmax_residual, X, np.eye(K)[y], ours.W, ours.b, [np.arange(N)] * 4, lambda t: 0.3,
        w=w / w.mean(),
    )  # fmt: skip
    for W, b, _ in theirs:
        ours.update(samples, slice(0, N), 0.3)
        np.testing.assert_allclose(ours.W, W, rtol=1e-11)
        np.testing.assert_allclose(ours.b, b, rtol=1e-11)


def test_an_intercept_that_is_not_to_be_learnt_stays():
    ours = descent(fit_intercept=False)
    before = ours.b.copy()
    ours.update(samples_of(*data()), slice(0, N), 0.1)
    np.testing.assert_array_equal(ours.b, before)


def test_a_step_of_l2_takes_weights_to_0_and_not_beyond():
    ours = Descent(
        State.start(np.ones((1, D)), np.zeros(1), np.float64),
        method(sigmoid_residual, Penalty(1e6, 0.0)),
    )
    ours.update(Samples(np.zeros((4, D)), np.zeros(4, int), [1]), slice(0, 4), 0.1)
    np.testing.assert_allclose(ours.W, 0, atol=1e-15)


@pytest.mark.parametrize("first", [0, 1, 20, 25, 10**6])
def test_the_average_is_the_mean_of_the_steps_since_then(first):
    X, y = data()
    ours, seen, steps = descent(averaging=Averaging(first)), 0, []
    for _ in range(3):
        for batch in (slice(0, 10), slice(10, 20), slice(20, 23)):
            ours.update(samples_of(X, y), batch, 0.2)
            seen += batch.stop - batch.start
            if seen >= first:
                steps.append((ours.W.copy(), ours.b.copy()))
    W, b = ours.state.weights()
    expected = [np.mean(part, axis=0) for part in zip(*steps, strict=True)] or [ours.W, ours.b]
    np.testing.assert_allclose(W, expected[0], rtol=1e-12)
    np.testing.assert_allclose(b, expected[1], rtol=1e-12)


def test_an_average_that_is_no_longer_asked_for_is_no_longer_given():
    averaged = descent(averaging=Averaging(0))
    for _ in range(3):
        averaged.update(samples_of(*data()), slice(0, N), 0.2)
    plain = Descent(averaged.state, method())
    np.testing.assert_array_equal(plain.state.weights()[0], plain.W)


@pytest.mark.parametrize("rule", [Momentum(0.9), Nesterov(0.9)])
def test_the_pull_of_l1_has_the_momentum_of_a_constant_gradient(rule):
    # far from 0, L1 is a constant gradient; so it moves W as far as such a gradient moves b
    X = np.zeros((4, D))
    ours = Descent(
        State.start(np.full((1, D), 1e3), np.full(1, 1e3), np.float64),
        method(sigmoid_residual, Penalty(1.0, 1.0), rule),
    )
    samples = Samples(X, np.zeros(4, int), np.array([1]))  # sigmoid(1000) - 0 = 1
    for t in range(1, 30):
        ours.update(samples, slice(0, 4), 0.1 / t)
        np.testing.assert_allclose(ours.W, ours.b[0], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shuffled", [False, True])
def test_tiles_and_parts_change_nothing(monkeypatch, dtype, shuffled):
    X, y = data(dtype)
    batch = np.random.default_rng(0).permutation(N) if shuffled else slice(0, N)
    whole, in_parts = descent(dtype=dtype), descent(dtype=dtype)
    for _ in range(5):
        losses = [whole.update(samples_of(X, y), batch, 0.3)]
        with monkeypatch.context() as patch:
            patch.setattr(buffers, "tile_sizes", lambda *shape: (2, 2, 3))
            patch.setattr(in_parts, "_rows_at_once", 5)
            losses.append(in_parts.update(samples_of(X, y), batch, 0.3))
        assert losses[0] == pytest.approx(losses[1], rel=1e-5 if dtype == np.float32 else 1e-12)
    assert len(in_parts._buffers[5].tiles) == 3 * -(-K // 2) * -(-D // 3)
    np.testing.assert_allclose(in_parts.W, whole.W, rtol=1e-4 if dtype == np.float32 else 1e-11)
    np.testing.assert_allclose(in_parts.b, whole.b, rtol=1e-4 if dtype == np.float32 else 1e-11)


@pytest.mark.parametrize("kind", ["uint8", "int16", "bool", "memmap", "float16"])
@pytest.mark.parametrize("shuffled", [False, True])
def test_other_types_of_data_give_the_steps_of_floats(kind, shuffled, tmp_path):
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 256, (N, D)), data()[1]
    X = X.astype(np.float64 if kind == "memmap" else kind)
    expected = X.astype(np.float32).astype(np.float64)
    if kind == "memmap":
        file = np.memmap(tmp_path / "X", mode="w+", shape=X.shape, dtype=X.dtype)
        file[...] = X
        X = file
    batch = rng.permutation(N) if shuffled else slice(3, N)
    ours, theirs = descent(), descent()
    for _ in range(3):
        ours.update(samples_of(X, y), batch, 1e-4)
        theirs.update(samples_of(expected, y), batch, 1e-4)
    np.testing.assert_array_equal(ours.state.theta, theirs.state.theta)


def test_probabilities_as_targets():
    X, y = data()
    hard, soft = descent(), descent()
    for batch in (slice(0, 9), np.array([4, 20, 1])):
        hard.update(samples_of(X, y), batch, 0.5)
        soft.update(samples_of(X, np.eye(K)[y]), batch, 0.5)
    np.testing.assert_array_equal(hard.state.theta, soft.state.theta)


@pytest.mark.parametrize("penalty", [Penalty(0.0, 0.0), Penalty(0.1, 0.0), Penalty(0.1, 0.5)])
def test_a_pickle_and_a_snapshot_go_on_with_the_same_bits(penalty):
    samples = samples_of(*data())
    how = method(penalty=penalty, optimiser=Nesterov(0.9), averaging=Averaging(5))
    begun = Descent(start(), how)
    for batch in BATCHES[:4]:
        begun.update(samples, batch, 0.2)
    pickled, reached = pickle.dumps(begun.state), []
    assert len(pickled) < 5000  # no buffers
    for state in (begun.state.copy(), pickle.loads(pickled), begun.state.copy(), begun.state):
        descent = Descent(state, how)
        for batch in BATCHES[4:]:
            descent.update(samples, batch, 0.2)
        reached.append(np.concatenate([*map(np.ravel, state.weights()), state.theta]))
    for other in reached[1:]:
        np.testing.assert_array_equal(other, reached[0])


def test_weights_are_copies():
    state = start()
    W, _ = state.weights()
    W[:] = 9
    assert not (state.theta == 9).any()


def test_a_copy_in_float64_holds_the_same_numbers():
    samples, how = samples_of(*data()), method(optimiser=Momentum(0.9), averaging=Averaging(1))
    single = Descent(start(), how)
    for batch in BATCHES[:4]:
        single.update(samples, batch, 0.2)
    state = single.state
    state.theta, state.moments = np.float32(state.theta), np.float32(state.moments)
    state.mean.value = np.float32(state.mean.value)
    wide = state.in_float64()
    for narrow, copy in (
        (state.theta, wide.theta),
        (state.moments, wide.moments),
        (state.mean.value, wide.mean.value),
    ):
        assert (narrow.dtype, copy.dtype) == (np.float32, np.float64)
        np.testing.assert_array_equal(copy, narrow)

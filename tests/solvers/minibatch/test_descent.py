"""One update of the mini-batch solver against the formula, in coordinates of the user or others."""

import pickle

import numpy as np
import pytest

from scratch.losses import BinaryCrossEntropy, CrossEntropy
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.descent import Coordinates, Descent, State, zeros
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
    weights,
)


def formula(loss, X, T, W, b, batches, eta, *, alpha=0.0, momentum=0.0, nesterov=False, w=None):
    """The weights after each batch, by the textbook: W, b, and the loss before each step."""
    W, b, V, v = W.copy(), b.copy(), np.zeros_like(W), np.zeros_like(b)
    for t, batch in enumerate(batches, start=1):
        Z = X[batch] @ W.T + b  # (size, K)
        R = LINKS[loss](Z) - T[batch]
        R = R if w is None else R * w[batch, None]
        step_W = eta(t) * (R.T @ X[batch] / len(R) + alpha * W)
        step_b = eta(t) * R.sum(axis=0) / len(R)
        V, v = momentum * V - step_W, momentum * v - step_b
        W += momentum * V - step_W if nesterov else V
        b += momentum * v - step_b if nesterov else v
        yield W.copy(), b.copy(), LOSSES[loss](Z, T[batch])


BATCHES = [slice(0, 10), slice(10, 20), slice(20, 23), slice(0, 23), slice(5, 6)] * 3


@pytest.mark.parametrize("loss", LINKS)
@pytest.mark.parametrize("alpha", [0.0, 0.3])
@pytest.mark.parametrize(
    ("momentum", "nesterov"), [(0.0, False), (0.9, False), (0.9, True), (0.5, True), (0.0, True)]
)
def test_each_step_is_the_formula(loss, alpha, momentum, nesterov):
    X, y = data()
    optimiser = (Nesterov if nesterov else Momentum)(momentum)
    ours = descent(samples_of(X, y), loss, Penalty(alpha, 0.0), optimiser)
    eta = lambda t: 0.5 / t  # noqa: E731
    theirs = formula(
        loss, X, np.eye(K)[y], *weights(ours), [np.r_[part] for part in BATCHES], eta,
        alpha=alpha, momentum=momentum, nesterov=nesterov,
    )  # fmt: skip
    for t, (batch, (W, b, total)) in enumerate(zip(BATCHES, theirs, strict=True), start=1):
        assert ours.update(batch, eta(t)) == pytest.approx(total, rel=1e-12)
        for found, expected in zip(weights(ours), (W, b), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13)
    assert ours.state.n_updates == len(BATCHES)
    assert ours.state.n_seen == sum(part.stop - part.start for part in BATCHES)


@pytest.mark.parametrize("loss", LINKS)
@pytest.mark.parametrize(
    ("n_outputs", "n_features", "n"),
    # read in parts and multiplied in tiles: many rows, wide rows, many outputs
    [(2, 1, 7000), (3, 6000, 200), (40, 700, 400), (300, 30, 100)],
)
def test_large_batches_and_wide_data_take_the_same_step(loss, n_outputs, n_features, n):
    rng = np.random.default_rng(0)
    X, W = rng.normal(size=(n, n_features)), rng.normal(size=(n_outputs, n_features)) / n_features
    y, b = rng.integers(0, n_outputs, n), rng.normal(size=n_outputs)
    samples = Samples(X, y, np.eye(n_outputs))
    ours = Descent(State.start(W, b, np.float64), samples, method(loss, Penalty(0.1, 0.0)), None, n)
    order = rng.permutation(n)
    theirs = formula(loss, X, np.eye(n_outputs)[y], W, b, [order] * 2, lambda t: 0.5, alpha=0.1)
    for W, b, total in theirs:
        assert ours.update(order, 0.5) == pytest.approx(total, rel=1e-12)
        for found, expected in zip(weights(ours), (W, b), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("loss", LINKS)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("soft", [False, True])
def test_a_plain_step_is_the_gradient_of_the_loss(loss, weighted, soft):
    X, y = data()
    rng = np.random.default_rng(3)
    w = rng.uniform(0.1, 3, N) if weighted else np.ones(N)
    T = rng.dirichlet(np.ones(K), N) if soft else np.eye(K)[y]
    ours = descent(samples_of(X, T if soft else y, w), loss, Penalty(0.3, 0.0))
    W, b = weights(ours)
    total = ours.update(slice(0, N), 1.0)
    step_W, step_b = (after - before for after, before in zip(weights(ours), (W, b), strict=True))

    def objective(W, b):
        losses = [LOSSES[loss](X[i : i + 1] @ W.T + b, T[i : i + 1]) for i in range(N)]
        return w @ losses / w.sum() + 0.15 * (W * W).sum()

    assert total / N + 0.15 * np.sum(W * W) == pytest.approx(objective(W, b), rel=1e-12)
    h = 1e-30  # the imaginary part of f(θ + ih)/h is f'(θ), exact to rounding
    for j in np.ndindex(W.shape):
        there = W.astype(complex)
        there[j] += 1j * h
        assert step_W[j] == pytest.approx(-objective(there, b).imag / h, rel=1e-10, abs=1e-12)
    for k in range(K):
        there = b.astype(complex)
        there[k] += 1j * h
        assert step_b[k] == pytest.approx(-objective(W, there).imag / h, rel=1e-10, abs=1e-12)


def test_an_intercept_that_is_not_to_be_learnt_stays():
    ours = descent(samples_of(*data()), fit_intercept=False)
    before = weights(ours)[1]
    ours.update(slice(0, N), 0.1)
    np.testing.assert_array_equal(weights(ours)[1], before)


def one_output(penalty, optimiser=None, *, at=None, X=None, **start):
    """Return a descent of one output, whose four samples are all 0 unless given."""
    X = np.zeros((4, 2)) if X is None else X
    begin = State.start(np.full((1, X.shape[1]), 1e3), np.full(1, 1e3), np.float64)
    if start:
        begin = State.start(start["W"], start["b"], np.float64)
    samples = Samples(X, np.zeros(4, int), np.zeros((1, 1)))
    return Descent(begin, samples, method(BinaryCrossEntropy, penalty, optimiser), at, 4)


@pytest.mark.parametrize("alpha", [10.0, 20.0, 1e6])
def test_a_step_of_l2_takes_weights_to_0_and_not_beyond(alpha):
    ours = one_output(Penalty(alpha, 0.0), W=np.ones((1, 2)), b=np.zeros(1))
    ours.update(slice(0, 4), 0.1)
    np.testing.assert_allclose(ours.W, 0, atol=1e-15)


@pytest.mark.parametrize("first", [0, 1, 20, 25, 10**6])
def test_the_average_is_the_mean_of_the_steps_since_then(first):
    ours, seen, steps = descent(samples_of(*data()), averaging=Averaging(first)), 0, []
    for _ in range(3):
        for batch in (slice(0, 10), slice(10, 20), slice(20, 23)):
            ours.update(batch, 0.2)
            seen += batch.stop - batch.start
            if seen >= first:
                steps.append(weights(ours))
    expected = [np.mean(part, axis=0) for part in zip(*steps, strict=True)] or weights(ours)
    for found, mean in zip(ours.state.weights(), expected, strict=True):
        np.testing.assert_allclose(found, mean, rtol=1e-12)


def test_an_average_that_is_no_longer_asked_for_is_no_longer_given():
    samples = samples_of(*data())
    averaged = descent(samples, averaging=Averaging(0))
    for _ in range(3):
        averaged.update(slice(0, N), 0.2)
    plain = Descent(averaged.snapshot(), samples, method(), None, N)
    np.testing.assert_array_equal(plain.state.weights()[0], averaged.W)


@pytest.mark.parametrize("rule", [Momentum(0.9), Nesterov(0.9)])
def test_the_pull_of_l1_has_the_momentum_of_a_constant_gradient(rule):
    # far from 0, L1 is a constant gradient; so it moves W as far as such a gradient moves b,
    # whose residual is sigmoid(1000) - 0 = 1
    ours = one_output(Penalty(1.0, 1.0), rule)
    for t in range(1, 30):
        ours.update(slice(0, 4), 0.1 / t)
        np.testing.assert_allclose(ours.W, weights(ours)[1][0], rtol=1e-12)


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
    ours, theirs = descent(samples_of(X, y)), descent(samples_of(expected, y))
    for _ in range(3):
        ours.update(batch, 1e-4)
        theirs.update(batch, 1e-4)
    np.testing.assert_array_equal(ours.state.theta, theirs.state.theta)


def test_probabilities_as_targets():
    X, y = data()
    hard, soft = descent(samples_of(X, y)), descent(samples_of(X, np.eye(K)[y]))
    for batch in (slice(0, 9), np.array([4, 20, 1])):
        hard.update(batch, 0.5)
        soft.update(batch, 0.5)
    np.testing.assert_array_equal(hard.state.theta, soft.state.theta)


# States


AT = Coordinates(np.linspace(-2, 3, D), np.linspace(0.5, 4, D))


@pytest.mark.parametrize("penalty", [Penalty(0.0, 0.0), Penalty(0.1, 0.0), Penalty(0.1, 0.5)])
@pytest.mark.parametrize("at", [None, AT])
def test_a_pickle_and_a_snapshot_go_on_where_training_stood(penalty, at):
    samples = samples_of(*data())
    how = method(penalty=penalty, optimiser=Nesterov(0.9), averaging=Averaging(5))
    begun = Descent(start(), samples, how, at, N)
    for batch in BATCHES[:4]:
        begun.update(batch, 0.2)
    kept = begun.snapshot()
    pickled, before = pickle.dumps(kept), pickle.dumps(kept)
    assert len(pickled) < 5000  # no buffers
    reached = []
    for state in (kept, pickle.loads(pickled), None):
        going = begun if state is None else Descent(state, samples, how, at, N)
        for batch in BATCHES[4:]:
            going.update(batch, 0.2)
        after = going.snapshot()
        reached.append(np.concatenate([*map(np.ravel, after.weights()), after.theta]))
    np.testing.assert_array_equal(reached[1], reached[0])
    # there and back again, an intercept is rounded
    tolerance = {"rtol": 0} if at is None else {"rtol": 1e-12, "atol": 1e-13}
    np.testing.assert_allclose(reached[2], reached[0], **tolerance)
    assert pickle.dumps(kept) == before  # a descent leaves its start as it is


def test_weights_are_copies():
    state = start()
    W, _ = state.weights()
    W[:] = 9
    assert not (state.theta == 9).any()


def test_a_state_without_weights_begins_at_0():
    state = State.start(*zeros((3, 2)), np.float32)
    assert state.theta.tolist() == [0] * 9
    assert state.theta.dtype == np.float32


@pytest.mark.parametrize(
    ("squares", "alpha", "wide"),
    [
        ([1e-10, 1e10], 1.0, False),
        ([1e-30, 1.0], 1.0, True),
        ([1.0, 1e30], 1.0, True),
        ([1.0, 1.0], 1e30, True),
    ],
)
def test_a_state_becomes_float64_where_float32_does_not_hold_the_steps(squares, alpha, wide):
    state = State.start(np.ones((1, 2)), np.ones(1), np.float32)
    state.moments, state.mean = np.full((1, 3), 0.1, np.float32), np.full(3, 0.3, np.float32)
    found = state.wide_enough(Coordinates(np.zeros(2), np.array(squares)), alpha)
    for name in ("theta", "moments", "mean"):
        before, after = getattr(state, name), getattr(found, name)
        assert before.dtype == np.float32
        assert after.dtype == (np.float64 if wide else np.float32)
        np.testing.assert_array_equal(after, before)
    assert state.wide_enough(None, 1e30) is state


# Coordinates


@pytest.mark.parametrize("optimiser", [Momentum(0.0), Momentum(0.9), Nesterov(0.9)])
def test_steps_in_coordinates_are_those_on_standardised_data(optimiser):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 4)) * [1e-3, 1, 30, 1e4] + [0, 5, -100, 1e5], rng.integers(0, 3, 30)
    centre, scale = X.mean(axis=0), X.std(axis=0)
    how, scores = method(optimiser=optimiser, averaging=Averaging(0, 2)), []
    for rows, at in ((X, Coordinates(centre, scale**2)), ((X - centre) / scale, None)):
        begin = State.start(*zeros((3, 4)), np.float64)
        for _ in range(3):  # three calls, as of `partial_fit`
            ours = Descent(begin, Samples(rows, y, np.eye(3)), how, at, 10)
            for first in (0, 10, 20) * 2:
                ours.update(slice(first, first + 10), 0.3)
            begin = ours.snapshot()
        W, b = begin.weights()  # of the mean
        last = State.start(begin.theta[:12].reshape(3, 4), begin.theta[12:], np.float64).weights()
        scores.append([rows @ W.T + b, rows @ last[0].T + last[1]])
    np.testing.assert_allclose(scores[0], scores[1], rtol=1e-9, atol=1e-9)


def test_an_implicit_l2_step_ends_where_its_own_gradient_says():
    # w ← w − η (g + α w_after)/s², with g = 0: w / (1 + η α/s²)
    at = Coordinates(np.zeros(2), np.array([1.0, 1e-6]))
    ours = one_output(Penalty(7.0, 0.0), at=at, W=np.ones((1, 2)), b=np.zeros(1))
    ours.update(slice(0, 4), 0.1)
    np.testing.assert_allclose(ours.W, [[1 / 1.7, 1 / (1 + 0.7e6)]], rtol=1e-9)


def test_an_l1_step_leaves_the_scores_of_the_centre_as_they_are():
    centre = np.array([3.0, -2.0])
    at = Coordinates(centre, np.array([4.0, 0.25]))
    begin = State.start(np.ones((2, 2)), np.zeros(2), np.float64)
    # equal scores meet equal targets: residuals are 0, and L1 alone moves
    samples = Samples(np.ones((4, 2)), np.full((4, 2), 0.5), np.eye(2))
    ours = Descent(begin, samples, method(CrossEntropy, Penalty(0.5, 1.0)), at, 4)
    ours.update(slice(0, 4), 0.2)
    W, b = ours.snapshot().weights()
    np.testing.assert_allclose(W, [[1 - 0.2 * 0.5 / 4, 1 - 0.2 * 0.5 / 0.25]] * 2)
    np.testing.assert_allclose(W @ centre + b, np.ones((2, 2)) @ centre)

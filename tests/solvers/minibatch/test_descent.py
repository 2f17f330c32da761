"""The mini-batch solver: every step against the formula, and the ways in which it reads data."""

import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

from scratch.losses import sigmoid_residual, softmax_residual
from scratch.solvers.minibatch import buffers
from scratch.solvers.minibatch.descent import Descent
from scratch.solvers.minibatch.epochs import (
    Adaptive,
    Fixed,
    OverflowingSteps,
    Plateau,
    Rules,
    run_epoch,
    train,
)
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import Penalty

N, D, K = 23, 6, 3
LINKS = {
    sigmoid_residual: lambda Z: 1 / (1 + np.exp(-Z)),
    softmax_residual: lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
}
LOSSES = {
    sigmoid_residual: lambda Z, T: (np.log(1 + np.exp(Z)) - T * Z).sum(),
    softmax_residual: lambda Z, T: (np.log(np.exp(Z).sum(axis=1)) - (T * Z).sum(axis=1)).sum(),
}


def data(dtype=np.float64):
    rng = np.random.default_rng(0)
    return rng.normal(size=(N, D)).astype(dtype), rng.integers(0, K, N)


def samples_of(X, y, weights=None, dtype=np.float64):
    return Samples(X, y, np.arange(K), weights, dtype)


def descent(residual=softmax_residual, penalty=None, dtype=np.float64, **options):
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(K, D)).astype(dtype), rng.normal(size=K).astype(dtype)
    return Descent(W, b, residual, penalty, **options)


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
    ours = descent(residual, Penalty(alpha, 0.0), momentum=momentum, nesterov=nesterov)
    eta = lambda t: 0.5 / t  # noqa: E731
    theirs = formula(
        residual, X, T, ours.W, ours.b, [np.r_[part] for part in BATCHES], eta,
        alpha=alpha, momentum=momentum, nesterov=nesterov,
    )  # fmt: skip
    for t, (batch, (W, b, loss)) in enumerate(zip(BATCHES, theirs, strict=True), start=1):
        assert ours.update(samples, batch, eta(t)) == pytest.approx(loss, rel=1e-12)
        np.testing.assert_allclose(ours.W, W, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(ours.b, b, rtol=1e-11, atol=1e-13)
    assert ours.n_updates == len(BATCHES)
    assert ours.n_seen == sum(part.stop - part.start for part in BATCHES)


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


@pytest.mark.parametrize("gain", [0.0, 1.0, 7.0])
def test_the_intercept_takes_its_own_multiple_of_the_step(gain):
    X, y = data()
    one, other = descent(), descent(intercept_gain=gain)
    before = one.b.copy()
    for each in (one, other):
        each.update(samples_of(X, y), slice(0, N), 0.1)
    np.testing.assert_allclose(other.b - before, gain * (one.b - before), rtol=1e-12, atol=1e-16)
    np.testing.assert_array_equal(other.W, one.W)


@pytest.mark.parametrize("average_from", [0, 1, 20, 25, 10**6])
def test_the_average_is_the_mean_of_the_steps_since_then(average_from):
    X, y = data()
    ours, seen, steps = descent(average_from=average_from), 0, []
    for _ in range(3):
        for batch in (slice(0, 10), slice(10, 20), slice(20, 23)):
            ours.update(samples_of(X, y), batch, 0.2)
            seen += batch.stop - batch.start
            if seen >= average_from:
                steps.append((ours.W.copy(), ours.b.copy()))
    W, b = ours.weights()
    expected = [np.mean(part, axis=0) for part in zip(*steps, strict=True)] or [ours.W, ours.b]
    np.testing.assert_allclose(W, expected[0], rtol=1e-12)
    np.testing.assert_allclose(b, expected[1], rtol=1e-12)


@pytest.mark.parametrize("recency", [1, 4])
def test_an_average_may_weigh_late_steps_more(recency):
    X, y = data()
    ours, steps = descent(average_from=0, recency=recency), []
    for _ in range(12):
        ours.update(samples_of(X, y), slice(0, N), 0.5)
        steps.append(ours.W.copy())
    # n (n + 1) … (n + recency - 1), a polynomial of this degree
    shares = np.prod(np.arange(1, 13)[:, None] + np.arange(recency), axis=1)
    expected = np.average(steps, axis=0, weights=shares)
    np.testing.assert_allclose(ours.weights()[0], expected, rtol=1e-12)


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_pull_of_l1_has_the_momentum_of_a_constant_gradient(nesterov):
    # far from 0, L1 is a constant gradient; so it moves W as far as such a gradient moves b
    X = np.zeros((4, D))
    ours = Descent(
        np.full((1, D), 1e3), np.full(1, 1e3), sigmoid_residual, Penalty(1.0, 1.0),
        momentum=0.9, nesterov=nesterov,
    )  # fmt: skip
    samples = Samples(X, np.zeros(4, int), np.array([1]))  # sigmoid(1000) - 0 = 1
    for t in range(1, 30):
        ours.update(samples, slice(0, 4), 0.1 / t)
        np.testing.assert_allclose(ours.W, ours.b[0], rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shuffled", [False, True])
def test_tiles_and_chunks_change_nothing(monkeypatch, dtype, shuffled):
    X, y = data(dtype)
    batch = np.random.default_rng(0).permutation(N) if shuffled else slice(0, N)
    whole, parts = descent(dtype=dtype), descent(dtype=dtype)
    monkeypatch.setattr(buffers, "tile_sizes", lambda *shape: (2, 2, 3))
    monkeypatch.setattr(parts, "_chunk", 5)
    for _ in range(5):
        losses = [each.update(samples_of(X, y, dtype=dtype), batch, 0.3) for each in (whole, parts)]
        assert losses[0] == pytest.approx(losses[1], rel=1e-5 if dtype == np.float32 else 1e-12)
    assert len(parts._buffers[5].tiles) == 3 * -(-K // 2) * -(-D // 3)
    np.testing.assert_allclose(parts.W, whole.W, rtol=1e-4 if dtype == np.float32 else 1e-11)


@pytest.mark.parametrize(
    ("n_outputs", "n_features"), [(1, 1), (3, 4), (10, 784), (10, 10_000), (1000, 784)]
)
def test_tiles_are_small_enough_for_one_thread_and_cover_every_product(n_outputs, n_features):
    made = buffers.Buffers.make(300, *np.zeros((3, n_outputs, n_features), np.float32))
    sizes = [(*tile.x.shape, len(tile.scores)) for tile in made.tiles]
    assert max(map(math.prod, sizes)) < 2**19
    assert sum(map(math.prod, sizes)) == 300 * n_features * n_outputs
    assert all(tile.x.base is made.x for tile in made.tiles)


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
    np.testing.assert_array_equal(ours.theta, theirs.theta)


def test_probabilities_as_targets():
    X, y = data()
    hard, soft = descent(), descent()
    for batch in (slice(0, 9), np.array([4, 20, 1])):
        hard.update(samples_of(X, y), batch, 0.5)
        soft.update(samples_of(X, np.eye(K)[y]), batch, 0.5)
    np.testing.assert_array_equal(hard.theta, soft.theta)


@pytest.mark.parametrize("weights", [None, np.r_[np.zeros(4), np.ones(N - 4)]])
def test_an_epoch_sees_every_sample_that_counts_once(weights):
    samples = samples_of(*data(), weights)
    kept = np.arange(N) if weights is None else np.arange(4, N)
    assert len(samples) == len(kept)
    orders = []
    for rng in (None, np.random.RandomState(0), np.random.RandomState(1)):
        batches = [np.arange(N)[batch] for batch in samples.batches(5, rng)]
        assert [len(batch) for batch in batches] == [5] * (len(kept) // 5) + [len(kept) % 5]
        orders.append(np.concatenate(batches))
        np.testing.assert_array_equal(np.sort(orders[-1]), kept)
    np.testing.assert_array_equal(orders[0], kept)
    assert (orders[1] != orders[2]).any()


@pytest.mark.parametrize("penalty", [None, Penalty(0.1, 0.0), Penalty(0.1, 0.5)])
def test_a_pickle_and_a_snapshot_go_on_with_the_same_bits(penalty):
    samples = samples_of(*data())
    options = {"momentum": 0.9, "nesterov": True, "average_from": 5}
    ours = descent(penalty=penalty, **options)
    for batch in BATCHES[:4]:
        ours.update(samples, batch, 0.2)
    copy, snapshot, reached = pickle.loads(pickle.dumps(ours)), ours.snapshot(), []
    assert len(pickle.dumps(ours)) < 5000  # no buffers
    for each in (ours, copy, ours, ours):
        if reached:
            ours.restore(snapshot)
        for batch in BATCHES[4:]:
            each.update(samples, batch, 0.2)
        reached.append(np.concatenate([*map(np.ravel, each.weights()), each.theta]))
    for other in reached[1:]:
        np.testing.assert_array_equal(other, reached[0])


def test_weights_are_copies():
    ours = descent()
    W, _ = ours.weights()
    W[:] = 9
    assert not (ours.W == 9).any()


def test_the_objective_of_a_full_batch_is_that_of_the_weights_before_the_step():
    X, y = data()
    ours = descent(penalty=Penalty(0.1, 0.0))
    W, b = ours.weights()
    objective = run_epoch(ours, samples_of(X, y), Fixed(lambda t: 0.0), N)
    loss = LOSSES[softmax_residual](X @ W.T + b, np.eye(K)[y]) / N
    assert objective == pytest.approx(loss + 0.05 * np.sum(W**2), rel=1e-13)


def test_the_objective_of_an_epoch_has_the_penalty_before_its_last_step():
    X, y = data()
    ours, theirs = (descent(penalty=Penalty(0.1, 0.0)) for _ in range(2))
    objective = run_epoch(ours, samples_of(X, y), Fixed(lambda t: 0.5), 12)
    loss = theirs.update(samples_of(X, y), slice(0, 12), 0.5)
    squares = np.sum(theirs.W**2)
    loss += theirs.update(samples_of(X, y), slice(12, N), 0.5)
    assert objective == pytest.approx(loss / N + 0.05 * squares, rel=1e-13)


def test_plateau_by_hand():
    plateau = Plateau(tol=0.1, patience=2)
    #         better, a little better, worse: over; then the patience begins anew
    for value, over in ((1.0, False), (0.95, False), (1.2, True), (0.9, False), (0.7, False)):
        assert plateau(value) is over
    never = Plateau(tol=None, patience=1)
    assert not any(never(value) for value in (1.0, 1.0, 2.0))


def test_adaptive_divides_by_five_until_a_millionth():
    schedule, etas = Adaptive(1e-4), []
    while schedule.stalled(1):
        etas.append(schedule(1))
    np.testing.assert_allclose(etas, [2e-5, 4e-6, 8e-7])


RULES = Rules(batch_size=10, max_iter=4, tol=None, n_iter_no_change=5)


def test_training_takes_the_steps_of_its_schedule_on_shuffled_batches():
    X, y = data()
    ours, theirs, t = descent(), descent(), 0
    history = train(
        ours, samples_of(X, y), Fixed(lambda t: 0.1 / t), RULES, np.random.RandomState(5)
    )
    rng = np.random.RandomState(5)
    for _ in range(4):
        order = rng.permutation(N)
        for start in range(0, N, 10):
            t += 1
            theirs.update(samples_of(X, y), order[start : start + 10], 0.1 / t)
    np.testing.assert_array_equal(ours.theta, theirs.theta)
    assert len(history.objective) == 4
    assert not history.finished


def test_training_keeps_the_weights_that_scored_best():
    scores, seen = iter([0.5, 0.9, 0.9, 0.7]), []

    def score(descent):
        seen.append(descent.theta.copy())
        return next(scores)

    ours = descent()
    rules = replace(RULES, tol=1e-3, n_iter_no_change=2)
    history = train(ours, samples_of(*data()), Fixed(lambda t: 0.1), rules, None, score)
    np.testing.assert_array_equal(ours.theta, seen[1])
    assert history.scores == [0.5, 0.9, 0.9, 0.7]
    assert history.finished


def test_steps_that_are_too_large_end_in_an_error_that_says_what_to_do():
    X, y = data()
    with pytest.raises(OverflowingSteps, match=r"epoch 1.*Lower eta0"):
        train(descent(), samples_of(X * 1e200, y), Fixed(lambda t: 1e200), RULES, None)

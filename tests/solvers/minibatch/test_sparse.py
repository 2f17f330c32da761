"""Sparse batches against their plain formulas, and what "auto" sees of sparse columns."""

import numpy as np
import pytest
import scipy.sparse

from scratch.losses import CrossEntropy
from scratch.solvers.minibatch import auto
from scratch.solvers.minibatch.epochs import Rules
from scratch.solvers.minibatch.optimisers import Momentum
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.minibatch.sparse import Rows, SparseProducts, moments_of_all


def thin(n, d, seed=0, kind=scipy.sparse.csr_array):
    """Return a matrix with one number in seven, an empty row and an empty column."""
    rng = np.random.default_rng(seed)
    dense = np.where(rng.random((n, d)) < 1 / 7, rng.normal(size=(n, d)) * 5, 0)
    dense[n // 2], dense[:, d // 2] = 0, 0
    return kind(dense)


def samples_of(X, y, weights=None):
    return Samples(X, y, CrossEntropy().targets(int(y.max()) + 1), weights)


@pytest.mark.parametrize(("K", "d", "n"), [(1, 1, 1), (1, 50, 7), (3, 400, 20), (40, 30, 300)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", [scipy.sparse.csr_array, scipy.sparse.csr_matrix])
def test_scores_and_step_are_the_plain_formulas(K, d, n, dtype, kind):
    rng = np.random.default_rng(0)
    made = SparseProducts((K, d), dtype, n)
    room = made.room(n)
    made.theta[:] = rng.normal(size=made.theta.shape)
    W, b = made.W.astype(float), made.b.astype(float)
    tolerance = {"rtol": 0, "atol": 200 * np.finfo(dtype).eps * np.sqrt(n + d)}
    W_step, b_step = 0.0, 0.0
    for part, (scale, l2) in enumerate([(-0.25, -0.5), (-0.5, 0.0), (2.0, 0.0)]):
        X = thin(n, d, seed=part, kind=kind)
        x = X.toarray()
        room.x.put(X)
        made.put_scores(room)
        np.testing.assert_allclose(room.scores, W @ x.T + b[:, None], **tolerance)
        R = room.scores[...] = rng.normal(size=room.scores.shape)
        made.add_step(room, scale, l2, first=part == 0)
        W_step += scale * (R @ x) + l2 * W
        b_step += scale * R.sum(axis=1)
        np.testing.assert_allclose(made.step[: K * d].reshape(K, d), W_step, **tolerance)
        np.testing.assert_allclose(made.step[K * d :], b_step, **tolerance)
    room.scores[...] = R
    made.add_step(room, 1.0, 0.0, first=True)  # begins anew
    np.testing.assert_allclose(made.step[: K * d].reshape(K, d), R @ x, **tolerance)


def test_a_batch_has_the_columns_that_occur_in_it_and_no_others():
    X = thin(200, 1000)
    rows = Rows(np.float32)
    for batch in (slice(0, 3), np.array([150, 7, 7]), np.array([100])):
        rows.put(X[batch])
        dense = X[batch].toarray()
        np.testing.assert_array_equal(rows.columns, np.flatnonzero(dense.any(axis=0)))
        np.testing.assert_array_equal(rows.matrix.toarray(), dense[:, rows.columns].astype("f"))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int8])
def test_moments_are_those_of_all_rows_that_count(dtype, weighted):
    X, rng = thin(20_000, 6).astype(dtype), np.random.default_rng(0)
    weights = np.where(rng.random(20_000) < 0.5, 0.0, rng.uniform(0.1, 3, 20_000))
    samples = samples_of(X, np.arange(20_000) % 2, weights if weighted else None)
    mean, variance, low, high = moments_of_all(samples, largest=1e150)
    dense, w = X.toarray().astype(float), weights if weighted else np.ones(20_000)
    counted = dense[w > 0]
    np.testing.assert_array_equal(low, counted.min(axis=0))
    np.testing.assert_array_equal(high, counted.max(axis=0))
    expected = np.average(dense, axis=0, weights=w)
    np.testing.assert_allclose(mean, expected, rtol=1e-10, atol=1e-14)
    squares = np.average((dense - expected) ** 2, axis=0, weights=w)
    np.testing.assert_allclose(variance, squares, rtol=1e-10)


def test_numbers_whose_squares_overflow_have_no_moments():
    X = scipy.sparse.csr_array(np.array([[1e308, 2.0], [-1e200, 0.0]]))
    mean, variance, low, high = moments_of_all(samples_of(X, np.arange(2)), largest=1e150)
    assert (low.tolist(), high.tolist()) == ([-1e200, 0.0], [1e308, 2.0])
    assert (mean.tolist(), variance.tolist()) == ([0.0, 1.0], [0.0, 1.0])


def steps_of(X, y, batch_size, *, intercept=True):
    rules = Rules(batch_size, 1000, tol=1e-3, n_iter_no_change=5)
    how = CrossEntropy(), Momentum(0.9), rules, intercept
    return auto.steps_of_fit(samples_of(X, y), *how, by_score=False)


@pytest.mark.parametrize("intercept", [False, True])
@pytest.mark.parametrize("batch_size", [16, 400])
def test_the_first_step_is_its_formula_about_0(intercept, batch_size):
    X, y = abs(thin(400, 30)), np.arange(400) % 3
    steps = steps_of(X, y, batch_size, intercept=intercept)
    noise = (400 - batch_size) / 399 / batch_size
    dense = X.toarray()
    centre, squares = steps.coordinates
    expected = np.mean(dense**2, axis=0) + noise * np.abs(dense).max(axis=0) ** 2
    expected[15] = 1  # the empty column
    np.testing.assert_array_equal(centre, 0)
    np.testing.assert_allclose(squares, expected, rtol=1e-12)
    scaled = dense / np.sqrt(squares)
    largest = max(np.linalg.eigvalsh(scaled.T @ scaled / 400)[-1], 1.0)
    p = (512 * np.bincount(y) / 400 + 1 / 3) / 513
    T = p @ (1 - p) * (intercept + np.mean(np.sum(scaled**2, axis=1)))
    N = 2 * noise * T / (0.1 * -(p @ np.log(p)))
    eta0 = 1 / (largest / np.sqrt(6) + N)
    # the power iteration comes from below
    assert eta0 * (1 - 1e-9) <= steps.first.eta0 <= eta0 * 1.03


def test_the_noise_of_rare_words_is_that_of_all_rows():
    # 3000 columns that a row in a thousand has, most of which 512 rows don't show
    rng = np.random.default_rng(0)
    X = scipy.sparse.csr_array((rng.random((5000, 3000)) < 1e-3).astype(float))
    steps = steps_of(X, np.arange(5000) % 2, 32)
    _, squares = steps.coordinates
    noise = (5000 - 32) / 4999 / 32
    lengths = (X.toarray() ** 2 / squares).sum(axis=1)  # of the rows, scaled and squared
    N = 2 * noise * 0.5 * (1 + lengths.mean()) / (0.1 * np.log(2))
    assert 0.5 / N < steps.first.eta0 < 1.001 / N


def test_sparse_chunks_and_dense_ones_are_seen_as_one_stream():
    rng = np.random.default_rng(0)
    X, y = rng.normal([0, 5, -3, 0], size=(300, 4)), rng.integers(0, 2, 300)
    seen, rules = None, Rules(30, 1)
    for start in range(0, 300, 100):
        part = slice(start, start + 100)
        for chunk in (X[part], scipy.sparse.csr_array(X[part])):
            steps = auto.steps_of_chunk(
                samples_of(chunk, y[part]), CrossEntropy(), Momentum(0.9), rules, True, seen
            )
            seen = steps.seen
            sparse = not isinstance(chunk, np.ndarray)
            assert (steps.coordinates.centre == 0).all() == sparse == (not seen.centred)
    np.testing.assert_allclose(seen.mean, X.mean(axis=0), rtol=1e-10)
    np.testing.assert_allclose(seen.variance, X.var(axis=0), rtol=1e-10)
    square = np.mean(X**2, axis=0)
    np.testing.assert_allclose(
        steps.coordinates.squares, square + np.abs(X).max(axis=0) ** 2 / 30, rtol=1e-10
    )

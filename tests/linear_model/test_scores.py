"""Scores in tiles against the plain product, and scores beyond floats against scaled ones."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from scratch.linear_model.scores import scaled_down, scores_in_tiles


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.uint8, np.int64, bool])
@pytest.mark.parametrize("n", [1, 63, 64, 200])
@pytest.mark.parametrize("shape", [(1, 784), (10, 784), (300, 2000)])
def test_tiles_are_the_product(kind, n, shape):
    rng = np.random.default_rng(0)
    X = rng.integers(0, 9, (n, shape[1])).astype(kind)
    W, b = rng.normal(size=shape), rng.normal(size=shape[0])
    scores = scores_in_tiles(X, W, b)
    assert scores.dtype == np.float64
    np.testing.assert_allclose(scores, X.astype(float) @ W.T + b, atol=1e-9)
    np.testing.assert_allclose(scores_in_tiles(X, csr_matrix(W), b), scores, atol=1e-9)


def test_single_precision_stays_single():
    X, W, b = np.ones((3, 2), np.float32), np.ones((2, 2), np.float32), np.ones(2, np.float32)
    assert scores_in_tiles(X, W, b).dtype == np.float32
    assert scores_in_tiles(X.astype(np.uint8), W, b).dtype == np.float32
    assert scores_in_tiles(X.astype(float), W, b).dtype == np.float64


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_overflows_is_scaled_and_the_rest_stays(dtype):
    rng = np.random.default_rng(0)
    W, b, unit = rng.normal(size=(3, 5)) * 1e5, rng.normal(size=3), rng.normal(size=(8, 5))
    X = (unit / abs(unit).max() * np.finfo(dtype).max).astype(dtype)
    X[0] = 1
    with np.errstate(over="ignore", invalid="ignore"):
        before = scores_in_tiles(X, W.astype(dtype), b.astype(dtype))
    scores = scaled_down(before.copy(), X, W, b)
    assert np.isfinite(scores).all()
    np.testing.assert_array_equal(scores[0], before[0])
    truth = unit @ W.T  # but for a factor
    np.testing.assert_array_equal(np.sign(scores[1:]), np.sign(truth[1:]))
    np.testing.assert_allclose(
        scores[1:] / abs(scores[1:]).max(axis=1, keepdims=True),
        truth[1:] / abs(truth[1:]).max(axis=1, keepdims=True),
        rtol=1e-4,
    )

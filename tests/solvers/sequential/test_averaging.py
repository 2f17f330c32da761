"""The lazy average against the mean of the weights that every step had."""

import numpy as np
import pytest

from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.rows import NonZeros, WholeRows


@pytest.mark.parametrize("first", [1, 4, 99])
@pytest.mark.parametrize("n_classes", [1, 3])
@pytest.mark.parametrize("make", [WholeRows, NonZeros.of_dense])
def test_the_mean_of_the_weights(make, n_classes, first):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(12, 5)) * (rng.random((12, 5)) < 0.7)
    rows = make(X, float) if make is WholeRows else make(X, float, n_classes)
    A = np.zeros((n_classes, rows.n_columns))
    average = RunningAverage(first, A, np.zeros(n_classes))
    W, b = np.zeros((n_classes, rows.n_columns)), np.zeros(n_classes)
    chosen, moves = rng.integers(0, 12, (12, n_classes)), rng.normal(size=(12, n_classes))
    scales = 0.9 ** np.arange(1, 13)
    seen, intercepts, b_after = [], [], moves.cumsum(axis=0)
    for lot in (slice(3), slice(3, 4), slice(4, 12)):
        lot_of = chosen[lot], moves[lot], b_after[lot], scales[lot, np.newaxis]
        average.add(1.0 + lot.start if lot.start else 1.0, rows, *lot_of)
    for t, (i, u, scale) in enumerate(zip(chosen, moves, scales, strict=True), 1):
        W[:, :5] += (u / scale)[:, np.newaxis] * X[i]
        b += u
        if t >= first:
            seen.append(scale * W)
            intercepts.append(b.copy())
    average.multiply_out(W, 5)
    if first > 12:  # no update counts yet
        seen, intercepts = [0 * W], [0 * b]
    np.testing.assert_allclose(average.A, np.mean(seen, axis=0), atol=1e-14)
    np.testing.assert_allclose(average.b, np.mean(intercepts, axis=0))

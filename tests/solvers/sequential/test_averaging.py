"""The lazy average against the mean of the weights that every step had."""

import numpy as np
import pytest

from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.rounding import OneClass
from scratch.solvers.sequential.rows import WholeRows


@pytest.mark.parametrize("first", [1, 4])
def test_the_mean_of_the_weights(first):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(12, 5))
    numbers = OneClass(False, 5)
    average = RunningAverage(first, np.zeros((1, 5)), np.zeros(1))
    W, b, scale = np.zeros((1, 5)), 0.0, 1.0
    seen, intercepts = [], []
    steps = WholeRows(X, float).steps(np.arange(12)[:, np.newaxis])
    for t, (where, x, backwards) in enumerate(steps, 1):
        u, scale = rng.normal(), scale * 0.9
        W += u / scale * x
        b += u
        if t >= first:
            average.add(t, (where, x, backwards, u, b, scale), numbers)
            seen.append(scale * W)
            intercepts.append(b)
    average.multiply_out(W, 5)
    np.testing.assert_allclose(average.A, np.mean(seen, axis=0))
    np.testing.assert_allclose(average.b, np.mean(intercepts))

"""The mean of the weights against a weighted mean of all entries at once."""

import numpy as np
import pytest

from scratch.solvers.minibatch.averages import Mean


@pytest.mark.parametrize("recency", [0, 1, 4])
def test_the_mean_is_that_of_all_entries(recency):
    entries = np.random.default_rng(0).normal(size=(12, 3))
    mean = Mean(np.zeros(3))
    for entry in entries:
        mean.add(entry, recency)
    # n (n + 1) … (n + recency - 1), a polynomial of this degree
    shares = np.prod(np.arange(1, 13)[:, None] + np.arange(recency), axis=1)
    np.testing.assert_allclose(mean.value, np.average(entries, axis=0, weights=shares), rtol=1e-12)


def test_what_stood_there_before_the_first_entry_does_not_count():
    mean = Mean(np.full(2, 7.0, np.float32))
    mean.add(np.array([1.0, 2.0], np.float32))
    assert mean.value.tolist() == [1, 2]
    assert mean.value.dtype == np.float32

"""The mean of the weights against a weighted mean of all entries at once."""

import numpy as np
import pytest

from scratch.solvers.minibatch.averages import Averaging, Mean


@pytest.mark.parametrize("recency", [0, 1, 4])
def test_the_mean_is_that_of_all_entries(recency):
    entries = np.random.default_rng(0).normal(size=(12, 3))
    mean = Mean(np.zeros(3))
    for entry in entries:
        mean.add(entry, Averaging(0, recency))
    # n (n + 1) … (n + recency - 1), a polynomial of this degree
    shares = np.prod(np.arange(1, 13)[:, None] + np.arange(recency), axis=1)
    np.testing.assert_allclose(mean.value, np.average(entries, axis=0, weights=shares), rtol=1e-12)


@pytest.mark.parametrize("recency", [0, 2])
def test_a_mean_with_a_memory_becomes_exponential(recency):
    entries = np.random.default_rng(1).normal(size=(40, 3))
    mean = Mean(np.zeros(3))
    for entry in entries:
        mean.add(entry, Averaging(0, recency, memory=5))
    shares = np.ones(1)
    for n in range(2, 41):
        share = max((1 + recency) / (n + recency), 1 / 5)
        shares = np.append(shares * (1 - share), share)
    assert shares[-10] == pytest.approx(0.2 * 0.8**9)  # by then only the memory counts
    np.testing.assert_allclose(mean.value, shares @ entries, rtol=1e-12)


def test_an_entry_after_a_memory_counts_as_if_so_many_had_come():
    mean = Mean(np.zeros(1))
    for _ in range(100):
        mean.add(np.array([1.0]), Averaging(0, memory=4))
    mean.add(np.array([6.0]), Averaging(0))  # the fifth of five
    assert mean.value.tolist() == [2.0]


def test_what_stood_there_before_the_first_entry_does_not_count():
    mean = Mean(np.full(2, 7.0, np.float32))
    mean.add(np.array([1.0, 2.0], np.float32), Averaging(0))
    assert mean.value.tolist() == [1, 2]
    assert mean.value.dtype == np.float32

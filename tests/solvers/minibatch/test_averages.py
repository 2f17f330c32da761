"""The mean of the weights against a weighted mean of all entries at once."""

import numpy as np
import pytest

from scratch.solvers.minibatch.averages import Averaging


def mean_of(entries, averaging, mean=None, n=0.0):
    """Return the running mean after all entries, and how many it stands for."""
    mean = np.zeros_like(entries[0]) if mean is None else mean
    for entry in entries:
        n = averaging.take_in(entry, mean, n, np.empty_like(entry))
    return mean, n


@pytest.mark.parametrize("recency", [0, 1, 4])
def test_the_mean_is_that_of_all_entries(recency):
    entries = np.random.default_rng(0).normal(size=(12, 3))
    mean, n = mean_of(entries, Averaging(0, recency))
    # n (n + 1) … (n + recency - 1), a polynomial of this degree
    shares = np.prod(np.arange(1, 13)[:, None] + np.arange(recency), axis=1)
    np.testing.assert_allclose(mean, np.average(entries, axis=0, weights=shares), rtol=1e-12)
    assert n == 12


@pytest.mark.parametrize("recency", [0, 2])
def test_a_mean_with_a_memory_becomes_exponential(recency):
    entries = np.random.default_rng(1).normal(size=(40, 3))
    mean, _ = mean_of(entries, Averaging(0, recency, memory=5))
    shares = np.ones(1)
    for n in range(2, 41):
        share = max((1 + recency) / (n + recency), 1 / 5)
        shares = np.append(shares * (1 - share), share)
    assert shares[-10] == pytest.approx(0.2 * 0.8**9)  # by then only the memory counts
    np.testing.assert_allclose(mean, shares @ entries, rtol=1e-12)


def test_an_entry_after_a_memory_counts_as_if_so_many_had_come():
    mean, n = mean_of(np.ones((100, 1)), Averaging(0, memory=4))
    assert n == 4
    mean, _ = mean_of(np.array([[6.0]]), Averaging(0), mean, n)  # the fifth of five
    assert mean.tolist() == [2.0]


def test_what_stood_there_before_the_first_entry_does_not_count():
    entries = np.array([[1.0, 2.0]], np.float32)
    mean, _ = mean_of(entries, Averaging(0), np.full(2, 7.0, np.float32))
    assert mean.tolist() == [1, 2]
    assert mean.dtype == np.float32


def test_entries_begin_after_so_many_samples_and_are_so_many_updates_apart():
    how = Averaging(start=50, every=3)
    assert [t for t in range(1, 14) if how.counts(t, 10 * t)] == [6, 9, 12]

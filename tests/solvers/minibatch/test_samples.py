"""How batches are drawn and read."""

import numpy as np
import pytest

from scratch.solvers.minibatch.samples import Samples, length, parts
from tests.solvers.minibatch.problems import D, K, N, data, samples_of


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


def test_weights_have_a_mean_of_1_over_the_samples_that_count():
    samples = samples_of(*data(), np.r_[0.0, np.ones(N - 2), 3.0] * 1e300)
    assert len(samples) == N - 1
    np.testing.assert_allclose(samples.weights[1:] / (N - 1) * (N + 1), np.r_[np.ones(N - 2), 3])
    assert samples_of(*data(), np.full(N, 7.0)).weights is None
    assert samples_of(*data(), np.r_[0.0, np.full(N - 1, 7.0)]).weights is None


@pytest.mark.parametrize("batch", [slice(3, 8), np.array([4, 20, 1])])
@pytest.mark.parametrize("kind", [np.float64, np.float32, np.uint8, np.int16, bool])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_batch_is_read_into_the_buffers(batch, kind, dtype):
    X = np.random.default_rng(0).integers(0, 256, (N, D)).astype(kind)
    y = data()[1]
    x, target = np.full((length(batch), D), np.nan, dtype), np.full((K, length(batch)), np.nan)
    samples_of(X, y).read(batch, x, target)
    np.testing.assert_array_equal(x, X[batch])
    np.testing.assert_array_equal(target, np.eye(K)[y[batch]].T)
    samples_of(X, np.eye(K)[y]).read(batch, x, target)
    np.testing.assert_array_equal(target, np.eye(K)[y[batch]].T)


def test_two_classes_have_one_target():
    samples, x, target = Samples(np.zeros((3, 1)), np.array([0, 1, 1]), [1]), np.ones((3, 1)), None
    target = np.empty((1, 3))
    samples.read(slice(0, 3), x, target)
    assert target.tolist() == [[0, 1, 1]]


def test_parts_cover_a_batch_in_order():
    assert parts(slice(3, 8), 5) == (slice(3, 8),)
    assert parts(slice(3, 8), 2) == [slice(3, 5), slice(5, 7), slice(7, 8)]
    found = parts(np.arange(10, 17), 3)
    assert [part.tolist() for part in found] == [[10, 11, 12], [13, 14, 15], [16]]

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
        assert samples.n_batches(5) == len(batches)
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
    y, n = data()[1], length(batch)
    x, target = np.full((n, D), np.nan, dtype), np.full((K, n), np.nan, dtype)
    samples_of(X, y).read_rows(batch, x)
    np.testing.assert_array_equal(x, X[batch])
    for targets in (y, np.eye(K)[y]):
        target.fill(np.nan)
        samples_of(X, targets).read_targets(batch, target, np.eye(K, dtype=dtype))
        np.testing.assert_array_equal(target, np.eye(K)[y[batch]].T)


def test_two_classes_have_one_target():
    samples = Samples(np.zeros((3, 1)), np.array([0, 1, 1]), np.array([[0.0, 1.0]]))
    target = np.empty((1, 3))
    samples.read_targets(slice(0, 3), target, samples.of_code)
    assert target.tolist() == [[0, 1, 1]]
    assert samples.shape == (1, 1)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("u1", "f4"),
        ("i2", "f4"),
        ("?", "f4"),
        ("f2", "f4"),
        ("f4", "f4"),
        ("f8", "f8"),
        ("i8", "f8"),
    ],
)
def test_what_32_bits_hold_is_computed_in_float32(kind, expected):
    assert samples_of(np.zeros((N, D), kind), data()[1]).dtype == expected


@pytest.mark.parametrize("weights", [None, np.where(np.arange(2000) < 1000, 0.0, 1.0)])
def test_some_are_so_many_different_samples_that_count(weights):
    samples = Samples(np.zeros((2000, 1)), np.zeros(2000, int), np.ones((1, 1)), weights)
    some = np.arange(2000)[samples.some(512)]
    assert len(some) == 512
    assert (np.diff(some) > 0).all()  # in their order, each once
    assert weights is None or some.min() >= 1000
    np.testing.assert_array_equal(np.arange(2000)[samples.some(512)], some)
    least = 0 if weights is None else 1000
    np.testing.assert_array_equal(np.arange(2000)[samples.some(2000)], np.arange(least, 2000))


@pytest.mark.parametrize("batch", [slice(3, 26), np.arange(30, 53)[::-1]])
@pytest.mark.parametrize("size", [1, 5, 11, 12, 22, 23, 100])
def test_parts_cover_a_batch_in_order_and_are_as_few_and_alike_as_can_be(batch, size):
    found = parts(batch, size)
    whole = np.arange(60)
    np.testing.assert_array_equal(np.concatenate([whole[part] for part in found]), whole[batch])
    sizes = [length(part) for part in found]
    assert len(sizes) == -(-23 // size)
    assert max(sizes) <= size
    assert max(sizes) - min(sizes) <= 1

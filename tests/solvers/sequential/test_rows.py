"""What the steps get is what X holds, whichever way it is stored."""

import numpy as np
import pytest

from scratch.solvers.sequential.rows import Dense, NonZeros, features


def table(n_features, dtype):
    """Mostly zeros, with a row of nothing else and a row without; in columns."""
    rng = np.random.default_rng(0)
    X = (rng.random((2500, n_features)) < 0.3) * rng.normal(size=(2500, n_features)) * 9
    X[7] = 0
    X[8] = 5
    return np.asfortranarray(X.astype(dtype))


def squared_norms(X):
    return (X.astype(float) ** 2).sum(axis=1)


@pytest.mark.parametrize("n_features", [1, 4, 20, 100, 300])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.uint8, np.int64])
@pytest.mark.parametrize("n_classes", [1, 3])
def test_non_zeros(n_features, dtype, n_classes):
    X = table(n_features, dtype)
    samples = np.random.default_rng(1).integers(0, 2500, (1500, n_classes))
    samples[0], samples[-1] = 7, 8
    kept = NonZeros(X, np.float64, n_classes)
    n_steps = 0
    for rows, (where, x, starts, lengths) in zip(samples, kept.steps(samples), strict=True):
        n_steps += 1
        assert x.dtype == np.float64
        assert not x[starts].any()  # each sample begins with a zero
        np.testing.assert_array_equal(np.append(starts, len(x)), [0, *lengths.cumsum()])
        back = np.zeros((n_classes, kept.n_columns))
        np.add.at(back.reshape(-1), where, x)
        np.testing.assert_array_equal(back[:, :-1], X[rows])
        owners, columns = np.divmod(where, kept.n_columns)
        np.testing.assert_array_equal(owners, np.repeat(np.arange(n_classes), lengths))
        real = columns < n_features
        same = owners[1:] == owners[:-1]
        assert (np.diff(columns)[same & real[:-1]] > 0).all()  # in order, no filler after them
    assert n_steps == len(samples)
    np.testing.assert_allclose(kept.squared_norms, squared_norms(X))


@pytest.mark.parametrize("dtype", [np.float64, np.uint8])
@pytest.mark.parametrize("n_classes", [1, 3])
def test_dense(dtype, n_classes):
    X = table(20, dtype)
    samples = np.random.default_rng(1).integers(0, 2500, (150, n_classes))
    kept = Dense(X, np.float32)
    for rows, (where, x, backwards, _) in zip(samples, kept.steps(samples), strict=True):
        assert where is ...
        assert x.dtype == np.float32
        expected = X[rows].astype(np.float32)
        np.testing.assert_array_equal(x, expected if n_classes > 1 else expected[0])
        np.testing.assert_array_equal(backwards, x)
        assert backwards.strides[-1] < 0 < x.strides[-1]
    np.testing.assert_allclose(kept.squared_norms, squared_norms(X), rtol=1e-6)


def test_whole_rows_for_one_class_or_where_little_is_zero():
    sparse, dense = table(20, np.float64), np.ones((100, 20))
    assert isinstance(features(sparse, np.float64, 1), Dense)
    assert isinstance(features(sparse, np.float64, 3), NonZeros)
    assert isinstance(features(dense, np.float64, 3), Dense)
